"""Break runs into lines: greedily, at spaces and where a word may be broken, as Word and LibreOffice do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from notices.breaks import break_places, hard_hyphens, may_part
from notices.document import Run, Runs
from notices.fonts import text_width
from notices.rules import BLACK, NOTE_MARK, Align, Format

# Layout engines round advances differently; a line this much too long, in pt, still counts as fitting.
TOLERANCE = 0.01
# LibreOffice keeps this part of the type size free at the end of a line that ends in italics.
ITALIC_ROOM = 1.15 / 12
# … and this part of it behind a hyphen or a space in italics at which no line may end.
ITALIC_FIXED = 0.092


@dataclass(frozen=True, slots=True)
class Style:
    """How a stretch of text is drawn: size and rise in pt."""

    size: float
    bold: bool
    italic: bool
    rise: float = 0.0
    gap: bool = False
    link: str = ""
    colour: str = BLACK


@dataclass(frozen=True, slots=True)
class Fragment:
    """Text of one style; ``x`` pt from the left edge of its column, once it stands on a line."""

    text: str
    style: Style
    width: float
    x: float = 0.0
    note: int = 0
    lean: float = 0.0  # room behind the text, part of ``width``


@dataclass(frozen=True, slots=True)
class Line:
    """A set line: its fragments, and the extra width that each space gets to fill the column."""

    fragments: tuple[Fragment, ...]
    word_space: float
    x: float
    width: float

    @property
    def notes(self) -> tuple[int, ...]:
        """The footnotes that the line calls."""
        return tuple(f.note for f in self.fragments if f.note)

    @property
    def text(self) -> str:
        """The words of the line."""
        return "".join(f.text for f in self.fragments)


@dataclass(slots=True)
class _Word:
    """What cannot be broken, and the space behind it, if any."""

    pieces: list[Fragment] = field(default_factory=list)
    space: Fragment | None = None

    @property
    def width(self) -> float:
        return sum(piece.width for piece in self.pieces)

    @property
    def plain(self) -> str:
        """The word, a letter in the place of each digit of a footnote's mark, which is no part of a number."""
        return "".join("x" * len(piece.text) if piece.note else piece.text for piece in self.pieces)


def set_lines(runs: Runs, form: Format, column: float, *, first_note: int = 1) -> list[Line]:
    """Set ``runs`` in a column of ``column`` pt by ``form``; ``first_note`` is the number printed for note 1."""
    column -= form.right.pt
    narrowest = column - form.left.pt - max(form.first.pt - form.hanging.pt, 0.0)
    words = [part for word in _words(runs, form, first_note) for part in _split(word, narrowest)]
    lines: list[Line] = []
    while words:
        indent = form.left.pt + (form.first.pt - form.hanging.pt if not lines else 0.0)
        count = _fill(words, column - indent)
        lines.append(_line(words[:count], form.align, indent, column, is_last=count == len(words)))
        words = words[count:]
    return lines or [Line((), 0.0, form.left.pt, 0.0)]


def widest_word(runs: Runs, form: Format) -> float:
    """The least width, in pt, of a column in which no word of ``runs`` is cut."""
    parts = [part for word in _words(runs, form, 1) for part in _split(word, float("inf"))]
    lean = form.size.pt * ITALIC_ROOM if form.italic else 0.0
    return max((part.width for part in parts), default=0.0) + lean


def _words(runs: Runs, form: Format, first_note: int) -> Iterator[_Word]:
    word = _Word()
    for run in runs:
        style = _style(run, form)
        number = run.note and run.note + first_note - 1
        text = str(number) if number else run.text
        for part in [text] if run.gap else re.split(r"( +)", text):
            if part.startswith(" ") and not run.gap:
                if not word.pieces:
                    continue  # a second space, in another run
                word.space = _fragment(" ", style)
                yield _with_room_in_italics(word)
                word = _Word()
            elif part:
                word.pieces.append(_fragment(part, style, note=run.note))
    if word.pieces:
        yield _with_room_in_italics(word)


def _with_room_in_italics(word: _Word) -> _Word:
    """The word, its italic pieces ending behind each hard hyphen and no-break space, and a little wider for it."""
    if not any(piece.style.italic for piece in word.pieces):
        return word
    spaces = [place for place, character in enumerate(word.plain) if character == "\u00a0"]
    places = sorted(place + 1 for place in {*spaces, *hard_hyphens(word.plain)})
    if not places:
        return word
    pieces = [
        replace(piece, width=piece.width + lean, lean=lean)
        if end in places and (lean := piece.style.size * ITALIC_FIXED * piece.style.italic)
        else piece
        for piece, end in _with_ends(piece for piece, _ in _cut_at(word.pieces, places))
    ]
    return _Word(pieces, word.space)


