"""Official Vietnamese for dates, numbers and names in headings (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

from __future__ import annotations

import re
from datetime import date

from loa.core.model import OpenDate

# Blanks for the registry to write in, as a typist would leave them.
NUMBER_GAP = " " * 6
DAY_GAP = " " * 4


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


def capitals(name: str) -> str:
    """A name as printed in a heading."""
    return name.upper()


def place_in(printed: str) -> int:
    """Where the administrative unit begins in a body's name in capitals; its length when it names none."""
    starts = [found.start() + 1 for found in _UNIT.finditer(printed)]
    return starts[-1] if starts else len(printed)
