"""Marks in a filled part become what they stand for: open blanks are highlighted, lists get a paragraph a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.text.run import CT_R
from lxml.etree import _Element as Element

from notices.letterhead.values import GAP_BEGINS, GAP_ENDS, NEW_PARAGRAPH

_MARKS = re.compile(f"([{GAP_BEGINS}{GAP_ENDS}{NEW_PARAGRAPH}])")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_P, _R, _T, _R_PR, _P_PR = (qn(f"w:{name}") for name in ("p", "r", "t", "rPr", "pPr"))
_TBL, _TR, _TC = (qn(f"w:{name}") for name in ("tbl", "tr", "tc"))
_EDGES = (qn("w:hdr"), qn("w:ftr"))


@dataclass(frozen=True, kw_only=True)
class _Piece:
    run: Element
    starts_paragraph: bool


def finish_part(root: Element) -> None:
    """Replace every mark in a filled part, and mend what conditions have emptied; in place."""
    _replace_marks(root)
    for table in [table for table in root.iter(_TBL) if table.find(_TR) is None]:
        table.getparent().remove(table)
    for container in (root, *root.iter(_TC)):
        is_holder = container.tag == _TC or container.tag in _EDGES
        if is_holder and (len(container) == 0 or container[-1].tag != _P):
            container.append(OxmlElement("w:p"))  # Word does not open a cell, header or footer without one


def _replace_marks(root: Element) -> None:
    for run in [run for run in root.iter(_R) if _MARKS.search(_words(run))]:
        pieces = list(_pieces(run))
        parent, place = run.getparent(), run.getparent().index(run)
        parent.remove(run)
        if parent.tag == _P and any(piece.starts_paragraph for piece in pieces):
            _split_paragraph(parent, place, pieces)
            continue
        for piece in pieces:  # inside a link or a field there is no new paragraph, only a new line
            if piece.starts_paragraph:
                piece.run.insert(1 if piece.run.find(_R_PR) is not None else 0, OxmlElement("w:br"))
        parent[place:place] = [piece.run for piece in pieces]


def _split_paragraph(paragraph: Element, place: int, pieces: list[_Piece]) -> None:
    """The pieces in paragraphs that look like theirs; the first goes when no word is left in it."""
    following = list(paragraph)[place:]
    current = paragraph
    for piece in pieces:
        if piece.starts_paragraph:
            made = OxmlElement("w:p")
            if (properties := paragraph.find(_P_PR)) is not None:
                made.append(deepcopy(properties))
            current.addnext(made)
            current = made
        current.append(piece.run)
    current.extend(following)
    if not _words(paragraph).strip() and paragraph.find(f".//{qn('w:drawing')}") is None:
        paragraph.getparent().remove(paragraph)


def _pieces(run: Element) -> Iterator[_Piece]:
    """The run in pieces that look like it: each is all blank or none, and may begin a paragraph."""
    properties = run.find(_R_PR)
    current = _like(properties, is_gap=False)
    starts = is_gap = False
    for token in _tokens(run):
        if not isinstance(token, str):
            current.append(token)
        elif not _MARKS.fullmatch(token):
            current.append(_text(token))
        else:
            if len(current) > (properties is not None):
                yield _Piece(run=current, starts_paragraph=starts)
                starts = False
            starts = starts or token == NEW_PARAGRAPH
            is_gap = token == GAP_BEGINS or (is_gap and token != GAP_ENDS)
            current = _like(properties, is_gap=is_gap)
    if len(current) > (properties is not None) or starts:
        yield _Piece(run=current, starts_paragraph=starts)


def _tokens(run: Element) -> Iterator[str | Element]:
    """Marks, stretches of text, and whatever else stands in a run (tabs, pictures)."""
    for child in run:
        if child.tag == _T:
            yield from (token for token in _MARKS.split(child.text or "") if token)
        elif child.tag != _R_PR:
            yield deepcopy(child)


def _like(properties: Element | None, *, is_gap: bool) -> Element:
    run: CT_R = OxmlElement("w:r")
    if properties is not None:
        run.append(deepcopy(properties))
    if is_gap:
        run.get_or_add_rPr().highlight_val = WD_COLOR_INDEX.YELLOW
    return run


def _text(words: str) -> Element:
    element = OxmlElement("w:t")
    element.text = words
    element.set(_SPACE, "preserve")
    return element


def _words(element: Element) -> str:
    return "".join(text.text or "" for text in element.iter(_T))
