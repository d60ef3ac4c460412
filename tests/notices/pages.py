"""What stands where on the pages of a PDF, as an outside program sees it (poppler for places, PDFium for faces)."""

from __future__ import annotations

import ctypes
import re
import subprocess
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from statistics import median

import pypdfium2
import pypdfium2.raw as pdfium

_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')


_SAME_LINE = 6.0  # pt: the next line is at least 12 pt lower
_MARK = 0.75  # of the usual height of words: what is smaller is the mark of a footnote


@dataclass(frozen=True)
class Word:
    """A word, its left edge and its bottom, pt from the top left corner of the page."""

    text: str
    x: float
    y: float


Line = list[Word]


def read_pages(pdf: Path) -> list[list[Line]]:
    """Pages of lines of words, lines from top to bottom, words from left to right."""
    output = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    return [_lines(page) for page in output.split("<page ")[1:]]


def _lines(page: str) -> list[Line]:
    """Words on one level are a line; the mark of a footnote, smaller and higher, belongs to the line it stands in."""
    found = [(float(top), Word(unescape(text), float(x), float(y))) for x, top, _, y, text in _WORD.findall(page)]
    usual = median(word.y - top for top, word in found) if found else 0.0
    marks = [(top, w) for top, w in found if w.text.isdigit() and w.y - top < _MARK * usual]
    lines: list[tuple[float, Line]] = []
    for top, word in sorted((pair for pair in found if pair not in marks), key=lambda pair: pair[1].y):
        if lines and word.y - lines[-1][1][0].y < _SAME_LINE:
            lines[-1][1].append(word)
        else:
            lines.append((top, [word]))
    for top, mark in marks:
        next(line for upper, line in lines if upper < (top + mark.y) / 2 < line[0].y).append(mark)
    return [sorted(line, key=lambda w: w.x) for _, line in lines]


def texts(pages: list[list[Line]]) -> list[list[str]]:
    """Pages of lines of text."""
    return [[" ".join(word.text for word in line) for line in page] for page in pages]


def distances(ours: list[list[Line]], theirs: list[list[Line]]) -> tuple[float, float]:
    """The largest horizontal and vertical distance, pt, of the same words, after one constant vertical offset."""
    pairs = [
        (a, b)
        for left, right in zip(ours, theirs, strict=True)
        for one, other in zip(left, right, strict=True)
        for a, b in zip(one, other, strict=True)
    ]
    offset = median(a.y - b.y for a, b in pairs)
    return max(abs(a.x - b.x) for a, b in pairs), max(abs(a.y - b.y - offset) for a, b in pairs)


def styled_characters(pdf: Path | bytes) -> list[list[tuple[str, bool, bool]]]:
    """Pages of characters with their face, bold and italic, sorted, spaces left out."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [sorted(_styled(page)) for page in document]
    finally:
        document.close()


def _styled(page: pypdfium2.PdfPage) -> list[tuple[str, bool, bool]]:
    text = page.get_textpage()
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    found = []
    for index in range(text.count_chars()):
        character = chr(pdfium.FPDFText_GetUnicode(text, index))
        if not character.isspace() and pdfium.FPDFText_GetFontInfo(text, index, name, 128, ctypes.byref(flags)) > 1:
            face = name.value.decode()
            found.append((character, "Bold" in face, "Italic" in face))
    return found


def words_of(pdf: Path) -> list[str]:
    """Every word, in the order of the lines."""
    return [word.text for page in read_pages(pdf) for line in page for word in line]
