"""Our text set into somebody else's Word file: paragraphs, tables, pictures, links, footnotes, appendices."""

from __future__ import annotations

import io
from copy import deepcopy

from docx.document import Document as DocxDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.section import Section
from lxml import etree
from lxml.etree import _Element as Element

from notices.fonts import WORD_FAMILY
from notices.letterhead.values import BODY_MARK
from notices.writers import ooxml

_LINKS = [qn(f"r:{name}") for name in ("id", "embed")]
_STYLE_USES = [qn(f"w:{name}") for name in ("pStyle", "rStyle")]
_PREFIX = "Loa"  # of the identifiers of our styles, so that none of the office's is taken for one
_SIZES = ("tblW", "gridCol", "tcW")


class Graft:
    """Takes ``ours``, a file of the DOCX writer, over into ``theirs``, a filled letterhead."""

    def __init__(self, theirs: DocxDocument, ours: DocxDocument) -> None:
        self._theirs, self._ours = theirs, ours
        self._styles: dict[str, str] = {}
        self._relations: dict[str, str] = {}
        self._first_note = self._take_notes()
        self._body, *self._appendices = _sections(ours)

    def place_body(self) -> None:
        """Put the text where the tag was; a template without that tag, which makes drafts only, gets none."""
        mark = next((p for p in self._theirs.element.body.iter(qn("w:p")) if _words(p).strip() == BODY_MARK), None)
        if mark is None:
            return
        scale = min(1.0, _text_width(self._theirs) / _text_width(self._ours))
        for element in self._body:
            mark.addprevious(self._taken(element, scale))
        last = mark.getprevious()
        if last is not None and last.tag == qn("w:p"):
            last.get_or_add_pPr().get_or_add_keepNext()  # the signature does not stand alone on a page
        mark.getparent().remove(mark)

    def add_appendices(self) -> None:
        """Each appendix on pages of its own behind the letter, on the letter's paper with its header and footer."""
        body = self._theirs.element.body
        last = body.find(qn("w:sectPr"))
        scale = min(1.0, _text_width(self._theirs) / _text_width(self._ours))
        before = deepcopy(last)
        for section, elements in zip(list(self._ours.sections)[1:], self._appendices, strict=True):
            _end_section(last, before)
            for element in elements:
                body.insert(body.index(last), self._taken(element, scale))
            is_landscape = (section.page_width or 0) > (section.page_height or 0)
            before = _appendix_section(last, is_landscape=is_landscape)
        if self._appendices:
            body.replace(last, before)
            for section in list(self._theirs.sections)[-len(self._appendices) :]:
                _blank_first_page(section)

    def number_drawings(self) -> None:
        """Word wants a number of its own for every drawing."""
        for number, drawing in enumerate(self._theirs.element.body.iter(qn("wp:docPr")), 1):
            drawing.set("id", str(number))

    def _taken(self, element: Element, scale: float) -> Element:
        """A copy of one of our elements that belongs to their file."""
        copy = deepcopy(element)
        for part in copy.iter():
            if part.tag in _STYLE_USES:
                part.set(qn("w:val"), self._style(part.get(qn("w:val")) or ""))
            for name in _LINKS:
                if (identifier := part.get(name)) is not None:
                    part.set(name, self._relation(identifier))
            if part.tag == qn("w:footnoteReference"):
                part.set(qn("w:id"), str(int(part.get(qn("w:id")) or 0) + self._first_note))
        if scale < 1:
            _shrink(copy, scale)
        return copy

    def _style(self, identifier: str) -> str:
        """Their style of the same name where they have one: so an office sets our text in its own typography."""
        if identifier not in self._styles:
            ours = next(s for s in self._ours.styles.element if s.get(qn("w:styleId")) == identifier)
            name = ours.find(qn("w:name")).get(qn("w:val"))
            same = [s for s in self._theirs.styles.element.findall(qn("w:style")) if _is_named(s, name)]
            self._styles[identifier] = same[0].get(qn("w:styleId")) if same else self._add_style(ours)
        return self._styles[identifier]

    def _add_style(self, ours: Element) -> str:
        style = deepcopy(ours)
        identifier = f"{_PREFIX}{style.get(qn('w:styleId'))}"
        style.set(qn("w:styleId"), identifier)
        if (based := style.find(qn("w:basedOn"))) is not None:
            style.remove(based)  # their Normal may look like anything
            font = "".join(f' w:{kind}="{WORD_FAMILY}"' for kind in ("ascii", "hAnsi", "eastAsia", "cs"))
            style.find(qn("w:rPr")).insert(0, parse_xml(f"<w:rFonts {nsdecls('w')}{font}/>"))
        self._theirs.styles.element.append(style)
        return identifier

    def _relation(self, identifier: str) -> str:
        if identifier not in self._relations:
            given = self._ours.part.rels[identifier]
            if given.is_external:
                made = self._theirs.part.relate_to(given.target_ref, given.reltype, is_external=True)
            else:
                made, _ = self._theirs.part.get_or_add_image(io.BytesIO(given.target_part.blob))
            self._relations[identifier] = made
        return self._relations[identifier]

    def _take_notes(self) -> int:
        """Our footnotes behind theirs; the number by which ours grow."""
        ours, theirs = _notes_part(self._ours), _notes_part(self._theirs)
        if ours is None:
            return 0
        root = parse_xml(ours.blob)
        if theirs is None:
            part = Part(
                PackURI("/word/footnotes.xml"), ours.content_type, _xml(self._restyled(root)), self._theirs.part.package
            )
            self._theirs.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
            return 0
        home = parse_xml(theirs.blob)
        first = max(int(note.get(qn("w:id"))) for note in home)
        for note in [note for note in root if note.get(qn("w:type")) is None]:
            note.set(qn("w:id"), str(int(note.get(qn("w:id"))) + first))
            home.append(self._restyled(note))
        theirs._blob = _xml(home)  # python-docx keeps parts it does not know as bytes, and has no setter for them
        return first

    def _restyled(self, element: Element) -> Element:
        """With their styles, and without links: those of a footnote would need relations of its own part."""
        for link in list(element.iter(qn("w:hyperlink"))):
            for run in list(link):
                link.addprevious(run)
            link.getparent().remove(link)
        for use in element.iter(*_STYLE_USES):
            use.set(qn("w:val"), self._style(use.get(qn("w:val")) or ""))
        return element


