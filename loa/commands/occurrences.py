"""An occurrence as commands show it, to programs and to people."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from loa.commands.days import day_line
from loa.core.words import Catalogue
from loa.planning.plan import Occurrence


def as_data(occurrence: Occurrence, zone: ZoneInfo) -> dict[str, object]:
    """An occurrence for programs, its times in ``zone``."""
    return {
        "key": occurrence.key,
        "code": occurrence.code,
        "campaign": occurrence.campaign,
        "announcement": occurrence.announcement,
        "channel": occurrence.channel,
        "date": occurrence.local_date.isoformat(),
        "slot": occurrence.slot,
        "starts_at": occurrence.starts_at.astimezone(zone).isoformat(),
        "ends_at": occurrence.ends_at.astimezone(zone).isoformat(),
    }


def row(occurrence: Occurrence, language: Catalogue) -> tuple[str, ...]:
    """An occurrence for people: weekday and day, time, slot, channel, announcement; all in local time."""
    local = occurrence.starts_at.astimezone(ZoneInfo(occurrence.zone))
    return (
        day_line(local.date(), language),
        f"{local:%H:%M}",
        occurrence.slot,
        occurrence.channel,
        occurrence.announcement,
    )
