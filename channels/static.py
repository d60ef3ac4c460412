"""The channel ``static``: a website of plain files, made whole again from its own pages at every publication."""

from __future__ import annotations

import hashlib
import re
import sys
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator

from channels.abilities import Abilities, Doubt, Pictures
from channels.answers import ChannelFailure, NotSent, OutcomeUnknown, Receipt, Rejected
from channels.base import Channel, Message, Sought, Steps, Surroundings
from channels.feeds import rss
from channels.post import Post
from channels.settings import Settings
from channels.static_pages import PER_PAGE, TITLE, SitePages
from channels.static_records import (
    HOME,
    PAGE,
    RECORD,
    Record,
    folders_of,
    machine_list,
    read_entries,
    read_record,
    read_whole,
)
from loa.core.errors import LoaError, Place, mistake, reason_of
from loa.core.files import write_files
from loa.core.model import Line, refusal
from loa.core.text import slug

if sys.platform != "win32":
    import fcntl

# A site there would show the ledger, or be mixed with what the office writes.
_TAKEN = {"state", "campaigns", "templates"}
_REHEARSALS = "output/rehearsal"
_OWN_NAMES = {PAGE, RECORD}
_LOCK_TRIES, _LOCK_PAUSE = 100, 0.1  # ten seconds, far more than one publication needs
# RFC 4151 wants a day on which the host was ours; one for all, because an id must never change.
_TAG_YEAR = 2026


def _folder(value: str) -> str:
    """A folder below the workspace, in the spelling of every system."""
    path = PurePosixPath(value)
    absolute = path.is_absolute() or bool(PureWindowsPath(value).anchor)
    if absolute or "\\" in value or not path.parts or any(part.startswith((".", "~")) for part in path.parts):
        raise refusal("folder_form", typed=value)
    if path.parts[0] in _TAKEN:
        raise refusal("folder_taken", typed=value, folder=path.parts[0])
    return str(path)


