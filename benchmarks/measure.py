"""Time whole commands and single calls: medians of several runs, beside a yardstick measured in the same run.

Machines differ and are busy; the ratio to the yardstick is what can be compared.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from statistics import median

# As in a user's shell: nothing that keeps Python from storing what it compiled.
_PLAIN = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
# The yardstick: Python starting and doing nothing.
BARE = (sys.executable, "-c", "pass")


def time_command(command: Sequence[str], *, runs: int = 7) -> tuple[float, float]:
    """Median wall seconds of ``command`` and of the yardstick, run in turn after one warm-up each."""
    for warm_up in (command, BARE):
        _seconds(warm_up)
    pairs = [(_seconds(command), _seconds(BARE)) for _ in range(runs)]
    return median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)


def time_call(call: Callable[[], object], *, runs: int = 7) -> float:
    """Median wall seconds of a call in this process, after one warm-up."""
    call()
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return median(taken)


def report(what: str, seconds: float, yardstick: float, limit: float) -> None:
    """One line: what was timed, the limit we set ourselves, and the ratio to the yardstick."""
    verdict = "ok" if seconds <= limit else "TOO SLOW"
    print(f"{what:46} {seconds:6.3f} s  (limit {limit:.2f} s, {seconds / yardstick:5.1f} x bare Python)  {verdict}")


def _seconds(command: Sequence[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=_PLAIN)
    return time.perf_counter() - start
