"""The posting job as a service: pass after pass, resting until the next occurrence is due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from loa.delivery.settling import Now

# Files are edited and decisions are made while it rests, so it never rests long.
LONGEST_REST = timedelta(minutes=1)
SHORTEST_REST = timedelta(seconds=1)


def serve(
    one_pass: Callable[[], datetime | None],
    *,
    now: Now,
    rest: Callable[[timedelta], object],
    is_stopping: Callable[[], bool],
    every: timedelta = LONGEST_REST,
) -> None:
    """Run ``one_pass`` until ``is_stopping``; between two passes ``rest`` until the time that it gives, or ``every``.

    ``one_pass`` gives the instant at which something is due next, if it knows one.
    """
    while not is_stopping():
        upcoming = one_pass()
        if is_stopping():
            return
        pause = every if upcoming is None else min(every, upcoming - now())
        rest(max(SHORTEST_REST, pause))
