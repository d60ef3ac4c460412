"""Every occurrence that a campaign asks for, worked out from the files alone: no clock, no database."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import reduce
from zoneinfo import ZoneInfo

from loa.planning.announcement import Announcement, PostRule
from loa.planning.calendar import LIBRARY_ONLY, Calendar
from loa.planning.days_off import Reason, settle_day
from loa.planning.model import Campaign, Config
from notices.context import NO_ISSUES, Issue
from notices.facts import Period

# Crockford's base 32: no i, l, o or u, which are misread on paper and misheard on the phone.
CODE_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_CODE_LENGTH = 8
# An urgent post has no slot: it is due at its time and of use for so long. Its time stands in the place of the slot.
_URGENT_FOR = timedelta(hours=2)
_URGENT = re.compile(r"khẩn (\d\d:\d\d)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Occurrence:
    """One announcement on one channel at one nominal local date and slot."""

    campaign: str
    announcement: str
    channel: str
    local_date: date  # nominal: as the campaign says it, in the office's zone
    slot: str  # of an urgent one “khẩn” and its time
    zone: str  # IANA name
    starts_at: datetime  # UTC
    ends_at: datetime  # UTC, later than starts_at

    @property
    def key(self) -> str:
        """The identity, for ever: ``khao-sat/mo-dau/trang-thong-tin/2023-09-05/sáng``. Moving the instant keeps it."""
        return f"{self.campaign}/{self.announcement}/{self.channel}/{self.local_date}/{self.slot}"

    @property
    def urgent_at(self) -> str:
        """The local time that an urgent one has in the place of a slot; empty for any other."""
        found = _URGENT.fullmatch(self.slot)
        return found[1] if found else ""

    @property
    def code(self) -> str:
        """The key as 8 characters of ``CODE_ALPHABET`` for addresses and look-ups; the last checks the others."""
        number = int.from_bytes(hashlib.sha256(self.key.encode()).digest()[:8])
        digits = [number >> 5 * place & 31 for place in range(_CODE_LENGTH - 1)]
        return "".join(CODE_ALPHABET[digit] for digit in (*digits, _check_digit(digits)))


@dataclass(frozen=True, kw_only=True, slots=True)
class LeftOut:
    """An occurrence that a rule names and that does not go out."""

    occurrence: Occurrence  # at its nominal time
    reason: Reason
    why: str = ""  # the holiday, or what the silence is for


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What a campaign asks for: what goes out and what is left out, each by time and then by key."""

    occurrences: tuple[Occurrence, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    window: Period | None = None  # None while it waits for a document
    moved_for: Mapping[str, str] = field(default_factory=dict)  # key of a moved one → the holiday on its own day

    def why_not(self, occurrence: Occurrence) -> Reason:
        """Why an occurrence that was planned once is no longer."""
        for left in self.left_out:
            if left.occurrence.key == occurrence.key:
                return left.reason
        is_inside = self.window is not None and self.window.from_ <= occurrence.local_date <= self.window.to
        return Reason.UNPLANNED if is_inside else Reason.WINDOW


def plan(
    campaign: Campaign, config: Config, issues: Mapping[str, Issue] = NO_ISSUES, calendar: Calendar = LIBRARY_ONLY
) -> tuple[Occurrence, ...]:
    """Every occurrence that goes out, by time and then by key, as ``whole_plan`` has them."""
    return whole_plan(campaign, config, issues, calendar).occurrences


def whole_plan(
    campaign: Campaign, config: Config, issues: Mapping[str, Issue] = NO_ISSUES, calendar: Calendar = LIBRARY_ONLY
) -> Plan:
    """What goes out inside the window, each once however many rules ask for it, and what is left out, with the reason.

    ``issues`` are the documents that have their number: a window may begin with one of them, and nothing is planned
    before. A date outside the window is in neither list; the check names it. What is moved keeps its key. KeyError
    for a channel or a slot that ``config`` does not have: the campaign must have passed the check.
    """
    window = campaign.window.opened(issues)
    if window is None:
        return Plan()
    named = {
        occurrence.key: occurrence
        for name, announcement in campaign.announcements.items()
        for occurrence in _of_announcement(campaign, name, announcement, config, window, calendar)
    }
    kept: list[Occurrence] = []
    moved: list[Occurrence] = []
    left_out: list[LeftOut] = []
    moved_for: dict[str, str] = {}
    for occurrence in named.values():
        if campaign.announcements[occurrence.announcement].urgent:
            kept.append(occurrence)  # whoever says a day and a minute means them
            continue
        verdict = settle_day(occurrence.local_date, campaign, window, calendar)
        if verdict.reason is not None:
            left_out.append(LeftOut(occurrence=occurrence, reason=verdict.reason, why=verdict.why))
        elif verdict.day != occurrence.local_date:
            moved.append(_on(verdict.day, occurrence, config))
            moved_for[occurrence.key] = verdict.why
        else:
            kept.append(occurrence)
    merged = _merge(moved, kept)
    left_out += (LeftOut(occurrence=named[key], reason=Reason.MERGED) for key in merged)
    kept += (occurrence for occurrence in moved if occurrence.key not in merged)
    return Plan(
        occurrences=tuple(sorted(kept, key=_by_time)),
        left_out=tuple(sorted(left_out, key=lambda left: _by_time(left.occurrence))),
        window=window,
        moved_for=moved_for,
    )


def example_occurrence(campaign: Campaign, announcement: str, channel: str, config: Config) -> Occurrence:
    """An occurrence to try an announcement's content on, whether or not the plan has one: on the window's last day."""
    slot, clock = next(iter(config.channels[channel].slots.items()))
    starts_at, ends_at = _span(campaign.window.to, clock.at, clock.until, config.timezone)
    return Occurrence(
        campaign=campaign.campaign,
        announcement=announcement,
        channel=channel,
        local_date=campaign.window.to,
        slot=slot,
        zone=config.timezone.key,
        starts_at=starts_at,
        ends_at=ends_at,
    )


def is_moved(occurrence: Occurrence) -> bool:
    """Whether it goes out on another day than the campaign says."""
    return occurrence.starts_at.astimezone(ZoneInfo(occurrence.zone)).date() != occurrence.local_date


def _by_time(occurrence: Occurrence) -> tuple[datetime, str]:
    return occurrence.starts_at, occurrence.key


def _of_announcement(
    campaign: Campaign, name: str, announcement: Announcement, config: Config, window: Period, calendar: Calendar
) -> Iterator[Occurrence]:
    for channel in announcement.channels:
        for rule in announcement.post:
            for day in _days(rule, window, calendar):
                for slot, (starts_at, ends_at) in _times(rule, day, channel, config):
                    yield Occurrence(
                        campaign=campaign.campaign,
                        announcement=name,
                        channel=channel,
                        local_date=day,
                        slot=slot,
                        zone=config.timezone.key,
                        starts_at=starts_at,
                        ends_at=ends_at,
                    )


def _times(rule: PostRule, day: date, channel: str, config: Config) -> Iterator[tuple[str, tuple[datetime, datetime]]]:
    """The slots of a rule with their instants on ``day``; of an urgent one its time, which does not pass midnight."""
    if rule.at is not None:
        starts_at = _instant(day, rule.at, config.timezone)
        midnight = _instant(day + timedelta(days=1), time(0), config.timezone)
        yield f"khẩn {rule.at:%H:%M}", (starts_at, min(starts_at + _URGENT_FOR, midnight))
    for name in rule.slot_names:
        slot = config.channels[channel].slots[name]
        yield name, _span(day, slot.at, slot.until, config.timezone)


def _days(rule: PostRule, window: Period, calendar: Calendar) -> Iterator[date]:
    """The days of the window that the rule names; both ends of the window belong to it."""
    if rule.date is not None:
        if window.from_ <= rule.date <= window.to:
            yield rule.date
    elif rule.rhythm is not None:
        first, last = max(window.from_, rule.from_ or window.from_), min(window.to, rule.to or window.to)
        yield from rule.rhythm.days(first, last, calendar)


def _on(day: date, occurrence: Occurrence, config: Config) -> Occurrence:
    """The same occurrence at its slot of another day."""
    slot = config.channels[occurrence.channel].slots[occurrence.slot]
    starts_at, ends_at = _span(day, slot.at, slot.until, config.timezone)
    return replace(occurrence, starts_at=starts_at, ends_at=ends_at)


def _merge(moved: Iterable[Occurrence], kept: Iterable[Occurrence]) -> set[str]:
    """Keys of moved ones that would go out together with another of the same announcement and channel.

    One that stands on its own day stays, and of moved ones the earliest.
    """
    taken = {(one.announcement, one.channel, one.starts_at) for one in kept}
    merged: set[str] = set()
    for one in sorted(moved, key=lambda one: one.key):
        meeting = (one.announcement, one.channel, one.starts_at)
        if meeting in taken:
            merged.add(one.key)
        taken.add(meeting)
    return merged


def _span(day: date, at: time, until: time, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The slot's instants on ``day``. A slot that lies wholly in a gap keeps its length after the gap."""
    starts_at, ends_at = _instant(day, at, zone), _instant(day, until, zone)
    if ends_at == starts_at:
        ends_at += datetime.combine(day, until) - datetime.combine(day, at)
    return starts_at, ends_at


def _instant(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """A local time in UTC: in a gap (clocks put forward) the next minute that exists, in a fold the first of two."""
    wall = datetime.combine(day, clock)
    while (instant := wall.replace(tzinfo=zone).astimezone(UTC)).astimezone(zone).replace(tzinfo=None) != wall:
        wall += timedelta(minutes=1)
    return instant


def _check_digit(digits: list[int]) -> int:
    """Luhn's check in base 32: notices every single wrong character and nearly every swap of neighbours."""
    doubled = [digit * 2 if place % 2 == 0 else digit for place, digit in enumerate(reversed(digits))]
    return -reduce(lambda total, digit: total + digit // 32 + digit % 32, doubled, 0) % 32
