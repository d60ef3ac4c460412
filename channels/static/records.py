"""The record that lies beside each page of the static site: from it the page and every list can be made anew."""

from __future__ import annotations

import io
import textwrap
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Self
from urllib.parse import quote

from PIL import Image
from pydantic import AwareDatetime

from channels.json_text import to_json
from channels.post import Attachment, Post
from channels.wording import kind_and_size
from loa.core.model import Model

PAGE = "index.html"
RECORD = "post.json"
TEXT = "noi-dung.txt"  # the words of the page, to keep
HOME = "tb"  # thông báo: the folder of all posts
State = Literal["current", "archived", "withdrawn"]
_DESCRIPTION = 200  # characters shown by lists, feeds and shared links when a post has no summary


class RecordedFile(Model):
    """An attachment as it lies beside its page."""

    name: str
    title: str
    media_type: str
    size: int  # bytes
    sha256: str
    alt: str = ""
    width: int | None = None  # pixels, of a picture that says so
    height: int | None = None

    @classmethod
    def of(cls, attachment: Attachment) -> Self:
        """The record of one attachment."""
        width, height = _pixels(attachment)
        return cls(
            name=attachment.name,
            title=attachment.title,
            media_type=attachment.media_type,
            size=len(attachment.content),
            sha256=attachment.sha256,
            alt=attachment.alt,
            width=width,
            height=height,
        )

    @property
    def kind_and_size(self) -> str:
        """``PDF, 1,2 MB``."""
        return kind_and_size(self.name, self.media_type, self.size)

    @property
    def address(self) -> str:
        """The name as part of an address, relative to the page."""
        return quote(self.name)

    @property
    def is_picture(self) -> bool:
        """Whether the page shows it instead of linking to it."""
        return self.media_type.startswith("image/") and bool(self.alt)


class Record(Model):
    """All that is public about one post; the page and every list can be made again from it.

    What was added later has a value that says nothing, so that the records of older sites are still read.
    """

    id: str  # tag URI, kept for ever even when the site moves
    marker: str
    title: str
    summary: str
    html: str
    text: str
    issuer: str
    published: AwareDatetime
    sha256: str  # fingerprint of the post
    page_sha256: str = ""  # of the page beside it: a record of another version of the page is not whole
    text_sha256: str = ""  # of the text file beside it; empty on sites made before there was one
    attachments: tuple[RecordedFile, ...] = ()
    code: str = ""  # “Mã tin”, where the office shows it
    valid_until: date | None = None  # last day of the campaign's window
    archived: bool = False  # that day has passed
    modified: AwareDatetime | None = None  # of the newest correction
    withdrawn: AwareDatetime | None = None
    reason: str = ""  # why it was withdrawn
    topic: str = ""  # what it is one of, such as the title of its campaign

    @classmethod
    def of(cls, post: Post, *, identity: str) -> Self:
        """The record of a ``post`` that is new, still without the hashes of its page and its text file."""
        return cls(
            id=identity,
            marker=post.marker,
            title=post.title,
            summary=post.summary,
            html=post.html,
            text=post.text,
            issuer=post.issuer,
            published=post.published_at,
            sha256=post.fingerprint(),
            attachments=tuple(RecordedFile.of(attachment) for attachment in post.attachments),
            code=post.visible_code,
            valid_until=post.valid_until,
            topic=post.topic,
        )

    def says_the_same(self, other: Record) -> bool:
        """Whether readers find the same on both pages."""

        def said(record: Record) -> tuple[object, ...]:
            files = [(file.name, file.title, file.alt, file.sha256) for file in record.attachments]
            return (record.title, record.summary, record.html, record.text, record.issuer, record.code, files)

        return said(self) == said(other)

    def followed_by(self, post: Post) -> Record:
        """The record of ``post`` in the place of this one: what outlives a change of its words stays."""
        after = Record.of(post, identity=self.id)
        archived = self.archived and after.valid_until == self.valid_until
        return after.model_copy(update={"marker": self.marker, "modified": self.modified, "archived": archived})

    def corrected_by(self, post: Post, now: datetime) -> Record:
        """As ``followed_by``, marked as corrected at ``now``; the same words again are no correction."""
        after = self.followed_by(post).model_copy(update={"published": self.published})
        return after if after.says_the_same(self) else after.model_copy(update={"modified": self._here(now)})

    def taken_down(self, reason: str, now: datetime) -> Record:
        """What stays of a post that was withdrawn: title and address; the first day of withdrawal counts."""
        nothing = {"summary": "", "html": "", "text": "", "attachments": (), "modified": None}
        withdrawn = self.withdrawn or self._here(now)
        return self.model_copy(update={**nothing, "withdrawn": withdrawn, "reason": reason})

    def ended(self) -> Record:
        """The record in the archive."""
        return self.model_copy(update={"archived": True})

    def has_ended(self, today: date) -> bool:
        """Whether it still stands among what is current although its window was over before ``today``."""
        return self.state == "current" and self.valid_until is not None and self.valid_until < today

    @property
    def state(self) -> State:
        """Where it belongs."""
        return "withdrawn" if self.withdrawn else "archived" if self.archived else "current"

    @property
    def changed(self) -> datetime:
        """When its words last changed; aware."""
        return self.withdrawn or self.modified or self.published

    def _here(self, now: datetime) -> datetime:
        """To the second, in the zone in which the post was published."""
        return now.astimezone(self.published.tzinfo).replace(microsecond=0)

    @property
    def description(self) -> str:
        """One line about the post, never empty: lists, feeds and shared links show it."""
        return (
            self.summary
            or textwrap.shorten(self.text[: 4 * _DESCRIPTION], _DESCRIPTION, placeholder=" …")
            or self.title
        )

    @property
    def lead(self) -> str:
        """The summary, unless the text begins with the same words anyway."""
        return "" if self.text.startswith(self.summary.rstrip(" .…")) else self.summary

    def to_bytes(self) -> bytes:
        """JSON for a file, the same bytes for the same record."""
        return to_json(self.model_dump(mode="json"))


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A record and where it lies on the site."""

    path: str  # from the site's root, with a slash at the end: tb/2023/khao-sat-7k3q/
    record: Record


def _pixels(attachment: Attachment) -> tuple[int | None, int | None]:
    """Width and height of a picture; nothing for any other file, or for one that cannot be told."""
    if not attachment.media_type.startswith("image/"):
        return None, None
    try:
        with Image.open(io.BytesIO(attachment.content)) as picture:
            return picture.size
    except (OSError, ValueError, Image.DecompressionBombError):
        return None, None
