"""One announcement made ready for one occurrence: the post that a channel is given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Protocol
from zoneinfo import ZoneInfo

from channels.post import Attachment, Post
from loa.core.errors import Place, mistake
from loa.core.text import one_line, slug
from loa.planning.model import Announcement, AnnouncementImage, Campaign
from loa.planning.plan import Occurrence
from notices.components import title_of
from notices.picture import Picture


class Renderer(Protocol):
    """Words with facts in them to what is sent. Each method raises LoaError at ``place`` for a mistake in the words.

    The same campaign must always give the same result: the hash of what is sent is compared and kept.
    """

    def line(self, campaign: Campaign, text: str, place: Place) -> str:
        """One line of plain text: facts filled in, no Markdown."""

    def prose(self, campaign: Campaign, text: str, place: Place) -> tuple[str, str]:
        """Running text as sanitised HTML and as plain text."""

    def picture(self, campaign: Campaign, image: AnnouncementImage, place: Place) -> Picture:
        """The picture of an announcement."""

    def pdf(self, campaign: Campaign, document: str) -> bytes:
        """A document of the campaign as PDF."""

    def appendices(self, campaign: Campaign, document: str) -> Sequence[Attachment]:
        """Its appendices that are files of their own, as PDF."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """Where an announcement stands on a website, for channels that point there; empty where none has it."""

    link: str = ""
    media: Mapping[str, str] = field(default_factory=dict)  # public address of each file by its name


NO_PAGE = Page()


def prepare_post(
    campaign: Campaign, occurrence: Occurrence, renderer: Renderer, *, issuer: str, page: Page = NO_PAGE
) -> Post:
    """The post for ``occurrence`` in the name of ``issuer``; the same files always give the same one.

    Raises LoaError for a mistake in the words, or ``delivery.empty_text`` when nothing is left of a title or a text.
    KeyError when the campaign has no such announcement or document: it must have passed the check.
    """
    announcement = campaign.announcements[occurrence.announcement]
    where = f"{campaign.campaign}: announcements.{occurrence.announcement}"
    title = _title(campaign, announcement, renderer, Place(part=f"{where}.title"))
    html, text = renderer.prose(campaign, announcement.text, Place(part=f"{where}.text"))
    if not text.strip():
        raise mistake("delivery.empty_text", Place(part=f"{where}.text"))
    if announcement.summary is None:
        summary = one_line(text.strip().split("\n\n")[0])
    else:
        summary = renderer.line(campaign, announcement.summary, Place(part=f"{where}.summary"))
    return Post(
        marker=occurrence.code,
        title=title,
        summary=summary,
        html=html,
        text=text,
        issuer=issuer,
        published_at=occurrence.starts_at.astimezone(ZoneInfo(occurrence.zone)),
        attachments=tuple(
            replace(attachment, address=page.media.get(attachment.name, ""))
            for attachment in _attachments(campaign, announcement, renderer, Place(part=f"{where}.image"))
        ),
        page=page.link,
        valid_until=campaign.window.to,
    )


def _title(campaign: Campaign, announcement: Announcement, renderer: Renderer, place: Place) -> str:
    title = one_line(renderer.line(campaign, announcement.title, place))
    if not title:
        raise mistake("delivery.empty_text", place)
    return title


def _attachments(
    campaign: Campaign, announcement: Announcement, renderer: Renderer, place: Place
) -> Iterator[Attachment]:
    """The picture first, then the documents, each once and followed by its appendices."""
    if announcement.image:
        yield _picture(campaign, announcement.image, renderer, place)
    for name in dict.fromkeys(announcement.attach):
        yield _attachment(campaign, name, renderer)
        yield from renderer.appendices(campaign, name)


def _picture(campaign: Campaign, image: AnnouncementImage, renderer: Renderer, place: Place) -> Attachment:
    found = renderer.picture(campaign, image, place)
    name = PurePath(found.name)
    return Attachment(
        name=f"{slug(name.stem) or 'anh'}{name.suffix.lower()}",
        media_type=found.media_type,
        content=found.content,
        title=image.alt,
        alt=image.alt,
    )


def _attachment(campaign: Campaign, name: str, renderer: Renderer) -> Attachment:
    spec = campaign.documents[name]
    place = Place(part=f"{campaign.campaign}: documents.{name}")
    return Attachment(
        name=f"{name}.pdf",
        media_type="application/pdf",
        content=renderer.pdf(campaign, name),
        title=one_line(renderer.line(campaign, title_of(spec), place)),
    )
