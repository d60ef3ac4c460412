"""Lists of agencies as XLSX: what spreadsheets do to codes, telephones and tables."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from loa.core.errors import LoaError, Problem
from loa.core.words import catalogue
from loa.planning.audience import from_xlsx
from loa.planning.audience.audience import Audience, read_audience

HEADINGS = ("STT", "Tên cơ quan", "Mã", "Điện thoại", "Địa chỉ", "Nơi niêm yết", "Số bản", "Số hộ", "Ngày lập")
ROW = (1, "UBND xã An Phú", "H99.02", "0255.3000.202", "Thôn Đông", "Nhà văn hóa", 2, 3210, date(2025, 7, 1))

Change = Callable[[Any, Any], None]  # of a workbook and its first sheet


def workbook(*rows: Sequence[object], change: Change | None = None, headings: Sequence[str] = HEADINGS) -> bytes:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "Danh sách"
    for row in (headings, *rows):
        sheet.append(list(row))
    if change:
        change(book, sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(tmp_path: Path, content: bytes) -> Audience:
    path = tmp_path / "ds.xlsx"
    path.write_bytes(content)
    return read_audience(path, "ds.xlsx")


def problems(tmp_path: Path, content: bytes) -> list[Problem]:
    with pytest.raises(LoaError) as raised:
        read(tmp_path, content)
    for problem in raised.value.problems:
        assert catalogue("vi").problem(problem)
    return list(raised.value.problems)


def found(tmp_path: Path, *rows: Sequence[object], change: Change | None = None) -> list[tuple[str, str]]:
    return [(p.key, str(p.place)) for p in problems(tmp_path, workbook(*rows, change=change))]


def test_a_row_becomes_an_agency(tmp_path: Path) -> None:
    [agency] = read(tmp_path, workbook(ROW)).receivers
    assert (agency.name, agency.code, agency.contact.phone) == ("UBND xã An Phú", "H99.02", "0255.3000.202")
    assert [(p.place, p.copies) for p in agency.posting] == [("Nhà văn hóa", 2)]
    # of the office's own fields numbers and dates are taken as they are shown
    assert agency.own == {"so_ho": "3210", "ngay_lap": "01/7/2025"}


def test_a_title_empty_rows_and_what_follows_the_table_do_no_harm(tmp_path: Path) -> None:
    def change(book: Any, sheet: Any) -> None:
        sheet.insert_rows(1, 3)
        sheet["A1"] = "DANH SÁCH CƠ QUAN, ĐƠN VỊ"
        sheet.merge_cells("A1:I1")
        sheet.row_dimensions[2].hidden = True
        sheet["B6"], sheet["C6"] = "Sở Y tế", "SYT"
        for row in range(8, 300):
            sheet.cell(row, 2).value = "  "
        book.create_sheet("Ghi chú")["A1"] = "không phải danh sách"

    agencies = read(tmp_path, workbook(ROW, change=change)).receivers
    assert [agency.code for agency in agencies] == ["H99.02", "SYT"]


def test_rows_far_below_are_not_lost_and_their_formulas_are_seen(tmp_path: Path) -> None:
    def change(_book: Any, sheet: Any) -> None:
        sheet["B900000"], sheet["C900000"], sheet["E900000"] = "Sở Y tế", "SYT", "=A1"

    assert found(tmp_path, ROW, change=change) == [("audience.formula", "ds.xlsx: E900000 (Địa chỉ)")]


def test_many_rows_are_read_and_twenty_thousand_are_the_limit(tmp_path: Path) -> None:
    rows = [(number, f"Tổ dân phố số {number}", f"T{number}") for number in range(1_500)]
    assert len(read(tmp_path, workbook(*rows, headings=HEADINGS[:3])).receivers) == 1_500
    empty = b'<row><c t="inlineStr"><is><t>x</t></is></c></row>'
    many = _with_part(workbook(*rows[:1], headings=HEADINGS[:3]), b"</sheetData>", empty * 20_030 + b"</sheetData>")
    assert [problem.key for problem in problems(tmp_path, many)] == ["audience.too_many"]


def test_cells_are_named_with_their_sheet_where_there_are_several(tmp_path: Path) -> None:
    broken = (1, "Sở Y tế", "syt")
    assert found(tmp_path, broken) == [("model.symbol_form", "ds.xlsx: C2 (Mã)")]
    second = found(tmp_path, broken, change=lambda book, _: book.create_sheet("Ghi chú"))
    assert second == [("model.symbol_form", "ds.xlsx: Danh sách!C2 (Mã)")]


@pytest.mark.parametrize(
    ("column", "value", "key"),
    [
        ("C", 101, "audience.number_code"),
        ("D", 2553000101, "audience.lost_zero"),
        ("D", 913000101, "audience.lost_zero"),
        ("E", date(2026, 7, 11), "audience.date_cell"),
        ("E", time(7, 30), "audience.date_cell"),
        ("E", "#REF!", "audience.error_cell"),
        ("E", "=1/0", "audience.formula"),
        ("G", "hai", "model.number_form"),
        ("G", 0, "model.copies_range"),
        ("E", "@SUM(1)", "audience.formula"),
    ],
)
def test_what_a_spreadsheet_made_of_a_value_is_told(tmp_path: Path, column: str, value: object, key: str) -> None:
    def change(_book: Any, sheet: Any) -> None:
        sheet[f"{column}2"] = value

    heading = HEADINGS["ABCDEFGHI".index(column)]
    assert found(tmp_path, ROW, change=change) == [(key, f"ds.xlsx: {column}2 ({heading})")]


def test_short_and_free_numbers_may_be_numbers(tmp_path: Path) -> None:
    def change(_book: Any, sheet: Any) -> None:
        sheet["D2"] = 19001234

    [agency] = read(tmp_path, workbook(ROW, change=change)).receivers
    assert agency.contact.phone == "19001234"


def test_a_formula_with_a_result_counts_as_its_result(tmp_path: Path) -> None:
    def change(_book: Any, sheet: Any) -> None:
        sheet["E2"] = '="Số "&5'

    content = workbook(ROW, change=change)
    assert [p.key for p in problems(tmp_path, content)] == ["audience.formula"]
    result = "<v>Số 5</v>".encode()
    calculated = _with_part(content, b'r="E2"', b'r="E2" t="str"', b"<v></v>", result, b"<v />", result)
    [agency] = read(tmp_path, calculated).receivers
    assert agency.contact.address == "Số 5"


def test_merged_cells_in_the_table_are_refused(tmp_path: Path) -> None:
    def change(_book: Any, sheet: Any) -> None:
        sheet.merge_cells("E2:E3")

    rows = (ROW, (2, "Sở Y tế", "SYT"))
    assert found(tmp_path, *rows, change=change) == [("audience.merged", "ds.xlsx: E2:E3")]


def test_merged_cells_in_a_row_that_adds_up_do_no_harm(tmp_path: Path) -> None:
    def change(_book: Any, sheet: Any) -> None:
        sheet["A3"], sheet["G3"] = "Tổng cộng", "=SUM(G2:G2)"
        sheet.merge_cells("A3:C3")

    audience = read(tmp_path, workbook(ROW, change=change))
    assert len(audience.receivers) == 1
    assert [str(warning.place) for warning in audience.warnings] == ["ds.xlsx: A3"]


def test_hidden_rows_are_refused_once(tmp_path: Path) -> None:
    def change(_book: Any, sheet: Any) -> None:
        for row in (2, 4, 5):
            sheet.row_dimensions[row].hidden = True

    rows = [(number, f"Sở thứ {number}", f"S{number}") for number in range(1, 4)]
    [problem] = problems(tmp_path, workbook(*rows, change=change))
    assert (problem.key, problem.values["rows"], problem.values["count"]) == ("audience.hidden", "2, 4", 2)


def test_one_sheet_holds_the_list(tmp_path: Path) -> None:
    def second(book: Any, _sheet: Any) -> Any:
        other = book.create_sheet("Cũ")
        other.append(HEADINGS)
        return other

    def hidden(book: Any, sheet: Any) -> None:
        second(book, sheet).sheet_state = "hidden"

    assert found(tmp_path, ROW, change=second) == [("audience.two_sheets", "ds.xlsx")]
    assert len(read(tmp_path, workbook(ROW, change=hidden)).receivers) == 1


def test_a_wrong_size_in_the_file_loses_no_row(tmp_path: Path) -> None:
    content = workbook(ROW, (2, "Sở Y tế", "SYT"))
    lying = _with_part(content, b'<dimension ref="A1:I3"', b'<dimension ref="A1:A1"')
    assert len(read(tmp_path, lying).receivers) == 2


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "audience.not_xlsx"),
        (b"name;code", "audience.not_xlsx"),
        (b"PK\x03\x04 broken", "audience.not_xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "audience.old_xls"),
    ],
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes, key: str) -> None:
    assert [problem.key for problem in problems(tmp_path, content)] == [key]


def test_a_workbook_cut_short_is_refused(tmp_path: Path) -> None:
    content = workbook(ROW)
    for length in (100, len(content) // 2, len(content) - 30):
        assert [problem.key for problem in problems(tmp_path, content[:length])] == ["audience.not_xlsx"]


def test_a_word_file_is_no_list(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr("word/document.xml", "<w:document/>")
    assert [problem.key for problem in problems(tmp_path, stream.getvalue())] == ["audience.not_xlsx"]


def test_entities_are_never_expanded(tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet'
    content = _with_part(workbook(ROW), b"<worksheet", bomb)
    assert [problem.key for problem in problems(tmp_path, content)] == ["audience.not_xlsx"]


def test_entities_are_never_expanded_behind_a_long_comment_or_in_a_part_of_another_name(tmp_path: Path) -> None:
    bomb = b"<!--" + b"x" * 2_000 + b'--><!DOCTYPE x [<!ENTITY a "aa">]><worksheet'
    content = _with_part(workbook(ROW), b"<worksheet", bomb)
    assert [problem.key for problem in problems(tmp_path, content)] == ["audience.not_xlsx"]
    named = _with_part(workbook(ROW), b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "aa">]><worksheet')
    renamed = _renamed(named, b"sheet1.xml", b"sheet1.bin")
    assert [problem.key for problem in problems(tmp_path, renamed)] == ["audience.not_xlsx"]


def test_formulas_beside_the_table_take_no_memory() -> None:
    far = b"".join(b'<row r="%d"><c r="ZZZ%d"><f>1</f></c></row>' % (row, row) for row in range(3, 1_003))
    content = _with_part(workbook(ROW), b"</sheetData>", far + b"</sheetData>")
    sheet = from_xlsx.read_xlsx(content, "ds.xlsx")
    assert [len(row.cells) for row in sheet.rows] == [len(HEADINGS)]


def test_formulas_in_more_rows_than_a_list_has_are_refused(tmp_path: Path) -> None:
    many = b"".join(b'<row r="%d"><c r="B%d"><f>1</f></c></row>' % (row, row) for row in range(3, 20_030))
    content = _with_part(workbook(ROW), b"</sheetData>", many + b"</sheetData>")
    assert [problem.key for problem in problems(tmp_path, content)] == ["audience.too_many"]


def test_a_flood_of_elements_is_refused_before_it_is_kept(tmp_path: Path) -> None:
    flood = b"<row/>" * (from_xlsx.MAX_ELEMENTS + 1)
    content = _with_part(workbook(ROW), b"</sheetData>", flood + b"</sheetData>")
    assert [problem.key for problem in problems(tmp_path, content)] == ["audience.too_many"]


def test_a_row_that_no_workbook_has_is_not_counted_up_to(tmp_path: Path) -> None:
    content = _with_part(
        workbook(ROW), b"</sheetData>", b'<row r="999999999999"><c t="b"><v>1</v></c></row></sheetData>'
    )
    assert len(read(tmp_path, content).receivers) == 1


def test_a_merged_range_of_a_monstrous_number_is_refused(tmp_path: Path) -> None:
    span = b'</sheetData><mergeCells><mergeCell ref="A1:A' + b"9" * 5_000 + b'"/></mergeCells>'
    content = _with_part(workbook(ROW), b"</sheetData>", span)
    assert [problem.key for problem in problems(tmp_path, content)] == ["audience.not_xlsx"]


def test_what_unpacks_to_a_flood_is_refused_unopened(tmp_path: Path) -> None:
    stream = io.BytesIO(workbook(ROW))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as made, made.open("xl/flood.bin", "w") as flood:
        for _ in range(201):
            flood.write(b"\0" * 1_000_000)
    assert [problem.key for problem in problems(tmp_path, stream.getvalue())] == ["audience.too_many"]


def _renamed(content: bytes, old: bytes, new: bytes) -> bytes:
    """The workbook with a part of another name, in the directory and wherever it is spoken of."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            made.writestr(name.replace(old.decode(), new.decode()), given.read(name).replace(old, new))
    return stream.getvalue()


def _with_part(content: bytes, *changes: bytes) -> bytes:
    """The workbook with the text of its first sheet changed, pair by pair."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            part = given.read(name)
            if name == "xl/worksheets/sheet1.xml":
                before = part
                for old, new in zip(changes[::2], changes[1::2], strict=True):
                    part = part.replace(old, new, 1)
                assert part != before
            made.writestr(name, part)
    return stream.getvalue()
