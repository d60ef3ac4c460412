"""Every occurrence that a campaign asks for, worked out from the files alone: no clock, no database."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import reduce
from zoneinfo import ZoneInfo

from loa.planning.model import WEEKDAYS, Announcement, Campaign, Config, PostRule
from notices.context import NO_ISSUES, Issue
from notices.facts import Period

# Crockford's base 32: no i, l, o or u, which are misread on paper and misheard on the phone.
CODE_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_CODE_LENGTH = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class Occurrence:
    """One announcement on one channel at one nominal local date and slot."""

    campaign: str
    announcement: str
    channel: str
    local_date: date  # nominal: as the campaign says it, in the office's zone
    slot: str
    zone: str  # IANA name
    starts_at: datetime  # UTC
    ends_at: datetime  # UTC, later than starts_at

    @property
    def key(self) -> str:
        """The identity, for ever: ``khao-sat/mo-dau/trang-thong-tin/2023-09-05/sáng``. Moving the instant keeps it."""
        return f"{self.campaign}/{self.announcement}/{self.channel}/{self.local_date}/{self.slot}"

    @property
    def code(self) -> str:
        """The key as 8 characters of ``CODE_ALPHABET`` for addresses and look-ups; the last checks the others."""
        number = int.from_bytes(hashlib.sha256(self.key.encode()).digest()[:8])
        digits = [number >> 5 * place & 31 for place in range(_CODE_LENGTH - 1)]
        return "".join(CODE_ALPHABET[digit] for digit in (*digits, _check_digit(digits)))


def plan(campaign: Campaign, config: Config, issues: Mapping[str, Issue] = NO_ISSUES) -> tuple[Occurrence, ...]:
    """Every occurrence inside the window, by time and then by key, each once however many rules ask for it.

    ``issues`` are the documents that have their number: a window may begin with one of them, and nothing is planned
    before. A date outside the window is left out; the check names it. KeyError for a channel or a slot that ``config``
    does not have: the campaign must have passed the check.
    """
    window = campaign.window.opened(issues)
    if window is None:
        return ()
    found = {
        occurrence.key: occurrence
        for name, announcement in campaign.announcements.items()
        for occurrence in _of_announcement(campaign, name, announcement, config, window)
    }
    return tuple(sorted(found.values(), key=lambda occurrence: (occurrence.starts_at, occurrence.key)))


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


def _of_announcement(
    campaign: Campaign, name: str, announcement: Announcement, config: Config, window: Period
) -> Iterator[Occurrence]:
    for channel in announcement.channels:
        for rule in announcement.post:
            slot = config.channels[channel].slots[rule.slot]
            for day in _days(rule, window):
                starts_at, ends_at = _span(day, slot.at, slot.until, config.timezone)
                yield Occurrence(
                    campaign=campaign.campaign,
                    announcement=name,
                    channel=channel,
                    local_date=day,
                    slot=rule.slot,
                    zone=config.timezone.key,
                    starts_at=starts_at,
                    ends_at=ends_at,
                )


def _days(rule: PostRule, window: Period) -> Iterator[date]:
    """The days of the window that the rule names; both ends of the window belong to it."""
    if rule.date is not None:
        if window.from_ <= rule.date <= window.to:
            yield rule.date
        return
    for ordinal in range(window.from_.toordinal(), window.to.toordinal() + 1):
        day = date.fromordinal(ordinal)
        if WEEKDAYS[day.weekday()] in rule.weekdays:
            yield day


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
