"""The workbook of a run of kits: what went to whom, what is printed in which order, and how much of it in all."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from textwrap import wrap
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from loa.core.workbooks import set_text, without_clock
from loa.kits.manifest import Manifest
from notices.receiver import Receiver

_AGENCIES = (
    ("STT", 5),
    ("Mã", 16),
    ("Cơ quan, đơn vị", 28),
    ("Loại", 11),
    ("Cơ quan chủ quản", 18),
    ("Nhóm", 14),
    ("Điện thoại", 15),
    ("Thư điện tử", 27),
    ("Văn bản kèm theo", 30),
    ("Thư mục", 16),
    ("Số tệp", 6),
    ("Số bản in", 7),
)
_PRINTS = (
    ("STT", 5),
    ("Mã", 16),
    ("Cơ quan, đơn vị", 26),
    ("Nơi niêm yết", 30),
    ("Ấn phẩm", 36),
    ("Tệp", 24),
    ("Khổ giấy", 6),
    ("Số bản", 6),
    ("Số trang", 7),
    ("Số tờ", 6),
    ("Từ trang", 7),
    ("Đến trang", 7),
)
_TOTALS = (("Ấn phẩm", 60), ("Tên trong đợt", 24), ("Khổ giấy", 10), ("Số bản", 10), ("Số tờ", 10))
_TOTAL = "Tổng cộng"
_LINE_HEIGHT = 15  # pt
_PER_DIGIT = 1.2  # characters of a usual text in the width of a digit, by which columns are measured
_MARGIN = 0.4  # inches, left and right
_FONT = "Times New Roman"
_LINE = Side(style="thin", color="999999")
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD = PatternFill("solid", fgColor="E3ECF7")

Value = str | int
_Sheet = Any  # of openpyxl, whose types know little of sheets that are written row by row


class KitSheets:
    """The workbook, row by row: openpyxl keeps no row in memory. The same rows give the same bytes."""

    def __init__(self, title: str) -> None:
        self._book = Workbook(write_only=True)
        self._book.properties.title = title
        self._book.properties.creator = "Loa"
        self._rows: Counter[str] = Counter()  # written so far, by sheet
        self._widths: dict[str, list[int]] = {}  # of the columns of each sheet, in characters
        self._agencies = self._sheet("Cơ quan", _AGENCIES, footer=title)
        self._prints = self._sheet("In ấn", _PRINTS, footer=title)
        self._count = 0
        self._lines = 0
        self._copies: Counter[tuple[str, str, str]] = Counter()  # of title, document and size
        self._papers: Counter[tuple[str, str, str]] = Counter()

    def add(self, receiver: Receiver, kit: Manifest, pages: Sequence[range]) -> None:
        """One agency with its kit; ``pages`` are those of each print in the printer's file."""
        prints = kit.prints
        self._count += 1
        body = (receiver.code, receiver.name, receiver.kind or "", receiver.parent or "", "; ".join(receiver.groups))
        reached = (receiver.contact.phone or "", receiver.contact.email or "")
        copies = sum(line.copies for line in prints)
        carried = "; ".join(original.said for original in kit.originals)
        self._append(self._agencies, (self._count, *body, *reached, carried, receiver.folder, len(kit.files), copies))
        for line, numbers in zip(prints, pages, strict=True):
            self._lines += 1
            amounts = (line.copies, line.pages, line.sheets, numbers[0], numbers[-1])
            what = (line.place, line.title, line.file, line.paper)
            self._append(self._prints, (self._lines, receiver.code, receiver.name, *what, *amounts))
            self._copies[line.title, line.document, line.paper] += line.copies
            self._papers[line.title, line.document, line.paper] += line.sheets

    def to_bytes(self) -> bytes:
        """The finished workbook."""
        totals = self._sheet("Tổng hợp", _TOTALS, footer=str(self._book.properties.title))
        for what, copies in sorted(self._copies.items()):
            self._append(totals, (*what, copies, self._papers[what]))
        for paper in sorted({paper for *_, paper in self._copies}):
            copies = sum(count for (*_, size), count in self._copies.items() if size == paper)
            sheets = sum(count for (*_, size), count in self._papers.items() if size == paper)
            self._append(totals, (_TOTAL, "", paper, copies, sheets), bold=True)
        for sheet, columns in ((self._agencies, _AGENCIES), (self._prints, _PRINTS)):
            last = self._count if sheet is self._agencies else self._lines
            sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{last + 1}"
        raw = io.BytesIO()
        self._book.save(raw)
        return without_clock(raw.getvalue())

    def _sheet(self, name: str, columns: Sequence[tuple[str, int]], *, footer: str) -> _Sheet:
        sheet = self._book.create_sheet(name)
        self._widths[name] = [width for _, width in columns]
        for index, (_, width) in enumerate(columns, 1):
            sheet.column_dimensions[get_column_letter(index)].width = width
        sheet.freeze_panes = "A2"
        sheet.print_title_rows = "1:1"
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
        sheet.page_setup.fitToHeight = 0
        sheet.page_margins.left = sheet.page_margins.right = _MARGIN
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.oddFooter.left.text = footer.replace("&", "&&")
        sheet.oddFooter.right.text = "&P/&N"
        self._append(sheet, [heading for heading, _ in columns], head=True)
        return sheet

    def _append(self, sheet: _Sheet, values: Sequence[Value], *, head: bool = False, bold: bool = False) -> None:
        self._rows[sheet.title] += 1
        widths = self._widths[sheet.title]
        lines = max(len(wrap(str(value), int(width * _PER_DIGIT))) for value, width in zip(values, widths, strict=True))
        if lines > 1:  # not every program makes a row higher by itself
            sheet.row_dimensions[self._rows[sheet.title]].height = lines * _LINE_HEIGHT
        sheet.append([self._cell(sheet, value, head=head, bold=bold) for value in values])

    def _cell(self, sheet: _Sheet, value: Value, *, head: bool, bold: bool) -> Cell:
        cell = WriteOnlyCell(sheet, value)
        if isinstance(value, str):
            set_text(cell, value)
        cell.font = Font(name=_FONT, size=11, bold=head or bold)
        cell.border = _GRID
        cell.alignment = Alignment(vertical="top", wrap_text=True, horizontal="center" if head else None)
        if head:
            cell.fill = _HEAD
        return cell
