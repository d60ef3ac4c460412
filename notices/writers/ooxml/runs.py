"""What stands in a paragraph: text, marks of footnotes, links, pictures, the number of the page."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt as WordPt
from lxml.etree import _Element as Element

from notices.writers.ooxml.elements import text_element, valued
from notices.writers.ooxml.paragraphs import paragraph

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument


def run(
    text: str,
    *,
    bold: bool | None = None,
    italic: bool | None = None,
    highlight: bool = False,
    hard_hyphens: frozenset[int] = frozenset(),
) -> Element:
    """A run of text; ``None`` leaves a property to the style. ``hard_hyphens``: places in ``text`` of hyphens after
    which no line may end."""
    element = OxmlElement("w:r")
    properties = OxmlElement("w:rPr")
    for tag, is_set in (("w:b", bold), ("w:i", italic)):
        if is_set is not None:
            properties.append(OxmlElement(tag) if is_set else valued(tag, "0"))
    if highlight:
        properties.append(valued("w:highlight", "yellow"))
    if len(properties):
        element.append(properties)
    start = 0
    for place in [*sorted(hard_hyphens), len(text)]:
        if place > start:
            element.append(text_element(text[start:place]))
        if place < len(text):
            element.append(OxmlElement("w:noBreakHyphen"))
        start = place + 1
    return element


def note_mark(number: int, *, inside: bool = False) -> Element:
    """The mark of a footnote in the text, or (``inside``) at the head of the footnote itself."""
    element = OxmlElement("w:r")
    properties = OxmlElement("w:rPr")
    properties.append(valued("w:rStyle", "FootnoteReference"))
    element.append(properties)
    mark = OxmlElement("w:footnoteRef" if inside else "w:footnoteReference")
    if not inside:
        mark.set(qn("w:id"), str(number))
    element.append(mark)
    return element


def hyperlink(relation: str, runs: Iterable[Element]) -> Element:
    """Runs that lead to an outside address: ``relation`` is its identifier in the part that they stand in."""
    element = OxmlElement("w:hyperlink")
    element.set(qn("r:id"), relation)
    element.extend(list(runs))
    return element


def picture(document: DocxDocument, content: bytes, *, width: float, height: float, alt: str) -> Element:
    """A run that shows a picture, ``width`` and ``height`` in points, with the words for those who cannot see it."""
    inline = document.part.new_pic_inline(io.BytesIO(content), WordPt(width), WordPt(height))
    inline.docPr.set("descr", alt)
    inline.docPr.set("name", f"Hình {inline.docPr.id}")
    element = OxmlElement("w:r")
    drawing = OxmlElement("w:drawing")
    drawing.append(inline)
    element.append(drawing)
    return element


def page_field(style_id: str) -> Element:
    """A paragraph that shows the number of its page."""
    element = paragraph(style_id)
    for kind in ("begin", "PAGE", "end"):
        part = OxmlElement("w:r")
        if kind == "PAGE":
            instruction = OxmlElement("w:instrText")
            instruction.text = kind
            part.append(instruction)
        else:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            part.append(mark)
        element.append(part)
    return element
