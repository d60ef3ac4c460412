"""A file that was edited and its plan not recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from loa.delivery.drift import Drift, drift, find_drifts
from loa.ledger.model import Entry, Skip, State
from loa.planning.plan import Occurrence
from tests.delivery.stage import DUE, announcement, campaign, ledger_of, office
from tests.ledger.samples import moved, occurrence

ONE, TWO = occurrence("mot"), occurrence("hai")
LATER = moved(ONE, timedelta(minutes=30))


def entry(of: Occurrence, state: State = State.PLANNED, reason: Skip | None = None) -> Entry:
    return Entry(
        id=1,
        occurrence=of,
        state=state,
        reason=reason,
        trouble=(),
        attempts=0,
        link="",
        published_at=None,
        adopted=False,
    )


TABLE: dict[str, tuple[list[Occurrence], list[Entry], Drift]] = {
    "agree": ([ONE, TWO], [entry(TWO), entry(ONE)], Drift()),
    "one more": ([ONE, TWO], [entry(ONE)], Drift(added=(TWO,))),
    "one fewer": ([ONE], [entry(ONE), entry(TWO)], Drift(dropped=(TWO,))),
    "another time": ([LATER], [entry(ONE)], Drift(moved=(LATER,))),
    "another for this one": ([TWO], [entry(ONE)], Drift(added=(TWO,), dropped=(ONE,))),
    "dropped and wanted again": ([ONE], [entry(ONE, State.SKIPPED, Skip.UNPLANNED)], Drift(added=(ONE,))),
    "window closed and opened again": ([ONE], [entry(ONE, State.SKIPPED, Skip.WINDOW)], Drift(added=(ONE,))),
    "too late stays too late": ([LATER], [entry(ONE, State.SKIPPED, Skip.LATE)], Drift()),
    "posted, then another time": ([LATER], [entry(ONE, State.PUBLISHED)], Drift()),
    "posted, then removed": ([], [entry(ONE, State.PUBLISHED)], Drift()),
    "dropped on both sides": ([], [entry(ONE, State.SKIPPED, Skip.UNPLANNED)], Drift()),
    "all removed": ([], [entry(ONE), entry(TWO)], Drift(dropped=(ONE, TWO))),
    "another zone": (
        [replace(ONE, zone="Asia/Bangkok")],
        [entry(ONE)],
        Drift(moved=(replace(ONE, zone="Asia/Bangkok"),)),
    ),
}


@pytest.mark.parametrize(("planned", "entries", "expected"), TABLE.values(), ids=TABLE)
def test_file_and_ledger_are_compared(planned: list[Occurrence], entries: list[Entry], expected: Drift) -> None:
    found = drift(planned, entries)
    assert found == expected
    assert bool(found) is (expected != Drift())


def test_recording_the_plan_ends_every_drift(tmp_path: Path) -> None:
    edited = campaign(announcements={"moi": announcement()})
    here = office(tmp_path, edited)
    with ledger_of(tmp_path, campaign()) as ledger:
        found = find_drifts(ledger.entries(), here)["khao-sat"]
        assert ([o.announcement for o in found.added], [o.announcement for o in found.dropped]) == (["moi"], ["mo-dau"])
        ledger.record("khao-sat", here.planned("khao-sat").values(), DUE)
        assert find_drifts(ledger.entries(), here) == {}


def test_a_campaign_never_recorded_and_one_with_a_broken_file_are_no_drift(tmp_path: Path) -> None:
    with ledger_of(tmp_path, campaign("hong"), campaign("mat")) as ledger:
        assert find_drifts(ledger.entries(), office(tmp_path, campaign("moi"), broken=["hong"])) == {}


def test_recording_also_ends_the_drift_of_what_a_person_had_moved_and_the_file_then_lost(tmp_path: Path) -> None:
    own = campaign()
    here = office(tmp_path, own)
    with ledger_of(tmp_path, own) as ledger:
        (waiting,) = ledger.entries()
        later = DUE + timedelta(days=1)
        ledger.decisions.shift(waiting, later, later + timedelta(hours=2), by="an", why="thử", now=DUE)
        ledger.record("khao-sat", [], DUE)
        assert find_drifts(ledger.entries(), here)["khao-sat"].added
        assert ledger.record("khao-sat", here.planned("khao-sat").values(), DUE).restored == 1
        assert find_drifts(ledger.entries(), here) == {}
        (restored,) = ledger.entries()
        assert (restored.occurrence, restored.is_shifted) == (waiting.occurrence, False)
