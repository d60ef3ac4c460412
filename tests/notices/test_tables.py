"""Tables: their columns fill the text, no word is cut, and what no page can take is refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loa.core.errors import LoaError
from notices import rules
from notices.document import Document, Table
from notices.layout import lay_out
from notices.prose import read_prose
from notices.tables import column_widths, least_width, set_rows
from tests.notices.samples import body, composed, notice, table

FORMS = rules.formats(14)
ROOM = rules.PAGE.text_width.pt


def read(markdown: str) -> Table:
    [found] = read_prose(markdown).blocks
    assert isinstance(found, Table)
    return found


def refused(text: str) -> list[str]:
    with pytest.raises(LoaError) as caught:
        composed(notice(body=f"{text}\n\nHết./."))
    return [problem.key for problem in caught.value.problems]


@given(st.integers(1, 6), st.integers(2, 7))
@settings(deadline=None, max_examples=30)
def test_the_columns_fill_the_text_in_whole_twips_and_cut_no_word(rows: int, columns: int) -> None:
    given_table = read(table(rows, columns))
    widths = column_widths(given_table, FORMS, ROOM)
    assert sum(widths) == pytest.approx(round(ROOM * 20) / 20)
    assert all(width * 20 == pytest.approx(round(width * 20)) for width in widths)
    words = {word for cells in (given_table.head, *given_table.rows) for cell in cells for word in cell.text.split()}
    lines = [line.line.text for row in set_rows(given_table, FORMS, widths, 1) for line in row.stack.lines]
    assert {word for line in lines for word in line.split()} == words


def test_a_long_column_gets_more_room_than_a_short_one() -> None:
    short, long = column_widths(read(f"| STT | Nội dung |\n|---|---|\n| 1 | {'dài ' * 80} |"), FORMS, ROOM)
    assert long > 8 * short


def test_a_table_wider_than_the_page_is_refused() -> None:
    wide = "| " + " | ".join(["https://snv.example.gov.vn/khao-sat-nam-2026"] * 3) + " |\n|---|---|---|\n| a | b | c |"
    assert least_width(read(wide), FORMS) > ROOM
    assert refused(wide) == ["form.wide_table"]


def test_a_row_of_nearly_a_page_and_a_table_without_rows_are_refused() -> None:
    assert refused(f"| A | B |\n|---|---|\n| x | {'rất dài ' * 900} |") == ["form.tall_row"]
    assert refused("| A | B |\n|---|---|") == ["form.empty_table"]


def test_the_head_stands_on_every_page_of_a_table() -> None:
    document = composed(notice(body=f"{table(90, 4)}\n\n{body(1, 1)}")).document
    pages = lay_out(document)
    assert len(pages) > 2
    starts = [next(line.line.text for line in page.lines if line.y > rules.PAGE.top.pt + 10) for page in pages[1:-1]]
    assert set(starts) == {"STT"}


def test_no_row_is_broken_over_pages() -> None:
    document = composed(notice(body=f"{table(60, 4)}\n\nHết./.")).document
    for page in lay_out(document):
        lowest = max((stroke.y + stroke.down for stroke in page.strokes), default=0)
        assert lowest <= rules.PAGE.height.pt - rules.PAGE.bottom.pt + 1


def _board(paragraphs: int) -> Document:
    return composed(notice(paper="A3", posted="có", body=body(paragraphs, 3))).document


def test_a_notice_for_a_board_fills_one_page_in_the_largest_type_that_fits() -> None:
    sizes = [_board(paragraphs).body_size for paragraphs in (1, 5, 7)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == max(rules.BOARD_SIZES) > sizes[-1]
    assert all(len(lay_out(_board(paragraphs))) == 1 for paragraphs in (1, 5, 7))
    with pytest.raises(LoaError) as caught:
        _board(14)
    assert [problem.key for problem in caught.value.problems] == ["form.board_overflow"]
