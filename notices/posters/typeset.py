"""Words set in lines: even ones, as large as a box allows, at a distance at which their marks never touch."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from notices.posters.faces import CAP_HEIGHT, Weight, bearing_of, ink_of, width_of
from notices.posters.room import LongWordError
from notices.posters.scene import Block, Text

# Least room between the ink of two lines, em.
_AIR = 0.07
# How much a line that ends with a comma or a full stop is preferred, in squared shares of the width.
_PAUSE_BONUS = 0.12
# What a headline whose lines end amid a phrase is worth beside one whose lines do not.
_SPLIT_PENALTY = 0.66
# The same for a line of a single syllable, and for each further line.
_LONELY_PENALTY = 0.8
_LINE_PENALTY = 0.95
_MOST_LINES = 7
_PAUSES = (",", ".", ":", ";", "!", "?", "–")


def broken(text: str, width: float, size: float, weight: Weight) -> list[str]:
    """The text in as few lines as fit in ``width`` pt at ``size`` pt, even in length.

    A word longer than the width stands alone and reaches beyond it. A no-break space never ends a line.
    """
    words = [word for word in text.split(" ") if word]
    widths = [width_of(word, weight) * size for word in words]
    blank = width_of(" ", weight) * size
    count = len(_greedy(widths, blank, width))
    return [" ".join(words[start:end]) for start, end in _even(words, widths, blank, width, count)]


def spacing(lines: Sequence[str], weight: Weight, least: float) -> float:
    """Distance of baselines, em: ``least``, or more where a mark below would touch one above."""
    inks = [ink_of(line, weight) for line in lines]
    needed = [above[1] + below[0] + _AIR for above, below in pairwise(inks)]
    return max([least, *needed])


def set_text(text: str, width: float, size: float, weight: Weight, colour: str, *, least: float = 1.3) -> Block:
    """The text as a block of lines, ``width`` pt wide; its height is that of its ink, marks included.

    Raises LongWordError for a word longer than the line.
    """
    if width <= 0:
        raise LongWordError(text)
    lines = broken(text, width, size, weight)
    for line in lines:
        if width_of(line, weight) * size > width + 0.01:
            raise LongWordError(line)
    return set_lines(lines, width, size, weight, colour, least=least)


def set_lines(
    lines: Sequence[str], width: float, size: float, weight: Weight, colour: str, *, least: float = 1.3
) -> Block:
    """Lines already broken, as a block from the top of its capitals' marks to the foot of its descenders.

    Their ink, not their invisible margins, begins at the left edge.
    """
    if not lines:
        return Block(width=width, height=0)
    step = spacing(lines, weight, least) * size
    rise = max(CAP_HEIGHT, ink_of(lines[0], weight)[0]) * size
    hang = max(0.02, ink_of(lines[-1], weight)[1]) * size
    items = tuple(
        Text(
            x=-bearing_of(line, weight) * size,
            y=rise + index * step,
            text=line,
            size=size,
            weight=weight,
            colour=colour,
        )
        for index, line in enumerate(lines)
    )
    return Block(width=width, height=rise + (len(lines) - 1) * step + hang, items=items)


def largest(
    text: str,
    width: float,
    height: float,
    weight: Weight,
    colour: str,
    *,
    most: float,
    least_size: float,
    least: float = 1.1,
    is_graceful: bool = False,
) -> Block | None:
    """The text as large as the box allows, between ``least_size`` and ``most`` pt; None when it does not fit.

    A little size is given up for lines that end where a reader pauses; one that ``is_graceful`` takes no others.
    """
    best: tuple[float, float, tuple[str, ...]] = (0.0, 0.0, ())
    for lines in _shapes(text, weight):
        size = min(most, width / max(width_of(line, weight) for line in lines), height / _ems(lines, weight, least))
        good = size * _beauty(lines)
        if is_graceful and _is_awkward(lines):
            continue
        if size >= least_size and good > best[0] + 0.01:
            best = (good, size, lines)
    _, size, lines = best
    return set_lines(lines, width, size, weight, colour, least=least) if lines else None


def one_line(text: str, width: float, weight: Weight, colour: str, *, most: float, least_size: float) -> Block | None:
    """The text on a single line as large as ``width`` allows; None when that is below ``least_size`` pt."""
    size = min(most, width / max(width_of(text, weight), 0.01))
    if size < least_size:
        return None
    return set_lines([text], width_of(text, weight) * size, size, weight, colour)


def _ems(lines: Sequence[str], weight: Weight, least: float) -> float:
    """How high lines are, em, from the highest mark to the lowest descender; see ``set_lines``."""
    rise, hang = max(CAP_HEIGHT, ink_of(lines[0], weight)[0]), max(0.02, ink_of(lines[-1], weight)[1])
    return rise + (len(lines) - 1) * spacing(lines, weight, least) + hang


def _is_awkward(lines: Sequence[str]) -> bool:
    """Whether a line goes on behind a pause, or a syllable stands alone."""
    return any(_pauses_inside(line) for line in lines) or (len(lines) > 1 and any(" " not in line for line in lines))


def _beauty(lines: Sequence[str]) -> float:
    """What share of their size lines are worth: less when they split phrases or leave a syllable alone."""
    share = float(_LINE_PENALTY ** (len(lines) - 1))
    if any(_pauses_inside(line) for line in lines):
        share *= _SPLIT_PENALTY
    if len(lines) > 1 and any(" " not in line for line in lines):
        share *= _LONELY_PENALTY
    return share


def _pauses_inside(line: str) -> bool:
    return any(word.endswith(_PAUSES) for word in line.split(" ")[:-1])


@lru_cache(maxsize=512)
def _shapes(text: str, weight: Weight) -> tuple[tuple[str, ...], ...]:
    """The text in one line, in two, and so on; independent of any size or box."""
    words = [word for word in text.split(" ") if word]
    return tuple(_narrowest(words, count, weight) for count in range(1, min(len(words), _MOST_LINES) + 1))


def _narrowest(words: Sequence[str], count: int, weight: Weight) -> tuple[str, ...]:
    """The words in ``count`` lines, the longest of which is as short as can be; pauses at line ends where possible."""
    # best[i]: for the first i words, the longest line, the sum of squares, and where lines begin
    best: dict[int, tuple[float, float, tuple[int, ...]]] = {0: (0.0, 0.0, ())}
    for _ in range(count):
        row: dict[int, tuple[float, float, tuple[int, ...]]] = {}
        for start, (longest, squares, starts) in best.items():
            for end in range(start + 1, len(words) + 1):
                line = " ".join(words[start:end])
                length = width_of(line, weight) / (_SPLIT_PENALTY if _pauses_inside(line) else 1.0)
                found = (max(longest, length), squares + length**2, (*starts, start))
                if end not in row or found < row[end]:
                    row[end] = found
        best = row
    starts = best[len(words)][2]
    return tuple(" ".join(words[start:end]) for start, end in pairwise((*starts, len(words))))


def _greedy(widths: Sequence[float], blank: float, width: float) -> list[int]:
    """Where lines begin when each takes as many words as it can."""
    starts: list[int] = []
    used = width + 1
    for index, word in enumerate(widths):
        if starts and used + blank + word <= width + 0.01:
            used += blank + word
        else:
            starts.append(index)
            used = word
    return starts


def _even(
    words: Sequence[str], widths: Sequence[float], blank: float, width: float, count: int
) -> list[tuple[int, int]]:
    """The words in exactly ``count`` lines whose ends lie nearest each other; lines end gladly at a pause."""
    total = len(words)
    # best[n][i]: cost of the first i words in n lines, and where the last of these lines begins
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for _ in range(count):
        row: dict[int, tuple[float, int]] = {}
        for start, (cost, _start) in best[-1].items():
            length = -blank
            for end in range(start + 1, total + 1):
                length += blank + widths[end - 1]
                if length > width + 0.01 and end > start + 1:
                    break
                bonus = _PAUSE_BONUS if end < total and words[end - 1].endswith(_PAUSES) else 0.0
                whole = cost + (max(0.0, width - length) / width) ** 2 - bonus
                if end not in row or whole < row[end][0]:
                    row[end] = (whole, start)
        best.append(row)
    lines: list[tuple[int, int]] = []
    end = total
    for row in reversed(best[1:]):
        start = row[end][1]
        lines.append((start, end))
        end = start
    return lines[::-1]
