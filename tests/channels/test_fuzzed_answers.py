"""Every call of every account on the network, each of its requests answered with nonsense: no lie, no leak, no end."""

from __future__ import annotations

import itertools
import logging
import tracemalloc
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from channels.answers import ChannelFailure, Closed, Health, NotSent, Processing, Receipt, Rejected
from channels.http import ANSWER_LIMIT
from channels.sandbox.clock import SandboxClock
from channels.sandbox.faults import Failure, Fault
from channels.sandbox.sandbox import Sandbox
from tests.channels.fuzzed import (
    ACTS,
    CHANGED,
    CHANGING,
    MORNING,
    Client,
    Nth,
    attempt,
    each_request,
    known_secrets,
    live,
    said,
)
from tests.channels.raw_server import Reply, ok, raw_server

FUZZ = (
    *(Fault.BAD_UTF8, Fault.WRONG_TYPES, Fault.NESTED, Fault.HTML_200),
    *(Fault.ECHO_TOKEN, Fault.EMPTY_OBJECT, Fault.TRUNCATED_JSON, Fault.SUCCESS_FALSE),
)
SOME_POST = {"wordpress": "101"}
EVERY = [(kind, act) for kind, acts in ACTS.items() for act in acts]
# A question changes nothing: whether the service did as it was asked matters for the others only.
STRUCK = [(*one, is_executed) for one in EVERY for is_executed in ((True, False) if one[1] in CHANGING else (True,))]


@pytest.fixture(scope="module", name="begun")
def _begun() -> Iterator[Sandbox]:
    with Sandbox(clock=SandboxClock(MORNING, speed=0)) as box:
        yield box


