"""What pages are filled with: each block of a sheet, set in the width of the text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from notices import rules
from notices.document import Closing, Document, Figure, Masthead, Role, Run, Sheet, Table
from notices.figures import figure_size
from notices.lines import Line, set_lines
from notices.rules import Format, Page
from notices.stacks import (
    Forms,
    SetPicture,
    Stack,
    beside,
    closing_cells,
    fitted_format,
    masthead_rows,
    stack_paragraphs,
    stays_with_closing,
)
from notices.tables import Row, column_widths, set_rows

# Word keeps at least this many lines of a paragraph together on either side of a page break.
FEWEST_LINES = 2


@dataclass(frozen=True, slots=True)
class Flow:
    """A paragraph that may be broken over pages, unless it is to stay ``whole``."""

    lines: list[Line]
    form: Format
    with_next: bool
    whole: bool

    @property
    def height(self) -> float:
        """Of all its lines and the space below."""
        return len(self.lines) * self.form.leading.pt + self.form.after.pt

    @property
    def head(self) -> list[Line]:
        """The lines that must stand together where it begins."""
        return self.lines if self.whole or len(self.lines) < 2 * FEWEST_LINES else self.lines[:FEWEST_LINES]


@dataclass(frozen=True, slots=True)
class Solid:
    """What is never broken: the head, the closing block, a picture with its caption, a line with a rule below."""

    stack: Stack
    with_next: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: broken between rows, its head again on every page, and a gap below it."""

    head: Row
    rows: list[Row]


Piece = Flow | Solid | Rows


def set_piece(sheet: Sheet, index: int, page: Page, forms: Forms, first_note: int) -> Piece:
    """The block at ``index`` of a sheet, set in the text's width."""
    block = sheet.blocks[index]
    width = page.text_width.pt
    match block:
        case Masthead():
            return Solid(_masthead(block, forms))
        case Closing():
            return Solid(beside(closing_cells(block, forms), [column.pt for column in rules.FOOT_COLUMNS]))
        case Table():
            head, *rows = set_rows(block, forms, column_widths(block, forms, width), first_note)
            return Rows(head, rows)
        case Figure():
            return Solid(_figure(block, page, forms))
    form = fitted_format(block, forms, width)
    if form.rule:
        return Solid(stack_paragraphs([block], forms, width), with_next=form.with_next)
    lines = set_lines(block.runs, form, width, first_note=first_note)
    closes = stays_with_closing(sheet.blocks, index, forms, page)
    return Flow(lines, form, with_next=form.with_next or closes, whole=closes)


def _masthead(block: Masthead, forms: Forms) -> Stack:
    names, dates = masthead_rows(block, forms)
    columns = [column.pt for column in rules.HEAD_COLUMNS]
    head = beside(names, columns)
    head.add(beside(dates, columns), y=names[0].height)
    head.height += dates[0].height
    return head


def _figure(figure: Figure, page: Page, forms: Forms) -> Stack:
    width, height = figure_size(figure, page)
    form = forms[Role.FIGURE]
    stack = Stack(height=height + form.leading.pt + form.after.pt)
    stack.pictures.append(SetPicture((page.text_width.pt - width) / 2, 0.0, width, height, figure.picture))
    if figure.caption:
        caption = stack_paragraphs([figure.caption], forms, page.text_width.pt)
        stack.add(caption, y=stack.height)
        stack.height += caption.height
    return stack


def set_notes(sheet: Sheet, page: Page, forms: Forms, first_note: int) -> list[list[Line]]:
    """The lines of each footnote of a sheet, its mark before them."""
    form = forms[Role.NOTE]
    return [
        set_lines((Run(note=index + 1), Run(text=" "), *runs), form, page.text_width.pt, first_note=first_note)
        for index, runs in enumerate(sheet.notes)
    ]


def needs_anchor(document: Document) -> bool:
    """Whether an empty paragraph of hardly any height must open the file.

    LibreOffice leaves a whole empty line above a table that opens a file with footnotes; not so below a paragraph.
    """
    return isinstance(document.sheets[0].blocks[0], Masthead) and any(sheet.notes for sheet in document.sheets)


def notes_of(lines: Iterable[Line]) -> list[int]:
    """The footnotes that lines call."""
    return [note for line in lines for note in line.notes]
