"""Being told to stop: Ctrl+C, or what a service manager sends."""

from __future__ import annotations

import signal
import threading


def told_to_stop() -> threading.Event:
    """Set once SIGINT or SIGTERM comes, also in a process that was started with SIGINT ignored."""
    told = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told.set())
    return told