def _sections(document: DocxDocument) -> list[list[Element]]:
    """The elements of each section, without the empty paragraphs that end one."""
    sections: list[list[Element]] = [[]]
    for element in document.element.body:
        if element.tag == qn("w:sectPr"):
            continue
        if element.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
            sections.append([])
        else:
            sections[-1].append(element)
    return sections


def _end_section(following: Element, section: Element) -> None:
    """End a section before ``following``: in its last paragraph, for one more might not fit on its last page."""
    last = following.getprevious()
    if last is None or last.tag != qn("w:p") or last.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
        last = ooxml.lowest_paragraph()
        following.addprevious(last)
    last.get_or_add_pPr().append(section)


def _appendix_section(letter: Element, *, is_landscape: bool) -> Element:
    """The letter's paper, header and footer, but for what is on its first page alone; pages from 1."""
    section = deepcopy(letter)
    for old in list(section):
        if etree.QName(old).localname in ("type", "pgNumType") or old.get(qn("w:type")) == "first":
            section.remove(old)
    size = section.find(qn("w:pgSz"))
    if is_landscape and size is not None:
        width, height = size.get(qn("w:w")), size.get(qn("w:h"))
        size.set(qn("w:w"), height)
        size.set(qn("w:h"), width)
        size.set(qn("w:orient"), "landscape")
    numbering = parse_xml(f'<w:pgNumType {nsdecls("w")} w:start="1"/>')
    after = next((e for e in section if etree.QName(e).localname in _BEHIND_NUMBERING), None)
    section.append(numbering) if after is None else after.addprevious(numbering)
    return section


def _blank_first_page(section: Section) -> None:
    """Where the letter's first page has a header of its own, an appendix begins without the office's emblem."""
    if section.different_first_page_header_footer:
        for edge in (section.first_page_header, section.first_page_footer):
            edge.is_linked_to_previous = False
            for child in list(edge._element):
                edge._element.remove(child)
            edge._element.append(OxmlElement("w:p"))


# What the schema puts behind pgNumType in a section.
_BEHIND_NUMBERING = {
    "cols",
    "formProt",
    "vAlign",
    "noEndnote",
    "titlePg",
    "textDirection",
    "bidi",
    "rtlGutter",
    "docGrid",
}


def _shrink(element: Element, scale: float) -> None:
    """Tables and pictures made for our width, in a narrower column."""
    for part in element.iter(*(qn(f"w:{name}") for name in _SIZES)):
        if (width := part.get(qn("w:w"))) is not None:
            part.set(qn("w:w"), str(round(int(width) * scale)))
    for part in element.iter(qn("wp:extent"), qn("a:ext")):
        for side in ("cx", "cy"):
            if (length := part.get(side)) is not None:
                part.set(side, str(round(int(length) * scale)))


def _text_width(document: DocxDocument) -> int:
    section = document.sections[0]
    return (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)


def _is_named(style: Element, name: str) -> bool:
    found = style.find(qn("w:name"))
    return (
        style.get(qn("w:styleId")) is not None
        and found is not None
        and str(found.get(qn("w:val"))).casefold() == name.casefold()
    )


def _notes_part(document: DocxDocument) -> Part | None:
    found = [rel.target_part for rel in document.part.rels.values() if rel.reltype == RELATIONSHIP_TYPE.FOOTNOTES]
    return found[0] if found else None


def _words(paragraph: Element) -> str:
    return "".join(text.text or "" for text in paragraph.iter(qn("w:t")))


def _xml(root: Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
