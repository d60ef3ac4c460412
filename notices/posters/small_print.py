"""The parts that are read up close: how to know a real caller, lines to fill in by hand, the imprint."""

from __future__ import annotations

from collections.abc import Sequence

from notices.posters.document import Blank, BlankLine
from notices.posters.faces import Weight, ink_of, width_of
from notices.posters.frame import A4_UNIT
from notices.posters.kit import Kit, Tone
from notices.posters.room import NoRoomError
from notices.posters.scene import EMPTY, Block, Dots, Panel, Text, padded, stack
from notices.posters.typeset import set_text

_PEN = 3.7  # units from line to line to write on: 7.8 mm on A4, as in a ruled exercise book
_BLANK_GAP = 0.4  # around a line to write on, in sizes of its label


def trust(kit: Kit, width: float) -> Block:
    """How to know a real surveyor or caller, in a box with a strong edge."""
    words = kit.words.trust
    if words is None:
        return EMPTY
    size = kit.type.note
    inner = width - 2 * size
    title = set_text(words.title, inner, size * 1.08, Weight.BLACK, kit.theme.accent)
    lines = [set_text(line, inner, size, Weight.SEMIBOLD, kit.theme.ink, least=1.3) for line in words.lines]
    box = padded(stack([title, *lines], size * 0.45), size, width=width)
    ground = Panel(
        x=0,
        y=0,
        width=width,
        height=box.height,
        fill=kit.theme.tint,
        edge=kit.theme.accent,
        edge_width=size * 0.12,
        radius=size * 0.4,
    )
    return Block(width=width, height=box.height, items=(ground, *box.items))


def posted_at(kit: Kit, width: float) -> Block:
    """Where this copy hangs and whom to ask there."""
    return set_text(kit.words.posted_at, width, kit.type.note, Weight.REGULAR, kit.theme.ink, least=1.3)


def blanks(kit: Kit, width: float) -> Block:
    """Lines to fill in by hand, long enough and far enough apart for a pen. Raises NoRoomError."""
    if not kit.words.blanks:
        return EMPTY
    rows = _blank_rows(kit, width)
    pitch = max(_PEN * kit.unit, max(row.height for row in rows) * 1.15)
    tops = [(index + 1) * pitch - row.items[0].y for index, row in enumerate(rows)]  # on the first a hand writes too
    items = tuple(item for row, top in zip(rows, tops, strict=True) for item in row.at(0, top))
    return Block(width=width, height=tops[-1] + rows[-1].height, items=items)


def _blank_rows(kit: Kit, width: float) -> list[Block]:
    """Every line in as few rows as give each blank its room; labels a little smaller if that saves one.

    Raises NoRoomError.
    """
    usual, smaller = (
        [_blank_row(kit, row, size, width) for line in kit.words.blanks for row in _rows_of(kit, line, size, width)]
        for size in (kit.type.note, kit.frame.limits.size(kit.frame.limits.note))
    )
    return smaller if len(smaller) < len(usual) else usual


def _rows_of(kit: Kit, line: BlankLine, size: float, width: float) -> Sequence[Sequence[Blank]]:
    """The blanks side by side if each gets its room, else each on a row of its own. Raises NoRoomError."""
    for rows in ([line.blanks], [(blank,) for blank in line.blanks]):
        if all(_left_to_write(row, size, width) >= sum(_room(kit, blank) for blank in row) for row in rows):
            return rows
    raise NoRoomError(line.part)


def _blank_row(kit: Kit, row: Sequence[Blank], size: float, width: float) -> Block:
    """Labels side by side, each with a dotted line up to the next."""
    gap = size * _BLANK_GAP
    rise, hang = (size * max(ink_of(blank.label, Weight.REGULAR)[side] for blank in row) for side in (0, 1))
    stretch = _left_to_write(row, size, width) / sum(_room(kit, blank) for blank in row)
    items: list[Text | Dots] = []
    x = 0.0
    for blank in row:
        start = x + width_of(blank.label, Weight.REGULAR) * size + gap
        dotted = _room(kit, blank) * stretch
        items.append(Text(x=x, y=rise, text=blank.label, size=size, weight=Weight.REGULAR, colour=kit.theme.ink))
        items.append(Dots(x=start, y=rise, width=dotted, colour=kit.theme.ink))
        x = start + dotted + gap
    return Block(width=width, height=rise + hang, items=tuple(items))


def _left_to_write(row: Sequence[Blank], size: float, width: float) -> float:
    """What labels and the gaps around them leave of the width."""
    labels = sum(width_of(blank.label, Weight.REGULAR) * size for blank in row)
    return width - labels - (2 * len(row) - 1) * _BLANK_GAP * size


def _room(kit: Kit, blank: Blank) -> float:
    """The least length of a blank on this paper, pt."""
    return blank.room.pt / A4_UNIT * kit.unit


def imprint(kit: Kit, width: float, tone: Tone) -> Block:
    """Who issued it, under which number, until when; and that it is a draft."""
    size = kit.type.small
    mark = set_text(kit.words.draft, width, size, Weight.BOLD, tone.accent, least=1.35)
    text = set_text("\u00a0· ".join(kit.words.imprint), width, size, Weight.REGULAR, tone.text, least=1.35)
    return stack([mark, text], size * 0.35)
