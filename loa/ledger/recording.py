"""Recording a plan: what is new, what moved, what is no longer asked for."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime

from loa.core.errors import Place, mistake
from loa.ledger.events import append_event
from loa.ledger.model import DROPPED, Claim, Recorded, Skip, State
from loa.ledger.queries import query
from loa.ledger.rows import from_occurrence, to_occurrence, trouble_to_text
from loa.planning.lateness import is_late
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
    rows = db.execute(query("entries_of_campaign"), {"campaign": campaign}).fetchall()
    recorded = {to_occurrence(row).key: row for row in rows}
    counts: Counter[str] = Counter()
    for occurrence in occurrences:
        row = recorded.pop(occurrence.key, None)
        if row is None:
            what, claim = "added", _add(db, instance, occurrence, now)
        else:
            what, claim = _keep(db, instance, row, occurrence, now), _claim(row)
        counts[what] += 1
        if what in ("added", "restored") and is_late(occurrence, now):  # it never waited here: nobody missed it
            _skip(db, instance, claim, now, Skip.PAST)
            counts["past"] += 1
    for row in recorded.values():
        if row["state"] == State.PLANNED:
            _skip(db, instance, _claim(row), now, why_not(to_occurrence(row)))
            counts["dropped"] += 1
    return Recorded(**counts)


def _add(db: sqlite3.Connection, instance: str, occurrence: Occurrence, now: datetime) -> Claim:
    values = from_occurrence(occurrence)
    if other := db.execute(query("same_code"), values).fetchone():
        # One in thousands of millions, and silence would put two posts at one address.
        raise mistake("ledger.code_taken", Place(part=occurrence.key), other="/".join(other))
    row = db.execute(query("insert"), values).fetchone()
    append_event(
        db, instance, row["id"], "recorded", state=State.PLANNED, fence=0, now=now, detail={"key": occurrence.key}
    )
    return Claim(id=row["id"], fence=0, state=State.PLANNED)


def _keep(db: sqlite3.Connection, instance: str, row: sqlite3.Row, occurrence: Occurrence, now: datetime) -> str:
    """Bring a recorded occurrence up to date if it still waits; which count it belongs to."""
    is_dropped = row["state"] == State.SKIPPED and row["reason"] in DROPPED
    is_as_wanted = row["shifted"] or row["state"] != State.PLANNED or to_occurrence(row) == occurrence
    if is_as_wanted and not is_dropped:
        return "kept"
    values = {**from_occurrence(occurrence), "id": row["id"], "fence": row["fence"], "state": row["state"]}
    db.execute(query("replan"), values)
    what = "restored" if is_dropped else "moved"
    times = {"starts_at": values["starts_at"], "ends_at": values["ends_at"], "zone": values["zone"]}
    append_event(db, instance, row["id"], what, state=State.PLANNED, fence=row["fence"], now=now, detail=times)
    return what


def _claim(row: sqlite3.Row) -> Claim:
    """A row that waits, in the hands of whoever holds the transaction."""
    return Claim(id=row["id"], fence=row["fence"], state=State.PLANNED)


def _skip(db: sqlite3.Connection, instance: str, claim: Claim, now: datetime, reason: Skip) -> None:
    values = {
        "id": claim.id,
        "fence": claim.fence,
        "state": claim.state,
        "to": State.SKIPPED,
        "reason": reason,
        "trouble": trouble_to_text(()),
        "lease_until": None,
        "next_at": None,
        "looks": 0,
    }
    db.execute(query("move"), values)
    detail = {"reason": reason}
    append_event(db, instance, claim.id, "skipped", state=State.SKIPPED, fence=claim.fence, now=now, detail=detail)
