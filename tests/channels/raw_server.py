"""A server that answers with the bytes it was given, whatever HTTP says of them."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

Reply = bytes | Iterable[bytes] | Callable[[bytes], bytes]


class RawServer:
    """Takes one connection after the other, each for one request, and keeps what was sent."""

    def __init__(self, reply: Reply, *, context: ssl.SSLContext | None = None) -> None:
        """``reply``: bytes; pieces, sent one by one; or a function of the request."""
        self.seen: list[bytes] = []
        self.stopping = Event()
        self._reply = reply
        self._context = context
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.02)
        self.port: int = self._listener.getsockname()[1]
        self._thread = Thread(target=self._serve, daemon=True)

    @property
    def address(self) -> str:
        return f"{'https' if self._context else 'http'}://127.0.0.1:{self.port}"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self.stopping.set()
        self._thread.join()
        self._listener.close()

    def _serve(self) -> None:
        while not self.stopping.is_set():
            try:
                connection, _ = self._listener.accept()
            except TimeoutError:
                continue
            try:
                with self._wrapped(connection) as opened:
                    opened.settimeout(0.5)
                    self._answer(opened)
            except OSError:  # the client has gone, or does not like the certificate
                continue

    def _wrapped(self, connection: socket.socket) -> socket.socket:
        return self._context.wrap_socket(connection, server_side=True) if self._context else connection

    def _answer(self, connection: socket.socket) -> None:
        request = _read_request(connection)
        if not request:
            return
        self.seen.append(request)
        reply = self._reply(request) if callable(self._reply) else self._reply
        for piece in [reply] if isinstance(reply, bytes) else reply:
            if self.stopping.is_set():
                return
            connection.sendall(piece)


def _read_request(connection: socket.socket) -> bytes:
    """Head and body, as far as they come."""
    request = b""
    while b"\r\n\r\n" not in request:
        piece = connection.recv(65_536)
        if not piece:
            return request
        request += piece
    head, _, body = request.partition(b"\r\n\r\n")
    length = next(
        (int(line.partition(b":")[2]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0
    )
    while len(body) < length:
        piece = connection.recv(65_536)
        if not piece:
            break
        body += piece
    return head + b"\r\n\r\n" + body


@contextmanager
def raw_server(reply: Reply, *, context: ssl.SSLContext | None = None) -> Iterator[RawServer]:
    server = RawServer(reply, context=context)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def ok(body: bytes = b"{}", *headers: str, status: str = "200 OK") -> bytes:
    """A whole answer."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body
