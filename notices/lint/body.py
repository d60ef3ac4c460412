"""Rules of the text: indents, spacing, one size, legal bases, the end mark (I/1-II.6)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from loa.core.errors import Severity
from notices.document import Role
from notices.lint.observed import RUNNING, ObservedDocument, ObservedSheet
from notices.lint.rule import EVERY, ISSUED, Found, Rule

_INDENTS = (10.0, 12.7)  # mm
_INDENT_SLACK = 0.5  # mm
_GAP = 6.0  # pt
_SINGLE = 1.149  # Times New Roman: height of a single line, as a part of its size
_SPACING = (1.0, 1.5)  # of a single line
_SLACK = 0.02
END_MARK = "./."


def _indent(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R30: the first line stands 1 cm or 1.27 cm in."""
    for paragraph in sheet.within(RUNNING):
        given = paragraph.left.mm + paragraph.first.mm
        if all(abs(given - wanted) > _INDENT_SLACK for wanted in _INDENTS):
            yield Found(at=paragraph, values={"text": paragraph.text[:60], "given": f"{given / 10:.2f}"})


def _spacing(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R30: at least 6 pt between two paragraphs of the text."""
    for above, below in pairwise(sheet.paragraphs):
        gap = above.after.pt + below.before.pt
        if above.role in RUNNING and below.role in RUNNING and gap < _GAP - _SLACK:
            yield Found(at=below, values={"text": below.text[:60], "given": f"{gap:g}"})


def _leading(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R30: single to one and a half lines."""
    low, high = _SPACING
    for paragraph in sheet.within(RUNNING):
        lines = paragraph.leading.pt / (_SINGLE * max(paragraph.sizes, default=1.0))
        if paragraph.sizes and not low - _SLACK <= lines <= high + _SLACK:
            yield Found(at=paragraph, values={"text": paragraph.text[:60], "given": f"{lines:.2f}"})


def _one_size(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R31."""
    sizes = {size for paragraph in sheet.within(RUNNING) for size in paragraph.sizes}
    if len(sizes) > 1:
        yield Found(about=Role.BODY, values={"sizes": ", ".join(f"{size:g}" for size in sorted(sizes))})


def _bases(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R32: each legal basis ends with ``;``, the last one with ``.``"""
    bases = sheet.of(Role.BASIS)
    for index, paragraph in enumerate(bases):
        end = "." if index == len(bases) - 1 else ";"
        if not paragraph.text.endswith(end):
            yield Found(at=paragraph, values={"text": paragraph.text, "end": end})


def _end_mark(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R37: ``./.`` once."""
    count = sum(paragraph.text.count(END_MARK) for paragraph in sheet.within(RUNNING))
    if count == 0:
        yield Found(about=Role.BODY, says="R37_none")
    elif count > 1:
        yield Found(about=Role.BODY, values={"count": count})


def _end_place(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R37: directly after the last word of the text, and nowhere behind it."""
    texts = [paragraph.text for paragraph in sheet.within(RUNNING)]
    if sum(text.count(END_MARK) for text in texts) != 1:
        return
    if not texts[-1].endswith(END_MARK) or texts[-1].endswith(" ./."):
        yield Found(about=Role.BODY)
    for paragraph in sheet.of(Role.RECIPIENT, Role.SIGNER, Role.SIGN_OFF):
        if paragraph.text.endswith(END_MARK):
            yield Found(at=paragraph)


RULES = (
    Rule(key="R30_indent", clause="I/1-II.6e", severity=Severity.BREACH, check=_indent),
    Rule(key="R30_spacing", clause="I/1-II.6e", severity=Severity.BREACH, check=_spacing),
    Rule(key="R30_leading", clause="I/1-II.6e", severity=Severity.BREACH, check=_leading),
    Rule(key="R31", clause="", severity=Severity.WARNING, check=_one_size),
    Rule(key="R32", clause="I/1-II.6a", severity=Severity.BREACH, check=_bases, kinds=ISSUED),
    Rule(
        key="R37",
        clause="Phụ lục III",
        severity=Severity.WARNING,
        check=_end_mark,
        kinds=EVERY,
        says=("R37", "R37_none"),
    ),
    Rule(key="R37_place", clause="Phụ lục III", severity=Severity.WARNING, check=_end_place, kinds=EVERY),
)
