"""The faces that paper is set in, and how wide their characters are.

Tinos has the metrics of Times New Roman: the PDF embeds Tinos, the DOCX names Times New Roman, lines break alike.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

HOME = Path(__file__).parent
WORD_FAMILY = "Times New Roman"
_FILES = {
    (False, False): ("Tinos", "Tinos_400Regular.ttf"),
    (False, True): ("Tinos-Italic", "Tinos_400Regular_Italic.ttf"),
    (True, False): ("Tinos-Bold", "Tinos_700Bold.ttf"),
    (True, True): ("Tinos-BoldItalic", "Tinos_700Bold_Italic.ttf"),
}


@cache
def face(bold: bool, italic: bool) -> TTFont:
    """The face of a style, registered with ReportLab under its name."""
    name, file = _FILES[bold, italic]
    font = TTFont(name, str(HOME / file))
    pdfmetrics.registerFont(font)
    return font


@cache
def _advances(bold: bool, italic: bool) -> dict[int, float]:
    """Advance width of each character, in thousandths of the size."""
    return dict(face(bold, italic).face.charWidths)


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, *, bold: bool = False, italic: bool = False) -> float:
    """How long ``text`` is, pt, at ``size`` pt. KeyError for a character the face lacks: see ``missing``."""
    advances = _advances(bold, italic)
    return sum(advances[ord(character)] for character in text) * size / 1000


def missing(text: str) -> list[str]:
    """The characters of ``text`` that the faces cannot draw, each once; a missing one would be drawn as a blank box."""
    advances = _advances(False, False)
    return list(dict.fromkeys(c for c in text if ord(c) not in advances))
