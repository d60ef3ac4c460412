"""Markdown → blocks: only what paper needs, and official numbering kept as it was typed.

Emphasis, links, footnotes, tables and pictures are Markdown's. Its lists, headings, code, rules and HTML are switched
off: ``1.``, ``a)``, ``- `` and ``Điều 1.`` at the start of a paragraph are official numbering and stand as typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import count
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.footnote import footnote_plugin

from notices.document import Paragraph, Role, Run, Runs, Table
from notices.inline import lost_addresses, read_runs

_LETTERS = "abcdđeghiklmnopqrstuvxy"  # of points, as the decree itself counts (I/1-II.6đ)
_NUMBERING: tuple[tuple[re.Pattern[str], Role], ...] = (
    (re.compile(r"[IVXLC]+\. "), Role.HEADING),
    (re.compile(r"Điều \d+\. "), Role.HEADING),
    (re.compile(r"\d{1,3}(\.\d{1,2})*\. "), Role.CLAUSE),
    (re.compile(rf"[{_LETTERS}]\) "), Role.POINT),
    (re.compile(r"[-–+] "), Role.DASH),
)
# “Chương I”, or “Chương I. Quy định chung”: a line of its own, and the title in capitals on the next (I/1-II.6d).
# A sentence that begins so has more words, or a mark at its end.
_PART = re.compile(r"((?:Phần|Chương|Mục|Tiểu mục) (?:thứ \w+|[IVXLC]+|\d+))(?:[.:]\s+([^.;:]{1,160})|[.:])?")
_WIDTH = re.compile(r"(\d{1,3})mm")
_CALL = re.compile(r"\[\^([^\]\s]+)\]")
# Characters that mean something to Markdown; a backslash makes them plain.
_SPECIAL = re.compile(r"([\\`*_\[\]<>^!#~|])")
_ESCAPED = re.compile(r"\\([\\`*_\[\]<>^!#~|])")


@dataclass(frozen=True, kw_only=True)
class PictureCall:
    """A picture that a text asks for, on a line of its own: ``![alt](file "caption"){width=80mm}``."""

    file: str
    alt: str
    caption: str
    width: float  # mm; 0 for as wide as it wants


@dataclass(frozen=True, kw_only=True)
class Prose:
    """Blocks of text, and the footnotes they call, in the order of their marks: a note called twice stands twice."""

    blocks: tuple[Paragraph | Table | PictureCall, ...]
    notes: tuple[Runs, ...]
    mistakes: tuple[tuple[str, str], ...] = ()  # of footnotes, pictures and links: catalogue key and name
    glued: tuple[str, ...] = ()  # lines inside a paragraph that begin like a new one

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs alone, without tables and pictures."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))


def escape(value: str) -> str:
    """``value`` so that Markdown shows every character of it as it is, on one line."""
    return _SPECIAL.sub(r"\\\1", re.sub(r"\s*\n\s*", " ", value))


def unescape(text: str) -> str:
    """What ``escape`` made of values, as they were: for lines that are not read as Markdown."""
    return _ESCAPED.sub(r"\1", text)


def read_prose(markdown: str) -> Prose:
    """Blocks and footnotes of a text. What is not Markdown that we know stays text; nothing is refused."""
    environment: dict[str, Any] = {}
    reader = _Reader()
    reader.read(_parser().parse(markdown, environment))
    numbers = count(1)
    called = [run.note - 1 for runs in reader.texts for run in runs if run.note]
    blocks = tuple(_numbered(block, numbers) for block in reader.blocks)
    return Prose(
        blocks=blocks,
        notes=tuple(reader.notes.get(note, ()) for note in called),
        glued=tuple(reader.glued),
        mistakes=(
            *_note_mistakes(environment, [*reader.texts, *reader.notes.values()], reader.notes.values()),
            *reader.mistakes,
        ),
    )


class _Reader:
    """Takes Markdown's tokens one after the other and gathers blocks and footnotes."""

    def __init__(self) -> None:
        self.blocks: list[Paragraph | Table | PictureCall] = []
        self.notes: dict[int, Runs] = {}
        self.texts: list[Runs] = []  # outside the footnotes, in reading order
        self.glued: list[str] = []
        self.mistakes: list[tuple[str, str]] = []
        self._note: int | None = None
        self._rows: list[list[Paragraph]] | None = None
        self._aligns: list[str] = []

    def read(self, tokens: Iterable[Token]) -> None:
        for token in tokens:
            match token.type:
                case "footnote_open":
                    self._note = int(token.meta["id"])
                case "footnote_close":
                    self._note = None
                case "table_open":
                    self._rows, self._aligns = [], []
                case "tr_open":
                    self._table_rows.append([])
                case "th_open":
                    self._aligns.append(_align(token))
                case "table_close":
                    head, *rows = self._table_rows
                    self.blocks.append(
                        Table(head=tuple(head), rows=tuple(map(tuple, rows)), aligns=tuple(self._aligns))
                    )
                    self._rows = None
                case "inline":
                    self._read_inline(token)

    @property
    def _table_rows(self) -> list[list[Paragraph]]:
        return self._rows if self._rows is not None else []

    def _read_inline(self, token: Token) -> None:
        children = token.children or []
        if self._note is None and self._rows is None and _is_picture(children):
            self._read_picture(children[0])
            return
        self.mistakes += [("text.picture_inside", child.content) for child in children if child.type == "image"]
        self.mistakes += [("text.lost_address", address) for address in lost_addresses(children)]
        runs = read_runs(children)
        if self._note is not None:
            before = (*self.notes[self._note], Run(text=" ")) if self._note in self.notes else ()
            self.notes[self._note] = (*before, *runs)
            return
        self.texts.append(runs)
        if self._rows is not None:
            role = Role.CELL if len(self._rows) > 1 else Role.CELL_HEAD
            self._rows[-1].append(Paragraph(role=role, runs=runs))
            return
        self.glued += [line for line in token.content.split("\n")[1:] if role_of(line) is not Role.BODY]
        self.blocks.extend(_paragraphs(runs, after_part=self._ends_with_part()))

    def _ends_with_part(self) -> bool:
        last = self.blocks[-1] if self.blocks else None
        return isinstance(last, Paragraph) and last.role is Role.PART

    def _read_picture(self, token: Token) -> None:
        typed = str(token.attrs.get("width", ""))
        found = _WIDTH.fullmatch(typed)
        if typed and not found:
            self.mistakes.append(("text.picture_width", typed))
        self.blocks.append(
            PictureCall(
                file=unquote(str(token.attrs.get("src", ""))),
                alt=token.content,
                caption=str(token.attrs.get("title", "")),
                width=float(found[1]) if found else 0.0,
            )
        )


