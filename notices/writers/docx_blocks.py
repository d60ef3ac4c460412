"""Blocks of a paper as Word's elements: paragraphs with their rules, tables, figures, head and closing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from docx.document import Document as DocxDocument
from lxml.etree import _Element as Element

from notices import rules
from notices.breaks import hard_hyphens
from notices.document import Block, Closing, Figure, Masthead, Paragraph, Role, Runs, Table
from notices.figures import figure_size
from notices.lengths import Length
from notices.lines import set_lines
from notices.rules import PAGE, Format, Page
from notices.stacks import Forms, Stack, closing_cells, fitted_format, masthead_rows, rule_below
from notices.tables import cell_format, column_widths, set_rows
from notices.writers import ooxml
from notices.writers.docx_styles import JUSTIFY, RULE, TABLE_END, style_id


class Blocks:
    """Makes elements for one file, which keeps the pictures and outside addresses that they refer to.

    ``first_note`` is the number of the first footnote of the sheet that a block stands on.
    """

    def __init__(self, file: DocxDocument, forms: Forms) -> None:
        self._file = file
        self._forms = forms

    def elements(self, block: Block, page: Page, *, closes: bool, first_note: int) -> Iterator[Element]:
        """What stands for a block on ``page``; ``closes``: it stays with the closing of the paper."""
        match block:
            case Paragraph():
                yield from self._paragraph(block, closes=closes, first_note=first_note, column=page.text_width)
            case Table():
                yield self._table(block, page, first_note)
                yield ooxml.paragraph(TABLE_END)
            case Figure():
                yield from self._figure(block, page)
            case Masthead():
                yield self._masthead(block)
            case Closing():
                yield self._closing(block)

    def column(self, paragraphs: Iterable[Paragraph], column: Length) -> list[Element]:
        """Paragraphs below each other in a column of that width."""
        return [element for given in paragraphs for element in self._paragraph(given, column=column)]

    def runs(self, runs: Runs, first_note: int, link: Callable[[str], str] | None = None) -> Iterator[Element]:
        """Runs of a paragraph. ``link`` gives an outside address its identifier, where not in the main part."""
        hard = hard_hyphens("".join(run.text for run in runs))
        start = 0
        for run in runs:
            if run.note:
                yield ooxml.note_mark(run.note + first_note - 1)
                continue
            inside = frozenset(place - start for place in hard if start <= place < start + len(run.text))
            element = ooxml.run(
                run.text, bold=run.bold or None, italic=run.italic or None, highlight=run.gap, hard_hyphens=inside
            )
            start += len(run.text)
            yield ooxml.hyperlink((link or self._link)(run.link), [element]) if run.link else element

    def _paragraph(
        self,
        given: Paragraph,
        *,
        closes: bool = False,
        first_note: int = 1,
        column: Length = PAGE.text_width,
        before: Length | None = None,
        after: Length | None = None,
    ) -> Iterator[Element]:
        """The paragraph, and the rule below it where its format asks for one."""
        style = self._forms[given.role]
        form = fitted_format(given, self._forms, column.pt)
        element = ooxml.paragraph(style_id(given.role), with_next=closes, whole=closes)
        if form.box:
            room = round(form.box[0].pt)
            ooxml.box(element, width=round(rules.BOX_LINE.pt * 8), room=room, colour=form.colour)
        if form.rule and form.after.pt:
            after = rules.NOTHING  # it follows the rule
        ooxml.set_spacing(element, before=before.twips if before else None, after=after.twips if after else None)
        if form != style:
            ooxml.set_indents(element, left=form.left.twips, right=form.right.twips)
        element.extend(list(self.runs(given.runs, first_note)))
        yield element
        if form.rule:
            yield self._rule(given, form, column)

    def _rule(self, given: Paragraph, form: Format, column: Length) -> Element:
        length, left = rule_below(set_lines(given.runs, form, column.pt)[-1], form)
        right = column.pt - left - length
        return ooxml.rule(
            RULE,
            left=round(left * 20),
            right=round(right * 20),
            width=round(rules.RULE_WIDTH.pt * 8),
            before=rules.RULE_DROP.twips,
            after=form.after.twips,
            with_next=form.with_next,
        )

    def _table(self, table: Table, page: Page, first_note: int) -> Element:
        widths = column_widths(table, self._forms, page.text_width.pt)
        heights = (round(row.stack.height * 20) for row in set_rows(table, self._forms, widths, first_note))
        cells = (
            [[self._cell(cell, align, first_note)] for cell, align in zip(row, table.aligns, strict=True)]
            for row in (table.head, *table.rows)
        )
        above, beside = rules.CELL_ROOM
        ruling = ooxml.Ruling(width=round(rules.TABLE_LINE.pt * 8), above=above.twips, beside=beside.twips)
        return ooxml.table([round(width * 20) for width in widths], zip(heights, cells, strict=True), ruling)

    def _cell(self, cell: Paragraph, align: str, first_note: int) -> Element:
        element = ooxml.paragraph(style_id(cell.role))
        ooxml.align(element, JUSTIFY[cell_format(cell, align, self._forms).align])
        element.extend(list(self.runs(cell.runs, first_note)))
        return element

    def _figure(self, figure: Figure, page: Page) -> Iterator[Element]:
        width, height = figure_size(figure, page)
        element = ooxml.paragraph(style_id(Role.FIGURE), with_next=figure.caption is not None)
        ooxml.set_natural_leading(element)
        element.append(ooxml.picture(self._file, figure.picture.content, width=width, height=height, alt=figure.alt))
        yield element
        if figure.caption:
            yield from self._paragraph(figure.caption, column=page.text_width)

    def _masthead(self, masthead: Masthead) -> Element:
        left, right = rules.HEAD_COLUMNS
        names, dates = masthead_rows(masthead, self._forms)
        number = list(self._paragraph(masthead.number, column=left))
        if masthead.subject:
            number.extend(self._paragraph(masthead.subject, column=left, before=rules.SUBJECT_GAP))
        if masthead.urgency:
            number.extend(self._paragraph(masthead.urgency, column=left, before=rules.URGENCY_GAP))
        cells = (
            (self.column(masthead.issuer, left), self.column(masthead.nation, right)),
            (number, self.column([masthead.place_date], right)),
        )
        return _table(rules.HEAD_COLUMNS, (names, dates), cells)

    def _closing(self, closing: Closing) -> Element:
        left, right = rules.FOOT_COLUMNS
        *above, last = closing.authority
        sign = [*self.column(above, right), *self._paragraph(last, column=right, after=rules.SIGNATURE_ROOM)]
        sign.extend(self._paragraph(closing.signer, column=right))
        row = closing_cells(closing, self._forms)
        return _table(rules.FOOT_COLUMNS, (row,), ((self.column(closing.recipients, left), sign),))

    def _link(self, address: str) -> str:
        return ooxml.link(self._file, address)


def _table(
    columns: tuple[Length, Length], rows: Iterable[tuple[Stack, Stack]], cells: Iterable[Iterable[list[Element]]]
) -> Element:
    heights = (round(row[0].height * 20) for row in rows)
    return ooxml.table([column.twips for column in columns], zip(heights, cells, strict=True))
