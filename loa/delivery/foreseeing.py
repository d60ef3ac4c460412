"""What the posting job would send, and what would keep it from sending; nothing is sent and nothing is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from channels.answers import ChannelFailure
from channels.base import Message
from loa.core.errors import LoaError, Problem
from loa.delivery.office import Office
from loa.delivery.outcome import problem_of
from loa.delivery.page import Waits, find_page
from loa.delivery.prepare import NO_PAGE
from loa.ledger.model import Entry, Skip, State, Stop
from loa.ledger.store import Ledger
from loa.planning.lateness import is_late


@dataclass(frozen=True, kw_only=True)
class Foreseen:
    """One occurrence: what would be sent, or why nothing would be."""

    entry: Entry
    messages: tuple[Message, ...] = ()  # in order; secrets are masked
    skip: Skip | None = None  # it would be skipped
    stop: Stop | None = None  # it would be kept waiting
    waits_for_page: bool = False  # the website's page of the same day comes first; messages are without its address
    problems: tuple[Problem, ...] = ()


def foresee(ledger: Ledger, office: Office, now: datetime, until: datetime | None = None) -> tuple[Foreseen, ...]:
    """Everything that waits and is due by ``until``; else what is due now; when that is nothing, what comes next."""
    waiting = [entry for entry in ledger.entries() if entry.state is State.PLANNED]
    limit = until or now
    if until is None and waiting:
        limit = max(now, min(entry.occurrence.starts_at for entry in waiting))
    chosen = (entry for entry in waiting if entry.occurrence.starts_at <= limit)
    return tuple(_foresee_one(ledger, office, entry, now) for entry in chosen)


def _foresee_one(ledger: Ledger, office: Office, entry: Entry, now: datetime) -> Foreseen:
    if is_late(entry.occurrence, now):
        return Foreseen(entry=entry, skip=Skip.LATE)
    try:
        campaign = office.campaign(entry.occurrence.campaign)
        if not office.is_planned(entry.occurrence):
            return Foreseen(entry=entry, skip=office.why_not(entry.occurrence))
        channel = office.channel(entry.occurrence.channel, rehearsal=ledger.rehearsal)
        page = find_page(entry, ledger, office, now)
        is_waiting = isinstance(page, Waits)
        post = office.prepare(campaign, entry.occurrence, NO_PAGE if isinstance(page, Waits) else page)
        if channel.abilities.pictures.by_address and any(not picture.address for picture in post.pictures):
            # nobody knows the addresses before the page is there, so there is no message to show yet
            return Foreseen(entry=entry, waits_for_page=is_waiting, skip=None if is_waiting else Skip.NO_PAGE)
        messages = channel.would_send(post)
    except LoaError as error:
        return Foreseen(entry=entry, problems=error.problems)
    except ChannelFailure as failure:
        return Foreseen(entry=entry, problems=(problem_of(failure, entry.occurrence.channel),))
    content = post.content_sha256() if office.must_be_approved() else None
    stop = ledger.stop(entry, now, content_sha256=content)
    return Foreseen(entry=entry, messages=messages, stop=stop, waits_for_page=is_waiting)
