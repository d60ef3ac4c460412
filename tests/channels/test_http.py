"""The door to the network against servers that answer badly, slowly, or not at all."""

from __future__ import annotations

import gzip
import itertools
import socket
import ssl
import subprocess
import time
import traceback
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from channels.addresses import is_public
from channels.answers import ChannelFailure, OutcomeUnknown, Unreachable
from channels.http import ANSWER_LIMIT, Answer, Door
from tests.channels.raw_server import ok, raw_server

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
TOKEN = "EAAsecret0123456789token"  # noqa: S105 - of nothing
DATE = "Date: Sun, 22 Nov 2026 06:03:00 GMT"


def send(
    address: str, method: str = "POST", *, door: Door | None = None, timeout: float = 2, **parts: object
) -> Answer:
    return (door or Door()).send(method, address, now=NOW, timeout=timeout, **parts)


def reply(answer: bytes, method: str = "POST") -> Answer:
    with raw_server(answer) as server:
        return send(server.address, method)


@pytest.mark.parametrize("status", ["200 OK", "201 Created", "404 Not Found", "429 Slow", "500 No", "599 ?", "999 ?"])
def test_an_answer_of_any_status_is_returned(status: str) -> None:
    answer = reply(ok(b'{"id": "1"}', status=status))
    assert (answer.status, answer.json(), answer.whole) == (int(status[:3]), {"id": "1"}, True)


@pytest.mark.parametrize(
    "head",
    [
        b"",  # closed without a word
        b"\r\n",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
        b"HTTP/1.1 200 OK\r\n" + b"X: 1\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"1" * 100_000 + b"\r\n\r\n",
        b"\xff\xfe\x00\x01" * 50,
    ],
)
def test_what_is_no_answer_leaves_the_outcome_unknown(head: bytes) -> None:
    """The request was sent, so nobody may say that it was not."""
    with pytest.raises(OutcomeUnknown, match=r"http\.no_answer"):
        reply(head)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b'"\xff\xc3("',
        b'{"id": "1"',
        b"[" * 100_000 + b"]" * 100_000,
        b"1" * 10_000,
        b"\x00",
        '{"id": "\ud800"'.encode("utf-8", "surrogatepass"),
    ],
)
def test_a_body_that_is_no_json_is_told_as_that_and_not_quoted(body: bytes) -> None:
    answer = reply(ok(body))
    assert answer.whole
    with pytest.raises(ValueError, match="not JSON") as caught:
        answer.json()
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None, "the parser's error holds the whole body"


def test_a_byte_order_mark_before_json_does_no_harm() -> None:
    assert reply(ok(b'\xef\xbb\xbf{"a": 1}')).json() == {"a": 1}


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
    ],
)
def test_half_an_answer_is_not_whole(answer: bytes) -> None:
    found = reply(answer)
    assert not found.whole
    with pytest.raises(ValueError, match="not whole"):
        found.json()


def test_pieces_of_unknown_length_are_put_together() -> None:
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n[\r\n2\r\n1]\r\n0\r\n\r\n"
    assert reply(chunked).json() == [1]
    assert reply(b"HTTP/1.0 200 OK\r\n\r\n[1]").json() == [1]


def packed() -> bytes:
    """A hundred megabytes in a hundred kilobytes."""
    body = gzip.compress(b"0" * 100_000_000, compresslevel=9)
    return b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(body) + body


def endless(*head: bytes) -> Iterator[bytes]:
    yield b"".join(head)
    yield from itertools.repeat(b"1" * 65_536)


@pytest.mark.parametrize(
    "make",
    [
        lambda: ok(b'"' + b"1" * 10_000_000 + b'"'),
        packed,
        lambda: endless(b"HTTP/1.1 200 OK\r\n\r\n"),
        lambda: endless(b"HTTP/1.1 302 Found\r\nLocation: /x\r\n\r\n"),  # the library would read it all to follow
    ],
    ids=["long", "packed", "endless", "endless redirect"],
)
def test_an_endless_answer_takes_no_memory(make: object) -> None:
    assert callable(make)
    content = make()
    with raw_server(content) as server:
        door = Door()
        tracemalloc.start()
        try:
            answer = send(server.address, door=door)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert (answer.body, answer.whole) == (b"", False)
    assert peak < 3 * ANSWER_LIMIT


def dripping() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n\r\n"
    while True:
        time.sleep(0.05)
        yield b"1"


def test_an_answer_that_drips_is_given_up() -> None:
    with raw_server(dripping()) as server:
        began = time.monotonic()
        answer = send(server.address, timeout=0.3)
        assert time.monotonic() - began < 1
    assert not answer.whole


def _slowly(*pieces: bytes) -> Iterator[bytes]:
    """Piece after piece, or byte after byte of a single one."""
    for piece in pieces if len(pieces) > 1 else (bytes([byte]) for byte in pieces[0]):
        time.sleep(0.05)
        yield piece