def _with_ends(pieces: Iterable[Fragment]) -> Iterator[tuple[Fragment, int]]:
    """Each piece of a word, and how many characters of the word there are up to its end."""
    end = 0
    for piece in pieces:
        end += len(piece.text)
        yield piece, end


def _style(run: Run, form: Format) -> Style:
    scale, rise = NOTE_MARK if run.note else (1.0, 0.0)
    size = form.size.pt
    return Style(
        size * scale, run.bold or form.bold, run.italic or form.italic, size * rise, run.gap, run.link, form.colour
    )


def _fragment(text: str, style: Style, *, note: int = 0) -> Fragment:
    return Fragment(text, style, text_width(text, style.size, bold=style.bold, italic=style.italic), note=note)


def _split(word: _Word, limit: float) -> list[_Word]:
    """The word cut where a line may end inside it; anywhere when it is wider than a line."""
    places = break_places(word.plain)
    if not places and word.width <= limit:
        return [word]
    parts = [part for cut in _grouped(_cut_at(word.pieces, places)) for part in _fitting(cut, limit)]
    parts[-1].space = word.space
    return parts


def _fitting(word: _Word, limit: float) -> list[_Word]:
    return [word] if word.width <= limit else _grouped(_cut_to_fit(word.pieces, limit))


def _cut_at(pieces: Iterable[Fragment], places: Sequence[int]) -> Iterator[tuple[Fragment, bool]]:
    """The pieces cut at places of the whole word, and whether each begins a new part."""
    start = 0
    for piece in pieces:
        inside = [place - start for place in places if start < place < start + len(piece.text)]
        if not inside:
            yield piece, start in places
        for first, last in pairwise([0, *inside, len(piece.text)] if inside else []):
            text = piece.text[first:last]
            yield _fragment(text, piece.style, note=piece.note), start + first in places
        start += len(piece.text)


def _cut_to_fit(pieces: Iterable[Fragment], limit: float) -> Iterator[tuple[Fragment, bool]]:
    """Single characters, and whether each begins a new part."""
    used = 0.0
    for piece in pieces:
        for character in piece.text:
            single = _fragment(character, piece.style, note=piece.note)
            starts = used > 0 and used + single.width > limit
            used = single.width if starts else used + single.width
            yield single, starts


def _grouped(pieces: Iterable[tuple[Fragment, bool]]) -> list[_Word]:
    parts = [_Word()]
    for piece, starts in pieces:
        if starts:
            parts.append(_Word())
        parts[-1].pieces.append(piece)
    return parts


def _fill(words: list[_Word], room: float) -> int:
    """How many words fit on a line of ``room`` pt; at least one."""
    used = 0.0
    for index, word in enumerate(words):
        last = word.pieces[-1].style
        lean = last.size * ITALIC_ROOM if last.italic else 0.0
        if index and used + word.width > room - lean + TOLERANCE:
            return _parting(words, index)
        used += word.width + (word.space.width if word.space else 0.0)
    return len(words)


def _parting(words: list[_Word], index: int) -> int:
    """The last place up to ``index`` where the words may part; ``index`` itself when there is none."""
    for place in range(index, 0, -1):
        if may_part(words[place - 1].plain, words[place].plain):
            return place
    return index


def _line(words: list[_Word], align: Align, indent: float, column: float, *, is_last: bool) -> Line:
    pieces: list[Fragment] = []
    spaces = 0
    for index, word in enumerate(words):
        pieces.extend(word.pieces)
        if word.space and index < len(words) - 1:
            pieces.append(word.space)
            spaces += 1
    natural = sum(piece.width for piece in pieces)
    slack = column - indent - natural
    word_space = slack / spaces if align is Align.JUSTIFY and not is_last and spaces else 0.0
    shift = {Align.CENTRE: slack / 2, Align.RIGHT: slack}.get(align, 0.0)
    fragments = tuple(_placed(_merged(pieces), indent + shift, word_space))
    return Line(fragments, word_space, indent + shift, natural + word_space * spaces)


def _merged(pieces: Iterable[Fragment]) -> Iterator[Fragment]:
    """Neighbours of one style as one fragment."""
    waiting: Fragment | None = None
    for piece in pieces:
        if waiting and waiting.style == piece.style and not (waiting.note or piece.note or waiting.lean):
            width = waiting.width + piece.width
            waiting = Fragment(waiting.text + piece.text, piece.style, width, lean=piece.lean)
        else:
            if waiting:
                yield waiting
            waiting = piece
    if waiting:
        yield waiting


def _placed(pieces: Iterable[Fragment], x: float, word_space: float) -> Iterator[Fragment]:
    for piece in pieces:
        width = piece.width + word_space * piece.text.count(" ")
        yield replace(piece, width=width, x=x)
        x += width
