"""Rules of Kính gửi (I/1-II.9b to 9d)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from loa.core.errors import Severity
from notices.document import Kind, Role
from notices.fonts import text_width
from notices.lengths import Mm
from notices.lint.observed import ObservedDocument, ObservedParagraph, ObservedSheet
from notices.lint.rule import ISSUED, Found, Rule

_ANY = (Role.TO, Role.TO_ONE, Role.TO_ITEM, Role.TO_LAST)
_ITEMS = (Role.TO_ITEM, Role.TO_LAST)
_OFF = Mm(2)  # how far a dash may stand from the colon


def _allowed(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R28: a dispatch has it, a notice has none."""
    found = sheet.of(*_ANY)
    if sheet.kind is Kind.DISPATCH and not found:
        yield Found(about=Role.TO, says="R28_none")
    if sheet.kind is Kind.NOTICE and found:
        yield Found(at=found[0])


def _form(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R29: one addressee on the same line; several below, ``- `` before, ``;`` behind, ``.`` behind the last."""
    for paragraph in sheet.of(Role.TO_ONE):
        if not paragraph.text.startswith("Kính gửi: ") or paragraph.text.endswith((";", ".", ",")):
            yield Found(at=paragraph, says="R29_one", values={"text": paragraph.text})
    for label in sheet.of(Role.TO):
        if label.text.strip() != "Kính gửi:":
            yield Found(at=label, says="R29_label", values={"text": label.text})
    yield from _items(sheet.of(*_ITEMS))


def _items(items: Sequence[ObservedParagraph]) -> Iterator[Found]:
    if len(items) == 1:
        yield Found(at=items[0], says="R29_single", values={"text": items[0].text})
    for index, item in enumerate(items):
        end = "." if index == len(items) - 1 else ";"
        if not item.text.startswith("- ") or not item.text.endswith(end):
            yield Found(at=item, values={"text": item.text, "end": end})


def _aligned(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R29: the dashes stand below each other and below the colon."""
    items = sheet.of(*_ITEMS)
    for label in sheet.of(Role.TO)[:1]:
        colon = label.left.pt + label.first.pt + text_width("Kính gửi", max(label.sizes, default=0.0))
        for item in items:
            dash = item.left.pt + item.first.pt
            if abs(dash - colon) > _OFF.pt:
                yield Found(at=item, values={"text": item.text})


RULES = (
    Rule(
        key="R28",
        clause="I/1-II.9b",
        severity=Severity.BREACH,
        check=_allowed,
        kinds=ISSUED,
        says=("R28", "R28_none"),
    ),
    Rule(
        key="R29",
        clause="I/1-II.9d",
        severity=Severity.BREACH,
        check=_form,
        kinds=ISSUED,
        says=("R29", "R29_one", "R29_label", "R29_single"),
    ),
    Rule(key="R29_dashes", clause="I/1-II.9d", severity=Severity.BREACH, check=_aligned, kinds=ISSUED),
)
