"""Workbooks: text that looks like a formula stays text, and no byte tells when they were made."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import pytest
from openpyxl import Workbook, load_workbook

from loa.core.workbooks import set_text, without_clock

NOON = datetime(2026, 9, 5, 12, tzinfo=UTC)


def workbook_of(text: str, *, made: datetime) -> bytes:
    workbook = Workbook()
    workbook.properties.created = workbook.properties.modified = made
    sheet = workbook.worksheets[0]
    set_text(sheet.cell(row=1, column=1), text)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("text", ["=1+1", "+84", "-1", "@SUM(A1)", "\tx", "\r=1", "#N/A"])
def test_what_a_spreadsheet_would_calculate_stays_text(text: str) -> None:
    content = without_clock(workbook_of(text, made=NOON))
    cell = load_workbook(io.BytesIO(content)).worksheets[0]["A1"]
    assert (cell.data_type, str(cell.value).strip()) == ("s", text.strip())
    assert cell.quotePrefix is (text != "#N/A")


def test_an_ordinary_name_needs_no_mark() -> None:
    content = workbook_of("Sở Nội vụ", made=NOON)
    assert load_workbook(io.BytesIO(content)).worksheets[0]["A1"].quotePrefix is False


def test_workbooks_of_other_days_with_the_same_words_are_the_same_bytes() -> None:
    first, second = (workbook_of("Sở Nội vụ", made=NOON.replace(year=year)) for year in (2025, 2026))
    assert first != second
    assert without_clock(first) == without_clock(second)
    with zipfile.ZipFile(io.BytesIO(without_clock(first))) as clean:
        assert {entry.date_time for entry in clean.infolist()} == {(1980, 1, 1, 0, 0, 0)}
