"""One soak from its start to its count."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Self

from channels.sandbox.clock import SandboxClock
from channels.sandbox.faults import Fault, Faults
from channels.sandbox.journal import Entry as Request
from channels.sandbox.sandbox import Sandbox
from loa import root
from loa.ledger.model import Entry
from loa.ledger.store import open_ledger
from tools.soak.administrator import Administrator
from tools.soak.kinds import ACCOUNTS, KINDS, Kind
from tools.soak.moment import SPEED, Moment, pass_time
from tools.soak.office import START, account_of, make_workspace
from tools.soak.outcome import Part, Soak
from tools.soak.tally import count, read_truth

# Shares of the requests that publish: 38 % in all.
SHARES = (
    (Fault.HTTP_500_AFTER, 0.08),
    (Fault.DROP_AFTER, 0.08),
    (Fault.HTTP_500, 0.06),
    (Fault.DROP_BEFORE, 0.06),
    (Fault.RATE_LIMITED, 0.05),
    (Fault.LATE_COMMIT, 0.05),
)
PATIENCE = 60.0  # seconds of the soak's time, that a service which is asked too often wants
READS_FAIL = 0.05  # of the requests that tell what became of a post
# Of the requests for new tokens. None is lost after it was granted: nothing but a consent mends that.
TOKENS_FAIL = 0.1
KILLS = 0.01
# Passes begin at such steps of time: sooner than late commits come, so that whoever does not wait for them errs.
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
_CLOSED = "SELECT channel FROM account WHERE closed_at IS NOT NULL"


def soak(
    folder: Path,
    *,
    posts: int,
    seed: int,
    workers: int,
    kills: float = KILLS,
    kinds: Sequence[Kind] = KINDS,
    arrange: str = "",
) -> Soak:
    """Run the posting job in ``folder``, which is empty, until everything has ended.

    ``arrange`` (``module:function``) is called in the posting job before it begins: for builds broken on purpose.
    """
    began = monotonic()
    clock = SandboxClock(START, speed=SPEED)
    with Sandbox(clock=clock, seed=seed) as box:
        for kind in kinds:
            kind.open(box)
            strew(box.faults, kind)
        box.faults.rate("oauth", "token", Fault.HTTP_500, TOKENS_FAIL)
        make_workspace(folder, kinds, posts=posts, address=box.address)
        administrator = Administrator(box, kinds, folder)
        administrator.set_up(ACCOUNTS)
        moment = Moment(folder / "clock")
        moment.follow(clock)
        options = ["--seed", str(seed), "--workers", str(workers), "--kills", str(kills), "--arrange", arrange]
        with _Job([str(folder), str(folder / "clock"), *options]) as job:
            killed = _run(job, folder / "state/loa.db", clock, moment, administrator)
        pass_time(clock, clock.now() + timedelta(minutes=5))  # the latest commit is public by then
        return Soak(
            posts=posts,
            kills=killed,
            parts=_parts(kinds, box, folder, administrator),
            requests=len(box.journal.entries()),
            seconds=round(monotonic() - began, 1),
            seed=seed,
        )


def strew(faults: Faults, kind: Kind) -> None:
    """Let requests that publish fail, and now and then one that asks what became of a post."""
    for fault, share in SHARES:
        seconds = kind.latest if fault is Fault.LATE_COMMIT else PATIENCE
        faults.rate(kind.service, kind.publishes, fault, share, seconds=seconds)
    for route in kind.reads:
        faults.rate(kind.service, route, Fault.HTTP_500, READS_FAIL)


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


def _run(job: _Job, ledger: Path, clock: SandboxClock, moment: Moment, administrator: Administrator) -> int:
    """Round after round, at each time at which there is something to do; how many passes were killed."""
    killed = 0
    db = sqlite3.connect(ledger)
    (last,) = db.execute("SELECT max(ends_at) FROM occurrence").fetchone()
    until = datetime.fromisoformat(last) + _LONGEST
    while (when := _next_instant(db)) and when < until:
        pass_time(clock, _on_step(max(when, clock.now())))
        moment.follow(clock)
        killed += job.run_round()
        administrator.mend([channel for (channel,) in db.execute(_CLOSED)])
    db.close()
    return killed


def _next_instant(db: sqlite3.Connection) -> datetime | None:
    (text,) = db.execute(_NEXT).fetchone()
    return datetime.fromisoformat(text) if text else None


def _on_step(moment: datetime) -> datetime:
    """The next step of time after ``moment``."""
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return day + (((moment - day) // _STEP) + 1) * _STEP


def _parts(kinds: Sequence[Kind], box: Sandbox, folder: Path, administrator: Administrator) -> tuple[Part, ...]:
    """What came out on the channels of each kind."""
    with open_ledger(folder / "state/loa.db", rehearsal=False, now=box.clock.now()) as ledger:
        entries = ledger.entries()
    public = read_truth(box.address)
    deaths = Counter(account_of(channel)[0] for channel in _deaths(folder))
    return tuple(_part(kind, box, entries, public, deaths, administrator.alarms) for kind in kinds)


def _part(
    kind: Kind,
    box: Sandbox,
    entries: Sequence[Entry],
    public: Counter[str],
    deaths: Counter[str],
    alarms: Counter[str],
) -> Part:
    own = [entry for entry in entries if account_of(entry.occurrence.channel)[0] == kind.name]
    asked = [one for one in box.journal.entries(service=kind.service, route=kind.publishes) if not _is_second(one)]
    return Part(
        kind=kind.name,
        posts=len(own),
        kills=deaths[kind.name],
        asked=len(asked),
        failed=sum(bool(one.fault) for one in asked),
        tally=count(own, public),
        alarms=alarms[kind.name],
    )


def _is_second(request: Request) -> bool:
    """Whether the journal tells of a request that it has told of before: a late commit, once it came."""
    return request.fault == Fault.LATE_COMMIT and request.executed


def _deaths(folder: Path) -> list[str]:
    """The channels at which passes were at work when they were killed."""
    told = folder / "deaths"
    return [line for line in told.read_text(encoding="ascii").split() if line] if told.exists() else []
