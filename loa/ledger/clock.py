"""What one ledger has seen of time, and what becomes of it when a person says that the clock is right now."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

from loa.ledger.events import append_event
from loa.ledger.gate import TOLERANCE, newest_instant
from loa.ledger.model import State
from loa.ledger.opening import changing, reading
from loa.ledger.queries import query
from loa.ledger.times import to_text

# What waits honestly waits no longer: a rate limit, the last look whether a post is still there.
_LONGEST_WAIT = timedelta(days=1)


class Clock:
    """The times that one ledger knows; in a rehearsal none. Methods raise LoaError when the file cannot be used."""

    def __init__(self, db: sqlite3.Connection, *, path: Path, instance: str) -> None:
        self._db = db
        self._path = path
        self._instance = instance

    def newest(self) -> datetime | None:
        """The latest instant of an event, in UTC; once a person has confirmed the clock, of those since."""
        with reading(self._path):
            return newest_instant(self._db)

    def behind(self, now: datetime) -> timedelta | None:
        """How far ``now`` lies behind what the ledger has seen; None when it does not, but for a tolerance."""
        newest = self.newest()
        return newest - now if newest is not None and newest > now + TOLERANCE else None

    def confirm(self, now: datetime, *, by: str) -> None:
        """A person says that ``now`` is the time, so the clock ran ahead before, and time is counted from here.

        Whatever was to wait until a time of that clock waits no longer; a try that it dated is taken to have begun
        right after the last event whose time has come.
        """
        values = {"now": to_text(now), "horizon": to_text(now + _LONGEST_WAIT)}
        with changing(self._db, self._path):
            newest = newest_instant(self._db)
            for name in ("cut_occurrences", "cut_attempts", "cut_accounts"):
                self._db.execute(query(name), values)
            detail = {"by": by, "newest": to_text(newest) if newest else None}
            append_event(self._db, self._instance, None, "clock set", state=State.PLANNED, now=now, detail=detail)
