"""The kinds of value that models of every stage are made of: strict, frozen, read from text.

Every scalar of a YAML file arrives as text (see ``loa.planning.load``); these types turn text into values and say
which catalogue key names what was wrong.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, time
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from loa.core.text import one_line


class Model(BaseModel):
    """Base of every model: unknown keys are mistakes, nothing is converted silently, nothing changes later."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, validate_default=False)


def refusal(key: str, **values: object) -> PydanticCustomError:
    """What a validator raises: the catalogue key below ``problem.model``, and the values of its sentence."""
    return PydanticCustomError(key, "{key}", {"key": key, **values})


def _day(year: str, month: str, day: str, typed: str) -> date:
    """A calendar day, or a refusal that says what the month really has."""
    y, m, d = int(year), int(month), int(day)
    if not 1 <= m <= 12:
        raise refusal("date_month", typed=typed)
    if not 1990 <= y <= 2200:
        raise refusal("date_year", typed=typed)
    if not 1 <= d <= calendar.monthrange(y, m)[1]:
        raise refusal("date_day", typed=typed, month=m, days=calendar.monthrange(y, m)[1])
    return date(y, m, d)


def parse_day(value: Any) -> date:
    """``2026-03-05`` or ``05/03/2026``, nothing else."""
    if isinstance(value, date):
        return value
    typed = str(value).strip()
    if found := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", typed, re.ASCII):
        return _day(found[1], found[2], found[3], typed)
    if found := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", typed, re.ASCII):
        return _day(found[3], found[2], found[1], typed)
    raise refusal("date_form", typed=typed)


def _parse_time(value: Any) -> time:
    if isinstance(value, time):
        return value
    found = re.fullmatch(r"(\d{1,2}):(\d{2})", str(value).strip(), re.ASCII)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise refusal("time_form", typed=str(value))
    return time(int(found[1]), int(found[2]))


class OpenDate(Model):
    """A date whose day, or day and month, the registry still has to fill in."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def of(cls, day: date) -> OpenDate:
        """The complete date of ``day``."""
        return cls(year=day.year, month=day.month, day=day.day)

    def is_complete(self) -> bool:
        """Whether nothing is left open."""
        return self.month is not None and self.day is not None


def _is_day(typed: str) -> bool:
    return re.fullmatch(_DAY_PATTERN, typed, re.ASCII) is not None


def _parse_open_date(value: Any) -> OpenDate:
    if isinstance(value, OpenDate):
        return value
    typed = str(value).strip()
    if re.fullmatch(r"\d{4}", typed, re.ASCII):
        return OpenDate(year=_day(typed, "01", "01", typed).year)
    if found := re.fullmatch(r"(\d{4})-(\d{2})", typed, re.ASCII):
        first = _day(found[1], found[2], "01", typed)
        return OpenDate(year=first.year, month=first.month)
    if not _is_day(typed):
        raise refusal("open_date_form", typed=typed)
    return OpenDate.of(parse_day(typed))


_YES, _NO = ("có", "true", "yes"), ("không", "false", "no")


def _parse_yes_no(value: Any) -> bool:
    typed = str(value).strip().lower()
    if typed not in _YES + _NO:
        raise refusal("yes_no", typed=str(value))
    return typed in _YES


def _line(value: str) -> str:
    line = one_line(value)
    if not line:
        raise refusal("text_empty")
    return line


def _prose(value: str) -> str:
    if not value.strip():
        raise refusal("text_empty")
    return value


_DAY_PATTERN = r"^(\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4})$"

Day = Annotated[
    date,
    BeforeValidator(parse_day, json_schema_input_type=Annotated[str, Field(pattern=_DAY_PATTERN)]),
]
PartDay = Annotated[
    OpenDate,
    BeforeValidator(
        _parse_open_date,
        json_schema_input_type=Annotated[str, Field(pattern=r"^(\d{4}(-\d{2}){0,2}|\d{1,2}/\d{1,2}/\d{4})$")],
    ),
]
Clock = Annotated[
    time,
    BeforeValidator(_parse_time, json_schema_input_type=Annotated[str, Field(pattern=r"^\d{1,2}:\d{2}$")]),
]
YesNo = Annotated[bool, BeforeValidator(_parse_yes_no, json_schema_input_type=Annotated[str, Field(pattern=r"^\w+$")])]
# One line of running text.
Line = Annotated[str, StringConstraints(max_length=500), AfterValidator(_line)]
# A name printed in a heading: long ones wrap, absurd ones are refused.
Name = Annotated[str, StringConstraints(max_length=160), AfterValidator(_line)]
# Several paragraphs.
Prose = Annotated[
    str,
    StringConstraints(max_length=200_000),
    AfterValidator(_prose),
    Field(json_schema_extra={"minLength": 1}),  # for editors, which cannot ask for more than blanks
]
KEY_PATTERN = r"^[a-z0-9][a-z0-9-]{0,59}$"
# The key of a document, an announcement or a campaign: it becomes part of file names and addresses.
Key = Annotated[str, StringConstraints(pattern=KEY_PATTERN)]
