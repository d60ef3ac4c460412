"""What a channel is given: one announcement made ready, its files, and in whose name it speaks."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from loa.core.text import normalise

_MARKER = re.compile(r"[a-z0-9]{1,40}")
# The longest file name that every usual file system takes, in bytes of UTF-8, with room for a temporary suffix.
_NAME_BYTES = 180
# What XML and JSON cannot carry: control characters, lone surrogates, the two non-characters.
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, kw_only=True)
class Publisher:
    """The agency in whose name a channel speaks. ValueError for characters that are not text."""

    name: str  # as printed in a heading: Sở Nội vụ
    full_name: str  # in running text: Sở Nội vụ tỉnh Sông Trà
    address: str = ""
    phone: str = ""
    fax: str = ""
    email: str = ""
    website: str = ""

    def __post_init__(self) -> None:
        _clean(self, "name", "full_name", "address", "phone", "fax", "email", "website")


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file that goes out with a post. ValueError for a name that could leave its folder or hide in it."""

    name: str  # file name, without any folder
    media_type: str  # such as application/pdf
    content: bytes
    title: str  # what the link says
    alt: str = ""  # only for pictures: a picture with this text is shown, any other file is linked
    address: str = ""  # where the public already finds the same file, once a website has it

    def __post_init__(self) -> None:
        _clean(self, "name", "title", "alt")
        if not is_plain_file_name(self.name):
            raise ValueError(f"not a plain file name: {self.name!r}")

    @property
    def sha256(self) -> str:
        """Hash of the content, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Post:
    """One announcement made ready for one channel; all its text is NFC. ValueError for what no channel could take."""

    marker: str  # short code of the occurrence, a-z and 0-9: the same occurrence always has the same
    title: str  # one line of plain text
    summary: str  # one paragraph of plain text, may be empty
    html: str  # the body, already escaped and sanitised; its links are absolute
    text: str  # the body as plain text
    issuer: str  # the agency whose announcement it is; the channel may belong to another
    published_at: datetime  # the planned instant in the office's zone, not the time of sending
    attachments: tuple[Attachment, ...] = ()
    page: str = ""  # the announcement's own page on a website, for channels that point to it
    visible_code: str = ""  # “Mã tin”, only where the office asks for it
    valid_until: date | None = None  # the last day of the campaign's window, in the office's zone
    until: datetime | None = None  # when its time runs out, in the office's zone; told only to a person who posts it
    topic: str = ""  # what it is one of: the title of its campaign; a website lists what has the same

    def __post_init__(self) -> None:
        _clean(self, "title", "summary", "html", "text", "issuer", "visible_code", "topic")
        if not _MARKER.fullmatch(self.marker):
            raise ValueError(f"a marker is made of a-z and 0-9: {self.marker!r}")
        if not self.title.strip():
            raise ValueError("a post needs a title")
        if self.published_at.utcoffset() is None:
            raise ValueError("published_at needs a zone")
        if len({attachment.name.casefold() for attachment in self.attachments}) < len(self.attachments):
            raise ValueError("two attachments have the same name")

    @property
    def pictures(self) -> tuple[Attachment, ...]:
        """Those attachments that are shown."""
        return tuple(attachment for attachment in self.attachments if attachment.alt)

    @property
    def files(self) -> tuple[Attachment, ...]:
        """Those attachments that are linked."""
        return tuple(attachment for attachment in self.attachments if not attachment.alt)

    def content_sha256(self) -> str:
        """SHA-256, in hexadecimal, of what a leader approves: the same for every occurrence of the announcement.

        Addresses on a website stay out of it: they are known only once the page is there.
        """
        return _sha256(self._content())

    def fingerprint(self) -> str:
        """SHA-256, in hexadecimal, of everything that would be sent."""
        parts = self._content() | {
            "marker": self.marker,
            "visible_code": self.visible_code,
            "published_at": self.published_at.isoformat(),
            "page": self.page,
            "addresses": [attachment.address for attachment in self.attachments],
        }
        return _sha256(parts)

    def _content(self) -> dict[str, object]:
        return {
            "title": self.title,
            "summary": self.summary,
            "html": self.html,
            "text": self.text,
            "issuer": self.issuer,
            "attachments": [[a.name, a.media_type, a.title, a.alt, a.sha256] for a in self.attachments],
        }


def is_plain_file_name(name: str) -> bool:
    """Whether ``name`` can only mean a visible file in the folder it is put into, on any system."""
    forbidden = set('/\\:*?"<>|')
    return (
        bool(name)
        and not name.startswith((".", "~", "-"))
        and not name.endswith((".", " "))
        and all(character.isprintable() and character not in forbidden for character in name)
        and len(name.encode("utf-8", "replace")) <= _NAME_BYTES
    )


def _sha256(parts: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _clean(value: object, *fields: str) -> None:
    """Make the named texts of a frozen value NFC. ValueError for characters that no medium carries."""
    for field in fields:
        text = normalise(getattr(value, field))
        if found := _NOT_TEXT.search(text):
            raise ValueError(f"{field} holds U+{ord(found[0]):04X}, which is not text")
        object.__setattr__(value, field, text)
