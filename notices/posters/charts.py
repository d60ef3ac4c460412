"""Results drawn: as bars, or as a table."""

from __future__ import annotations

from dataclasses import dataclass

from notices.posters.document import Results, Row
from notices.posters.faces import Weight, width_of
from notices.posters.kit import Kit, Tone
from notices.posters.results import as_rows, digits_of, percent
from notices.posters.room import NoRoomError
from notices.posters.scene import EMPTY, Block, Item, Panel, Text, stack
from notices.posters.typeset import set_lines, set_text

_MOST_LINES = 2  # of a name


def chart(kit: Kit, width: float, tone: Tone) -> Block:
    """The results as the campaign asks for them; bars begin at nought, so that they do not flatter."""
    found = kit.words.results
    if found is None:
        return EMPTY
    return _table(kit, found, width, tone) if found.as_table else _bars(kit, found, width, tone)


def _bars(kit: Kit, found: Results, width: float, tone: Tone) -> Block:
    digits, size, note = digits_of(found.rows), kit.type.body, kit.type.note
    column = max(width_of(percent(row.now, digits), Weight.BLACK) for row in found.rows) * size * 1.2
    bars = [_bar(kit, row, digits, width, column, tone) for row in found.rows]
    return stack([_legend(kit, found, width, tone), stack(bars, size * 0.7)], note * 1.1)


def _bar(kit: Kit, row: Row, digits: int, width: float, column: float, tone: Tone) -> Block:
    """The name, below it the bar with its value at the right, below it the thin bar of the period before."""
    size, note = kit.type.body, kit.type.note
    room = width - column - size * 0.6
    name = _name(kit, row.name, room, size * 0.86, tone)  # not above the value, which rises beside it
    thick, thin = size * 0.62, size * 0.2
    top = name.height + size * 0.32
    value = Text(
        x=room + size * 0.6,
        y=top + thick,
        text=percent(row.now, digits),
        size=size * 1.2,
        weight=Weight.BLACK,
        colour=tone.accent,
    )
    items: list[Item] = [*name.items, value, *_filled_bar(kit, top, room, thick, row.now)]
    height = top + thick
    if row.before is not None:
        before = set_lines([percent(row.before, digits)], column, note, Weight.SEMIBOLD, tone.text)
        start = height + note * 0.7
        middle = start + (before.height - thin) / 2
        items.append(Panel(x=0, y=middle, width=room * row.before / 100, height=thin, fill=kit.theme.line))
        items.extend(before.at(room + size * 0.6, start))
        height = start + before.height
    return Block(width=width, height=height, items=tuple(items))


def _name(kit: Kit, text: str, width: float, size: float, tone: Tone) -> Block:
    """What a result is about. Raises NoRoomError for more than two lines as long as type can be smaller."""
    found = set_text(text, width, size, Weight.SEMIBOLD, tone.text, least=1.25)
    if len(found.items) > _MOST_LINES and not kit.is_tight:
        raise NoRoomError("results")
    return found


def _filled_bar(kit: Kit, top: float, room: float, thick: float, value: float) -> tuple[Item, Item]:
    edge = kit.theme.ink if kit.theme.is_plain else None
    track = Panel(x=0, y=top, width=room, height=thick, fill=kit.theme.tint, edge=edge, edge_width=kit.unit * 0.12)
    return track, Panel(x=0, y=top, width=room * value / 100, height=thick, fill=kit.theme.accent)


def _legend(kit: Kit, found: Results, width: float, tone: Tone) -> Block:
    """What each kind of bar is, where there are two."""
    if not any(row.before is not None for row in found.rows):
        return EMPTY
    note = kit.type.note
    items: list[Item] = []
    x = 0.0
    for label, colour, share in ((found.now, kit.theme.accent, 0.62), (found.before, kit.theme.line, 0.24)):
        high = note * share
        items.append(Panel(x=x, y=note * 0.74 - high, width=note * 1.5, height=high, fill=colour))
        words = set_text(label, width, note, Weight.SEMIBOLD, tone.text)
        items.extend(words.at(x + note * 2, note * 0.74 - words.items[0].y))
        x += note * 3.5 + width_of(label, Weight.SEMIBOLD) * note
    return Block(width=width, height=note, items=tuple(items))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Grid:
    """Where the columns of a table stand: names in ``room``, then values in columns of one width."""

    room: float
    column: float
    count: int

    @property
    def width(self) -> float:
        return self.room + self.column * self.count


def _table(kit: Kit, found: Results, width: float, tone: Tone) -> Block:
    """The results between rules, a strong one below the head."""
    head, *rows = as_rows(found)
    size, note = kit.type.body * 0.92, kit.type.note
    wide = max(width_of(value, Weight.BLACK) * size for row in rows for value in row[1:])
    column = max(wide, *(width_of(label, Weight.BOLD) * note for label in head[1:])) + size * 0.85
    grid = _Grid(room=width - column * len(head[1:]), column=column, count=len(head[1:]))
    blocks = [_table_row(kit, ("", *head[1:]), grid, note, tone)]
    for index, row in enumerate(rows):
        thick, colour = (kit.unit * 0.35, tone.accent) if index == 0 else (kit.unit * 0.16, kit.theme.line)
        rule = Panel(x=0, y=0, width=width, height=thick, fill=colour)
        blocks.append(Block(width=width, height=thick, items=(rule,)))
        blocks.append(_table_row(kit, row, grid, size, tone))
    return stack(blocks, size * 0.42)


def _table_row(kit: Kit, cells: tuple[str, ...], grid: _Grid, size: float, tone: Tone) -> Block:
    """A name on the left, values at the right edges of their columns; the first value in the strong colour."""
    name, *values = cells
    words = _name(kit, name, grid.room - size * 0.5, size, tone)
    base = words.items[0].y if words.items else size
    items: list[Item] = list(words.items)
    for index, value in enumerate(values):
        weight, colour = (Weight.SEMIBOLD, tone.text) if index else (Weight.BLACK, tone.accent)
        right = grid.room + grid.column * (index + 1)
        x = right - width_of(value, weight) * size
        items.append(Text(x=x, y=base, text=value, size=size, weight=weight, colour=colour))
    return Block(width=grid.width, height=max(words.height, base + size * 0.05), items=tuple(items))