@pytest.fixture(name="running")
def _running(begun: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Sandbox:
    """Where a channel waits between two questions, the stand-in's time passes and ours does not."""
    monkeypatch.setattr("channels.zalo.jobs.time", SimpleNamespace(sleep=begun.clock.advance))
    return begun


@pytest.mark.parametrize(("kind", "act", "is_executed"), STRUCK)
def test_nonsense_for_any_request_of_a_call_is_no_lie_and_leaks_nothing(
    kind: str, act: str, is_executed: bool, running: Sandbox, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """F41: the answer to one request of the call is nonsense, whether or not the service did what it was asked."""
    caplog.set_level(logging.DEBUG)
    clients = (fresh(kind, act, running, tmp_path / str(number)) for number in itertools.count())
    client = next(clients)

    def strike(number: int) -> bool:
        nonlocal client
        struck = False
        for fault in FUZZ if number > 1 else (Fault.HUGE, *FUZZ):
            client = next(clients) if act in CHANGING else client
            before = client.file.read_bytes() if client.file.exists() else b""
            nth = Nth(running, number, Failure(fault=fault, executed=is_executed))
            answer = attempt(client, act)
            del running.faults.choose
            struck = struck or nth.has_struck
            check_truth(act, answer, client, running, before, f"{fault} for request {number}: {answer!r}")
            shown = client.shown() + caplog.text + (said(answer) if isinstance(answer, Exception) else repr(answer))
            assert [secret for secret in known_secrets(running) if secret in shown] == [], fault
        return struck

    each_request(strike)


def fresh(kind: str, act: str, box: Sandbox, folder: Path) -> Client:
    """An account at a stand-in that begins anew; with a post that is out, where the call is about one."""
    box.clock.set(MORNING)
    box.reset()
    folder.mkdir()
    client = Client(kind=kind, workspace=folder, address=box.address, now=box.clock.now)
    if act in ("look_up", "follow", "is_live", "correct", "withdraw"):
        done = client.act("publish")
        if isinstance(done, Processing):
            box.clock.advance(30)
            done = client.act("follow")
        assert isinstance(done, Receipt)
        client.remote_id = done.remote_id
    return client


def check_truth(act: str, answer: object, client: Client, box: Sandbox, before: bytes, told: str) -> None:
    """What the account says is true of what readers see."""
    out = live(box)
    if act in ("publish", "renew"):
        taken = len(out) + len(box.zalo.world.articles.everything()) - sum(item.kind == "article" for item in out)
        if isinstance(answer, Receipt | Processing):
            assert taken == 1, told
        elif isinstance(answer, NotSent | Rejected):
            assert taken == 0, told
    elif act in ("look_up", "follow"):
        assert isinstance(answer, Receipt | Processing | ChannelFailure), f"it is there, and was not found: {told}"
        assert not isinstance(answer, Rejected | Closed), told
    elif act == "is_live":
        assert answer is True or isinstance(answer, ChannelFailure), f"it is there: {told}"
    elif act == "correct" and isinstance(answer, Receipt):
        if client.kind == "webhook" and not answer.link:
            return  # a portal need say no more than 200, and cannot be asked for a text
        assert [CHANGED.text in item.text for item in out] == [True], told
    elif act == "withdraw" and not isinstance(answer, ChannelFailure):
        assert out == [], told
    elif act == "probe":
        assert isinstance(answer, Health | ChannelFailure), told
        assert not isinstance(answer, Closed), f"a stutter closes no account: {told}"
    elif act == "login" and isinstance(answer, Exception):
        assert (client.file.read_bytes() if client.file.exists() else b"") == before, told


def endless(*head: bytes) -> Iterator[bytes]:
    yield b"".join(head)
    yield from itertools.repeat(b"10000\r\n" + b"1" * 65_536 + b"\r\n")


def echo(request: bytes, status: str) -> bytes:
    """All that was sent, in the form in which each of the services tells an error."""
    text = "".join(char for char in request[:20_000].decode("latin-1") if char not in '"\\' and char >= " ")
    error = f'{{"code": 1, "message": "{text}", "error_user_msg": "{text}"}}'
    fields = f'"error_name": "{text}", "message": "{text}", "code": "{text}", "url": "{text}", "state": "{text}"'
    return ok(f'{{"error": {error}, {fields}}}'.encode(), status=status)


RAW: dict[str, Reply] = {
    "10 MB": ok(b'{"id": "' + b"1" * 10_000_000 + b'"}'),
    "endless": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",),
    "echoed as a success": lambda request: echo(request, "200 OK"),
    "echoed as a mistake": lambda request: echo(request, "400 Bad Request"),
    "echoed as a failure": lambda request: echo(request, "500 Internal Server Error"),
}


def endlessly(reply: Reply) -> Reply:
    """``reply``, and where it has only a beginning, for ever."""
    return reply if callable(reply) or isinstance(reply, bytes) else _Endless(reply)


class _Endless(Iterable[bytes]):
    """Begins anew for each connection."""

    def __init__(self, head: Iterable[bytes]) -> None:
        self._head = tuple(head)

    def __iter__(self) -> Iterator[bytes]:
        return endless(*self._head)


@pytest.mark.parametrize("reply", RAW)
@pytest.mark.parametrize(("kind", "act"), [(k, a) for k, a in EVERY if (k, a) != ("zalo", "login")])
def test_an_answer_without_end_or_shame_takes_little_memory_and_leaks_nothing(
    kind: str, act: str, reply: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Of a server that answers every request so; Zalo's log-in begins in a browser, which is not ours."""
    caplog.set_level(logging.DEBUG)
    with raw_server(endlessly(RAW[reply])) as server:
        client = Client(kind=kind, workspace=tmp_path, address=server.address)
        client.remote_id, client.steps.kept["token"] = SOME_POST.get(kind, "1000_1"), "một-việc"
        tracemalloc.start()
        try:
            answer = attempt(client, act)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert server.seen, "nothing was asked"
    assert isinstance(answer, ChannelFailure), answer
    assert peak < 4 * ANSWER_LIMIT
    shown = client.shown() + caplog.text + said(answer)
    assert [secret for secret in known_secrets() if secret in shown] == []


def dripping() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n\r\n"
    while True:
        yield b" "


class _Drip(Iterable[bytes]):
    def __iter__(self) -> Iterator[bytes]:
        return dripping()


@pytest.mark.parametrize(("kind", "act"), [(k, a) for k, a in EVERY if (k, a) != ("zalo", "login")])
def test_an_answer_that_only_drips_is_given_up_after_the_clients_own_time(
    kind: str, act: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a clock that runs on by itself: nobody waits here."""
    ticks = itertools.count()
    for module in ("channels.http", "channels.http_timely"):
        monkeypatch.setattr(f"{module}.monotonic", lambda: float(next(ticks)))
    with raw_server(_Drip()) as server:
        client = Client(kind=kind, workspace=tmp_path, address=server.address)
        client.remote_id, client.steps.kept["token"] = SOME_POST.get(kind, "1000_1"), "một-việc"
        answer = attempt(client, act)
    assert isinstance(answer, ChannelFailure)
    assert server.seen
