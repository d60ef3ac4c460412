"""The record that lies beside each page of the static site, from which every list is made anew."""

from __future__ import annotations

import hashlib
import json
import logging
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import quote

from pydantic import AwareDatetime, ValidationError

from channels.post import Post
from loa.core.model import Model

PAGE = "index.html"
RECORD = "post.json"
HOME = "tb"  # thông báo: the folder of all posts
_DESCRIPTION = 200  # characters shown by lists, feeds and shared links when a post has no summary

log = logging.getLogger(__name__)


class RecordedFile(Model):
    """An attachment as it lies beside its page."""

    name: str
    title: str
    media_type: str
    size: int  # bytes
    sha256: str
    alt: str = ""

    @property
    def address(self) -> str:
        """The name as part of an address, relative to the page."""
        return quote(self.name)

    @property
    def is_picture(self) -> bool:
        """Whether the page shows it instead of linking to it."""
        return self.media_type.startswith("image/") and bool(self.alt)


class Record(Model):
    """All that is public about one post; the page and every list can be made again from it."""

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
    attachments: tuple[RecordedFile, ...] = ()

    @classmethod
    def of(cls, post: Post, *, identity: str) -> Self:
        """The record of ``post``, still without the hash of its page."""
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
            attachments=tuple(
                RecordedFile(
                    name=a.name, title=a.title, media_type=a.media_type, size=len(a.content), sha256=a.sha256, alt=a.alt
                )
                for a in post.attachments
            ),
        )

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


def post_folders(site: Path) -> Iterator[Path]:
    """The folders of all posts, in the order of their names; none when there is no site. OSError passes through."""
    try:
        years = sorted(path for path in (site / HOME).iterdir() if path.is_dir())
    except FileNotFoundError:
        return
    for year in years:
        yield from sorted(path for path in year.iterdir() if path.is_dir())


def folders_of(site: Path, marker: str) -> list[Path]:
    """The folders made for ``marker``: one, or more after a try that was cut short. OSError passes through."""
    return [folder for folder in post_folders(site) if folder.name.rpartition("-")[2] == marker]


def read_record(folder: Path) -> Record | None:
    """The record in ``folder`` if there is a readable one. OSError other than its absence passes through."""
    content = _read(folder / RECORD)
    if content is None:
        return None
    try:
        return Record.model_validate_json(content)
    except ValidationError:
        log.warning("A record of the site cannot be read; its post is left out of the lists.", extra={"file": folder})
        return None


def read_whole(folder: Path) -> Record | None:
    """The record in ``folder`` if it, its page and all its files are there in the same version."""
    record = read_record(folder)
    if record is None:
        return None
    expected = {PAGE: record.page_sha256} | {file.name: file.sha256 for file in record.attachments}
    return record if all(_sha256(folder / name) == sha256 for name, sha256 in expected.items()) else None


def read_entries(site: Path) -> list[Entry]:
    """Every post whose page can be read, newest first; posts of the same moment in the order of their markers."""
    entries = [
        Entry(path=f"{folder.relative_to(site).as_posix()}/", record=record)
        for folder in post_folders(site)
        if (folder / PAGE).exists() and (record := read_record(folder)) is not None
    ]
    return sorted(entries, key=lambda entry: (-entry.record.published.timestamp(), entry.record.marker))


def machine_list(entries: Iterable[Entry], *, url: str) -> bytes:
    """The site's list of itself for other programs, as JSON."""
    return to_json({"url": f"{url}/", "items": [_item(entry, url) for entry in entries]})


def to_json(value: object) -> bytes:
    """Readable JSON in UTF-8, the same bytes for the same value."""
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _item(entry: Entry, url: str) -> dict[str, object]:
    record, address = entry.record, f"{url}/{entry.path}"
    return {
        "id": record.id,
        "marker": record.marker,
        "url": address,
        "title": record.title,
        "summary": record.description,
        "published": record.published.isoformat(),
        "sha256": record.sha256,
        "attachments": [
            {**file.model_dump(exclude={"alt"}), "url": f"{address}{file.address}"} for file in record.attachments
        ],
    }


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _sha256(path: Path) -> str | None:
    content = _read(path)
    return None if content is None else hashlib.sha256(content).hexdigest()
