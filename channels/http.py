"""The one door to the network: one request, one answer of bounded size, and whether anything can have been sent."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http.cookiejar import DefaultCookiePolicy
from ssl import SSLCertVerificationError
from time import monotonic
from typing import Any

import requests
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    LocationValueError,
    MaxRetryError,
    NameResolutionError,
    NewConnectionError,
)
from urllib3.exceptions import SSLError as TlsError

from channels.answers import NO_ANSWER, ChannelFailure, OutcomeUnknown, Unreachable
from channels.http_public import PrivateAddressError, PublicAdapter
from channels.http_timely import TimelyAdapter
from loa import __version__

# Its debug lines hold whole addresses, and some services want secrets in there.
logging.getLogger("urllib3.connectionpool").setLevel(logging.INFO)

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
    # Careless services repeat what they were given, so neither of the two shows by itself.
    headers: Mapping[str, str] = field(repr=False)  # names in any case
    body: bytes = field(repr=False)
    whole: bool  # False when it was longer than ANSWER_LIMIT, came too slowly or broke off

    def json(self) -> Any:
        """The body as JSON, whatever the header says. ValueError, which does not quote it, when it is none."""
        if not self.whole:
            raise ValueError("the answer is not whole")
        with suppress(ValueError, RecursionError):
            return json.loads(self.body.decode("utf-8-sig"))  # some plugins put a byte order mark before everything
        # Out here: an error remembers the one in whose handling it was raised, and the parser's holds the body.
        raise ValueError("the answer is not JSON")

    @property
    def server_time(self) -> datetime | None:
        """When the server thinks it answered; aware."""
        try:
            told = parsedate_to_datetime(self.headers["Date"])
            return told.astimezone(UTC) if told.tzinfo else told.replace(tzinfo=UTC)  # HTTP knows no other zone
        except (KeyError, ValueError, TypeError, OverflowError):
            return None

    @property
    def retry_after(self) -> timedelta | None:
        """How long the server asks to wait, where it says so in seconds."""
        typed = self.headers.get("Retry-After", "")
        return timedelta(seconds=min(int(typed), 86_400)) if re.fullmatch(r"\d{1,9}", typed, re.ASCII) else None


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> str | None:
        """Nowhere. Else the library reads the whole body, however long, to see where it would have gone."""
        return None


@dataclass(kw_only=True)
class Door:
    """A way to one service. Keeps no cookie, follows no redirect, reads no proxy or password of the environment.

    Addresses and headers never show in what it raises: they may hold secrets.
    """

    proxies: Mapping[str, str] = field(default_factory=dict)
    public_only: bool = False  # refuses whatever leads into a private network, at the moment of connecting
    offset: timedelta | None = None  # how far the server's clock was ahead of ours at its last answer

    def __post_init__(self) -> None:
        self._was_asked = False  # for nothing but its time
        self._session = _Session()
        self._session.trust_env = False
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))
        self._session.headers["User-Agent"] = f"Loa/{__version__}"
        self._session.headers["Accept-Encoding"] = "identity"  # what is packed may be a thousand times as long
        for scheme in ("https://", "http://"):
            self._session.mount(scheme, (PublicAdapter if self.public_only else TimelyAdapter)(max_retries=0))

    def ask(self, address: str, *, now: datetime, timeout: float = READ, **parts: Any) -> Answer:
        """A GET, repeated when the connection fails, but not once its time is over. Raises as ``send``."""
        end, left = monotonic() + timeout, _RETRIES
        while True:
            try:
                return self.send("GET", address, now=now, timeout=timeout, **parts)
            except ChannelFailure:
                if left == 0 or monotonic() >= end:
                    raise
                left -= 1

    def send(self, method: str, address: str, *, now: datetime, timeout: float = READ, **parts: Any) -> Answer:
        """One request, sent once; ``parts`` are those of requests (params, data, json, files, headers, auth).

        Raises Unreachable when certainly no byte reached the service, OutcomeUnknown when some may have and no
        answer came. An answer of whatever status is returned. ``timeout``: seconds until the whole answer is here,
        once the request is out. ``now``: our own time, to see how far the server's is.
        """
        request = self._prepared(method, address, parts)
        try:
            with self._session.send(
                request, timeout=(CONNECT, timeout), allow_redirects=False, stream=True, proxies=dict(self.proxies)
            ) as response:
                body, whole = _read(response)
                answer = Answer(status=response.status_code, headers=response.headers, body=body, whole=whole)
        except (requests.RequestException, HTTPError, UnicodeError) as error:
            # Without the cause: its words hold the address, and with it perhaps a token.
            raise (_unreachable(error) or OutcomeUnknown(NO_ANSWER)) from None
        if answer.server_time:
            self.offset = answer.server_time - now
        return answer

    def offset_at(self, address: str, *, now: datetime, timeout: float) -> timedelta | None:
        """``offset``; where no answer has told it yet, ``address`` is asked once: whatever it answers has a date.

        Silence leaves it None: that is told by whoever has something to send.
        """
        if self.offset is None and not self._was_asked:
            self._was_asked = True
            with suppress(ChannelFailure):
                self.send("HEAD", address, now=now, timeout=timeout)
        return self.offset

    def _prepared(self, method: str, address: str, parts: Mapping[str, Any]) -> requests.PreparedRequest:
        """The request as bytes. Raises Unreachable for an address or a header that cannot be sent."""
        try:
            return self._session.prepare_request(requests.Request(method, address, **parts))
        except requests.exceptions.InvalidHeader:  # such as a secret that was pasted with a line break
            raise Unreachable("http.bad_header") from None
        except (requests.RequestException, ValueError):
            raise Unreachable("http.bad_address") from None


def _read(response: requests.Response) -> tuple[bytes, bool]:
    """The body up to the limit, and whether that is all of it."""
    pieces: list[bytes] = []
    length = 0
    try:
        while piece := response.raw.read1(_PIECE, decode_content=True):
            pieces.append(piece)
            length += len(piece)
            if length > ANSWER_LIMIT:
                return b"", False
    except (HTTPError, OSError):
        return b"".join(pieces), False
    return b"".join(pieces), True


def _unreachable(error: Exception) -> Unreachable | None:
    """The failure of an error that came before the first byte; None when something may have been sent."""
    if isinstance(error, requests.ConnectTimeout):
        return Unreachable("http.no_connection")
    if isinstance(error, UnicodeEncodeError):  # the head of a request is written before any of it is sent
        return Unreachable("http.bad_header")
    if isinstance(error, requests.exceptions.InvalidURL | requests.exceptions.InvalidSchema | LocationValueError):
        return Unreachable("http.bad_address")
    reason = error.args[0].reason if error.args and isinstance(error.args[0], MaxRetryError) else None
    if isinstance(reason, PrivateAddressError):
        return Unreachable("http.private_address")
    if isinstance(reason, NewConnectionError | NameResolutionError | ConnectTimeoutError):
        return Unreachable("http.no_connection")
    # Only a certificate is looked at before anything is sent; other faults of TLS may come later.
    if isinstance(reason, TlsError) and reason.args and isinstance(reason.args[0], SSLCertVerificationError):
        return Unreachable("http.no_tls")
    return None
