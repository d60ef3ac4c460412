"""The register as an XLSX workbook that prints on A4: a cover and the pages of each book."""

from __future__ import annotations

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from loa.core.workbooks import set_text, without_clock
from loa.registry.book import HEADINGS, Book, row
from notices.fonts import missing, text_width

_WIDTHS = (14, 11, 31, 14, 28, 11, 7, 10, 9, 14)  # characters; together the width of A4 lying
_CHARACTER = 5.4  # pt of a column's width
_SIZE, _LEADING, _PADDING = 11, 14, 4  # pt
_CENTRED = {1, 2, 7, 8}  # columns, counted from 1
_COVER_COLUMNS = 8
_COVER_ROWS = 27
_FONT = "Times New Roman"
_THIN, _DOUBLE = Side(style="thin"), Side(style="double")
_INCH = 25.4  # mm
AnyCell = Cell | MergedCell


def write_workbook(books: Sequence[Book]) -> bytes:
    """The workbook; at least one book. Ready to be printed and bound, as the decree asks of a register in a system.

    The same books give the same bytes.
    """
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    workbook.properties.title = "Sổ đăng ký văn bản đi"
    workbook.properties.creator = books[0].agency
    for number, book in enumerate(books, 1):
        suffix = f" {number}" if len(books) > 1 else ""
        _fill_cover(workbook.create_sheet(f"Bìa{suffix}"), book)
        _fill_pages(workbook.create_sheet(f"Sổ{suffix}"), book)
    stream = io.BytesIO()
    workbook.save(stream)
    return without_clock(stream.getvalue())


def _fill_cover(sheet: Worksheet, book: Book) -> None:
    """Bodies above, title in the middle, within a double border."""
    _set_page(sheet)
    sheet.page_setup.fitToHeight = 1
    sheet.sheet_view.showGridLines = False
    sheet.print_options.horizontalCentered = sheet.print_options.verticalCentered = True
    lines = [
        *((3 + index, name.upper(), 18, name == book.bodies[-1]) for index, name in enumerate(book.bodies)),
        (10, "SỔ ĐĂNG KÝ VĂN BẢN ĐI", 36, True),
        *([(11, f"({book.kind})", 20, False)] if book.kind else []),
        (13, f"Năm: {book.year}", 24, False),
        (16, book.days, 18, False),
        (17, book.numbers, 18, False),
        (25, "Quyển số: ……", 18, False),
    ]
    for line, text, size, is_bold in lines:
        sheet.merge_cells(start_row=line, start_column=1, end_row=line, end_column=_COVER_COLUMNS)
        cell = sheet.cell(row=line, column=1)
        set_text(cell, text)
        cell.font = Font(name=_FONT, size=size, bold=is_bold)
        cell.alignment = Alignment(horizontal="center", vertical="center")
        sheet.row_dimensions[line].height = size * 1.6
    for column in range(1, _COVER_COLUMNS + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 16
    _draw_frame(sheet)


def _draw_frame(sheet: Worksheet) -> None:
    for line in range(1, _COVER_ROWS + 1):
        for column in range(1, _COVER_COLUMNS + 1):
            sheet.cell(row=line, column=column).border = Border(
                left=_DOUBLE if column == 1 else None,
                right=_DOUBLE if column == _COVER_COLUMNS else None,
                top=_DOUBLE if line == 1 else None,
                bottom=_DOUBLE if line == _COVER_ROWS else None,
            )


def _fill_pages(sheet: Worksheet, book: Book) -> None:
    """Headings and their numbers, again on every page; a row a number."""
    _set_page(sheet)
    sheet.print_title_rows = "1:2"
    sheet.freeze_panes = "A3"
    footer = HeaderFooterItem()
    footer.center.text = "&P/&N"
    sheet.HeaderFooter.oddFooter = footer
    for column, (heading, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True), 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
        _set(sheet.cell(row=1, column=column), heading, is_bold=True, is_centred=True)
        _set(sheet.cell(row=2, column=column), f"({column})", is_bold=False, is_centred=True)
    sheet.row_dimensions[1].height = _height(HEADINGS, is_bold=True)
    for line, registration in enumerate(book.registrations, 3):
        texts = row(registration)
        sheet.row_dimensions[line].height = _height(texts)
        for column, text in enumerate(texts, 1):
            cell = sheet.cell(row=line, column=column)
            _set(cell, text, is_bold=False, is_centred=column in _CENTRED)
            if registration.cancelled and column in (1, 2, 3):
                cell.font = Font(name=_FONT, size=_SIZE, strike=True)


def _set(cell: AnyCell, text: str, *, is_bold: bool, is_centred: bool) -> None:
    set_text(cell, text)
    cell.font = Font(name=_FONT, size=_SIZE, bold=is_bold)
    cell.alignment = Alignment(
        horizontal="center" if is_centred else "left", vertical="center" if is_bold else "top", wrap_text=True
    )
    cell.border = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


def _height(texts: Sequence[str], *, is_bold: bool = False) -> float:
    """Of a row, pt: only Excel finds it by itself."""
    lines = [
        _line_count(text, width * _CHARACTER - _PADDING, is_bold=is_bold)
        for text, width in zip(texts, _WIDTHS, strict=True)
    ]
    return max(lines) * _LEADING + _PADDING


def _line_count(text: str, room: float, *, is_bold: bool) -> int:
    count, line = 1, ""
    for word in text.translate({ord(strange): "m" for strange in missing(text)}).split():
        longer = f"{line} {word}".strip()
        if line and text_width(longer, _SIZE, bold=is_bold) > room:
            count, line = count + 1, word
        else:
            line = longer
    return count


def _set_page(sheet: Worksheet) -> None:
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = sheet.ORIENTATION_LANDSCAPE
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    # the wider edge is where the book is bound
    sheet.page_margins = PageMargins(
        left=25 / _INCH, right=12 / _INCH, top=15 / _INCH, bottom=18 / _INCH, footer=9 / _INCH
    )
