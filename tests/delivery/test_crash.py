"""A process killed at any point leaves one page of each occurrence, and a ledger that knows it.

Real processes and SIGKILL: nothing of ours runs after the crash point.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest

from loa import root
from loa.delivery.outcome import Result
from loa.delivery.publish import publish_due
from loa.ledger.model import State
from loa.ledger.working import LEASE
from loa.planning.plan import plan
from tests.delivery.stage import (
    CONFIG,
    DUE,
    MINUTE,
    SLOT_END,
    announcement,
    at,
    campaign,
    codes,
    is_sound,
    ledger_of,
    listed,
    office,
    pages,
    site_bytes,
)

MOST_RENAMES = 20  # more than one publication on an empty site needs


def start(workspace: Path, point: str, instant: datetime = DUE) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.delivery.worker", str(workspace), instant.isoformat(), point]
    return subprocess.Popen(command, cwd=root(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def run(workspace: Path, point: str) -> tuple[int, str]:
    process = start(workspace, point)
    out, errors = process.communicate(timeout=60)
    assert process.returncode in (0, -signal.SIGKILL), errors
    return process.returncode, out


def check_recovery(workspace: Path, *, adopted: bool) -> None:
    """A pass after the lease publishes what is missing and no more; another one changes nothing."""
    with ledger_of(workspace) as ledger:
        later = DUE + LEASE + MINUTE
        done = publish_due(ledger, office(workspace, campaign()), at(later))
        (entry,) = ledger.entries()
        assert [outcome.result for outcome in done.outcomes] == [Result.PUBLISHED]
        assert (entry.state, entry.adopted, entry.trouble) == (State.PUBLISHED, adopted, ())
        assert entry.link.startswith("https://snv.example.gov.vn/tb/2023/")
        assert pages(workspace) == listed(workspace) == [entry.occurrence.code]
        assert is_sound(ledger)
        before = site_bytes(workspace)
        assert publish_due(ledger, office(workspace, campaign()), at(later + MINUTE)).outcomes == ()
        assert site_bytes(workspace) == before


CRASHES = {
    # point: state found at restart, whether the page is out, whether it is adopted
    "CP1 before the claim": ("before:claim", State.PLANNED, False),
    "CP1 before the claim is committed": ("inside:claimed", State.PLANNED, False),
    "CP2 after the claim": ("after:claim", State.CLAIMED, False),
    "CP2 before the intent is committed": ("inside:intent", State.CLAIMED, False),
    "CP3 after the intent": ("after:begin_attempt", State.SENDING, False),
    "CP4 before the page has its name": ("page:before", State.SENDING, False),
    "CP5 the page is out, nobody knows": ("live", State.SENDING, True),
    "CP6 before the outcome": ("before:settle_published", State.SENDING, True),
    "CP6 before the outcome is committed": ("inside:published", State.SENDING, True),
    "CP11 the page is out, the lists are not": ("page:after", State.SENDING, True),
}


@pytest.mark.parametrize(("point", "state", "is_out"), CRASHES.values(), ids=CRASHES)
def test_a_killed_process_leaves_one_page_in_the_end(tmp_path: Path, point: str, state: State, is_out: bool) -> None:
    ledger_of(tmp_path, campaign()).close()
    assert run(tmp_path, point) == (-signal.SIGKILL, "")
    with ledger_of(tmp_path) as ledger:
        (entry,) = ledger.entries()
        assert entry.state is state
        assert pages(tmp_path) == ([entry.occurrence.code] if is_out else [])
        assert is_sound(ledger)
        # As long as the lease runs, the process may still live: nobody else touches what it has.
        if state is not State.PLANNED:
            assert publish_due(ledger, office(tmp_path, campaign()), at(DUE + MINUTE)).outcomes == ()
    check_recovery(tmp_path, adopted=is_out)


def test_a_kill_before_any_file_of_the_site_gets_its_name_is_healed(tmp_path: Path) -> None:
    """Every rename of a publication in turn, so the table above need not know the site's files."""
    for number in range(MOST_RENAMES):
        workspace = tmp_path / str(number)
        ledger_of(workspace, campaign()).close()
        code, _ = run(workspace, f"rename:{number}")
        if code == 0:
            break
        check_recovery(workspace, adopted=bool(pages(workspace)))
    else:
        pytest.fail("a publication has more files than this test tries")
    assert number > 4


