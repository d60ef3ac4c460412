"""Paragraphs, and what one of them has instead of its style's: spacing, indents, a rule, a box."""

from __future__ import annotations

from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from lxml.etree import _Element as Element

from notices.writers.ooxml.elements import valued


def paragraph(style_id: str, *, with_next: bool = False, whole: bool = False) -> Element:
    """An empty paragraph of a style, kept with the next or in one piece where that is asked for."""
    element = OxmlElement("w:p")
    properties = OxmlElement("w:pPr")
    properties.append(valued("w:pStyle", style_id))
    for tag, is_set in (("w:keepNext", with_next), ("w:keepLines", whole)):
        if is_set:
            properties.append(OxmlElement(tag))
    element.append(properties)
    return element


def lowest_paragraph() -> Element:
    """An empty paragraph of no style, 1 pt high, for where Word wants one: behind a table, at the end of a section."""
    return parse_xml(
        f'<w:p {nsdecls("w")}><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
    )


def restyle(element: Element, style_id: str) -> None:
    """Give a paragraph that python-docx made a style."""
    element.get_or_add_pPr().insert(0, valued("w:pStyle", style_id))


def set_spacing(element: Element, *, before: int | None = None, after: int | None = None) -> None:
    """Space above and below this one paragraph, twips, instead of its style's."""
    given = {name: value for name, value in (("before", before), ("after", after)) if value is not None}
    if given:
        spacing = OxmlElement("w:spacing")
        for name, value in given.items():
            spacing.set(qn(f"w:{name}"), str(value))
        element[0].append(spacing)


def set_indents(element: Element, *, left: int, right: int) -> None:
    """Indents of this one paragraph, twips, instead of its style's; called after ``set_spacing``."""
    indents = OxmlElement("w:ind")
    indents.set(qn("w:left"), str(left))
    indents.set(qn("w:right"), str(right))
    element[0].append(indents)


def set_natural_leading(element: Element) -> None:
    """Let a paragraph be as high as what stands in it: a picture would be cut to an exact line."""
    element[0].append(parse_xml(f'<w:spacing {nsdecls("w")} w:line="240" w:lineRule="auto"/>'))


def align(element: Element, justify: str) -> None:
    """Where the lines of this one paragraph stand, instead of its style's; called after ``set_indents``."""
    element[0].append(valued("w:jc", justify))


def box(element: Element, *, width: int, room: int, colour: str) -> None:
    """Draw a rectangle around a paragraph; ``width`` of its lines in eighths of a point, ``room`` above and below in
    points. Called before ``set_spacing``."""
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="{width}" w:space="{space}" w:color="{colour}"/>'
        for side, space in (("top", room), ("left", 0), ("bottom", room), ("right", 0))
    )
    element[0].append(parse_xml(f"<w:pBdr {nsdecls('w')}>{sides}</w:pBdr>"))


def rule(
    style_id: str,
    *,
    left: int,
    right: int,
    width: int,
    before: int,
    after: int = 0,
    height: int | None = None,
    with_next: bool = False,
) -> Element:
    """An empty paragraph that draws a horizontal line ``before`` twips below its top, ``left`` and ``right`` twips
    short of its column; ``width`` in eighths of a point, ``height`` in twips unless that of its style."""
    element = paragraph(style_id, with_next=with_next)
    properties = element[0]
    properties.append(
        parse_xml(
            f'<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="{width}" w:space="0" w:color="000000"/></w:pBdr>'
        )
    )
    set_spacing(element, before=before, after=after or None)
    if height:
        properties[-1].set(qn("w:line"), str(height))
        properties[-1].set(qn("w:lineRule"), "exact")
    properties.append(parse_xml(f'<w:ind {nsdecls("w")} w:left="{left}" w:right="{right}" w:firstLine="0"/>'))
    return element
