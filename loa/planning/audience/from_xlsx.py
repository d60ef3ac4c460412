"""A list of agencies from an Excel workbook (XLSX), which may come from anywhere."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any
from xml.etree.ElementTree import ParseError
from xml.parsers import expat

import openpyxl
from lxml import etree
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.utils.exceptions import InvalidFileException

from loa.core.errors import LoaError, Place, Problem, mistake
from loa.core.text import normalise
from loa.planning.audience.table import (
    HEADING_ROWS,
    MAX_COLUMNS,
    MAX_ROWS,
    Cell,
    Kind,
    Row,
    Sheet,
    find_headings,
    is_total,
    read_headings,
)
from notices.wording import short_date

MAX_UNPACKED = 100_000_000  # bytes; 20,000 rows take some 30 million
MAX_ELEMENTS = 1_500_000  # of all parts; 20,000 rows of thirty cells have 1.2 million
_LAST_ROW = 1_048_576  # of any workbook
_PIECE = 1 << 20  # bytes that are looked through at a time
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_BROKEN = (
    InvalidFileException,
    zipfile.BadZipFile,
    etree.LxmlError,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    EOFError,
    NotImplementedError,  # of a ZIP: an encryption or a packing that Python does not know
    OSError,
    RuntimeError,
)
_NOT_DIGIT = re.compile(r"\D")
_ERRORS = re.compile(r"#(REF!|N/A|NAME\?|VALUE!|DIV/0!|NULL!|NUM!|SPILL!|CALC!)")


def read_xlsx(content: bytes, file: str) -> Sheet:
    """The table in the one sheet of a workbook that has headings; ``file`` is its name in messages.

    Raises LoaError: no workbook, a password, macros, no or several tables, merged or hidden cells in it, formulas
    without a value, more than ``MAX_ROWS`` rows.
    """
    _refuse_other_files(content, file)
    try:
        rows, title, is_only = _table(content, file)
        marks = _marks(content, title, width=max(len(row.cells) for row in rows))
    except _BROKEN:  # openpyxl answers a broken file with whatever went wrong inside it
        raise mistake("audience.not_xlsx", Place(file=file)) from None
    prefix = "" if is_only else f"{title}!"
    rows = _with_formulas(rows, marks.formulas)
    if len(rows) > MAX_ROWS + HEADING_ROWS:
        raise mistake("audience.too_many", Place(file=file), limit=MAX_ROWS)
    start = find_headings(rows) or 0
    columns, warnings = read_headings(file, rows[start], prefix=prefix)
    sheet = Sheet(file=file, columns=columns, rows=rows[start + 1 :], prefix=prefix, warnings=warnings)
    if problems := list(_unclear(sheet, marks, rows[start].number)):
        raise LoaError(problems)
    return sheet


def _refuse_other_files(content: bytes, file: str) -> None:
    """What is no workbook, or one that would fill the memory: looked through piece by piece, nothing is kept."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):  # an old .xls, or a workbook behind a password
        raise mistake("audience.old_xls", Place(file=file))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            entries = opened.infolist()
            is_flood = sum(entry.file_size for entry in entries) > MAX_UNPACKED
            if is_flood or _elements(opened, entries) > MAX_ELEMENTS:
                raise mistake("audience.too_many", Place(file=file), limit=MAX_ROWS)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError):
        raise mistake("audience.not_xlsx", Place(file=file)) from None


def _elements(opened: zipfile.ZipFile, entries: Iterable[zipfile.ZipInfo]) -> int:
    """How many XML elements the parts have; counting ends above ``MAX_ELEMENTS``.

    Every part is tried, for it is not its name that makes openpyxl read it. Raises BadZipFile for a document type,
    which no spreadsheet program writes: entities are how XML bombs are built.
    """
    count = 0

    def refuse(*_: object) -> None:
        raise zipfile.BadZipFile("a document type")

    def add(*_: object) -> None:
        nonlocal count
        count += 1
        if count > MAX_ELEMENTS:
            raise StopIteration

    for entry in entries:
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler, parser.StartElementHandler = refuse, add
        try:
            with opened.open(entry) as part:
                while piece := part.read(_PIECE):
                    parser.Parse(piece)
        except expat.ExpatError:  # a picture; broken XML is told by who needs it
            continue
        except StopIteration:
            break
    return count


def _table(content: bytes, file: str) -> tuple[list[Row], str, bool]:
    """The rows of the only visible sheet with headings, its name, and whether it is the only sheet at all."""
    with closing(openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)) as book:
        widths = {sheet.title: _width(sheet) for sheet in book.worksheets if sheet.sheet_state == "visible"}
        found = [title for title, width in widths.items() if width]
        if not found:
            raise mistake("audience.no_headings", Place(file=file))
        if len(found) > 1:
            raise mistake("audience.two_sheets", Place(file=file), names=", ".join(found))
        [title], width = found, widths[found[0]]
        rows = list(islice(_rows(book[title], width), MAX_ROWS + HEADING_ROWS + 1))
        if len(rows) > MAX_ROWS + HEADING_ROWS:
            raise mistake("audience.too_many", Place(file=file), limit=MAX_ROWS)
        return rows, title, len(book.sheetnames) == 1


