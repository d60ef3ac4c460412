"""The channel ``static``: a website of plain files, made whole again from its own pages at every publication."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from channels.answers import NotSent, OutcomeUnknown, Receipt, Rejected
from channels.base import Channel, Message, Sought, Steps, Surroundings
from channels.folders import failure_of, opened, remove_leftovers, remove_others, write_changed
from channels.post import Attachment, Post
from channels.settings import Settings
from channels.static.feeds import identity
from channels.static.files import locked, remove_lists_but
from channels.static.kept import plain_text
from channels.static.lists import site_lists
from channels.static.pages import SitePages
from channels.static.reading import folders_of, is_finished, post_folders, read_entries, read_record, read_whole
from channels.static.records import HOME, PAGE, RECORD, TEXT, Entry, Record
from channels.static.settings import StaticSettings
from channels.wording import vietnamese_day
from loa.core.errors import LoaError
from loa.core.text import slug

_OWN_NAMES = {PAGE, RECORD, TEXT}


class StaticChannel(Channel):
    """A site in a folder of the workspace.

    Each post has a page, and beside it its files and its record. A page appears last, so whoever sees it finds the
    rest; the lists and the feeds are then made from the records. Whatever was cut short is completed by the next
    publication, by ``look_up``, or by ``tidy``.
    """

    abilities = StaticSettings.abilities

    def __init__(self, name: str, settings: Settings, around: Surroundings) -> None:
        """Raises LoaError (``channel.folder_outside``) when a link in the file system leads out of the workspace."""
        if not isinstance(settings, StaticSettings):
            raise TypeError(f"not the settings of a static site: {settings!r}")
        self._site = opened(around.workspace, settings.folder, name)
        self._url = settings.url
        self._publisher = around.publisher
        self._now = around.now
        self._pages = SitePages(
            own=around.workspace / "templates",
            shipped=around.templates,
            url=settings.url,
            publisher=around.publisher,
            responsible=settings.responsible or "",
        )

    def publish(self, post: Post, steps: Steps) -> Receipt:
        """Put ``post`` on the site; again gives the same files, changed content replaces the old at its address.

        Raises Rejected for a file called like one of ours and for a post that was withdrawn, NotSent when nothing
        could be written, OutcomeUnknown when the page is there and the lists may not be.
        """
        _require_free_names(post)
        with self._at_work():
            folder = self._folder_for(post)
            before = read_record(folder)
            if before is None:
                record = Record.of(post, identity=identity(self._url, post.marker))
            else:
                _require_not_withdrawn(before)
                record = before.followed_by(post)
            record = self._put(folder, record, post.attachments)
            self._remove_unfinished(post.marker)
            return self._receipt(folder, record)

    def look_up(self, sought: Sought) -> Receipt | None:
        """The receipt of the post with this marker, its lists completed; None unless page, record and files are whole.

        Raises OutcomeUnknown when the site cannot be read, or its lists cannot be completed.
        """
        try:
            if not self._site.exists():
                return None
            with locked(self._site):
                for folder in folders_of(self._site, sought.marker):
                    if (record := read_whole(folder)) is not None and record.state != "withdrawn":
                        self._write_lists(read_entries(self._site))
                        return self._receipt(folder, record)
        except (LoaError, OSError) as error:
            raise failure_of(OutcomeUnknown, error) from error
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

    def is_live(self, remote_id: str) -> bool:
        """Whether page, record and files are whole and not withdrawn."""
        try:
            folder = self._find(remote_id)
            record = read_whole(folder) if folder else None
        except OSError as error:
            raise failure_of(OutcomeUnknown, error) from error
        return record is not None and record.state != "withdrawn"

    def correct(self, remote_id: str, post: Post, steps: Steps) -> Receipt:
        """Put ``post`` in the place of what is there, at its address and with the day of the correction.

        Raises as ``publish`` does; Rejected also when there is nothing to correct.
        """
        _require_free_names(post)
        with self._at_work():
            folder, before = self._standing(remote_id)
            _require_not_withdrawn(before)
            record = self._put(folder, before.corrected_by(post, self._now()), post.attachments)
            return self._receipt(folder, record)

    def withdraw(self, remote_id: str, reason: str) -> None:
        """Leave of the post its title, the day and the ``reason``, at its address; its words and files are removed.

        Raises as ``publish`` does; a page that is not there any more has nothing to withdraw.
        """
        with self._at_work():
            if self._find(remote_id) is not None:
                folder, before = self._standing(remote_id)
                self._put(folder, before.taken_down(reason, self._now()), ())

    def tidy(self, today: date) -> bool:
        """Move posts whose window was over before ``today`` into the archive, and complete pages that a change cut
        short; whether there were any.

        The lists come first: until a page says itself that it is archived, the next ``tidy`` begins again.
        Raises NotSent.
        """
        try:
            if not self._site.exists():
                return False
        except OSError as error:
            raise failure_of(NotSent, error) from error
        with self._at_work():
            before = read_entries(self._site)
            after = [_ended(entry) if entry.record.has_ended(today) else entry for entry in before]
            due = [
                new
                for old, new in zip(before, after, strict=True)
                if new is not old or not is_finished(self._site / old.path, old.record)
            ]
            if due:
                self._write_lists(after)
            for entry in due:
                self._write_page(self._site / entry.path, entry.record, ())
            return bool(due)

    @contextmanager
    def _at_work(self) -> Iterator[None]:
        """Alone on the site; what the system refuses becomes NotSent."""
        try:
            with locked(self._site):
                yield
        except (LoaError, OSError) as error:
            raise failure_of(NotSent, error) from error

    def _put(self, folder: Path, record: Record, attachments: Sequence[Attachment]) -> Record:
        """Page and lists. OutcomeUnknown when the page is there and something else may not be."""
        try:
            record = self._write_page(folder, record, attachments)
            self._write_lists(read_entries(self._site))
        except (LoaError, OSError) as error:
            if (folder / PAGE).exists():
                raise failure_of(OutcomeUnknown, error) from error
            raise
        return record

    def _folder_for(self, post: Post) -> Path:
        """Where the page belongs: an address that was public once stays, whatever the title says now."""
        for folder in folders_of(self._site, post.marker):
            if (folder / PAGE).exists():
                return folder
        return self._site / HOME / f"{post.published_at.year:04d}" / f"{slug(post.title) or 'tin'}-{post.marker}"

    def _find(self, remote_id: str) -> Path | None:
        """The folder of the post that a receipt called so."""
        return next((folder for folder in post_folders(self._site) if self._path(folder) == remote_id), None)

    def _standing(self, remote_id: str) -> tuple[Path, Record]:
        """A post as it is. Raises Rejected when it, or its record, is gone."""
        folder = self._find(remote_id)
        record = read_record(folder) if folder else None
        if folder is None or record is None:
            raise Rejected("static.no_record", path=f"{remote_id}{RECORD}")
        return folder, record

    def _path(self, folder: Path) -> str:
        return f"{folder.relative_to(self._site).as_posix()}/"

    def _write_page(self, folder: Path, record: Record, attachments: Sequence[Attachment]) -> Record:
        """New files, record and page, in this order, all prepared on disk before the first appears."""
        path = self._path(folder)
        text = b"" if record.withdrawn else plain_text(record, address=f"{self._url}/{path}")
        page = self._pages.post(path, record)
        sums = {"text_sha256": _sha256(text) if text else "", "page_sha256": _sha256(page)}
        record = record.model_copy(update=sums)
        files = {folder / attachment.name: attachment.content for attachment in attachments}
        files |= {self._site / name: content for name, content in self._pages.assets().items()}
        files |= {folder / TEXT: text} if text else {}
        files |= {folder / RECORD: record.to_bytes(), folder / PAGE: page}
        write_changed(files)
        own = {file.name for file in files if file.parent == folder}
        remove_others(folder, own | {file.name for file in record.attachments})
        return record

    def _remove_unfinished(self, marker: str) -> None:
        """Remove what an earlier try left that was cut short under another title."""
        for folder in folders_of(self._site, marker):
            if not (folder / PAGE).exists():
                remove_others(folder, ())
                folder.rmdir()

    def _write_lists(self, entries: Sequence[Entry]) -> None:
        """Make every list from the records; files that are right already are left alone."""
        lists = site_lists(entries, self._pages, url=self._url, publisher=self._publisher)
        paths = {self._site / name: content for name, content in lists.items()}
        for folder in {path.parent for path in paths}:
            remove_leftovers(folder)
        write_changed(paths)
        remove_lists_but(self._site, paths)

    def _receipt(self, folder: Path, record: Record) -> Receipt:
        path = self._path(folder)
        link = f"{self._url}/{path}"
        media = {file.name: f"{link}{file.address}" for file in record.attachments}
        return Receipt(remote_id=path, link=link, published_at=record.published, media=media)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _ended(entry: Entry) -> Entry:
    return replace(entry, record=entry.record.ended())


def _require_free_names(post: Post) -> None:
    for attachment in post.attachments:
        if attachment.name.casefold() in _OWN_NAMES:
            raise Rejected("channel.attachment_name", name=attachment.name)


def _require_not_withdrawn(record: Record) -> None:
    """What was withdrawn does not come back by itself: an old ledger that was restored may ask for it again."""
    if record.withdrawn:
        raise Rejected("static.withdrawn", day=vietnamese_day(record.withdrawn), title=record.title)
