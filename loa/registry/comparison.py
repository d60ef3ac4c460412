"""Whether a signed PDF says what its document said when it was numbered, and which words differ.

Paragraphs are looked for whole and wherever they stand, since programs read the two columns of a head or a foot in
any order. What remains on both sides is compared word by word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, pairwise

from loa.registry.letters import joined, plain
from loa.registry.overprint import PrintedLine, overprinted
from loa.registry.pdf import PdfPage
from loa.registry.rest import Rest, Word

_PICTURE = re.compile(r"\[[0-9a-f]{16}: .*\]")  # a line of ``notices.content`` without words
_CELLS = " | "  # between the cells of a row in such a line
_MOST_PAIRS = 4_000_000  # of words; two texts that long have nothing to do with each other
_PAGE_NUMBER = re.compile(r"\d{1,3}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Deviation:
    """Words of the document, and what the PDF has in their place; either side may be empty."""

    ours: str
    theirs: str
    page: int  # of the PDF, counted from 1; 0 for words that stand nowhere in it


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """How a PDF compares with its document."""

    deviations: tuple[Deviation, ...]
    found: float  # share of the paragraphs that stand whole in the PDF, 0 to 1


def compare(content: Sequence[str], pages: Sequence[PdfPage], names: Iterable[str] = ()) -> Comparison:
    """The PDF beside ``content``, lines of ``notices.content``.

    Page numbers, words broken at the end of a line, the lines of digital signatures, and stamps made of words of
    ``names`` (of agency and signer) do not count.
    """
    parts = [line for line in content if not _PICTURE.fullmatch(line) and plain(_said(line))]
    words = [word for line in _lines(pages) for word in line]
    numbers = _page_numbers(pages, words)
    rest = Rest(words)

    def claim(wanted: Iterable[int]) -> list[int]:
        """Those of the parts that stand nowhere."""
        return [index for index in wanted if not rest.take(_said(parts[index]), is_row=_CELLS in parts[index])]

    missing = claim(sorted(range(len(parts)), key=lambda index: -len(plain(parts[index]))))
    rest.drop(numbers - rest.taken)  # those that remain are no cells of tables
    missing = claim(missing)
    found = 1 - len(missing) / max(1, len(parts))
    for head in _heads(content):  # printed again on every page of a table
        while rest.take(head):
            pass
    rest.drop(_overprinted_words(words, rest.taken, names))
    missing = claim(missing)
    rows = [index for index in missing if _CELLS in parts[index]]
    mixed = {
        row
        for row, is_found in zip(rows, rest.take_mixed(parts[row].split(_CELLS) for row in rows), strict=True)
        if is_found
    }
    ours = [word for index in sorted(set(missing) - mixed) for word in _said(parts[index]).split()]
    theirs = [word for index, word in enumerate(words) if index not in rest.taken]
    deviations = tuple(_deviations(ours, theirs))
    moved = [parts[row] for row in rows if row not in mixed]
    if moved and theirs and not deviations:  # the same words, in other rows
        text = " ".join(word.text for word in theirs)
        deviations = (Deviation(ours="; ".join(moved), theirs=text, page=theirs[0].page),)
    return Comparison(deviations=deviations, found=found)


def _said(line: str) -> str:
    """A paragraph, or a row of a table as it is read. A row is looked for whole: values belong to their row."""
    return line.replace(_CELLS, " ")


def _heads(content: Sequence[str]) -> Iterator[str]:
    """The first row of each table."""
    for before, line in pairwise(("", *content)):
        if _CELLS in line and _CELLS not in before and plain(_said(line)):
            yield _said(line)


def _lines(pages: Sequence[PdfPage]) -> Iterator[list[Word]]:
    lines = ((page_number, line) for page_number, page in enumerate(pages, 1) for line in page.lines)
    for number, (page_number, line) in enumerate(lines, 1):
        forms = ((word, plain(word)) for word in line.split())
        yield [Word(text=word, plain=form, line=number, page=page_number) for word, form in forms if form]


def _page_numbers(pages: Sequence[PdfPage], words: Sequence[Word]) -> set[int]:
    """The words, by index, that stand alone at the head or foot of pages and may be their numbers."""
    edges: set[int] = set()
    last = 0
    for page in pages:
        edges |= {last + 1, last + len(page.lines)}
        last += len(page.lines)
    found: set[int] = set()
    for number, indices in _by_line(range(len(words)), words):
        typed = words[indices[0]].text
        is_number = len(indices) == 1 and _PAGE_NUMBER.fullmatch(typed) and int(typed) <= len(pages)
        if number in edges and is_number:
            found.update(indices)
    return found


def _by_line(indices: Iterable[int], words: Sequence[Word]) -> Iterator[tuple[int, list[int]]]:
    for number, group in groupby(indices, key=lambda index: words[index].line):
        yield number, list(group)


def _overprinted_words(words: Sequence[Word], taken: set[int], names: Iterable[str]) -> set[int]:
    """The words, by index, of whole lines that nobody claimed and that a signature or a stamp has put there."""
    stamped = {plain(word).upper() for name in names for word in name.split()}
    left = {number: line for number, line in _by_line(range(len(words)), words) if not taken.intersection(line)}
    lines = [
        PrintedLine(
            number=number,
            page=words[line[0]].page,
            words=tuple(words[index].text for index in line),
            plain=tuple(words[index].plain for index in line),
        )
        for number, line in left.items()
    ]
    return {index for number in overprinted(lines, stamped) for index in left[number]}


def _deviations(ours: Sequence[str], theirs: Sequence[Word]) -> Iterator[Deviation]:
    if len(ours) * len(theirs) > _MOST_PAIRS:
        yield Deviation(ours=" ".join(ours), theirs=" ".join(word.text for word in theirs), page=theirs[0].page)
        return
    forms = [plain(word) for word in ours]
    matcher = SequenceMatcher(None, forms, [word.plain for word in theirs], autojunk=False)
    for tag, first, last, start, end in matcher.get_opcodes():
        found = theirs[start:end]
        if tag != "equal" and joined(forms[first:last]) != joined(word.plain for word in found):
            yield Deviation(
                ours=" ".join(ours[first:last]),
                theirs=" ".join(word.text for word in found),
                page=found[0].page if found else 0,
            )