def _width(sheet: Any) -> int:
    """How many columns the row with the headings has; 0 for a sheet without one."""
    rows = list(islice(_rows(sheet, MAX_COLUMNS), HEADING_ROWS))
    index = find_headings(rows)
    cells = rows[index].cells if index is not None else ()
    return max((number for number, cell in enumerate(cells, 1) if cell.text), default=0)


def _rows(sheet: Any, width: int) -> Iterator[Row]:
    """The rows of a sheet that hold something in their first ``width`` cells."""
    sheet.reset_dimensions()  # what a file says of its own size may be wrong, and rows would be lost
    blank: object = None
    for number, cells in enumerate(islice(sheet.iter_rows(max_col=width), _LAST_ROW), 1):
        if cells is blank or all(cell.value is None for cell in cells):
            blank = cells  # openpyxl gives one and the same for every row of a gap, which may be a million long
            continue
        row = Row(number, 0, [_cell(cell) for cell in cells])
        if any(cell.text or cell.kind is not Kind.TEXT for cell in row.cells):
            yield row


def _cell(cell: Any) -> Cell:
    """A cell as the person who typed it sees it, as far as the file tells."""
    value = cell.value
    match value:
        case None:
            return Cell("")
        case str():
            text = normalise(value).replace("\u00a0", " ").strip()
            if cell.data_type == "e" or _ERRORS.fullmatch(text):
                return Cell(text, Kind.ERROR)
            return Cell(text)
        case bool():
            return Cell("có" if value else "không")
        case int() | float():
            return Cell(str(int(value)) if float(value).is_integer() else repr(value), Kind.NUMBER)
        case datetime() | date():
            return Cell(short_date(value), Kind.DATE)
        case time() | timedelta():
            return Cell(str(value), Kind.DATE)
        case _:
            return Cell(str(value), Kind.FORMULA)


def _with_formulas(rows: Iterable[Row], formulas: Mapping[tuple[int, int], str]) -> list[Row]:
    """The rows, in which a formula without a result stands as one: Excel keeps results, many programs do not."""
    found = {row.number: list(row.cells) for row in rows}
    for (number, column), formula in formulas.items():
        cells = found.setdefault(number, [])
        cells += [Cell("")] * (column - len(cells))
        if not cells[column - 1].text:
            cells[column - 1] = Cell(f"={formula}", Kind.FORMULA)
    return [Row(number, 0, found[number]) for number in sorted(found)]


def _unclear(sheet: Sheet, marks: _Marks, headings: int) -> Iterator[Problem]:
    """Merged cells and hidden rows in the table: nobody can tell what is meant by them."""
    totals = {row.number for row in sheet.rows if is_total(row, sheet.columns)}
    for span, bottom in marks.merged.items():
        if bottom >= headings and bottom not in totals:
            yield Problem(key="audience.merged", place=Place(file=sheet.file, part=f"{sheet.prefix}{span}"))
    filled = {row.number for row in sheet.rows}
    if lost := [number for number in marks.hidden if number in filled]:
        place = Place(file=sheet.file, part=f"{sheet.prefix}{lost[0]}:{lost[-1]}")
        yield Problem(key="audience.hidden", place=place, values={"count": len(lost), "rows": _listed(lost)})


@dataclass(kw_only=True)
class _Marks:
    """What openpyxl passes over when it reads row by row."""

    merged: dict[str, int] = field(default_factory=dict)  # such as E2:E3, with the last row
    hidden: list[int] = field(default_factory=list)  # numbers of rows
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)  # by row and column


def _marks(content: bytes, title: str, *, width: int) -> _Marks:
    """Merged cells, hidden rows and, in the first ``width`` columns, formulas; the tree is emptied row by row."""
    marks = _Marks()
    with closing(openpyxl.load_workbook(io.BytesIO(content), read_only=True)) as book:
        sheet: Any = book[title]
        part = sheet._worksheet_path  # the one thing of a sheet's package that openpyxl has no public name for
    tags = (f"{_MAIN}row", f"{_MAIN}mergeCell", f"{_MAIN}f")
    with zipfile.ZipFile(io.BytesIO(content)) as opened, opened.open(part) as stream:
        for _, element in etree.iterparse(stream, tag=tags, resolve_entities=False, no_network=True, huge_tree=False):
            if element.tag == tags[1]:
                span = element.get("ref", "")
                marks.merged[span] = int(_NOT_DIGIT.sub("", span.rpartition(":")[2]) or 0)
            elif element.tag == tags[2]:
                name = element.getparent().get("r")
                if name and (cell := coordinate_to_tuple(name))[1] <= width:
                    marks.formulas[cell] = element.text or ""
                continue  # the cell around it is still to come
            elif element.get("hidden") in ("1", "true"):
                marks.hidden.append(int(element.get("r", "0")))
            element.clear()
    return marks


def _listed(numbers: list[int]) -> str:
    shown = ", ".join(str(number) for number in numbers[:10])
    return f"{shown}, …" if len(numbers) > 10 else shown
