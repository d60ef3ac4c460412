"""The time of a soak: one file that every process reads, in step with the clock of the stand-ins."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic

from channels.sandbox.clock import SandboxClock

# Time runs faster than on the wall, and jumps over what nobody waits for.
SPEED = 10.0
# Late commits come due one after the other, as they would if time had passed.
_STRIDE = timedelta(seconds=5)
_LATEST = timedelta(minutes=10)  # after which nothing is left that could be late


class Moment:
    """The time as the processes of the posting job see it; ``monotonic`` is the same for all of one computer."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def now(self) -> datetime:
        """The time, aware; asked anew at each call."""
        start, mark, speed = self._path.read_text(encoding="ascii").split()
        return datetime.fromisoformat(start) + timedelta(seconds=(monotonic() - float(mark)) * float(speed))

    def follow(self, clock: SandboxClock) -> None:
        """Be what ``clock`` says, and run on like it."""
        beside = self._path.with_suffix(".new")
        beside.write_text(f"{clock.now().isoformat()} {monotonic()} {SPEED}", encoding="ascii")
        beside.replace(self._path)  # at once: somebody may be reading


def pass_time(clock: SandboxClock, until: datetime) -> None:
    """Let time pass up to ``until``; what the stand-ins still have to do on the way is done at its own time."""
    watched = min(until, clock.now() + _LATEST)
    while clock.now() + _STRIDE < watched:
        clock.advance(_STRIDE.total_seconds())
    clock.set(max(until, clock.now()))
