"""Facts: values said once in a campaign and used by every medium, each with its official wording."""

from __future__ import annotations

import re
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator

from loa.core.model import Day, Line, Model, refusal
from notices.wording import grouped, short_date


def _parse_number(value: Any) -> int:
    """``6045`` or ``6.045``: dots group thousands, as Vietnamese papers print them."""
    typed = str(value).strip()
    if isinstance(value, int) or re.fullmatch(r"\d{1,15}|\d{1,3}(\.\d{3}){1,4}", typed, re.ASCII):
        return int(typed.replace(".", ""))
    raise refusal("number_form", typed=typed)


Number = Annotated[int, BeforeValidator(_parse_number, json_schema_input_type=str)]
PHONE_PATTERN = r"^[+(]?[0-9][0-9 .()-]{1,24}$"
LINK_PATTERN = r"^https?://[^\s<>\"]+$"
EMAIL_PATTERN = r"^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$"
Phone = Annotated[Line, Field(pattern=PHONE_PATTERN)]
Link = Annotated[Line, Field(pattern=LINK_PATTERN)]
Email = Annotated[Line, Field(pattern=EMAIL_PATTERN)]
# What describes a fact's value; every other key is one.
_DESCRIBES = {"label", "unit"}


class Period(Model):
    """From one day to another, both included."""

    from_: Day = Field(alias="from")
    to: Day

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.to < self.from_:
            raise refusal("period_order")
        return self


class Fact(Model):
    """One value, under the name of its type; ``label`` says what it belongs to, ``unit`` what a number counts."""

    text: Line | None = None
    date: Day | None = None
    period: Period | None = None
    phone: Phone | None = None
    money: Number | None = Field(default=None, description="Đồng")
    number: Number | None = None
    link: Link | None = None
    email: Email | None = None
    label: Line | None = None
    unit: Line | None = Field(default=None, description="What a number counts, such as phiếu; not printed with it")

    @model_validator(mode="after")
    def _has_one_value(self) -> Self:
        if len(self.model_fields_set - _DESCRIBES) != 1:
            raise refusal("fact_value")
        if self.unit is not None and self.number is None:
            raise refusal("fact_unit")
        return self

    @property
    def kind(self) -> str:
        """The key of its value: ``date``, ``phone``, …"""
        return next(key for key in type(self).model_fields if key in self.model_fields_set - _DESCRIBES)

    def __str__(self) -> str:
        """The value in official wording, as it stands in running text."""
        if self.date is not None:
            return short_date(self.date)
        if self.period is not None:
            return f"từ ngày {short_date(self.period.from_)} đến ngày {short_date(self.period.to)}"
        if self.money is not None:
            return f"{grouped(self.money)} đồng"
        if self.number is not None:
            return grouped(self.number)
        return self.text or self.phone or self.link or self.email or ""
