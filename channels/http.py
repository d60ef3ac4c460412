"""The one door to the network: one request, one answer of bounded size, and whether anything can have been sent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from ssl import SSLCertVerificationError
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import ConnectTimeoutError, MaxRetryError, NameResolutionError, NewConnectionError
from urllib3.exceptions import SSLError as TlsError

from channels.answers import ChannelFailure, OutcomeUnknown, Unreachable
from loa import __version__

CONNECT, READ = 10.0, 30.0  # seconds
# No service we talk to answers with more; what is longer is cut off and cannot be trusted.
ANSWER_LIMIT = 2_000_000
_PIECE = 65_536
# A GET may be repeated; everything else is sent once, whatever happens.
_RETRIES = 2


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]  # names in any case
    body: bytes
    whole: bool  # False when it was longer than ANSWER_LIMIT or broke off

    def json(self) -> Any:
        """The body as JSON, whatever the header says. ValueError when it is none."""
        if not self.whole:
            raise ValueError("the answer is not whole")
        return json.loads(self.body.decode("utf-8"))

    @property
    def server_time(self) -> datetime | None:
        """When the server thinks it answered; aware."""
        try:
            return parsedate_to_datetime(self.headers["Date"]).astimezone(UTC)
        except (KeyError, ValueError, TypeError):
            return None

    @property
    def retry_after(self) -> timedelta | None:
        """How long the server asks to wait, where it says so in seconds."""
        typed = self.headers.get("Retry-After", "")
        return timedelta(seconds=min(int(typed), 86_400)) if typed.isascii() and typed.isdecimal() else None


@dataclass(kw_only=True)
class Door:
    """A way to one service. Keeps no cookie, follows no redirect, reads no proxy or password of the environment.

    Addresses and headers never show in what it raises: they may hold secrets.
    """

    proxies: Mapping[str, str] = field(default_factory=dict)
    offset: timedelta | None = None  # how far the server's clock was ahead of ours at its last answer

    def __post_init__(self) -> None:
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers["User-Agent"] = f"Loa/{__version__}"
        for scheme in ("https://", "http://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=0))

    def ask(self, address: str, *, now: datetime, timeout: float = READ, **parts: Any) -> Answer:
        """A GET, repeated when the connection fails. Raises Unreachable, or OutcomeUnknown when no answer came."""
        for _ in range(_RETRIES):
            try:
                return self.send("GET", address, now=now, timeout=timeout, **parts)
            except ChannelFailure:
                continue
        return self.send("GET", address, now=now, timeout=timeout, **parts)

    def send(self, method: str, address: str, *, now: datetime, timeout: float = READ, **parts: Any) -> Answer:
        """One request, sent once; ``parts`` are those of requests (params, data, json, files, headers, auth).

        Raises Unreachable when certainly no byte reached the service, OutcomeUnknown when some may have and no
        answer came. An answer of whatever status is returned. ``now``: our own time, to see how far the server's is.
        """
        try:
            with self._session.request(
                method,
                address,
                timeout=(CONNECT, timeout),
                allow_redirects=False,
                stream=True,
                proxies=dict(self.proxies),
                **parts,
            ) as response:
                body, whole = _read(response)
                answer = Answer(status=response.status_code, headers=response.headers, body=body, whole=whole)
        except requests.RequestException as error:
            # Without the cause: its words hold the address, and with it perhaps a token.
            raise (_unreachable(error) or OutcomeUnknown("http.no_answer")) from None
        if answer.server_time:
            self.offset = answer.server_time - now
        return answer


def _read(response: requests.Response) -> tuple[bytes, bool]:
    """The body up to the limit, and whether that is all of it."""
    pieces: list[bytes] = []
    length = 0
    try:
        for piece in response.iter_content(_PIECE):
            pieces.append(piece)
            length += len(piece)
            if length > ANSWER_LIMIT:
                return b"", False
    except requests.RequestException:
        return b"".join(pieces), False
    return b"".join(pieces), True


def _unreachable(error: requests.RequestException) -> Unreachable | None:
    """The failure of an error that came before the first byte; None when something may have been sent."""
    if isinstance(error, requests.ConnectTimeout):
        return Unreachable("http.no_connection")
    if isinstance(error, requests.exceptions.InvalidURL | requests.exceptions.InvalidSchema):
        return Unreachable("http.bad_address")
    reason = error.args[0].reason if error.args and isinstance(error.args[0], MaxRetryError) else None
    if isinstance(reason, NewConnectionError | NameResolutionError | ConnectTimeoutError):
        return Unreachable("http.no_connection")
    # Only a certificate is looked at before anything is sent; other faults of TLS may come later.
    if isinstance(reason, TlsError) and reason.args and isinstance(reason.args[0], SSLCertVerificationError):
        return Unreachable("http.no_tls")
    return None
