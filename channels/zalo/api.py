"""Calls of Zalo's OpenAPI: the token in a header, one renewal of it when it is refused, answers read with suspicion."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from channels.answers import Limited, OutcomeUnknown
from channels.http import Answer, Door
from channels.zalo.custody import Custody
from channels.zalo.errors import DEAD_TOKENS, ZaloRefusal
from channels.zalo.settings import ZaloSettings
from loa.core.secrets import Secret, redacted

_TOLD = 200  # characters of what Zalo says; nobody reads more
_NEXT_MINUTE = timedelta(minutes=1)  # Zalo counts requests by the minute
_DEAD_TOKEN = -216

Data = Mapping[str, Any]
# Whether the public may still be told, as ``Steps.go_ahead`` of ``channels.base`` says; raises when not.
GoAhead = Callable[[], None]


def nobody_stops() -> None:
    """For what the public does not see."""


class OpenApi:
    """One account's calls. Each raises what ``Custody.renewed`` raises, besides what it says itself."""

    def __init__(self, settings: ZaloSettings, custody: Custody, door: Door, now: Callable[[], datetime]) -> None:
        self._settings = settings
        self._custody = custody
        self._door = door
        self._now = now

    def read(self, path: str, **fields: str) -> Data:
        """``data`` of a GET, repeated when the connection fails. Raises as ``act``."""
        return self._with_token(lambda token: self.read_with(token, path, **fields))

    def act(self, path: str, body: Mapping[str, object], go_ahead: GoAhead = nobody_stops) -> Data:
        """``data`` of a POST, sent once, or again with a new token after it was refused for its old one.

        ``go_ahead`` is called right before each, because renewing tokens takes time, and what it raises passes through.
        Raises ZaloRefusal for an error of Zalo, Limited for a bare 429, Unreachable when no byte was sent, and
        OutcomeUnknown for everything that is no answer.
        """

        def send(token: Secret) -> Data:
            go_ahead()
            return self._send("POST", path, token, json=body)

        return self._with_token(send)

    def read_with(self, token: Secret, path: str, **fields: str) -> Data:
        """As ``read``, with a token that nobody keeps yet."""
        return self._send("GET", path, token, params=fields)

    def _with_token(self, call: Callable[[Secret], Data]) -> Data:
        token = self._custody.access()
        try:
            return call(token)
        except ZaloRefusal as refusal:
            if refusal.code not in DEAD_TOKENS:
                raise
        return call(self._custody.renewed(token))

    def _send(self, method: str, path: str, token: Secret, **parts: Any) -> Data:
        head = {"access_token": token.reveal()}
        if self._settings.app_proof:
            head["appsecret_proof"] = proof(self._custody.app_secret(), token)
        address = f"{self._settings.openapi}{path}"
        send = self._door.ask if method == "GET" else partial(self._door.send, method)
        answer = send(address, now=self._now(), timeout=self._settings.timeout, headers=head, **parts)
        return _read(answer, *(Secret(value) for value in head.values()))


def proof(secret: Secret, token: Secret) -> str:
    """``appsecret_proof``: hexadecimal HMAC-SHA256 of the access token under the app's secret."""
    return hmac.new(secret.reveal().encode(), token.reveal().encode(), hashlib.sha256).hexdigest()


def _read(answer: Answer, *known: Secret) -> Data:
    if answer.status == 429:
        raise Limited("zalo.rate", wait=answer.retry_after or _NEXT_MINUTE, code=429, text="")
    try:
        body = answer.json()
    except (ValueError, RecursionError):
        body = None
    code = body.get("error") if isinstance(body, dict) else None
    if type(code) is not int or answer.status >= 500 or 300 <= answer.status < 400:  # a bool is no number here
        if answer.status == 401:
            raise ZaloRefusal(_DEAD_TOKEN, "HTTP 401")
        raise OutcomeUnknown("zalo.no_answer", status=answer.status)
    if code:
        raise ZaloRefusal(code, redacted(str(body.get("message") or ""), *known)[:_TOLD])
    data = body.get("data", {})
    if not isinstance(data, dict):
        raise OutcomeUnknown("zalo.no_answer", status=answer.status)
    return data
