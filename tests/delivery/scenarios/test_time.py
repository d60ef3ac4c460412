"""Clocks, slots, edits, decisions and old ledgers."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest

from loa.delivery.approving import Basis, approve
from loa.delivery.holding import Decision, decide
from loa.delivery.outcome import Result
from loa.delivery.publish import publish_due
from loa.delivery.status import status
from loa.ledger.model import Skip, State
from loa.ledger.working import LEASE
from tests.delivery import stage
from tests.delivery.scenarios.child import ended, run, start, wait_until_stopped
from tests.delivery.scenarios.stage import PAGES, Stage
from tests.delivery.stage import DUE, MINUTE, SLOT_END


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


def test_F30_by_a_clock_that_jumped_forward_overnight_nothing_is_skipped(one: Stage) -> None:
    one.box.clock.set(DUE - timedelta(hours=12))
    one.publish()
    wrong = DUE + timedelta(hours=12)
    with one.open() as ledger:
        done = publish_due(ledger, replace(one.office(), now=lambda: wrong), lambda: wrong)
    assert done.stopped_by
    assert (done.stopped_by.key, done.stopped_by.values["minutes"]) == ("delivery.clock", 24 * 60)
    assert (one.states(), one.asked()) == ([State.PLANNED], 0)
    one.box.clock.set(DUE)
    one.publish()
    assert (one.states(), len(one.public())) == ([State.PUBLISHED], 1)


def test_F30_the_zone_of_the_computer_does_not_matter(one: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")
    one.box.clock.set(DUE - MINUTE)
    assert run(one) == []
    one.box.clock.set(DUE)
    assert [result for result, _ in run(one)] == ["published"]


def test_F31_of_the_slots_that_a_machine_slept_through_the_latest_in_time_is_sent_and_the_others_are_listed(
    make: Callable[..., Stage],
) -> None:
    """Two are over; two could still go out, and nobody wants the same words twice in a minute."""
    on = make(1, post=[{"date": "2023-09-05", "slots": ["sáng", "trưa", "đầu giờ chiều", "chiều"]}])
    done = on.later(hours=7, minutes=30)  # 15:00
    assert [(entry.state, entry.reason) for entry in on.entries()] == [
        (State.SKIPPED, Skip.LATE),
        (State.SKIPPED, Skip.LATE),
        (State.SKIPPED, Skip.SUPERSEDED),
        (State.PUBLISHED, None),
    ]
    assert [outcome.reason for outcome in done.skipped] == [Skip.LATE, Skip.LATE, Skip.SUPERSEDED]
    with on.open() as ledger:
        missed = [attention.entry.reason for attention in status(ledger, on.office(), on.now()).attention]
    assert missed == [Skip.LATE, Skip.LATE], "the words of the third stand there"
    on.later(minutes=20)
    assert (len(on.public()), on.asked()) == (1, 1)


@pytest.mark.parametrize("later", ["too late", "no longer planned"])
def test_F31_what_does_not_go_out_itself_stands_in_for_nothing(make: Callable[..., Stage], later: str) -> None:
    on = make(1, post=[{"date": "2023-09-05", "slots": ["cả ngày", "trưa"]}])
    post = [{"date": "2023-09-05", "slot": "cả ngày"}]
    edited = stage.campaign(announcements={"tin-0": {**on.announcements["tin-0"], "post": post}})
    is_late = later == "too late"
    on.box.clock.advance(hours=7 if is_late else 4)  # 14:30 or 11:30
    on.publish(None if is_late else edited)
    assert [(entry.state, entry.reason) for entry in on.entries()] == [
        (State.PUBLISHED, None),
        (State.SKIPPED, Skip.LATE if is_late else Skip.UNPLANNED),
    ]


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
    on.later(minutes=5)  # what was approved stands there again
    assert [item.text.startswith("Tin số 0") for item in on.public()] == [True]


def test_F34_a_window_that_was_shortened_skips_what_lies_outside(one: Stage) -> None:
    shorter = stage.campaign(announcements=one.announcements, window={"from": "2023-09-01", "to": "2023-09-04"})
    (outcome,) = one.publish(shorter).skipped
    assert (outcome.reason, one.public()) == (Skip.WINDOW, [])


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"window": {"from": "2023-09-01", "to": "2023-09-05"}}, Skip.WINDOW),
        ({"blackout": [{"date": "2023-09-06", "reason": "quốc tang"}]}, Skip.BLACKOUT),
    ],
)
def test_F34_what_a_person_moved_outside_is_skipped_as_well(one: Stage, changes: Any, reason: Skip) -> None:
    """The day that counts is the one on which it would go out, not the one that the plan names."""
    day = timedelta(days=1)
    with one.open() as ledger:
        (entry,) = ledger.entries()
        ledger.decisions.shift(entry, DUE + day, SLOT_END + day, by="an", why="dời", now=one.now())
    one.box.clock.advance(day.total_seconds())
    (outcome,) = one.publish(stage.campaign(announcements=one.announcements, **changes)).skipped
    assert (outcome.reason, one.public(), one.asked()) == (reason, [], 0)


@pytest.mark.parametrize("decision", [Decision.CANCEL, Decision.HOLD])
def test_F35_a_decision_while_it_is_prepared_stops_it(one: Stage, decision: Decision) -> None:
    process = start(one, "stop:before:begin_attempt")
    wait_until_stopped(process)
    with one.open() as ledger:
        decided = decide(ledger, ledger.entries(), decision, by="an", why="thử", now=one.now())
    assert len(decided.done) == 1
    process.go_on()
    ended(process)
    one.later(seconds=LEASE.total_seconds() + 1)
    assert (one.states(), one.asked()) == ([State.CANCELLED if decision is Decision.CANCEL else State.HELD], 0)


def test_F35_a_decision_while_it_is_sent_is_told_to_be_too_late(one: Stage) -> None:
    process = start(one, "stop:at:request")
    wait_until_stopped(process)
    with one.open() as ledger:
        decided = decide(ledger, ledger.entries(), Decision.CANCEL, by="an", why="thử", now=one.now())
    assert (len(decided.done), len(decided.too_late)) == (0, 1)
    process.go_on()
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


def _as_a_draft(on: Stage) -> None:
    for post in on.box.wordpress.site.posts.values():
        post.status = "draft"


def _hidden(on: Stage) -> None:
    for article, _ in on.box.zalo.world.articles.everything():
        article.fields = {**article.fields, "status": "hide"}


def _unpublished(on: Stage) -> None:
    for post in on.box.graph.store.posts_of(PAGES["trang-a"]):
        post.published = False


@pytest.mark.parametrize(("channel", "change"), [("blog", _as_a_draft), ("oa", _hidden), ("trang-a", _unpublished)])
def test_F40_what_somebody_hid_without_removing_it_is_told_as_well(
    make: Callable[..., Stage], channel: str, change: Callable[[Stage], None]
) -> None:
    on = make(1, channels=(channel,))
    on.publish()
    on.settle()
    assert (on.states(), {item.kind for item in on.public()} - {"broadcast"} != set()) == ([State.PUBLISHED], True)
    change(on)
    assert {item.kind for item in on.public()} <= {"broadcast"}
    gone = [outcome for _ in range(8) for outcome in on.later(minutes=15).failed]
    assert [problem.key for outcome in gone for problem in outcome.problems] == ["delivery.gone"]
    assert on.states() == [State.PUBLISHED]
