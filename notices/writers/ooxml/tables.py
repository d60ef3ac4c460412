"""Tables, with the lines and room of their cells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from lxml.etree import _Element as Element

NO_MARGINS = (
    '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
)


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
        f"{_margins(ruling) if ruling else NO_MARGINS}</w:tblPr><w:tblGrid>{grid}</w:tblGrid></w:tbl>"
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
