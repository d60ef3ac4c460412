"""Sockets: HTTP on this computer alone."""

from __future__ import annotations

import selectors
import socket
import sys
from collections.abc import Callable
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import BaseServer
from threading import Event, Lock, Thread
from time import monotonic
from typing import Any
from urllib.parse import parse_qsl

from channels.sandbox.clock import SandboxClock
from channels.sandbox.failing import Delivery
from channels.sandbox.web import Request, Response, answer

LOOPBACK = "127.0.0.1"
_LARGEST = 64_000_000  # bytes of a body; more is refused
_GLANCE = 0.01  # seconds between two looks whether the sandbox stops


class Server:
    """Listens on loopback from the moment it is made, and answers once it is started."""

    def __init__(self, respond: Callable[[Request], Delivery], clock: SandboxClock, port: int = 0) -> None:
        """``port`` 0 takes any free one. OSError when it is taken."""
        self._http = _Http(respond, clock, port)
        self._thread = Thread(target=self._http.serve_forever, args=(_GLANCE,), name="sandbox", daemon=True)

    @property
    def address(self) -> str:
        """``http://127.0.0.1:8765``."""
        return f"http://{LOOPBACK}:{self._http.server_address[1]}"

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self) -> None:
        """Close every connection, whatever goes on there."""
        self._http.stopping.set()
        self._http.shutdown()
        self._http.hang_up()
        self._http.server_close()  # waits for the threads of the connections
        self._thread.join()


class _Http(ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = 128

    def __init__(self, respond: Callable[[Request], Delivery], clock: SandboxClock, port: int) -> None:
        self.respond = respond
        self.clock = clock
        self.stopping = Event()
        self._lock = Lock()
        self._open: set[socket.socket] = set()
        super().__init__((LOOPBACK, port), _Handler)

    def server_bind(self) -> None:
        """Without the look-up of the computer's name, which can take seconds."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        with self._lock:
            for connection in self._open:
                try:
                    connection.shutdown(socket.SHUT_RDWR)
                except OSError:  # the client was quicker
                    continue

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):  # a client may go at any time
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body leave together

    def _serve(self) -> None:
        length = self.headers.get("Content-Length", "0")
        if not length.isdecimal() or int(length) > _LARGEST or "Transfer-Encoding" in self.headers:
            self.close_connection = True
            self._send(Delivery(response=answer({"message": "no such body"}, 413)))
            return
        body = self.rfile.read(int(length))
        if len(body) < int(length):  # the client died while it was sending: nobody acts on half a request
            self.close_connection = True
            return
        target, _, query = self.path.partition("?")
        server = _http(self.server)
        request = Request(
            method=self.command,
            path=target,
            query=dict(parse_qsl(query, keep_blank_values=True)),
            headers={name.lower(): value for name, value in self.headers.items()},
            body=body,
            host=self.headers.get("Host") or f"{LOOPBACK}:{server.server_address[1]}",
        )
        self._send(server.respond(request))

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _serve  # noqa: N815 - so http.server asks

    def _send(self, delivery: Delivery) -> None:
        gone = delivery.hold > 0 and self._hung_up_within(delivery.hold)
        if gone or delivery.response is None:
            self.close_connection = True
        else:
            self._write(delivery.response, cut=delivery.cut)

    def _write(self, response: Response, *, cut: bool) -> None:
        self.send_response_only(response.status)
        self.send_header("Date", format_datetime(_http(self.server).clock.now(), usegmt=True))
        for name, value in response.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(response.body[: len(response.body) // 2] if cut else response.body)
        self.wfile.flush()
        self.close_connection = self.close_connection or cut

    def _hung_up_within(self, seconds: float) -> bool:
        """Wait; whether the client, or the sandbox, went away meanwhile."""
        end = monotonic() + seconds
        with selectors.DefaultSelector() as selector:
            selector.register(self.connection, selectors.EVENT_READ)
            while (left := end - monotonic()) > 0:
                if _http(self.server).stopping.is_set() or selector.select(min(left, _GLANCE)):
                    return True
        return False

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named so by the class above
        """The journal knows more."""


def _http(server: BaseServer) -> _Http:
    assert isinstance(server, _Http)  # noqa: S101 - the only server that has these handlers
    return server
