"""Styles and settings of a Word file: what its paragraphs and runs refer to by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from lxml.etree import _Element as Element

from notices.writers.ooxml.tables import NO_MARGINS

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument

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


def prepare(document: DocxDocument, styles: Iterable[ParagraphStyle], *, font: str, size: int, language: str) -> None:
    """Make of python-docx's default file a bare one: our styles and settings, none of its extras."""
    _replace(
        document.styles.element,
        _STYLES.format(ns=nsdecls("w"), font=font, size=size, language=language, margins=NO_MARGINS),
    )
    for grid in document.element.body.iter(qn("w:docGrid")):
        grid.getparent().remove(grid)
    for given in styles:
        document.styles.element.append(_style(given))
    _replace(document.settings.element, _SETTINGS.format(ns=nsdecls("w"), language=language))
    unwanted = ("customXml", "stylesWithEffects", "numbering", "webSettings", "thumbnail")
    for rels in (document.part.rels, document.part.package.rels):
        for key in [k for k, rel in rels.items() if rel.reltype.rpartition("/")[2] in unwanted]:
            rels.pop(key)


def _style(given: ParagraphStyle) -> Element:
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


def _replace(element: Element, xml: str) -> None:
    for child in list(element):
        element.remove(child)
    element.extend(list(parse_xml(xml)))
