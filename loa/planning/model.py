"""What an officer writes: the configuration of an office and one campaign."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Annotated, Any, Literal, Self, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from channels import KINDS, settings_model
from channels.base import PartName
from loa.core.model import Day, Key, Line, Model, Prose, refusal
from loa.core.text import one_line
from notices.facts import Fact, Period
from notices.model import Agency, DocumentSpec

Weekday = Literal["thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
_SPELLINGS = {name.casefold(): name for name in WEEKDAYS}
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


def _weekday(value: Any) -> Any:
    """Whatever its capitals, as the list of weekdays spells it; any other value as it is."""
    return _SPELLINGS.get(one_line(value).casefold(), value) if isinstance(value, str) else value


Zone = Annotated[ZoneInfo, BeforeValidator(_zone, json_schema_input_type=str)]


class Config(Model):
    """config.yaml: who we are, and where we speak."""

    agency: Agency
    language: Literal["vi", "en"] = Field(default="vi", description="Of messages on the terminal")
    timezone: Zone = ZoneInfo("Asia/Ho_Chi_Minh")
    approval: Literal["none"] = Field(default="none", description="Who must approve before posting")
    channels: dict[PartName, ChannelSettings] = Field(
        default={}, description="Accounts to post with, each under a name"
    )


class Window(Period):
    """When the publicity runs, first and last day included. Not the event it speaks of: that is a fact."""


class PostRule(Model):
    """Days on which an announcement goes out: one date, or weekdays all through the window; at a slot."""

    date: Day | None = None
    weekdays: list[Annotated[Weekday, BeforeValidator(_weekday)]] = Field(default_factory=list)
    slot: Line

    @model_validator(mode="after")
    def _has_days(self) -> Self:
        if (self.date is None) == (not self.weekdays):
            raise refusal("post_days")
        return self


class AnnouncementImage(Model):
    """The picture of an announcement: a file of the workspace, or the first page of a document."""

    file: Line | None = Field(default=None, description="PNG or JPEG, from the workspace's folder")
    document: Key | None = None
    alt: Line = Field(description="What the picture says, for those who cannot see it")

    @model_validator(mode="after")
    def _has_one_source(self) -> Self:
        if (self.file is None) == (self.document is None):
            raise refusal("image_source")
        return self


class Announcement(Model):
    """One piece of content to publish."""

    title: Line
    summary: Line | None = Field(default=None, description="For lists and feeds; else the first paragraph")
    text: Prose
    image: AnnouncementImage | None = None
    attach: list[Key] = Field(default=[], description="Documents of this campaign, as PDF")
    channels: Annotated[list[Line], Field(min_length=1)]
    post: Annotated[list[PostRule], Field(min_length=1)]


# What templates already call so, or what their language means by it.
_TAKEN = {
    "agency",
    "campaign",
    "and",
    "else",
    "false",
    "if",
    "in",
    "is",
    "loop",
    "none",
    "not",
    "or",
    "self",
    "super",
    "true",
}


def _free_name(name: str) -> str:
    if name in _TAKEN:
        raise refusal("fact_taken", typed=name)
    return name


FactName = Annotated[str, Field(pattern=FACT_PATTERN), AfterValidator(_free_name)]


class Campaign(Model):
    """One campaign file."""

    campaign: Key
    title: Line
    agency: Agency | None = Field(default=None, description="Instead of the office's own")
    window: Window
    facts: dict[FactName, Fact] = Field(default_factory=dict)
    documents: dict[Key, DocumentSpec] = Field(default_factory=dict)
    announcements: dict[Key, Announcement] = Field(default_factory=dict)
