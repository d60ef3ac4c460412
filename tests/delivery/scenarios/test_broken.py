"""The harness bites: a posting job that is broken on purpose doubles, loses or lies, and that is seen."""

from __future__ import annotations

import signal
import sqlite3
from pathlib import Path

import pytest

from tests.delivery.scenarios.child import ended, start, wait_until_stopped
from tests.delivery.scenarios.stage import Stage
from tests.delivery.scenarios.test_crashes import AFTER_LEASE
from tools.soak.run import soak

# What each build must be caught at.
BUILDS = {
    "no_settling": ("duplicates",),
    "client_retries": ("duplicates",),
    "mark_before_send": ("lost", "falsely_sent"),
    "no_intent": ("lost", "unfinished"),
}
SEEDS = (3, 4, 5, 6, 7)


@pytest.mark.parametrize("build", BUILDS)
def test_a_build_that_is_broken_on_purpose_is_caught_by_the_soak(tmp_path: Path, build: str) -> None:
    """Processes are killed whenever it happens, so no two runs are alike: one of a few must show what is broken."""
    lines: list[str] = []
    for seed in SEEDS:
        done = soak(tmp_path / str(seed), posts=36, seed=seed, workers=2, arrange=f"tests.delivery.broken:{build}")
        if all(getattr(done.tally, what) for what in BUILDS[build]):
            return
        lines.append(str(done.line()))
    pytest.fail("\n".join(lines))


@pytest.mark.parametrize(("has_index", "intents"), [(True, 1), (False, 2)])
def test_a_build_without_fence_begins_twice_unless_the_database_says_no(
    one: Stage, has_index: bool, intents: int
) -> None:
    if not has_index:
        db = sqlite3.connect(one.folder / "state/loa.db")
        db.execute("DROP INDEX attempt_that_may_be_out")
        db.close()
    process = start(one, "stop:before:begin_attempt", build="no_fence")
    wait_until_stopped(process)
    one.later(**AFTER_LEASE)
    process.send_signal(signal.SIGCONT)
    ended(process)
    with one.open() as ledger:
        assert ledger.entries()[0].attempts == intents
    assert len(one.public()) == 1, "the steps of the first try, which the second finds, are the last line of defence"
