"""Recording a plan: what is new, what moved, what is no longer asked for."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime

from loa.core.errors import Place, mistake
from loa.ledger.events import append_event
from loa.ledger.model import DROPPED, Recorded, Skip, State
from loa.ledger.queries import query
from loa.ledger.rows import from_occurrence, to_occurrence, trouble_to_text
from loa.planning.plan import Occurrence

# Why an occurrence is no longer planned.
WhyNot = Callable[[Occurrence], Skip]


def record_plan(
    db: sqlite3.Connection,
    instance: str,
    campaign: str,
    occurrences: Iterable[Occurrence],
    now: datetime,
    why_not: WhyNot,
) -> Recorded:
    """See ``Ledger.record``; the caller holds the transaction."""
    rows = db.execute(query("entries"), {"campaign": campaign, "id": None}).fetchall()
    recorded = {to_occurrence(row).key: row for row in rows}
    counts: Counter[str] = Counter()
    for occurrence in occurrences:
        row = recorded.pop(occurrence.key, None)
        if row is None:
            _add(db, instance, occurrence, now)
            counts["added"] += 1
        else:
            counts[_keep(db, instance, row, occurrence, now)] += 1
    for row in recorded.values():
        if row["state"] == State.PLANNED:
            _drop(db, instance, row, now, why_not(to_occurrence(row)))
            counts["dropped"] += 1
    return Recorded(**counts)


def _add(db: sqlite3.Connection, instance: str, occurrence: Occurrence, now: datetime) -> None:
    values = from_occurrence(occurrence)
    if other := db.execute(query("same_code"), values).fetchone():
        # One in thousands of millions, and silence would put two posts at one address.
        raise mistake("ledger.code_taken", Place(part=occurrence.key), other="/".join(other))
    row = db.execute(query("insert"), values).fetchone()
    append_event(
        db, instance, row["id"], "recorded", state=State.PLANNED, fence=0, now=now, detail={"key": occurrence.key}
    )


def _keep(db: sqlite3.Connection, instance: str, row: sqlite3.Row, occurrence: Occurrence, now: datetime) -> str:
    """Bring a recorded occurrence up to date if it still waits; which count it belongs to."""
    is_dropped = row["state"] == State.SKIPPED and row["reason"] in DROPPED
    if row["shifted"] or (not is_dropped and (row["state"] != State.PLANNED or to_occurrence(row) == occurrence)):
        return "kept"
    values = {**from_occurrence(occurrence), "id": row["id"], "fence": row["fence"], "state": row["state"]}
    db.execute(query("replan"), values)
    what = "restored" if is_dropped else "moved"
    times = {"starts_at": values["starts_at"], "ends_at": values["ends_at"], "zone": values["zone"]}
    append_event(db, instance, row["id"], what, state=State.PLANNED, fence=row["fence"], now=now, detail=times)
    return what


def _drop(db: sqlite3.Connection, instance: str, row: sqlite3.Row, now: datetime, reason: Skip) -> None:
    values = {
        "id": row["id"],
        "fence": row["fence"],
        "state": State.PLANNED,
        "to": State.SKIPPED,
        "reason": reason,
        "trouble": trouble_to_text(()),
        "lease_until": None,
        "next_at": None,
        "looks": 0,
    }
    db.execute(query("move"), values)
    detail = {"reason": reason}
    append_event(db, instance, row["id"], "skipped", state=State.SKIPPED, fence=row["fence"], now=now, detail=detail)
