"""Set a Document on pages: every line and rule with its place, in points from the top left corner.

The flow follows what Word and LibreOffice do with the DOCX: exact line spacing, at least two lines of a paragraph on
either side of a page break, headings with what they head, the closing block whole and never alone, footnotes at the
foot. So the PDF breaks where the DOCX does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from notices import rules
from notices.balance import fitted
from notices.document import Block, Closing, Document, Masthead, Paragraph, Role, Run, Sheet, text_run
from notices.lines import Line, set_lines
from notices.rules import PAGE, Format
from notices.stacks import (
    Forms,
    SetLine,
    Stack,
    Stroke,
    beside,
    closing_cells,
    masthead_rows,
    stack_paragraphs,
    stays_with_closing,
)

# Word keeps at least this many lines of a paragraph together on either side of a page break.
FEWEST_LINES = 2
# Word and LibreOffice count in whole twips; this much, in pt, is not yet an overflow.
SLACK = 0.06


@dataclass(slots=True)
class SetPage:
    """One page; ``number`` counts from 1 in its sheet."""

    sheet: str
    number: int
    lines: list[SetLine] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)


@dataclass(slots=True)
class _Flow:
    """A paragraph that may be broken over pages."""

    lines: list[Line]
    form: Format
    with_next: bool
    whole: bool

    @property
    def height(self) -> float:
        return len(self.lines) * self.form.leading.pt + self.form.after.pt


def lay_out(document: Document) -> list[SetPage]:
    """The pages of a document, sheet after sheet."""
    forms = rules.formats(document.body_size)
    pages: list[SetPage] = []
    first_note = 1
    for sheet in document.sheets:
        top = rules.ANCHOR_HEIGHT.pt if needs_anchor(document) and not pages else 0.0
        pages.extend(_Setter(sheet, forms, first_note, top).pages)
        first_note += len(sheet.notes)
    for page in pages:
        _add_header(page, forms, is_draft=document.is_draft)
    return pages


def needs_anchor(document: Document) -> bool:
    """Whether an empty paragraph of hardly any height must open the file.

    LibreOffice leaves a whole empty line above a table that opens a file with footnotes; not so below a paragraph.
    """
    return isinstance(document.sheets[0].blocks[0], Masthead) and any(sheet.notes for sheet in document.sheets)


class _Setter:
    """Fills the pages of one sheet from top to bottom."""

    def __init__(self, sheet: Sheet, forms: Forms, first_note: int, top: float) -> None:
        self._forms = forms
        self._sheet = sheet
        self._first_note = first_note
        self._items = [self._item(block, index) for index, block in enumerate(sheet.blocks)]
        self._notes = [self._note(runs, index) for index, runs in enumerate(sheet.notes)]
        self._page = SetPage(sheet.name, 1)
        self._called: list[int] = []  # footnotes of the current page
        self._y = top
        self.pages = [self._page]
        for index, item in enumerate(self._items):
            self._place(item, index)
        self._set_footnotes()

    def _item(self, block: Block, index: int) -> _Flow | Stack:
        width = PAGE.text_width.pt
        if isinstance(block, Masthead):
            names, dates = masthead_rows(block, self._forms)
            columns = [column.pt for column in rules.HEAD_COLUMNS]
            head = beside(names, columns)
            head.add(beside(dates, columns), y=names[0].height)
            head.height += dates[0].height
            return head
        if isinstance(block, Closing):
            return beside(closing_cells(block, self._forms), [column.pt for column in rules.FOOT_COLUMNS])
        form = fitted(block.runs, self._forms[block.role], width)
        lines = set_lines(block.runs, form, width, first_note=self._first_note)
        closes = stays_with_closing(self._sheet.blocks, index, self._forms)
        return _Flow(lines, form, with_next=form.with_next or closes, whole=closes)

    def _note(self, runs: tuple[Run, ...], index: int) -> list[Line]:
        mark = (Run(note=index + 1), Run(text=" "))
        return set_lines(mark + runs, self._forms[Role.NOTE], PAGE.text_width.pt, first_note=self._first_note)

    def _place(self, item: _Flow | Stack, index: int) -> None:
        if self._y and not self._fits(self._needed(index)):
            self._turn()
        if isinstance(item, Stack):
            self._put(item)
            self._y += item.height
            return
        lines = item.lines
        while lines:
            count = self._count_fitting(lines, item)
            self._put_lines(lines[:count], item.form)
            lines = lines[count:]
            if lines:
                self._turn()
        self._y += item.form.after.pt

    def _needed(self, index: int) -> tuple[float, list[int]]:
        """Height and footnotes of what must start on one page with the item at ``index``."""
        start = index
        while start and isinstance(before := self._items[start - 1], _Flow) and before.with_next:
            start -= 1
        if start < index and self._together(start)[0] > PAGE.text_height.pt:
            return 0.0, []  # headings without end: nothing can keep them on one page
        return self._together(index)

    def _together(self, index: int) -> tuple[float, list[int]]:
        """Height and footnotes of the item at ``index``, what it is kept with, and the start of what follows."""
        height = 0.0
        notes: list[int] = []
        for item in self._items[index:]:
            if isinstance(item, Stack):
                return height + item.height, notes
            if not item.with_next:
                head = _first_lines(item)
                return height + len(head) * item.form.leading.pt, [*notes, *_notes(head)]
            height += item.height
            notes.extend(_notes(item.lines))
        return height, notes

    def _fits(self, needed: tuple[float, list[int]]) -> bool:
        height, notes = needed
        return self._y + height <= self._room([*self._called, *notes]) + SLACK

    def _room(self, called: Sequence[int]) -> float:
        """Height left for text on a page with these footnotes."""
        return PAGE.text_height.pt - self._footnote_height(called)

    def _footnote_height(self, called: Sequence[int]) -> float:
        if not called:
            return 0.0
        count = sum(len(self._notes[note - 1]) for note in called)
        return count * self._forms[Role.NOTE].leading.pt + rules.FOOTNOTE_GAP.pt

    def _count_fitting(self, lines: Sequence[Line], item: _Flow) -> int:
        """How many lines of the rest of a paragraph go on this page; at least one, so that work ends."""
        leading = item.form.leading.pt
        count = 0
        for count in range(len(lines), 0, -1):
            if self._fits((count * leading, _notes(lines[:count]))):
                break
        left_over = len(lines) - count
        if 0 < left_over < FEWEST_LINES:
            count -= FEWEST_LINES - left_over
        return max(count, 1)

    def _put_lines(self, lines: Sequence[Line], form: Format) -> None:
        for line in lines:
            y = PAGE.top.pt + self._y + rules.BASELINE * form.leading.pt
            self._page.lines.append(SetLine(PAGE.left.pt, y, line))
            self._called.extend(line.notes)
            self._y += form.leading.pt

    def _put(self, stack: Stack) -> None:
        placed = Stack()
        placed.add(stack, x=PAGE.left.pt, y=PAGE.top.pt + self._y)
        self._page.lines.extend(placed.lines)
        self._page.strokes.extend(placed.strokes)

    def _turn(self) -> None:
        self._set_footnotes()
        self._page = SetPage(self._sheet.name, len(self.pages) + 1)
        self.pages.append(self._page)
        self._called = []
        self._y = 0.0

    def _set_footnotes(self) -> None:
        if not self._called:
            return
        leading = self._forms[Role.NOTE].leading.pt
        y = PAGE.height.pt - PAGE.bottom.pt - self._footnote_height(self._called)
        length, width = rules.FOOTNOTE_RULE
        self._page.strokes.append(Stroke(PAGE.left.pt, y + rules.FOOTNOTE_GAP.pt / 2, length.pt, width.pt))
        y += rules.FOOTNOTE_GAP.pt
        for line in (line for note in self._called for line in self._notes[note - 1]):
            self._page.lines.append(SetLine(PAGE.left.pt, y + rules.BASELINE * leading, line))
            y += leading


def _notes(lines: Iterable[Line]) -> list[int]:
    return [note for line in lines for note in line.notes]


def _first_lines(item: _Flow) -> list[Line]:
    """The lines that must stand together where the paragraph begins."""
    if item.whole or len(item.lines) < 2 * FEWEST_LINES:
        return item.lines
    return item.lines[:FEWEST_LINES]


def _add_header(page: SetPage, forms: Forms, *, is_draft: bool) -> None:
    """Page number (not on the first page, I/1-I.7) and, below it, the mark of a draft."""
    number = [(Role.PAGE_NUMBER, str(page.number))] if page.number > 1 else []
    mark = [(Role.DRAFT_MARK, rules.DRAFT_MARK)] if is_draft else []
    paragraphs = [Paragraph(role=role, runs=text_run(text)) for role, text in (*number, *mark)]
    header = Stack()
    header.add(stack_paragraphs(paragraphs, forms, PAGE.text_width.pt), x=PAGE.left.pt, y=PAGE.header.pt)
    page.lines.extend(header.lines)
