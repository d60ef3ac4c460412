"""Lines of about equal length, for what stands centred on several lines: names of bodies, titles, V/v."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from notices.document import Runs
from notices.lengths import Pt
from notices.lines import ITALIC_ROOM, set_lines
from notices.rules import Format

# Every layout engine rounds a little differently; the longest line keeps this much room, pt.
_ROOM = 1.0
_STEP = 0.5  # pt


@lru_cache(maxsize=256)
def fitted(runs: Runs, form: Format, column: float) -> Format:
    """``form`` with side indents that make the lines of a balanced paragraph about equally long.

    The paragraph keeps its number of lines; other formats, and single lines, stay as they are. ``column`` in pt.
    """
    count = len(set_lines(runs, form, column)) if form.balanced else 1
    if count == 1:
        return form
    steps = range(1, int(column / _STEP))
    # more lines the narrower it gets: find the last step that does not yet add one
    inset = _STEP * bisect_right(
        steps, count, key=lambda step: len(set_lines(runs, _inset(form, step * _STEP), column))
    )
    longest = max(line.width for line in set_lines(runs, _inset(form, inset), column))
    lean = form.size.pt * ITALIC_ROOM if form.italic else 0.0
    free = column - form.left.pt - form.right.pt - longest - lean - _ROOM
    return _inset(form, max(0.0, min(inset, free / 2)))


def _inset(form: Format, inset: float) -> Format:
    return replace(form, left=form.left + Pt(inset), right=form.right + Pt(inset))


def even_lines(text: str, room: float, width: Callable[[str], float]) -> list[str]:
    """``text`` in as few lines as ``room`` pt allows, even ones, broken at a comma, at VÀ or at a dash if it can be.

    ``width`` measures in pt. A word longer than ``room`` stands alone on its line.
    """
    words = text.split(" ")
    for count in range(1, len(words) + 1):
        if splits := list(_splits(words, count, lambda line: width(line) <= room)):
            return min(splits, key=lambda lines: max(map(width, lines)) - _natural_breaks(lines) * room / 4)
    return words


def _natural_breaks(lines: list[str]) -> int:
    return sum(upper.endswith(",") or lower.startswith(("VÀ ", "- ")) for upper, lower in pairwise(lines))


def _splits(words: list[str], count: int, fits: Callable[[str], bool]) -> Iterator[list[str]]:
    """Every way to put the words on ``count`` lines that all fit."""
    if count == 1:
        if fits(line := " ".join(words)):
            yield [line]
        return
    for end in range(1, len(words) - count + 2):
        if not fits(line := " ".join(words[:end])):
            return
        for below in _splits(words[end:], count - 1, fits):
            yield [line, *below]
