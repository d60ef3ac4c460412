"""Document → DOCX: what a careful person would have made in Word, with styles, real footnotes and page fields."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import shorten

import docx
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.section import Section, _BaseHeaderFooter
from docx.shared import Pt as WordPt
from lxml.etree import _Element as Element

from notices import rules
from notices.document import Closing, Document, Paragraph, Role, Sheet, text_run
from notices.fonts import WORD_FAMILY
from notices.layout import header_distance
from notices.pieces import needs_anchor
from notices.rules import Page
from notices.stacks import Forms, stays_with_closing
from notices.writers import ooxml
from notices.writers.docx_blocks import Blocks
from notices.writers.docx_styles import RULE, SECTION_END, paragraph_styles, style_id

_LANGUAGE = "vi-VN"
_LONGEST_PROPERTY = 255  # characters, for Word


def write_docx(document: Document) -> bytes:
    """The document as a Word file."""
    return _Writer(document).write()


class _Writer:
    """Builds one file; notes are numbered through all its sheets."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._forms: Forms = rules.formats(document.body_size)
        self._file: DocxDocument = docx.Document()
        self._body = self._file.element.body
        self._blocks = Blocks(self._file, self._forms)
        self._notes: dict[int, list[Element]] = {}
        self._note_links: dict[str, str] = {}  # the footnotes are a part of the file with relations of its own

    def write(self) -> bytes:
        styles, half_points = paragraph_styles(self._forms), self._document.body_size * 2
        ooxml.prepare(self._file, styles, font=WORD_FAMILY, size=half_points, language=_LANGUAGE)
        self._set_properties()
        if needs_anchor(self._document):
            self._body.insert_element_before(ooxml.paragraph(SECTION_END), "w:sectPr")
        for index, sheet in enumerate(self._document.sheets):
            if index:
                self._file.add_section(WD_SECTION.NEW_PAGE)
                ooxml.restyle(self._body.findall(qn("w:p"))[-1], SECTION_END)
            self._add_sheet(sheet)
        self._set_sections()
        if self._notes:
            ooxml.add_footnotes(self._file, style_id(Role.NOTE), self._notes, self._note_links)
        return ooxml.to_bytes(self._file)

    def _set_properties(self) -> None:
        properties = self._file.core_properties
        properties.title = shorten(self._document.title, _LONGEST_PROPERTY, placeholder="…")
        properties.author = self._document.author
        properties.language = _LANGUAGE
        properties.comments = ""
        element = properties._element
        for child in list(element):
            # the clock, and what python-docx says of itself
            if not child.text or child.tag.rpartition("}")[2] in ("created", "modified", "lastModifiedBy", "revision"):
                element.remove(child)

    def _add_sheet(self, sheet: Sheet) -> None:
        first_note = len(self._notes) + 1
        page = rules.page_of(self._document, sheet)
        for number, runs in enumerate(sheet.notes, first_note):
            self._notes[number] = list(self._blocks.runs(runs, first_note, link=self._link_of_note))
        for index, block in enumerate(sheet.blocks):
            closes = stays_with_closing(sheet.blocks, index, self._forms, page)
            for element in self._blocks.elements(block, page, closes=closes, first_note=first_note):
                self._body.insert_element_before(element, "w:sectPr")
        if sheet is self._document.sheets[-1] and isinstance(sheet.blocks[-1], Closing):
            # a table must be followed by a paragraph; between sheets the one that ends the section serves
            self._body.insert_element_before(ooxml.paragraph(SECTION_END), "w:sectPr")

    def _link_of_note(self, address: str) -> str:
        return self._note_links.setdefault(address, f"rId{len(self._note_links) + 1}")

    def _set_sections(self) -> None:
        """Paper, margins, header and footer; every section counts its pages from 1."""
        own = any(sheet.circulation or sheet.contact for sheet in self._document.sheets)
        for index, (section, sheet) in enumerate(zip(self._file.sections, self._document.sheets, strict=True)):
            page = rules.page_of(self._document, sheet)
            section.page_width, section.page_height = WordPt(page.width.pt), WordPt(page.height.pt)
            if page.width > page.height:
                section.orientation = WD_ORIENT.LANDSCAPE
            section.top_margin, section.bottom_margin = WordPt(page.top.pt), WordPt(page.bottom.pt)
            section.left_margin, section.right_margin = WordPt(page.left.pt), WordPt(page.right.pt)
            section.header_distance = WordPt(header_distance(sheet, page))
            section.footer_distance = WordPt(page.footer.pt)
            section.different_first_page_header_footer = True
            ooxml.restart_page_numbers(section._sectPr)
            if index == 0 or own:  # else it has those of the section before
                self._set_headers(section, sheet, page)
                self._set_footer(section, sheet, page)

    def _set_headers(self, section: Section, sheet: Sheet, page: Page) -> None:
        mark = [Paragraph(role=Role.DRAFT_MARK, runs=text_run(rules.DRAFT_MARK))] if self._document.is_draft else []
        number = style_id(Role.PAGE_NUMBER)
        marks = [given for given in (sheet.circulation, sheet.signing) if given]
        first = self._blocks.column([*mark, *marks], page.text_width) or [ooxml.paragraph(number)]
        others = [ooxml.page_field(number), *self._blocks.column(mark, page.text_width)]
        for header, paragraphs in ((section.first_page_header, first), (section.header, others)):
            _fill(header, paragraphs)

    def _set_footer(self, section: Section, sheet: Sheet, page: Page) -> None:
        """The contact below a line across the text, on page 1 only."""
        if sheet.contact:
            width, height = round(rules.RULE_WIDTH.pt * 8), rules.CONTACT_GAP.twips
            line = ooxml.rule(RULE, left=0, right=0, width=width, before=0, height=height)
            _fill(section.first_page_footer, [line, *self._blocks.column(sheet.contact, page.text_width)])
        elif sheet is not self._document.sheets[0]:
            _fill(section.first_page_footer, [ooxml.paragraph(SECTION_END)])


def _fill(part: _BaseHeaderFooter, paragraphs: Iterable[Element]) -> None:
    """Make ``paragraphs`` all that a header or footer holds; it is no longer that of the section before."""
    part.is_linked_to_previous = False
    for child in list(part._element):
        part._element.remove(child)
    part._element.extend(list(paragraphs))
