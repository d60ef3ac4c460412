"""When the posting job last ran, and what it still has to tell somebody outside the terminal."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from loa.ledger.opening import changing, reading
from loa.ledger.queries import query
from loa.ledger.times import from_text, maybe_from_text, to_text


@dataclass(frozen=True, kw_only=True, slots=True)
class LastPass:
    """The newest pass; instants are UTC."""

    began_at: datetime
    ended_at: datetime | None  # None while it runs, or when it died
    worked_at: datetime | None  # of the last one that did something


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """Something that a person has to be told."""

    id: int
    key: str
    subject: str
    body: str


class Job:
    """The posting job of one ledger. Methods raise LoaError when the file cannot be used."""

    def __init__(self, db: sqlite3.Connection, *, path: Path) -> None:
        self._db = db
        self._path = path

    def begin(self, now: datetime) -> None:
        """A pass begins."""
        self._change("begin_pass", now=to_text(now))

    def end(self, now: datetime, *, worked: bool) -> None:
        """A pass has ended; whether it did something."""
        self._change("end_pass", now=to_text(now), worked=worked)

    def last(self) -> LastPass | None:
        """The newest pass, if there was one."""
        with reading(self._path):
            row = self._db.execute(query("job")).fetchone()
        if row is None:
            return None
        return LastPass(
            began_at=from_text(row["began_at"]),
            ended_at=maybe_from_text(row["ended_at"]),
            worked_at=maybe_from_text(row["worked_at"]),
        )

    def note(self, key: str, subject: str, body: str, now: datetime) -> None:
        """Remember to tell it; what has the same ``key`` is told once."""
        self._change("note", key=key, subject=subject, body=body, now=to_text(now))

    def untold(self) -> tuple[Notice, ...]:
        """What is still to be told, oldest first."""
        with reading(self._path):
            rows = self._db.execute(query("untold")).fetchall()
        return tuple(Notice(id=row["id"], key=row["key"], subject=row["subject"], body=row["body"]) for row in rows)

    def told(self, notice: Notice, now: datetime) -> None:
        """It was told."""
        self._change("told", id=notice.id, now=to_text(now))

    def _change(self, name: str, **values: object) -> None:
        with changing(self._db, self._path):
            self._db.execute(query(name), values)
