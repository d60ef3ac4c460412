"""The REST interface of a WordPress site: where it begins, who we are there, one call."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, TypeAdapter

from channels.answers import Closed, NotSent, OutcomeUnknown
from channels.http import Answer, Door
from channels.secret import secret_of
from channels.wordpress.errors import Refusal
from channels.wordpress.settings import WordPressSettings
from loa.core.secrets import Secrets

_LINK = re.compile(r'<([^<>]+)>\s*;\s*rel="https://api\.w\.org/"')


class Row(BaseModel):
    """A thing as WordPress tells it; what we did not ask for is left out, another type is no answer."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")


Kind = TypeVar("Kind", bound=Row)


class Me(Row):
    """The account that we are."""

    name: str
    capabilities: dict[str, Any] | list[Any]  # true, or what plugins take for it; a list when there are none

    def may(self, capability: str) -> bool:
        """Whether the account has the right."""
        return isinstance(self.capabilities, dict) and bool(self.capabilities.get(capability))


class Rest:
    """Calls to one site, as one user. The password goes nowhere but to the site of the settings."""

    def __init__(self, settings: WordPressSettings, secrets: Secrets, now: Callable[[], datetime]) -> None:
        """Asks for no secret yet."""
        self._settings = settings
        self._secrets = secrets
        self._now = now
        self._root = ""
        self.door = Door()

    def get(self, route: str, **query: object) -> Answer:
        """A successful answer to a question. Raises Refusal, and what the door raises."""
        return self._call("GET", route, query)

    def post(self, route: str, fields: Mapping[str, object], **query: object) -> Answer:
        """A successful answer to a change, sent once. Raises as ``get``."""
        return self._call("POST", route, query, json=fields)

    def upload(self, route: str, fields: Mapping[str, str], file: tuple[str, bytes, str], **query: object) -> Answer:
        """A successful answer to a file: name, content, media type. Raises as ``get``."""
        return self._call("POST", route, query, data=fields, files={"file": file})

    def delete(self, route: str, **query: object) -> Answer:
        """A successful answer to a removal; by a parameter, because firewalls let only GET and POST through."""
        return self._call("POST", route, {**query, "_method": "DELETE"})

    def require(self, *capabilities: str) -> Me:
        """Who we are. Asked before anything is made: wrong credentials are no error there, they make us nobody.

        Raises Closed when we are nobody, or the account lacks one of these rights.
        """
        with refusals():
            me = read(Me, self.get("users/me", context="edit", _fields="name,capabilities"))
        for capability in capabilities:
            if not me.may(capability):
                raise Closed("wordpress.lacks", right=capability)
        return me

    def clock_offset(self) -> timedelta | None:
        """How far the clock of the site is ahead of ours; where no answer has told it yet, it is asked once."""
        return self.door.offset_at(self._home, now=self._now(), timeout=self._settings.timeout)

    def _call(self, method: str, route: str, query: Mapping[str, object], **parts: Any) -> Answer:
        send = self.door.ask if method == "GET" else partial(self.door.send, method)
        authorization = self._authorization()
        answer = send(
            f"{self._found_root()}wp/v2/{route}",
            now=self._now(),
            timeout=self._settings.timeout,
            params=query,
            headers={"Authorization": authorization, "Accept": "application/json", "Cache-Control": "no-cache"},
            **parts,
        )
        if not 200 <= answer.status < 300:
            raise Refusal(answer, to_question=method == "GET")
        return answer

    def _authorization(self) -> str:
        password = secret_of(self._secrets, self._settings.password_env).reveal().strip()
        return "Basic " + base64.b64encode(f"{self._settings.user}:{password}".encode()).decode()

    @property
    def _home(self) -> str:
        return f"{self._settings.url}/"

    def _found_root(self) -> str:
        """Where the interface begins, with what routes are appended to; the home page says it.

        The query form works everywhere, so it serves where the page says nothing, or points to another server: a
        password must not follow there.
        """
        if not self._root:
            home = self._home
            told = self.door.send("HEAD", home, now=self._now(), timeout=self._settings.timeout)
            found = _LINK.search(told.headers.get("Link", ""))
            is_ours = found is not None and _server(found[1]) == _server(home) and found[1].endswith("/")
            self._root = found[1] if found and is_ours else f"{home}?rest_route=/"
        return self._root


@contextmanager
def refusals(name: str = "") -> Iterator[None]:
    """Refusals inside become failures of the contract; ``name`` is that of a file that is sent."""
    try:
        yield
    except Refusal as refusal:
        raise refusal.failure(name) from None


@contextmanager
def nothing_public() -> Iterator[None]:
    """What is done inside shows nothing to the public, so whatever stays unclear was not sent."""
    try:
        yield
    except OutcomeUnknown as doubt:
        if doubt.reason_key == "wordpress.moved":
            raise NotSent(doubt.reason_key, **doubt.values) from None
        raise NotSent("wordpress.not_begun", status=doubt.values.get("status", "–")) from None


def read(kind: type[Kind], answer: Answer) -> Kind:
    """The thing that a successful answer holds. Raises OutcomeUnknown (``wordpress.unreadable``) for anything else."""
    try:
        return kind.model_validate(answer.json())
    except ValueError:
        raise OutcomeUnknown("wordpress.unreadable") from None


def read_list(kind: type[Kind], answer: Answer) -> list[Kind]:
    """All things of a successful answer. Raises as ``read``, also when the answer is only one page of several."""
    try:
        pages = int(answer.headers.get("X-WP-TotalPages", "1"))
        rows = TypeAdapter(list[kind]).validate_python(answer.json())  # type: ignore[valid-type]  # made at run time
    except ValueError:
        raise OutcomeUnknown("wordpress.unreadable") from None
    if pages > 1:
        raise OutcomeUnknown("wordpress.too_many")
    return rows


def _server(address: str) -> tuple[str, str | None, int | None]:
    try:
        parts = urlsplit(address)
        return parts.scheme, parts.hostname, parts.port
    except ValueError:
        return "", None, None
