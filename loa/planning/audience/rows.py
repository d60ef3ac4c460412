"""Rows of a table → receivers, and what only the whole list shows: the same agency twice, names that cannot be set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from pydantic import ValidationError

from loa.core.errors import LoaError, Place, Problem
from loa.core.text import forbidden_characters
from loa.planning.audience.table import Record, Sheet, records
from loa.planning.explain import build
from loa.planning.source import Source
from notices import rules
from notices.document import Role
from notices.fonts import missing, text_width
from notices.receiver import Receiver
from notices.wording import capitals

MOST_PROBLEMS = 200  # more are counted
MOST_LINES = 4  # of a body's name in the head of a paper

Locate = Callable[..., Place]  # of a path in one agency, such as ("contact", "phone")
Located = tuple[Receiver, Locate]


@dataclass(frozen=True, kw_only=True)
class _RowSource(Source):
    """The data of one row, whose places are cells."""

    sheet: Sheet
    record: Record

    def place(self, *loc: str | int, key: bool = False) -> Place:  # noqa: ARG002  # a cell has no key beside its value
        return place_of(self.sheet, self.record, *loc)


def read_rows(sheet: Sheet) -> list[Located]:
    """The agencies of a table. Raises LoaError with every mistake, up to ``MOST_PROBLEMS``, each at its cell."""
    found: list[Located] = []
    problems: list[Problem] = []
    given = list(records(sheet))
    # which characters there are at all is soon told; where the bad ones stand only if there are some
    is_clean = not forbidden_characters("".join({c for record in given for text in record.texts() for c in text}))
    rest = 0
    for record in given:
        bad = list(record.problems) if is_clean else [*record.problems, *_forbidden(sheet, record)]
        if not bad:
            try:
                found.append((Receiver.model_validate(record.data), _locator(sheet, record)))
                continue
            except ValidationError as error:
                if len(problems) >= MOST_PROBLEMS:  # to say what is wrong takes long, and these will not be shown
                    rest += error.error_count()
                else:
                    bad = _explained(sheet, record)
        problems.extend(bad)
    refuse(problems, rest)
    if not found:
        raise LoaError(Problem(key="audience.empty", place=Place(file=sheet.file)))
    return found


def refuse(problems: Sequence[Problem], rest: int = 0) -> None:
    """Raise LoaError for the first ``MOST_PROBLEMS`` and the number of the others, ``rest`` included, if any."""
    if shown := first_of(problems, rest):
        raise LoaError(shown)


def first_of(problems: Sequence[Problem], rest: int = 0) -> list[Problem]:
    """The first ``MOST_PROBLEMS`` and, as a problem of its own, the number of the others, ``rest`` included."""
    shown = list(islice(problems, MOST_PROBLEMS))
    if rest := rest + len(problems) - len(shown):
        values: dict[str, object] = {"count": rest}
        shown.append(Problem(key="audience.more", place=Place(file=problems[0].place.file), values=values))
    return shown


def check_list(located: Sequence[Located]) -> Iterator[Problem]:
    """Agencies that stand twice, characters that the faces lack, names that no heading has room for."""
    if missing("".join({c for receiver, _ in located for _, text in _printed(receiver) for c in text})):
        for receiver, locate in located:
            yield from _lacking(receiver, locate)
        return
    folders: dict[str, Locate] = {}
    names: dict[tuple[str, str], Locate] = {}
    for receiver, locate in located:
        name = (receiver.name.casefold(), (receiver.parent or "").casefold())
        folder = receiver.folder
        if name in names:
            values: dict[str, object] = {"name": receiver.name, "other": names[name]("name")}
            yield Problem(key="audience.name_twice", place=locate("name"), values=values)
        elif not folder:
            yield Problem(key="audience.no_folder", place=locate("code"), values={"code": receiver.code})
        elif folder in folders:
            values = {"code": receiver.code, "other": folders[folder]("code")}
            yield Problem(key="audience.code_twice", place=locate("code"), values=values)
        names.setdefault(name, locate)
        folders.setdefault(folder, locate)
        yield from _too_long(receiver, locate)


def tell_apart(located: Sequence[Located]) -> list[Located]:
    """The agencies, those whose codes were worked out from their names and stand twice with codes of their own.

    Long names that begin alike are cut alike, and namesakes differ in their parents only.
    """
    count = Counter(receiver.folder for receiver, _ in located)
    return [
        (receiver if receiver.has_own_code or count[receiver.folder] == 1 else receiver.told_apart(), locate)
        for receiver, locate in located
    ]


def place_of(sheet: Sheet, record: Record, *loc: str | int) -> Place:
    """The cell that the value at ``loc`` came from, or would stand in; else that of the agency's name."""
    for length in range(len(loc), 0, -1):
        if (index := record.cells.get(loc[:length])) is not None:
            return sheet.place(record.row, index)
    if (column := next((column for column in sheet.columns if column.loc == loc), None)) is not None:
        return sheet.place(record.row, column.index)
    return sheet.place(record.row, record.cells.get(("name",), 0))


