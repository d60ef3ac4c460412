"""What an officer withdraws or stops while nobody knows what is out there: the public hears no more of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from channels.sandbox.faults import Fault
from channels.zalo.broadcast import Broadcasts
from loa.ledger.model import State
from loa.ledger.working import LEASE
from tests.delivery.scenarios.child import ended, run, start, wait_until_stopped
from tests.delivery.scenarios.stage import ALL_DAY, Stage, send_again_when_absent

ROUTES = {"trang-a": "feed", "oa": "create"}
NOT_ASKED, UNREAD = "kill:after:begin_attempt", "kill:at:request"
# Where a process may be killed so that nobody knows what came of it; the last with the answer read and not kept.
CASES = [
    *(("trang-a", NOT_ASKED), ("trang-a", UNREAD), ("trang-a", "kill:before:settle_published")),
    *(("oa", NOT_ASKED), ("oa", UNREAD), ("oa", "kill:before:settle_processing")),
]


def told(on: Stage) -> int:
    """How often Zalo was asked to tell all followers."""
    return on.asked("broadcast")


def let_time_pass(on: Stage) -> None:
    """Three hours, in which every doubt comes to its end."""
    for _ in range(9):
        on.later(minutes=20)


@pytest.mark.parametrize("state", [State.SENDING, State.UNKNOWN])
@pytest.mark.parametrize(("channel", "kill"), CASES)
def test_what_was_withdrawn_while_nobody_knew_is_never_public_afterwards(
    make: Callable[..., Stage], channel: str, kill: str, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where posts may be sent again, and where all followers are told of every article."""
    send_again_when_absent(monkeypatch)
    on = make(1, channels=(channel,), post=ALL_DAY, resend_after="2h")
    run(on, kill)
    if state is State.UNKNOWN:
        on.fail_all()
        on.later(seconds=LEASE.total_seconds())
    assert on.states() == [state]
    assert len(on.withdraw().pending) == 1
    on.box.faults.clear()
    on.later(seconds=LEASE.total_seconds())
    let_time_pass(on)
    was_asked = kill != NOT_ASKED
    assert on.states() == [State.WITHDRAWN if was_asked else State.CANCELLED]
    assert (on.public(), told(on), on.asked(ROUTES[channel])) == ([], 0, int(was_asked))


@pytest.mark.parametrize("channel", ["trang-a", "oa"])
def test_what_was_withdrawn_before_its_first_byte_is_not_sent(make: Callable[..., Stage], channel: str) -> None:
    on = make(1, channels=(channel,))
    process = start(on, "stop:before:go_ahead")
    wait_until_stopped(process)
    assert (on.states(), len(on.withdraw().pending)) == ([State.SENDING], 1)
    process.go_on()
    ended(process)
    assert (on.states(), on.asked(ROUTES[channel])) == ([State.CANCELLED], 0)


def test_a_late_commit_of_what_was_withdrawn_is_taken_down_as_soon_as_it_is_seen(one: Stage) -> None:
    one.fail(Fault.LATE_COMMIT, seconds=90)
    one.publish()
    assert len(one.withdraw().pending) == 1
    one.box.clock.advance(seconds=90)
    assert len(one.public()) == 1
    one.later(seconds=30)
    assert (one.states(), one.public(), one.asked()) == ([State.WITHDRAWN], [], 1)


def test_a_kill_between_token_and_broadcast_tells_nobody_while_everything_is_stopped(
    make: Callable[..., Stage],
) -> None:
    """The article that Zalo has taken is out there; its followers are told when the stop is over, and once."""
    on = make(1, channels=("oa",), post=ALL_DAY)
    run(on, "kill:before:settle_processing")
    on.pause()
    on.later(seconds=LEASE.total_seconds())
    let_time_pass(on)
    assert told(on) == 0
    on.resume()
    let_time_pass(on)
    assert (on.states(), told(on), on.asked("create")) == ([State.PUBLISHED], 1, 1)


def test_a_stop_holds_a_broadcast_that_a_follower_of_the_job_was_about_to_ask_for(
    make: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pressed after the question what became of the article, and before the next byte."""
    on = make(1, channels=("oa",), post=ALL_DAY)
    on.publish()
    real = Broadcasts.tell

    def press(*arguments: Any, **named: Any) -> timedelta | None:
        on.pause()
        return real(*arguments, **named)

    with monkeypatch.context() as inside:
        inside.setattr(Broadcasts, "tell", press)
        on.later(minutes=1)
    assert told(on) == 0
    let_time_pass(on)
    assert told(on) == 0
    on.resume()
    let_time_pass(on)
    assert (on.states(), told(on), on.asked("create")) == ([State.PUBLISHED], 1, 1)


def test_a_stop_between_the_article_and_its_broadcast_holds_the_broadcast(make: Callable[..., Stage]) -> None:
    on = make(1, channels=("oa",), post=ALL_DAY)
    on.publish()
    assert on.states() == [State.PROCESSING]
    on.pause()
    let_time_pass(on)
    assert (on.states(), told(on)) == ([State.PROCESSING], 0)
    on.resume()
    on.later(minutes=1)
    assert (on.states(), told(on), len(on.public())) == ([State.PUBLISHED], 1, 1)
