"""What the ledger and today's files tell a person: how far each campaign is, what comes next, what needs somebody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from loa.core.errors import LoaError, Problem
from loa.delivery.drift import Drift, find_drifts
from loa.delivery.office import Office
from loa.ledger.model import Entry, Skip, State
from loa.ledger.store import LEASE, Ledger

# Cron calls the posting job every minute, and preparing takes time; longer than this, and nobody runs it.
PATIENCE = timedelta(minutes=5)
# For so long after its end somebody may still want to post by hand what was missed.
MISSED = timedelta(hours=24)

_UNSENT = {State.PLANNED, State.CLAIMED, State.SENDING}


@dataclass(frozen=True, kw_only=True, slots=True)
class CampaignStatus:
    """One campaign in the ledger."""

    campaign: str
    counts: Mapping[State, int]  # only states that occur
    next: Entry | None  # the next that waits and that the file, where it can be read, still asks for
    published: tuple[Entry, ...]  # with their links
    skipped: tuple[Entry, ...]  # with their reasons
    drift: Drift  # what recording the plan of today's file would change
    holding: tuple[Problem, ...]  # what will keep the coming ones from going out, each once


@dataclass(frozen=True, kw_only=True, slots=True)
class Attention:
    """One occurrence that needs a person."""

    entry: Entry
    problems: tuple[Problem, ...]  # why, as far as known


@dataclass(frozen=True, kw_only=True, slots=True)
class Status:
    """The whole ledger at one moment. No occurrence is both in ``overdue`` and in ``attention``."""

    at: datetime
    rehearsal: bool
    counts: Mapping[State, int]  # only states that occur
    campaigns: tuple[CampaignStatus, ...]  # by name
    waiting: Mapping[str, str]  # campaigns whose window waits for a document to have its number, and that document
    overdue: tuple[Entry, ...]  # due for long and not sent, and nothing says why: nobody runs the posting job
    attention: tuple[Attention, ...]  # rejected, of unknown outcome, troubled or held, or lately skipped as late
    broken_event: int | None  # the first event of the ledger that somebody changed, if any
    contradicted: tuple[int, ...]  # occurrences changed without an event

    @property
    def needs_person(self) -> bool:
        """Whether somebody must look: at an occurrence, at a campaign's file, or at the ledger itself."""
        files = any(campaign.drift or campaign.holding for campaign in self.campaigns)
        tampered = self.contradicted or self.broken_event is not None
        return bool(self.overdue or self.attention or files or tampered)


def status(ledger: Ledger, office: Office, now: datetime, campaign: str | None = None) -> Status:
    """The state of things at ``now``, of one campaign or of all. Raises LoaError when the ledger cannot be read."""
    entries = ledger.entries(campaign)
    names = sorted({entry.occurrence.campaign for entry in entries})
    drifts = find_drifts(entries, office)
    known = {entry.id: _reasons(entry, office, now, rehearsal=ledger.rehearsal) for entry in entries}
    return Status(
        at=now,
        rehearsal=ledger.rehearsal,
        counts=_counts(entries),
        campaigns=tuple(_campaign(name, entries, known, drifts.get(name, Drift()), now) for name in names),
        waiting={name: document for name, document in office.awaited().items() if campaign in (None, name)},
        overdue=tuple(entry for entry in entries if not known[entry.id] and _is_overdue(entry, now)),
        attention=tuple(
            Attention(entry=entry, problems=known[entry.id])
            for entry in entries
            if _needs_attention(entry, known[entry.id], now)
        ),
        broken_event=ledger.first_broken_event(),
        contradicted=ledger.contradicted(),
    )


def _campaign(
    name: str,
    entries: tuple[Entry, ...],
    known: Mapping[int, tuple[Problem, ...]],
    drift: Drift,
    now: datetime,
) -> CampaignStatus:
    own = tuple(entry for entry in entries if entry.occurrence.campaign == name)
    coming = [entry for entry in own if entry.state is State.PLANNED and entry.occurrence.starts_at > now]
    holding: list[Problem] = []
    for problem in (problem for entry in coming for problem in known[entry.id]):
        if problem not in holding:
            holding.append(problem)
    return CampaignStatus(
        campaign=name,
        counts=_counts(own),
        next=next((entry for entry in coming if entry.occurrence not in drift.dropped), None),
        published=tuple(entry for entry in own if entry.state is State.PUBLISHED),
        skipped=tuple(entry for entry in own if entry.state is State.SKIPPED),
        drift=drift,
        holding=tuple(holding),
    )


def _counts(entries: tuple[Entry, ...]) -> Mapping[State, int]:
    counted = Counter(entry.state for entry in entries)
    return {state: counted[state] for state in State if counted[state]}


def _reasons(entry: Entry, office: Office, now: datetime, *, rehearsal: bool) -> tuple[Problem, ...]:
    """Why an occurrence is or will not be out: what its file or channel lack today, else the trouble of its last try.

    Trouble of an occurrence that was moved to a later time says nothing of that time.
    """
    try:
        if entry.state is State.PLANNED:
            office.campaign(entry.occurrence.campaign)
        if entry.state in {State.PLANNED, State.UNKNOWN}:
            office.channel(entry.occurrence.channel, rehearsal=rehearsal)
    except LoaError as error:
        return error.problems
    return entry.trouble if entry.occurrence.starts_at <= now else ()


def _is_overdue(entry: Entry, now: datetime) -> bool:
    """Due for so long that a posting job that runs would have sent it; one at work on it may take its lease."""
    patience = PATIENCE if entry.state is State.PLANNED else PATIENCE + LEASE
    return entry.state in _UNSENT and now - entry.occurrence.starts_at > patience


def _needs_attention(entry: Entry, reasons: tuple[Problem, ...], now: datetime) -> bool:
    if entry.state is State.SKIPPED:
        return entry.reason is Skip.LATE and now < entry.occurrence.ends_at + MISSED
    if entry.state in _UNSENT:
        return bool(reasons) and entry.occurrence.starts_at <= now
    return entry.state in {State.REJECTED, State.UNKNOWN}
