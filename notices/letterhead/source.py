"""The parts of a Word file as Jinja templates, with the place of every paragraph."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec

from docx.oxml.ns import qn
from lxml import etree
from lxml.etree import _Element as Element

from loa.core.errors import Place, mistake
from loa.core.text import one_line
from notices.letterhead.package import MAX_PARAGRAPHS, Package, parse

# Braces × characters of a part: docxtpl may look from every brace to the end. 20 tags in 2 MB are 160 million.
MAX_SEARCHED = 200_000_000
TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_REGION = re.compile(r"word/(header|footer|footnotes|endnotes)(\d*)\.xml")
_PARAGRAPH = re.compile(r"<w:p(?=[ />])")
_MARK = re.compile(r"<!--(\d+)-->")
_P, _T, _TBL, _TR, _TC = (qn(f"w:{name}") for name in ("p", "t", "tbl", "tr", "tc"))


@dataclass(frozen=True, kw_only=True)
class Spot:
    """A paragraph of the file: where it stands, such as ``body.table1.row2.cell1.paragraph9``, and its words."""

    path: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Source:
    """One part of the file as a Jinja template. Each paragraph begins on a line of its own, with its number."""

    part: str  # name in the package
    template: str
    spots: tuple[Spot, ...]

    def spot(self, line: int) -> Spot:
        """The paragraph that a line of the template belongs to; ``line`` counts from 1."""
        before = "\n".join(self.template.split("\n")[:line])
        marks = _MARK.findall(before)
        return self.spots[int(marks[-1]) if marks else 0]

    def asking(self, name: str) -> list[Spot]:
        """The paragraphs in whose tags a name stands."""
        word = re.compile(rf"\b{re.escape(name)}\b")
        return [spot for spot in self.spots if any(word.search(tag) for tag in TAG.findall(spot.text))]


def read_sources(package: Package, place: Place, *, shown: str) -> tuple[Source, ...]:
    """The text, headers, footers and notes of a Word file; ``shown`` is its name in messages.

    Raises LoaError: docxtpl is not installed, or there are more tags and text than a letterhead has.
    """
    if find_spec("docxtpl") is None:
        raise mistake("letterhead.no_docxtpl", place)
    names = [package.main, *sorted(name for name in package.parts if _REGION.fullmatch(name))]
    roots = {name: parse(package.parts[name]) for name in names}
    if any(_searched(root) > MAX_SEARCHED for root in roots.values()):
        raise mistake("letterhead.too_long", place, file=shown, limit=MAX_PARAGRAPHS)
    return tuple(_source(name, root) for name, root in roots.items())


def _searched(root: Element) -> int:
    xml: str = etree.tostring(root, encoding="unicode")
    return xml.count("{") * len(xml)


def _source(part: str, root: Element) -> Source:
    from docxtpl import DocxTemplate  # noqa: PLC0415  # an extra: only who uses a Word template has it

    region = _REGION.fullmatch(part)
    spots = tuple(_spots(root, f"{region[1]}{region[2]}" if region else "body"))
    xml = etree.tostring(root, encoding="unicode").replace("\n", " ")
    numbers = iter(range(len(spots)))
    marked = _PARAGRAPH.sub(lambda found: f"\n<!--{next(numbers)}-->{found[0]}", xml)
    # docxtpl joins what Word has split over runs, and turns {%p …%} and the like into plain Jinja
    return Source(part=part, template=DocxTemplate(io.BytesIO()).patch_xml(marked), spots=spots)


def _spots(root: Element, region: str) -> Iterator[Spot]:
    tables = {table: number for number, table in enumerate(root.iter(_TBL), 1)}
    ranks = _ranks(root)
    for number, paragraph in enumerate(root.iter(_P), 1):
        cell = next(paragraph.iterancestors(_TC), None)
        path = [region]
        if cell is not None:
            row, table = next(cell.iterancestors(_TR)), next(cell.iterancestors(_TBL))
            path += [f"table{tables[table]}", f"row{ranks[row]}", f"cell{ranks[cell]}"]
        yield Spot(path=".".join([*path, f"paragraph{number}"]), text=one_line(_words(paragraph)))


def _ranks(root: Element) -> dict[Element, int]:
    """Of every row and cell, which one it is among its like, from 1; counted in one walk."""
    seen: Counter[tuple[Element | None, str]] = Counter()
    ranks: dict[Element, int] = {}
    for element in root.iter(_TR, _TC):
        like = (element.getparent(), element.tag)
        seen[like] += 1
        ranks[element] = seen[like]
    return ranks


def _words(paragraph: Element) -> str:
    """The paragraph's text, without that of paragraphs inside it (in text boxes)."""
    return "".join(text.text or "" for text in paragraph.iter(_T) if next(text.iterancestors(_P)) is paragraph)
