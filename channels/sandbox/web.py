"""What the server hands to a stand-in and gets back: requests, responses, and the items that readers see."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.message import Message
from email.parser import HeaderParser
from enum import StrEnum
from typing import Protocol
from urllib.parse import parse_qsl

JSON = "application/json; charset=UTF-8"
HTML = "text/html; charset=UTF-8"
OFFICE = "Sở Nội vụ tỉnh Sông Trà"  # the sample office: whose accounts these are where nobody says whose


@dataclass(frozen=True, kw_only=True)
class Upload:
    """One file part of a multipart body."""

    name: str  # the file name that the client gave
    media_type: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Request:
    """One request, below the prefix of the service it is for."""

    method: str
    path: str  # ``/v26.0/1000/feed``; with its leading slash, still percent-encoded
    query: Mapping[str, str]  # the last value of each
    headers: Mapping[str, str]  # names in lower case
    body: bytes
    host: str  # ``127.0.0.1:8123``, for links back to the sandbox

    def media_type(self) -> str:
        """What the body says it is, without parameters and in lower case."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def form(self) -> dict[str, str]:
        """The text fields of a form, urlencoded or multipart; the last value of each. Empty for any other body."""
        if self.media_type() == "multipart/form-data":
            return {name: _text(content) for name, head, content in self._parts() if head.get_filename() is None}
        if self.media_type() != "application/x-www-form-urlencoded":
            return {}
        return dict(parse_qsl(_text(self.body), keep_blank_values=True))

    def files(self) -> dict[str, Upload]:
        """The file parts of a multipart body under the names of their fields."""
        if self.media_type() != "multipart/form-data":
            return {}
        return {
            name: Upload(name=head.get_filename() or "", media_type=head.get_content_type(), content=content)
            for name, head, content in self._parts()
            if head.get_filename() is not None
        }

    def json(self) -> object:
        """The body read as JSON. ValueError when it is none."""
        value: object = json.loads(self.body)
        return value

    def _parts(self) -> Iterator[tuple[str, Message, bytes]]:
        """Field name, header and content of each part; what is no part of the form is left out."""
        boundary = _header(f"Content-Type: {self.headers.get('content-type', '')}").get_boundary()
        if boundary is None:
            return
        # With a line break before it the first boundary looks like all others.
        for part in (b"\r\n" + self.body).split(b"\r\n--" + boundary.encode())[1:]:
            head, found, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
            message = _header(_text(head))
            name = message.get_param("name", header="Content-Disposition")
            if found and isinstance(name, str):
                yield name, message, content


@dataclass(frozen=True, kw_only=True)
class Response:
    """One answer. The server adds its length, and the date of the sandbox's clock."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


def answer(value: object, status: int = 200, **headers: str) -> Response:
    """``value`` as JSON; an underscore in the name of a header becomes a hyphen."""
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    body = json.dumps(value, ensure_ascii=False).encode()
    return Response(status=status, headers={"Content-Type": JSON} | named, body=body)


class Condition(StrEnum):
    """How things stand with an item, as far as a reader can tell."""

    LIVE = "live"
    HIDDEN = "hidden"
    REMOVED = "removed"
    SCHEDULED = "scheduled"
    UNPUBLISHED = "unpublished"
    PENDING = "pending"  # waits for a moderator or an editor


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture of an item."""

    address: str  # on the sandbox (``/graph/pictures/7``) or elsewhere
    alt: str = ""


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing that was made by a request and that readers see, saw, or will see."""

    service: str
    account: str  # page id, OA id, user
    account_name: str = ""  # as readers know the account
    id: str
    kind: str = "post"  # post, article, broadcast, page
    title: str = ""
    text: str
    link: str = ""  # that the item points to
    address: str = ""  # where it is read: a path on the sandbox
    pictures: tuple[Picture, ...] = ()
    created: datetime  # when readers first saw it, or will; UTC, by the sandbox's clock
    state: Condition = Condition.LIVE


class Service(Protocol):
    """A stand-in for one service. Every method may be called from several threads at once."""

    @property
    def name(self) -> str:
        """``graph``: what faults, journal and truth call it."""

    @property
    def prefix(self) -> str:
        """``/graph``: every path that begins with it is for this service."""

    def handle(self, request: Request) -> Response:
        """What the service does and answers."""

    def route_of(self, request: Request) -> str:
        """``feed``, ``photos``: what faults and journal call the request; empty for a reader's page, which has none."""

    def account_of(self, request: Request) -> str:
        """The account that the request is about, as far as can be seen: page id, OA id, user."""

    def error(self, code: int, subcode: int = 0, done: Response | None = None) -> Response:
        """A refusal in the service's own form; ``done`` is the answer to a request that was executed all the same."""

    def items(self) -> list[Item]:
        """Everything there is, in the order in which it was made; also what was removed."""

    def reset(self) -> None:
        """Forget everything and begin again as at the start."""


def _text(content: bytes) -> str:
    return content.decode("utf-8", "replace")


def _header(text: str) -> Message:
    return HeaderParser().parsestr(text)
