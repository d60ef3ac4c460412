"""One writer at a time on a static site, and no page of a list beyond its last."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from channels.answers import NotSent

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


def remove_pages_after(folder: Path, last: int) -> None:
    """Remove pages of a list beyond the last one."""
    for page in folder.glob("*/index.html"):
        if page.parent.name.isdecimal() and int(page.parent.name) > last:
            page.unlink()
            page.parent.rmdir()
