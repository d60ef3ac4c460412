"""One pass of the posting job in a process of its own, which dies, stops or runs out of disk at a chosen point."""

from __future__ import annotations

import http.client
import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from loa.delivery.publish import publish_due
from loa.ledger.store import Ledger, open_ledger
from tests.delivery import broken, stage
from tests.delivery.scenarios.stage import Stage, office_of
from tests.delivery.worker import after, before, die, fill_the_disk

_LONGEST = 60  # real seconds
# A copy of this process, which has read everything that a pass needs. No ledger may be open here when it is made.
_FORK = multiprocessing.get_context("fork")


@dataclass(frozen=True, kw_only=True)
class Child:
    """A pass that was begun."""

    process: BaseProcess
    told: Connection

    @property
    def pid(self) -> int:
        """Of the process."""
        assert self.process.pid
        return self.process.pid

    def is_over(self) -> bool:
        """Whether it has come to its end, of whatever kind."""
        return self.process.exitcode is not None

    def go_on(self) -> None:
        """Let one that stands still go on."""
        os.kill(self.pid, signal.SIGCONT)


def start(on: Stage, point: str = "", *, build: str = "") -> Child:
    """Begin a pass now, by the clock of the stage; ``build`` names one that is broken."""
    told, telling = _FORK.Pipe(duplex=False)
    process = _FORK.Process(target=_live, args=(on, on.now(), point, build, telling))
    process.start()
    telling.close()
    return Child(process=process, told=told)


def run(on: Stage, point: str = "") -> list[list[str]]:
    """A whole pass: result and code of each occurrence, or nothing when it was killed."""
    return ended(start(on, point))


def ended(child: Child) -> list[list[str]]:
    """What a pass told when it came to its end."""
    child.process.join(_LONGEST)
    assert child.process.exitcode in (0, -signal.SIGKILL)
    told: list[list[str]] = child.told.recv() if child.process.exitcode == 0 else []
    child.told.close()
    return told


def wait_until_stopped(child: Child) -> None:
    """Return once the process has stopped itself."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if Path(f"/proc/{child.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] == "T":
            return
        time.sleep(0.005)
    raise TimeoutError


def stop() -> None:
    """SIGSTOP: nothing of ours goes on until somebody sends SIGCONT."""
    os.kill(os.getpid(), signal.SIGSTOP)


def once(action: Callable[[], None]) -> Callable[[], None]:
    """Do it the first time only: who was stopped and let go must come to an end."""
    left = [action]
    return lambda: left.pop()() if left else None


def arrange(point: str, folder: Path) -> None:
    """Make this process fail at ``point``: an action, where, and what."""
    action, _, rest = point.partition(":")
    act = {"kill": die, "stop": stop, "full": lambda: fill_the_disk(folder / "state/loa.db"), "": None}[action]
    if act is None:
        return
    act = once(act)
    where, _, name = rest.partition(":")
    if name == "request":  # the bytes are out and no answer was read; only of requests that follow an intent
        after(Ledger, "begin_attempt", lambda: before(http.client.HTTPConnection, "getresponse", act))
    else:
        {"before": before, "after": after}[where](Ledger, name, act)


def _live(on: Stage, moment: datetime, point: str, build: str, telling: Connection) -> None:
    """Publish what is due and tell how each occurrence ended."""
    time.tzset()  # the zone that the test has set
    if build:
        getattr(broken, build)()
    office = office_of(on.folder, on.config, on.campaign, stage.at(moment))
    with open_ledger(on.folder / "state/loa.db", rehearsal=False, now=moment) as ledger:
        arrange(point, on.folder)
        done = publish_due(ledger, office, stage.at(moment))
    telling.send([[str(outcome.result), outcome.occurrence.code] for outcome in done.outcomes])
