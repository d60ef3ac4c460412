"""An occurrence as commands show it, to programs and to people."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from loa.commands.days import day_line
from loa.core.words import Catalogue
from loa.planning.model import Config
from loa.planning.plan import Occurrence


def as_data(occurrence: Occurrence, config: Config) -> dict[str, object]:
    """An occurrence for programs, its times in the zone of the office."""
    zone = config.timezone
    return {
        "key": occurrence.key,
        "code": occurrence.code,
        "campaign": occurrence.campaign,
        "announcement": occurrence.announcement,
        "channel": occurrence.channel,
        "label": config.label_of(occurrence.channel),
        "date": occurrence.local_date.isoformat(),
        "slot": occurrence.slot,
        "starts_at": occurrence.starts_at.astimezone(zone).isoformat(),
        "ends_at": occurrence.ends_at.astimezone(zone).isoformat(),
    }


def row(occurrence: Occurrence, language: Catalogue, config: Config) -> tuple[str, ...]:
    """An occurrence for people: weekday and day, time, slot, channel, announcement; all in local time."""
    local = occurrence.starts_at.astimezone(ZoneInfo(occurrence.zone))
    return (
        day_line(local.date(), language),
        f"{local:%H:%M}",
        language.word("slot.urgent") if occurrence.urgent_at else occurrence.slot,
        config.label_of(occurrence.channel),
        occurrence.announcement,
    )
