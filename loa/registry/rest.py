"""The words of a PDF that no paragraph of its document has claimed yet."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from loa.registry.letters import are_parted, plain

_CLAIMED = "\n"  # no character that is compared
_KEY = 12  # characters by which the starts of lines are looked up


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """A word as it stands in a PDF."""

    text: str
    plain: str  # what is compared, never empty
    line: int  # of the whole PDF, counted from 1
    page: int  # counted from 1


class Rest:
    """What is left of the words of a PDF while paragraphs claim theirs."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.taken: set[int] = set()  # words, by their index
        self._words = words
        self._rows: set[int] = set()  # words of rows of tables
        self._joined = -1  # how many were claimed when the rest was joined
        self.close_up()

    def close_up(self) -> None:
        """Join what stood around claimed words: a paragraph that was parted by a footnote is whole again.

        Never across a row of a table: what stood around one are other rows, each with its own values.
        """
        if self._joined == len(self.taken):
            return
        self._joined = len(self.taken)
        text: list[str] = []
        self._owners: list[int] = []
        self._order: list[int] = []  # what is left, and -1 for claimed rows
        self._starts: dict[str, list[int]] = defaultdict(list)  # of lines, by the characters that they begin with
        self._line_starts: set[int] = set()
        for index, word in enumerate(self._words):
            if index in self.taken:
                if index in self._rows and self._order[-1:] != [-1]:
                    self._put(text, _CLAIMED, -1)
                    self._order.append(-1)
                continue
            before = self._order[-1] if self._order else -1
            if before >= 0 and are_parted(self._words[before].plain, word.plain):
                self._put(text, " ", -1)
            if before < 0 or self._words[before].line != word.line:
                self._line_starts.add(len(self._owners))
            self._put(text, word.plain, index)
            self._order.append(index)
        self._text = "".join(text)
        for start in sorted(self._line_starts):
            self._starts[self._text[start : start + _KEY]].append(start)

    def _put(self, text: list[str], plain_text: str, owner: int) -> None:
        text.append(plain_text)
        self._owners += [owner] * len(plain_text)

    def take(self, wanted: str, *, is_row: bool = False) -> bool:
        """Claim a part where it stands whole, best at the start of a line; False when it stands nowhere.

        A footnote mark behind a figure may stand apart from it or not.
        """
        forms = {plain(wanted): None, plain(wanted.replace("[", " [")): None}
        for form in forms:
            at = next(self._places(form), None)
            if at is not None:
                self._claim({owner for owner in self._owners[at : at + len(form)] if owner >= 0}, is_row=is_row)
                self._text = self._text[:at] + _CLAIMED * len(form) + self._text[at + len(form) :]
                return True
        return False

    def _places(self, wanted: str) -> Iterator[int]:
        if len(wanted) >= _KEY:
            for at in self._starts.get(wanted[:_KEY], ()):
                if self._text.startswith(wanted, at) and self._are_whole_words(at, at + len(wanted)):
                    yield at
            inside = self._found(wanted)
        else:
            inside = iter(sorted(self._found(wanted), key=lambda at: at not in self._line_starts))
        yield from inside

    def _found(self, wanted: str) -> Iterator[int]:
        at = self._text.find(wanted)
        while at >= 0:
            if self._are_whole_words(at, at + len(wanted)):
                yield at
            at = self._text.find(wanted, at + 1)

    def _are_whole_words(self, first: int, last: int) -> bool:
        """Whether nothing of a word is left over before or behind: “An” does not stand in “Anh”."""
        owners = self._owners
        starts = first == 0 or owners[first - 1] != owners[first]
        return starts and (last == len(owners) or owners[last - 1] != owners[last])

    def take_mixed(self, rows: Iterable[Sequence[str]]) -> Iterator[bool]:
        """Claim rows of tables, each given by its cells, that were read in lines across their wrapped cells.

        The words of such a row stand together; its cells begin, and its figures stand, in the order of the row.
        Yields for each whether it was found.
        """
        self.close_up()
        forms = [self._words[index].plain if index >= 0 else _CLAIMED for index in self._order]
        places: dict[str, list[int]] = defaultdict(list)
        for at, form in enumerate(forms):
            places[form].append(at)
        for row in rows:
            cells = [words for cell in row if (words := _forms(cell))]
            size = sum(map(len, cells))
            found = [at for at in places[cells[0][0]] if _is_mixed(forms[at : at + size], cells)]
            for at in found[:1]:
                self._claim(self._order[at : at + size], is_row=True)
                forms[at : at + size] = [_CLAIMED] * size
            yield bool(found)

    def drop(self, words: Iterable[int]) -> None:
        """Claim single words, by their index, and join what stood around them."""
        self._claim(words, is_row=False)
        self.close_up()

    def _claim(self, words: Iterable[int], *, is_row: bool) -> None:
        claimed = set(words)
        self.taken |= claimed
        if is_row:
            self._rows |= claimed


def _forms(text: str) -> list[str]:
    return [form for word in text.split() if (form := plain(word))]


def _is_mixed(stretch: Sequence[str], cells: Sequence[Sequence[str]]) -> bool:
    """Whether a stretch has the words of the cells, as one row of a table would."""
    wanted = [word for cell in cells for word in cell]
    if stretch[:1] != wanted[:1] or Counter(stretch) != Counter(wanted) or _figures(stretch) != _figures(wanted):
        return False
    left = iter(stretch)
    return all(cell[0] in left for cell in cells)


def _figures(words: Iterable[str]) -> list[str]:
    return [word for word in words if any(character.isdecimal() for character in word)]
