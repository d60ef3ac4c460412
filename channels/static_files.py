"""The files of a static site: one writer at a time, changed ones only, nothing left over."""

from __future__ import annotations

import sys
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from channels.answers import ChannelFailure, NotSent
from loa.core.errors import LoaError, reason_of
from loa.core.files import write_files

if sys.platform != "win32":
    import fcntl

_LOCK_TRIES, _LOCK_PAUSE = 100, 0.1  # ten seconds, far more than one publication needs


@contextmanager
def locked(site: Path) -> Iterator[None]:
    """Nobody else writes this site meanwhile. NotSent when somebody does for long; OSError passes through.

    The lock lies beside the site and not in it, because everything in it is public.
    """
    site.parent.mkdir(parents=True, exist_ok=True)
    with (site.parent / f".{site.name}.lock").open("a") as handle:
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


def write_changed(files: Mapping[Path, bytes]) -> None:
    """Write those that differ from what is there. Raises LoaError like ``write_files``; OSError passes through."""
    write_files({path: content for path, content in files.items() if not _holds(path, content)})


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def remove_leftovers(folder: Path) -> None:
    """Remove what a killed process left beside its files; under the lock nobody else is still writing them."""
    for path in folder.glob(".*.tmp"):
        path.unlink(missing_ok=True)


def remove_others(folder: Path, kept: Collection[str]) -> None:
    """Remove what a post no longer has: a file that was attached by mistake must not stay public."""
    for path in folder.iterdir():
        if path.name not in kept:
            path.unlink()


def remove_pages_after(folder: Path, last: int) -> None:
    """Remove pages of a list beyond the last one."""
    for page in folder.glob("*/index.html"):
        if page.parent.name.isdecimal() and int(page.parent.name) > last:
            page.unlink()
            page.parent.rmdir()


def failure_of(kind: type[ChannelFailure], error: LoaError | OSError) -> ChannelFailure:
    """The failure that carries the reason: of the file system, or of a template of the office."""
    if isinstance(error, LoaError):
        problem = error.problems[0]
        key = "channel.template" if problem.key == "channel.template" else "channel.cannot_write"
        return kind(key, path=str(problem.place), reason=problem.values.get("reason", ""))
    return kind("channel.cannot_write", path=str(error.filename or ""), reason=reason_of(error))
