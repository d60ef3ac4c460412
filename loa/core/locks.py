"""One process at a time: the lock of an open file, waited for, but not for ever."""

from __future__ import annotations

import sys
import time

if sys.platform != "win32":
    import fcntl

_PAUSE = 0.05  # seconds between tries


def lock(handle: int, *, patience: float) -> bool:
    """Take the lock of an open file; it goes with the handle. False when others have kept it for ``patience`` seconds.

    On Windows nothing is locked: one process at a time there.
    """
    if sys.platform == "win32":
        return True
    end = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= end:
                return False
            time.sleep(_PAUSE)
        else:
            return True
