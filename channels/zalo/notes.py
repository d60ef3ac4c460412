"""Notes that outlive a crash: single lines that are only ever added, on disk before what they announce is done."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from channels.answers import NotSent
from loa.core.errors import reason_of


@dataclass(frozen=True, kw_only=True)
class Note:
    """One line. Never a secret: at most a fingerprint of one."""

    at: str  # UTC, ISO 8601
    subject: str  # what it is about
    what: str  # what happened to it
    value: str = ""

    @property
    def time(self) -> datetime:
        """When it was written; aware."""
        return datetime.fromisoformat(self.at)


class Notes:
    """A file of notes, which need not be there yet."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, subject: str, what: str, value: str = "", *, now: datetime) -> None:
        """Write one down; on disk when this returns. Raises NotSent (``zalo.no_notes``) when that cannot be done."""
        note = Note(at=now.isoformat(), subject=subject, what=what, value=value)
        # A line break before it: what a power cut left of the line before must not swallow this one.
        line = f"\n{json.dumps(asdict(note), ensure_ascii=False)}\n".encode()
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                if os.write(handle, line) < len(line):
                    raise NotSent("zalo.no_notes", path=self._path.name, reason="ENOSPC")
                os.fsync(handle)
            finally:
                os.close(handle)
        except OSError as error:
            raise NotSent("zalo.no_notes", path=self._path.name, reason=reason_of(error)) from None

    def about(self, subject: str) -> list[Note]:
        """All notes on ``subject``, oldest first. Raises NotSent when the file cannot be read."""
        return [note for note in self.all() if note.subject == subject]

    def last(self, subject: str) -> Note | None:
        """The newest note on ``subject``. Raises NotSent as ``about`` does."""
        return next(reversed(self.about(subject)), None)

    def all(self) -> list[Note]:
        """Every note, oldest first; lines that a power cut left incomplete are passed over."""
        try:
            lines = self._path.read_text(encoding="utf-8", errors="replace").splitlines()
        except FileNotFoundError:
            return []
        except OSError as error:
            raise NotSent("zalo.no_notes", path=self._path.name, reason=reason_of(error)) from None
        return list(_read(lines))


def _read(lines: list[str]) -> Iterator[Note]:
    for line in lines:
        try:
            note = Note(**json.loads(line))
            datetime.fromisoformat(note.at)
        except (ValueError, TypeError):
            continue
        yield note
