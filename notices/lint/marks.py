"""Rules of the marks around the text: urgency, contact (I/1-III.2 to 4)."""

from __future__ import annotations

from collections.abc import Iterator

from loa.core.errors import Severity
from notices.document import Role
from notices.lengths import Mm
from notices.lint.observed import ObservedDocument, ObservedSheet
from notices.lint.rule import ISSUED, Found, Rule
from notices.rules import BLACK, URGENCY_WIDTHS

_HEIGHT = Mm(8)  # I/1-III.2b
_SLACK = 0.3  # mm


def _urgency(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R52: one of three words, in a red rectangle of its size."""
    for mark in sheet.of(Role.URGENCY):
        width = URGENCY_WIDTHS.get(mark.text)
        if width is None:
            yield Found(at=mark, says="R52_word", values={"text": mark.text, "known": ", ".join(URGENCY_WIDTHS)})
            continue
        given = mark.box or (Mm(0), Mm(0))
        if abs(given[0].mm - width.mm) > _SLACK or abs(given[1].mm - _HEIGHT.mm) > _SLACK:
            wanted = f"{width.mm:.0f} × {_HEIGHT.mm:.0f} mm"
            yield Found(at=mark, values={"text": mark.text, "wanted": wanted})
        if any(stretch.colour == BLACK for stretch in mark.printed):
            yield Found(at=mark, says="R52_colour", values={"text": mark.text})


def _contact(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R51: below a line across the page."""
    for line in sheet.of(Role.CONTACT)[:1]:
        if not line.is_ruled_above:
            yield Found(at=line, values={"text": line.text})


RULES = (
    Rule(key="R51", clause="I/1-III.4", severity=Severity.WARNING, check=_contact, kinds=ISSUED),
    Rule(
        key="R52",
        clause="I/1-III.2b",
        severity=Severity.BREACH,
        check=_urgency,
        kinds=ISSUED,
        says=("R52", "R52_word", "R52_colour"),
    ),
)
