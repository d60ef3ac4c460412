"""Slips of the keyboard that YAML reads as plain text: a blank that is missing, a blank or a colon of another kind."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

NO_BREAK_SPACE = "\u00a0"  # what a copy out of Word brings along
_BEFORE = r"[ ]*(?:- +)*"
# ``https://`` and ``7:30`` begin with none.
_KEY = r"[^\W\d][\w-]*"
_SLIPS = (
    ("yaml.no_break_space", re.compile(rf"[ ]*()(?={NO_BREAK_SPACE})")),
    ("yaml.no_break_space", re.compile(rf"{_BEFORE}{_KEY}:()(?={NO_BREAK_SPACE})")),
    ("yaml.no_break_space", re.compile(rf"{_BEFORE}{_KEY}()(?={NO_BREAK_SPACE}+:)")),
    ("yaml.no_break_space", re.compile(rf"[ ]*-()(?={NO_BREAK_SPACE})")),
    ("yaml.wide_colon", re.compile(rf"{_BEFORE}{_KEY}[ {NO_BREAK_SPACE}]*()\uff1a")),
    ("yaml.no_space", re.compile(rf"{_BEFORE}{_KEY}(:)(?=[^\s/])")),
    ("yaml.no_space", re.compile(r"[ ]*(-)(?=[^\s\d-])")),
)


@dataclass(frozen=True, kw_only=True)
class Slip:
    """What is wrong in a line."""

    key: str  # of the catalogue
    column: int  # from 1
    values: dict[str, object] = field(default_factory=dict)


def find_slip(line: str) -> Slip | None:
    """The slip at the beginning of a line or of a value, where a key or the dash of a list is meant to stand."""
    for key, pattern in _SLIPS:
        if found := pattern.match(line):
            values: dict[str, object] = {"mark": found[1]} if found[1] else {}
            return Slip(key=key, column=found.end(1) + 1, values=values)
    return None
