"""The faces that posters are set in, Be Vietnam Pro in four weights, and how much room their ink takes."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from enum import IntEnum
from functools import cache, lru_cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from notices.fonts import HOME

CAP_HEIGHT = 0.74  # em, the same in every weight
# Added to every blank, em: the horns of ơ and ư reach into the narrow ones of the face, and it is read from afar.
WIDER_BLANK = 0.05
_BLANKS = " \u00a0"


class Weight(IntEnum):
    """Weights of the family, as in CSS."""

    REGULAR = 400
    SEMIBOLD = 600
    BOLD = 700
    BLACK = 800


_FILES = {
    Weight.REGULAR: "BeVietnamPro_400Regular.ttf",
    Weight.SEMIBOLD: "BeVietnamPro_600SemiBold.ttf",
    Weight.BOLD: "BeVietnamPro_700Bold.ttf",
    Weight.BLACK: "BeVietnamPro_800ExtraBold.ttf",
}


@cache
def face(weight: Weight) -> TTFont:
    """The face of a weight, registered with ReportLab under its name."""
    font = TTFont(f"BeVietnamPro-{weight.value}", str(HOME / _FILES[weight]))
    pdfmetrics.registerFont(font)
    return font


@cache
def _advances(weight: Weight) -> dict[int, float]:
    """Advance width of each character, in thousandths of an em."""
    return dict(face(weight).face.charWidths)


@lru_cache(maxsize=8192)
def width_of(text: str, weight: Weight) -> float:
    """How long ``text`` is, em, with our wider blanks. KeyError for a character the face lacks: see ``missing``."""
    advances = _advances(weight)
    blanks = sum(text.count(blank) for blank in _BLANKS)
    return sum(advances[ord(character)] for character in text) / 1000 + blanks * WIDER_BLANK


def missing(texts: Iterable[str]) -> list[str]:
    """The characters that the faces cannot draw, each once."""
    advances = _advances(Weight.REGULAR)
    return list(dict.fromkeys(c for text in texts for c in text if ord(c) not in advances))


@lru_cache(maxsize=8192)
def ink_of(text: str, weight: Weight) -> tuple[float, float]:
    """How far the ink of ``text`` rises above the line and hangs below it, em.

    From the outlines themselves: the marks of Ẫ stand above the ascender that the face declares.
    """
    bounds = [_glyph_bounds(ord(character), weight) for character in text if not character.isspace()]
    if not bounds:
        return 0.0, 0.0
    return max(top for _, _, top in bounds), max(0.0, -min(bottom for _, bottom, _ in bounds))


def bearing_of(text: str, weight: Weight) -> float:
    """How far the ink of the first character lies from where it is set, em: large type is aligned by its ink."""
    return _glyph_bounds(ord(text[0]), weight)[0] if text else 0.0


@cache
def _glyph_bounds(code: int, weight: Weight) -> tuple[float, float, float]:
    """Leftmost, lowest and highest point of a character's outline, em (OpenType, table glyf: xMin, yMin, yMax)."""
    found = face(weight).face
    start, end = _outlines(weight, code)
    if start == end:  # a blank
        return 0.0, 0.0, 0.0
    _, left, bottom, _, top = struct.unpack(">hhhhh", _glyphs(weight)[start : start + 10])
    return left / found.unitsPerEm, bottom / found.unitsPerEm, top / found.unitsPerEm


def _outlines(weight: Weight, code: int) -> tuple[int, int]:
    found = face(weight).face
    glyph = found.charToGlyph[code]
    return found.glyphPos[glyph], found.glyphPos[glyph + 1]


@cache
def _glyphs(weight: Weight) -> bytes:
    table: bytes = face(weight).face.get_table("glyf")
    return table
