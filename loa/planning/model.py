"""What an officer writes: the configuration of an office and one campaign."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import reduce
from operator import or_
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from channels import KINDS, settings_model
from channels.settings import PartName
from loa.core.model import KEY_PATTERN, Day, Key, Line, Model, parse_day, refusal
from loa.core.text import one_line
from loa.planning.announcement import Announcement
from loa.planning.mail import Smtp
from loa.planning.relay import Relay
from notices.context import Issue
from notices.facts import Fact, Period
from notices.model import Agency, DocumentSpec

FACT_PATTERN = r"^[a-z_][a-z0-9_]*$"  # a name that templates can print

_SETTINGS = [settings_model(kind) for kind in KINDS]
# A union needs two members to be told apart by ``type``.
ChannelSettings: Any = (
    Annotated[reduce(or_, _SETTINGS), Field(discriminator="type")] if len(_SETTINGS) > 1 else _SETTINGS[0]
)


def _zone(value: Any) -> ZoneInfo:
    if isinstance(value, ZoneInfo):
        return value
    try:
        return ZoneInfo(str(value))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise refusal("zone", typed=str(value)) from None


Zone = Annotated[ZoneInfo, BeforeValidator(_zone, json_schema_input_type=str)]


class Numbers(Model):
    """How the office numbers its papers (Nghị định 30/2020/NĐ-CP, Điều 15)."""

    series: Literal["per_agency", "per_type"] = Field(
        default="per_agency", description="One series for all papers, or one for each type; as the head has decided"
    )
    book: Literal["elsewhere", "here"] = Field(
        default="elsewhere", description="Where the register is kept: here, loa number --next gives numbers"
    )


class Person(Model):
    """Somebody of the office who may be named with ``--by``."""

    id: Key
    name: Line | None = Field(default=None, description="As the records show it; else the id")
    roles: Annotated[list[Literal["draft", "approve"]], Field(min_length=1)]


class Config(Model):
    """config.yaml: who we are, and where we speak."""

    agency: Agency
    language: Literal["vi", "en"] = Field(default="vi", description="Of messages on the terminal")
    timezone: Zone = ZoneInfo("Asia/Ho_Chi_Minh")
    approval: Literal["none", "required"] = Field(
        default="required", description="Whether a leader must approve an announcement before it is posted"
    )
    people: list[Person] = Field(default=[], description="Who may draft and who may approve; empty: anybody")
    numbers: Numbers = Numbers()
    channels: dict[PartName, ChannelSettings] = Field(
        default={}, description="Accounts to post with, each under a name"
    )
    smtp: Smtp | None = Field(default=None, description="Mail server for reminders to those who post by hand")

    def label_of(self, channel: str) -> str:
        """What people call a channel: its label, else its key, also of one that is no longer here."""
        settings = self.channels.get(channel)
        return (settings.label if settings else None) or channel


class IssueOf(Model):
    """The day of issue of a document, once it has its number."""

    document: Key


_ISSUE_OF = re.compile(rf"issue of ({KEY_PATTERN.strip('^$')})")


def _beginning(value: Any) -> Any:
    """``issue of cong-van``, or a day."""
    if isinstance(value, IssueOf):
        return value
    if isinstance(value, str) and (found := _ISSUE_OF.fullmatch(one_line(value))):
        return IssueOf(document=found[1])
    return parse_day(value)


Beginning = Annotated[
    date | IssueOf,
    BeforeValidator(
        _beginning,
        json_schema_input_type=Annotated[
            str, Field(pattern=r"^(\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4}|issue of [a-z0-9][a-z0-9-]{0,59})$")
        ],
    ),
]


class Window(Model):
    """When the publicity runs, first and last day included. Not the event it speaks of: that is a fact."""

    from_: Beginning = Field(alias="from", description="A day, or “issue of cong-van”: once that has number and day")
    to: Day

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if isinstance(self.from_, date) and self.to < self.from_:
            raise refusal("period_order")
        return self

    def opened(self, issues: Mapping[str, Issue]) -> Period | None:
        """The days themselves, given the papers that have their number; None while the window waits for one.

        Also None when the paper was issued after the window's last day.
        """
        first = self.from_
        if isinstance(first, IssueOf):
            issue = issues.get(first.document)
            if issue is None or issue.day > self.to:
                return None
            first = issue.day
        return Period.model_validate({"from": first, "to": self.to})

    def awaited(self, issues: Mapping[str, Issue]) -> str | None:
        """The document whose number and day the window waits for."""
        return self.from_.document if isinstance(self.from_, IssueOf) and self.from_.document not in issues else None


# Post all the same, leave out, or move to the working day before or after.
DayPolicy = Literal["post", "skip", "before", "after"]


class Blackout(Model):
    """Days on which nothing of the campaign goes out but what is urgent."""

    date: Day | None = None
    from_: Day | None = Field(default=None, alias="from")
    to: Day | None = None
    reason: Line = Field(description="Why; the plan says it")

    @model_validator(mode="after")
    def _is_a_day_or_a_period(self) -> Self:
        if (self.date is not None) == (self.from_ is not None) or (self.from_ is None) != (self.to is None):
            raise refusal("blackout_days")
        if self.from_ and self.to and self.to < self.from_:
            raise refusal("period_order")
        return self

    def covers(self, day: Day) -> bool:
        """Whether the day is one of them."""
        if self.from_ is None or self.to is None:
            return day == self.date
        return self.from_ <= day <= self.to


# What templates already call so, or what their language means by it.
TAKEN_NAMES = {
    "agency",
    "campaign",
    "documents",
    "and",
    "else",
    "false",
    "host",
    "if",
    "in",
    "is",
    "issuer",
    "loop",
    "none",
    "not",
    "or",
    "self",
    "super",
    "true",
}


def _free_name(name: str) -> str:
    if name in TAKEN_NAMES:
        raise refusal("fact_taken", typed=name)
    return name


FactName = Annotated[str, Field(pattern=FACT_PATTERN), AfterValidator(_free_name)]


class Campaign(Model):
    """One campaign file."""

    campaign: Key
    title: Line
    author: Key | None = Field(default=None, description="Who drafted it: approval must come from somebody else")
    agency: Agency | None = Field(default=None, description="Instead of the office's own")
    window: Window
    holidays: DayPolicy = Field(default="post", description="What becomes of posts on public holidays")
    weekends: DayPolicy = Field(default="post", description="What becomes of posts on Saturdays and Sundays")
    blackout: list[Blackout] = Field(default=[], description="Days on which nothing goes out but what is urgent")
    facts: dict[FactName, Fact] = Field(default_factory=dict)
    allow: list[Line] = Field(
        default=[], description="Phones, links, amounts, dates that texts may say though no fact does"
    )
    documents: dict[Key, DocumentSpec] = Field(default_factory=dict)
    announcements: dict[Key, Announcement] = Field(default_factory=dict)
    audience: Line | None = Field(default=None, description="List of agencies that get kits: YAML, CSV or XLSX")
    relay: Relay | None = Field(default=None, description="Draft of their own dispatch, in every kit")

    @model_validator(mode="after")
    def _has_readers(self) -> Self:
        if self.relay and not self.audience:
            raise refusal("relay_without_audience")
        return self
