"""What becomes of a post whose day is a public holiday, a weekend or a day of silence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from loa.planning.calendar import Calendar
from loa.planning.model import Campaign, DayPolicy
from notices.facts import Period


class Reason(StrEnum):
    """Why the plan does without an occurrence that was named or recorded."""

    WINDOW = "window"  # its day, or the working day it would move to, lies outside the window
    HOLIDAY = "holiday"  # a public holiday
    WEEKEND = "weekend"
    BLACKOUT = "blackout"  # a day on which the campaign is silent
    MERGED = "merged"  # moved to where the same announcement goes out on the same channel anyway
    UNPLANNED = "unplanned"  # no rule names it


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """The day on which a post goes out, or why it does not."""

    day: date
    reason: Reason | None = None
    why: str = ""  # the holiday, or what the silence is for


def settle_day(day: date, campaign: Campaign, window: Period, calendar: Calendar) -> Verdict:
    """What the campaign wants done with a post of ``day``, which lies in its window."""
    if silence := _silence(day, campaign):
        return Verdict(day=day, reason=Reason.BLACKOUT, why=silence)
    # most campaigns post on any day, and then nobody has to know the calendar
    if campaign.holidays != "post" and calendar.is_holiday(day):
        marked = calendar.marked(day)
        why = marked.name if marked else ""
        return _moved(day, campaign.holidays, Reason.HOLIDAY, why, campaign, window, calendar)
    if campaign.weekends != "post" and calendar.is_weekend(day):
        return _moved(day, campaign.weekends, Reason.WEEKEND, "", campaign, window, calendar)
    return Verdict(day=day)


def silence_on(day: date, campaign: Campaign, calendar: Calendar) -> Reason | None:
    """Why nothing of the campaign goes out on that very day, if so."""
    if _silence(day, campaign):
        return Reason.BLACKOUT
    if campaign.holidays != "post" and calendar.is_holiday(day):
        return Reason.HOLIDAY
    return Reason.WEEKEND if campaign.weekends != "post" and calendar.is_weekend(day) else None


def _moved(
    day: date, policy: DayPolicy, reason: Reason, why: str, campaign: Campaign, window: Period, calendar: Calendar
) -> Verdict:
    """To the nearest working day of the window that is not a day of silence, in the direction of the policy."""
    if policy == "skip":
        return Verdict(day=day, reason=reason, why=why)
    step = timedelta(days=1 if policy == "after" else -1)
    there = day + step
    while window.from_ <= there <= window.to:
        if calendar.is_working_day(there) and not _silence(there, campaign):
            return Verdict(day=there, why=why)
        there += step
    return Verdict(day=day, reason=Reason.WINDOW, why=why)


def _silence(day: date, campaign: Campaign) -> str:
    """What a day of silence is for; empty for any other day."""
    return next((blackout.reason for blackout in campaign.blackout if blackout.covers(day)), "")
