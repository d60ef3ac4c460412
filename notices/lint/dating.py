"""The days that a text speaks of: what a paper's own day is, and whether a sentence tells of former times."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date

_DAY = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)")
_LONG_DAY = re.compile(r"ngày (\d{1,2}) tháng (\d{1,2}) năm (\d{4})", re.IGNORECASE)
_MONTH = re.compile(r"(?<![\d/])(\d{1,2})/(\d{4})(?![\d/])|tháng (\d{1,2}) năm (\d{4})", re.IGNORECASE)
_YEAR = re.compile(r"(?:(?<!đến )|(?<=từ ))năm (\d{4})(?!\d)", re.IGNORECASE)
_DATE_LINE = re.compile(r"ngày\s+(\d{1,2})?\s*tháng\s+(\d{1,2})?\s*năm\s+(\d{4})")


def days_in(text: str) -> Iterator[date]:
    """The days that ``text`` names; of a month or a year its last one."""
    for found in _DAY.finditer(text):
        yield from _day(found[3], found[2], found[1])
    for found in _LONG_DAY.finditer(text):
        yield from _day(found[3], found[2], found[1])
    for found in _MONTH.finditer(text):
        yield from _day(found[2] or found[4], found[1] or found[3])
    for found in _YEAR.finditer(text):
        yield from _day(found[1], "12")


def day_of_line(line: str) -> date | None:
    """The day in the line of place and date; the first of what is left open. None for no line of this kind."""
    found = _DATE_LINE.search(line)
    return next(_day(found[3], found[2] or "1", found[1] or "1"), None) if found else None


def latest_day(texts: Iterable[str]) -> date | None:
    """The latest day that a paper without date speaks of."""
    return max((day for text in texts for day in days_in(text)), default=None)


def _day(year: str, month: str, day: str = "") -> Iterator[date]:
    y, m = int(year), int(month)
    if not (1900 <= y <= 2200 and 1 <= m <= 12):
        return
    last = monthrange(y, m)[1]
    d = int(day) if day else last
    if 1 <= d <= last:
        yield date(y, m, d)
