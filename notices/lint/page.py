"""Rules of the page: paper, margins, font, characters, colour, page numbers (I/1-I)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from loa.core.errors import Severity
from loa.core.text import forbidden_characters
from notices.document import Role
from notices.lint.observed import ObservedDocument, ObservedSheet, Zone
from notices.lint.rule import EVERY, Found, Rule
from notices.rules import BLACK, Align

_PAPER = (210.0, 297.0)  # mm
_PAPER_SLACK, _MARGIN_SLACK = 0.5, 0.3  # mm
_MARGINS = {"top": (20, 25), "bottom": (20, 25), "left": (30, 35), "right": (15, 20)}  # mm
_NUMBER_SIZES = (13, 14)  # pt
FONT = "Times New Roman"
TWINS = frozenset({"Tinos", "Liberation Serif"})  # of the same widths
COLOURED = frozenset({Role.URGENCY})  # I/1-III.2b: bright red


def _paper(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R01."""
    size = (sheet.page.width.mm, sheet.page.height.mm)
    if any(abs(given - wanted) > _PAPER_SLACK for given, wanted in zip(sorted(size), _PAPER, strict=True)):
        yield Found(values={"width": f"{size[0]:.0f}", "height": f"{size[1]:.0f}"})


def _landscape(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R02."""
    if sheet.page.width.pt > sheet.page.height.pt and not sheet.tables:
        yield Found()


def _margins(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R03."""
    for side, (low, high) in _MARGINS.items():
        given = getattr(sheet.page, side).mm
        if not low - _MARGIN_SLACK <= given <= high + _MARGIN_SLACK:
            yield Found(says=f"R03_{side}", values={"given": f"{given:.1f}", "wanted": f"{low}–{high}"})


def _fonts(sheet: ObservedSheet) -> list[str]:
    """The faces of a sheet but the right one, each once."""
    fonts = dict.fromkeys(stretch.font for p in sheet.paragraphs for stretch in p.printed)
    return [font for font in fonts if font != FONT]


def _font(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R04."""
    for font in _fonts(sheet):
        if font not in TWINS:
            yield Found(values={"font": font})


def _twin(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R04, of a face with the same widths: nothing moves, but it is another face."""
    for font in _fonts(sheet):
        if font in TWINS:
            yield Found(values={"font": font})


def _characters(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R05."""
    for paragraph in sheet.paragraphs:
        text = paragraph.text
        odd = forbidden_characters(unicodedata.normalize("NFC", text))
        if odd or not unicodedata.is_normalized("NFC", text):
            yield Found(at=paragraph, values={"text": text[:60], "characters": ", ".join(odd) or "NFD"})


def _colour(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R06."""
    for paragraph in sheet.paragraphs:
        colours = {stretch.colour for stretch in paragraph.printed} - {BLACK}
        if colours and paragraph.role not in COLOURED:
            yield Found(at=paragraph, values={"text": paragraph.text, "colour": ", ".join(sorted(colours))})


def _page_number(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R07."""
    numbers = sheet.numbers
    if numbers is None:
        yield Found(says="R07_none")
        return
    look = numbers.look
    low, high = _NUMBER_SIZES
    if look.zone is not Zone.HEADER or look.align is not Align.CENTRE:
        yield Found(says="R07_place")
    if any(not low <= stretch.size <= high or stretch.italic for stretch in look.printed):
        yield Found(says="R07_look")
    if numbers.on_first:
        yield Found(says="R07_first")


def _restart(sheet: ObservedSheet, document: ObservedDocument) -> Iterator[Found]:
    """R48."""
    if sheet is not document.main and sheet.numbers and not sheet.numbers.restarts:
        yield Found()


RULES = (
    Rule(key="R01", clause="I/1-I.1", severity=Severity.BREACH, check=_paper),
    Rule(key="R02", clause="I/1-I.2", severity=Severity.WARNING, check=_landscape),
    Rule(
        key="R03",
        clause="I/1-I.3",
        severity=Severity.BREACH,
        check=_margins,
        says=("R03_top", "R03_bottom", "R03_left", "R03_right"),
    ),
    Rule(key="R04", clause="I/1-I.4", severity=Severity.BREACH, check=_font, kinds=EVERY),
    Rule(key="R04_twin", clause="I/1-I.4", severity=Severity.WARNING, check=_twin, kinds=EVERY),
    Rule(key="R05", clause="I/1-I.4", severity=Severity.BREACH, check=_characters, kinds=EVERY),
    Rule(key="R06", clause="I/1-I.4", severity=Severity.BREACH, check=_colour, kinds=EVERY),
    Rule(
        key="R07",
        clause="I/1-I.7",
        severity=Severity.BREACH,
        check=_page_number,
        says=("R07_none", "R07_place", "R07_look", "R07_first"),
    ),
    Rule(key="R48", clause="I/1-III.1đ", severity=Severity.BREACH, check=_restart),
)
