"""The ledger: every occurrence from plan to receipt, in one SQLite file that is also the queue.

Each change of state is one transaction that names the state and the fence it expects, and that appends an event.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from loa.core.errors import Problem
from loa.ledger.events import append_event, contradicted_occurrences, first_broken_event
from loa.ledger.model import Claim, Entry, Recorded, Skip, StaleFenceError, State
from loa.ledger.numbers import Register
from loa.ledger.opening import changing, open_database, reading
from loa.ledger.queries import query
from loa.ledger.recording import record_plan
from loa.ledger.rows import to_entry, trouble_to_text
from loa.ledger.times import to_text
from loa.planning.plan import Occurrence

# How long a process may work on one occurrence before others think it dead. Preparing a post takes seconds.
LEASE = timedelta(minutes=5)


def open_ledger(path: Path, *, rehearsal: bool, now: datetime) -> Ledger:
    """The ledger in ``path``, made at ``now`` if it is not there. Raises LoaError like ``open_database``."""
    db, instance = open_database(path, rehearsal=rehearsal, now=now)
    return Ledger(db, path=path, instance=instance, rehearsal=rehearsal)


class Ledger:
    """An open ledger; also a context manager that closes it. One object per process and thread.

    Every method raises LoaError (``ledger.unusable``) when the file cannot be read or written, and then has changed
    nothing. Methods that take a Claim raise StaleFenceError when it is no longer valid. ``now`` is an aware datetime.
    """

    def __init__(self, db: sqlite3.Connection, *, path: Path, instance: str, rehearsal: bool) -> None:
        self._db = db
        self._path = path
        self._instance = instance
        self.rehearsal = rehearsal  # a trial run: nothing may leave this computer
        self.register = Register(db, path=path, instance=instance)

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

    def record(self, campaign: str, occurrences: Iterable[Occurrence], now: datetime) -> Recorded:
        """Make the waiting part of the ledger agree with a campaign's whole plan; what was begun or sent stays.

        New occurrences are added, those with another time moved, those no longer planned skipped, those planned
        again restored. Recording the same plan again changes nothing. Raises LoaError (``ledger.code_taken``).
        """
        with self._changing():
            return record_plan(self._db, self._instance, campaign, occurrences, now)

    # Reading

    def entry(self, occurrence_id: int) -> Entry:
        """One occurrence. KeyError when there is none."""
        found = self._entries(None, occurrence_id)
        if not found:
            raise KeyError(occurrence_id)
        return found[0]

    def entries(self, campaign: str | None = None) -> tuple[Entry, ...]:
        """Every occurrence, or those of one campaign, by time."""
        return self._entries(campaign, None)

    def due(self, now: datetime) -> tuple[int, ...]:
        """What waits and whose time has come, earliest first."""
        return self._ids("due", now)

    def unknown(self, now: datetime) -> tuple[int, ...]:
        """What may or may not be out there and nobody is looking up, earliest first."""
        return self._ids("unknown", now)

    def first_broken_event(self) -> int | None:
        """The first event that was tampered with, or before which one is missing."""
        with self._reading():
            return first_broken_event(self._db, self._instance)

    def contradicted(self) -> tuple[int, ...]:
        """Occurrences whose state is not the one their newest event tells: changed by another hand."""
        with self._reading():
            return tuple(contradicted_occurrences(self._db))

    # Working on one occurrence

    def claim(self, occurrence_id: int, now: datetime) -> Claim | None:
        """The right to prepare and send a waiting occurrence whose time has come; None when it is not to be had."""
        return self._take("claim", occurrence_id, State.CLAIMED, "claimed", now)

    def take_unknown(self, occurrence_id: int, now: datetime) -> Claim | None:
        """The right to look up an occurrence of unknown outcome; None when somebody else has it."""
        return self._take("take_unknown", occurrence_id, State.UNKNOWN, "looking up", now)

    def release(self, claim: Claim, problems: Sequence[Problem], now: datetime) -> None:
        """Nothing was sent; the occurrence waits for the next try."""
        with self._changing():
            self._move(claim, State.PLANNED, "released", now, trouble=problems)

    def skip(self, claim: Claim, reason: Skip, now: datetime) -> None:
        """Nothing was sent and nothing will be. What troubled earlier tries stays readable."""
        with self._changing():
            trouble = self._entries(None, claim.id)[0].trouble
            self._move(claim, State.SKIPPED, "skipped", now, reason=reason, trouble=trouble)

    def begin_attempt(self, claim: Claim, *, marker: str, payload_sha256: str, now: datetime) -> Claim:
        """Commit the intent to send; only after this may the first byte leave. The claim for what follows."""
        with self._changing():
            row = {"id": claim.id, "fence": claim.fence, "marker": marker, "payload_sha256": payload_sha256}
            detail = {"payload_sha256": payload_sha256, "marker": marker}
            self._move(claim, State.SENDING, "intent", now, lease_until=now + LEASE, detail=detail)
            self._db.execute(query("begin_attempt"), {**row, "now": to_text(now)})
        return Claim(id=claim.id, fence=claim.fence, state=State.SENDING)

    def settle_published(
        self, claim: Claim, *, remote_id: str, link: str, published_at: datetime, adopted: bool, now: datetime
    ) -> None:
        """The post is out there: the answer said so, or (``adopted``) a look-up found it."""
        receipt = {"remote_id": remote_id, "link": link, "published_at": to_text(published_at), "adopted": adopted}
        with self._changing():
            self._move(claim, State.PUBLISHED, "published", now, detail=receipt)
            self._end_attempt(claim, "published", now, **receipt)

    def settle_rejected(self, claim: Claim, problems: Sequence[Problem], now: datetime) -> None:
        """Refused for good; nothing is out there."""
        self._settle(claim, State.REJECTED, "rejected", problems, now)

    def settle_not_sent(self, claim: Claim, problems: Sequence[Problem], now: datetime) -> None:
        """Certainly not out there; the occurrence waits for the next try."""
        self._settle(claim, State.PLANNED, "not_sent", problems, now)

    def settle_absent(self, claim: Claim, now: datetime) -> None:
        """A look-up has shown that nothing is out there; the occurrence waits for the next try."""
        self._settle(claim, State.PLANNED, "absent", (), now)

    def settle_unknown(self, claim: Claim, problems: Sequence[Problem], now: datetime) -> None:
        """It may or may not be out there, or the look-up gave no answer; a later look-up will tell."""
        self._settle(claim, State.UNKNOWN, "unknown", problems, now)

    def expire_leases(self, now: datetime) -> int:
        """Take back what dead processes left: claimed waits again, sending becomes unknown. How many there were."""
        with self._changing():
            stale = self._db.execute(query("stale"), {"now": to_text(now)}).fetchall()
            for row in stale:
                to = State.PLANNED if row["state"] == State.CLAIMED else State.UNKNOWN
                values = {"id": row["id"], "fence": row["fence"], "state": row["state"], "to": to, "now": to_text(now)}
                fence = self._db.execute(query("expire"), values).fetchone()["fence"]
                self._event(row["id"], "lease over", to, fence, now)
            return len(stale)

    def _take(self, name: str, occurrence_id: int, state: State, what: str, now: datetime) -> Claim | None:
        values = {"id": occurrence_id, "now": to_text(now), "lease_until": to_text(now + LEASE)}
        with self._changing():
            row = self._db.execute(query(name), values).fetchone()
            if row is None:
                return None
            self._event(occurrence_id, what, state, row["fence"], now)
        return Claim(id=occurrence_id, fence=row["fence"], state=state)

    def _settle(self, claim: Claim, to: State, outcome: str, problems: Sequence[Problem], now: datetime) -> None:
        with self._changing():
            self._move(claim, to, outcome, now, trouble=problems)
            self._end_attempt(claim, outcome, now)

    def _move(
        self,
        claim: Claim,
        to: State,
        what: str,
        now: datetime,
        *,
        reason: Skip | None = None,
        trouble: Sequence[Problem] = (),
        lease_until: datetime | None = None,
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
        }
        if self._db.execute(query("move"), values).rowcount != 1:
            raise StaleFenceError(f"occurrence {claim.id}, fence {claim.fence}, {claim.state}")
        more = {"reason": reason} if reason else {"trouble": values["trouble"]} if trouble else {}
        self._event(claim.id, what, to, claim.fence, now, {**(detail or {}), **more})

    def _end_attempt(self, claim: Claim, outcome: str, now: datetime, **receipt: object) -> None:
        nothing = {"remote_id": "", "link": "", "published_at": None, "adopted": False}
        values = {"id": claim.id, "outcome": outcome, "now": to_text(now), **nothing, **receipt}
        self._db.execute(query("end_attempt"), values)

    def _event(
        self,
        occurrence_id: int,
        what: str,
        state: State,
        fence: int,
        now: datetime,
        detail: Mapping[str, object] | None = None,
    ) -> None:
        append_event(self._db, self._instance, occurrence_id, what, state=state, fence=fence, now=now, detail=detail)

    def _entries(self, campaign: str | None, occurrence_id: int | None) -> tuple[Entry, ...]:
        with self._reading():
            rows = self._db.execute(query("entries"), {"campaign": campaign, "id": occurrence_id}).fetchall()
        return tuple(to_entry(row) for row in rows)

    def _ids(self, name: str, now: datetime) -> tuple[int, ...]:
        with self._reading():
            return tuple(row["id"] for row in self._db.execute(query(name), {"now": to_text(now)}))

    def _changing(self) -> AbstractContextManager[None]:
        return changing(self._db, self._path)

    def _reading(self) -> AbstractContextManager[None]:
        return reading(self._path)
