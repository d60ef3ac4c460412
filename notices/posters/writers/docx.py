"""Poster → DOCX: the same words to edit, plain and in order; no promise of the same look."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import shorten

import docx
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT
from docx.shared import Mm as WordMm
from lxml.etree import _Element as Element

from notices.lengths import Length, Mm, Pt
from notices.picture import Picture
from notices.posters.code import code_png
from notices.posters.document import PosterDocument, Results
from notices.posters.pages import SIZES
from notices.posters.reading import Line, Part, in_order
from notices.posters.results import as_rows
from notices.posters.themes import THEMES
from notices.writers import ooxml

_FONT = "Arial"  # on every office computer, with all Vietnamese letters; Be Vietnam Pro is on few
_MARGIN = Mm(15)
_CODE, _LOGO, _PHOTO = Mm(30), Mm(18), Mm(60)  # height on A4
_LONGEST_PROPERTY = 255  # characters, for Word
_CELL = "Cell"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Look:
    """How a part is set on A4: pt, and the room below it."""

    name: str  # of the style, as an officer sees it in Word
    size: float
    after: float = 4
    bold: bool = False
    accent: bool = False
    hanging: float = 0
    level: int = 0


_LOOKS = {
    Part.DRAFT: _Look(name="Dự thảo", size=10, bold=True, accent=True),
    Part.PARENT: _Look(name="Cơ quan chủ quản", size=12, after=0),
    Part.AGENCY: _Look(name="Cơ quan", size=14, after=18, bold=True),
    Part.KICKER: _Look(name="Dòng dẫn", size=18, after=6, bold=True, accent=True),
    Part.HEADLINE: _Look(name="Tiêu đề áp phích", size=44, after=18, bold=True, accent=True, level=1),
    Part.HERO: _Look(name="Con số lớn", size=60, after=12, bold=True, accent=True),
    Part.PHOTO: _Look(name="Ảnh", size=12, after=12),
    Part.POINT: _Look(name="Ý", size=20, after=8, bold=True, hanging=16),
    Part.LABEL: _Look(name="Nhãn", size=13, after=2, bold=True, accent=True),
    Part.WHEN: _Look(name="Thời gian", size=22, after=10, bold=True),
    Part.PHONE: _Look(name="Số điện thoại", size=36, after=10, bold=True),
    Part.LINK: _Look(name="Địa chỉ mạng", size=12, after=10),
    Part.TRUST_TITLE: _Look(name="Nhận biết, tiêu đề", size=13, after=2, bold=True, accent=True),
    Part.TRUST: _Look(name="Nhận biết", size=12, after=2),
    Part.BLANK: _Look(name="Dòng điền tay", size=12, after=6),
    Part.IMPRINT: _Look(name="Xuất bản", size=8, after=0),
}


def write_poster_docx(document: PosterDocument) -> bytes:
    """The poster's words as a DOCX of its size; the same poster gives the same bytes."""
    return _Writer(document).write()


class _Writer:
    """Builds one file; everything grows with the paper."""

    def __init__(self, document: PosterDocument) -> None:
        self._document = document
        self._words = document.words
        self._grown = min(SIZES[document.paper]) / min(SIZES["A4"])
        self._file: DocxDocument = docx.Document()
        self._body = self._file.element.body

    @property
    def _page(self) -> tuple[int, int]:
        """Width and height, mm."""
        width, height = SIZES[self._document.paper]
        return (height, width) if self._document.landscape else (width, height)

    @property
    def _room(self) -> Length:
        """The width between the margins."""
        return Mm(self._page[0] - 2 * _MARGIN.mm * self._grown)

    def write(self) -> bytes:
        ooxml.prepare(self._file, self._styles(), font=_FONT, size=24, language="vi-VN")
        self._set_page()
        self._set_properties()
        if self._words.logo:
            self._add(self._picture(self._words.logo, _LOGO.pt, self._words.agency))
        for line in in_order(self._words):
            for element in self._elements(line):
                self._add(element)
        return ooxml.to_bytes(self._file)

    def _add(self, element: Element) -> None:
        self._body.insert_element_before(element, "w:sectPr")

    def _styles(self) -> Iterator[ooxml.ParagraphStyle]:
        accent = THEMES[self._document.theme].accent.removeprefix("#")
        for part, look in _LOOKS.items():
            yield ooxml.ParagraphStyle(
                identifier=part.title().replace("-", ""),
                name=look.name,
                size=round(look.size * self._grown * 2),
                line=self._twips(look.size * 1.4),
                after=self._twips(look.after),
                left=self._twips(look.hanging),
                hanging=self._twips(look.hanging),
                bold=look.bold,
                level=look.level,
                colour=accent if look.accent else "",
            )
        yield ooxml.ParagraphStyle(
            identifier=_CELL, name="Ô kết quả", size=round(32 * self._grown), line=self._twips(22)
        )

    def _twips(self, points: float) -> int:
        return Pt(points * self._grown).twips

    def _set_page(self) -> None:
        width, height = self._page
        section = self._file.sections[0]
        if self._document.landscape:
            section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = WordMm(width), WordMm(height)
        margin = WordMm(_MARGIN.mm * self._grown)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = margin

    def _set_properties(self) -> None:
        properties = self._file.core_properties
        properties.title = shorten(self._document.title, _LONGEST_PROPERTY, placeholder="…")
        properties.author = self._document.author
        properties.language = "vi-VN"
        properties.comments = ""
        element = properties._element
        for child in list(element):
            # the clock, and what python-docx says of itself
            if not child.text or child.tag.rpartition("}")[2] in ("created", "modified", "lastModifiedBy", "revision"):
                element.remove(child)

    def _elements(self, line: Line) -> Iterator[Element]:
        match line.part:
            case Part.PHOTO if self._words.photo:
                yield self._picture(self._words.photo, _PHOTO.pt, self._words.headline)
            case Part.RESULTS if self._words.results:
                yield self._table(self._words.results)
            case Part.LINK:
                code = Picture(name="qr.png", media_type="image/png", content=code_png(line.text), width=1, height=1)
                yield self._picture(code, _CODE.pt, f"Mã QR: {line.text}")
                yield _paragraph(line.part, line.text)
            case Part.POINT:
                yield _paragraph(line.part, f"• {line.text}")
            case _:
                yield _paragraph(line.part, line.text)

    def _picture(self, picture: Picture, height: float, alt: str) -> Element:
        """A paragraph with the picture, so high, or as wide as the text."""
        high = min(height * self._grown, self._room.pt * picture.height / picture.width)
        element = ooxml.paragraph(Part.PHOTO.title())
        ooxml.set_natural_leading(element)
        width = high * picture.width / picture.height
        element.append(ooxml.picture(self._file, picture.content, width=width, height=high, alt=alt))
        return element

    def _table(self, results: Results) -> Element:
        rows = as_rows(results)
        room = self._room
        value = round(room.twips * 0.2)
        columns = [room.twips - value * (len(rows[0]) - 1), *([value] * (len(rows[0]) - 1))]
        ruling = ooxml.Ruling(width=4, above=60, beside=100)
        return ooxml.table(columns, ((0, ([_cell(text)] for text in row)) for row in rows), ruling)


def _paragraph(part: Part, text: str) -> Element:
    element = ooxml.paragraph(part.title().replace("-", ""))
    element.append(ooxml.run(text))
    return element


def _cell(text: str) -> Element:
    element = ooxml.paragraph(_CELL)
    element.append(ooxml.run(text))
    return element
