"""What the ledger and today's files tell a person: how far each campaign is, what comes next, what needs somebody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from loa.core.errors import LoaError, Problem
from loa.delivery.approving import contents
from loa.delivery.drift import Drift, find_drifts
from loa.delivery.missed import was_missed
from loa.delivery.office import Office
from loa.delivery.page import Waits, find_page
from loa.delivery.pausing import is_covered
from loa.ledger.accounts import Account
from loa.ledger.decisions import Pause
from loa.ledger.job import LastPass
from loa.ledger.model import Entry, Skip, State
from loa.ledger.store import Ledger
from loa.ledger.working import LEASE
from loa.planning.lateness import is_late

# Cron calls the posting job every minute, and preparing takes time; longer than this, and nobody runs it.
PATIENCE = timedelta(minutes=5)
# From one pass to the next.
PASS = timedelta(minutes=1)
# So long before its time somebody is told that a post has not been approved.
APPROVAL_LEAD = timedelta(hours=24)
# So long before a right to post ends somebody has to renew it.
EXPIRY_LEAD = timedelta(days=7)

_UNSENT = {State.PLANNED, State.CLAIMED, State.SENDING}
_FOR_A_PERSON = {State.REJECTED, State.UNKNOWN, State.NEEDS_PERSON, State.HANDED}
# The states that an occurrence which needs somebody may be in.
ATTENTION = frozenset({*_UNSENT, *_FOR_A_PERSON, State.HELD, State.PUBLISHED, State.SKIPPED})


@dataclass(frozen=True, kw_only=True, slots=True)
class CampaignStatus:
    """One campaign in the ledger."""

    campaign: str
    counts: Mapping[State, int]  # only states that occur
    next: Entry | None  # the next that waits and that the file, where it can be read, still asks for
    published: tuple[Entry, ...]  # with their links
    skipped: tuple[Entry, ...]  # with their reasons, but for those of ``past``
    past: int  # over before they were recorded: nobody missed them
    submitted: int  # of those handed over: a person has handed them in, and an editor has to let them through
    drift: Drift  # what recording the plan of today's file would change
    holding: tuple[Problem, ...]  # what will keep the coming ones from going out, each once


@dataclass(frozen=True, kw_only=True, slots=True)
class Attention:
    """One occurrence that needs a person."""

    entry: Entry
    problems: tuple[Problem, ...]  # why, as far as known


@dataclass(frozen=True, kw_only=True, slots=True)
class Status:
    """The whole ledger at one moment.

    No occurrence stands in two of ``overdue``, ``awaiting_page``, ``attention`` and ``unapproved``.
    """

    at: datetime
    rehearsal: bool
    counts: Mapping[State, int]  # only states that occur
    campaigns: tuple[CampaignStatus, ...]  # by name
    waiting: Mapping[str, str]  # campaigns whose window waits for a document to have its number, and that document
    overdue: tuple[Entry, ...]  # due for long and not sent, and nothing says why: nobody runs the posting job
    awaiting_page: tuple[Entry, ...]  # due, and waiting until the website has the page to point to
    submitted: frozenset[int]  # ids: handed in by a person where an editor has to let them through
    attention: tuple[Attention, ...]  # refused, in doubt, handed over, gone, troubled or held, or lately missed
    unapproved: tuple[Entry, ...]  # due within a day, and nobody has approved what stands there now
    pauses: tuple[Pause, ...]  # stops in force
    stopped: int  # due, and kept back by a stop
    accounts: tuple[Account, ...]  # closed, told to wait, or with a right to post that ends
    last_pass: LastPass | None
    behind: timedelta | None  # by how much the clock lies behind what the ledger has seen: nothing is sent
    broken_event: int | None  # the first event of the ledger that somebody changed, if any
    contradicted: tuple[int, ...]  # occurrences changed without an event

    @property
    def needs_person(self) -> bool:
        """Whether somebody must look: at an occurrence, an account, a campaign's file, the ledger or the clock."""
        files = any(campaign.drift or campaign.holding for campaign in self.campaigns)
        tampered = self.contradicted or self.broken_event is not None
        accounts = any(account.closed_at or expires_soon(account, self.at) for account in self.accounts)
        posts = self.overdue or self.attention or self.unapproved or (self.pauses and self.stopped)
        return bool(posts or files or tampered or accounts or self.behind)


