"""What may stop a sending at the last moment: asked in the transaction that writes the intent down."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta

from loa.ledger.model import Entry, Stop
from loa.ledger.queries import query
from loa.ledger.times import from_text, to_text

# Clocks of one office may differ by a little; more, and this one is wrong.
TOLERANCE = timedelta(minutes=5)


def find_stop(
    db: sqlite3.Connection, entry: Entry, now: datetime, *, content_sha256: str | None, alone: bool
) -> Stop | None:
    """Why ``entry`` may not be sent at ``now``, if so.

    ``content_sha256`` is what somebody must have approved; None where nobody has to. ``alone``: nobody else may be
    sending through the same channel.
    """
    occurrence = entry.occurrence
    names = {
        "id": entry.id,
        "campaign": occurrence.campaign,
        "announcement": occurrence.announcement,
        "channel": occurrence.channel,
        "now": to_text(now),
    }
    if is_behind(db, now):
        return Stop.CLOCK
    if db.execute(query("is_recalled"), names).fetchone():
        return Stop.RECALLED
    if db.execute(query("paused"), names).fetchone():
        return Stop.PAUSED
    if account := db.execute(query("accounts"), names).fetchone():
        if account["closed_at"]:
            return Stop.CLOSED
        if account["wait_until"] and account["wait_until"] > names["now"]:
            return Stop.LIMITED
    if content_sha256 is not None:
        approval = db.execute(query("approval_in_force"), names).fetchone()
        if approval is None or approval["content_sha256"] != content_sha256:
            return Stop.UNAPPROVED
    if alone and db.execute(query("sending_elsewhere"), names).fetchone():
        return Stop.BUSY
    return None


def is_behind(db: sqlite3.Connection, now: datetime) -> bool:
    """Whether ``now`` lies before what the ledger has seen: a clock that jumped back."""
    newest = newest_instant(db)
    return newest is not None and now < newest - TOLERANCE


def newest_instant(db: sqlite3.Connection) -> datetime | None:
    """The latest time (UTC) that the ledger has seen since a person last confirmed the clock; None in a rehearsal."""
    row = db.execute(query("newest_instant")).fetchone()
    return from_text(row["at"]) if row else None
