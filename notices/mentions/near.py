"""How far one short text is from another: a slip of the finger is one or two letters."""

from __future__ import annotations

from collections.abc import Iterable

_SLIP = 2


def distance(one: str, other: str) -> int:
    """The fewest letters to put in, take out or change, two neighbours that changed places counted once."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, wanted in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                best = min(best, older[j - 2] + 1)
            row.append(best)
    return row[-1]


def nearest(typed: str, known: Iterable[str]) -> str:
    """The known text from which ``typed`` is a slip of one or two letters away; empty when there is none."""
    close = ((distance(typed, one), one) for one in known if abs(len(typed) - len(one)) <= _SLIP)
    return min((pair for pair in close if 0 < pair[0] <= _SLIP), default=(0, ""))[1]
