"""Holding back, letting go and calling off, whatever the posting job does meanwhile."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from loa.core.errors import LoaError
from loa.delivery.choosing import find_one, find_some
from loa.delivery.holding import Decided, Decision, decide
from loa.delivery.publish import publish_due
from loa.ledger.model import State
from loa.ledger.store import Ledger, open_ledger
from loa.planning.model import Config
from loa.planning.plan import plan
from tests.delivery.outside import Fanpage, outside
from tests.delivery.stage import (
    DUE,
    MINUTE,
    PlainRenderer,
    announcement,
    at,
    campaign,
    is_sound,
    ledger_of,
    office,
    pages,
)

__all__ = ["outside"]  # a fixture

POST = [{"date": day, "slot": "sáng"} for day in ("2023-09-05", "2023-09-07")]
TWO = campaign(announcements={"mo-dau": announcement(post=POST)})


def decided(ledger: Ledger, decision: Decision, **chosen: Any) -> Decided:
    found = find_some(ledger, "khao-sat", "mo-dau", **chosen)
    return decide(ledger, found, decision, by="an", why="chờ rà soát", now=DUE - MINUTE)


def states(ledger: Ledger) -> list[State]:
    return [entry.state for entry in ledger.entries()]


def test_a_held_occurrence_is_not_sent_and_one_let_go_is(tmp_path: Path) -> None:
    with ledger_of(tmp_path, TWO) as ledger:
        assert len(decided(ledger, Decision.HOLD, day=date(2023, 9, 5)).done) == 1
        assert states(ledger) == [State.HELD, State.PLANNED]
        assert publish_due(ledger, office(tmp_path, TWO), at(DUE)).outcomes == ()
        assert len(decided(ledger, Decision.LET_GO).done) == 1
        assert len(publish_due(ledger, office(tmp_path, TWO), at(DUE)).published) == 1
        assert ledger.entries()[0].note == "chờ rà soát"
        assert is_sound(ledger)


@pytest.mark.parametrize("first", [None, Decision.HOLD])
def test_a_cancelled_occurrence_is_never_sent_nor_planned_again(tmp_path: Path, first: Decision | None) -> None:
    with ledger_of(tmp_path, TWO) as ledger:
        if first:
            decided(ledger, first)
        assert len(decided(ledger, Decision.CANCEL).done) == 2
        ledger.record(TWO.campaign, plan(TWO, office(tmp_path).config), DUE)
        assert publish_due(ledger, office(tmp_path, TWO), at(DUE)).outcomes == ()
        assert states(ledger) == [State.CANCELLED] * 2
        assert decided(ledger, Decision.CANCEL) == Decided(done=(), too_late=())
        assert decided(ledger, Decision.LET_GO) == Decided(done=(), too_late=())
        assert is_sound(ledger)


@pytest.mark.parametrize("decision", [Decision.HOLD, Decision.CANCEL])
def test_f35_what_is_only_being_prepared_is_still_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, decision: Decision
) -> None:
    prose = PlainRenderer.prose

    def interrupted(*arguments: Any) -> tuple[str, str]:
        with ledger_of(tmp_path) as second:
            assert len(decided(second, decision, day=date(2023, 9, 5)).done) == 1
        return prose(*arguments)

    monkeypatch.setattr(PlainRenderer, "prose", interrupted)
    with ledger_of(tmp_path, TWO) as ledger:
        assert publish_due(ledger, office(tmp_path, TWO), at(DUE)).outcomes == ()
        expected = State.HELD if decision is Decision.HOLD else State.CANCELLED
        assert states(ledger) == [expected, State.PLANNED]
        assert pages(tmp_path) == []
        assert is_sound(ledger)


@pytest.mark.parametrize("decision", [Decision.HOLD, Decision.CANCEL])
def test_f35_what_is_being_sent_is_too_late(tmp_path: Path, outside: Config, decision: Decision) -> None:
    own = campaign(announcements={"mo-dau": announcement(channels=["fanpage"])})
    held = office(tmp_path, own, config=outside)
    page = held.channel("fanpage", rehearsal=False)
    assert isinstance(page, Fanpage)
    found: list[Decided] = []

    def meanwhile() -> None:
        with open_ledger(tmp_path / "state/loa.db", rehearsal=False, now=DUE) as second:
            found.append(decided(second, decision))

    page.during = meanwhile
    with ledger_of(tmp_path) as ledger:
        ledger.record(own.campaign, plan(own, outside), DUE)
        assert len(publish_due(ledger, held, at(DUE)).published) == 1
        assert [len(one.done) for one in found] == [0]
        assert [one.state for one in found[0].too_late] == [State.SENDING]
        assert [one.state for one in decided(ledger, decision).too_late] == [State.PUBLISHED]
        assert states(ledger) == [State.PUBLISHED]
        assert len(page.live) == 1


def test_an_occurrence_is_found_by_its_code_however_it_was_copied_and_by_its_key(tmp_path: Path) -> None:
    with ledger_of(tmp_path, TWO) as ledger:
        entry = ledger.entries()[0]
        code = entry.occurrence.code
        for typed in (code, code.upper(), f"{code[:4]}-{code[4:]}", f" {code[:4]} {code[4:]} ", entry.occurrence.key):
            assert find_one(ledger, typed).id == entry.id
        with pytest.raises(LoaError, match=r"decision\.no_occurrence"):
            find_one(ledger, "00000000")


@pytest.mark.parametrize(
    "chosen",
    [{"announcement": "khac"}, {"channel": "fanpage"}, {"day": date(2023, 9, 6)}],
    ids=lambda one: next(iter(one)),
)
def test_choosing_what_is_not_there_is_a_mistake(tmp_path: Path, chosen: dict[str, Any]) -> None:
    with ledger_of(tmp_path, TWO) as ledger, pytest.raises(LoaError, match=r"decision\.nothing_recorded"):
        find_some(ledger, "khao-sat", **{"announcement": "mo-dau", **chosen})
