"""Files appear whole or not at all: written beside their place, flushed to disk, then renamed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from loa.core.errors import LoaError, Place, mistake, reason_of


def write_files(files: Mapping[Path, bytes], *, is_private: bool = False) -> None:
    """Write every file or none: all contents reach the disk beside their places before the first is renamed.

    A private file can be read by its owner only.

    Raises LoaError (``file.cannot_write``) naming the file and the reason of the system; nothing new is left then.
    """
    waiting: list[tuple[Path, Path]] = []
    try:
        for path, content in files.items():
            waiting.append((_write_beside(path, content, is_private=is_private), path))
        for temporary, path in waiting:
            _move(temporary, path)
        for folder in {path.parent for path in files}:
            flush_folder(folder)
    finally:
        for temporary, _ in waiting:
            temporary.unlink(missing_ok=True)


def read_file(path: Path, *, limit: int, shown: str = "") -> bytes:
    """The content of a file of at most ``limit`` bytes; ``shown`` is its name in messages.

    Raises LoaError: ``file.not_found``, ``file.cannot_read`` or ``file.too_large``.
    """
    place = Place(file=shown or str(path))
    try:
        with path.open("rb") as stream:
            content = stream.read(limit + 1)
    except FileNotFoundError:
        raise mistake("file.not_found", place) from None
    except OSError as error:
        raise mistake("file.cannot_read", place, reason=reason_of(error)) from None
    if len(content) > limit:
        raise mistake("file.too_large", place, limit=limit)
    return content


def _write_beside(path: Path, content: bytes, *, is_private: bool) -> Path:
    """A flushed temporary file in the folder of ``path``, with the permissions a new file would have, or private."""
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise IsADirectoryError(21, os.strerror(21))
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".tmp", dir=path.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(0o600 if is_private else 0o666 & ~_umask())
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise _cannot_write(path, error) from error
    return temporary


def _move(temporary: Path, path: Path) -> None:
    try:
        temporary.replace(path)
    except OSError as error:
        raise _cannot_write(path, error) from error


def flush_folder(folder: Path) -> None:
    """Make renames in ``folder`` last through a power cut; systems without folder handles do so by themselves."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _cannot_write(path: Path, error: OSError) -> LoaError:
    return mistake("file.cannot_write", Place(file=str(path)), reason=reason_of(error))