@pytest.mark.parametrize(
    "make",
    [
        lambda: _slowly(b"HTTP/1.1 200 OK and so on"),
        lambda: itertools.chain([b"HTTP/1.1 200 OK\r\n"], _slowly(b"X-A: 1\r\nX-B: 2\r\nX-C: 3\r\n")),
        lambda: itertools.chain([b"HTTP/1.1 200 OK\r\n"], _slowly(b"X: " + b"1" * 40)),
        lambda: _slowly(*[b"HTTP/1.1 100 Continue\r\n\r\n"] * 40),
    ],
    ids=["status line", "headers", "one header", "always about to answer"],
)
def test_a_head_that_drips_is_given_up(make: Callable[[], Iterable[bytes]]) -> None:
    """Every byte comes in time; the answer does not."""
    with raw_server(make()) as server:
        began = time.monotonic()
        with pytest.raises(OutcomeUnknown, match=r"http\.no_answer"):
            send(server.address, timeout=0.3)
        assert time.monotonic() - began < 0.6


def test_head_and_body_have_one_time_together() -> None:
    whole = itertools.chain(_slowly(b"HTTP/1.0 200 OK"), [b"\r\n\r\n"], _slowly(b"[1, 2, 3, 4, 5, 6, 7, 8]"))
    with raw_server(whole) as server:
        began = time.monotonic()
        answer = send(server.address, timeout=1)
        assert time.monotonic() - began < 1.3
    assert not answer.whole


def test_a_second_question_on_the_same_connection_has_its_own_time() -> None:
    with raw_server(ok(b"{}").replace(b"Connection: close\r\n", b"")) as server:
        door = Door()
        for _ in range(2):
            assert send(server.address, door=door, timeout=0.4).whole
            time.sleep(0.3)


