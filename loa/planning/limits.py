"""Whether what an announcement says on each channel is within what the channel takes, before anything is planned."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from channels.abilities import Abilities, Limit
from loa.core.errors import LoaError, Place, Problem, in_order
from loa.core.text import normalise
from loa.planning.announcement import Announcement, Content
from loa.planning.workspace import CampaignFile, Workspace
from notices.context import Context
from notices.fill import fill_line, fill_prose
from notices.lighter import lighter
from notices.summary import first_paragraph
from notices.template import Text
from notices.writers.text import plain


@dataclass(frozen=True, kw_only=True)
class Measured:
    """How long one text is on a channel."""

    part: str  # title, summary or text
    length: int
    most: int | None  # None: no limit

    @property
    def over(self) -> int:
        """By how much it is too long; 0 when it fits."""
        return max(0, self.length - self.most) if self.most is not None else 0


def measure(abilities: Abilities, *, title: str, summary: str, text: str) -> tuple[Measured, ...]:
    """The length of each filled text as the service counts it, beside its limit."""
    texts: tuple[tuple[str, str, Limit | None], ...] = (
        ("title", title, abilities.title),
        ("summary", summary, abilities.summary),
        ("text", text, abilities.text),
    )
    return tuple(
        Measured(
            part=part,
            length=limit.unit.length(normalise(said)) if limit else len(normalise(said)),
            most=limit.most if limit else None,
        )
        for part, said, limit in texts
    )


def find_excess(file: CampaignFile, workspace: Workspace, context: Context) -> Iterator[Problem]:
    """Texts that are too long, and pictures too many, too few or too heavy, for a channel of their announcement.

    Texts with a mistake are left out: the mistake speaks for itself.
    """
    for name, announcement in file.campaign.announcements.items():
        for index, channel in enumerate(announcement.channels):
            abilities = workspace.config.channels[channel].abilities
            content = announcement.on(channel)
            with suppress(LoaError):
                yield from _too_long(file, context, name, channel, content, abilities)
            yield from _pictures(file, workspace, name, index, announcement, abilities)


def require_fitting(file: CampaignFile, workspace: Workspace, context: Context) -> None:
    """Raise LoaError with everything that ``find_excess`` finds."""
    if problems := list(find_excess(file, workspace, context)):
        raise LoaError(in_order(problems))


def _too_long(
    file: CampaignFile, context: Context, name: str, channel: str, content: Content, abilities: Abilities
) -> Iterator[Problem]:
    def place(part: str) -> Place:
        return file.source.text_place("announcements", name, *content.places[part])

    prose = fill_prose(Text(text=content.text, place=place("text")), context)
    text = plain(prose.blocks, prose.notes)
    title = fill_line(Text(text=content.title, place=place("title")), context)
    has_summary = content.summary is not None
    summary = (
        fill_line(Text(text=content.summary or "", place=place("summary")), context)
        if has_summary
        else first_paragraph(text)
    )
    for measured in measure(abilities, title=title, summary=summary, text=text):
        if measured.over:
            is_first_paragraph = measured.part == "summary" and not has_summary
            yield Problem(
                key="post.no_short_summary" if is_first_paragraph else "post.too_long",
                place=place("text" if is_first_paragraph else measured.part),
                values={"channel": channel, "length": measured.length, "most": measured.most, "over": measured.over},
            )


def _pictures(
    file: CampaignFile, workspace: Workspace, name: str, index: int, announcement: Announcement, abilities: Abilities
) -> Iterator[Problem]:
    channel, wanted = announcement.channels[index], abilities.pictures
    content = announcement.on(channel)
    count = len(content.images)
    values: dict[str, object] = {"channel": channel, "count": count, "least": wanted.least, "most": wanted.most}
    if count < wanted.least:
        yield Problem(
            key="post.few_pictures", place=file.source.place("announcements", name, "channels", index), values=values
        )
    if count > wanted.most:
        place = file.source.place("announcements", name, *content.places["images"])
        yield Problem(key="post.many_pictures", place=place, values=values)
    for number, image in enumerate(content.images):
        if image.file is None:
            continue
        place = file.source.place("announcements", name, *content.image_place(number), "file")
        try:
            lighter(workspace.picture(image.file, place), wanted.media_types, wanted.bytes_most, place)
        except LoaError as error:
            yield from error.problems
