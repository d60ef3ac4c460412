"""WordprocessingML: the one place where raw XML of Word is made. Knows nothing of documents or rules of the decree."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.shared import Pt as WordPt
from lxml import etree
from lxml.etree import _Element as Element

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument

# Everything in a ZIP carries a date; this one, the earliest a ZIP can say, means none.
_NO_DATE = (1980, 1, 1, 0, 0, 0)
_FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_HYPERLINK = f"{_RELATION}hyperlink"
_NO_MARGINS = (
    '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
)
_SETTINGS = """<w:settings {ns}>
<w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/>
<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>
</w:compat>
<w:themeFontLang w:val="{language}"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>"""
_STYLES = """<w:styles {ns}><w:docDefaults><w:rPrDefault><w:rPr>
<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>
<w:color w:val="000000"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>
<w:lang w:val="{language}" w:eastAsia="{language}" w:bidi="ar-SA"/>
</w:rPr></w:rPrDefault>
<w:pPrDefault><w:pPr><w:widowControl/><w:spacing w:before="0" w:after="0"/></w:pPr></w:pPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>
<w:uiPriority w:val="1"/><w:semiHidden/></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>
<w:uiPriority w:val="99"/><w:semiHidden/>
<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{margins}</w:tblPr></w:style>
<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>
<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style></w:styles>"""


@dataclass(frozen=True, kw_only=True, slots=True)
class ParagraphStyle:
    """A paragraph style; lengths in twips, size in half points, ``level`` is its place in the outline (0: none)."""

    identifier: str
    name: str
    size: int
    line: int  # exact line spacing
    after: int = 0
    left: int = 0
    right: int = 0
    first: int = 0
    hanging: int = 0
    justify: str = "left"
    bold: bool = False
    italic: bool = False
    with_next: bool = False
    level: int = 0
    colour: str = ""


def style(given: ParagraphStyle) -> Element:
    """The ``w:style`` of a paragraph style."""
    # Word knows its own styles by their lower-case English names
    custom = "" if given.name.isascii() and given.name.islower() else ' w:customStyle="1"'
    flags = {"b": given.bold, "i": given.italic}
    run = "".join(f"<w:{tag}/>" for tag, is_set in flags.items() if is_set)
    run += f'<w:color w:val="{given.colour}"/>' if given.colour else ""
    first = f'w:hanging="{given.hanging}"' if given.hanging else f'w:firstLine="{given.first}"'
    indent = f'<w:ind w:left="{given.left}" w:right="{given.right}" {first}/>'
    keep = "<w:keepNext/>" if given.with_next else ""
    outline = f'<w:outlineLvl w:val="{given.level - 1}"/>' if given.level else ""
    return parse_xml(
        f'<w:style {nsdecls("w")} w:type="paragraph"{custom} w:styleId="{given.identifier}">'
        f'<w:name w:val="{given.name}"/><w:basedOn w:val="Normal"/><w:qFormat/>'
        f"<w:pPr>{keep}"
        f'<w:spacing w:before="0" w:after="{given.after}" w:line="{given.line}" w:lineRule="exact"/>'
        f'{indent}<w:jc w:val="{given.justify}"/>{outline}</w:pPr>'
        f'<w:rPr>{run}<w:sz w:val="{given.size}"/><w:szCs w:val="{given.size}"/></w:rPr></w:style>'
    )


def prepare(document: DocxDocument, styles: Iterable[ParagraphStyle], *, font: str, size: int, language: str) -> None:
    """Make of python-docx's default file a bare one: our styles and settings, none of its extras."""
    _replace(
        document.styles.element,
        _STYLES.format(ns=nsdecls("w"), font=font, size=size, language=language, margins=_NO_MARGINS),
    )
    for grid in document.element.body.iter(qn("w:docGrid")):
        grid.getparent().remove(grid)
    for given in styles:
        document.styles.element.append(style(given))
    _replace(document.settings.element, _SETTINGS.format(ns=nsdecls("w"), language=language))
    unwanted = ("customXml", "stylesWithEffects", "numbering", "webSettings", "thumbnail")
    for rels in (document.part.rels, document.part.package.rels):
        for key in [k for k, rel in rels.items() if rel.reltype.rpartition("/")[2] in unwanted]:
            rels.pop(key)


def _replace(element: Element, xml: str) -> None:
    for child in list(element):
        element.remove(child)
    element.extend(list(parse_xml(xml)))


