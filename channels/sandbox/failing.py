"""What is sent for each fault."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from channels.sandbox.faults import Failure, Fault
from channels.sandbox.web import HTML, Request, Response, Service, answer

HUGE = 10_000_000  # bytes
_DEPTH = 100_000  # levels of a nested answer
_PROXY = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"
_PORTAL = "<!doctype html><title>Wi-Fi</title><p>Vui lòng đăng nhập để dùng Internet.</p>"
# Where a client may have put a token or another secret.
_SECRETS = ("access_token", "appsecret_proof", "refresh_token", "secret_key", "client_secret", "input_token")


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """What goes back to the client."""

    response: Response | None  # None: the connection is closed without an answer
    cut: bool = False  # only half of the body goes out, then the connection is closed
    hold: float = 0  # real seconds before that, unless the client hangs up earlier


def fail(failure: Failure, service: Service, request: Request, done: Response | None) -> Delivery:
    """What is sent for ``failure``; ``done`` is the answer of the service when it was executed.

    A late commit is held for half a minute, which is longer than any client waits.
    """
    told = done or answer({"id": "0"})
    match failure.fault:
        case Fault.DROP_BEFORE | Fault.DROP_AFTER:
            return Delivery(response=None)
        case Fault.LATE_COMMIT:
            return Delivery(response=None, hold=30)
        case Fault.SLOW:
            return Delivery(response=told, hold=2 if failure.seconds is None else failure.seconds)
        case Fault.TRUNCATED_JSON:
            return Delivery(response=told, cut=True)
        case Fault.BAD_UTF8:
            return Delivery(response=replace(told, body=told.body.replace(b'"', b'"\xff\xc3(', 1)))
        case Fault.WRONG_TYPES:
            return Delivery(response=_with_wrong_types(told))
        case Fault.JAVASCRIPT:
            return Delivery(response=replace(told, headers={**told.headers, "Content-Type": "text/javascript"}))
        case Fault.RATE_LIMITED:
            wait = 60 if failure.seconds is None else failure.seconds
            return Delivery(response=answer({"message": "Too Many Requests"}, 429, Retry_After=f"{wait:.0f}"))
        case Fault.ERROR_CODE | Fault.EXECUTE_AND_ERROR:
            return Delivery(response=service.error(failure.code, failure.subcode, done))
        case fault:
            return Delivery(response=_PLAIN[fault](request))


def captive_portal() -> Response:
    """What a network shows that wants a log-in first; a redirect leads there."""
    return _html(_PORTAL, 200)


def _html(text: str, status: int) -> Response:
    return Response(status=status, headers={"Content-Type": HTML}, body=text.encode())


def _with_wrong_types(response: Response) -> Response:
    try:
        value = Request(method="", path="", query={}, headers=response.headers, body=response.body, host="").json()
    except ValueError:
        return response
    return replace(response, body=answer(_turned(value)).body)


def _turned(value: Any) -> object:
    """Objects stay, so that the mistake sits where a client looks; every text is a list and every list a text."""
    if isinstance(value, dict):
        return {name: _turned(part) for name, part in value.items()}
    if isinstance(value, list):
        return "list"
    return [value] if isinstance(value, str) else str(value)


def _echoed(request: Request) -> Response:
    """An error that repeats every secret it was given, as careless services do."""
    found = " ".join(_secrets(request))
    message = f"Malformed access token {found}"
    return answer({"error": {"message": message, "type": "OAuthException", "code": 1}, "message": message}, 500)


def _secrets(request: Request) -> Iterator[str]:
    if "authorization" in request.headers:
        yield request.headers["authorization"]
    for place in (request.headers, request.query, request.form()):
        yield from (place[name] for name in _SECRETS if name in place)


# Faults that need nothing but the request.
_PLAIN: Mapping[Fault, Callable[[Request], Response]] = {
    Fault.HTTP_500: lambda _: answer({}, 500),
    Fault.HTTP_500_AFTER: lambda _: answer({}, 500),
    Fault.HTTP_502_HTML: lambda _: _html(_PROXY, 502),
    Fault.HTTP_503_BARE: lambda _: Response(status=503),
    Fault.HTML_200: lambda _: captive_portal(),
    Fault.EMPTY_200: lambda _: Response(),
    Fault.EMPTY_OBJECT: lambda _: answer({}),
    Fault.ECHO_TOKEN: _echoed,
    Fault.HUGE: lambda _: replace(answer({}), body=b'{"id": "' + b"1" * HUGE + b'"}'),
    Fault.NESTED: lambda _: replace(answer({}), body=b"[" * _DEPTH + b"]" * _DEPTH),
    Fault.SUCCESS_FALSE: lambda _: answer({"success": False}),
    Fault.REDIRECT: lambda request: Response(status=302, headers={"Location": f"http://{request.host}/_landing"}),
}
