"""Which days an office works: public holidays of Vietnam, and what the workspace's ``lich-nghi.yaml`` says of them.

The library knows the rules of the law (Bộ luật Lao động 2019, Điều 112) and many of the swaps that the Government
announces each year; the file comes first, because swaps are announced late and a library is brought up to date later.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from loa.core.model import Day, Line, Model, refusal
from notices.wording import short_date

CALENDAR = "lich-nghi.yaml"
FIRST_YEAR, LAST_YEAR = 1990, 2200
_SATURDAY = 5
_DATE = re.compile(r"(\d\d)/(\d\d)/(\d{4})")  # as the library writes one

# nghi: a public holiday; nghi_bu: off in place of another day; lam_bu: worked, whatever its weekday.
Kind = Literal["nghi", "nghi_bu", "lam_bu"]


def _year(value: Any) -> int:
    typed = str(value).strip()
    if not (typed.isascii() and typed.isdecimal() and FIRST_YEAR <= int(typed) <= LAST_YEAR):
        raise refusal("calendar_year", typed=typed, first=FIRST_YEAR, last=LAST_YEAR)
    return int(typed)


class SpecialDay(Model):
    """A day that is not what its weekday says."""

    date: Day
    kind: Kind = Field(description="nghi: public holiday; nghi_bu: off in place of another day; lam_bu: worked")
    name: Line
    source: Line = Field(description="Who announced it: number and date of the paper")


class ConfirmedYear(Model):
    """A year that an officer has compared with what was announced."""

    year: Annotated[int, BeforeValidator(_year, json_schema_input_type=Annotated[str, Field(pattern=r"^\d{4}$")])]
    by: Line
    on: Day


class CalendarFile(Model):
    """lich-nghi.yaml: what the office knows better than the library."""

    confirmed: list[ConfirmedYear] = Field(default=[], description="Years that were checked with loa calendar YEAR")
    days: list[SpecialDay] = Field(default=[], description="Days that the library does not know, or knows otherwise")

    @model_validator(mode="after")
    def _names_each_day_once(self) -> Self:
        seen: set[date] = set()
        for special in self.days:
            if special.date in seen:
                raise refusal("calendar_day_twice", typed=short_date(special.date))
            seen.add(special.date)
        return self


@dataclass(frozen=True, kw_only=True, slots=True)
class Marked:
    """A day that is not what its weekday says, and who says so."""

    day: date
    kind: Kind
    name: str
    source: str  # empty: the library


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """The days of an office. Without a file it is the library's."""

    own: Mapping[date, Marked] = field(default_factory=dict)
    confirmed: Mapping[int, ConfirmedYear] = field(default_factory=dict)

    def marked(self, day: date) -> Marked | None:
        """What is special about a day; None when it is what its weekday says."""
        return self.own.get(day) or _of_library(day.year).get(day)

    def is_holiday(self, day: date) -> bool:
        """Whether the day is off for another reason than the weekend."""
        marked = self.marked(day)
        return marked is not None and marked.kind != "lam_bu"

    def is_weekend(self, day: date) -> bool:
        """Whether the day is a Saturday or Sunday that is neither a public holiday nor worked."""
        return day.weekday() >= _SATURDAY and self.marked(day) is None

    def is_working_day(self, day: date) -> bool:
        """Whether offices work."""
        return not self.is_holiday(day) and not self.is_weekend(day)

    def year(self, year: int) -> tuple[Marked, ...]:
        """Every special day of a year, in order."""
        days = {**_of_library(year), **{day: marked for day, marked in self.own.items() if day.year == year}}
        return tuple(days[day] for day in sorted(days))


LIBRARY_ONLY = Calendar()


def calendar_of(file: CalendarFile) -> Calendar:
    """The calendar in which the file comes before the library."""
    return Calendar(
        own={
            special.date: Marked(day=special.date, kind=special.kind, name=special.name, source=special.source)
            for special in file.days
        },
        confirmed={confirmed.year: confirmed for confirmed in file.confirmed},
    )


@lru_cache(maxsize=32)
def _of_library(year: int) -> Mapping[date, Marked]:
    """What the library says of a year."""
    from holidays import country_holidays  # noqa: PLC0415  # takes half a second, and few campaigns ask

    known = country_holidays("VN", years=year, language="vi")
    names = {day: _DATE.sub(lambda found: short_date(_day(found)), name) for day, name in known.items()}
    # The library names only the day off; of the day worked for it, its date.
    made_up = {_day(found): day for day, name in known.items() if (found := _DATE.search(name))}
    days = {
        day: Marked(day=day, kind="lam_bu", name=_name_of_worked(made_up.get(day)), source="")
        for day in known.weekend_workdays
        if day.year == year
    }
    for day, name in names.items():
        is_instead = "nghỉ bù" in name or "thay cho" in name
        days[day] = Marked(day=day, kind="nghi_bu" if is_instead else "nghi", name=name, source="")
    return days


def _day(found: re.Match[str]) -> date:
    return date(int(found[3]), int(found[2]), int(found[1]))


def _name_of_worked(instead_of: date | None) -> str:
    return f"Làm bù cho ngày {short_date(instead_of)}" if instead_of else "Làm bù"
