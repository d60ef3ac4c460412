"""What takes the room of a poster that is too full, and what to leave out for it to fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import combinations

from notices.lengths import Length
from notices.posters import blocks, small_print
from notices.posters.arrange import has_room
from notices.posters.charts import chart
from notices.posters.document import Paper, PosterDocument, Words
from notices.posters.faces import Weight
from notices.posters.kit import Kit
from notices.posters.pages import frame_of
from notices.posters.room import NoRoomError
from notices.posters.scene import Block
from notices.posters.themes import THEMES
from notices.posters.typeset import set_text

_PAPERS: tuple[Paper, ...] = ("A4", "A3", "A2", "A1")  # of posters
_WIDE_COLUMN = 0.45  # of the width: most words of a page that lies stand in a column
# What may be left out, by its key in the campaign file, the least loss first; of the points it is the last one.
_LEAVE_OUT: Mapping[str, Callable[[Words], Words]] = {
    "points": lambda words: replace(words, points=words.points[:-1]),
    "staff": lambda words: _without_line(words, "staff"),
    "posted": lambda words: _without_line(words, "posted"),
    "kicker": lambda words: replace(words, kicker=""),
    "trust": lambda words: replace(words, trust=None),
    "link": lambda words: replace(words, link=""),
    "results": lambda words: replace(words, results=None),
}
_PARTS: Mapping[str, Callable[[Kit, float], Block]] = {
    "headline": lambda kit, width: set_text(
        kit.words.headline, width, kit.type.headline_least, Weight.BLACK, kit.theme.ink, least=1.1
    ),
    "points": lambda kit, width: blocks.points(kit, width, kit.on_paper, "square"),
    "results": lambda kit, width: chart(kit, width, kit.on_paper),
    "trust": small_print.trust,
    "posted": lambda kit, width: small_print.blanks(replace(kit, words=_without_line(kit.words, "staff")), width),
    "staff": lambda kit, width: small_print.blanks(replace(kit, words=_without_line(kit.words, "posted")), width),
    "link": lambda kit, _: blocks.code(kit, kit.on_paper),
    "when": lambda kit, width: blocks.when(kit, width, kit.on_paper),
    "phone": lambda kit, width: blocks.phone(kit, width, kit.on_paper),
}


def remedies(document: PosterDocument) -> list[str]:
    """Keys of parts each of which, left out, makes room enough; where none does, pairs, as ``trust + staff``."""
    found = [key for key in _LEAVE_OUT if _fits_without(document, key)]
    pairs = combinations(_LEAVE_OUT, 2)
    return found or [f"{one} + {other}" for one, other in pairs if _fits_without(document, one, other)]


def larger_paper(document: PosterDocument) -> Paper | None:
    """The next paper on which everything fits; none for a leaflet."""
    if document.paper not in _PAPERS:
        return None
    larger = _PAPERS[_PAPERS.index(document.paper) + 1 :]
    return next((paper for paper in larger if fits(replace(document, paper=paper))), None)


def heights(document: PosterDocument) -> list[tuple[str, int]]:
    """How high each part is at the smallest type that can be read, mm, by its key, the highest first."""
    frame = frame_of(document)
    sizes = frame.type_at(0.0, 1.0)
    kit = Kit(frame=frame, words=document.words, theme=THEMES[document.theme], type=sizes)
    width = frame.safe.width * (_WIDE_COLUMN if frame.is_wide else 1.0)
    return sorted(_heights(kit, width), key=lambda found: -found[1])


def _heights(kit: Kit, width: float) -> Iterator[tuple[str, int]]:
    for key, make in _PARTS.items():
        try:
            height = make(kit, width).height
        except NoRoomError:  # a part that does not fit even alone has a sentence of its own
            continue
        if height:
            yield key, round(Length(height).mm)


def _without_line(words: Words, part: str) -> Words:
    return replace(words, blanks=tuple(line for line in words.blanks if line.part != part))


def _fits_without(document: PosterDocument, *keys: str) -> bool:
    """Whether the poster fits without these parts, and has them all."""
    words = document.words
    for key in keys:
        fewer = _LEAVE_OUT[key](words)
        if fewer == words:
            return False
        words = fewer
    return fits(replace(document, words=words))


def fits(document: PosterDocument) -> bool:
    """Whether everything fits, at the smallest type that can be read."""
    return has_room(document.words, document.layout, THEMES[document.theme], frame_of(document))
