"""When it is too late to send."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from loa.planning.plan import Occurrence

# A machine that slept through a short slot may still speak a little later.
GRACE = timedelta(minutes=90)


def deadline(occurrence: Occurrence) -> datetime:
    """The instant (UTC) from which the occurrence is not sent any more.

    That is the end of its slot, or 90 minutes after it was due if that is later, but then never past midnight of its
    local day.
    """
    zone = ZoneInfo(occurrence.zone)
    day = occurrence.starts_at.astimezone(zone).replace(hour=0, minute=0)
    midnight = (day + timedelta(days=1)).astimezone(UTC)
    return max(occurrence.ends_at, min(occurrence.starts_at + GRACE, midnight))


def is_too_close(occurrence: Occurrence, now: datetime, longest: timedelta) -> bool:
    """Whether a publication that takes ``longest`` might end after the deadline."""
    return now + longest >= deadline(occurrence)


def is_late(occurrence: Occurrence, now: datetime) -> bool:
    """Whether ``now`` is at or past the deadline."""
    return now >= deadline(occurrence)