def paragraph(style_id: str, *, with_next: bool = False, whole: bool = False) -> Element:
    """An empty paragraph of a style, kept with the next or in one piece where that is asked for."""
    element = OxmlElement("w:p")
    properties = OxmlElement("w:pPr")
    properties.append(_valued("w:pStyle", style_id))
    for tag, is_set in (("w:keepNext", with_next), ("w:keepLines", whole)):
        if is_set:
            properties.append(OxmlElement(tag))
    element.append(properties)
    return element


def restyle(element: Element, style_id: str) -> None:
    """Give a paragraph that python-docx made a style."""
    element.get_or_add_pPr().insert(0, _valued("w:pStyle", style_id))


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
            properties.append(OxmlElement(tag) if is_set else _valued(tag, "0"))
    if highlight:
        properties.append(_valued("w:highlight", "yellow"))
    if len(properties):
        element.append(properties)
    start = 0
    for place in [*sorted(hard_hyphens), len(text)]:
        if place > start:
            element.append(_text(text[start:place]))
        if place < len(text):
            element.append(OxmlElement("w:noBreakHyphen"))
        start = place + 1
    return element


def note_mark(number: int, *, inside: bool = False) -> Element:
    """The mark of a footnote in the text, or (``inside``) at the head of the footnote itself."""
    element = OxmlElement("w:r")
    properties = OxmlElement("w:rPr")
    properties.append(_valued("w:rStyle", "FootnoteReference"))
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


def link(document: DocxDocument, address: str) -> str:
    """The identifier of an outside address in the main part of the file."""
    return document.part.relate_to(address, _HYPERLINK, is_external=True)


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


def box(element: Element, *, width: int, room: int, colour: str) -> None:
    """Draw a rectangle around a paragraph; ``width`` of its lines in eighths of a point, ``room`` above and below in
    points. Called before ``set_spacing``."""
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="{width}" w:space="{space}" w:color="{colour}"/>'
        for side, space in (("top", room), ("left", 0), ("bottom", room), ("right", 0))
    )
    element[0].append(parse_xml(f"<w:pBdr {nsdecls('w')}>{sides}</w:pBdr>"))


def align(element: Element, justify: str) -> None:
    """Where the lines of this one paragraph stand, instead of its style's; called after ``set_indents``."""
    element[0].append(_valued("w:jc", justify))


@dataclass(frozen=True, kw_only=True, slots=True)
class Ruling:
    """The lines of a table in eighths of a point, and the room between them and the text in twips."""

    width: int
    above: int
    beside: int


def table(
    columns: Iterable[int],
    rows: Iterable[tuple[int, Iterable[Iterable[Element]]]],
    ruling: Ruling | None = None,
) -> Element:
    """A table. Each row: its least height in twips, and its cells as paragraphs.

    Without ``ruling`` it has neither lines nor margins; with it, its first row is printed again on every page.
    """
    widths = list(columns)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    element = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'{_borders(ruling) if ruling else ""}<w:tblLayout w:type="fixed"/>'
        f"{_margins(ruling) if ruling else _NO_MARGINS}</w:tblPr><w:tblGrid>{grid}</w:tblGrid></w:tbl>"
    )
    for index, (height, cells) in enumerate(rows):
        head = "<w:tblHeader/>" if ruling and not index else ""
        row = parse_xml(
            f"<w:tr {nsdecls('w')}><w:trPr><w:cantSplit/>"
            f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>{head}</w:trPr></w:tr>'
        )
        for width, paragraphs in zip(widths, cells, strict=True):
            cell = parse_xml(f'<w:tc {nsdecls("w")}><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr></w:tc>')
            cell.extend(list(paragraphs))
            row.append(cell)
        element.append(row)
    return element


def _borders(ruling: Ruling) -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{side} w:val="single" w:sz="{ruling.width}" w:space="0" w:color="000000"/>' for side in sides)
    return f"<w:tblBorders>{lines}</w:tblBorders>"


def _margins(ruling: Ruling) -> str:
    given = (("top", ruling.above), ("left", ruling.beside), ("bottom", ruling.above), ("right", ruling.beside))
    rooms = "".join(f'<w:{side} w:w="{room}" w:type="dxa"/>' for side, room in given)
    return f"<w:tblCellMar>{rooms}</w:tblCellMar>"


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


def restart_page_numbers(section: Element) -> None:
    """Make a section count its pages from 1."""
    numbering = OxmlElement("w:pgNumType")
    numbering.set(qn("w:start"), "1")
    section.find(qn("w:cols")).addprevious(numbering)  # the order of the schema


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


def _valued(tag: str, value: str) -> Element:
    element = OxmlElement(tag)
    element.set(qn("w:val"), value)
    return element


def _text(text: str) -> Element:
    element = OxmlElement("w:t")
    element.text = text
    element.set(qn("xml:space"), "preserve")
    return element
