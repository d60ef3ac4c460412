"""Whether a signed PDF says what its document said when it was numbered, and which words differ.

Paragraphs are looked for whole and wherever they stand, since programs read the two columns of a head or a foot in
any order. What remains on both sides is compared word by word.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, pairwise

from loa.registry.pdf import PdfPage

# Left out before comparing: blanks, hyphens and dashes, brackets of footnote marks, and what programs put where a
# word is broken at the end of its line.
_SILENT = re.compile(r"[\s\x00-\x1f\u00ad\u200b-\u200f\u2010-\u2015\u2060\ufeff\ufffe\uffff\[\]-]+")
_QUOTES = str.maketrans("“”„«»‘’", '"""""\'\'')
_PICTURE = re.compile(r"\[[0-9a-f]{16}: .*\]")  # a line of ``notices.content`` without words
# How programs for signing begin the lines that they print over a paper.
_SIGNING = re.compile(
    r"ký bởi\b|digitally signed\b|signed by\b"
    r"|(người ký|cơ quan|chức vụ|email|thời gian ký|ngày ký|signature|date|dn|reason|location)\s*:",
    re.IGNORECASE,
)
_TIME = re.compile(r"\d{1,2}:\d{2}")
_WRAPPED = 10  # lines that a signature may have
_MOST_PAIRS = 4_000_000  # of words; two texts that long have nothing to do with each other
_CLAIMED = "\n"  # no character that is compared
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


@dataclass(frozen=True, kw_only=True, slots=True)
class _Word:
    text: str
    plain: str  # what is compared
    line: int  # of the whole PDF
    page: int


def compare(content: Sequence[str], pages: Sequence[PdfPage], names: Iterable[str] = ()) -> Comparison:
    """The PDF beside ``content``, lines of ``notices.content``.

    Page numbers, words broken at the end of a line, the lines of digital signatures, and stamps made of words of
    ``names`` (of agency and signer) do not count.
    """
    parts = list(_parts(content))
    numbers, words = _without_page_numbers(pages)
    rest = _Rest(words)
    longest_first = sorted(range(len(parts)), key=lambda index: -len(_plain(parts[index])))

    def claim(wanted: Iterable[int]) -> list[int]:
        """Those of the parts that stand nowhere."""
        return [index for index in wanted if not rest.take(_plain(parts[index]))]

    missing = claim(longest_first)
    found = 1 - len(missing) / max(1, len(parts))
    rest.close_up()
    missing = claim(missing)
    for cell in _heads(content):  # printed again on every page of a table
        while rest.take(_plain(cell)):
            pass
    rest.drop(_signed_words(words, rest.taken, {_plain(word).upper() for name in names for word in name.split()}))
    missing = claim(missing)
    for index in list(missing):
        if numbers[parts[index]]:  # a cell of a table, taken for a page number
            numbers[parts[index]] -= 1
            missing.remove(index)
    ours = [word for index in sorted(missing) for word in parts[index].split()]
    theirs = [word for index, word in enumerate(words) if index not in rest.taken]
    return Comparison(deviations=tuple(_deviations(ours, theirs)), found=found)


class _Rest:
    """The words of the PDF that no paragraph has claimed yet."""

    def __init__(self, words: Sequence[_Word]) -> None:
        self._owners = [index for index, word in enumerate(words) for _ in word.plain]
        self._text = "".join(word.plain for word in words)
        lines = [words[owner].line for owner in self._owners]
        self._starts = {0} | {at for at in range(1, len(lines)) if lines[at] != lines[at - 1]}
        self.taken: set[int] = set()  # words, by their index

    def take(self, wanted: str) -> bool:
        """Claim a paragraph where it stands whole, best at the start of a line; False when it stands nowhere."""
        found = re.finditer(f"(?={re.escape(wanted)})", self._text)
        places = [one.start() for one in found if self._are_whole_words(one.start(), one.start() + len(wanted))]
        if not places:
            return False
        at = next((place for place in places if place in self._starts), places[0])
        self.taken.update(self._owners[at : at + len(wanted)])
        self._text = self._text[:at] + _CLAIMED * len(wanted) + self._text[at + len(wanted) :]
        return True

    def _are_whole_words(self, first: int, last: int) -> bool:
        """Whether nothing of a word is left over before or behind: “An” does not stand in “Anh”."""
        owners = self._owners
        starts = first == 0 or owners[first - 1] != owners[first]
        return starts and (last == len(owners) or owners[last - 1] != owners[last])

    def drop(self, words: set[int]) -> None:
        """Claim single words, and join what stood around them."""
        self.taken |= words
        self.close_up()

    def close_up(self) -> None:
        """Join what stood around claimed words: a paragraph that was parted by a footnote is whole again."""
        left = [
            at
            for at, character in enumerate(self._text)
            if character != _CLAIMED and self._owners[at] not in self.taken
        ]
        self._owners = [self._owners[at] for at in left]
        self._text = "".join(self._text[at] for at in left)
        self._starts = set()


