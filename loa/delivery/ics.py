"""The plan of a campaign as an iCalendar file (RFC 5545), one event an occurrence, for the calendars of people."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from icalendar import Calendar, Event

from loa.ledger.model import Entry, State
from loa.planning.plan import Occurrence

_BEGINNING = 280  # characters of a text, about what a calendar shows without being asked
_NOT_TO_COME = {State.SKIPPED, State.CANCELLED, State.WITHDRAWN, State.REJECTED}


@dataclass(frozen=True, kw_only=True)
class Told:
    """What an announcement says, with its facts."""

    title: str
    text: str = ""  # plain


def write_ics(
    occurrences: Iterable[Occurrence],
    entries: Iterable[Entry],
    *,
    told: Mapping[str, Told],
    label_of: Callable[[str], str],
    changes: Mapping[int, int],
    host: str,
    now: datetime,
) -> bytes:
    """The file. What the ledger knows of an occurrence comes first: another time that a person chose, that it is off.

    ``told`` is what each announcement says, ``label_of`` what a channel is called; ``changes`` how often each entry was
    changed, by its id: a calendar takes over an event that it has already only when its SEQUENCE has grown. ``host``
    makes the UIDs those of the office. The times are UTC, which every calendar shows on its own clock.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Loa//loa plan//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    recorded = {entry.occurrence.key: entry for entry in entries}
    planned = {occurrence.key: occurrence for occurrence in occurrences}
    dropped = {key: entry.occurrence for key, entry in recorded.items() if entry.state in _NOT_TO_COME}
    everything = {**dropped, **planned}
    for key in sorted(everything, key=lambda key: (everything[key].starts_at, key)):
        entry = recorded.get(key)
        occurrence = entry.occurrence if entry and (entry.is_shifted or key not in planned) else everything[key]
        event = Event()
        event.add("uid", f"{key}@{host}")
        event.add("dtstamp", now.astimezone(UTC))
        event.add("dtstart", occurrence.starts_at)
        event.add("dtend", occurrence.ends_at)
        announced = told.get(occurrence.announcement, Told(title=occurrence.announcement))
        place = label_of(occurrence.channel)
        event.add("summary", f"{announced.title} ({place})")
        lines = (_beginning(announced.text), f"Mã lượt đăng: {occurrence.code}")
        event.add("description", "\n\n".join(filter(None, lines)))
        event.add("location", place)
        if entry and entry.link:
            event.add("url", entry.link)
        event.add("sequence", changes.get(entry.id, 0) if entry else 0)
        event.add("status", "CANCELLED" if entry and entry.state in _NOT_TO_COME else "CONFIRMED")
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _beginning(text: str) -> str:
    return textwrap.shorten(text, _BEGINNING, placeholder=" …")
