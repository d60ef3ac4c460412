"""Markdown → paragraphs: only what paper needs, and official numbering kept as it was typed.

Emphasis, links and footnotes are Markdown's. Its lists, headings, code, rules and HTML are switched off: ``1.``,
``a)``, ``- `` and ``Điều 1.`` at the start of a paragraph are official numbering and stand on paper as typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import count
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from notices.document import Paragraph, Role, Run, Runs

_LETTERS = "abcdđeghiklmnopqrstuvxy"  # of points, as the decree itself counts (I/1-II.6đ)
_NUMBERING: tuple[tuple[re.Pattern[str], Role], ...] = (
    (re.compile(r"(Phần|Chương|Mục|Tiểu mục) ([IVXLC]+|\d+)\b"), Role.HEADING),
    (re.compile(r"[IVXLC]+\. "), Role.HEADING),
    (re.compile(r"Điều \d+\. "), Role.HEADING),
    (re.compile(r"\d{1,3}(\.\d{1,2})*\. "), Role.CLAUSE),
    (re.compile(rf"[{_LETTERS}]\) "), Role.POINT),
    (re.compile(r"[-–+] "), Role.DASH),
)
_LEADS_OUT = re.compile(r"https?://|mailto:")
_ADDRESS = re.compile(r"https?://[^\s<>]*[\w/]")
_CALL = re.compile(r"\[\^([^\]\s]+)\]")
# Characters that mean something to Markdown; a backslash makes them plain.
_SPECIAL = re.compile(r"([\\`*_\[\]<>^!#~|])")
_ESCAPED = re.compile(r"\\([\\`*_\[\]<>^!#~|])")


@dataclass(frozen=True, kw_only=True)
class Prose:
    """Paragraphs, and the footnotes they call, in the order of their marks: a note called twice stands twice."""

    paragraphs: tuple[Paragraph, ...]
    notes: tuple[Runs, ...]
    mistakes: tuple[tuple[str, str], ...] = ()  # of footnotes: catalogue key and name
    glued: tuple[str, ...] = ()  # lines inside a paragraph that begin like a new one


def escape(value: str) -> str:
    """``value`` so that Markdown shows every character of it as it is, on one line."""
    return _SPECIAL.sub(r"\\\1", re.sub(r"\s*\n\s*", " ", value))


def unescape(text: str) -> str:
    """What ``escape`` made of values, as they were: for lines that are not read as Markdown."""
    return _ESCAPED.sub(r"\1", text)


def read_prose(markdown: str) -> Prose:
    """Paragraphs and footnotes of a text. What is not Markdown that we know stays text; nothing is refused."""
    environment: dict[str, Any] = {}
    tokens = _parser().parse(markdown, environment)
    paragraphs: list[Runs] = []
    notes: dict[int, Runs] = {}
    glued: list[str] = []
    note: int | None = None
    for token in tokens:
        if token.type == "footnote_open":
            note = int(token.meta["id"])
        elif token.type == "footnote_close":
            note = None
        elif token.type == "inline":
            runs = tuple(_joined(_runs(token.children or [])))
            glued += [line for line in token.content.split("\n")[1:] if role_of(line) is not Role.BODY]
            if note is None:
                paragraphs.append(runs)
            else:
                notes[note] = (*notes[note], Run(text=" "), *runs) if note in notes else runs
    called = [run.note - 1 for runs in paragraphs for run in runs if run.note]
    numbers = count(1)
    numbered = [tuple(replace(run, note=next(numbers)) if run.note else run for run in runs) for runs in paragraphs]
    return Prose(
        paragraphs=tuple(Paragraph(role=role_of(_words(runs)), runs=runs) for runs in numbered if runs),
        notes=tuple(notes.get(note, ()) for note in called),
        glued=tuple(glued),
        mistakes=tuple(_note_mistakes(environment, [*paragraphs, *notes.values()], notes.values())),
    )


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
    return next((role for pattern, role in _NUMBERING if pattern.match(text)), Role.BODY)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero").enable(["emphasis", "link", "escape", "balance_pairs"])
    return parser.use(footnote_plugin, inline=False, move_to_end=True)


def _words(runs: Sequence[Run]) -> str:
    return "".join(run.text for run in runs)


def _runs(tokens: Sequence[Token]) -> Iterator[Run]:
    style = Run()
    for token in tokens:
        match token.type:
            case "text" | "text_special" if style.link:
                yield replace(style, text=token.content)
            case "text" | "text_special":
                yield from _with_links(style, token.content)
            case "softbreak" | "hardbreak":
                yield replace(style, text=" ")
            case "strong_open" | "strong_close":
                style = replace(style, bold=token.nesting > 0)
            case "em_open" | "em_close":
                style = replace(style, italic=token.nesting > 0)
            case "link_open":
                address = str(token.attrs.get("href", ""))
                style = replace(style, link=address if _LEADS_OUT.match(address) else "")
            case "link_close":
                style = replace(style, link="")
            case "footnote_ref":
                yield Run(note=int(token.meta["id"]) + 1)


def _with_links(style: Run, text: str) -> Iterator[Run]:
    """The text with the addresses in it as links."""
    last = 0
    for found in _ADDRESS.finditer(text):
        yield replace(style, text=text[last : found.start()])
        yield replace(style, text=found[0], link=found[0])
        last = found.end()
    yield replace(style, text=text[last:])


def _joined(runs: Iterator[Run]) -> Iterator[Run]:
    """Neighbours of one style as one run, runs of blanks as one space, nothing empty."""
    waiting: Run | None = None
    for given in runs:
        run = given
        if waiting and waiting.text.endswith((" ", "\n", "\t")):
            run = replace(given, text=given.text.lstrip(" \n\t"))
        if not run.text and not run.note:
            continue
        if waiting and replace(waiting, text="") == replace(run, text="") and not run.note:
            waiting = replace(waiting, text=waiting.text + run.text)
            continue
        if waiting:
            yield _tidy(waiting)
        waiting = run
    if waiting:
        yield _tidy(waiting)


def _tidy(run: Run) -> Run:
    return replace(run, text=re.sub(r"[ \t\n]+", " ", run.text))
