"""One soak from its start to its count."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Self

from channels.sandbox.clock import SandboxClock
from channels.sandbox.faults import Fault, Faults
from channels.sandbox.sandbox import Sandbox
from loa import root
from loa.ledger.store import open_ledger
from tools.soak.moment import SPEED, Moment, pass_time
from tools.soak.office import PAGES, START, make_workspace, page_id
from tools.soak.tally import Tally, count, read_truth

# Shares of the requests that publish, and seconds of the soak's time: 38 % in all.
SHARES = (
    (Fault.HTTP_500_AFTER, 0.08, None),
    (Fault.DROP_AFTER, 0.08, None),
    (Fault.HTTP_500, 0.08, None),
    (Fault.DROP_BEFORE, 0.06, None),
    (Fault.RATE_LIMITED, 0.05, 60.0),
    (Fault.LATE_COMMIT, 0.03, 40.0),
)
LISTING_LAG = timedelta(seconds=15)
LISTS_FAIL = 0.05  # of the requests that read the list of a Page
KILLS = 0.01
# Passes begin at such steps of time, like those of a service that rests between them.
_STEP = timedelta(seconds=30)
# After the last slot; what has not ended by then never will.
_LONGEST = timedelta(hours=3)
# When the next open occurrence can be worked on; a look whether the public still sees a post is not waited for.
_NEXT = """
SELECT min(
    CASE WHEN state = 'planned' THEN max(starts_at, coalesce(next_at, starts_at))
    ELSE max(coalesce(lease_until, starts_at), coalesce(next_at, starts_at)) END
) FROM occurrence WHERE state IN ('planned', 'claimed', 'sending', 'processing', 'unknown')
"""


@dataclass(frozen=True, kw_only=True)
class Soak:
    """What came out, as the last line of a soak tells it."""

    posts: int
    kills: int
    fault_rate: float  # of the requests that publish, as they were answered
    tally: Tally
    requests: int
    seconds: float
    seed: int

    def line(self) -> dict[str, object]:
        """One flat object."""
        told = {name: value for name, value in vars(self).items() if name != "tally"}
        first = {name: told.pop(name) for name in ("posts", "kills", "fault_rate")}
        return {**first, **asdict(self.tally), **told}


def soak(folder: Path, *, posts: int, seed: int, workers: int, kills: float = KILLS, arrange: str = "") -> Soak:
    """Run the posting job in ``folder``, which is empty, until everything has ended.

    ``arrange`` (``module:function``) is called in the posting job before it begins: for builds broken on purpose.
    """
    began = monotonic()
    clock = SandboxClock(START, speed=SPEED)
    with Sandbox(clock=clock, seed=seed) as box:
        for number in range(PAGES):
            box.graph.add_page(page_id(number), f"Trang thử {number}")
        box.graph.switches.listing_lag = LISTING_LAG
        strew(box.faults)
        make_workspace(folder, posts=posts, address=box.address)
        moment = Moment(folder / "clock")
        moment.follow(clock)
        options = ["--seed", str(seed), "--workers", str(workers), "--kills", str(kills), "--arrange", arrange]
        with _Job([str(folder), str(folder / "clock"), *options]) as job:
            killed = _run(job, folder / "state/loa.db", clock, moment)
        pass_time(clock, clock.now() + timedelta(minutes=5))  # the latest commit is public by then
        asked = [entry for entry in box.journal.entries(route="feed") if not _is_second(entry.fault, entry.executed)]
        tally = _tally(folder / "state/loa.db", box.address, clock.now())
        return Soak(
            posts=posts,
            kills=killed,
            fault_rate=round(sum(bool(entry.fault) for entry in asked) / max(1, len(asked)), 3),
            tally=tally,
            requests=len(box.journal.entries()),
            seconds=round(monotonic() - began, 1),
            seed=seed,
        )


def strew(faults: Faults) -> None:
    """Let requests that publish fail, and now and then one that reads a list."""
    for fault, share, seconds in SHARES:
        faults.rate("graph", "feed", fault, share, seconds=seconds)
    faults.rate("graph", "published_posts", Fault.HTTP_500, LISTS_FAIL)


def _is_second(fault: str, executed: bool) -> bool:
    """Whether the journal tells of a request that it has told of before: a late commit, once it came."""
    return fault == Fault.LATE_COMMIT and executed


class _Job:
    """The posting job in its own process."""

    def __init__(self, arguments: list[str]) -> None:
        command = [sys.executable, "-m", "tools.soak.job", *arguments]
        self._process = subprocess.Popen(
            command, cwd=root(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )

    def __enter__(self) -> Self:
        self._answer()
        return self

    def __exit__(self, *_: object) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()
        self._process.wait()

    def run_round(self) -> int:
        """One round of passes; how many of them were killed."""
        assert self._process.stdin  # noqa: S101 - asked for above
        self._process.stdin.write("round\n")
        return int(self._answer())

    def _answer(self) -> str:
        assert self._process.stdout  # noqa: S101 - asked for above
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the posting job has ended; its last words stand above")
        return line


def _run(job: _Job, ledger: Path, clock: SandboxClock, moment: Moment) -> int:
    """Round after round, at each time at which there is something to do; how many passes were killed."""
    killed = 0
    db = sqlite3.connect(ledger)
    (last,) = db.execute("SELECT max(ends_at) FROM occurrence").fetchone()
    until = datetime.fromisoformat(last) + _LONGEST
    while (when := _next_instant(db)) and when < until:
        pass_time(clock, _on_step(max(when, clock.now())))
        moment.follow(clock)
        killed += job.run_round()
    db.close()
    return killed


def _next_instant(db: sqlite3.Connection) -> datetime | None:
    (text,) = db.execute(_NEXT).fetchone()
    return datetime.fromisoformat(text) if text else None


def _on_step(moment: datetime) -> datetime:
    """The next step of time after ``moment``."""
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return day + (((moment - day) // _STEP) + 1) * _STEP


def _tally(ledger: Path, address: str, now: datetime) -> Tally:
    with open_ledger(ledger, rehearsal=False, now=now) as book:
        entries = book.entries()
    return count(entries, read_truth(address))
