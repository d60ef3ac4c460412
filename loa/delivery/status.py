"""What the ledger tells a person: how far each campaign is, what comes next, what needs somebody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from loa.ledger.model import Entry, Skip, State
from loa.ledger.store import Ledger


@dataclass(frozen=True, kw_only=True, slots=True)
class CampaignStatus:
    """One campaign in the ledger."""

    campaign: str
    counts: Mapping[State, int]  # only states that occur
    next: Entry | None  # the next that waits
    published: tuple[Entry, ...]  # with their links


@dataclass(frozen=True, kw_only=True, slots=True)
class Status:
    """The whole ledger at one moment."""

    at: datetime
    rehearsal: bool
    counts: Mapping[State, int]  # only states that occur
    campaigns: tuple[CampaignStatus, ...]  # by name
    overdue: tuple[Entry, ...]  # due and still waiting: normal for a minute, then nobody runs the posting job
    attention: tuple[Entry, ...]  # rejected, of unknown outcome, troubled, or skipped because it was too late
    broken_event: int | None  # the first event of the ledger that somebody changed, if any
    contradicted: tuple[int, ...]  # occurrences changed without an event


def status(ledger: Ledger, now: datetime, campaign: str | None = None) -> Status:
    """The state of the ledger at ``now``, of one campaign or of all. Raises LoaError when it cannot be read."""
    entries = ledger.entries(campaign)
    names = sorted({entry.occurrence.campaign for entry in entries})
    return Status(
        at=now,
        rehearsal=ledger.rehearsal,
        counts=_counts(entries),
        campaigns=tuple(_campaign(name, entries, now) for name in names),
        overdue=tuple(entry for entry in entries if _waits(entry) and entry.occurrence.starts_at <= now),
        attention=tuple(entry for entry in entries if _needs_attention(entry)),
        broken_event=ledger.first_broken_event(),
        contradicted=ledger.contradicted(),
    )


def _campaign(name: str, entries: tuple[Entry, ...], now: datetime) -> CampaignStatus:
    own = tuple(entry for entry in entries if entry.occurrence.campaign == name)
    coming = (entry for entry in own if _waits(entry) and entry.occurrence.starts_at > now)
    return CampaignStatus(
        campaign=name,
        counts=_counts(own),
        next=next(coming, None),
        published=tuple(entry for entry in own if entry.state is State.PUBLISHED),
    )


def _counts(entries: tuple[Entry, ...]) -> Mapping[State, int]:
    counted = Counter(entry.state for entry in entries)
    return {state: counted[state] for state in State if counted[state]}


def _waits(entry: Entry) -> bool:
    return entry.state is State.PLANNED


def _needs_attention(entry: Entry) -> bool:
    if entry.state is State.SKIPPED:
        return entry.reason is Skip.LATE
    return entry.state in {State.REJECTED, State.UNKNOWN} or bool(entry.trouble)
