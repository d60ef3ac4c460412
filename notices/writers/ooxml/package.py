"""The file as a whole: its parts, their relations to each other and to outside addresses, and its bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from lxml import etree
from lxml.etree import _Element as Element

from notices.writers.ooxml.paragraphs import paragraph
from notices.writers.ooxml.runs import note_mark, run

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument

# Everything in a ZIP carries a date; this one, the earliest a ZIP can say, means none.
_NO_DATE = (1980, 1, 1, 0, 0, 0)
_FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_HYPERLINK = f"{_RELATION}hyperlink"


def link(document: DocxDocument, address: str) -> str:
    """The identifier of an outside address in the main part of the file."""
    return document.part.relate_to(address, _HYPERLINK, is_external=True)


def add_footnotes(
    document: DocxDocument, style_id: str, notes: Mapping[int, Iterable[Element]], links: Mapping[str, str]
) -> None:
    """Give the file its footnotes: number → the runs of the note; ``links``: outside address → its identifier."""
    root = parse_xml(
        f"<w:footnotes {nsdecls('w', 'r')}>"
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>'
        "</w:footnote>"
        "</w:footnotes>"
    )
    for number, runs in notes.items():
        note = parse_xml(f'<w:footnote {nsdecls("w")} w:id="{number}"/>')
        body = paragraph(style_id)
        body.append(note_mark(number, inside=True))
        body.append(run(" "))
        body.extend(list(runs))
        note.append(body)
        root.append(note)
    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    part = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES_TYPE, blob, document.part.package)
    for address, identifier in links.items():
        part.load_rel(_HYPERLINK, address, identifier, is_external=True)
    document.part.relate_to(part, f"{_RELATION}footnotes")
    separators = parse_xml(f'<w:footnotePr {nsdecls("w")}><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>')
    document.settings.element.find(qn("w:compat")).addprevious(separators)


def restart_page_numbers(section: Element) -> None:
    """Make a section count its pages from 1."""
    numbering = OxmlElement("w:pgNumType")
    numbering.set(qn("w:start"), "1")
    section.find(qn("w:cols")).addprevious(numbering)  # the order of the schema


def to_bytes(document: DocxDocument) -> bytes:
    """The finished file, without the clock: the same document gives the same bytes."""
    raw = io.BytesIO()
    document.save(raw)
    clean = io.BytesIO()
    with zipfile.ZipFile(raw) as given, zipfile.ZipFile(clean, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            entry = zipfile.ZipInfo(name, _NO_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, given.read(name))
    return clean.getvalue()