def test_a_crash_that_is_noticed_too_late_is_adopted_or_skipped_and_never_sent(tmp_path: Path) -> None:
    for point, state in {"after:begin_attempt": State.SKIPPED, "live": State.PUBLISHED}.items():
        workspace = tmp_path / state
        ledger_of(workspace, campaign()).close()
        run(workspace, point)
        before = pages(workspace)
        with ledger_of(workspace) as ledger:
            publish_due(ledger, office(workspace, campaign()), at(SLOT_END))
            assert [entry.state for entry in ledger.entries()] == [state]
        assert pages(workspace) == before


def test_a_recording_cut_short_is_recorded_whole_the_next_time(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; from tests.delivery import stage, worker;"
        "worker.die_inside_transaction('recorded'); stage.ledger_of(Path('{}'), stage.campaign())"
    )
    process = subprocess.run([sys.executable, "-c", code.format(tmp_path)], cwd=root(), timeout=60, check=False)
    assert process.returncode == -signal.SIGKILL
    with ledger_of(tmp_path) as ledger:
        assert ledger.entries() == ()
        assert ledger.record("khao-sat", plan(campaign(), CONFIG), DUE).added == 1


def test_a_full_disk_at_the_intent_sends_nothing(tmp_path: Path) -> None:
    ledger_of(tmp_path, campaign()).close()
    code, out = run(tmp_path, "full:begin_attempt")
    (result, _, problems), *others = json.loads(out)
    assert (code, result, problems, others) == (0, Result.NOT_SENT, ["ledger.unusable"], [])
    assert not (tmp_path / "output").exists()
    with ledger_of(tmp_path) as ledger:
        assert [(entry.state, entry.attempts) for entry in ledger.entries()] == [(State.CLAIMED, 0)]
    check_recovery(tmp_path, adopted=False)


def test_a_full_disk_at_the_outcome_is_not_forgotten(tmp_path: Path) -> None:
    ledger_of(tmp_path, campaign()).close()
    code, out = run(tmp_path, "full:settle_published")
    (result, _, problems), *others = json.loads(out)
    assert (code, result, problems, others) == (0, Result.UNKNOWN, ["ledger.unusable"], [])
    check_recovery(tmp_path, adopted=True)


def test_processes_that_publish_at_once_deliver_nothing_twice(tmp_path: Path) -> None:
    announcements = {f"tin-{number}": announcement(title=f"Tin số {number}") for number in range(25)}
    own = campaign(announcements=announcements)
    ledger_of(tmp_path, own).close()
    (tmp_path / "announcements.json").write_text(json.dumps(announcements), encoding="utf-8")
    workers = [start(tmp_path, "together") for _ in range(4)]
    while len(list(tmp_path.glob("ready-*"))) < len(workers):
        assert all(worker.poll() is None for worker in workers)
        time.sleep(0.01)
    (tmp_path / "go").touch()
    told: list[list[object]] = []
    for worker in workers:
        out, errors = worker.communicate(timeout=120)
        assert worker.returncode == 0, errors
        told += json.loads(out)
    with ledger_of(tmp_path) as ledger:
        entries = ledger.entries()
        assert {entry.state for entry in entries} == {State.PUBLISHED}
        assert {entry.attempts for entry in entries} == {1}
        assert is_sound(ledger)
    assert sorted(told) == [["published", code, []] for code in codes(entries)]
    assert pages(tmp_path) == listed(tmp_path) == codes(entries)
