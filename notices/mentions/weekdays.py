"""Days of the week in a text that are not those of their dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from notices.mentions.dates import points_of
from notices.mentions.mention import Kind, Mention
from notices.wording import weekday_of

_SAID = re.compile(r"\b(?P<day>thứ (?:Hai|Ba|Tư|Năm|Sáu|Bảy|[2-7])|Chủ nhật),? ?(?:\(|ngày )?$", re.IGNORECASE)
_IN_DIGITS = {f"thứ {digit}": digit - 2 for digit in range(2, 8)}  # Monday is “thứ 2” and counts as 0
_REACH = 24  # characters before a date in which its weekday stands


@dataclass(frozen=True, kw_only=True, slots=True)
class WeekdaySlip:
    """A date that falls on another day of the week than the text says."""

    text: str  # as written, the weekday included
    right: str  # its weekday


def find_weekday_slips(text: str, mentions: Sequence[Mention]) -> Iterator[WeekdaySlip]:
    """The dates among ``mentions`` of ``text`` that stand behind the wrong day of the week."""
    for mention in mentions:
        said = _SAID.search(text[: mention.start], max(0, mention.start - _REACH))
        day = _day(mention)
        if said and day and _number(said["day"]) != day.weekday():
            yield WeekdaySlip(text=text[said.start() : mention.end], right=weekday_of(day))


def _day(mention: Mention) -> date | None:
    """The day that a mention is; none for a month, a period, a day of any year."""
    if mention.kind is not Kind.DATE:
        return None
    [point] = points_of(mention)
    return date(*point.parts) if all(point.parts) and point.exists() else None


def _number(said: str) -> int:
    """The weekday as ``date.weekday`` counts."""
    spelled = said.lower()
    if spelled in _IN_DIGITS:
        return _IN_DIGITS[spelled]
    monday = date(2024, 1, 1)
    return next(n for n in range(7) if weekday_of(monday.replace(day=1 + n)).lower() == spelled)
