"""Poster → the scenes of its printed pages, and of its pictures for social media."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from notices.lengths import Mm
from notices.posters.arrange import arrange
from notices.posters.document import LayoutName, Paper, PosterDocument, ThemeName, Words
from notices.posters.frame import Frame, printed_frame, screen_frame
from notices.posters.imposing import two_up, with_marks
from notices.posters.legibility import HAND, SCREEN, WALL
from notices.posters.room import NoRoomError
from notices.posters.scene import Scene
from notices.posters.themes import THEMES

# ISO 216, mm, upright.
SIZES: Mapping[Paper, tuple[int, int]] = {
    "A5": (148, 210),
    "A4": (210, 297),
    "A3": (297, 420),
    "A2": (420, 594),
    "A1": (594, 841),
}
# Pixels of the pictures for social media; of a story, what telephones cover at the head and the foot.
PICTURES: Mapping[str, tuple[int, int, int, int]] = {
    "1080x1350": (1080, 1350, 0, 0),
    "1200x630": (1200, 630, 0, 0),
    "1080x1920": (1080, 1920, 170, 250),
}


# The picture that a shared link shows: it leads there itself and needs no code.
_PREVIEW = "1200x630"
# How much larger than the points a picture's headline is; where that needs it, the points stay away.
_STRIKING = 1.8


@lru_cache(maxsize=8)
def compose_pages(document: PosterDocument) -> tuple[Scene, ...]:
    """The printed page; a leaflet twice on a sheet of A4, or single for a print shop, which imposes it itself.

    Raises NoRoomError when something does not fit at a size that can be read.
    """
    page = arrange(document.words, document.layout, THEMES[document.theme], frame_of(document))
    if document.for_shop:
        return (with_marks(page),)
    return (two_up(page) if document.two_up else page,)


def frame_of(document: PosterDocument) -> Frame:
    """The frame of the printed page."""
    width, height = (Mm(side).pt for side in SIZES[document.paper])
    if document.landscape:
        width, height = height, width
    return printed_frame(width, height, HAND if document.two_up else WALL, bleeds=document.for_shop)


def compose_picture(document: PosterDocument, shape: str) -> Scene | None:
    """The picture of that shape, composed for it: without what only paper needs; None when its words have no room."""
    words = replace(document.words, trust=None, posted_at="", blanks=(), imprint=())
    if shape == _PREVIEW:
        words = replace(words, link="")
    return _compose_picture(words, document.layout, document.theme, shape)


@lru_cache(maxsize=32)
def _compose_picture(words: Words, layout: LayoutName, theme: ThemeName, shape: str) -> Scene | None:
    """The picture with its points or results, or without them where they would make the headline small.

    Results are what their picture is for: they stay as long as they can be read.
    """
    width, height, top, bottom = PICTURES[shape]
    frame = screen_frame(width, height, SCREEN, top=top, bottom=bottom)
    fewer = replace(words, points=(), results=None)
    for said, ratio in ((words, _STRIKING), *([(words, 0.0)] if words.results else []), (fewer, 0.0)):
        try:
            return arrange(said, layout, THEMES[theme], frame, ratio=ratio)
        except NoRoomError:
            continue
    return None
