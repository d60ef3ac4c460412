"""A clock that runs ahead: nothing is skipped by it, and a person lets posting go on once it is right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from channels.answers import NO_ANSWER, Closed, Health, OutcomeUnknown
from loa.delivery.clock import LONG_REST
from loa.delivery.deliver import DRIFT
from loa.delivery.office import Office
from loa.delivery.pausing import confirm_clock
from loa.delivery.publish import Pass, publish_due
from loa.delivery.status import status
from loa.ledger.store import Ledger, open_ledger
from loa.planning.model import Config
from loa.planning.plan import plan
from tests.delivery.outside import Fanpage, Group, outside
from tests.delivery.stage import DUE, MINUTE, SLOT_END, announcement, at, campaign, is_sound, ledger_of, office, pages

__all__ = ["outside"]  # a fixture

POST = [{"date": day, "slot": "sáng"} for day in ("2023-09-05", "2023-09-06")]
OWN = campaign(announcements={"mo-dau": announcement(channels=["trang"], post=POST)})
BEFORE = DUE - MINUTE
AHEAD = DUE + timedelta(days=1, hours=12)


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A website on which two posts are to appear, and two accounts whose servers know the time."""

    ledger: Ledger
    office: Office

    def run(self, now: datetime) -> Pass:
        return publish_due(self.ledger, self.office, at(now))


@pytest.fixture
def stage(tmp_path: Path, outside: Config) -> Iterator[Stage]:
    with ledger_of(tmp_path, OWN) as ledger:
        yield Stage(ledger=ledger, office=office(tmp_path, OWN, config=outside))
        assert is_sound(ledger)


def telling(answer: Callable[[], Health | None]) -> Callable[[object], Health | None]:
    return lambda _channel: answer()


def broken(error: Exception) -> Callable[[object], Health | None]:
    def probe(_channel: object) -> Health | None:
        raise error

    return probe


RIGHT = telling(lambda: Health(account="x", server_time=DUE))
TELLS_NOTHING = telling(lambda: Health(account="x"))


def test_after_a_long_rest_a_clock_that_a_server_finds_wrong_stops_the_whole_pass(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stage.run(BEFORE)
    monkeypatch.setattr(Fanpage, "probe", RIGHT)
    before = [stage.ledger.entries(), stage.ledger.clock.newest(), stage.ledger.job.last()]
    done = stage.run(AHEAD)
    assert done.stopped_by
    assert (done.outcomes, done.stopped_by.key, done.stopped_by.values) == ((), "delivery.clock", {"minutes": 36 * 60})
    assert [stage.ledger.entries(), stage.ledger.clock.newest(), stage.ledger.job.last()] == before
    assert len(stage.run(DUE).published) == 1  # the clock is set right
    assert len(pages(tmp_path)) == 1


ANSWERS: dict[str, tuple[Callable[[object], Health | None], bool]] = {
    "agrees": (telling(lambda: Health(account="x", server_time=AHEAD - DRIFT)), True),
    "off": (telling(lambda: Health(account="x", server_time=AHEAD - DRIFT - MINUTE)), False),
    "behind": (telling(lambda: Health(account="x", server_time=AHEAD + DRIFT + MINUTE)), False),
    "no answer": (broken(OutcomeUnknown(NO_ANSWER)), True),
    "bug": (broken(ZeroDivisionError()), True),
    "no time": (TELLS_NOTHING, True),
}


@pytest.mark.parametrize(("probe", "goes_on"), ANSWERS.values(), ids=ANSWERS)
def test_what_a_server_says_of_the_time(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, probe: Callable[[object], Health | None], goes_on: bool
) -> None:
    stage.run(BEFORE)
    monkeypatch.setattr(Fanpage, "probe", probe)
    assert (stage.run(AHEAD).stopped_by is None) is goes_on


def test_a_refusal_tells_the_time_too(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.run(BEFORE)
    told: list[timedelta] = []

    def refuse(_channel: Fanpage) -> Health | None:
        told.append(DUE - AHEAD)
        raise Closed("facebook.token")

    monkeypatch.setattr(Fanpage, "probe", refuse)
    monkeypatch.setattr(Fanpage, "clock_offset", lambda _channel: told[-1] if told else None)
    assert stage.run(AHEAD).stopped_by


def test_one_portal_with_a_wrong_clock_stops_nothing_where_another_server_agrees(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.run(BEFORE)
    monkeypatch.setattr(Fanpage, "clock_offset", lambda _channel: timedelta(hours=1))
    monkeypatch.setattr(Group, "clock_offset", lambda _channel: timedelta(0))
    assert stage.run(AHEAD).stopped_by is None


@pytest.mark.parametrize(("rest", "asks"), [(LONG_REST, False), (LONG_REST + MINUTE, True)])
@pytest.mark.parametrize("has_run", [True, False])
def test_only_after_a_long_rest_anybody_is_asked(
    tmp_path: Path, outside: Config, monkeypatch: pytest.MonkeyPatch, rest: timedelta, asks: bool, has_run: bool
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(Fanpage, "probe", telling(lambda: asked.append(1)))
    with ledger_of(tmp_path, OWN) as ledger:  # its plan is recorded when the slot begins
        if has_run:
            publish_due(ledger, office(tmp_path, OWN, config=outside), at(DUE))
        publish_due(ledger, office(tmp_path, OWN, config=outside), at(DUE + rest))
    assert bool(asked) is asks


def test_in_a_rehearsal_time_goes_where_it_likes(
    tmp_path: Path, outside: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Fanpage, "clock_offset", lambda _channel: timedelta(days=3))
    with open_ledger(tmp_path / "thu.db", rehearsal=True, now=BEFORE) as ledger:
        ledger.record(OWN.campaign, plan(OWN, outside), BEFORE)
        assert publish_due(ledger, office(tmp_path, OWN, config=outside), at(AHEAD)).stopped_by is None


def jump(stage: Stage) -> None:
    """Something is written by a clock that runs ahead."""
    stage.ledger.decisions.pause("campaign", "khac", by="an", reason="thử", now=AHEAD)


def test_a_clock_set_right_after_running_ahead_is_told_and_a_person_lets_go_on(stage: Stage) -> None:
    jump(stage)
    assert stage.run(DUE).published == ()
    found = status(stage.ledger, stage.office, DUE)
    assert (found.behind, found.needs_person) == (AHEAD - DUE, True)
    assert confirm_clock(stage.ledger, stage.office, None, by="an", why="chỉnh giờ", now=DUE)
    assert status(stage.ledger, stage.office, DUE).behind is None
    assert len(stage.run(DUE).published) == 1
    assert confirm_clock(stage.ledger, stage.office, None, by="an", why="chỉnh giờ", now=DUE) is None


def test_what_became_overdue_while_the_clock_was_behind_is_settled_as_the_person_says(stage: Stage) -> None:
    jump(stage)
    assert stage.run(SLOT_END).published == ()
    done = confirm_clock(stage.ledger, stage.office, "shift", by="an", why="chỉnh giờ", now=SLOT_END)
    assert done
    assert [entry.occurrence.starts_at for entry in done.shifted] == [DUE + timedelta(days=2)]
    assert len(stage.run(DUE + timedelta(days=1)).published) == 1
