"""Plain HTTP calls to a stand-in, and a server that has only the stand-ins under test."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from channels.sandbox.clock import SandboxClock
from channels.sandbox.exchange import Exchange
from channels.sandbox.failing import Delivery
from channels.sandbox.faults import Faults
from channels.sandbox.journal import Journal
from channels.sandbox.server import Server
from channels.sandbox.web import Request, Service, answer


@dataclass(frozen=True, kw_only=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def text(self) -> str:
        return self.body.decode()


@contextmanager
def serving(clock: SandboxClock, *services: Service) -> Iterator[str]:
    """The address of a server with these services."""
    exchange = Exchange(services=services, clock=clock, faults=Faults(), journal=Journal())

    def respond(request: Request) -> Delivery:
        service = exchange.service_of(request.path)
        return exchange.run(service, request) if service else Delivery(response=answer({}, 404))

    server = Server(respond, clock)
    server.start()
    try:
        yield server.address
    finally:
        server.stop()


def call(
    method: str,
    address: str,
    body: bytes = b"",
    *,
    headers: Mapping[str, str] | None = None,
    query: Mapping[str, object] | None = None,
    timeout: float = 10,
) -> Answer:
    """One request; redirects are not followed. TimeoutError when no answer comes in so many seconds."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=timeout)
    try:
        whole = "&".join(part for part in (parts.query, urlencode(query or {})) if part)
        connection.request(method, parts.path + (f"?{whole}" if whole else ""), body, dict(headers or {}))
        response = connection.getresponse()
        return Answer(status=response.status, headers=response.headers, body=response.read())
    finally:
        connection.close()


def send_json(method: str, address: str, value: object, headers: Mapping[str, str] | None = None) -> Answer:
    body = json.dumps(value, ensure_ascii=False).encode()
    return call(method, address, body, headers={"Content-Type": "application/json", **(headers or {})})


def send_form(address: str, fields: Mapping[str, str], headers: Mapping[str, str] | None = None) -> Answer:
    named = {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})}
    return call("POST", address, urlencode(fields).encode(), headers=named)


def send_file(
    address: str,
    content: bytes,
    *,
    part: str = "file",
    name: str = "anh.png",
    fields: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """A multipart body with one file and some fields."""
    head = f'--edge\r\nContent-Disposition: form-data; name="{part}"; filename="{name}"\r\n'
    body = head.encode() + b"Content-Type: application/octet-stream\r\n\r\n" + content + b"\r\n"
    for field, value in (fields or {}).items():
        body += f'--edge\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode()
    named = {"Content-Type": "multipart/form-data; boundary=edge", **(headers or {})}
    return call("POST", address, body + b"--edge--\r\n", headers=named)
