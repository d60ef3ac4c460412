"""How much of its calls an account has used up, as the headers of the Graph API tell."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

# Meta refuses at 100 percent, and calling on prolongs the wait; the last tenth is left for corrections and look-ups.
FULL, NEARLY = 100.0, 90.0
_PAUSE = timedelta(minutes=15)  # from nearly full on
WAIT = timedelta(hours=1)  # once full, where Meta does not say how long
_LONGEST = timedelta(days=1)  # the budget is one of 24 hours

_HEADERS = ("x-business-use-case-usage", "x-app-usage", "x-page-usage")
_SHARES = ("call_count", "total_time", "total_cputime")
_MINUTES = "estimated_time_to_regain_access"


@dataclass(frozen=True, kw_only=True)
class Usage:
    """The fullest of the budgets."""

    percent: float
    regain: timedelta | None  # after which calls are allowed again, where Meta says so

    @property
    def pause(self) -> timedelta | None:
        """How long nothing new should be posted; None while there is room."""
        if self.percent < NEARLY:
            return None
        return self.regain or (WAIT if self.percent >= FULL else _PAUSE)


def read_usage(headers: Mapping[str, str]) -> Usage | None:
    """What the headers of an answer tell; None when they tell nothing that can be understood."""
    budgets = [budget for name in _HEADERS for budget in _budgets(headers.get(name, ""))]
    shares = [share for budget in budgets for share in _numbers(budget, *_SHARES)]
    if not shares:
        return None
    minutes = max((minute for budget in budgets for minute in _numbers(budget, _MINUTES)), default=0)
    return Usage(percent=max(shares), regain=min(timedelta(minutes=minutes), _LONGEST) if minutes else None)


def _budgets(text: str) -> Iterator[Mapping[str, Any]]:
    """The objects in a header: the value itself, or those in the lists below the ids of Pages."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return
    if not isinstance(value, dict):
        return
    yield value
    for listed in value.values():
        if isinstance(listed, list):
            yield from (one for one in listed if isinstance(one, dict))


def _numbers(budget: Mapping[str, Any], *names: str) -> Iterator[float]:
    for name in names:
        number = budget.get(name)
        if isinstance(number, int | float) and 0 <= number < 1_000_000:  # NaN is not
            yield float(number)
