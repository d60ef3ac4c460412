"""Time whole commands and single calls: medians of several runs, beside a yardstick measured in the same run.

Machines differ and are busy; the ratio to the yardstick is what can be compared, and what our limits are set in.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

# As in a user's shell: nothing that keeps Python from storing what it compiled.
_PLAIN = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
# The yardstick: Python starting and doing nothing.
BARE = (sys.executable, "-c", "pass")


@dataclass(frozen=True, kw_only=True)
class Timed:
    """Medians of several runs."""

    seconds: float  # wall
    ratio: float  # to the yardstick that ran beside it


def time_command(command: Sequence[str], *, runs: int = 11) -> Timed:
    """``command`` and the yardstick, run in turn after one warm-up each."""
    return _time_beside_yardstick(lambda: _run(command), runs)


def time_call(call: Callable[[], object], *, runs: int = 11) -> Timed:
    """A call in this process and the yardstick, in turn after one warm-up each."""
    return _time_beside_yardstick(call, runs)


def report(what: str, timed: Timed, *, limit: float | None = None) -> None:
    """One line: what was timed, and whether its ratio to the yardstick is within the limit we set ourselves, if any."""
    line = f"{what:46} {timed.seconds:6.3f} s, {timed.ratio:5.1f} x bare Python"
    if limit is not None:
        line += f"  (limit {limit:4.1f} x)  {'ok' if timed.ratio <= limit else 'TOO SLOW'}"
    print(line)


def _time_beside_yardstick(work: Callable[[], object], runs: int) -> Timed:
    """Pairs, so that whatever keeps the machine busy slows both."""
    work()
    _run(BARE)
    pairs = [(_seconds(work), _seconds(lambda: _run(BARE))) for _ in range(runs)]
    return Timed(
        seconds=median(taken for taken, _ in pairs), ratio=median(taken / yardstick for taken, yardstick in pairs)
    )


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, env=_PLAIN)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