def _locator(sheet: Sheet, record: Record) -> Locate:
    def locate(*loc: str | int) -> Place:
        return place_of(sheet, record, *loc)

    return locate


def _explained(sheet: Sheet, record: Record) -> list[Problem]:
    """What is wrong in a row, each mistake at its cell."""
    values = dict.fromkeys(_locs(record), Place())
    source = _RowSource(
        file=sheet.file, data=record.data, keys={}, values=values, text_starts={}, sheet=sheet, record=record
    )
    try:
        build(Receiver, source)
    except LoaError as error:
        return list(error.problems)
    raise AssertionError(record)  # the model refused it before


def _locs(record: Record) -> Iterator[tuple[str | int, ...]]:
    for loc in record.cells:
        yield from (loc[:length] for length in range(len(loc) + 1))


def _forbidden(sheet: Sheet, record: Record) -> Iterator[Problem]:
    for index in record.cells.values():
        if bad := forbidden_characters(record.row.cells[index].text):
            values: dict[str, object] = {"characters": ", ".join(bad)}
            yield Problem(key="text.forbidden", place=sheet.place(record.row, index), values=values)


def _too_long(receiver: Receiver, locate: Locate) -> Iterator[Problem]:
    for loc in (("name",), ("parent",)):
        if (lines := _heading_lines(getattr(receiver, loc[0]) or "")) > MOST_LINES:
            values: dict[str, object] = {"lines": lines, "most": MOST_LINES}
            yield Problem(key="audience.name_too_long", place=locate(*loc), values=values)


def _lacking(receiver: Receiver, locate: Locate) -> Iterator[Problem]:
    for loc, text in _printed(receiver):
        if bad := missing(text):
            shown = ", ".join(f"“{c}” (U+{ord(c):04X})" for c in bad[:8])
            yield Problem(key="text.no_glyph", place=locate(*loc), values={"characters": shown})


def _printed(receiver: Receiver) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """What a paper may show of a receiver."""
    yield ("name",), receiver.name
    for name in ("full_name", "parent", "place", "hours"):
        text = getattr(receiver, name) or ""
        if text not in receiver.name:  # else it was worked out from the name, and stands in no cell
            yield (name,), text
    for name in ("address", "phone", "fax", "email", "website"):
        yield ("contact", name), getattr(receiver.contact, name) or ""
    for index, posting in enumerate(receiver.posting):
        yield ("posting", index, "place"), posting.place
    for key, value in receiver.own.items():
        yield ("own", key), value


def _heading_lines(name: str) -> int:
    """How many lines a name takes in the left column of a heading; a word longer than a line counts as too many."""
    size = rules.formats(rules.BODY_SIZE)[Role.ISSUER].size.pt
    room = rules.HEAD_ROOM.pt
    space = text_width(" ", size, bold=True)
    lines, end = 1, -space
    for word in capitals(name).split():
        width = text_width(word, size, bold=True)
        if width > room:
            return MOST_LINES + 1
        end += space + width
        if end > room:
            lines, end = lines + 1, width
    return lines
