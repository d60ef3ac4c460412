"""Pages hold whatever officers write: nothing is lost, nothing stands outside the margins."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loa.core.errors import LoaError
from notices.document import Document
from notices.layout import SetPage, lay_out
from notices.lines import Line
from notices.rules import PAGE
from tests.notices.samples import body, composed, dispatch, notice

_MARKS = ("**", "*", "[ tại đây](https://a.vn)", "[^1]", "- ", "1. ", "I. ", "Điều 1. ", "{", "\\")
_WORDS = (
    "Người dân",
    "12/KH-UBND",
    "a-",
    "b" * 120,
    "https://snv.example.gov.vn/a-b?c=d",
    "50%–60%",
    "(a)(b)",
    "…",
    "—",
)
_BITS = st.sampled_from((*_MARKS, *_WORDS, " ", "  ", "\n", "\n\n", "\u00a0"))


def lines_of(document: Document) -> list[tuple[SetPage, Line, float]]:
    return [(page, line.line, line.x) for page in lay_out(document) for line in page.lines]


@given(st.lists(_BITS, max_size=40).map("".join))
@settings(deadline=None, max_examples=150)
def test_whatever_is_written_is_set_inside_the_margins(text: str) -> None:
    try:
        document = composed(notice(body=f"Mở đầu[^1] {text} ./.\n\n[^1]: Chú thích.")).document
    except LoaError:
        return  # a mistake that is told
    for _, line, x in lines_of(document):
        assert x + line.x + line.width <= PAGE.width.pt - PAGE.right.pt + 0.1


def test_a_part_wider_than_a_line_is_cut_after_its_hyphen_too() -> None:
    document = composed(notice(body=f"Xem a-{'b' * 200}./.")).document
    assert "b" * 200 in "".join(line.text for _, line, _ in lines_of(document))
    assert all(line.width <= PAGE.text_width.pt + 0.1 for _, line, _ in lines_of(document))


def test_headings_without_end_do_not_take_a_page_each() -> None:
    document = composed(notice(body="\n\n".join(["I. Nội dung"] * 45 + ["Hết./."]))).document
    assert len(lay_out(document)) == 2


def test_a_footnote_that_fills_a_page_is_refused() -> None:
    with pytest.raises(LoaError, match=r"form\.tall_note"):
        composed(notice(body=f"Một[^1]./.\n\n[^1]: {'người dân ' * 600}"))


def test_a_last_paragraph_that_fills_a_page_is_told() -> None:
    sentence = "Người dân có cơ hội đóng góp ý kiến, đánh giá mức độ hài lòng của mình đối với chất lượng phục vụ. "
    assert "R40" in [p.rule for p in composed(dispatch(body=f"{sentence * 30}hết./.")).problems]
    assert "R40" not in [p.rule for p in composed(dispatch(body=f"{sentence * 20}hết./.")).problems]


def test_every_footnote_stands_on_the_page_of_its_mark() -> None:
    document = composed(dispatch(body=body(40, 12, notes=6))).document
    for page in lay_out(document):
        called = [note for line in page.lines for note in line.line.notes]
        assert all(called.count(note) == 2 for note in called)  # in the text, and before its words
