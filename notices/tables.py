"""Tables set in a column: how wide each of its columns is, and its rows as pieces that are never broken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from notices import rules
from notices.document import Paragraph, Role, Table
from notices.lines import set_lines, widest_word
from notices.rules import Align, Format
from notices.stacks import Forms, SetLine, Stack

_ENDLESS = 100_000.0  # pt: a column in which everything stays on one line
_SIDES = 2 * rules.CELL_ROOM[1].pt
_SLACK = 0.2  # pt: layout engines round
_EDGE = 0.15  # pt: a line that fits or not by less is on the edge
_STEP = 0.5  # pt: how far a column moves away from such an edge
_TRIES = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A set row, its rules included, and the footnotes that it calls."""

    stack: Stack
    notes: tuple[int, ...]


def cell_format(cell: Paragraph, align: str, forms: Forms) -> Format:
    """The format of a cell: heads are centred, the others stand as their column does."""
    form = forms[cell.role]
    return form if cell.role is Role.CELL_HEAD else replace(form, align=Align(align))


def least_width(table: Table, forms: Forms) -> float:
    """The width in pt below which words of the table would be cut."""
    return sum(_least(column, forms) for column in _columns(table))


def column_widths(table: Table, forms: Forms, room: float) -> list[float]:
    """Width of each column, in whole twentieths of a pt; together they fill ``room`` pt.

    A column gets what its longest word needs, and a share of the rest by what its longest cell would like.
    """
    columns = _columns(table)
    least = [_least(column, forms) for column in columns]
    liked = [max(_liked(column, forms), low) for column, low in zip(columns, least, strict=True)]
    spare = room - sum(least)
    wanted = sum(liked) - sum(least)
    if wanted > spare:
        widths = [low + spare * (like - low) / wanted for like, low in zip(liked, least, strict=True)]
    else:
        widths = [like * room / sum(liked) for like in liked]
        short = [width < low for width, low in zip(widths, least, strict=True)]
        if any(short):
            widths = [low + spare / len(least) for low in least]
    twips = [int(width * 20) for width in widths]
    twips[-1] += round(room * 20) - sum(twips)
    return _clear_of_edges(columns, forms, [width / 20 for width in twips])


def _clear_of_edges(columns: Sequence[Sequence[Paragraph]], forms: Forms, widths: list[float]) -> list[float]:
    """Widths in which no line only just fits, or just does not: there layout engines would disagree."""
    for _ in range(_TRIES):
        found = next(
            (
                i
                for i, (column, width) in enumerate(zip(columns, widths, strict=True))
                if _on_edge(column, width, forms)
            ),
            None,
        )
        if found is None:
            break
        widest = max((i for i in range(len(widths)) if i != found), key=lambda i: widths[i], default=found)
        widths[found] += _STEP
        widths[widest] -= _STEP
    return widths


def _on_edge(column: Sequence[Paragraph], width: float, forms: Forms) -> bool:
    return any(
        len(set_lines(cell.runs, forms[cell.role], width - _SIDES - _EDGE))
        != len(set_lines(cell.runs, forms[cell.role], width - _SIDES + _EDGE))
        for cell in column
    )


def set_rows(table: Table, forms: Forms, widths: Sequence[float], first_note: int) -> list[Row]:
    """The rows of a table, its head first."""
    rows = [_row(cells, table.aligns, forms, widths, first_note) for cells in (table.head, *table.rows)]
    rows[-1].stack.height += rules.TABLE_LINE.pt  # the last line of the table
    return rows


def _row(
    cells: Sequence[Paragraph], aligns: Sequence[str], forms: Forms, widths: Sequence[float], first_note: int
) -> Row:
    above, beside = (room.pt for room in rules.CELL_ROOM)
    line = rules.TABLE_LINE.pt
    stack = Stack()
    notes: list[int] = []
    x = 0.0
    height = 0.0
    for cell, align, width in zip(cells, aligns, widths, strict=True):
        form = cell_format(cell, align, forms)
        y = line + above
        for set_line in set_lines(cell.runs, form, width - _SIDES, first_note=first_note):
            baseline = y + rules.BASELINE * form.leading.pt
            stack.lines.append(SetLine(x + beside + line / 2, baseline, set_line))
            notes.extend(set_line.notes)
            y += form.leading.pt
        height = max(height, y + above)
        x += width
    x = 0.0
    for width in widths:
        stack.frame(x, line, width, height - line, line)
        x += width
    stack.height = height
    return Row(stack=stack, notes=tuple(notes))


def _columns(table: Table) -> list[list[Paragraph]]:
    return [list(column) for column in zip(table.head, *table.rows, strict=True)]


def _least(column: Sequence[Paragraph], forms: Forms) -> float:
    return max(widest_word(cell.runs, forms[cell.role]) for cell in column) + _SIDES + _SLACK


def _liked(column: Sequence[Paragraph], forms: Forms) -> float:
    return max(set_lines(cell.runs, forms[cell.role], _ENDLESS)[0].width for cell in column) + _SIDES
