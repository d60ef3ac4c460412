"""Versions of the Graph API, and when the one in use runs out."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

# Called where config.yaml names none: a new app cannot reach older ones.
NEWEST = "v26.0"
# So long before its end a version is told of: an office needs weeks to change anything.
NOTICE = timedelta(days=90)

_FILE = Path(__file__).parent / "data" / "graph_versions.toml"


@cache
def last_days() -> Mapping[str, date]:
    """The last day on which each known version certainly answers itself."""
    versions = tomllib.loads(_FILE.read_text(encoding="utf-8")).values()
    return {version["name"]: version.get("until") or _two_years_after(version["released"]) for version in versions}


def runs_out(version: str, today: date) -> bool:
    """Whether ``version`` has run out or will within ``NOTICE``. Of one that is not known: no, it must be newer."""
    last = last_days().get(version)
    return today > last - NOTICE if last else _number(version) < min(map(_number, last_days()))


def _two_years_after(day: date) -> date:
    return day.replace(year=day.year + 2)


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.removeprefix("v").split("."))
