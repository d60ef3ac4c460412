"""What cannot be printed as it is: characters without a face, pieces larger than a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from loa.core.errors import LoaError, Place, Problem, mistake
from notices import rules
from notices.context import Context
from notices.document import Closing, Document, Role, Sheet, Table
from notices.fonts import missing
from notices.layout import lay_out
from notices.lines import set_lines
from notices.stacks import Forms, closing_cells
from notices.tables import column_widths, least_width, set_rows
from notices.walk import all_text


def refuse_what_cannot_be_set(document: Document, context: Context) -> None:
    """Raise LoaError for what no page can take, each at its place."""
    refuse_missing_glyphs(all_text(document), context.locate("documents", document.name))
    forms = rules.formats(document.body_size)
    for sheet in document.all_sheets:
        problems = [
            *_tall_closings(sheet, forms, context),
            *_tall_notes(document, sheet, forms, context),
            *_large_tables(document, sheet, forms, context),
        ]
        if problems:
            raise LoaError(problems)


def fit_on_board(document: Document, place: Place) -> Document:
    """A notice for a board in the largest type with which it fits one page. Raises LoaError when none does."""
    for size in rules.BOARD_SIZES:
        fitted = replace(document, body_size=size)
        if len(lay_out(fitted)) == 1:
            return fitted
    raise mistake("form.board_overflow", place, size=min(rules.BOARD_SIZES))


def refuse_missing_glyphs(texts: Iterator[str], place: Place) -> None:
    """Raise LoaError for characters that the faces lack: they would be drawn as empty boxes."""
    if lacking := missing("".join(texts)):
        shown = ", ".join(f"“{c}” (U+{ord(c):04X})" for c in lacking[:8])
        raise mistake("text.no_glyph", place, characters=shown)


def _tall_closings(sheet: Sheet, forms: Forms, context: Context) -> Iterator[Problem]:
    """Nơi nhận and signature are kept whole, so they must fit on one page."""
    for block in (block for block in sheet.blocks if isinstance(block, Closing)):
        if closing_cells(block, forms)[0].height > rules.PAGE.text_height.pt:
            place = context.locate("documents", sheet.name, "cc")
            yield Problem(key="form.tall_closing", place=place, values={"count": len(block.recipients) - 1})


def _tall_notes(document: Document, sheet: Sheet, forms: Forms, context: Context) -> Iterator[Problem]:
    """A footnote stands whole on the page of its mark, with room for some lines of text."""
    form = forms[Role.NOTE]
    page = rules.page_of(document, sheet)
    for runs in sheet.notes:
        height = len(set_lines(runs, form, page.text_width.pt)) * form.leading.pt
        if height > page.text_height.pt * rules.NOTE_SHARE:
            yield Problem(key="form.tall_note", place=context.locate("documents", sheet.name, "body"))


def _large_tables(document: Document, sheet: Sheet, forms: Forms, context: Context) -> Iterator[Problem]:
    """No word of a table is cut, and each row fits on a page below the head."""
    page = rules.page_of(document, sheet)
    place = context.locate("documents", sheet.name, "body")
    for table in (block for block in sheet.blocks if isinstance(block, Table)):
        if least_width(table, forms) > page.text_width.pt:
            yield Problem(key="form.wide_table", place=place, values={"count": len(table.head)})
            continue
        widths = column_widths(table, forms, page.text_width.pt)
        head, *rows = (row.stack.height for row in set_rows(table, forms, widths, 1))
        if not rows:
            yield Problem(key="form.empty_table", place=place)
        elif head + max(rows) > page.text_height.pt * rules.NOTE_SHARE:
            yield Problem(key="form.tall_row", place=place, values={"row": rows.index(max(rows)) + 1})
