"""One announcement made ready for one occurrence: the post that a channel is given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Protocol
from zoneinfo import ZoneInfo

from channels.abilities import Abilities, Pictures
from channels.post import Attachment, Post
from loa.core.errors import Place, mistake
from loa.core.text import one_line, slug
from loa.planning.announcement import Announcement, AnnouncementImage, Content, Where
from loa.planning.model import Campaign, Config
from loa.planning.plan import Occurrence
from notices.naming import title_of
from notices.picture import Picture
from notices.summary import first_paragraph


class Renderer(Protocol):
    """Words with facts in them to what is sent. Each method raises LoaError at ``place`` for a mistake in the words.

    The same campaign must always give the same result: the hash of what is sent is compared and kept.
    """

    def line(self, campaign: Campaign, text: str, place: Place) -> str:
        """One line of plain text: facts filled in, no Markdown."""

    def prose(self, campaign: Campaign, text: str, place: Place) -> tuple[str, str]:
        """Running text as sanitised HTML and as plain text."""

    def picture(self, campaign: Campaign, image: AnnouncementImage, wanted: Pictures, place: Place) -> Picture:
        """A picture of an announcement in the shape, kind and weight ``wanted``."""

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
    campaign: Campaign,
    occurrence: Occurrence,
    renderer: Renderer,
    *,
    config: Config,
    issuer: str,
    page: Page = NO_PAGE,
) -> Post:
    """The post for ``occurrence`` in the name of ``issuer``; the same files always give the same one.

    Raises LoaError for a mistake in the words, or ``delivery.empty_text`` when nothing is left of a title or a text.
    KeyError when the campaign has no such announcement or document, or ``config`` no such channel: it must have
    passed the check.
    """
    announcement = campaign.announcements[occurrence.announcement]
    content = announcement.on(occurrence.channel)
    places = _Places(campaign=campaign.campaign, announcement=occurrence.announcement)
    title = one_line(renderer.line(campaign, content.title, places.of(content.places["title"])))
    if not title:
        raise mistake("delivery.empty_text", places.of(content.places["title"]))
    html, text = renderer.prose(campaign, content.text, places.of(content.places["text"]))
    if not text.strip():
        raise mistake("delivery.empty_text", places.of(content.places["text"]))
    if content.summary is None:
        summary = first_paragraph(text)
    else:
        summary = renderer.line(campaign, content.summary, places.of(content.places["summary"]))
    wanted = wanted_pictures(announcement, occurrence.channel, config)
    attachments = [*_pictures(campaign, content, wanted, renderer, places), *_papers(campaign, content, renderer)]
    return Post(
        marker=occurrence.code,
        title=title,
        summary=summary,
        html=html,
        text=text,
        issuer=issuer,
        published_at=occurrence.starts_at.astimezone(ZoneInfo(occurrence.zone)),
        attachments=tuple(replace(one, address=page.media.get(one.name, "")) for one in attachments),
        page=page.link,
        visible_code=visible_code(occurrence) if config.channels[occurrence.channel].visible_code else "",
        valid_until=campaign.window.to,
        until=occurrence.ends_at.astimezone(ZoneInfo(occurrence.zone)),
        topic=campaign.title,
    )


def wanted_pictures(announcement: Announcement, channel: str, config: Config) -> Pictures:
    """What the pictures on ``channel`` have to be; of one that fetches them from a website, what that website shows."""
    own = _abilities_of(channel, config)
    if own.pictures.by_address:
        others = (_abilities_of(name, config) for name in announcement.channels)
        return next((other.pictures for other in others if other.gives_page), own.pictures)
    return own.pictures


def visible_code(occurrence: Occurrence) -> str:
    """The code as people read it out: ``Mã tin: 7K3Q-9ABC``."""
    code = occurrence.code.upper()
    return f"Mã tin: {code[:4]}-{code[4:]}"


def _abilities_of(channel: str, config: Config) -> Abilities:
    abilities: Abilities = config.channels[channel].abilities
    return abilities


@dataclass(frozen=True, kw_only=True)
class _Places:
    """Names the parts of an announcement for messages of the posting job, which has no lines to name."""

    campaign: str
    announcement: str

    def of(self, where: Where) -> Place:
        return Place(part=f"{self.campaign}: announcements.{'.'.join(map(str, (self.announcement, *where)))}")


def _pictures(
    campaign: Campaign, content: Content, wanted: Pictures, renderer: Renderer, places: _Places
) -> Iterator[Attachment]:
    """The pictures in their order, each under a name of its own."""
    taken: set[str] = set()
    for index, image in enumerate(content.images):
        found = renderer.picture(campaign, image, wanted, places.of(content.image_place(index)))
        path = PurePath(found.name)
        stem, suffix = slug(path.stem) or "anh", path.suffix.lower()
        name = f"{stem}{suffix}" if f"{stem}{suffix}" not in taken else f"{stem}-{index + 1}{suffix}"
        taken.add(name)
        yield Attachment(name=name, media_type=found.media_type, content=found.content, title=image.alt, alt=image.alt)


def _papers(campaign: Campaign, content: Content, renderer: Renderer) -> Iterator[Attachment]:
    """The documents, each once and followed by its appendices."""
    for name in dict.fromkeys(content.attach):
        yield _attachment(campaign, name, renderer)
        yield from renderer.appendices(campaign, name)


def _attachment(campaign: Campaign, name: str, renderer: Renderer) -> Attachment:
    spec = campaign.documents[name]
    place = Place(part=f"{campaign.campaign}: documents.{name}")
    return Attachment(
        name=f"{name}.pdf",
        media_type="application/pdf",
        content=renderer.pdf(campaign, name),
        title=one_line(renderer.line(campaign, title_of(spec), place)),
    )
