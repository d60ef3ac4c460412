"""Read YAML into plain text values, remembering where each one stands.

Narrower than YAML on purpose: no anchors, tags or repeated keys, and every scalar is text, so that ``no``, ``12:30``
and ``0012`` stay what the officer typed. The models turn text into values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

import yaml

from loa.core.errors import LoaError, Place, Problem, mistake
from loa.core.files import read_file
from loa.core.text import forbidden_characters, normalise
from loa.planning.slips import NO_BREAK_SPACE, Slip, find_slip

MAX_BYTES = 512_000
MAX_EVENTS = 40_000
MAX_DEPTH = 24

Loc = tuple[str | int, ...]

# What PyYAML says of the mistakes people really make, and the sentence of ours that explains it.
_SYNTAX = {
    "mapping values are not allowed": "yaml.colon",
    "could not find expected ':'": "yaml.no_colon",
    "expected <block end>, but found": "yaml.indent",
    "did not find expected key": "yaml.indent",
    "did not find expected '-' indicator": "yaml.indent",
    "cannot start any token": "yaml.character",
    "did not find expected node content": "yaml.character",
    "did not find expected alphabetic or numeric character": "yaml.character",
    "did not find expected whitespace or line break": "yaml.character",
    "did not find expected comment or line break": "yaml.character",
    "found undefined tag handle": "yaml.character",
    "block sequence entries are not allowed": "yaml.character",
    "mapping keys are not allowed": "yaml.character",
    "found unexpected end of stream": "yaml.unclosed",
    "did not find expected ',' or": "yaml.unclosed",
    "escape c": "yaml.escape",
    "but found another document": "yaml.two_documents",
}


# libyaml's loader where it exists: the same places, and many times faster. Nodes are read as text, nothing is resolved.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, kw_only=True)
class Source:
    """A file's values as text, lists and mappings, with the place of every key and value."""

    file: str
    data: Any
    keys: dict[Loc, Place]
    values: dict[Loc, Place]
    text_starts: dict[Loc, Place]

    def place(self, *loc: str | int, key: bool = False) -> Place:
        """Where the value at ``loc`` stands (or its key); the nearest one around it when there is none."""
        marks = self.keys if key and loc in self.keys else self.values
        for length in range(len(loc), -1, -1):
            if found := marks.get(loc[:length]):
                return Place(file=found.file, line=found.line, column=found.column, part=_dotted(loc))
        return Place(file=self.file, part=_dotted(loc))

    def text_place(self, *loc: str | int) -> Place:
        """Where the first line of the text at ``loc`` stands: below the ``|`` of a block."""
        start = self.text_starts.get(loc)
        return (
            Place(file=start.file, line=start.line, column=start.column, part=_dotted(loc))
            if start
            else self.place(*loc)
        )


def _dotted(loc: Loc) -> str:
    return ".".join(str(part) for part in loc)


def read_source(path: Path, shown: str = "") -> Source:
    """Read a YAML file; ``shown`` is its name in messages.

    Raises LoaError: unreadable, too large or too deep, not YAML, an anchor, a tag, a repeated key, or characters
    that no paper may carry; characters and repeated keys are reported all at once.
    """
    file = shown or str(path)
    raw = read_file(path, limit=MAX_BYTES, shown=file)
    try:
        text = normalise(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise mistake("yaml.encoding", Place(file=file, line=raw[: error.start].count(b"\n") + 1)) from None
    return parse_source(text, file)


def parse_source(text: str, file: str) -> Source:
    """Read YAML that is already text, NFC, of the file that messages name. Raises LoaError as ``read_source`` does."""
    try:
        _refuse_exotic(text, file)
        node = _LOADER(text).get_single_node()
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise mistake("text.forbidden", Place(file=file, line=line), characters=_code(error.character)) from None
    except yaml.MarkedYAMLError as error:
        raise _syntax_mistake(error, file, text) from None
    if node is None:
        raise mistake("yaml.empty", Place(file=file, line=1, column=1))
    if not isinstance(node, yaml.MappingNode):
        first = node.start_mark.line
        slip = _slip_in("".join(text.split("\n")[first : first + 1]), file, first)
        raise slip or mistake("yaml.not_a_mapping", Place(file=file, line=1, column=1))
    builder = _Builder(file)
    data = builder.build(node, ())
    if builder.problems:
        raise LoaError(builder.problems)
    return Source(file=file, data=data, keys=builder.keys, values=builder.values, text_starts=builder.text_starts)


def _refuse_exotic(text: str, file: str) -> None:
    """Look at events only: nothing is expanded or built, so a bomb costs nothing."""
    depth = 0
    events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)
    for count, event in enumerate(events):
        place = _place(file, event.start_mark)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise mistake("yaml.anchor", place)
        if getattr(event, "tag", None):
            raise mistake("yaml.tag", place, tag=event.tag)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if count > MAX_EVENTS or depth > MAX_DEPTH:
            raise mistake("yaml.too_big", place)