def _url(value: str) -> str:
    """The address of the site's home page, without the slash at its end."""
    if not re.fullmatch(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?(/[A-Za-z0-9._~%-]+)*", value, re.ASCII):
        raise refusal("url_form", typed=value)
    return value


class StaticSettings(Settings):
    """Where the site lies and under which address the world reads it."""

    type: Literal["static"]
    folder: Annotated[Line, AfterValidator(_folder)]
    url: Annotated[Line, AfterValidator(_url)]

    def own_folder(self) -> str:
        return self.folder

    def stays_here(self) -> bool:
        return True

    def rehearsed(self) -> Self:
        """The same site in a folder of its own: output/site becomes output/rehearsal/site."""
        return self.model_copy(update={"folder": f"{_REHEARSALS}/{self.folder.removeprefix('output/')}"})


class StaticChannel(Channel):
    """A site in a folder of the workspace.

    Each post has a page, and beside it its files and its record. A page appears last, so whoever sees it finds the
    rest; the lists and the feed are then made from the records. Whatever was cut short is completed by the next
    publication, or by ``look_up``.
    """

    abilities = Abilities(
        pictures=Pictures(most=20),
        files=True,
        html=True,
        gives_page=True,
        repeatable=True,
        looks_first=False,
        doubt=Doubt(settle=timedelta(0), looks=(), resend=True),
    )
    settings_model = StaticSettings

    def __init__(self, name: str, settings: Settings, around: Surroundings) -> None:
        """Raises LoaError (``channel.folder_outside``) when a link in the file system leads out of the workspace."""
        if not isinstance(settings, StaticSettings):
            raise TypeError(f"not the settings of a static site: {settings!r}")
        self._site = (around.workspace / settings.folder).resolve()
        if not self._site.is_relative_to(around.workspace.resolve()):
            raise mistake("channel.folder_outside", Place(part=f"channels.{name}.folder"), folder=settings.folder)
        self._url = settings.url
        self._publisher = around.publisher
        self._pages = SitePages(
            own=around.workspace / "templates",
            shipped=around.templates,
            url=settings.url,
            publisher=around.publisher,
        )

    def publish(self, post: Post, steps: Steps) -> Receipt:
        """Put ``post`` on the site; again gives the same files, changed content replaces the old at its address.

        Raises Rejected for a file called like one of ours, NotSent when nothing could be written, OutcomeUnknown
        when the page is there and the lists may not be.
        """
        for attachment in post.attachments:
            if attachment.name.casefold() in _OWN_NAMES:
                raise Rejected("channel.attachment_name", name=attachment.name)
        try:
            with self._locked():
                folder = self._folder_for(post)
                try:
                    record = self._write_page(folder, post)
                    self._write_lists()
                except (LoaError, OSError) as error:
                    if (folder / PAGE).exists():
                        raise _failure(OutcomeUnknown, error) from error
                    raise
        except (LoaError, OSError) as error:
            raise _failure(NotSent, error) from error
        return self._receipt(folder, record)

    def look_up(self, sought: Sought) -> Receipt | None:
        """The receipt of the post with this marker, its lists completed; None unless page, record and files are whole.

        Raises OutcomeUnknown when the site cannot be read, or its lists cannot be completed.
        """
        try:
            if not self._site.exists():
                return None
            with self._locked():
                for folder in folders_of(self._site, sought.marker):
                    if (record := read_whole(folder)) is not None:
                        self._write_lists()
                        return self._receipt(folder, record)
        except (LoaError, OSError) as error:
            raise _failure(OutcomeUnknown, error) from error
        except NotSent as error:  # another process keeps the site busy
            raise OutcomeUnknown(error.reason_key, **error.values) from error
        return None

    def would_send(self, post: Post) -> tuple[Message, ...]:
        """The files of the page, with what stands on it."""
        folder = self._folder_for(post)
        shown = folder.relative_to(self._site).as_posix()
        page = {"title": post.title, "summary": post.summary, "text": post.text}
        files = (Message(what=f"{shown}/{file.name}", fields={"title": file.title}) for file in post.attachments)
        return (Message(what=f"{shown}/{PAGE}", fields=page), *files)

    def _folder_for(self, post: Post) -> Path:
        """Where the page belongs: an address that was public once stays, whatever the title says now."""
        for folder in folders_of(self._site, post.marker):
            if (folder / PAGE).exists():
                return folder
        return self._site / HOME / f"{post.published_at.year:04d}" / f"{slug(post.title) or 'tin'}-{post.marker}"

    def _write_page(self, folder: Path, post: Post) -> Record:
        """Files, record and page, in this order, all prepared on disk before the first appears."""
        path = f"{folder.relative_to(self._site).as_posix()}/"
        before = read_record(folder)
        host = urlsplit(self._url).hostname
        record = Record.of(post, identity=before.id if before else f"tag:{host},{_TAG_YEAR}:{post.marker}")
        page = self._pages.post(path, record)
        record = record.model_copy(update={"page_sha256": hashlib.sha256(page).hexdigest()})
        files = {folder / attachment.name: attachment.content for attachment in post.attachments}
        files[self._site / "site.css"] = self._pages.style()
        files[folder / RECORD] = record.to_bytes()
        files[folder / PAGE] = page
        _write_changed(files)
        _remove_others(folder, {path.name for path in files})
        for unfinished in folders_of(self._site, post.marker):  # an earlier try, under another title
            if not (unfinished / PAGE).exists():
                _remove_others(unfinished, ())
                unfinished.rmdir()
        return record

    def _write_lists(self) -> None:
        """Make every list from the records; files that are right already are left alone."""
        entries = read_entries(self._site)
        lists = self._pages.lists(entries)
        feed = rss(entries[:PER_PAGE], url=self._url, title=TITLE, publisher=self._publisher)
        files = {
            f"{HOME}/index.json": machine_list(entries, url=self._url),
            **lists,
            "rss.xml": feed,
            "site.css": self._pages.style(),
        }
        paths = {self._site / name: content for name, content in files.items()}
        for folder in {path.parent for path in paths}:
            _remove_leftovers(folder)
        _write_changed(paths)
        _remove_pages_after(self._site / "trang", len(lists))

    def _receipt(self, folder: Path, record: Record) -> Receipt:
        path = f"{folder.relative_to(self._site).as_posix()}/"
        link = f"{self._url}/{path}"
        media = {file.name: f"{link}{file.name}" for file in record.attachments}
        return Receipt(remote_id=path, link=link, published_at=record.published, media=media)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Nobody else writes this site meanwhile. NotSent when somebody does for long; OSError passes through.

        The lock lies beside the site and not in it, because everything in it is public.
        """
        self._site.parent.mkdir(parents=True, exist_ok=True)
        with (self._site.parent / f".{self._site.name}.lock").open("a") as handle:
            _wait_for(handle.fileno())
            yield


def _wait_for(handle: int) -> None:
    """Take the lock; it goes with the handle. On Windows nothing is locked: one process at a time there."""
    if sys.platform == "win32":
        return
    for _ in range(_LOCK_TRIES):
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(_LOCK_PAUSE)
        else:
            return
    raise NotSent("channel.busy")


def _write_changed(files: Mapping[Path, bytes]) -> None:
    """Write those that differ from what is there. Raises LoaError like ``write_files``; OSError passes through."""
    write_files({path: content for path, content in files.items() if not _holds(path, content)})


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def _remove_leftovers(folder: Path) -> None:
    """Remove what a killed process left beside its files; under the lock nobody else is still writing them."""
    for path in folder.glob(".*.tmp"):
        path.unlink(missing_ok=True)


def _remove_others(folder: Path, kept: Collection[str]) -> None:
    """Remove what a post no longer has: a file that was attached by mistake must not stay public."""
    for path in folder.iterdir():
        if path.name not in kept:
            path.unlink()


def _remove_pages_after(folder: Path, last: int) -> None:
    """Remove pages of the list beyond the last one."""
    for page in folder.glob("*/index.html"):
        if page.parent.name.isdecimal() and int(page.parent.name) > last:
            page.unlink()
            page.parent.rmdir()


def _failure(kind: type[ChannelFailure], error: LoaError | OSError) -> ChannelFailure:
    """The failure that carries the reason: of the file system, or of a template of the office."""
    if isinstance(error, LoaError):
        problem = error.problems[0]
        key = "channel.template" if problem.key == "channel.template" else "channel.cannot_write"
        return kind(key, path=str(problem.place), reason=problem.values.get("reason", ""))
    return kind("channel.cannot_write", path=str(error.filename or ""), reason=reason_of(error))
