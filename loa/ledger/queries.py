"""The statements of queries.sql by name."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("queries.sql")
_NAME = re.compile(r"^-- name: (\w+)$", re.MULTILINE)


@cache
def _queries() -> dict[str, str]:
    _, *parts = _NAME.split(_FILE.read_text(encoding="utf-8"))
    return dict(zip(parts[::2], parts[1::2], strict=True))


def query(name: str) -> str:
    """The SQL called ``name``. KeyError when there is none: a bug of ours."""
    return _queries()[name]