class _Builder:
    """Nodes to text, lists and mappings, noting every place and every mistake."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.keys: dict[Loc, Place] = {}
        self.values: dict[Loc, Place] = {}
        self.text_starts: dict[Loc, Place] = {}
        self.problems: list[Problem] = []

    def build(self, node: yaml.Node, loc: Loc) -> Any:
        self.values[loc] = _place(self.file, node.start_mark)
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, loc)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*loc, index)) for index, item in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, loc)
        raise TypeError(node)  # YAML has three kinds of node

    def _scalar(self, node: yaml.ScalarNode, loc: Loc) -> str:
        place = self.values[loc]
        block = node.style in ("|", ">")
        self.text_starts[loc] = Place(file=self.file, line=place.line + 1) if block else place
        if bad := forbidden_characters(node.value):
            self.problems.append(
                Problem(key="text.forbidden", place=_named(place, loc), values={"characters": ", ".join(bad)})
            )
        return str(node.value)

    def _mapping(self, node: yaml.MappingNode, loc: Loc) -> dict[str, Any]:
        built: dict[str, Any] = {}
        for key_node, value_node in node.value:
            place = _place(self.file, key_node.start_mark)
            if not isinstance(key_node, yaml.ScalarNode):
                self.problems.append(Problem(key="yaml.key_kind", place=place))
                continue
            key = str(key_node.value)
            here = (*loc, key)
            if slip := _slip_in_key(key, value_node):
                at = replace(place, column=place.column + slip.column - 1)
                self.problems.append(Problem(key=slip.key, place=at, values=slip.values))
                continue
            if bad := forbidden_characters(key):
                self.problems.append(Problem(key="text.forbidden", place=place, values={"characters": ", ".join(bad)}))
            if key in built:
                values = {"name": key, "line": self.keys[here].line}
                self.problems.append(Problem(key="yaml.repeated_key", place=_named(place, here), values=values))
                continue
            self.keys[here] = place
            built[key] = self.build(value_node, here)
        return built


def _slip_in_key(key: str, value: yaml.Node) -> Slip | None:
    """The slip in a key that has a no-break space at its edge, or that has swallowed its value."""
    is_whole = key == key.strip(NO_BREAK_SPACE) and value.start_mark.index != value.end_mark.index
    return None if is_whole else find_slip(key + ":")


def _place(file: str, mark: Any) -> Place:
    return Place(file=file, line=mark.line + 1, column=mark.column + 1)


def _named(place: Place, loc: Loc) -> Place:
    return Place(file=place.file, line=place.line, column=place.column, part=_dotted(loc))


def _code(character: int | str) -> str:
    return f"U+{character if isinstance(character, int) else ord(character):04X}"


def _syntax_mistake(error: yaml.MarkedYAMLError, file: str, text: str) -> LoaError:
    """Our sentence for what the reader found, at the place where a person has to type."""
    mark = error.problem_mark or error.context_mark
    remark = error.problem or str(error)
    key = next((key for words, key in _SYNTAX.items() if words in remark), "yaml.syntax")
    if mark is None:
        return mistake(key, Place(file=file), remark=remark)
    if slip := _slip_around(error, mark, file, text):
        return slip
    if key == "yaml.character" and text[mark.index : mark.index + 1] == "\t":
        key = "yaml.tab"
    if opening := _opening(error, key, text):
        return mistake("yaml.unclosed", _place(file, opening))
    if key == "yaml.no_colon":  # the reader gives up on the line below
        mark = error.context_mark or mark
    return mistake(key, _place(file, mark), remark=remark)


def _slip_around(error: yaml.MarkedYAMLError, mark: Any, file: str, text: str) -> LoaError | None:
    """A slip where the reader began to wonder, where it gave up, or, when it had only read a key there, just above."""
    lines = dict(enumerate(text.split("\n")))
    suspects = [mark.line]
    if error.context_mark and "simple key" in str(error.context):
        suspects.insert(0, error.context_mark.line)
    if not re.search(r":\s|#", lines.get(mark.line, "")[: mark.column]):
        above = (number for number in range(mark.line - 1, -1, -1) if lines.get(number, "").strip())
        suspects.extend(islice(above, 1))
    found = (_slip_in(lines.get(number, ""), file, number) for number in suspects)
    return next((slip for slip in found if slip), None)


def _slip_in(line: str, file: str, number: int) -> LoaError | None:
    """The slip in a line of the file; ``number`` counts from 0."""
    slip = find_slip(line)
    return mistake(slip.key, Place(file=file, line=number + 1, column=slip.column), **slip.values) if slip else None


def _opening(error: yaml.MarkedYAMLError, key: str, text: str) -> Any:
    """The mark of a quote or bracket that is not closed: of a quote also when one of a later line seems to close it."""
    if key != "yaml.indent":
        return error.context_mark if key == "yaml.unclosed" else None
    last: Any = None
    with suppress(yaml.YAMLError):
        for event in yaml.parse(text, Loader=_LOADER):
            last = event
    if not isinstance(last, yaml.ScalarEvent) or last.style not in ("'", '"'):
        return None
    start, end, seen = last.start_mark, last.end_mark, error.problem_mark
    return start if start and end and seen and start.line < end.line == seen.line else None
