"""Files in the media library of a WordPress site; no post shows them before it is made."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from channels.answers import OutcomeUnknown
from channels.base import Steps
from channels.post import Attachment, Post
from channels.wording import web_link
from channels.wordpress.errors import Meaning, Refusal
from channels.wordpress.rest import Rest, Row, read, read_list, refusals
from loa.core.text import slug

_FIELDS = "id,source_url"
STEP = "media"
_STEM = 60  # characters of the file name; the rest of the slug is ours


class _MediaRow(Row):
    id: int
    source_url: str


class _Gone(Row):
    deleted: bool


@dataclass(frozen=True, kw_only=True)
class Uploaded:
    """A file that lies on the site."""

    id: int
    address: str
    attachment: Attachment


class Media:
    """The files of our posts. They are called after their content, so that one upload that got lost is found again."""

    def __init__(self, rest: Rest) -> None:
        self._rest = rest

    def place(self, post: Post, steps: Steps) -> tuple[Uploaded, ...]:
        """All files of ``post``, uploaded where they are not there yet; a look-up will know where they lie.

        Raises Rejected for a file that the site does not take, OutcomeUnknown, and as every call.
        """
        uploaded = tuple(
            self._find(attachment, post.marker) or self._upload(attachment, post.marker)
            for attachment in post.attachments
        )
        if uploaded:
            steps.save(STEP, json.dumps({file.attachment.name: file.address for file in uploaded}))
        return uploaded

    def remove(self, numbers: Collection[int]) -> None:
        """Take files off the site for good: one that went out by mistake must not stay. Raises as every call."""
        for number in sorted(numbers):
            with refusals():
                try:
                    gone = read(_Gone, self._rest.delete(f"media/{number}", force="true", _fields="deleted"))
                except Refusal as refusal:
                    if refusal.meaning is not Meaning.GONE:
                        raise
                    continue
            if not gone.deleted:
                raise OutcomeUnknown("wordpress.unreadable")

    def _find(self, attachment: Attachment, marker: str) -> Uploaded | None:
        with refusals():
            found = self._rest.get("media", slug=_name(attachment, marker), _fields=_FIELDS)
        rows = read_list(_MediaRow, found)
        return _uploaded(rows[0], attachment) if rows else None

    def _upload(self, attachment: Attachment, marker: str) -> Uploaded:
        name = _name(attachment, marker)
        ending = slug(attachment.name.rpartition(".")[2]) if "." in attachment.name else ""
        fields = {"title": attachment.title, "alt_text": attachment.alt, "slug": name}
        file = (f"{name}.{ending}" if ending else name, attachment.content, attachment.media_type)
        with refusals(attachment.name):
            made = self._rest.upload("media", fields, file, _fields=_FIELDS)
        return _uploaded(read(_MediaRow, made), attachment)


def addresses(steps: str | None) -> Mapping[str, str]:
    """Where each file lies, from what an earlier try wrote down; nothing when it wrote nothing that can be read."""
    try:
        found = json.loads(steps or "{}")
    except ValueError:
        return {}
    return {name: str(address) for name, address in found.items()} if isinstance(found, dict) else {}


def _name(attachment: Attachment, marker: str) -> str:
    """``thong-bao-7k3q-0f9b2c1d``: another content is another file."""
    stem = slug(attachment.name.rpartition(".")[0] or attachment.name, limit=_STEM) or "tep"
    return f"{stem}-{marker}-{attachment.sha256[:8]}"


def _uploaded(row: _MediaRow, attachment: Attachment) -> Uploaded:
    if not web_link(row.source_url):
        raise OutcomeUnknown("wordpress.unreadable")
    return Uploaded(id=row.id, address=row.source_url, attachment=attachment)