def status(ledger: Ledger, office: Office, now: datetime, campaign: str | None = None) -> Status:
    """The state of things at ``now``, of one campaign or of all. Raises LoaError when the ledger cannot be read."""
    entries = ledger.entries(campaign)
    names = sorted({entry.occurrence.campaign for entry in entries})
    drifts = find_drifts(entries, office)
    known = {entry.id: _reasons(entry, office, now, rehearsal=ledger.rehearsal) for entry in entries}
    pauses = ledger.decisions.pauses()
    accounts = ledger.accounts.all()
    stopped = {entry.id for entry in entries if _is_stopped(entry, pauses, accounts, now)}
    attention = [entry for entry in entries if _needs_attention(entry, known[entry.id], now)]
    apart = stopped | {entry.id for entry in attention}
    overdue = [entry for entry in entries if entry.id not in apart and _is_overdue(entry, known[entry.id], now)]
    apart |= {entry.id for entry in overdue}
    unapproved = _unapproved([entry for entry in entries if entry.id not in apart], ledger, office, now)
    apart |= {entry.id for entry in unapproved}
    submitted = ledger.decisions.submitted_ones()
    return Status(
        at=now,
        rehearsal=ledger.rehearsal,
        counts=_counts(entries),
        campaigns=tuple(_campaign(name, entries, known, drifts.get(name, Drift()), submitted, now) for name in names),
        waiting={name: document for name, document in office.awaited().items() if campaign in (None, name)},
        overdue=tuple(overdue),
        awaiting_page=tuple(
            entry for entry in entries if entry.id not in apart and _awaits_page(entry, ledger, office, now)
        ),
        submitted=submitted,
        attention=tuple(Attention(entry=entry, problems=known[entry.id]) for entry in attention),
        unapproved=unapproved,
        pauses=pauses,
        stopped=len(stopped - {entry.id for entry in attention}),
        accounts=tuple(account for account in accounts if _is_remarkable(account, now)),
        last_pass=ledger.job.last(),
        behind=ledger.clock.behind(now),
        broken_event=ledger.first_broken_event(),
        contradicted=ledger.contradicted(),
    )


def expires_soon(account: Account, now: datetime) -> bool:
    """Whether the right to post through ``account`` ends within a week, or has ended."""
    return account.expires_at is not None and account.expires_at < now + EXPIRY_LEAD


def _campaign(
    name: str,
    entries: tuple[Entry, ...],
    known: Mapping[int, tuple[Problem, ...]],
    drift: Drift,
    submitted: frozenset[int],
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
        skipped=tuple(entry for entry in own if entry.state is State.SKIPPED and entry.reason is not Skip.PAST),
        past=sum(entry.reason is Skip.PAST for entry in own),
        submitted=sum(entry.id in submitted for entry in own),
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


def _is_stopped(entry: Entry, pauses: tuple[Pause, ...], accounts: tuple[Account, ...], now: datetime) -> bool:
    """Whether something that is told elsewhere keeps it back although it is due: a stop, or its account."""
    own = entry.occurrence
    if entry.state is not State.PLANNED or own.starts_at > now:
        return False
    closed = {one.channel for one in accounts if one.closed_at or (one.wait_until and one.wait_until > now)}
    return own.channel in closed or any(is_covered(own, pause.scope, pause.name) for pause in pauses)


def _is_overdue(entry: Entry, reasons: tuple[Problem, ...], now: datetime) -> bool:
    """Due for so long that a posting job that runs would have sent it; one at work on it may take its lease.

    What is to be tried again later waits from then on, and what has a reason is told with it.
    """
    patience = PATIENCE if entry.state is State.PLANNED else PATIENCE + LEASE
    since = max(entry.occurrence.starts_at, entry.next_at or entry.occurrence.starts_at)
    return entry.state in _UNSENT and not reasons and now - since > patience


def _awaits_page(entry: Entry, ledger: Ledger, office: Office, now: datetime) -> bool:
    """Whether it is due since a pass or more and waits for a page of the same announcement to point to."""
    if entry.state is not State.PLANNED or entry.trouble or now < entry.occurrence.starts_at + PASS:
        return False
    return isinstance(find_page(entry, ledger, office, now), Waits)


def _needs_attention(entry: Entry, reasons: tuple[Problem, ...], now: datetime) -> bool:
    if entry.state is State.SKIPPED:
        return was_missed(entry, now)
    if entry.state is State.HELD:
        return is_late(entry.occurrence, now)  # nobody sends it any more, and nobody has called it off
    if entry.state is State.PUBLISHED:
        # a person was asked to take it down or to put it right, or it could not be taken down yet
        return entry.gone_at is not None or bool(reasons or entry.recalled_by)
    if entry.state in _UNSENT:
        return bool(reasons) and entry.occurrence.starts_at <= now
    return entry.state in _FOR_A_PERSON


def _unapproved(entries: list[Entry], ledger: Ledger, office: Office, now: datetime) -> tuple[Entry, ...]:
    """What is due soon and was not approved as it stands; what cannot even be prepared is told elsewhere."""
    if not office.must_be_approved():
        return ()
    soon = [
        entry
        for entry in entries
        if entry.state is State.PLANNED
        and entry.occurrence.starts_at <= now + APPROVAL_LEAD
        and not is_late(entry.occurrence, now)
    ]
    names = {(entry.occurrence.campaign, entry.occurrence.announcement) for entry in soon}
    missing = {(*name, channel) for name in names for channel in _unapproved_channels(*name, ledger, office)}
    return tuple(
        entry
        for entry in soon
        if (entry.occurrence.campaign, entry.occurrence.announcement, entry.occurrence.channel) in missing
    )


def _unapproved_channels(campaign: str, announcement: str, ledger: Ledger, office: Office) -> tuple[str, ...]:
    try:
        found = contents(office.campaign(campaign), announcement, office, ledger)
    except LoaError:
        return ()
    return tuple(content.channel for content in found if not content.is_approved)


def _is_remarkable(account: Account, now: datetime) -> bool:
    is_waiting = account.wait_until is not None and account.wait_until > now
    return account.closed_at is not None or is_waiting or account.expires_at is not None