def _is_picture(children: Sequence[Token]) -> bool:
    return len(children) == 1 and children[0].type == "image"


def _align(token: Token) -> str:
    """Of a table's column, from the style that Markdown's ``:---:`` becomes."""
    style = str(token.attrs.get("style", ""))
    return {"text-align:center": "centre", "text-align:right": "right"}.get(style, "left")


def _paragraphs(runs: Runs, *, after_part: bool) -> Iterator[Paragraph]:
    """One paragraph; “Chương I. QUY ĐỊNH CHUNG” is two, and what follows “Chương I” is its title."""
    if not runs:
        return
    words = _words(runs)
    found = _PART.fullmatch(words)
    if not found:
        title = tuple(replace(run, text=run.text.upper()) for run in runs)
        yield Paragraph(role=Role.PART_TITLE, runs=title) if after_part else Paragraph(role=role_of(words), runs=runs)
        return
    yield Paragraph(role=Role.PART, runs=(Run(text=found[1]),))
    if found[2]:
        yield Paragraph(role=Role.PART_TITLE, runs=(Run(text=found[2].upper()),))


def _numbered(block: Paragraph | Table | PictureCall, numbers: Iterator[int]) -> Paragraph | Table | PictureCall:
    """The block with its footnotes counted in reading order."""
    match block:
        case Paragraph():
            return replace(block, runs=tuple(_with_number(run, numbers) for run in block.runs))
        case Table():
            head, *rows = [
                tuple(replace(cell, runs=tuple(_with_number(run, numbers) for run in cell.runs)) for cell in row)
                for row in (block.head, *block.rows)
            ]
            return replace(block, head=head, rows=tuple(rows))
        case PictureCall():
            return block


def _with_number(run: Run, numbers: Iterator[int]) -> Run:
    return replace(run, note=next(numbers)) if run.note else run


def _note_mistakes(
    environment: Mapping[str, Any], texts: Iterable[Runs], notes: Iterable[Runs]
) -> Iterator[tuple[str, str]]:
    """Footnotes whose words would be lost: defined and never called, called and not defined, called in a footnote."""
    for label, note in environment.get("footnotes", {}).get("refs", {}).items():
        if note < 0:
            yield "text.unused_note", label.removeprefix(":")
    for runs in texts:
        for label in _CALL.findall(_words(runs)):
            yield "text.unknown_note", label
    if any(run.note for runs in notes for run in runs):
        yield "text.note_in_note", ""


def role_of(text: str) -> Role:
    """What the numbering at the start of a paragraph makes of it."""
    if _PART.fullmatch(text):
        return Role.PART
    return next((role for pattern, role in _NUMBERING if pattern.match(text)), Role.BODY)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero").enable(["emphasis", "link", "image", "table", "escape", "balance_pairs"])
    parser.use(footnote_plugin, inline=False, move_to_end=True)
    return parser.use(attrs_plugin, after=("image",), allowed=("width",))


def _words(runs: Sequence[Run]) -> str:
    return "".join(run.text for run in runs)
