"""How often an announcement is repeated, as an officer writes it after ``every``."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field

from loa.core.model import refusal
from loa.core.text import one_line
from loa.planning.calendar import Calendar

Weekday = Literal["thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
_SPELLINGS = {name.casefold(): name for name in WEEKDAYS}
Unit = Literal["day", "working_day", "weekdays", "week", "month"]
_UNITS: dict[str, Unit] = {"ngày": "day", "ngày làm việc": "working_day", "tuần": "week", "tháng": "month"}
_MONTHLY = re.compile(r"tháng \((?P<days>ngày \d{1,2}(?:, (?:ngày )?\d{1,2})*)\)")


def _weekday(value: Any) -> Any:
    """Whatever its capitals, as the list of weekdays spells it; any other value as it is."""
    return _SPELLINGS.get(one_line(value).casefold(), value) if isinstance(value, str) else value


TypedWeekday = Annotated[Weekday, BeforeValidator(_weekday)]


@dataclass(frozen=True, kw_only=True, slots=True)
class Rhythm:
    """The days on which something is repeated."""

    unit: Unit
    weekdays: tuple[Weekday, ...] = ()  # only of the unit weekdays
    month_days: tuple[int, ...] = ()  # only of the unit month; empty: the day of the month on which it begins

    def days(self, first: date, last: date, calendar_of_days: Calendar) -> Iterator[date]:
        """Those from ``first`` to ``last``, both included, in order; week and month count from ``first``.

        A month that is too short for its day has it on its last day.
        """
        for ordinal in range(first.toordinal(), last.toordinal() + 1):
            day = date.fromordinal(ordinal)
            if self._falls_on(day, first, calendar_of_days):
                yield day

    def _falls_on(self, day: date, first: date, calendar_of_days: Calendar) -> bool:
        match self.unit:
            case "day":
                return True
            case "working_day":
                return calendar_of_days.is_working_day(day)
            case "weekdays":
                return WEEKDAYS[day.weekday()] in self.weekdays
            case "week":
                return (day - first).days % 7 == 0
            case "month":
                longest = calendar.monthrange(day.year, day.month)[1]
                return day.day in {min(wanted, longest) for wanted in self.month_days or (first.day,)}


def parse_every(value: Any) -> Rhythm:
    """``ngày``, ``ngày làm việc``, ``thứ Hai, thứ Năm``, ``tuần``, ``tháng`` or ``tháng (ngày 15)``."""
    if isinstance(value, Rhythm):
        return value
    typed = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    words = one_line(typed).casefold()
    if unit := _UNITS.get(words):
        return Rhythm(unit=unit)
    if found := _MONTHLY.fullmatch(words):
        days = tuple(sorted({int(day) for day in re.findall(r"\d+", found["days"])}))
        if all(1 <= day <= 31 for day in days):
            return Rhythm(unit="month", month_days=days)
    names = [_SPELLINGS.get(one_line(name)) for name in words.split(",")]
    if all(names):
        return Rhythm(unit="weekdays", weekdays=tuple(name for name in WEEKDAYS if name in names))
    raise refusal("rhythm", typed=typed)


Every = Annotated[
    Rhythm,
    BeforeValidator(
        parse_every,
        json_schema_input_type=Annotated[str, Field(examples=["ngày làm việc", "thứ Hai, thứ Năm", "tháng (ngày 15)"])]
        | list[str],
    ),
]
