"""What a channel is given, what it gives back, and how it says that it could not."""

from __future__ import annotations

import hashlib
import json
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from loa.core.model import Clock, Model, Name, refusal
from loa.core.text import normalise

# Names of channels and slots are parts of an occurrence's key, which a slash parts.
PART_PATTERN = r"^[^/]*$"
PartName = Annotated[Name, Field(pattern=PART_PATTERN)]
_MARKER = re.compile(r"[a-z0-9]{1,40}")
# The longest file name that every usual file system takes, in bytes of UTF-8, with room for a temporary suffix.
_NAME_BYTES = 180
# What XML and JSON cannot carry: control characters, lone surrogates, the two non-characters.
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Slot(Model):
    """A fixed time of day at which a channel speaks, in the zone of the office; it never crosses midnight."""

    at: Clock  # posts are due from here on
    until: Clock  # and are not sent from here on

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.until <= self.at:
            raise refusal("slot_order", at=f"{self.at:%H:%M}", until=f"{self.until:%H:%M}")
        return self


class Settings(Model):
    """What config.yaml says about one channel; each kind adds its own keys."""

    type: str  # the kind
    label: Name | None = None  # the channel's name in reports, when the key is not enough
    slots: Annotated[dict[PartName, Slot], Field(min_length=1)]

    def own_folder(self) -> str:
        """The folder of the workspace that the channel must have to itself; empty for a kind that writes no files."""
        return ""

    def rehearsed(self) -> Self:
        """The settings for a rehearsal, which must leave what is real alone; a kind that writes files moves them."""
        return self


@dataclass(frozen=True, kw_only=True)
class Publisher:
    """The agency in whose name a channel speaks. ValueError for characters that are not text."""

    name: str  # as printed in a heading: Sở Nội vụ
    full_name: str  # in running text: Sở Nội vụ tỉnh Sông Trà
    address: str = ""
    phone: str = ""
    website: str = ""

    def __post_init__(self) -> None:
        _clean(self, "name", "full_name", "address", "phone", "website")


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file that goes out with a post. ValueError for a name that could leave its folder or hide in it."""

    name: str  # file name, without any folder
    media_type: str  # such as application/pdf
    content: bytes
    title: str  # what the link says
    alt: str = ""  # only for pictures: a picture with this text is shown, any other file is linked

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

    def __post_init__(self) -> None:
        _clean(self, "title", "summary", "html", "text", "issuer")
        if not _MARKER.fullmatch(self.marker):
            raise ValueError(f"a marker is made of a-z and 0-9: {self.marker!r}")
        if not self.title.strip():
            raise ValueError("a post needs a title")
        if self.published_at.utcoffset() is None:
            raise ValueError("published_at needs a zone")
        if len({attachment.name.casefold() for attachment in self.attachments}) < len(self.attachments):
            raise ValueError("two attachments have the same name")

    def fingerprint(self) -> str:
        """SHA-256, in hexadecimal, of everything that would be sent."""
        parts = {
            "marker": self.marker,
            "title": self.title,
            "summary": self.summary,
            "html": self.html,
            "text": self.text,
            "issuer": self.issuer,
            "published_at": self.published_at.isoformat(),
            "attachments": [[a.name, a.media_type, a.title, a.alt, a.sha256] for a in self.attachments],
        }
        return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What the outside returned for a published post."""

    remote_id: str  # how the channel itself calls it
    link: str  # where people read it; empty when there is no such place
    published_at: datetime  # when it went out, as the channel says


@dataclass(frozen=True, kw_only=True)
class Abilities:
    """What a kind of channel can do. Limits count characters of NFC text; None is no limit."""

    title_limit: int | None
    text_limit: int | None
    attachments: bool  # files beside the text
    html: bool  # shows the formatted body; otherwise the plain text is sent
    gives_page: bool  # its receipt has a link that other channels may point to
    repeatable: bool  # publishing again what is already there changes nothing, so a lost answer may be repeated
    rehearsal: bool  # reaches nobody outside this computer, so a rehearsed ledger may use it


class ChannelFailure(Exception):  # noqa: N818 - its kinds are named for what is known of the post, not for an error
    """A post that did not go out as it should. ``reason_key`` and ``values`` make a sentence of the catalogue."""

    def __init__(self, reason_key: str, /, **values: object) -> None:
        self.reason_key = reason_key
        self.values: Mapping[str, object] = values
        super().__init__(f"{reason_key} {values}")


class NotSent(ChannelFailure):
    """Certain that nothing was published: the same post may be tried again later, without a look-up."""


class Rejected(ChannelFailure):
    """Certain that nothing was published and that the same post will be refused again: a person must change it."""


class OutcomeUnknown(ChannelFailure):
    """It may or may not be public: never send again before ``look_up`` has answered."""


class Channel(ABC):
    """An account somewhere. It knows nothing of campaigns: it takes a prepared post and gives a receipt or raises."""

    abilities: ClassVar[Abilities]
    settings_model: ClassVar[type[Settings]]

    @abstractmethod
    def __init__(
        self, name: str, settings: Settings, *, workspace: Path, templates: Path, publisher: Publisher
    ) -> None:
        """``name`` is the key in config.yaml, ``templates`` the folder of shipped templates.

        Raises LoaError for settings that cannot work in this workspace.
        """

    @abstractmethod
    def publish(self, post: Post) -> Receipt:
        """Make ``post`` public. Raises NotSent, Rejected or OutcomeUnknown."""

    @abstractmethod
    def look_up(self, marker: str) -> Receipt | None:
        """The receipt of what is public under ``marker``; None only when it is certainly not there.

        Raises OutcomeUnknown when that cannot be told.
        """


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


def _clean(value: object, *fields: str) -> None:
    """Make the named texts of a frozen value NFC. ValueError for characters that no medium carries."""
    for field in fields:
        text = normalise(getattr(value, field))
        if found := _NOT_TEXT.search(text):
            raise ValueError(f"{field} holds U+{ord(found[0]):04X}, which is not text")
        object.__setattr__(value, field, text)
