"""Markdown of running text: what becomes style, what is numbering, and what stays as it was typed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notices.document import Role, Run, Table
from notices.prose import PictureCall, escape, read_prose, role_of


def texts(markdown: str) -> list[str]:
    return [paragraph.text for paragraph in read_prose(markdown).paragraphs]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Sở Nội vụ đề nghị", Role.BODY),
        ("1. Nội dung", Role.CLAUSE),
        ("1.2. Nội dung", Role.CLAUSE),
        ("2023 là năm", Role.BODY),
        ("19/5/2023", Role.BODY),
        ("a) Nội dung", Role.POINT),
        ("đ) Nội dung", Role.POINT),
        ("f) không có trong bảng chữ", Role.BODY),
        ("- Niêm yết", Role.DASH),
        ("– Niêm yết", Role.DASH),
        ("+ Niêm yết", Role.DASH),
        ("-5 độ", Role.BODY),
        ("I. Mục đích", Role.HEADING),
        ("Điều 1. Phạm vi", Role.HEADING),
        ("Điều 1 quy định", Role.BODY),
        ("Chương II", Role.PART),
        ("Chương II. Quy định chung", Role.PART),
        ("Phần thứ nhất", Role.PART),
        ("Mục 1.", Role.PART),
        ("Mục 1 Kế hoạch số 12/KH-UBND quy định như sau", Role.BODY),
        ("Mục 1. Sở Nội vụ chủ trì; các sở phối hợp.", Role.BODY),
        ("Mục tiêu", Role.BODY),
    ],
)
def test_official_numbering_says_what_a_paragraph_is(text: str, role: Role) -> None:
    assert role_of(text) is role


@pytest.mark.parametrize(
    ("markdown", "wanted"),
    [
        ("một\nhai\n\nba", ["một hai", "ba"]),
        ("1. một\n\n2. hai\n\n- ba", ["1. một", "2. hai", "- ba"]),
        ("# không phải đề mục", ["# không phải đề mục"]),
        ("    không phải mã", ["không phải mã"]),
        ("> không trích\n\n---\n\n***", ["> không trích", "---", "***"]),
        ("<b>không HTML</b> &amp; <script>", ["<b>không HTML</b> &amp; <script>"]),
        ("`không mã` và !ảnh", ["`không mã` và !ảnh"]),
        ("một | hai\nba | bốn", ["một | hai ba | bốn"]),
        ("\n\n", []),
    ],
)
def test_what_is_no_markdown_of_ours_stays_text(markdown: str, wanted: list[str]) -> None:
    assert texts(markdown) == wanted


def test_emphasis_and_links_are_runs() -> None:
    [paragraph] = read_prose("một **hai *ba*** [bốn](https://a.vn)").paragraphs
    assert paragraph.runs == (
        Run(text="một "),
        Run(text="hai ", bold=True),
        Run(text="ba", bold=True, italic=True),
        Run(text=" "),
        Run(text="bốn", link="https://a.vn"),
    )


@pytest.mark.parametrize("target", ["javascript:alert(1)", "data:text/html;base64,PHNjcmlwdD4=", "vbscript:x"])
def test_a_link_that_would_run_a_program_stays_text(target: str) -> None:
    assert all(not run.link for p in read_prose(f"[x]({target})").paragraphs for run in p.runs)


def test_footnotes_are_numbered_as_they_are_called() -> None:
    prose = read_prose("một[^b] hai[^a]\n\n[^a]: chú thích a\n\n[^b]: chú thích b\n")
    assert [run.note for run in prose.paragraphs[0].runs if run.note] == [1, 2]
    assert ["".join(run.text for run in note) for note in prose.notes] == ["chú thích b", "chú thích a"]


def test_a_table_has_a_head_rows_and_the_place_of_each_column() -> None:
    [table] = read_prose("| STT | Việc | Tiền |\n|:-:|---|--:|\n| 1 | *a* \\| b | 5.000 |\n| 2 | c |\n").blocks
    assert isinstance(table, Table)
    assert [cell.text for cell in table.head] == ["STT", "Việc", "Tiền"]
    assert [[cell.text for cell in row] for row in table.rows] == [["1", "a | b", "5.000"], ["2", "c", ""]]
    assert table.aligns == ("centre", "left", "right")
    assert {cell.role for cell in table.head} == {Role.CELL_HEAD}
    assert {cell.role for row in table.rows for cell in row} == {Role.CELL}


def test_footnotes_of_tables_are_counted_with_those_of_paragraphs() -> None:
    prose = read_prose("a[^x]\n\n| B |\n|---|\n| b[^y] |\n\nc[^z]\n\n[^x]: X\n\n[^y]: Y\n\n[^z]: Z\n")
    assert ["".join(run.text for run in note) for note in prose.notes] == ["X", "Y", "Z"]
    table = prose.blocks[1]
    assert isinstance(table, Table)
    assert [run.note for run in table.rows[0][0].runs if run.note] == [2]
    assert [run.note for run in prose.paragraphs[1].runs if run.note] == [3]


def test_the_title_of_a_chapter_stands_in_capitals_on_the_next_line() -> None:
    for markdown in ("Chương I. Quy định *chung*", "Chương I\n\nQuy định *chung*"):
        assert texts(f"{markdown}\n\nĐiều 1. Phạm vi") == ["Chương I", "QUY ĐỊNH CHUNG", "Điều 1. Phạm vi"]
        assert [p.role for p in read_prose(markdown).paragraphs] == [Role.PART, Role.PART_TITLE]


def test_a_picture_stands_on_a_line_of_its_own() -> None:
    [picture] = read_prose('![Trụ sở](ảnh/tru-so.png "Hình 1"){width=82mm}').blocks
    assert picture == PictureCall(file="ảnh/tru-so.png", alt="Trụ sở", caption="Hình 1", width=82)
    assert read_prose("xem ![ảnh](x.png)").mistakes == (("text.picture_inside", "ảnh"),)
    assert read_prose("![ảnh](x.png){width=8cm}").mistakes == (("text.picture_width", "8cm"),)


SHOWN = st.text(alphabet=st.characters(exclude_categories=("C", "Z")) | st.sampled_from('\\`*_[]<>^!#~|&(){}:-+.$%@" '))


@given(SHOWN)
@settings(deadline=None, max_examples=300)
def test_an_escaped_value_shows_every_character(value: str) -> None:
    words = " ".join(value.split())
    [paragraph] = read_prose(f"a{escape(value)}b").paragraphs
    assert " ".join(paragraph.text.split()) == " ".join(f"a{value}b".split())
    assert not any(run.bold or run.italic or run.link or run.note for run in paragraph.runs)
    alone = " ".join(texts(escape(value)))
    assert alone.strip() == words


@given(SHOWN, SHOWN)
@settings(deadline=None, max_examples=100)
def test_a_value_cannot_change_the_style_around_it(value: str, other: str) -> None:
    [paragraph] = read_prose(f"x{escape(value)}y **k** z{escape(other)}w").paragraphs
    assert [run.text for run in paragraph.runs if run.bold] == ["k"]


def test_a_value_of_several_lines_stays_in_its_paragraph() -> None:
    assert texts(escape("một\n\nhai\n[^a]: ba")) == ["một hai [^a]: ba"]


@given(st.text(max_size=80))
@settings(deadline=None, max_examples=200)
def test_no_text_is_refused(text: str) -> None:
    assert all(paragraph.runs for paragraph in read_prose(text).paragraphs)
