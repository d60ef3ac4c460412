"""The chain of events: each event's hash covers its own row and the hash before it."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from datetime import datetime

from loa.ledger.model import RegistrationState, State
from loa.ledger.queries import query
from loa.ledger.times import to_text

_COLUMNS = ("at", "occurrence_id", "what", "state", "fence", "detail")


def append_event(
    db: sqlite3.Connection,
    instance: str,
    occurrence_id: int | None,
    what: str,
    *,
    state: State | RegistrationState,
    now: datetime,
    fence: int = 0,
    detail: Mapping[str, object] | None = None,
) -> None:
    """Add one event in the transaction that changes the state; ``instance`` starts the chain.

    An event of a number has no occurrence and no fence; its detail names the registration.
    """
    row = {
        "at": to_text(now),
        "occurrence_id": occurrence_id,
        "what": what,
        "state": str(state),
        "fence": fence,
        "detail": as_json(detail or {}),
    }
    last = db.execute(query("last_event")).fetchone()
    db.execute(query("add_event"), {**row, "hash": _hash(last["hash"] if last else instance, row)})


def first_broken_event(db: sqlite3.Connection, instance: str) -> int | None:
    """The first event that is not what was written, or before which one is missing; None when the chain holds."""
    previous = instance
    for event in db.execute(query("events")):
        if event["hash"] != _hash(previous, {column: event[column] for column in _COLUMNS}):
            return int(event["id"])
        previous = event["hash"]
    return None


def contradicted_occurrences(db: sqlite3.Connection) -> list[int]:
    """Occurrences changed behind the events' back, or whose newest events were cut off: the chain cannot show these."""
    return [int(row["id"]) for row in db.execute(query("contradictions"))]


def as_json(value: object) -> str:
    """Canonical JSON: one text for one value. What JSON has no form for is written as text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def _hash(previous: str, row: Mapping[str, object]) -> str:
    return hashlib.sha256(f"{previous}\n{as_json([row[column] for column in _COLUMNS])}".encode()).hexdigest()
