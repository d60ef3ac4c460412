"""What a static site finds of itself in its folders."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from channels.static.records import HOME, PAGE, RECORD, TEXT, Entry, Record

log = logging.getLogger(__name__)


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
    expected |= {TEXT: record.text_sha256} if record.text_sha256 else {}
    return record if all(_sha256(folder / name) == sha256 for name, sha256 in expected.items()) else None


def is_finished(folder: Path, record: Record) -> bool:
    """Whether the page in ``folder`` is that of the record; a change that was cut short leaves an older one."""
    return _sha256(folder / PAGE) == record.page_sha256


def read_entries(site: Path) -> list[Entry]:
    """Every post whose page can be read, newest first; posts of the same moment in the order of their markers."""
    entries = [
        Entry(path=f"{folder.relative_to(site).as_posix()}/", record=record)
        for folder in post_folders(site)
        if (folder / PAGE).exists() and (record := read_record(folder)) is not None
    ]
    return sorted(entries, key=lambda entry: (-entry.record.published.timestamp(), entry.record.marker))


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _sha256(path: Path) -> str | None:
    content = _read(path)
    return None if content is None else hashlib.sha256(content).hexdigest()
