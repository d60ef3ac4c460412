"""What events must tell of the register's rows, and the rows of which they tell something else, or that are gone."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from loa.ledger.model import RegistrationState
from loa.ledger.queries import query
from loa.ledger.registration import LostRegistration, hash_of, mark_of

_COLUMNS = ("agency", "series", "year", "number", "symbol", "day", "campaign", "document", "own", "person")

_Told = tuple[str, str, dict[str, object]]  # state, time, detail


def numbered(row: sqlite3.Row) -> dict[str, object]:
    """The detail of the event that gave a number: all of its row, the long parts by their hash."""
    hashes = {"columns": hash_of(row["columns"]), "sha256": hash_of(row["content"])}
    return {"registration": row["id"], **{name: row[name] for name in _COLUMNS}, **hashes}


def cancelled(row: sqlite3.Row) -> dict[str, object]:
    """The detail of the event that took a row's number out of force."""
    return {"registration": row["id"], "person": row["cancelled_by"], "reason": row["reason"]}


def signed(row: sqlite3.Row) -> dict[str, object]:
    """The detail of the event that noted a signed original, of a row of those."""
    told = {name: row[name] for name in ("sha256", "file", "scanned", "person")}
    return {"registration": row["registration_id"], **told}


def lost_registrations(db: sqlite3.Connection) -> list[LostRegistration]:
    """Numbers that an event gave and no row has, in the order in which they were given; read at one moment."""
    kept = {row["id"] for row in db.execute(query("registrations"), {"campaign": None, "id": None})}
    given = (
        json.loads(event["detail"])
        for event in db.execute(query("register_events"))
        if event["state"] == RegistrationState.NUMBERED
    )
    return [
        LostRegistration(
            mark=mark_of(detail["number"], detail["symbol"]),
            day=date.fromisoformat(detail["day"]),
            campaign=detail["campaign"],
            document=detail["document"],
        )
        for detail in given
        if detail["registration"] not in kept
    ]


def forged_registrations(db: sqlite3.Connection) -> list[int]:
    """Numbers that were given, cancelled, signed or changed behind the events' back; all read at one moment."""
    told: defaultdict[int, list[_Told]] = defaultdict(list)
    for event in db.execute(query("register_events")):
        detail = json.loads(event["detail"])
        told[detail["registration"]].append((event["state"], event["at"], detail))
    originals: defaultdict[int, list[sqlite3.Row]] = defaultdict(list)
    for original in db.execute(query("signed_originals")):
        originals[original["registration_id"]].append(original)
    rows = db.execute(query("registrations"), {"campaign": None, "id": None})
    return sorted(
        row["id"]
        for row in rows
        if row["sha256"] != hash_of(row["content"]) or list(_story(row, originals[row["id"]])) != told[row["id"]]
    )


def _story(row: sqlite3.Row, originals: Sequence[sqlite3.Row]) -> Iterator[_Told]:
    """The events that a row must have had, in their order: once cancelled, nothing more is noted."""
    yield RegistrationState.NUMBERED, row["recorded_at"], numbered(row)
    for original in originals:
        yield RegistrationState.SIGNED, original["attached_at"], signed(original)
    if row["cancelled_at"] is not None:
        yield RegistrationState.CANCELLED, row["cancelled_at"], cancelled(row)
