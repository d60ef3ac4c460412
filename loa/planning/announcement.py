"""One piece of content to publish: what it says, on which channels, on which days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Self

from pydantic import Field, model_validator

from loa.core.model import Clock, Day, Key, Line, Model, Prose, YesNo, refusal
from loa.planning.rhythm import Every, Rhythm, TypedWeekday


class PostRule(Model):
    """Days on which an announcement goes out, and at which slot of its channels, or, urgent, at which time."""

    date: Day | None = None
    every: Every | None = Field(default=None, description="ngày, ngày làm việc, thứ Hai, tuần, tháng (ngày 15)")
    weekdays: list[TypedWeekday] = Field(default=[], description="The same as every with weekdays")
    slot: Line | None = None
    slots: list[Line] = Field(default=[], description="Several slots of each day")
    at: Clock | None = Field(default=None, description="A time of day without slot: only of an urgent announcement")
    from_: Day | None = Field(default=None, alias="from", description="Of every: first day; else the window's")
    to: Day | None = Field(default=None, description="Of every: last day; else the window's")

    @model_validator(mode="after")
    def _has_days(self) -> Self:
        if [self.date is not None, self.every is not None, bool(self.weekdays)].count(True) != 1:
            raise refusal("post_days")
        if [self.slot is not None, bool(self.slots), self.at is not None].count(True) != 1:
            raise refusal("post_slot")
        if self.at is not None and self.date is None:
            raise refusal("post_at")
        if self.date is not None and (self.from_ or self.to):
            raise refusal("post_bounds")
        if self.from_ and self.to and self.to < self.from_:
            raise refusal("period_order")
        return self

    @property
    def rhythm(self) -> Rhythm | None:
        """How often it is repeated; None for a single day."""
        return Rhythm(unit="weekdays", weekdays=tuple(self.weekdays)) if self.weekdays else self.every

    @property
    def slot_names(self) -> tuple[str, ...]:
        """The slots, each once; none for a time of day."""
        return tuple(dict.fromkeys([self.slot] if self.slot is not None else self.slots))


class AnnouncementImage(Model):
    """A picture of an announcement: a file of the workspace, a poster's, or the first page of another document."""

    file: Line | None = Field(default=None, description="PNG or JPEG, from the workspace's folder")
    document: Key | None = None
    alt: Line = Field(description="What the picture says, for those who cannot see it")

    @model_validator(mode="after")
    def _has_one_source(self) -> Self:
        if (self.file is None) == (self.document is None):
            raise refusal("image_source")
        return self


class Version(Model):
    """What an announcement says otherwise on one channel; what is not named stays."""

    title: Line | None = None
    summary: Line | None = None
    text: Prose | None = None
    image: AnnouncementImage | None = None
    images: list[AnnouncementImage] | None = Field(default=None, description="Instead; an empty list: no picture")
    attach: list[Key] | None = Field(default=None, description="Instead; an empty list: no document")

    @model_validator(mode="after")
    def _has_one_list_of_images(self) -> Self:
        if self.image is not None and self.images is not None:
            raise refusal("image_and_images")
        return self


# Where a part stands in the campaign file, below ``announcements``: the announcement's name first.
Where = tuple[str | int, ...]


@dataclass(frozen=True, kw_only=True)
class Content:
    """What an announcement says on one channel, and where each part is written."""

    title: str
    summary: str | None
    text: str
    images: tuple[AnnouncementImage, ...]
    attach: tuple[str, ...]
    places: Mapping[str, Where]  # by title, summary, text, images, attach: below the announcement

    def image_place(self, index: int) -> Where:
        """Where picture number ``index`` is written, below the announcement."""
        where = self.places["images"]
        return (*where, index) if where[-1] == "images" else where


class Announcement(Model):
    """One piece of content to publish."""

    title: Line
    summary: Line | None = Field(default=None, description="For lists and feeds; else the first paragraph")
    text: Prose
    image: AnnouncementImage | None = None
    images: list[AnnouncementImage] = Field(default=[], description="Several pictures, instead of image")
    attach: list[Key] = Field(default=[], description="Documents of this campaign, as PDF")
    channels: Annotated[list[Line], Field(min_length=1)]
    versions: dict[Line, Version] = Field(default={}, description="Channel → what it says otherwise there")
    urgent: YesNo = Field(default=False, description="Goes out at a time of its own (at), without slot")
    post: Annotated[list[PostRule], Field(min_length=1)]

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if self.image is not None and self.images:
            raise refusal("image_and_images")
        if any((rule.at is not None) != self.urgent for rule in self.post):
            raise refusal("post_urgent" if self.urgent else "post_not_urgent")
        return self

    @property
    def pictures(self) -> tuple[AnnouncementImage, ...]:
        """Those that it shows wherever no version says otherwise."""
        return _images(self.image, self.images)

    def on(self, channel: str) -> Content:
        """What it says on ``channel``: the version for it, part by part, else what it says everywhere."""
        version = self.versions.get(channel, Version())
        places: dict[str, Where] = {}
        for part in ("title", "summary", "text", "attach"):
            is_own = getattr(version, part) is not None
            places[part] = ("versions", channel, part) if is_own else (part,)
        is_own = version.image is not None or version.images is not None
        where: Where = ("versions", channel) if is_own else ()
        images = _images(version.image, version.images) if is_own else self.pictures
        places["images"] = (*where, "image" if (version if is_own else self).image else "images")
        return Content(
            title=self.title if version.title is None else version.title,
            summary=self.summary if version.summary is None else version.summary,
            text=self.text if version.text is None else version.text,
            images=images,
            attach=tuple(self.attach if version.attach is None else version.attach),
            places=places,
        )


def _images(one: AnnouncementImage | None, several: list[AnnouncementImage] | None) -> tuple[AnnouncementImage, ...]:
    return (one,) if one is not None else tuple(several or ())
