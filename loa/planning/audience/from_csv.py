"""A list of agencies from a CSV file: UTF-8, separated by comma, semicolon or tab."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from loa.core.errors import Place, mistake
from loa.core.text import normalise
from loa.planning.audience.table import (
    HEADING_ROWS,
    MAX_ROWS,
    Cell,
    Row,
    Sheet,
    find_headings,
    known_headings,
    read_headings,
)

_DELIMITERS = ",;\t"
# Excel says so, in a first line of its own, what separates the cells.
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\n')


def read_csv(content: bytes, file: str) -> Sheet:
    """The table in a CSV file; ``file`` is its name in messages.

    Raises LoaError: another encoding, quotes that do not close, no row with headings, more than ``MAX_ROWS`` rows.
    """
    try:
        text = normalise(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise mistake("audience.encoding", Place(file=file, line=line)) from None
    rows = list(_rows(text, file))
    start = find_headings(rows)
    if start is None:
        raise mistake("audience.no_headings", Place(file=file))
    columns, warnings = read_headings(file, rows[start])
    return Sheet(file=file, columns=columns, rows=rows[start + 1 :], warnings=warnings)


def _rows(text: str, file: str) -> Iterator[Row]:
    said = _SEPARATOR_LINE.match(text)
    first = 2 if said else 1
    text = text[said.end() :] if said else text
    line = first
    try:
        delimiter = said[1] if said else _delimiter(text)
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        for number, values in enumerate(reader, first):
            if number > MAX_ROWS + HEADING_ROWS:
                raise mistake("audience.too_many", Place(file=file), limit=MAX_ROWS)
            yield Row(number, line, [_cell(value) for value in values])
            line = first + reader.line_num
    except csv.Error:
        raise mistake("audience.quotes", Place(file=file, line=line)) from None


def _delimiter(text: str) -> str:
    """What separates the headings: with it more of them are known than with any other."""
    top = "\n".join(text.split("\n", HEADING_ROWS)[:HEADING_ROWS])

    def known(delimiter: str) -> int:
        rows = csv.reader(io.StringIO(top, newline=""), delimiter=delimiter)
        return max((known_headings(Row(0, 0, [_cell(value) for value in values])) for values in rows), default=0)

    return max(_DELIMITERS, key=known)


def _cell(value: str) -> Cell:
    return Cell(value.replace("\u00a0", " ").strip())
