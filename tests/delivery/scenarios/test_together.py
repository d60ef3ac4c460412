"""Several processes at one ledger."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep
from typing import Any

import pytest

from loa.core.errors import LoaError
from loa.delivery.serving import serve
from loa.ledger import opening
from loa.ledger.model import State
from loa.ledger.opening import BUSY_SECONDS
from loa.ledger.store import Ledger
from loa.ledger.working import LEASE
from tests.delivery.scenarios.child import ended, start
from tests.delivery.scenarios.stage import Stage


def check_each_once(on: Stage, number: int) -> None:
    assert (len(on.public()), on.asked(), on.states()) == (number, number, [State.PUBLISHED] * number)
    assert len({(item.account, item.text) for item in on.public()}) == number


def test_F24_two_ticks_that_overlap_send_nothing_twice(make: Callable[..., Stage]) -> None:
    on = make(8, channels=("trang-a", "trang-b"))
    told = [line for process in [start(on), start(on)] for line in ended(process)]
    on.later(minutes=2)  # what one left because the other was sending
    check_each_once(on, 16)
    codes = [code for result, code in told if result == "published"]
    assert len(codes) == len(set(codes))


def test_F25_cron_and_the_service_together_send_nothing_twice(make: Callable[..., Stage]) -> None:
    on = make(8, channels=("trang-a", "trang-b"))
    cron = start(on)

    def one_pass() -> datetime | None:
        on.publish()
        return None

    serve(one_pass, now=on.now, rest=lambda _: None, is_stopping=cron.is_over)
    ended(cron)
    on.later(minutes=2)
    check_each_once(on, 16)


_HOLD = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.readline()
db.execute("ROLLBACK")
"""


@contextmanager
def held_by_another(on: Stage) -> Iterator[None]:
    """Meanwhile another process, such as a backup, holds the lock without which nobody writes."""
    command = [sys.executable, "-c", _HOLD, str(on.folder / "state/loa.db")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        yield
        holder.communicate("let go\n")


def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Patience, which is in real seconds, ends at once."""
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.01)


def test_F38_a_lock_that_outlasts_all_patience_sends_nothing_and_is_told(
    one: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    impatient(monkeypatch)
    with held_by_another(one), pytest.raises(LoaError) as caught:
        one.publish()
    (problem,) = caught.value.problems
    assert (problem.key, problem.values) == ("ledger.unusable", {"reason": "SQLITE_BUSY"})
    assert (one.states(), one.asked()) == ([State.PLANNED], 0)
    one.publish()
    check_each_once(one, 1)


@pytest.mark.parametrize(
    ("write", "results", "asked", "adopted"),
    [
        ("claim", ["not_sent"], 0, False),
        ("begin_attempt", ["not_sent"], 0, False),
        ("settle_published", ["unknown"], 1, True),
    ],
)
def test_F38_a_lock_in_the_middle_of_a_pass_loses_no_write_and_doubles_no_post(
    one: Stage, write: str, results: list[str], asked: int, adopted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever could not be written was not done, or is found again by a look-up."""
    impatient(monkeypatch)
    real = getattr(Ledger, write)

    def locked(*arguments: Any, **named: Any) -> Any:
        with held_by_another(one):
            return real(*arguments, **named)

    with monkeypatch.context() as inside:
        inside.setattr(Ledger, write, locked)
        assert [outcome.result for outcome in one.publish().failed] == results
    assert one.asked() == asked
    one.later(seconds=LEASE.total_seconds())
    one.settle()
    check_each_once(one, 1)
    assert [entry.adopted for entry in one.entries()] == [adopted]


def test_F38_two_jobs_that_wait_for_the_same_lock_send_nothing_twice(make: Callable[..., Stage]) -> None:
    on = make(4)
    with held_by_another(on):
        jobs = [start(on), start(on)]
        for job in jobs:
            wait_until_open(job.pid, on.folder / "state/loa.db")
    for job in jobs:
        ended(job)
    on.later(minutes=2)
    check_each_once(on, 4)


def wait_until_open(process: int, file: Path) -> None:
    """Return once the process has opened the file."""
    end = monotonic() + 30
    while monotonic() < end:
        with suppress(OSError):  # a descriptor may be gone before it is read
            if any(link.resolve() == file.resolve() for link in Path(f"/proc/{process}/fd").iterdir()):
                return
        sleep(0.005)
    raise TimeoutError


def test_F38_a_ledger_that_somebody_else_holds_is_waited_for(one: Stage) -> None:
    assert BUSY_SECONDS > 10, "a report or a backup holds it for ten seconds"
    held, over = Event(), Event()

    def hold() -> None:
        db = sqlite3.connect(one.folder / "state/loa.db", isolation_level=None)
        db.execute("BEGIN IMMEDIATE")
        held.set()
        over.wait(0.5)
        db.execute("ROLLBACK")
        db.close()

    backup = Thread(target=hold)
    backup.start()
    held.wait()
    began = monotonic()
    one.publish()
    assert monotonic() - began > 0.4
    backup.join()
    check_each_once(one, 1)
