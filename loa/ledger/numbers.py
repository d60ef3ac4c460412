"""The outgoing register: gives numbers, takes them out of force, notes which originals came back signed.

Numbers of a series run from 1 through a year, and none is given twice, not even a cancelled one (Nghị định
30/2020/NĐ-CP, Điều 15). Each change is one transaction that appends an event to the ledger's chain.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

from loa.core.errors import Place, mistake
from loa.ledger.events import append_event, as_json
from loa.ledger.forgery import cancelled, forged_registrations, lost_registrations, numbered, signed
from loa.ledger.model import RegistrationState
from loa.ledger.opening import changing, reading, snapshot
from loa.ledger.queries import query
from loa.ledger.registration import LostRegistration, Paper, Registration, Request, hash_of, to_registration
from loa.ledger.times import to_text


class Register:
    """The register in an open ledger. Methods raise LoaError (``ledger.unusable``) and then have changed nothing."""

    def __init__(self, db: sqlite3.Connection, *, path: Path, instance: str) -> None:
        self._db = db
        self._path = path
        self._instance = instance

    def registrations(self, campaign: str | None = None) -> tuple[Registration, ...]:
        """Every number ever given, or those of one campaign; by agency, series, year and number."""
        with reading(self._path):
            rows = self._db.execute(query("registrations"), {"campaign": campaign, "id": None}).fetchall()
        return tuple(to_registration(row) for row in rows)

    def in_force(self, campaign: str, document: str) -> Registration | None:
        """The number that a paper has."""
        return next((r for r in self.registrations(campaign) if r.document == document and not r.cancelled), None)

    def record(self, request: Request, number: int, write: Callable[[int], Paper], now: datetime) -> Registration:
        """Put down the number that the registry gave. ``write`` gives the paper with its number.

        Raises LoaError: ``registry.taken`` or ``registry.taken_cancelled`` (another paper has, or had, the number),
        ``registry.has_number`` (the paper has one already), and what ``write`` raises.
        """
        with self._changing():
            return self._give(request, number, write, now, own=False)

    def take_next(self, request: Request, write: Callable[[int], Paper], now: datetime) -> Registration:
        """Give the next number of the series, once, however many processes ask. Raises LoaError as ``record`` does.

        And ``registry.before_previous`` when the day lies before that of the number before it (Điều 15).
        """
        with self._changing():
            last = self._db.execute(query("last_number"), asdict(request.series)).fetchone()
            if last["day"] is not None and request.day < (before := date.fromisoformat(last["day"])):
                shown = {"day": _shown(request.day), "previous": _shown(before)}
                raise mistake("registry.before_previous", request.place, **shown)
            number = int(last["number"]) + 1
            return self._give(request, number, write, now, own=True)

    def cancel(self, registration: Registration, *, person: str, reason: str, now: datetime) -> None:
        """Take a number out of force, with a trace. Raises LoaError (``registry.cancelled_before``)."""
        values = {"id": registration.id, "person": person, "reason": reason, "now": to_text(now)}
        with self._changing():
            row = self._row_in_force(registration, "cancel_registration", values)
            self._event("cancelled", RegistrationState.CANCELLED, cancelled(row), now)

    def attach(
        self, registration: Registration, *, sha256: str, file: str, scanned: bool, person: str, now: datetime
    ) -> None:
        """Note which file is the signed original; it must be on disk already.

        Raises LoaError (``registry.cancelled_before``).
        """
        values = {"id": registration.id, "sha256": sha256, "file": file, "scanned": scanned, "person": person}
        with self._changing():
            row = self._row_in_force(registration, "attach", values | {"now": to_text(now)})
            self._event("signed original", RegistrationState.SIGNED, signed(row), now)

    def forged(self) -> tuple[int, ...]:
        """Rows that another hand changed or added, or whose signed originals it did: their events tell otherwise."""
        with snapshot(self._db, self._path):
            return tuple(forged_registrations(self._db))

    def lost(self) -> tuple[LostRegistration, ...]:
        """Numbers that were given, as the events tell, and that another hand took out of the register."""
        with snapshot(self._db, self._path):
            return tuple(lost_registrations(self._db))

    def _give(
        self, request: Request, number: int, write: Callable[[int], Paper], now: datetime, *, own: bool
    ) -> Registration:
        self._refuse_second_number(request)
        self._refuse_used_number(request, number)
        paper = write(number)
        content = as_json(paper.content)
        values = {
            **asdict(request.series),
            "number": number,
            "symbol": request.symbol,
            "day": request.day.isoformat(),
            "campaign": request.campaign,
            "document": request.document,
            "sha256": hash_of(content),
            "own": own,
            "person": request.person,
            "columns": as_json(asdict(paper.columns)),
            "content": content,
            "recorded_at": to_text(now),
        }
        row = self._db.execute(query("register"), values).fetchone()
        self._event("numbered", RegistrationState.NUMBERED, numbered(row), now)
        return self._by_id(row["id"])

    def _refuse_second_number(self, request: Request) -> None:
        if held := self.in_force(request.campaign, request.document):
            raise mistake("registry.has_number", request.place, mark=held.mark, day=_shown(held.day))

    def _refuse_used_number(self, request: Request, number: int) -> None:
        values = asdict(request.series) | {"number": number, "symbol": request.symbol}
        if row := self._db.execute(query("same_number"), values).fetchone():
            holder = self._by_id(row["id"])
            key = "registry.taken_cancelled" if holder.cancelled else "registry.taken"
            shown = {"mark": holder.mark, "day": _shown(holder.day), "title": holder.paper.columns.title}
            where = f"{holder.campaign}: {holder.document}"
            raise mistake(key, request.place, holder=where, **shown)

    def _row_in_force(self, registration: Registration, change: str, values: Mapping[str, object]) -> sqlite3.Row:
        """The row that ``change`` wrote, one of those that ask for a number in force."""
        row: sqlite3.Row | None = self._db.execute(query(change), values).fetchone()
        if row is None:
            raise mistake("registry.cancelled_before", _place(registration), mark=registration.mark)
        return row

    def _by_id(self, registration: int) -> Registration:
        row = self._db.execute(query("registrations"), {"campaign": None, "id": registration}).fetchone()
        return to_registration(row)

    def _changing(self) -> AbstractContextManager[None]:
        return changing(self._db, self._path)

    def _event(self, what: str, state: RegistrationState, detail: Mapping[str, object], now: datetime) -> None:
        append_event(self._db, self._instance, None, what, state=state, now=now, detail=detail)


def _place(registration: Registration) -> Place:
    return Place(part=f"{registration.campaign}: documents.{registration.document}")


def _shown(day: date) -> str:
    return f"{day:%d/%m/%Y}"
