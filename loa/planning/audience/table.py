"""A table of agencies, whatever file it came in: its headings, its cells, and where each of them stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import Enum, auto
from typing import Any, NamedTuple

from loa.core.errors import LoaError, Place, Problem, Severity
from loa.core.text import slug
from loa.planning.audience.headings import FIELDS, IGNORED, PHONES, POSTING, SPELLINGS
from loa.planning.source import Loc

MAX_ROWS = 20_000
MAX_COLUMNS = 100
HEADING_ROWS = 20  # a title, a date and blank rows may stand above the headings
_NUMBERED = re.compile(r"(.+?)-?(\d{1,2})")
_NOTHING = ("", "-", "–", "—")
# What a spreadsheet that opens the value would calculate instead of show.
_FORMULA = re.compile(r"[=+@]|-(?!\s|$)")
_INTERNATIONAL = re.compile(r"\+[\d .()-]+")
_SEVERAL = re.compile(r"[;,\n]")
_NO_DIGIT = re.compile(r"\D")
# What stands before the sums below a table: “Tổng cộng”, “Tổng số: 35 đơn vị”; not Tổng cục, Tổng công ty.
_TOTAL = re.compile(r"(tổng cộng|tổng số|tổng|cộng|tong cong|tong so|total)\s*([\d:(.–-].*)?", re.IGNORECASE)


class Kind(Enum):
    """What a cell holds, where it is not plainly the text that a person sees."""

    TEXT = auto()
    NUMBER = auto()
    DATE = auto()
    FORMULA = auto()  # that has no result
    ERROR = auto()  # #REF!


class Cell(NamedTuple):
    """One cell: its text, trimmed, and what it was in the file."""

    text: str
    kind: Kind = Kind.TEXT


class Row(NamedTuple):
    """One row of a sheet; ``number`` as a spreadsheet counts it, ``line`` of a text file or 0."""

    number: int
    line: int
    cells: Sequence[Cell]


@dataclass(frozen=True, kw_only=True)
class Column:
    """What a column says: where its values belong in a row's data."""

    index: int
    heading: str
    loc: Loc


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A table as it lies in a file: the rows below the headings, and where those are."""

    file: str
    columns: tuple[Column, ...]
    rows: Iterable[Row]
    prefix: str = ""  # of cell names: the sheet, where a file has several
    warnings: tuple[Problem, ...] = ()

    def totals(self) -> Iterator[Problem]:
        """A warning for each row that adds up others and is taken for no agency."""
        for row in self.rows:
            if is_total(row, self.columns):
                index = next(index for index, cell in enumerate(row.cells) if cell.text not in _NOTHING)
                values: dict[str, object] = {"typed": row.cells[index].text[:60]}
                place = self.place(row, index)
                yield Problem(key="audience.total", place=place, values=values, severity=Severity.WARNING)

    def place(self, row: Row, index: int) -> Place:
        """A cell as messages name it: ``agencies.csv:12: C12 (Điện thoại)``."""
        heading = next((column.heading for column in self.columns if column.index == index), "")
        return cell_place(self.file, row, index, heading=heading, prefix=self.prefix)


@dataclass(frozen=True, kw_only=True)
class Record:
    """The data of one agency as the model takes it, and the cell that each value came from."""

    row: Row
    data: dict[str, Any]
    cells: dict[Loc, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def texts(self) -> Iterator[str]:
        """What stands in its cells."""
        return (self.row.cells[index].text for index in self.cells.values())


def cell_place(file: str, row: Row, index: int, *, heading: str = "", prefix: str = "") -> Place:
    """The place of the cell in column ``index`` (from 0)."""
    name = f"{prefix}{letters(index)}{row.number}"
    return Place(file=file, line=row.line, part=f"{name} ({heading})" if heading else name)


def letters(index: int) -> str:
    """The name of a column: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def known_headings(row: Row) -> int:
    """How many cells of a row are headings that we know; 0 where none of them heads the names of agencies."""
    locs = [_loc_of(cell.text) for cell in row.cells]
    return sum(loc is not None and loc[0] != "own" for loc in locs) if FIELDS["name"] in locs else 0


def find_headings(rows: Sequence[Row]) -> int | None:
    """Which of the first rows has the headings: the one with most of them, for a row above may join several."""
    counts = [known_headings(row) for row in rows[:HEADING_ROWS]]
    return counts.index(max(counts)) if any(counts) else None


def read_headings(file: str, row: Row, *, prefix: str = "") -> tuple[tuple[Column, ...], tuple[Problem, ...]]:
    """The columns of a table, and doubts about their headings. Raises LoaError for headings that stand twice."""
    columns: list[Column] = []
    problems: list[Problem] = []
    for index, cell in enumerate(row.cells):
        if (loc := _loc_of(cell.text)) is None:
            continue
        place = cell_place(file, row, index, prefix=prefix)
        if twin := next((column for column in columns if column.loc == loc), None):
            values: dict[str, object] = {"name": cell.text, "other": f"{letters(twin.index)}{row.number}"}
            problems.append(Problem(key="audience.heading_twice", place=place, values=values))
        elif loc[0] == "own" and (close := _close_to(cell.text)):
            values = {"name": cell.text, "close": close}
            doubt = Problem(key="audience.heading_close", place=place, values=values, severity=Severity.WARNING)
            problems.append(doubt)
        columns.append(Column(index=index, heading=cell.text, loc=loc))
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise LoaError(problems)
    return tuple(columns), tuple(problems)


