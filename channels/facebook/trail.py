"""What a publication on Facebook writes down on its way, so that a try cut short is gone on with and found again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from channels.base import Steps
from channels.post import Attachment, Post

# Meta forgets a photo that no post shows after about 24 hours.
_PHOTO_LIFE = timedelta(hours=20)
_PHOTO, _DRAFT, _POST = "photo-", "draft", "post"
_FIRST, _LAST, _LINK = "first_sent", "last_sent", "link"


@dataclass(frozen=True)
class Trail:
    """The steps of one occurrence; every note is on disk when its method returns."""

    steps: Steps

    def noted(self, post: Post) -> Mapping[str, str]:
        """All notes of tries to make ``post`` public."""
        names = (_FIRST, _LAST, _POST, _DRAFT, *map(_photo_name, post.pictures))
        return {name: value for name in names if (value := self.steps.get(name))}

    def photo(self, picture: Attachment, now: datetime) -> str:
        """The id of the photo that was uploaded for ``picture``, if a post may still take it; else empty."""
        note = _read(self.steps.get(_photo_name(picture)))
        at = _moment(note.get("at", ""))
        return note.get("id", "") if at and now - at < _PHOTO_LIFE else ""

    def note_photo(self, picture: Attachment, photo: str, now: datetime) -> None:
        """It was uploaded."""
        self.steps.save(_photo_name(picture), json.dumps({"id": photo, "at": now.isoformat()}))

    def forget_photo(self, picture: Attachment) -> None:
        """No post can take it any more."""
        self.steps.save(_photo_name(picture), "")

    def draft(self, content: str) -> str:
        """The id of the unpublished post with this content; empty when there is none."""
        note = _read(self.steps.get(_DRAFT))
        return note.get("id", "") if note.get("content") == content else ""

    def was_drafted(self) -> bool:
        """Whether an earlier try may have made one, with any content."""
        return bool(self.steps.get(_DRAFT))

    def note_draft(self, content: str, post: str) -> None:
        """It was made; before that, and once it is gone, with an empty id."""
        self.steps.save(_DRAFT, json.dumps({"id": post, "content": content}))

    def forget_draft(self) -> None:
        """None was made, or what it had taken was put aside."""
        self.steps.save(_DRAFT, "")

    def was_sent(self) -> bool:
        """Whether an earlier try came as far as making something public."""
        return bool(self.steps.get(_FIRST))

    def note_sending(self, now: datetime) -> None:
        """What follows makes it public."""
        if not self.was_sent():
            self.steps.save(_FIRST, now.isoformat())
        self.steps.save(_LAST, now.isoformat())

    def note_post(self, post: str) -> None:
        """Facebook gave this id."""
        self.steps.save(_POST, post)

    def link_in_text(self) -> bool:
        """Whether the address of the page goes into the text, because Facebook could not open it."""
        return bool(self.steps.get(_LINK))

    def note_link_unread(self) -> None:
        """Facebook could not open it."""
        self.steps.save(_LINK, "in text")


@dataclass(frozen=True, kw_only=True)
class Traces:
    """What the trail of a try tells to whoever looks for its post."""

    posts: tuple[str, ...]  # ids that it may have
    photos: Collection[str]
    first: datetime | None  # when it was first sent; None when no try came so far
    last: datetime | None

    @classmethod
    def of(cls, steps: Mapping[str, str]) -> Traces:
        """Read back; what cannot be read was not noted."""
        posts = (steps.get(_POST, ""), _read(steps.get(_DRAFT)).get("id", ""))
        photos = (_read(value).get("id", "") for name, value in steps.items() if name.startswith(_PHOTO))
        return cls(
            posts=tuple(filter(None, posts)),
            photos=frozenset(filter(None, photos)),
            first=_moment(steps.get(_FIRST, "")),
            last=_moment(steps.get(_LAST, "")),
        )


def _photo_name(picture: Attachment) -> str:
    """The same for the same picture with the same words."""
    return _PHOTO + hashlib.sha256(f"{picture.sha256}\n{picture.alt}".encode()).hexdigest()[:16]


def _read(value: str | None) -> Mapping[str, str]:
    try:
        found = json.loads(value or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
