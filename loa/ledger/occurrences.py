"""The rows of occurrences: how they are read, and the one way in which each of their steps is written."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from loa.core.errors import Problem
from loa.ledger.events import append_event, as_json
from loa.ledger.model import Claim, Entry, Sending, Sent, Skip, StaleFenceError, State
from loa.ledger.opening import changing, reading
from loa.ledger.queries import query
from loa.ledger.rows import to_entry, trouble_to_text
from loa.ledger.times import from_text, to_text


class Occurrences:
    """Rows of one ledger. What changes them is called inside a transaction, and appends an event."""

    def __init__(self, db: sqlite3.Connection, *, path: Path, instance: str) -> None:
        self._db = db
        self._path = path
        self._instance = instance

    # Reading

    def read(self, campaign: str | None = None, announcement: str | None = None) -> tuple[Entry, ...]:
        """Entries by time: all, of one campaign, or of one announcement of it."""
        name = "entries" if campaign is None else "entries_of_announcement" if announcement else "entries_of_campaign"
        with reading(self._path):
            rows = self._db.execute(query(name), {"campaign": campaign, "announcement": announcement}).fetchall()
        return tuple(to_entry(row) for row in rows)

    def one(self, occurrence_id: int) -> Entry:
        """One entry. KeyError when there is none."""
        with reading(self._path):
            row = self._db.execute(query("entry"), {"id": occurrence_id}).fetchone()
        if row is None:
            raise KeyError(occurrence_id)
        return to_entry(row)

    def ids(self, name: str, now: datetime, **values: object) -> tuple[int, ...]:
        """What a query of the job finds."""
        with reading(self._path):
            return tuple(row["id"] for row in self._db.execute(query(name), {"now": to_text(now), **values}))

    def sent(self, occurrence_id: int) -> Sent | None:
        """What its tries have sent; None when there was none."""
        with reading(self._path):
            row = self._db.execute(query("sought"), {"id": occurrence_id}).fetchone()
        if row is None:
            return None
        steps = json.loads(row["steps"])
        return Sent(
            marker=row["marker"],
            title=row["title"],
            text=row["text"],
            page=row["page"],
            since=from_text(row["since"]),
            last=from_text(row["last"]),
            steps=steps,
        )

    def steps(self, occurrence_id: int) -> Mapping[str, str]:
        """How far a publication of several steps has come."""
        row = self._db.execute(query("steps"), {"id": occurrence_id}).fetchone()
        found: dict[str, str] = json.loads(row["steps"])
        return found

    # Changing, each with its event

    def changing(self) -> AbstractContextManager[None]:
        """A transaction."""
        return changing(self._db, self._path)

    def take(
        self, name: str, occurrence_id: int, state: State, what: str, *, now: datetime, lease_until: datetime
    ) -> Claim | None:
        """The right to work on an occurrence; None when it is not to be had."""
        values = {"id": occurrence_id, "state": state, "now": to_text(now), "lease_until": to_text(lease_until)}
        row = self._db.execute(query(name), values).fetchone()
        if row is None:
            return None
        self.event(occurrence_id, what, state, row["fence"], now)
        return Claim(id=occurrence_id, fence=row["fence"], state=state)

    def move(
        self,
        claim: Claim,
        to: State,
        what: str,
        now: datetime,
        *,
        reason: Skip | None = None,
        trouble: Sequence[Problem] = (),
        lease_until: datetime | None = None,
        next_at: datetime | None = None,
        looks: int = 0,
        detail: Mapping[str, object] | None = None,
    ) -> None:
        """One step of one occurrence with its event. StaleFenceError when it is not where the claim says."""
        values = {
            "id": claim.id,
            "fence": claim.fence,
            "state": claim.state,
            "to": to,
            "reason": reason,
            "trouble": trouble_to_text(trouble),
            "lease_until": to_text(lease_until) if lease_until else None,
            "next_at": to_text(next_at) if next_at else None,
            "looks": looks,
        }
        self._require(self._db.execute(query("move"), values), claim)
        more = {"reason": reason} if reason else {"trouble": values["trouble"]} if trouble else {}
        self.event(claim.id, what, to, claim.fence, now, {**(detail or {}), **more})

    def renew(self, claim: Claim, lease_until: datetime) -> None:
        """Go on with it. StaleFenceError as ``move``."""
        values = {"id": claim.id, "fence": claim.fence, "state": claim.state, "lease_until": to_text(lease_until)}
        self._require(self._db.execute(query("renew"), values), claim)

    def recall(self, occurrence_id: int, now: datetime, *, by: str, why: str) -> bool:
        """Withdraw what may be out there; whether it still may. Whoever works on it keeps it."""
        row = self._db.execute(query("recall"), {"id": occurrence_id, "by": by, "why": why}).fetchone()
        if row is None:
            return False
        self.event(occurrence_id, "recalled", State(row["state"]), row["fence"], now, {"by": by, "why": why})
        return True

    def forget_steps(self, occurrence_id: int) -> None:
        """What its tries have reached does not count any more."""
        self._db.execute(query("forget_steps"), {"id": occurrence_id})

    def save_steps(self, claim: Claim, steps: Mapping[str, str], now: datetime, *, lease_until: datetime) -> None:
        """How far the publication has come. StaleFenceError as ``move``."""
        values = {"id": claim.id, "fence": claim.fence, "state": claim.state, "steps": as_json(dict(steps))}
        values["lease_until"] = to_text(lease_until)
        self._require(self._db.execute(query("save_steps"), values), claim)
        self.event(claim.id, "step", claim.state, claim.fence, now, {"steps": dict(steps)})

    def mark_seen(
        self, claim: Claim, *, seen: bool, gone_since: datetime | None, next_at: datetime | None, now: datetime
    ) -> None:
        """Whether the public still sees the post. StaleFenceError as ``move``."""
        values = {
            "id": claim.id,
            "fence": claim.fence,
            "verified_at": to_text(now) if seen else None,
            "gone_at": to_text(gone_since) if gone_since else None,
            "next_at": to_text(next_at) if next_at else None,
        }
        self._require(self._db.execute(query("mark_seen"), values), claim)
        self.event(
            claim.id, "seen" if seen else "gone" if gone_since else "not seen", State.PUBLISHED, claim.fence, now
        )

    def decide(
        self,
        entry: Entry,
        to: State,
        what: str,
        now: datetime,
        *,
        detail: Mapping[str, object],
        note: str = "",
        reason: Skip | None = None,
        trouble: Sequence[Problem] | None = None,
        next_at: datetime | None = None,
    ) -> None:
        """A person brings an occurrence into another state; ``trouble`` None: what there was stays.

        StaleFenceError when it changed meanwhile.
        """
        fence = self._db.execute(query("fence"), {"id": entry.id, "state": entry.state}).fetchone()
        if fence is None:
            raise StaleFenceError(f"occurrence {entry.id}, {entry.state}")
        values = {"id": entry.id, "fence": fence["fence"], "state": entry.state, "to": to, "reason": reason}
        values |= {
            "note": note or entry.note,
            "trouble": None if trouble is None else trouble_to_text(trouble),
            "next_at": to_text(next_at) if next_at else None,
        }
        row = self._db.execute(query("decide"), values).fetchone()
        self.event(entry.id, what, to, row["fence"], now, {**detail, **({"reason": reason} if reason else {})})

    def shift(
        self, entry: Entry, starts_at: datetime, ends_at: datetime, now: datetime, *, detail: Mapping[str, object]
    ) -> None:
        """A person gives it another time. StaleFenceError when it no longer waits."""
        values = {"id": entry.id, "starts_at": to_text(starts_at), "ends_at": to_text(ends_at)}
        row = self._db.execute(query("shift"), values).fetchone()
        if row is None:
            raise StaleFenceError(f"occurrence {entry.id}, {entry.state}")
        times = {"starts_at": values["starts_at"], "ends_at": values["ends_at"]}
        self.event(entry.id, "shifted", State.PLANNED, row["fence"], now, {**detail, **times})

    def begin_attempt(self, claim: Claim, sending: Sending, now: datetime) -> None:
        """The try that is about to be made."""
        values = {"id": claim.id, "fence": claim.fence, "now": to_text(now), **asdict(sending)}
        self._db.execute(query("begin_attempt"), values)

    def ask_attempt(self, claim: Claim, now: datetime) -> None:
        """The try is told to go ahead: from now on it may be out there."""
        self._db.execute(query("ask_attempt"), {"id": claim.id, "now": to_text(now)})

    def end_attempt(self, claim: Claim, outcome: str, now: datetime, **receipt: object) -> None:
        """What became of the try that may be out there."""
        nothing = {"remote_id": "", "link": "", "media": "{}", "published_at": None, "adopted": False}
        values = {"id": claim.id, "outcome": outcome, "now": to_text(now), **nothing, **receipt}
        self._db.execute(query("end_attempt"), values)

    def close_attempt(self, occurrence_id: int, outcome: str, now: datetime) -> None:
        """What a person made of the try that counted; its receipt stays."""
        self._db.execute(query("close_attempt"), {"id": occurrence_id, "outcome": outcome, "now": to_text(now)})

    def correct_attempt(self, occurrence_id: int, content_sha256: str, media: Mapping[str, str] | None = None) -> None:
        """The content that stands there now, or is to; ``media`` None: its files are where they were."""
        addresses = None if media is None else as_json(dict(media))
        values = {"id": occurrence_id, "content_sha256": content_sha256, "media": addresses}
        self._db.execute(query("correct_attempt"), values)

    def confirm_attempt(self, occurrence_id: int, *, link: str, now: datetime) -> None:
        """A person has put it there, or seen it there."""
        values = {"id": occurrence_id, "link": link, "now": to_text(now)}
        self._db.execute(query("confirm_attempt"), values)
        self._db.execute(query("add_confirmed_attempt"), values)

    def event(
        self,
        occurrence_id: int,
        what: str,
        state: State,
        fence: int,
        now: datetime,
        detail: Mapping[str, object] | None = None,
    ) -> None:
        """Append one event."""
        append_event(self._db, self._instance, occurrence_id, what, state=state, fence=fence, now=now, detail=detail)

    def _require(self, cursor: sqlite3.Cursor, claim: Claim) -> None:
        if cursor.rowcount != 1:
            raise StaleFenceError(f"occurrence {claim.id}, fence {claim.fence}, {claim.state}")
