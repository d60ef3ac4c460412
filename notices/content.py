"""What a paper says, as plain lines: kept when it gets its number, and compared with what its file says later."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from notices.document import Block, Document, Figure, Paragraph, Runs, Table
from notices.walk import extras_of, paragraphs_of

FILE_BREAK = "\f"  # a line between the words of two files; no words, so that no comparison sees it
_SHOWN = 4  # differences that a message names
_LONGEST = 80  # characters of either side of one


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """Words that stand in one text and not in the other; either side may be empty."""

    before: str
    after: str

    def __str__(self) -> str:
        return f"“{_cut(self.before)}” → “{_cut(self.after)}”"


def content_of(document: Document) -> tuple[str, ...]:
    """The words of a document in reading order, a line a paragraph or table row; pictures by their hash.

    Behind them those of its appendices that are files of their own, each after a ``FILE_BREAK``.
    Only what is said: neither roles, emphasis nor measures, so that a later version of Loa that sets the same words
    otherwise finds the same lines.
    """
    first, *others = (tuple(line for line in _lines(file) if line) for file in document.files)
    return (*first, *(line for lines in others for line in (FILE_BREAK, *lines)))


def content_by_file(content: Sequence[str]) -> list[tuple[str, ...]]:
    """The lines of ``content_of`` file by file: those of the paper itself first."""
    files: list[list[str]] = [[]]
    for line in content:
        if line == FILE_BREAK:
            files.append([])
        else:
            files[-1].append(line)
    return [tuple(lines) for lines in files]


def differences(before: Sequence[str], after: Sequence[str]) -> tuple[Difference, ...]:
    """Where two texts differ, word by word, in the order of the first."""
    found: list[Difference] = []
    for tag, first, last, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            found.extend(_word_differences(_words(before[first:last]), _words(after[start:end])))
    return tuple(found)


def told(found: Sequence[Difference]) -> str:
    """The first differences, for a message: ``“30/11” → “31/12”, …``."""
    shown = ", ".join(str(difference) for difference in found[:_SHOWN])
    return f"{shown}, … (+{len(found) - _SHOWN})" if len(found) > _SHOWN else shown


def _lines(document: Document) -> Iterator[str]:
    for sheet in document.sheets:
        for block in sheet.blocks:
            yield from _lines_of(block)
        for paragraph in extras_of(sheet):
            yield _text(paragraph.runs)
        for number, runs in enumerate(sheet.notes, 1):
            yield f"[{number}] {_text(runs)}"


def _lines_of(block: Block) -> Iterator[str]:
    match block:
        case Table():
            for row in (block.head, *block.rows):
                yield " | ".join(_text(cell.runs) for cell in row)
        case Figure():
            yield f"[{hashlib.sha256(block.picture.content).hexdigest()[:16]}: {block.alt}]"
            yield from (_text(paragraph.runs) for paragraph in paragraphs_of([block]))
        case Paragraph():
            yield _text(block.runs)
        case _:
            yield from (_text(paragraph.runs) for paragraph in paragraphs_of([block]))


def _text(runs: Runs) -> str:
    text = "".join(f"[{run.note}]" if run.note else run.text for run in runs)
    return re.sub(r"\s+", " ", text).strip()


def _words(lines: Sequence[str]) -> list[str]:
    return [word for line in lines for word in line.split()]


def _word_differences(before: Sequence[str], after: Sequence[str]) -> Iterator[Difference]:
    for tag, first, last, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            yield Difference(before=" ".join(before[first:last]), after=" ".join(after[start:end]))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…"
