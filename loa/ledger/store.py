"""The ledger: every occurrence from plan to receipt, in one SQLite file that is also the queue.

Each change of state is one transaction that names the state and the fence it expects, and that appends an event.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from loa.core.errors import Problem
from loa.ledger.accounts import Accounts
from loa.ledger.decisions import Decisions
from loa.ledger.events import as_json, contradicted_occurrences, first_broken_event
from loa.ledger.gate import find_stop
from loa.ledger.job import Job
from loa.ledger.model import Claim, Entry, Recorded, Sending, Sent, Skip, State, Stop
from loa.ledger.numbers import Register
from loa.ledger.occurrences import Occurrences
from loa.ledger.opening import open_database, reading
from loa.ledger.queries import query
from loa.ledger.recording import WhyNot, record_plan
from loa.ledger.times import to_text
from loa.planning.plan import Occurrence

# How long a process may work on one occurrence before others think it dead. Preparing a post takes seconds.
LEASE = timedelta(minutes=5)
# What the far side is asked about, as events call it.
_ASKING = {State.UNKNOWN: "looking up", State.PROCESSING: "following", State.PUBLISHED: "seeing"}


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
        self._rows = Occurrences(db, path=path, instance=instance)
        self.rehearsal = rehearsal  # a trial run: nothing may leave this computer
        self.register = Register(db, path=path, instance=instance)
        self.decisions = Decisions(db, self._rows, path=path, instance=instance)
        self.accounts = Accounts(db, path=path)
        self.job = Job(db, path=path)

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

    def entries(self, campaign: str | None = None) -> tuple[Entry, ...]:
        """Every occurrence, or those of one campaign, by time."""
        return self._rows.read(campaign)

    def due(self, now: datetime) -> tuple[int, ...]:
        """What waits and whose time has come, earliest first."""
        return self._rows.ids("due", now)

    def open_questions(self, state: State, now: datetime) -> tuple[int, ...]:
        """What the far side has to be asked about now and nobody is asking, earliest first: UNKNOWN, PROCESSING, or
        PUBLISHED and still to be seen by the public.
        """
        return self._rows.ids("open_questions", now, state=state)

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

    # Working on one occurrence

    def claim(self, occurrence_id: int, now: datetime, *, lease: timedelta = LEASE) -> Claim | None:
        """The right to prepare and send a waiting occurrence whose time has come; None when it is not to be had."""
        with self._rows.changing():
            return self._rows.take("claim", occurrence_id, State.CLAIMED, "claimed", now=now, lease_until=now + lease)

    def take(self, occurrence_id: int, state: State, now: datetime, *, lease: timedelta = LEASE) -> Claim | None:
        """The right to ask the far side about an occurrence in ``state``; None when somebody else has it."""
        with self._rows.changing():
            what = _ASKING[state]
            return self._rows.take("take", occurrence_id, state, what, now=now, lease_until=now + lease)

    def release(
        self, claim: Claim, problems: Sequence[Problem], now: datetime, *, next_at: datetime | None = None
    ) -> None:
        """Nothing was sent; the occurrence waits for the next try, not before ``next_at``."""
        with self._rows.changing():
            self._rows.move(claim, State.PLANNED, "released", now, trouble=problems, next_at=next_at)

    def skip(self, claim: Claim, reason: Skip, now: datetime) -> None:
        """Nothing was sent and nothing will be. What troubled earlier tries stays readable."""
        with self._rows.changing():
            trouble = self._rows.one(claim.id).trouble
            self._rows.move(claim, State.SKIPPED, "skipped", now, reason=reason, trouble=trouble)

    def begin_attempt(
        self,
        claim: Claim,
        sending: Sending,
        now: datetime,
        *,
        approved: bool = False,
        alone: bool = False,
        lease: timedelta = LEASE,
    ) -> Claim | Stop:
        """Commit the intent to send; only after this may the first byte leave. The claim for what follows.

        In the same transaction everything that may stop a sending is looked at again; a Stop has changed nothing.
        ``approved``: somebody must have approved this content. ``alone``: nobody else may be sending through the
        same channel.
        """
        with self._rows.changing():
            entry = self._rows.one(claim.id)
            content = sending.content_sha256 if approved else None
            if stop := find_stop(self._db, entry, now, content_sha256=content, alone=alone):
                return stop
            detail = {"payload_sha256": sending.payload_sha256, "marker": sending.marker}
            self._rows.move(claim, State.SENDING, "intent", now, lease_until=now + lease, detail=detail)
            self._rows.begin_attempt(claim, sending, now)
        return Claim(id=claim.id, fence=claim.fence, state=State.SENDING)

    def save_steps(self, claim: Claim, steps: Mapping[str, str], now: datetime) -> None:
        """How far a publication of several steps has come, on disk on return; the lease begins anew."""
        with self._rows.changing():
            self._rows.save_steps(claim, steps, now, lease_until=now + LEASE)

    def settle_published(
        self,
        claim: Claim,
        *,
        remote_id: str,
        link: str,
        published_at: datetime,
        adopted: bool,
        now: datetime,
        media: Mapping[str, str] | None = None,
        look_again_at: datetime | None = None,
    ) -> None:
        """The post is out there: the answer said so, or (``adopted``) a look-up found it.

        ``look_again_at``: when to see whether the public still finds it.
        """
        receipt = {"remote_id": remote_id, "link": link, "published_at": to_text(published_at), "adopted": adopted}
        with self._rows.changing():
            self._rows.move(claim, State.PUBLISHED, "published", now, detail=receipt, next_at=look_again_at)
            self._rows.end_attempt(claim, "published", now, **receipt, media=as_json(dict(media or {})))

    def adopt(self, claim: Claim, sending: Sending, now: datetime) -> Claim:
        """A post that this ledger never sent is out there already: the try that it never had, to be settled."""
        with self._rows.changing():
            self._rows.move(claim, State.SENDING, "found before sending", now, lease_until=now + LEASE)
            self._rows.begin_attempt(claim, sending, now)
        return Claim(id=claim.id, fence=claim.fence, state=State.SENDING)

    def settle_processing(
        self, claim: Claim, now: datetime, *, next_at: datetime, problems: Sequence[Problem] = ()
    ) -> None:
        """The far side has it and works on it; ask again at ``next_at``. ``problems``: why it could not be asked."""
        self._settle(claim, State.PROCESSING, "processing", problems, now, next_at=next_at)

    def settle_handed(self, claim: Claim, folder: str, now: datetime) -> None:
        """It lies ready for a person in ``folder`` of the workspace."""
        with self._rows.changing():
            self._rows.move(claim, State.HANDED, "handed", now, detail={"folder": folder})
            self._rows.end_attempt(claim, "handed", now, remote_id=folder)

    def settle_rejected(self, claim: Claim, problems: Sequence[Problem], now: datetime) -> None:
        """Refused for good; nothing is out there."""
        self._settle(claim, State.REJECTED, "rejected", problems, now)

    def settle_not_sent(
        self, claim: Claim, problems: Sequence[Problem], now: datetime, *, next_at: datetime | None = None
    ) -> None:
        """Certainly not out there; the occurrence waits for the next try, not before ``next_at``."""
        self._settle(claim, State.PLANNED, "not_sent", problems, now, next_at=next_at)

    def settle_absent(self, claim: Claim, now: datetime) -> None:
        """Look-ups have shown that nothing is out there; the occurrence waits for the next try."""
        self._settle(claim, State.PLANNED, "absent", (), now)

    def settle_unknown(
        self,
        claim: Claim,
        problems: Sequence[Problem],
        now: datetime,
        *,
        next_at: datetime | None = None,
        looks: int = 0,
    ) -> None:
        """It may or may not be out there, or the look-up gave no answer; look again at ``next_at``."""
        self._settle(claim, State.UNKNOWN, "unknown", problems, now, next_at=next_at, looks=looks)

    def settle_needs_person(self, claim: Claim, problems: Sequence[Problem], now: datetime) -> None:
        """Look-ups could not tell whether it is out there: a person has to."""
        with self._rows.changing():
            self._rows.move(claim, State.NEEDS_PERSON, "needs_person", now, trouble=problems)
            self._rows.end_attempt(claim, "unknown", now)

    def settle_seen(
        self, claim: Claim, *, seen: bool, now: datetime, next_at: datetime | None, gone_since: datetime | None = None
    ) -> None:
        """Whether the public still sees a published post; it stays published whatever comes out."""
        with self._rows.changing():
            self._rows.mark_seen(claim, seen=seen, gone_since=gone_since, next_at=next_at, now=now)

    def expire_leases(self, now: datetime) -> int:
        """Take back what dead processes left: claimed waits again, sending becomes unknown. How many there were."""
        with self._rows.changing():
            stale = self._db.execute(query("stale"), {"now": to_text(now)}).fetchall()
            for row in stale:
                to = State.PLANNED if row["state"] == State.CLAIMED else State.UNKNOWN
                values = {"id": row["id"], "fence": row["fence"], "state": row["state"], "to": to, "now": to_text(now)}
                fence = self._db.execute(query("expire"), values).fetchone()["fence"]
                self._rows.event(row["id"], "lease over", to, fence, now)
            return len(stale)

    def _settle(
        self,
        claim: Claim,
        to: State,
        outcome: str,
        problems: Sequence[Problem],
        now: datetime,
        *,
        next_at: datetime | None = None,
        looks: int = 0,
    ) -> None:
        with self._rows.changing():
            self._rows.move(claim, to, outcome, now, trouble=problems, next_at=next_at, looks=looks)
            self._rows.end_attempt(claim, outcome, now)
