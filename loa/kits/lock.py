"""Who may write the kits of a campaign: one run at a time."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from loa.core.errors import Place, mistake, reason_of

if sys.platform != "win32":
    import fcntl


@contextmanager
def sole_writer(home: Path) -> Iterator[None]:
    """No other run writes kits into ``home`` meanwhile. Raises LoaError: ``kits.busy``, ``file.cannot_write``.

    The lock is a file beside the folder, ``.kits.lock``, and goes with the process that holds it.
    """
    path = home.parent / f".{home.name}.lock"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = path.open("a")
    except OSError as error:
        raise mistake("file.cannot_write", Place(file=str(path)), reason=reason_of(error)) from None
    with handle:
        try:
            _take(handle.fileno())
        except BlockingIOError:
            raise mistake("kits.busy", Place(file=str(home))) from None
        yield


def _take(handle: int) -> None:
    """Take the lock or raise BlockingIOError. On Windows nothing is locked: one run at a time there."""
    if sys.platform != "win32":
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