def test_a_server_that_does_not_read_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file goes out as slowly as the far side takes it."""
    monkeypatch.setattr("channels.http_timely.SENDING", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.listen()
        began = time.monotonic()
        with pytest.raises(OutcomeUnknown, match=r"http\.no_answer"):
            send(f"http://127.0.0.1:{listener.getsockname()[1]}", timeout=0.3, data=b"x" * 20_000_000)
        assert time.monotonic() - began < 1


def test_a_silent_server_leaves_the_outcome_unknown() -> None:
    def silent() -> Iterator[bytes]:
        time.sleep(0.5)
        yield b""

    with raw_server(silent()) as server, pytest.raises(OutcomeUnknown):
        send(server.address, timeout=0.2)


def test_a_silent_server_is_asked_once() -> None:
    """A pass has other channels to serve."""

    def silent() -> Iterator[bytes]:
        time.sleep(0.5)
        yield b""

    with raw_server(silent()) as server:
        began = time.monotonic()
        with pytest.raises(OutcomeUnknown):
            Door().ask(server.address, now=NOW, timeout=0.2)
        assert time.monotonic() - began < 0.4


def test_nobody_listening_is_unreachable(dead: str) -> None:
    with pytest.raises(Unreachable, match=r"http\.no_connection"):
        send(dead)


@pytest.fixture
def dead() -> str:
    """An address at which nobody listens."""
    with raw_server(b"") as server:
        pass
    return server.address


@pytest.mark.parametrize(
    "address",
    ["", "snv.example.vn", "http://", "http://[::1", "ftp://127.0.0.1/", "https://a..b/", f"http://{'a' * 70}.vn/"],
)
def test_an_address_that_is_none_was_not_sent_to(address: str) -> None:
    with pytest.raises(Unreachable, match=r"http\.(bad_address|no_connection)"):
        send(address)


@pytest.mark.parametrize("secret", [f"{TOKEN}\n", f"\r\nHost: evil\r\n{TOKEN}", f"{TOKEN}ệ", f"{TOKEN}\u2022"])
def test_a_secret_that_no_header_carries_was_not_sent(secret: str) -> None:
    with raw_server(ok()) as server, pytest.raises(Unreachable, match=r"http\.bad_header") as caught:
        send(server.address, headers={"Authorization": f"Bearer {secret}"})
    assert server.seen == []
    assert TOKEN not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("location", ["/x", "http://127.0.0.1:1/", "http://[", "ftp://x", "\xff\xfe", "", "x:" * 999])
@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"])
def test_no_redirect_is_followed_wherever_it_leads(status: str, location: str) -> None:
    with raw_server(ok(b"", f"Location: {location}", status=status)) as server:
        assert send(server.address).status == int(status[:3])
        assert len(server.seen) == 1


def test_a_change_is_sent_once_and_a_question_three_times() -> None:
    with raw_server(b"") as server:
        for method, times in (("POST", 1), ("DELETE", 1), ("GET", 1)):
            server.seen.clear()
            with pytest.raises(OutcomeUnknown):
                send(server.address, method)
            assert len(server.seen) == times
        server.seen.clear()
        with pytest.raises(OutcomeUnknown):
            Door().ask(server.address, now=NOW, timeout=2)
        assert len(server.seen) == 3


def test_a_question_is_repeated_until_there_is_an_answer() -> None:
    answers = iter([b"", b"", ok(b"[1]")])
    with raw_server(lambda _: next(answers)) as server:
        assert Door().ask(server.address, now=NOW, timeout=2).json() == [1]


def test_no_cookie_is_kept() -> None:
    with raw_server(ok(b"{}", "Set-Cookie: session=1; Path=/")) as server:
        door = Door()
        for _ in range(2):
            send(server.address, door=door)
        assert len(server.seen) == 2
        assert b"cookie" not in server.seen[1].lower()


def test_nothing_of_the_environment_is_used(dead: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login a password b\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, dead)
    with raw_server(ok()) as server:
        send(server.address)
        assert b"authorization" not in server.seen[0].lower()
        assert b"User-Agent: Loa/" in server.seen[0]
        assert b"Accept-Encoding: identity" in server.seen[0]


@pytest.mark.parametrize("answer", [b"", ok(TOKEN.encode(), status="500 No"), ok(TOKEN.encode(), f"X: {TOKEN}")])
def test_a_token_never_shows(answer: bytes) -> None:
    """Neither where it was sent to, nor with what, nor what came back."""
    with raw_server(answer) as server:
        try:
            told = repr(send(f"{server.address}/{TOKEN}", params={"access_token": TOKEN}, headers={"X": TOKEN}))
        except ChannelFailure as failure:
            told = "".join(traceback.format_exception(failure)) + repr(failure) + repr(failure.values)
    assert TOKEN not in told
    assert str(server.port) not in told


def test_the_clock_of_the_server_is_seen() -> None:
    door = Door()
    with raw_server(ok(b"{}", DATE)) as server:
        assert door.offset is None
        send(server.address, door=door)
    assert door.offset == timedelta(minutes=3)


@pytest.mark.parametrize(
    ("told", "time"),
    [
        ("Sun, 22 Nov 2026 06:03:00 GMT", NOW + timedelta(minutes=3)),
        ("Sun, 22 Nov 2026 13:03:00 +0700", NOW + timedelta(minutes=3)),
        ("Sun, 22 Nov 2026 06:03:00 -0000", NOW + timedelta(minutes=3)),
        ("Fri, 31 Dec 9999 23:59:59 -2359", None),
        ("Sun, 22 Nov 2026 06:03:00 +9999", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_date_is_read_or_left(told: str, time: datetime | None) -> None:
    assert Answer(status=200, headers={"Date": told}, body=b"", whole=True).server_time == time


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("60", 60),
        ("0", 0),
        ("999999999", 86_400),
        ("9" * 5000, None),
        ("-1", None),
        ("1.5", None),
        ("٣", None),
        ("soon", None),
    ],
)
def test_a_wait_is_read_or_left(told: str, seconds: int | None) -> None:
    answer = Answer(status=429, headers={"Retry-After": told}, body=b"", whole=True)
    assert answer.retry_after == (None if seconds is None else timedelta(seconds=seconds))


@pytest.fixture(scope="module")
def unknown_certificate(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    """A certificate that nobody knows."""
    folder = tmp_path_factory.mktemp("tls")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=127.0.0.1"
    subprocess.run([*command.split(), "-keyout", key, "-out", certificate], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


def test_a_certificate_that_nobody_knows_is_not_spoken_to(unknown_certificate: ssl.SSLContext) -> None:
    with raw_server(ok(), context=unknown_certificate) as server:
        with pytest.raises(Unreachable, match=r"http\.no_tls"):
            send(server.address)
        assert server.seen == []


def test_a_server_without_tls_is_not_trusted() -> None:
    with raw_server(ok()) as server, pytest.raises(OutcomeUnknown):
        send(server.address.replace("http:", "https:"))


def test_a_private_address_is_refused_before_a_byte_is_sent() -> None:
    """By what the connection leads to, so that a name cannot change its mind between check and use."""
    with raw_server(ok()) as server:
        for host in ("127.0.0.1", "localhost"):
            with pytest.raises(Unreachable, match=r"http\.private_address"):
                send(f"http://{host}:{server.port}", door=Door(public_only=True))
        time.sleep(0.05)
        assert server.seen == []


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2001:4860:4860::8888", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 - to be refused
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:8.8.8.8", True),
    ],
)
def test_what_belongs_to_the_public_network(address: str, public: bool) -> None:
    assert is_public(address) is public
