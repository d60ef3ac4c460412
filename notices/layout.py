"""Set a Document on pages: every line and rule with its place, in points from the top left corner.

The flow follows what Word and LibreOffice do with the DOCX: exact line spacing, at least two lines of a paragraph on
either side of a page break, headings with what they head, the closing block whole and never alone, tables broken
between rows, footnotes at the foot. So the PDF breaks where the DOCX does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from notices import rules
from notices.document import Document, Paragraph, Role, Sheet, text_run
from notices.lines import Line
from notices.pieces import FEWEST_LINES, Flow, Rows, Solid, needs_anchor, notes_of, set_notes, set_piece
from notices.rules import Format, Page
from notices.stacks import Forms, SetLine, SetPicture, Stack, Stroke, stack_paragraphs

# Word and LibreOffice count in whole twips; this much, in pt, is not yet an overflow.
SLACK = 0.06


@dataclass(slots=True)
class SetPage:
    """One page; ``number`` counts from 1 in its sheet."""

    sheet: str
    number: int
    form: Page
    lines: list[SetLine] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    pictures: list[SetPicture] = field(default_factory=list)

    def put(self, stack: Stack, *, y: float) -> None:
        """Put a stack at the left margin, its top at ``y``."""
        placed = Stack()
        placed.add(stack, x=self.form.left.pt, y=y)
        self.lines.extend(placed.lines)
        self.strokes.extend(placed.strokes)
        self.pictures.extend(placed.pictures)


def lay_out(document: Document) -> list[SetPage]:
    """The pages of a document, sheet after sheet."""
    forms = rules.formats(document.body_size)
    pages: list[SetPage] = []
    first_note = 1
    for sheet in document.sheets:
        page = rules.page_of(document, sheet)
        top = rules.ANCHOR_HEIGHT.pt if needs_anchor(document) and not pages else 0.0
        made = _Setter(sheet, page, forms, first_note, top).pages
        for one in made:
            _add_header(one, sheet, forms, is_draft=document.is_draft)
        _add_contact(made[0], sheet, forms)
        pages.extend(made)
        first_note += len(sheet.notes)
    return pages


class _Setter:
    """Fills the pages of one sheet from top to bottom."""

    def __init__(self, sheet: Sheet, page: Page, forms: Forms, first_note: int, top: float) -> None:
        self._form = page
        self._forms = forms
        self._sheet = sheet
        self._pieces = [set_piece(sheet, index, page, forms, first_note) for index in range(len(sheet.blocks))]
        self._notes = set_notes(sheet, page, forms, first_note)
        self._lost = contact_excess(sheet, page, forms)  # height that the foot of page 1 takes from its text
        self._page = SetPage(sheet.name, 1, page)
        self._called: list[int] = []  # footnotes of the current page
        self._y = top
        self.pages = [self._page]
        for index, piece in enumerate(self._pieces):
            if self._y and not self._fits(*self._needed(index)):
                self._turn()
            self._place(piece)
        self._set_footnotes()

    def _place(self, piece: Flow | Solid | Rows) -> None:
        match piece:
            case Solid():
                self._put(piece.stack)
            case Rows():
                self._place_rows(piece)
            case Flow():
                self._place_lines(piece)

    def _place_rows(self, piece: Rows) -> None:
        self._put(piece.head.stack)
        self._called.extend(piece.head.notes)
        for index, row in enumerate(piece.rows):
            if index and not self._fits(row.stack.height, row.notes):
                self._turn()
                self._put(piece.head.stack)
            self._put(row.stack)
            self._called.extend(row.notes)
        self._y += rules.TABLE_FOOT.pt
        if not self._fits(rules.TABLE_GAP.pt, ()):
            self._turn()
        self._y += rules.TABLE_GAP.pt

    def _place_lines(self, piece: Flow) -> None:
        lines = piece.lines
        while lines:
            count = self._count_fitting(lines, piece)
            self._put_lines(lines[:count], piece.form)
            lines = lines[count:]
            if lines:
                self._turn()
        self._y += piece.form.after.pt

    def _needed(self, index: int) -> tuple[float, list[int]]:
        """Height and footnotes of what must start on one page with the piece at ``index``."""
        start = index
        while start and not isinstance(before := self._pieces[start - 1], Rows) and before.with_next:
            start -= 1
        if start < index and self._together(start)[0] > self._form.text_height.pt:
            return 0.0, []  # headings without end: nothing can keep them on one page
        return self._together(index)

    def _together(self, index: int) -> tuple[float, list[int]]:
        """Height and footnotes of the piece at ``index``, what it is kept with, and the start of what follows."""
        height = 0.0
        notes: list[int] = []
        for piece in self._pieces[index:]:
            match piece:
                case Solid():
                    height += piece.stack.height
                case Rows():
                    height += piece.head.stack.height + piece.rows[0].stack.height
                    return height, [*notes, *piece.head.notes, *piece.rows[0].notes]
                case Flow() if piece.with_next:
                    height += piece.height
                    notes.extend(notes_of(piece.lines))
                case Flow():
                    height += len(piece.head) * piece.form.leading.pt
                    notes.extend(notes_of(piece.head))
            if not piece.with_next:
                break
        return height, notes

    def _fits(self, height: float, notes: Sequence[int]) -> bool:
        return self._y + height <= self._room([*self._called, *notes]) + SLACK

    def _room(self, called: Sequence[int]) -> float:
        """Height left for text on the current page with these footnotes."""
        lost = self._lost if self._page.number == 1 else 0.0
        return self._form.text_height.pt - lost - self._footnote_height(called)

    def _footnote_height(self, called: Sequence[int]) -> float:
        if not called:
            return 0.0
        count = sum(len(self._notes[note - 1]) for note in called)
        return count * self._forms[Role.NOTE].leading.pt + rules.FOOTNOTE_GAP.pt

    def _count_fitting(self, lines: Sequence[Line], piece: Flow) -> int:
        """How many lines of the rest of a paragraph go on this page; at least one, so that work ends."""
        leading = piece.form.leading.pt
        count = 0
        for count in range(len(lines), 0, -1):
            if self._fits(count * leading, notes_of(lines[:count])):
                break
        left_over = len(lines) - count
        if 0 < left_over < FEWEST_LINES:
            count -= FEWEST_LINES - left_over
        return max(count, 1)

    def _put_lines(self, lines: Sequence[Line], form: Format) -> None:
        for line in lines:
            y = self._form.top.pt + self._y + rules.BASELINE * form.leading.pt
            self._page.lines.append(SetLine(self._form.left.pt, y, line))
            self._called.extend(line.notes)
            self._y += form.leading.pt

    def _put(self, stack: Stack) -> None:
        self._page.put(stack, y=self._form.top.pt + self._y)
        self._y += stack.height

    def _turn(self) -> None:
        self._set_footnotes()
        self._page = SetPage(self._sheet.name, len(self.pages) + 1, self._form)
        self.pages.append(self._page)
        self._called = []
        self._y = 0.0

    def _set_footnotes(self) -> None:
        if not self._called:
            return
        leading = self._forms[Role.NOTE].leading.pt
        y = self._form.top.pt + self._room(self._called)
        length, width = rules.FOOTNOTE_RULE
        self._page.strokes.append(Stroke(self._form.left.pt, y + rules.FOOTNOTE_GAP.pt / 2, length.pt, 0.0, width.pt))
        y += rules.FOOTNOTE_GAP.pt
        for line in (line for note in self._called for line in self._notes[note - 1]):
            self._page.lines.append(SetLine(self._form.left.pt, y + rules.BASELINE * leading, line))
            y += leading


def header_distance(sheet: Sheet, page: Page) -> float:
    """From the upper edge to the header, pt."""
    return (rules.CIRCULATION_HEADER if sheet.circulation else page.header).pt


def _add_header(page: SetPage, sheet: Sheet, forms: Forms, *, is_draft: bool) -> None:
    """Page number (not on page 1, I/1-I.7), the mark of a draft; on page 1 that of circulation and room to sign."""
    number = [(Role.PAGE_NUMBER, str(page.number))] if page.number > 1 else []
    mark = [(Role.DRAFT_MARK, rules.DRAFT_MARK)] if is_draft else []
    paragraphs = [Paragraph(role=role, runs=text_run(text)) for role, text in (*number, *mark)]
    if page.number == 1:
        paragraphs.extend(mark for mark in (sheet.circulation, sheet.signing) if mark)
    page.put(stack_paragraphs(paragraphs, forms, page.form.text_width.pt), y=header_distance(sheet, page.form))


def contact_stack(sheet: Sheet, page: Page, forms: Forms) -> Stack:
    """The contact at the foot of page 1, below a line across the text (I/1-III.4)."""
    stack = Stack()
    if not sheet.contact:
        return stack
    line = rules.RULE_WIDTH.pt
    width = page.text_width.pt
    stack.strokes.append(Stroke(0.0, line / 2, width, 0.0, line))
    text = stack_paragraphs(sheet.contact, forms, width)
    stack.height = line + rules.CONTACT_GAP.pt
    stack.add(text, y=stack.height)
    stack.height += text.height
    return stack


def contact_excess(sheet: Sheet, page: Page, forms: Forms) -> float:
    """Height in pt by which the contact reaches above the lower margin."""
    if not sheet.contact:
        return 0.0
    return max(0.0, page.footer.pt + contact_stack(sheet, page, forms).height - page.bottom.pt)


def _add_contact(page: SetPage, sheet: Sheet, forms: Forms) -> None:
    stack = contact_stack(sheet, page.form, forms)
    page.put(stack, y=page.form.height.pt - page.form.footer.pt - stack.height)