def _loc_of(heading: str) -> Loc | None:
    """Where the values below a heading belong; None for what is not ours, such as STT or an empty heading."""
    words = slug(heading)
    if not words or words in IGNORED:
        return None
    numbered = _NUMBERED.fullmatch(words)
    for name, number in ((words, 1), *([(numbered[1], int(numbered[2]))] if numbered else [])):
        known = SPELLINGS.get(name)
        if known and known in POSTING:
            return ("posting", number, POSTING[known])
        if known and name == words:
            return FIELDS[known]
    own = words.replace("-", "_")
    return ("own", own if own[0].isalpha() else f"_{own}")


def _close_to(heading: str) -> str:
    """The heading that was perhaps meant."""
    return next(iter(get_close_matches(slug(heading), SPELLINGS, n=1, cutoff=0.88)), "")


def is_total(row: Row, columns: Iterable[Column]) -> bool:
    """Whether a row adds up those above it: its first words say so, and it has neither code nor kind."""
    first = next((cell.text for cell in row.cells if cell.text not in _NOTHING), "")
    own = [column.index for column in columns if column.loc in (FIELDS["code"], FIELDS["kind"])]
    is_agency = any(index < len(row.cells) and row.cells[index].text not in _NOTHING for index in own)
    return _TOTAL.fullmatch(first) is not None and not is_agency


def records(sheet: Sheet) -> Iterator[Record]:
    """The agencies of a table, one a row, without empty rows and totals. Nothing is judged yet but the cells."""
    known = {column.index: column for column in sheet.columns}
    for row in sheet.rows:
        if is_total(row, sheet.columns):
            continue
        problems: list[Problem] = []
        given: dict[Loc, tuple[str, int]] = {}
        for index, cell in enumerate(row.cells):
            if cell.kind is Kind.TEXT and cell.text in _NOTHING:
                continue
            column = known.get(index)
            if column is None:
                continue
            if key := _doubt(cell, column):
                problems.append(Problem(key=key, place=sheet.place(row, index), values={"typed": cell.text[:60]}))
            else:
                given[column.loc] = (cell.text, index)
        if given or problems:
            yield _record(sheet, row, given, problems)


def _record(sheet: Sheet, row: Row, given: dict[Loc, tuple[str, int]], problems: list[Problem]) -> Record:
    if ("name",) not in given and not problems:
        column = next(column.index for column in sheet.columns if column.loc == ("name",))
        problems.append(Problem(key="audience.no_name", place=sheet.place(row, column)))
    data: dict[str, Any] = {}
    cells: dict[Loc, int] = {}
    postings: dict[int, int] = {}  # number in the headings → place in the list
    for loc, (text, index) in given.items():
        if loc[0] == "posting":
            number = int(loc[1])
            if ("posting", number, "place") not in given:
                problems.append(Problem(key="audience.no_place", place=sheet.place(row, index)))
                continue
            entry = postings.setdefault(number, len(postings))
            places = data.setdefault("posting", [])
            if entry == len(places):
                places.append({})
            places[entry][str(loc[2])] = text
            cells["posting", entry, loc[2]] = index
            continue
        if len(loc) == 1:
            data[str(loc[0])] = _parts(text) if loc == ("groups",) else text
        else:
            data.setdefault(str(loc[0]), {})[str(loc[1])] = text
        cells[loc] = index
    return Record(row=row, data=data, cells=cells, problems=tuple(problems))


def _parts(text: str) -> list[str]:
    return [part.strip() for part in _SEVERAL.split(text) if part.strip()]


def _doubt(cell: Cell, column: Column) -> str:
    """The sentence for a cell whose text cannot be trusted to be what a person typed or sees."""
    is_phone = column.loc in PHONES
    if cell.kind is Kind.ERROR:
        return "audience.error_cell"
    if cell.kind is Kind.FORMULA or _calculated(cell, is_phone=is_phone):
        return "audience.formula"
    if is_phone and _lacks_zero(cell):
        return "audience.lost_zero"
    if cell.kind is Kind.NUMBER and column.loc == ("code",):
        return "audience.number_code"
    if cell.kind is Kind.DATE and column.loc[0] != "own":
        return "audience.date_cell"
    return ""


def _calculated(cell: Cell, *, is_phone: bool) -> bool:
    if cell.kind is not Kind.TEXT or not _FORMULA.match(cell.text):
        return False
    return not (is_phone and _INTERNATIONAL.fullmatch(cell.text))


def _lacks_zero(cell: Cell) -> bool:
    """Whether a telephone number was kept as a number, which has no zero in front; 1800 and 1900 never had one."""
    digits = _NO_DIGIT.sub("", cell.text)
    if cell.text.startswith(("0", "+", "(")) or digits.startswith(("1800", "1900")):
        return False
    return len(digits) in (9, 10) or (cell.kind is Kind.NUMBER and len(digits) > 6)
