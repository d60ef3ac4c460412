"""What the ledger keeps as JSON comes back as it was."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from loa.core.errors import Place, Problem, Severity
from loa.core.words import catalogue
from loa.ledger.store import open_ledger
from tests.ledger.samples import DUE, occurrence

WHERE = Place(file="campaigns/khao-sat.yaml", line=14, column=5, part="documents.cong-van")
TROUBLE = {
    "bare": Problem(key="channel.busy"),
    "with its place": Problem(key="delivery.campaign_missing", place=WHERE),
    "a gap of a rule": Problem(key="form.no_number", place=WHERE, severity=Severity.GAP, rule="R13"),
    "with values": Problem(
        key="rule.R27_length", values={"length": 140, "limit": 80}, severity=Severity.BREACH, rule="R27"
    ),
}


@pytest.mark.parametrize("problem", TROUBLE.values(), ids=TROUBLE)
def test_trouble_comes_back_whole(tmp_path: Path, problem: Problem) -> None:
    path = tmp_path / "loa.db"
    with open_ledger(path, rehearsal=False, now=DUE) as ledger:
        ledger.record("khao-sat", [occurrence()], DUE)
        claim = ledger.claim(ledger.entries()[0].id, DUE)
        assert claim
        ledger.release(claim, [problem], DUE)
    with open_ledger(path, rehearsal=False, now=DUE + timedelta(days=1)) as ledger:
        (entry,) = ledger.entries()
        assert entry.trouble == (problem,)
        assert catalogue("vi").problem(entry.trouble[0]) == catalogue("vi").problem(problem)


def test_trouble_of_the_first_ledgers_can_still_be_read(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "loa.db", rehearsal=False, now=DUE) as ledger:
        ledger.record("khao-sat", [occurrence()], DUE)
        old = '[{"key":"channel.busy","values":{},"file":"a.yaml","line":3,"part":"x"}]'
        ledger._db.execute("UPDATE occurrence SET trouble = ?", (old,))
        (entry,) = ledger.entries()
        assert entry.trouble == (Problem(key="channel.busy", place=Place(file="a.yaml", line=3, part="x")),)
