"""Where an announcement stands on a website: posts elsewhere point to that page, and some need its pictures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from loa.delivery.office import Office
from loa.delivery.prepare import Page
from loa.ledger.model import Entry, State
from loa.ledger.store import Ledger
from loa.planning.lateness import deadline

# A page in one of these states may still come.
_COMING = {State.PLANNED, State.CLAIMED, State.SENDING, State.PROCESSING, State.UNKNOWN}
# Nobody waits so long that the own time runs out.
_LEAD = timedelta(minutes=10)


@dataclass(frozen=True)
class Waits:
    """The page will come before the slot ends: wait for it."""


def find_page(entry: Entry, ledger: Ledger, office: Office, now: datetime) -> Page | Waits:
    """The newest page of the announcement that ``entry`` posts, as soon as it is there.

    Waits while a website's own occurrence of the same day has not ended, but not past the end of the slot of
    ``entry``, nor so long that it would be too late itself. A channel that gives pages itself points nowhere.
    """
    own = entry.occurrence
    if _gives_page(own.channel, office):
        return Page()
    siblings = [
        sibling
        for sibling in ledger.entries(own.campaign, own.announcement)
        if _gives_page(sibling.occurrence.channel, office)
    ]
    published = [sibling for sibling in siblings if sibling.state is State.PUBLISHED and sibling.link]
    today = [sibling for sibling in siblings if sibling.occurrence.local_date == own.local_date]
    is_coming = any(sibling.state in _COMING for sibling in today)
    until = min(own.ends_at, deadline(own) - _LEAD)
    if is_coming and now < until and not any(sibling in today for sibling in published):
        return Waits()
    if not published:
        return Page()
    order = list(office.config.channels)  # of several websites the one that config.yaml names first
    newest = max(
        published,
        key=lambda sibling: (sibling.occurrence.local_date, -order.index(sibling.occurrence.channel), sibling.id),
    )
    return Page(link=newest.link, media=newest.media)


def _gives_page(channel: str, office: Office) -> bool:
    settings = office.config.channels.get(channel)
    return settings is not None and settings.abilities.gives_page
