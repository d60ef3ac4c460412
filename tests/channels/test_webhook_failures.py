"""The webhook channel when things go wrong: what is certain, what is not, and what never shows."""

from __future__ import annotations

import socket
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from channels.answers import (
    Blocked,
    ChannelFailure,
    Closed,
    NotSent,
    OutcomeUnknown,
    Receipt,
    Rejected,
    Unreachable,
)
from channels.base import NoSteps
from channels.sandbox.faults import EXECUTED, Fault
from channels.sandbox.portal.signature import SECRET
from tests.channels.blog import SMALL_PAPER, SOUGHT
from tests.channels.raw_server import ok, raw_server
from tests.channels.site import POST
from tests.channels.webhook_portal import FAULTS, OTHER, Side, portal_side


@pytest.fixture
def side(tmp_path: Path) -> Iterator[Side]:
    with portal_side(tmp_path) as found:
        yield found


@pytest.mark.parametrize("fault", FAULTS)
def test_after_a_failed_event_there_is_one_announcement_in_the_end(side: Side, fault: Fault) -> None:
    """Sent again without looking, as the contract of a repeatable channel allows: the portal knows repetitions."""
    side.box.faults.next("portal", "hook", fault, code=503)
    channel = side.channel()
    try:
        first: object = channel.publish(POST, NoSteps())
    except ChannelFailure as failure:
        first = failure
    assert isinstance(first, Receipt) == (fault is Fault.JAVASCRIPT), first
    assert len(side.items) == (1 if fault in EXECUTED else 0)
    assert isinstance(channel.publish(POST, NoSteps()), Receipt)
    assert len(side.items) == 1


def test_an_event_that_comes_to_pass_later_makes_no_second_announcement(side: Side) -> None:
    side.box.faults.next("portal", "hook", Fault.LATE_COMMIT, seconds=600)
    channel = side.channel()
    with pytest.raises(OutcomeUnknown):
        channel.publish(POST, NoSteps())
    assert channel.look_up(SOUGHT) is None
    channel.publish(POST, NoSteps())
    side.box.clock.advance(601)
    assert len(side.items) == 1


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault is not Fault.JAVASCRIPT])
def test_a_strange_answer_to_a_question_is_no_absence(side: Side, fault: Fault) -> None:
    channel = side.channel()
    channel.publish(POST, NoSteps())
    side.box.faults.next("portal", "status", fault, times=3, code=503)
    with pytest.raises((OutcomeUnknown, NotSent)):
        channel.look_up(SOUGHT)


def test_a_portal_that_cannot_be_asked_is_sent_to_again(side: Side) -> None:
    channel = side.channel(asks=False)
    assert channel.look_up(SOUGHT) is None
    assert (channel.abilities.repeatable, channel.abilities.doubt.resend) == (True, True)


def test_a_wrong_secret_and_a_closed_portal_close_the_account(side: Side) -> None:
    side.secrets = {"WEBHOOK_SECRET": OTHER}
    with pytest.raises(Closed, match=r"webhook\.signature"):
        side.channel().publish(POST, NoSteps())
    side.portal.switches.closed = True
    with pytest.raises(Blocked, match=r"webhook\.given_up"):
        side.channel().publish(POST, NoSteps())
    assert side.items == []


class Stopped(NoSteps):
    def go_ahead(self) -> None:
        raise NotSent("delivery.stopped")


def test_nothing_is_told_to_a_portal_once_somebody_has_stopped_it(side: Side) -> None:
    channel = side.channel()
    with pytest.raises(NotSent, match=r"delivery\.stopped"):
        channel.publish(POST, Stopped())
    channel.publish(POST, NoSteps())
    with pytest.raises(NotSent, match=r"delivery\.stopped"):
        channel.correct(POST.marker, replace(POST, title="Khác"), Stopped())
    assert [item.title for item in side.items] == [POST.title]


@pytest.mark.parametrize("asks", [True, False])
def test_the_clock_of_a_portal_is_known_before_anything_is_told_to_it(side: Side, asks: bool) -> None:
    """Else a computer that runs a day ahead would post a day too early."""
    channel = side.channel(asks=asks)
    channel._now = channel._portal._now = lambda: side.box.clock.now() + timedelta(days=1)
    assert channel.clock_offset() == timedelta(days=-1)
    assert side.items == []


def test_a_portal_that_does_not_answer_is_asked_for_its_time_once(side: Side) -> None:
    with raw_server(b"") as server:
        channel = side.channel(url=server.address, asks=False)
        assert (channel.clock_offset(), channel.clock_offset()) == (None, None)
        assert len(server.seen) == 1


def test_a_body_over_the_limit_is_refused_for_good(side: Side) -> None:
    large = replace(SMALL_PAPER, content=b"x" * 5_000_000)
    with pytest.raises(Rejected, match=r"webhook\.too_large"):
        side.channel().publish(replace(POST, attachments=(large,)), NoSteps())


def test_a_dead_portal_is_unreachable(side: Side) -> None:
    with raw_server(b"") as server:
        pass
    with pytest.raises(Unreachable):
        side.channel(url=server.address, asks=False).publish(POST, NoSteps())


def test_a_name_that_leads_into_a_private_network_is_refused(side: Side, monkeypatch: pytest.MonkeyPatch) -> None:
    real = socket.getaddrinfo
    with raw_server(ok()) as server:
        monkeypatch.setattr(socket, "getaddrinfo", lambda _, *more, **parts: real("127.0.0.1", *more, **parts))
        channel = side.channel(url=f"https://cong.example.gov.vn:{server.port}/hook", asks=False)
        with pytest.raises(Unreachable, match=r"http\.private_address"):
            channel.publish(POST, NoSteps())
        assert server.seen == []


@pytest.mark.parametrize("fault", [Fault.ECHO_TOKEN, Fault.DROP_AFTER, Fault.REDIRECT, Fault.WRONG_TYPES])
@pytest.mark.parametrize("act", ["publish", "look_up", "correct", "withdraw", "probe"])
def test_no_secret_shows_in_anything_that_is_raised(
    side: Side, fault: Fault, act: str, caplog: pytest.LogCaptureFixture
) -> None:
    channel = side.channel()
    side.box.faults.next("portal", "*", fault, times=9)
    acts: Mapping[str, Callable[[], object]] = {
        "publish": lambda: channel.publish(POST, NoSteps()),
        "look_up": lambda: channel.look_up(SOUGHT),
        "correct": lambda: channel.correct(POST.marker, POST, NoSteps()),
        "withdraw": lambda: channel.withdraw(POST.marker, ""),
        "probe": channel.probe,
    }
    try:
        told = repr(acts[act]())  # some faults do no harm to some acts
    except ChannelFailure as failure:
        told = "".join(traceback.format_exception(failure)) + repr(failure.values)
    told += caplog.text
    told += repr(vars(channel)) + repr(vars(channel._portal))
    assert SECRET not in told
    assert SECRET.removeprefix("whsec_") not in told
