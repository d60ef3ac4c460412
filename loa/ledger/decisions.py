"""What people decide: approve, hold, cancel, resolve, withdraw, correct; stop everything and let it go on."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from loa.core.errors import Problem
from loa.ledger.events import append_event, as_json
from loa.ledger.model import Entry, Skip, State
from loa.ledger.occurrences import Occurrences
from loa.ledger.opening import changing, reading
from loa.ledger.queries import query
from loa.ledger.times import from_text, to_text

Scope = Literal["all", "channel", "campaign"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Approval:
    """A leader's yes to the content of one announcement on one channel."""

    campaign: str
    announcement: str
    channel: str
    content_sha256: str
    content: Mapping[str, object]  # what was approved, files by their hash
    person: str  # who approved
    recorded_by: str
    basis: str = ""  # the paper that says so: Phiếu trình số 12/PTr-VP
    basis_day: date | None = None
    scan_sha256: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Approved(Approval):
    """An approval as the ledger keeps it."""

    approved_at: datetime  # UTC


@dataclass(frozen=True, kw_only=True, slots=True)
class Pause:
    """A stop in force."""

    scope: Scope
    name: str  # of the channel or the campaign; empty for everything
    reason: str
    person: str
    paused_at: datetime  # UTC


class Decisions:
    """The decisions kept in one ledger. Methods raise LoaError when the file cannot be used, and change nothing then.

    Those that take an Entry raise StaleFenceError when it is no longer in the state that the person saw.
    """

    def __init__(self, db: sqlite3.Connection, rows: Occurrences, *, path: Path, instance: str) -> None:
        self._db = db
        self._rows = rows
        self._path = path
        self._instance = instance

    # On content

    def approve(self, approvals: Iterable[Approval], now: datetime) -> None:
        """Write approvals down, all or none; earlier ones of the same announcement on the same channel become void.

        What waited for them is due at once.
        """
        with changing(self._db, self._path):
            for approval in approvals:
                values = {
                    "campaign": approval.campaign,
                    "announcement": approval.announcement,
                    "channel": approval.channel,
                    "content_sha256": approval.content_sha256,
                    "content": as_json(dict(approval.content)),
                    "person": approval.person,
                    "basis": approval.basis,
                    "basis_day": approval.basis_day.isoformat() if approval.basis_day else None,
                    "scan_sha256": approval.scan_sha256,
                    "recorded_by": approval.recorded_by,
                    "now": to_text(now),
                }
                self._db.execute(query("void_approvals"), values)
                self._db.execute(query("approve"), values)
                self._db.execute(query("wake_approved"), values)
                told = {name: value for name, value in values.items() if name not in ("content", "now")}
                append_event(self._db, self._instance, None, "approved", state=State.PLANNED, now=now, detail=told)

    def approved(self, campaign: str, announcement: str, channel: str) -> str | None:
        """The hash of the content that counts as approved."""
        values = {"campaign": campaign, "announcement": announcement, "channel": channel}
        with reading(self._path):
            row = self._db.execute(query("approval_in_force"), values).fetchone()
        return str(row["content_sha256"]) if row else None

    def confirmed(self) -> frozenset[int]:
        """The occurrences of which a person, and no channel, said that they were posted."""
        with reading(self._path):
            return frozenset(row["id"] for row in self._db.execute(query("confirmed")))

    def submitted_ones(self) -> frozenset[int]:
        """The occurrences that a person has handed in where an editor still has to let them through."""
        with reading(self._path):
            return frozenset(row["id"] for row in self._db.execute(query("submitted")))

    def approvals(self, campaign: str | None = None) -> tuple[Approved, ...]:
        """Every approval as it was written down, oldest first; of one announcement on one channel the last counts."""
        with reading(self._path):
            rows = self._db.execute(query("approvals"), {"campaign": campaign}).fetchall()
        return tuple(
            Approved(
                campaign=row["campaign"],
                announcement=row["announcement"],
                channel=row["channel"],
                content_sha256=row["content_sha256"],
                content=json.loads(row["content"]),
                person=row["person"],
                recorded_by=row["recorded_by"],
                basis=row["basis"],
                basis_day=date.fromisoformat(row["basis_day"]) if row["basis_day"] else None,
                scan_sha256=row["scan_sha256"],
                approved_at=from_text(row["approved_at"]),
            )
            for row in rows
        )

    # On one occurrence

    def hold(self, entry: Entry, *, by: str, why: str, now: datetime) -> None:
        """Keep it back until somebody lets it go."""
        self._decide(entry, State.HELD, "held", by, why, now)

    def let_go(self, entry: Entry, *, by: str, why: str, now: datetime) -> None:
        """What was held waits for its time again."""
        self._decide(entry, State.PLANNED, "let go", by, why, now)

    def cancel(self, entry: Entry, *, by: str, why: str, now: datetime) -> None:
        """It will not be sent."""
        self._decide(entry, State.CANCELLED, "cancelled", by, why, now)

    def send_again(self, entry: Entry, *, by: str, why: str, now: datetime) -> None:
        """A person has seen that it is not out there: it waits for its time again."""
        with self._rows.changing():
            detail = {"by": by, "why": why}
            self._rows.decide(entry, State.PLANNED, "send again", now, detail=detail, note=why, trouble=())
            self._rows.close_attempt(entry.id, "absent", now)
            self._rows.forget_steps(entry.id)

    def skip(self, entry: Entry, *, by: str, why: str, now: datetime) -> None:
        """A person has decided to leave it at that."""
        self._decide(entry, State.SKIPPED, "skipped", by, why, now, outcome="given_up", reason=Skip.CHOSEN)

    def submitted(self, entry: Entry, *, by: str, why: str, now: datetime) -> None:
        """A person has handed it in where an editor still has to let it through."""
        trouble = None if entry.state is State.HANDED else ()  # what a recall asks of a person stays
        self._decide(entry, State.HANDED, "submitted", by, why, now, trouble=trouble)

    def published(self, entry: Entry, *, link: str, by: str, why: str, now: datetime, photo_sha256: str = "") -> None:
        """A person has seen that it is out there, or has put it there; ``photo_sha256`` is of a picture of it."""
        with self._rows.changing():
            detail = {"by": by, "why": why, "link": link, "photo_sha256": photo_sha256}
            self._rows.decide(entry, State.PUBLISHED, "published", now, detail=detail, note=why, trouble=())
            self._rows.confirm_attempt(entry.id, link=link, now=now)

    def withdrawn(self, entry: Entry, *, by: str, why: str, now: datetime) -> None:
        """It was taken down."""
        self._decide(entry, State.WITHDRAWN, "withdrawn", by, why, now, outcome="withdrawn", trouble=())

    def recall(self, entry: Entry, *, by: str, why: str, now: datetime) -> bool:
        """Withdraw what is or may be out there: the posting job takes it down, or calls it off, as soon as it can.

        Whether there is still something to be done.
        """
        with self._rows.changing():
            return self._rows.recall(entry.id, now, by=by, why=why)

    def void_approvals(self, campaign: str, announcement: str, now: datetime) -> None:
        """What was approved of an announcement no longer counts, on any channel: it was withdrawn."""
        with changing(self._db, self._path):
            values = {"campaign": campaign, "announcement": announcement, "channel": None, "now": to_text(now)}
            self._db.execute(query("void_approvals"), values)

    def corrected(
        self,
        entry: Entry,
        *,
        by: str,
        why: str,
        now: datetime,
        content_sha256: str,
        media: Mapping[str, str] | None = None,
        look_again_at: datetime | None = None,
    ) -> None:
        """What is out there was replaced by the content with this hash; ``media`` None: its files are where they were.

        ``look_again_at``: when to see whether the public still finds it.
        """
        with self._rows.changing():
            detail = {"by": by, "why": why, "content_sha256": content_sha256}
            self._rows.decide(
                entry, State.PUBLISHED, "corrected", now, detail=detail, note=why, trouble=(), next_at=look_again_at
            )
            self._rows.correct_attempt(entry.id, content_sha256, media)

    def ask(
        self, entry: Entry, request: Problem, *, by: str, why: str, now: datetime, content_sha256: str = ""
    ) -> None:
        """A person is asked to see to what no channel can do, and is reminded until somebody says that it was done.

        ``content_sha256``: of the content that is to stand there, for a correction.
        """
        with self._rows.changing():
            detail = {"by": by, "why": why, "request": request.key}
            self._rows.decide(entry, entry.state, "asked", now, detail=detail, trouble=[request], next_at=entry.next_at)
            if content_sha256:
                self._rows.correct_attempt(entry.id, content_sha256)

    def shift(self, entry: Entry, starts_at: datetime, ends_at: datetime, *, by: str, why: str, now: datetime) -> None:
        """It is to go out at another time than the plan says (aware instants); the plan no longer moves it."""
        with self._rows.changing():
            self._rows.shift(entry, starts_at, ends_at, now, detail={"by": by, "why": why})

    # On everything

    def pause(self, scope: Scope, name: str, *, by: str, reason: str, now: datetime) -> bool:
        """Stop; whether it was not stopped already. Takes effect before the next byte."""
        values = {"scope": scope, "name": name, "reason": reason, "person": by, "now": to_text(now)}
        return self._change_pause("pause", "paused", values, now)

    def resume(self, scope: Scope, name: str, *, by: str, now: datetime) -> bool:
        """Let go on; whether it was stopped."""
        return self._change_pause("resume", "resumed", {"scope": scope, "name": name, "person": by}, now)

    def pauses(self) -> tuple[Pause, ...]:
        """What is stopped now, oldest first."""
        with reading(self._path):
            rows = self._db.execute(query("pauses")).fetchall()
        return tuple(
            Pause(
                scope=row["scope"],
                name=row["name"],
                reason=row["reason"],
                person=row["person"],
                paused_at=from_text(row["paused_at"]),
            )
            for row in rows
        )

    def _change_pause(self, name: str, what: str, values: dict[str, str], now: datetime) -> bool:
        with changing(self._db, self._path):
            changed = self._db.execute(query(name), {**values, "now": to_text(now)}).rowcount == 1
            if changed:
                append_event(self._db, self._instance, None, what, state=State.HELD, now=now, detail=values)
        return changed

    def _decide(
        self,
        entry: Entry,
        to: State,
        what: str,
        by: str,
        why: str,
        now: datetime,
        *,
        outcome: str = "",
        reason: Skip | None = None,
        trouble: Sequence[Problem] | None = None,
    ) -> None:
        with self._rows.changing():
            detail = {"by": by, "why": why}
            self._rows.decide(entry, to, what, now, detail=detail, note=why, reason=reason, trouble=trouble)
            if outcome:
                self._rows.close_attempt(entry.id, outcome, now)
