"""Connections on which a request has a time to go out in and an answer one to come in, however they drip."""

from __future__ import annotations

import io
import socket
from http.client import HTTPResponse
from time import monotonic
from typing import Any, ClassVar

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

SENDING = 60.0  # seconds for a whole request, with its files; a line that takes longer is as good as none
_PIECE = 16_384  # bytes; what TLS sends at once


class _Timely(io.RawIOBase):
    """What comes on a socket until its time is over.

    The time-out of a socket begins anew with each byte, so that nobody who sends one now and then is ever too late.
    """

    def __init__(self, sock: socket.socket, raw: io.RawIOBase, end: float) -> None:
        self._socket = sock
        self._raw = raw
        self._end = end

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        """TimeoutError once the time is over."""
        self._socket.settimeout(_left_until(self._end))
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _TimelyResponse(HTTPResponse):
    """An answer of which the first byte, the head and the body have one time together: that of the socket."""

    def __init__(self, sock: socket.socket, *args: Any, **parts: Any) -> None:
        super().__init__(sock, *args, **parts)
        end = monotonic() + (sock.gettimeout() or 0)
        self.fp = io.BufferedReader(_Timely(sock, self.fp.detach(), end))


class TimelyConnection(HTTPConnection):
    """In clear."""

    response_class = _TimelyResponse
    _sent_by = 0.0

    def request(self, *args: Any, **parts: Any) -> None:
        """As the library does; from here on it has to go out."""
        self._sent_by = monotonic() + SENDING
        super().request(*args, **parts)

    def send(self, data: Any) -> None:
        """In pieces, because with TLS each has the whole time of the socket. Raises TimeoutError."""
        for start in range(0, len(data), _PIECE):
            if self.sock is not None:
                self.sock.settimeout(_left_until(self._sent_by))
            super().send(data[start : start + _PIECE])


class TimelyTlsConnection(HTTPSConnection, TimelyConnection):
    """With TLS."""


class _Pool(HTTPConnectionPool):
    ConnectionCls = TimelyConnection


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = TimelyTlsConnection


class TimelyAdapter(HTTPAdapter):
    """An adapter of requests with such connections."""

    pools: ClassVar[dict[str, type[HTTPConnectionPool]]] = {"http": _Pool, "https": _TlsPool}

    def init_poolmanager(self, *args: object, **parts: object) -> None:
        """As the library does, with our connections."""
        super().init_poolmanager(*args, **parts)  # type: ignore[arg-type]  # handed on as they came
        self.poolmanager.pool_classes_by_scheme = self.pools


def _left_until(end: float) -> float:
    """Seconds. Raises TimeoutError when there are none."""
    left = end - monotonic()
    if left <= 0:
        raise TimeoutError("the time for it is over")
    return left
