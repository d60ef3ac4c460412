"""What is asked for every post of every pass is found by an index, however long the ledger has grown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from loa.ledger.queries import query
from loa.ledger.store import open_ledger
from tests.ledger.samples import DUE, occurrence


@pytest.mark.parametrize(
    "name",
    [
        *("entry", "entries_of_campaign", "entries_of_announcement", "due", "next_due", "open_questions", "stale"),
        *("claim", "take", "move", "sought", "approval_in_force", "sending_elsewhere", "wake_channel"),
    ],
)
def test_no_table_that_grows_is_read_from_end_to_end(tmp_path: Path, name: str) -> None:
    with open_ledger(tmp_path / "loa.db", rehearsal=False, now=DUE) as ledger:
        ledger.record("khao-sat", [occurrence()], DUE)
        values = dict.fromkeys(re.findall(r":(\w+)", query(name)))
        plan = [row["detail"] for row in ledger._db.execute(f"EXPLAIN QUERY PLAN {query(name)}", values)]
        assert not [step for step in plan if step.startswith("SCAN")], plan


def test_the_newest_instant_is_where_the_index_by_time_ends(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "loa.db", rehearsal=False, now=DUE) as ledger:
        plan = [row["detail"] for row in ledger._db.execute(f"EXPLAIN QUERY PLAN {query('newest_instant')}")]
    assert "SCAN event USING COVERING INDEX event_by_time" in plan
    assert not [step for step in plan if "TEMP B-TREE" in step]  # nothing is sorted
