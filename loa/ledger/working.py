"""One occurrence in hand: taken, tried and settled, each step one transaction that names the fence it expects."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from loa.core.errors import Problem
from loa.ledger.events import as_json
from loa.ledger.gate import find_stop
from loa.ledger.model import Claim, Sending, Skip, State, Stop
from loa.ledger.occurrences import Occurrences
from loa.ledger.queries import query
from loa.ledger.times import to_text

# How long a process may work on one occurrence before others think it dead. Preparing a post takes seconds.
LEASE = timedelta(minutes=5)
# What the far side is asked about, as events call it.
_ASKING = {State.UNKNOWN: "looking up", State.PROCESSING: "following", State.PUBLISHED: "seeing"}


class Working:
    """The part of a ledger that the posting job works with.

    Methods raise LoaError (``ledger.unusable``) when the file cannot be written, and have changed nothing then; those
    that take a Claim raise StaleFenceError when it is no longer valid. ``now`` is an aware datetime.
    """

    _db: sqlite3.Connection
    _rows: Occurrences

    def claim(self, occurrence_id: int, now: datetime) -> Claim | None:
        """The right to prepare and send a waiting occurrence whose time has come; None when it is not to be had."""
        with self._rows.changing():
            return self._rows.take("claim", occurrence_id, State.CLAIMED, "claimed", now=now, lease_until=now + LEASE)

    def take(self, occurrence_id: int, state: State, now: datetime) -> Claim | None:
        """The right to ask the far side about an occurrence in ``state``; None when somebody else has it."""
        with self._rows.changing():
            what = _ASKING[state]
            return self._rows.take("take", occurrence_id, state, what, now=now, lease_until=now + LEASE)

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
            self._rows.move(claim, State.SENDING, "intent", now, lease_until=now + LEASE, detail=detail)
            self._rows.begin_attempt(claim, sending, now)
        return Claim(id=claim.id, fence=claim.fence, state=State.SENDING, content_sha256=content)

    def go_ahead(self, claim: Claim, now: datetime) -> Stop | None:
        """Asked right before a byte that the public sees: why it may not leave any more, if so; the lease begins anew.

        Raises StaleFenceError when another process has taken the occurrence over.
        """
        with self._rows.changing():
            self._rows.renew(claim, now + LEASE)
            entry = self._rows.one(claim.id)
            stop = find_stop(self._db, entry, now, content_sha256=claim.content_sha256, alone=False)
            if stop is None:
                self._rows.ask_attempt(claim, now)
            return stop

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
            if self._rows.one(claim.id).recalled_by:
                look_again_at = None  # it is to be taken down at once, not to be seen first
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
            if to is State.PLANNED and self._rows.one(claim.id).recalled_by:
                to = State.CANCELLED  # it is certain now that nothing is out there, and somebody has withdrawn it
            self._rows.move(claim, to, outcome, now, trouble=problems, next_at=next_at, looks=looks)
            self._rows.end_attempt(claim, outcome, now)
