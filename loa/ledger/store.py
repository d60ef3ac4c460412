"""The ledger: every occurrence from plan to receipt, in one SQLite file that is also the queue.

Each change of state is one transaction that names the state and the fence it expects, and that appends an event.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from loa.ledger.accounts import Accounts
from loa.ledger.clock import Clock
from loa.ledger.decisions import Decisions
from loa.ledger.events import contradicted_occurrences, first_broken_event
from loa.ledger.gate import find_stop
from loa.ledger.job import Job
from loa.ledger.model import Entry, Recorded, Sent, Skip, State, Stop
from loa.ledger.numbers import Register
from loa.ledger.occurrences import Occurrences
from loa.ledger.opening import open_database, reading
from loa.ledger.queries import query
from loa.ledger.recording import WhyNot, record_plan
from loa.ledger.times import maybe_from_text, to_text
from loa.ledger.working import Working
from loa.planning.plan import Occurrence


def open_ledger(path: Path, *, rehearsal: bool, now: datetime) -> Ledger:
    """The ledger in ``path``, made at ``now`` if it is not there. Raises LoaError like ``open_database``."""
    db, instance = open_database(path, rehearsal=rehearsal, now=now)
    return Ledger(db, path=path, instance=instance, rehearsal=rehearsal)


class Ledger(Working):
    """An open ledger; also a context manager that closes it. One object per process and thread.

    Every method raises LoaError (``ledger.unusable``) when the file cannot be read or written, and then has changed
    nothing. Methods that take a Claim raise StaleFenceError when it is no longer valid. ``now`` is an aware datetime.
    """

    def __init__(self, db: sqlite3.Connection, *, path: Path, instance: str, rehearsal: bool) -> None:
        self._db = db
        self._path = path
        self._instance = instance
        self._rows = Occurrences(db, path=path, instance=instance)
        self.rehearsal = rehearsal  # a trial run: nothing may leave this computer
        self.register = Register(db, path=path, instance=instance)
        self.decisions = Decisions(db, self._rows, path=path, instance=instance)
        self.accounts = Accounts(db, path=path)
        self.job = Job(db, path=path)
        self.clock = Clock(db, path=path, instance=instance)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    # Planning

    def record(
        self,
        campaign: str,
        occurrences: Iterable[Occurrence],
        now: datetime,
        why_not: WhyNot = lambda _: Skip.UNPLANNED,
    ) -> Recorded:
        """Make the waiting part of the ledger agree with a campaign's whole plan; what was begun or sent stays.

        New occurrences are added, those with another time moved, those no longer planned skipped for the reason that
        ``why_not`` tells, those planned again restored. Recording the same plan again changes nothing. Raises
        LoaError (``ledger.code_taken``).
        """
        with self._rows.changing():
            return record_plan(self._db, self._instance, campaign, occurrences, now, why_not)

    # Reading

    def entry(self, occurrence_id: int) -> Entry:
        """One occurrence. KeyError when there is none."""
        return self._rows.one(occurrence_id)

    def entries(self, campaign: str | None = None, announcement: str | None = None) -> tuple[Entry, ...]:
        """Every occurrence by time, or those of one campaign, or of one announcement of it."""
        return self._rows.read(campaign, announcement)

    def due(self, now: datetime) -> tuple[int, ...]:
        """What waits and whose time has come, earliest first."""
        return self._rows.ids("due", now)

    def next_due(self, now: datetime) -> datetime | None:
        """When the next waiting occurrence after ``now`` is due, in UTC."""
        with reading(self._path):
            return maybe_from_text(self._db.execute(query("next_due"), {"now": to_text(now)}).fetchone()["at"])

    def open_questions(self, state: State, now: datetime) -> tuple[int, ...]:
        """What the far side has to be asked about now and nobody is asking, earliest first: UNKNOWN, PROCESSING, or
        PUBLISHED and still to be seen by the public.
        """
        return self._rows.ids("open_questions", now, state=state)

    def recalled(self, now: datetime) -> tuple[int, ...]:
        """What was withdrawn while nobody knew whether it was out there, and turned out to be, earliest first."""
        return self._rows.ids("recalled", now)

    def later_due(self, occurrence_id: int, now: datetime) -> tuple[int, ...]:
        """Later occurrences of the same announcement on the same channel that are due too, or were sent."""
        return self._rows.ids("later_due", now, id=occurrence_id)

    def others(self, occurrence_id: int, since: datetime) -> tuple[str, ...]:
        """Posts that other occurrences have on the same channel, by its own names, if they began after ``since``."""
        with reading(self._path):
            rows = self._db.execute(query("others"), {"id": occurrence_id, "since": to_text(since)})
            return tuple(row["remote_id"] for row in rows)

    def sent(self, occurrence_id: int) -> Sent | None:
        """What the tries of an occurrence have sent; None when there was none."""
        return self._rows.sent(occurrence_id)

    def stop(self, entry: Entry, now: datetime, *, content_sha256: str | None = None) -> Stop | None:
        """Why an occurrence may not be sent now, if so; ``content_sha256`` is what must have been approved, if so."""
        with reading(self._path):
            return find_stop(self._db, entry, now, content_sha256=content_sha256, alone=False)

    def steps(self, occurrence_id: int) -> Mapping[str, str]:
        """How far a publication of several steps has come."""
        with reading(self._path):
            return self._rows.steps(occurrence_id)

    def changes(self, campaign: str) -> Mapping[int, int]:
        """How often each occurrence of a campaign has changed since it was recorded, by id; it only ever grows."""
        with reading(self._path):
            rows = self._db.execute(query("changes"), {"campaign": campaign}).fetchall()
        return {int(row["id"]): int(row["changes"]) for row in rows}

    def first_broken_event(self) -> int | None:
        """The first event that was tampered with, or before which one is missing."""
        with reading(self._path):
            return first_broken_event(self._db, self._instance)

    def contradicted(self) -> tuple[int, ...]:
        """Occurrences whose state is not the one their newest event tells: changed by another hand."""
        with reading(self._path):
            return tuple(contradicted_occurrences(self._db))
