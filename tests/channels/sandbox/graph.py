"""The Graph API over plain HTTP, with the token of the first Page unless another is named."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from PIL import Image

from channels.sandbox.clock import SandboxClock
from channels.sandbox.graph.store import page_token
from channels.sandbox.sandbox import Sandbox
from tests.channels.sandbox.calls import Answer, call, send_file, send_form

PAGE = "1000"
TOKEN = page_token(PAGE)
USER = "EAAsandboxUser"
FORM = "application/x-www-form-urlencoded"
START = datetime(2026, 12, 1, 0, 30, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Api:
    """Calls below ``/graph/v26.0``; values are sent as a form, or as a query by GET and DELETE."""

    box: Sandbox
    token: str = TOKEN
    version: str = "/v26.0"

    def get(self, path: str, **query: object) -> Answer:
        return call("GET", self._at(path), headers=self._headers, query=query)

    def post(self, path: str, **fields: str) -> Answer:
        return send_form(self._at(path), fields, self._headers)

    def delete(self, path: str) -> Answer:
        return call("DELETE", self._at(path), headers=self._headers)

    def upload(self, content: bytes, page: str = PAGE, **fields: str) -> Answer:
        return send_file(self._at(f"{page}/photos"), content, part="source", fields=fields, headers=self._headers)

    def made(self, **fields: str) -> str:
        """The id of a new post."""
        return str(self.post(f"{PAGE}/feed", **fields).json["id"])

    def listed(self, edge: str = "published_posts", **query: object) -> list[str]:
        """The ids in a list, in its order."""
        return [post["id"] for post in self.get(f"{PAGE}/{edge}", **query).json["data"]]

    def _at(self, path: str) -> str:
        return f"{self.box.address}/graph{self.version}/{path}"

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}


@contextmanager
def graph(token: str = TOKEN) -> Iterator[Api]:
    """A sandbox whose clock stands still at ``START``."""
    with Sandbox(clock=SandboxClock(START, speed=0)) as box:
        yield Api(box=box, token=token)


def give_up_on(api: Api, seconds: float = 0.2, **fields: str) -> None:
    """Post, and hang up when there is no answer after so many seconds, as a client with a time-out does."""
    connection = http.client.HTTPConnection(urlsplit(api.box.address).netloc, timeout=seconds)
    head = {"Authorization": f"Bearer {api.token}", "Content-Type": FORM}
    connection.request("POST", f"/graph/v26.0/{PAGE}/feed", urlencode(fields).encode(), head)
    with pytest.raises(TimeoutError):
        connection.getresponse()
    connection.close()


def error_of(answer: Answer) -> tuple[int, int, int]:
    """HTTP status, code and subcode of a refusal."""
    error: dict[str, Any] = answer.json["error"]
    return answer.status, error["code"], error.get("error_subcode", 0)


def png(colour: str = "navy", size: tuple[int, int] = (40, 30), form: str = "PNG") -> bytes:
    """A small picture."""
    file = BytesIO()
    Image.new("RGB", size, colour).save(file, form)
    return file.getvalue()
