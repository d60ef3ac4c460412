"""A ledger that the disk has damaged, or that was not on it when the power failed: F39."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from loa.core.errors import LoaError
from tests.delivery.scenarios.child import run
from tests.delivery.scenarios.conftest import begin_again
from tests.delivery.scenarios.stage import Stage
from tests.delivery.scenarios.test_crashes import AFTER_LEASE, check_one_post, wait_for_post

PAGE, FULL = 4096, 2  # of SQLite: bytes of a page; PRAGMA synchronous


def _damaged(on: Stage, name: str, change: Callable[[bytes], bytes]) -> Stage:
    """A copy of the office, one of whose files of the ledger has been changed by the disk."""
    copy = replace(on, folder=on.folder.parent / f"{on.folder.name}-{name}")
    shutil.copytree(on.folder, copy.folder)
    file = copy.folder / "state/loa.db"
    file.write_bytes(change(file.read_bytes()))
    return copy


def _is_refused(on: Stage) -> bool:
    """Whether a pass says that the ledger cannot be used: at its beginning, or of the post that it wanted to send."""
    try:
        done = on.publish()
    except LoaError as error:
        problems = error.problems
    else:
        problems = tuple(problem for outcome in done.failed for problem in outcome.problems)
    assert {problem.key for problem in problems} <= {"ledger.damaged"}
    return bool(problems)


@pytest.mark.parametrize("damage", [bytes(PAGE), bytes(range(256)) * (PAGE // 256)], ids=["zeros", "rubbish"])
def test_F39_a_ledger_with_a_damaged_page_sends_nothing_or_everything_right(one: Stage, damage: bytes) -> None:
    """Each page in turn: one that the job needs is told as damage, and nothing is sent; others do not matter to it."""
    with one.open():
        pass  # closing folds the log into the file
    pages = (one.folder / "state/loa.db").stat().st_size // PAGE
    refused = 0
    for page in range(pages):
        begin_again(one.box)
        copy = _damaged(
            one,
            str(page),
            lambda file, at=page * PAGE: file[:at] + damage + file[at + PAGE :],  # type: ignore[misc]
        )
        if _is_refused(copy):
            refused += 1
            assert copy.public() == []
        else:
            assert len(copy.public()) == copy.asked() == 1
    assert refused > pages / 3


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_F39_a_ledger_that_was_cut_off_sends_nothing(one: Stage, share: float) -> None:
    with one.open():
        pass
    copy = _damaged(one, "cut", lambda file: file[: int(len(file) * share)])
    assert _is_refused(copy)
    assert (copy.public(), copy.asked()) == ([], 0)


def test_F39_a_log_that_was_lost_with_its_intents_doubles_nothing(one: Stage) -> None:
    """As after a copy of the file without its log: the ledger knows of no try; the Page is asked before the first."""
    run(one, "kill:at:request")
    wait_for_post(one)
    bare = replace(one, folder=one.folder.parent / "bare")
    shutil.copytree(one.folder, bare.folder, ignore=shutil.ignore_patterns("*-wal", "*-shm"))
    assert not _is_refused(bare), "the plan itself had been folded in before"
    check_one_post(bare, adopted=True)
    assert bare.asked() == 1


def test_F39_every_commit_is_on_disk_before_the_next_step(one: Stage) -> None:
    """What the other tests of this scenario take for granted."""
    with one.open() as ledger:
        assert ledger._db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert ledger._db.execute("PRAGMA synchronous").fetchone()[0] == FULL


def test_F39_what_was_not_on_disk_when_the_power_failed_was_not_sent(one: Stage, tmp_path: Path) -> None:
    """The log of the database keeps only what was committed: its tail may be gone, an intent never is."""
    run(one, "kill:at:request")  # who is killed does not fold the log into the file
    wait_for_post(one)
    with (tmp_path / "state/loa.db-wal").open("ab") as log:
        log.write(b"\x00" * 4096 + b"half a page")  # what a disk may leave of a write that was not synced
    one.later(**AFTER_LEASE)
    one.settle()
    check_one_post(one, adopted=True)
    assert one.asked() == 1
