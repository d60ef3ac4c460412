"""The sandbox's own clock, which tests set and which may run fast."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from threading import RLock, Timer
from time import monotonic


class SandboxClock:
    """Time as the stand-ins know it: token life, listing lag and scheduled posts go by it."""

    def __init__(self, start: datetime | None = None, speed: float = 1.0) -> None:
        """``start`` has a zone; None is now. ``speed`` is how many seconds pass in one; 0 stands still."""
        self._lock = RLock()
        self._moment = (start or datetime.now(UTC)).astimezone(UTC)  # the time at the mark
        self._mark = monotonic()
        self._speed = speed
        self._waiting: list[tuple[datetime, int, Callable[[], None]]] = []
        self._order = count()
        self._timer: Timer | None = None

    def now(self) -> datetime:
        """The time, in UTC."""
        with self._lock:
            return self._moment + timedelta(seconds=(monotonic() - self._mark) * self._speed)

    def set(self, moment: datetime) -> None:
        """Make it ``moment``, which has a zone; the past is allowed. What falls due is done before this returns."""
        with self._lock:
            self._moment, self._mark = moment.astimezone(UTC), monotonic()
        self._do_what_is_due()

    def advance(self, seconds: float = 0, **parts: float) -> None:
        """Go on by ``seconds``, or by parts as timedelta names them: ``advance(hours=3)``; otherwise like ``set``."""
        self.set(self.now() + timedelta(seconds=seconds, **parts))

    def run(self, speed: float) -> None:
        """From now on let ``speed`` seconds pass in one."""
        with self._lock:
            self._moment, self._mark, self._speed = self.now(), monotonic(), speed
        self._do_what_is_due()

    def at(self, moment: datetime, action: Callable[[], None]) -> None:
        """Do ``action`` once it is ``moment``."""
        with self._lock:
            heapq.heappush(self._waiting, (moment, next(self._order), action))
        self._do_what_is_due()

    def stop(self) -> None:
        """Forget what waits for its time."""
        with self._lock:
            self._waiting.clear()
            self._wind()

    def _do_what_is_due(self) -> None:
        while action := self._next_due():
            action()

    def _next_due(self) -> Callable[[], None] | None:
        with self._lock:
            if self._waiting and self._waiting[0][0] <= self.now():
                return heapq.heappop(self._waiting)[2]
            self._wind()
            return None

    def _wind(self) -> None:
        """Set the alarm for the earliest of what waits."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._waiting and self._speed > 0:
            seconds = (self._waiting[0][0] - self.now()).total_seconds() / self._speed
            self._timer = Timer(max(seconds, 0.001), self._do_what_is_due)
            self._timer.daemon = True
            self._timer.start()
