"""Official Vietnamese for dates, numbers and names in headings (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from loa.core.model import OpenDate

# Blanks for the registry to write in, as a typist would leave them.
NUMBER_GAP = " " * 6
DAY_GAP = " " * 4


# Monday first, as ``date.weekday`` counts.
_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_UNIT = re.compile(r" (?:TỈNH|THÀNH PHỐ|PHƯỜNG|XÃ(?! HỘI)|ĐẶC KHU) ")


def padded_day(day: int) -> str:
    """A day below 10 has a leading zero (I/1-II.4b)."""
    return f"{day:02d}"


def padded_month(month: int) -> str:
    """Only months 1 and 2 have a leading zero (I/1-II.4b)."""
    return f"{month:02d}" if month < 3 else str(month)


def padded_number(number: int) -> str:
    """A document number below 10 has a leading zero, no other padding (I/1-II.3c)."""
    return f"{number:02d}"


def short_date(day: date) -> str:
    """``31/01/2023``, ``19/5/2023``: the day padded, the month as in the date line."""
    return f"{padded_day(day.day)}/{padded_month(day.month)}/{day.year}"


def long_date(when: OpenDate) -> tuple[str, str, str]:
    """Day, month and year of ``ngày … tháng … năm …``; an open day or month is a gap."""
    day = padded_day(when.day) if when.day else DAY_GAP
    month = padded_month(when.month) if when.month else DAY_GAP
    return day, month, str(when.year)


def written_date(day: date) -> str:
    """``ngày 05 tháng 9 năm 2026``, as in the date line and in the decree's own citations (I/1-II.4b)."""
    return "ngày {} tháng {} năm {}".format(*long_date(OpenDate.of(day)))


def day_month(day: date) -> str:
    """``05/9``: where the year is plain."""
    return f"{padded_day(day.day)}/{padded_month(day.month)}"


def month_of(day: date) -> str:
    """``tháng 9 năm 2026``."""
    return f"tháng {padded_month(day.month)} năm {day.year}"


def weekday_of(day: date) -> str:
    """``thứ Hai``."""
    return _WEEKDAYS[day.weekday()]


def is_whole_months(first: date, last: date) -> bool:
    """Whether a period runs from the first day of a month to the last day of one."""
    return first.day == 1 and last.day == monthrange(last.year, last.month)[1]


def months_between(first: date, last: date) -> str:
    """``từ tháng 9 đến tháng 11 năm 2026``; the first year only where it is another one. One month is said alone."""
    if (first.year, first.month) == (last.year, last.month):
        return month_of(last)
    start = month_of(first) if first.year != last.year else f"tháng {padded_month(first.month)}"
    return f"từ {start} đến {month_of(last)}"


def grouped(number: int) -> str:
    """``6045`` → ``6.045``."""
    return f"{number:,}".replace(",", ".")


def capitals(name: str) -> str:
    """A name as printed in a heading."""
    return name.upper()


def place_in(printed: str) -> int:
    """Where the administrative unit begins in a body's name in capitals; its length when it names none."""
    starts = [found.start() + 1 for found in _UNIT.finditer(printed)]
    return starts[-1] if starts else len(printed)