def _parts(content: Sequence[str]) -> Iterator[str]:
    """The paragraphs, and the cells of tables."""
    for line in content:
        if not _PICTURE.fullmatch(line):
            yield from (part for part in line.split(" | ") if _plain(part))


def _heads(content: Sequence[str]) -> Iterator[str]:
    """The cells of the first row of each table."""
    for before, line in pairwise(("", *content)):
        if " | " in line and " | " not in before:
            yield from (cell for cell in line.split(" | ") if _plain(cell))


def _plain(text: str) -> str:
    """The characters that are compared."""
    return _SILENT.sub("", unicodedata.normalize("NFKC", text).translate(_QUOTES))


def _without_page_numbers(pages: Sequence[PdfPage]) -> tuple[Counter[str], list[_Word]]:
    """Numbers that stand alone at the head or foot of pages; all other words."""
    numbers: Counter[str] = Counter()
    words: list[_Word] = []
    line_number = 0
    for page_number, page in enumerate(pages, 1):
        for index, line in enumerate(page.lines):
            line_number += 1
            at_edge = index in (0, len(page.lines) - 1)
            typed = line.strip()
            if at_edge and _PAGE_NUMBER.fullmatch(typed) and int(typed) <= len(pages):
                numbers[typed] += 1
                continue
            words += [
                _Word(text=word, plain=plain, line=line_number, page=page_number)
                for word in typed.split()
                if (plain := _plain(word))
            ]
    return numbers, words


def _signed_words(words: Sequence[_Word], taken: set[int], stamped: set[str]) -> set[int]:
    """The words, by index, of whole lines that nobody claimed and that a signature or a stamp has put there."""
    lines = [list(group) for _, group in groupby(range(len(words)), key=lambda index: words[index].line)]
    left = [line for line in lines if not taken.intersection(line)]
    texts = [" ".join(words[index].text for index in line) for line in left]
    found: set[int] = set()
    for at, line in enumerate(left):
        if _SIGNING.match(texts[at]):
            # an entry may go on over some lines, up to the time that ends the signature
            ends = (end for end in range(at, min(at + _WRAPPED, len(left))) if _TIME.search(texts[end]))
            for entry in left[at : next(ends, at) + 1]:
                found.update(entry)
        elif all(words[index].plain.upper() in stamped for index in line):
            found.update(line)
    return found


def _deviations(ours: Sequence[str], theirs: Sequence[_Word]) -> Iterator[Deviation]:
    if len(ours) * len(theirs) > _MOST_PAIRS:
        yield Deviation(ours=" ".join(ours), theirs=" ".join(word.text for word in theirs), page=theirs[0].page)
        return
    plain = [_plain(word) for word in ours]
    matcher = SequenceMatcher(None, plain, [word.plain for word in theirs], autojunk=False)
    for tag, first, last, start, end in matcher.get_opcodes():
        found = theirs[start:end]
        if tag != "equal" and "".join(plain[first:last]) != "".join(word.plain for word in found):
            yield Deviation(
                ours=" ".join(ours[first:last]),
                theirs=" ".join(word.text for word in found),
                page=found[0].page if found else 0,
            )
