"""Another day for an occurrence that missed its own: the same hours, on the next day that is free."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from loa.core.errors import LoaError
from loa.delivery.office import Office
from loa.ledger.model import DROPPED, Entry, Skip
from loa.ledger.store import Ledger
from loa.planning.days_off import silence_on
from loa.planning.plan import Occurrence


def taken_days(entries: Iterable[Entry], like: Occurrence) -> set[date]:
    """The local days on which the announcement of ``like`` already has an occurrence on the same channel.

    Both the day that the plan names and the day to which a person moved it; not those that were dropped from the plan.
    """
    own = (
        entry.occurrence
        for entry in entries
        if entry.reason not in DROPPED
        and (entry.occurrence.announcement, entry.occurrence.channel) == (like.announcement, like.channel)
    )
    return {day for other in own for day in (other.local_date, moved_to(other))}


def free_slot(ledger: Ledger, office: Office, entry: Entry, now: datetime) -> tuple[datetime, datetime] | None:
    """The next free slot of ``entry`` in its campaign's window; None when there is none, or no usable file says so.

    The campaign's days of silence, and holidays and weekends unless it posts on them, are not free, but for what is
    urgent.
    """
    own = entry.occurrence
    try:
        campaign = office.campaign(own.campaign)
    except LoaError:
        return None
    window = campaign.window.opened(office.issues_of(own.campaign))
    if window is None:
        return None
    taken = taken_days(ledger.entries(own.campaign), own)

    def is_free(day: date) -> bool:
        return day not in taken and why_not_on(day, own, office) is None

    return next_free_slot(own, last=window.to, is_free=is_free, now=now)


def moved_to(occurrence: Occurrence) -> date:
    """The local day on which it goes out, which need not be the one that the plan names."""
    return _local(occurrence.starts_at, occurrence).date()


def why_not_on(day: date, occurrence: Occurrence, office: Office) -> Skip | None:
    """Why ``occurrence`` may not go out on ``day``, if so: the window, or a silence of its campaign.

    What is urgent knows no silence. Raises LoaError when the campaign's file cannot be used.
    """
    campaign = office.campaign(occurrence.campaign)
    window = campaign.window.opened(office.issues_of(occurrence.campaign))
    if window is None or not window.from_ <= day <= window.to:
        return Skip.WINDOW
    announcement = campaign.announcements.get(occurrence.announcement)
    if announcement is not None and announcement.urgent:
        return None
    reason = silence_on(day, campaign, office.calendar)
    return Skip(reason) if reason else None


def next_free_slot(
    occurrence: Occurrence, *, last: date, is_free: Callable[[date], bool], now: datetime
) -> tuple[datetime, datetime] | None:
    """The same local hours on the first free day after its own that begin after ``now``, in UTC.

    ``last`` is the last local day on which it may go out. None when no day is left. On a day on which the clocks are
    put forward over the beginning, it begins as much later.
    """
    begins, ends = _local(occurrence.starts_at, occurrence), _local(occurrence.ends_at, occurrence)
    day = max(begins.date(), _local(now, occurrence).date() - timedelta(days=1))
    while (day := day + timedelta(days=1)) <= last:
        starts_at, ends_at = (
            datetime.combine(day, clock.time(), clock.tzinfo).astimezone(UTC) for clock in (begins, ends)
        )
        if is_free(day) and now < starts_at < ends_at:
            return starts_at, ends_at
    return None


def _local(instant: datetime, occurrence: Occurrence) -> datetime:
    return instant.astimezone(ZoneInfo(occurrence.zone))
