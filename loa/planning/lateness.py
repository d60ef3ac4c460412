"""When it is too late to send."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from loa.planning.plan import Occurrence

# A machine that slept through a short slot may still speak a little later.
GRACE = timedelta(minutes=90)
# Any day without a change of the clocks: a slot is as long on it as it says.
_A_DAY = date(2024, 1, 1)


def deadline(occurrence: Occurrence) -> datetime:
    """The instant (UTC) from which the occurrence is not sent any more.

    That is the end of its slot, or 90 minutes after it was due if that is later, but then never past midnight of its
    local day.
    """
    zone = ZoneInfo(occurrence.zone)
    day = occurrence.starts_at.astimezone(zone).replace(hour=0, minute=0)
    midnight = (day + timedelta(days=1)).astimezone(UTC)
    return _last(occurrence.starts_at, occurrence.ends_at, midnight)


def is_too_close(occurrence: Occurrence, now: datetime, longest: timedelta) -> bool:
    """Whether a publication that takes ``longest`` might end after the deadline."""
    return now + longest >= deadline(occurrence)


def is_late(occurrence: Occurrence, now: datetime) -> bool:
    """Whether ``now`` is at or past the deadline."""
    return now >= deadline(occurrence)


def is_too_short(at: time, until: time, longest: timedelta) -> bool:
    """Whether a publication that takes ``longest`` is too late from the first moment of a slot (local times)."""
    starts_at, ends_at = (datetime.combine(_A_DAY, clock) for clock in (at, until))
    midnight = datetime.combine(_A_DAY + timedelta(days=1), time(0))
    return starts_at + longest >= _last(starts_at, ends_at, midnight)


def _last(starts_at: datetime, ends_at: datetime, midnight: datetime) -> datetime:
    return max(ends_at, min(starts_at + GRACE, midnight))
