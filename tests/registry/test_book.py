"""The register as it is printed: ten columns, covers, and text that stays text."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from loa.registry.book import HEADINGS, Book, books, row
from loa.registry.workbook import write_workbook
from tests.ledger.test_numbers import COLUMNS, NOW, OWN, request, write
from tests.registry.samples import Registry


def filled(registry: Registry) -> tuple[Book, ...]:
    """Three numbers of 2026, the second cancelled, and one of a year before."""
    register = registry.ledger.register
    old = request("cu", series=replace(OWN, year=2025), day=date(2025, 12, 30))
    register.record(old, 310, write, NOW)
    for index, name in enumerate(("mot", "hai", "ba")):
        given = register.take_next(request(name, day=date(2026, 1, 5 + index)), write, NOW)
        if name == "hai":
            register.cancel(given, person="bình", reason="ghi nhầm", now=NOW)
    return books(register.registrations(), 2026)


def opened(content: bytes, name: str) -> Worksheet:
    sheet = load_workbook(io.BytesIO(content))[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def values(sheet: Worksheet) -> list[list[str]]:
    return [[str(cell.value or "") for cell in line] for line in sheet.iter_rows()]


def test_a_book_holds_a_year_of_a_series_and_its_cover_says_so(registry: Registry) -> None:
    [book] = filled(registry)
    assert book.bodies == ("UBND tỉnh Sông Trà", "Sở Nội vụ")
    assert (book.year, book.kind) == (2026, "")
    assert book.days == "Từ ngày 05/01/2026 đến ngày 07/01/2026"
    assert book.numbers == "Từ số 01 đến số 03"


def test_each_series_has_a_book_of_its_own(registry: Registry) -> None:
    register = registry.ledger.register
    register.take_next(request("mot"), write, NOW)
    register.take_next(request("hai", series=replace(OWN, kind="notice"), symbol="TB-SNV"), write, NOW)
    assert [book.kind for book in books(register.registrations(), 2026)] == ["", "Thông báo"]
    content = write_workbook(books(register.registrations(), 2026))
    assert load_workbook(io.BytesIO(content)).sheetnames == ["Bìa 1", "Sổ 1", "Bìa 2", "Sổ 2"]
    assert any("(Thông báo)" in line for line in values(opened(content, "Bìa 2")))


def test_a_row_has_the_ten_columns_of_the_decree_in_their_order(registry: Registry) -> None:
    [book] = filled(registry)
    first, cancelled, _ = book.registrations
    shown = dict(zip(HEADINGS, row(first), strict=True))
    assert list(shown.values()) == [
        *("01/SNV-CCHC", "05/01/2026", "Công văn phối hợp tuyên truyền", "Trần Văn An", "Các sở, ban, ngành"),
        *("VT, CCHC", "", "", "", ""),
    ]
    assert row(cancelled)[-1] == "Số đã hủy: ghi nhầm (bình)"


def test_the_workbook_prints_on_a4_lying_with_its_head_on_every_page(registry: Registry) -> None:
    content = write_workbook(filled(registry))
    cover, sheet = opened(content, "Bìa"), opened(content, "Sổ")
    for one in (cover, sheet):
        assert (str(one.page_setup.paperSize), one.page_setup.orientation) == ("9", "landscape")
        assert one.page_setup.fitToWidth == 1
    assert sheet.print_title_rows == "$1:$2"
    assert values(sheet)[0] == list(HEADINGS)
    assert values(sheet)[1] == [f"({column})" for column in range(1, 11)]
    assert [line[0] for line in values(sheet)[2:]] == ["01/SNV-CCHC", "02/SNV-CCHC", "03/SNV-CCHC"]
    words = [cell for line in values(cover) for cell in line if cell]
    assert words == [
        *("UBND TỈNH SÔNG TRÀ", "SỞ NỘI VỤ", "SỔ ĐĂNG KÝ VĂN BẢN ĐI", "Năm: 2026"),
        *("Từ ngày 05/01/2026 đến ngày 07/01/2026", "Từ số 01 đến số 03", "Quyển số: ……"),
    ]
    assert {cover["A1"].border.left.style, cover["H27"].border.bottom.style} == {"double"}


def test_what_looks_like_a_formula_stays_text(registry: Registry, tmp_path: Path) -> None:
    title = '=HYPERLINK("http://x")'
    paper = replace(write(1), columns=replace(COLUMNS, title=title, recipients=("+84", "-1", "@a")))
    registry.ledger.register.take_next(request(), lambda _: paper, NOW)
    path = tmp_path / "so.xlsx"
    path.write_bytes(write_workbook(books(registry.ledger.register.registrations(), 2026)))
    sheet = opened(path.read_bytes(), "Sổ")
    assert (sheet["C3"].data_type, sheet["C3"].value, sheet["C3"].quotePrefix) == ("s", title, True)
    assert (sheet["E3"].data_type, sheet["E3"].quotePrefix) == ("s", True)


def test_the_workbook_tells_no_time_at_which_it_was_made(registry: Registry) -> None:
    with zipfile.ZipFile(io.BytesIO(write_workbook(filled(registry)))) as workbook:
        assert {entry.date_time for entry in workbook.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"dcterms:created" not in workbook.read("docProps/core.xml")
        assert b"dcterms:modified" not in workbook.read("docProps/core.xml")


def test_the_book_carries_the_newest_name_of_its_body(registry: Registry) -> None:
    renamed = replace(write(2), columns=replace(COLUMNS, full_name="Sở Nội vụ thành phố Sông Trà"))
    registry.ledger.register.take_next(request("mot"), write, NOW)
    registry.ledger.register.take_next(request("hai"), lambda _: renamed, NOW)
    [book] = books(registry.ledger.register.registrations(), 2026)
    assert book.agency == "Sở Nội vụ thành phố Sông Trà"


def test_a_row_is_high_enough_for_its_longest_cell(registry: Registry) -> None:
    long = replace(write(1), columns=replace(COLUMNS, title="Công văn " + "phối hợp tuyên truyền " * 12))
    registry.ledger.register.take_next(request("mot"), lambda _: long, NOW)
    registry.ledger.register.take_next(request("hai"), write, NOW)
    sheet = opened(write_workbook(books(registry.ledger.register.registrations(), 2026)), "Sổ")
    assert sheet.row_dimensions[3].height > 5 * sheet.row_dimensions[4].height / 2
