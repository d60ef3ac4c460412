"""Events that a portal is told: an announcement was published, updated or withdrawn."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from channels.post import Attachment, Post, Publisher

# How the bytes of a file stand in an event.
Embed = Callable[[Attachment], str]


@dataclass(frozen=True, kw_only=True)
class Event:
    """One event. The same event always has the same name, by which the portal knows a repetition."""

    name: str
    type: str
    moment: datetime
    data: Mapping[str, object]

    @property
    def body(self) -> bytes:
        """The bytes that are signed and sent."""
        value = {"type": self.type, "timestamp": f"{self.moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", "data": self.data}
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def in_base64(file: Attachment) -> str:
    """The bytes themselves, as JSON can carry them."""
    return base64.b64encode(file.content).decode()


def name_of(marker: str) -> str:
    """The name of the event that published the post with ``marker``."""
    return f"msg_{marker}"


def published(post: Post, sender: Publisher, *, embed: Embed = in_base64) -> Event:
    """``announcement.published``."""
    return Event(
        name=name_of(post.marker),
        type="announcement.published",
        moment=post.published_at,
        data=_data(post.marker, post, sender, embed),
    )


def updated(identity: str, post: Post, sender: Publisher) -> Event:
    """``announcement.updated``: the announcement ``identity`` is now ``post``. Other content is another event."""
    return Event(
        name=f"{name_of(identity)}_{post.fingerprint()[:16]}",
        type="announcement.updated",
        moment=post.published_at,
        data=_data(identity, post, sender, in_base64),
    )


def withdrawn(identity: str, reason: str, now: datetime) -> Event:
    """``announcement.withdrawn``."""
    return Event(
        name=f"{name_of(identity)}_withdrawn",
        type="announcement.withdrawn",
        moment=now,
        data={"id": identity, "reason": reason},
    )


def _data(identity: str, post: Post, sender: Publisher, embed: Embed) -> Mapping[str, object]:
    return {
        "id": identity,
        "title": post.title,
        "summary": post.summary,
        "html": post.html,
        "text": post.text,
        "language": "vi",
        "issuer": post.issuer,
        "sender": sender.full_name,
        "published_at": post.published_at.isoformat(),
        "valid_until": post.valid_until.isoformat() if post.valid_until else None,
        "code": post.visible_code,
        "url": post.page,
        "images": [{**_file(picture, embed), "alt": picture.alt} for picture in post.pictures],
        "files": [_file(file, embed) for file in post.files],
    }


def _file(file: Attachment, embed: Embed) -> dict[str, object]:
    """Where the portal can fetch it, once a website has it; else the bytes."""
    where = {"url": file.address} if file.address else {"data_base64": embed(file)}
    size = len(file.content)
    told = {"name": file.name, "title": file.title, "media_type": file.media_type, "size": size, "sha256": file.sha256}
    return {**told, **where}
