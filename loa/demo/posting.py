"""The whole window in a moment: every post of the campaigns, approved, on its day, on every channel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from channels.sandbox.faults import Fault
from channels.sandbox.sandbox import Sandbox
from loa.core.secrets import Secrets
from loa.delivery.approving import Basis, approve
from loa.delivery.gathering import open_office
from loa.delivery.office import Office
from loa.delivery.outcome import Outcome, Result
from loa.delivery.publish import publish_due
from loa.demo.stand_ins import SECRETS, SERVICES, ZALO_TOKENS, fresh_tokens
from loa.ledger.model import Entry, State
from loa.ledger.store import Ledger
from loa.planning.model import Campaign
from loa.planning.plan import plan
from loa.planning.workspace import Workspace
from loa.registry.issues import issues_of

APPROVER, AUTHOR = "lanh-dao", "chuyen-vien"
BEFORE = datetime(2020, 1, 1, tzinfo=UTC)  # earlier than anything that the campaigns ask for
_OPEN = {State.PLANNED, State.UNKNOWN, State.PROCESSING}


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What the demo has to tell of its posting."""

    entries: tuple[Entry, ...]  # the whole ledger at the end
    found: tuple[Outcome, ...]  # after the outage: what was out there although the answer was lost
    failed: tuple[Outcome, ...]  # what went wrong on the way
    last: datetime  # the newest moment of the rehearsal


def post_everything(place: Workspace, book: Ledger, box: Sandbox) -> Shown:
    """Record the plan of every campaign, approve all, and run the posting job whenever it has something to do.

    ``book`` is a rehearsed ledger. The first post on the Page meets an outage: it appears, and the answer is lost.
    """
    clock = box.clock
    office = _office(place, book, box)
    campaigns = [campaign for campaign in office.campaigns.values() if isinstance(campaign, Campaign)]
    plans = {
        own.campaign: plan(own, office.config, office.issues_of(own.campaign), office.calendar) for own in campaigns
    }
    first = min(occurrence.starts_at for planned in plans.values() for occurrence in planned)
    clock.set(first - timedelta(days=1))
    for own in campaigns:
        book.record(own.campaign, plans[own.campaign], clock.now())
        for name in own.announcements:
            approve(own, name, office, book, approver=APPROVER, recorded_by=AUTHOR, basis=Basis(), now=clock.now())
    box.faults.next("graph", "feed", Fault.HTTP_500_AFTER)
    outcomes: list[Outcome] = []
    outside = min(o.starts_at for planned in plans.values() for o in planned if o.channel in SERVICES)
    has_tokens = False
    for moment in _moments(book, first):
        clock.set(moment)
        if not has_tokens and moment >= outside:  # not sooner: a token that nobody uses dies within months
            office.secrets.store({ZALO_TOKENS: fresh_tokens(box)})
            has_tokens = True
        outcomes += publish_due(book, office, clock.now).outcomes
    return Shown(
        entries=book.entries(),
        found=tuple(outcome for outcome in outcomes if outcome.adopted),
        failed=tuple(o for o in outcomes if o.result in {Result.REJECTED, Result.HELD, Result.NEEDS_PERSON}),
        last=clock.now(),
    )


def _office(place: Workspace, book: Ledger, box: Sandbox) -> Office:
    """The office, with what opens the stand-ins."""
    secrets = Secrets(SECRETS, place.folder / "state" / "tokens.json")
    return open_office(place, issues_of(book.register.registrations()), secrets=secrets, now=box.clock.now)


def _moments(book: Ledger, first: datetime) -> Iterator[datetime]:
    """Whenever the posting job has something to do, until it has nothing more."""
    moment: datetime | None = first
    while moment is not None:
        yield moment
        moment = _next(book, moment)


def _next(book: Ledger, moment: datetime) -> datetime | None:
    """When something is due next after ``moment``: a post, or a question about one."""
    waiting = (entry for entry in book.entries() if entry.state in _OPEN)
    due = [max(entry.next_at or entry.occurrence.starts_at, entry.occurrence.starts_at) for entry in waiting]
    soonest = min(due, default=None)
    return None if soonest is None else max(soonest, moment + timedelta(seconds=1))
