"""A day as people read it on the terminal."""

from __future__ import annotations

from datetime import date

from loa.core.words import Catalogue
from notices.wording import short_date

_WEEKDAYS = (
    "day.monday",
    "day.tuesday",
    "day.wednesday",
    "day.thursday",
    "day.friday",
    "day.saturday",
    "day.sunday",
)


def day_line(day: date, language: Catalogue) -> str:
    """Weekday and date."""
    return language.word("day.line", weekday=language.word(_WEEKDAYS[day.weekday()]), date=short_date(day))
