"""A pass in a process of its own, which is killed right before one of the moments that leave something behind."""

from __future__ import annotations

import http.client
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from sqlite3 import Connection
from typing import Any

from channels.http import Door
from loa.delivery.publish import publish_due
from loa.ledger import opening
from loa.ledger.store import open_ledger
from tests.delivery import stage
from tests.delivery.scenarios.stage import Stage, office_of
from tests.delivery.worker import before, die

REQUEST, ANSWER, COMMIT, FILE = "request", "answer", "commit", "file"
_CHANGES = {"os.rename", "os.remove"}  # of files, as CPython reports them before it asks the system (PEP 578)


@dataclass(frozen=True, kw_only=True)
class Died:
    """What a process had come to: every moment in its order, the last of them the one that it did not survive."""

    moments: tuple[str, ...]
    killed: bool

    @property
    def sent(self) -> int:
        """How many requests had left."""
        return self.moments.count(ANSWER)


def killed_at(number: int, on: Stage) -> Died:
    """One pass now, in a process that is killed at its moment of this number, from 1; whole when it has not so many.

    Returns once the services have done what they were still asked.
    """
    now, seen = on.now(), len(on.box.journal.entries())
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _live(on, now, _counted(number, writing))
    os.close(writing)
    with os.fdopen(reading, encoding="ascii") as told:
        moments = tuple(told.read().split())
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, -signal.SIGKILL), f"the process itself failed after {moments}"
    died = Died(moments=moments, killed=status != 0)
    _wait(lambda: len(on.box.journal.entries()) >= seen + died.sent)
    return died


def _live(on: Stage, now: Any, moment: Callable[[str], None]) -> None:
    """The life of the child; it never returns."""
    status = 1
    try:
        before(Door, "send", lambda: moment(REQUEST))
        before(http.client.HTTPConnection, "getresponse", lambda: moment(ANSWER))
        _watch_commits(moment)
        _watch_files(str(on.folder), moment)
        office = office_of(on.folder, on.config, on.campaign, stage.at(now))
        with open_ledger(on.folder / "state/loa.db", rehearsal=False, now=now) as ledger:
            publish_due(ledger, office, stage.at(now))
        status = 0
    finally:
        os._exit(status)


def _counted(number: int, told: int) -> Callable[[str], None]:
    left = [number]

    def moment(name: str) -> None:
        os.write(told, f"{name} ".encode())
        left[0] -= 1
        if left[0] == 0:
            die()

    return moment


def _watch_commits(moment: Callable[[str], None]) -> None:
    real = opening.transaction

    @contextmanager
    def transaction(db: Connection) -> Iterator[None]:
        with real(db):
            yield
            moment(COMMIT)

    vars(opening)["transaction"] = transaction


def _watch_files(folder: str, moment: Callable[[str], None]) -> None:
    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        is_writing = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        if (is_writing or event in _CHANGES) and str(arguments[0]).startswith(folder):
            moment(FILE)

    sys.addaudithook(watch)


def _wait(is_done: Callable[[], bool]) -> None:
    """In real time, but not for long: a service goes on with the request of a client that is gone."""
    end = time.monotonic() + 10
    while not is_done() and time.monotonic() < end:
        time.sleep(0.002)
    assert is_done()
