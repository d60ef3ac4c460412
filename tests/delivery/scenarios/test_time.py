"""Clocks, slots, edits, decisions and old ledgers."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

import pytest

from loa.delivery.approving import Basis, approve
from loa.delivery.holding import Decision, decide
from loa.delivery.outcome import Result
from loa.delivery.publish import publish_due
from loa.ledger.model import Skip, State
from loa.ledger.working import LEASE
from tests.delivery import stage
from tests.delivery.scenarios.child import ended, run, start, wait_until_stopped
from tests.delivery.scenarios.stage import Stage
from tests.delivery.stage import DUE, MINUTE


def test_a_clock_that_runs_on_between_two_looks_at_it_sends(one: Stage) -> None:
    """No other test's clock moves within a pass; that of an office always does."""
    ticks = count()

    def now() -> datetime:
        return one.now() + timedelta(microseconds=next(ticks))

    with one.open() as ledger:
        assert [outcome.result for outcome in publish_due(ledger, one.office(), now).outcomes] == [Result.PUBLISHED]


def test_F29_a_restored_backup_adopts_what_is_out_there_and_sends_nothing(make: Callable[..., Stage]) -> None:
    on = make(5)
    state = on.folder / "state"
    with on.open():
        pass  # closing folds the log into the file
    shutil.copytree(state, on.folder / "backup")
    on.publish()
    shutil.rmtree(state)
    shutil.copytree(on.folder / "backup", state)
    assert on.states() == [State.PLANNED] * 5
    on.later(minutes=5)
    assert (on.states(), [entry.adopted for entry in on.entries()]) == ([State.PUBLISHED] * 5, [True] * 5)
    assert (len(on.public()), on.asked()) == (5, 5)


def test_F30_a_clock_that_jumped_back_sends_nothing(make: Callable[..., Stage]) -> None:
    on = make(2)
    with on.open() as ledger:
        decide(ledger, ledger.entries()[:1], Decision.HOLD, by="an", why="thử", now=on.now())
    on.later(minutes=70)
    with on.open() as ledger:
        decide(ledger, ledger.entries()[:1], Decision.LET_GO, by="an", why="thử", now=on.now())
    on.box.clock.set(DUE + 10 * MINUTE)
    (outcome,) = on.publish().failed
    assert ([problem.key for problem in outcome.problems], on.asked()) == (["delivery.clock"], 1)
    on.box.clock.set(DUE + 72 * MINUTE)
    on.publish()
    assert (on.states(), len(on.public())) == ([State.PUBLISHED] * 2, 2)


def test_F30_a_clock_that_jumped_forward_sends_nothing_early(one: Stage) -> None:
    one.box.clock.set(DUE - timedelta(days=1))
    ahead = replace(one.office(), now=lambda: DUE)
    with one.open() as ledger:
        (outcome,) = publish_due(ledger, ahead, lambda: DUE).failed
    assert ([problem.key for problem in outcome.problems], one.asked()) == (["delivery.clock"], 0)
    with one.open() as ledger:
        (outcome,) = publish_due(ledger, one.office(), lambda: DUE + timedelta(days=1)).outcomes
    assert (outcome.reason, one.asked()) == (Skip.LATE, 0)


def test_F30_the_zone_of_the_computer_does_not_matter(one: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")
    one.box.clock.set(DUE - MINUTE)
    assert run(one) == []
    one.box.clock.set(DUE)
    assert [result for result, _ in run(one)] == ["published"]


def test_F31_of_the_slots_that_a_machine_slept_through_the_last_is_sent_and_the_others_are_listed(
    make: Callable[..., Stage],
) -> None:
    on = make(1, post=[{"date": "2023-09-04", "slot": "trưa"}, {"date": "2023-09-05", "slots": ["sáng", "trưa"]}])
    on.later(hours=4, minutes=30)  # 12:00
    assert [(entry.state, entry.reason) for entry in on.entries()] == [
        (State.SKIPPED, Skip.LATE),
        (State.SKIPPED, Skip.LATE),
        (State.PUBLISHED, None),
    ]
    assert len(on.public()) == 1


def test_F33_an_edit_after_the_approval_voids_it(make: Callable[..., Stage]) -> None:
    on = make(1, approval="required")
    with on.open() as ledger:
        approve(
            *(on.campaign, "tin-0", on.office(), ledger),
            approver="lanh-dao",
            recorded_by="an",
            basis=Basis(),
            now=on.now(),
        )
    edited = stage.campaign(announcements={"tin-0": {**on.announcements["tin-0"], "text": "Lời khác."}})
    (outcome,) = on.publish(edited).failed
    assert (outcome.result, [problem.key for problem in outcome.problems]) == ("held", ["delivery.unapproved"])
    assert on.public() == []
    on.later(minutes=2)
    assert [item.text.startswith("Tin số 0") for item in on.public()] == [True]


def test_F34_a_window_that_was_shortened_skips_what_lies_outside(one: Stage) -> None:
    shorter = stage.campaign(announcements=one.announcements, window={"from": "2023-09-01", "to": "2023-09-04"})
    (outcome,) = one.publish(shorter).skipped
    assert (outcome.reason, one.public()) == (Skip.WINDOW, [])


@pytest.mark.parametrize("decision", [Decision.CANCEL, Decision.HOLD])
def test_F35_a_decision_while_it_is_prepared_stops_it(one: Stage, decision: Decision) -> None:
    process = start(one, "stop:before:begin_attempt")
    wait_until_stopped(process)
    with one.open() as ledger:
        decided = decide(ledger, ledger.entries(), decision, by="an", why="thử", now=one.now())
    assert len(decided.done) == 1
    process.send_signal(signal.SIGCONT)
    ended(process)
    one.later(seconds=LEASE.total_seconds() + 1)
    assert (one.states(), one.asked()) == ([State.CANCELLED if decision is Decision.CANCEL else State.HELD], 0)


def test_F35_a_decision_while_it_is_sent_is_told_to_be_too_late(one: Stage) -> None:
    process = start(one, "stop:at:request")
    wait_until_stopped(process)
    with one.open() as ledger:
        decided = decide(ledger, ledger.entries(), Decision.CANCEL, by="an", why="thử", now=one.now())
    assert (len(decided.done), len(decided.too_late)) == (0, 1)
    process.send_signal(signal.SIGCONT)
    ended(process)
    one.settle()
    assert (one.states(), len(one.public())) == ([State.PUBLISHED], 1)


def test_F40_a_post_that_somebody_took_down_is_told_and_stays_published(one: Stage) -> None:
    one.publish()
    one.box.graph.remove_by_hand(one.public()[0].id)
    (outcome,) = one.later(minutes=16).failed
    assert [problem.key for problem in outcome.problems] == ["delivery.gone"]
    (entry,) = one.entries()
    assert (entry.state, entry.gone_at) == (State.PUBLISHED, one.now())
    assert one.later(hours=25).outcomes == ()


def test_F40_a_post_that_somebody_took_down_in_the_night_is_told_the_next_day(one: Stage) -> None:
    one.publish()
    assert one.later(minutes=16).outcomes == ()
    one.box.graph.remove_by_hand(one.public()[0].id)
    assert one.later(hours=12).outcomes == (), "it is looked at after a quarter of an hour and after a day"
    (outcome,) = one.later(hours=12).failed
    assert [problem.key for problem in outcome.problems] == ["delivery.gone"]
    assert (one.states(), one.asked()) == ([State.PUBLISHED], 1)
