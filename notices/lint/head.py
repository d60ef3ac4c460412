"""Rules of the head: Quốc hiệu, issuer, place and date, type and subject (I/1-II.1 to 5)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from loa.core.errors import Severity
from notices import rules
from notices.document import Kind, Role
from notices.fonts import missing, text_width
from notices.lint.letters import CAPITAL
from notices.lint.observed import ObservedDocument, ObservedParagraph, ObservedSheet
from notices.lint.rule import DECREED, ISSUED, Found, Rule
from notices.naming import TYPE_NAMES

_NATIONS = (rules.NATION, rules.NATION.replace("HÒA", "HOÀ"))
_LONGEST_SUBJECT = 500  # VI/2-I: length of the field Subject
_WHOLE, _PART = (0.95, 1.05), (1 / 3, 1 / 2)  # of the text: I/1-II.1b; I/1-II.2b, 5b
_SLACK = 0.005
_SUBJECT_GAP = 6  # pt, I/1-II.5b
# Blanks where the registry writes; months 1 and 2 have a zero, 3 to 9 none (rule R20).
_DATE = re.compile(rf"[{CAPITAL}][^,]*, ngày (0[1-9]|[12]\d|3[01]|\s+) tháng (0?[1-9]|1[0-2]|\s+) năm \d{{4}}")
_FULL_DATE = re.compile(r"ngày (\d{1,2}) tháng (\d{1,2}) năm (\d{4})")
_MONTH = re.compile(r"tháng (0[3-9]|[12])(?= năm)")
_SHORT_PLACE = re.compile(r"T\.?([Pp](HCM)?|[Xx])\b\.?|[QPH]\.")
_NAMED = frozenset({Kind.NOTICE, Kind.REPORT})


def _nation(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R08: once, word for word, on page 1, on one line."""
    found = sheet.of(Role.NATION)
    if len(found) != (1 if sheet.kind in ISSUED else 0):
        yield Found(about=Role.NATION, says="R08_count", values={"count": len(found)})
    for paragraph in found:
        if paragraph.text not in _NATIONS:
            yield Found(at=paragraph, values={"text": paragraph.text, "wanted": rules.NATION})
        elif _is_too_long(paragraph):
            yield Found(at=paragraph, says="R08_wrapped", values={"text": paragraph.text})


def _is_too_long(paragraph: ObservedParagraph) -> bool:
    """Whether the words are wider than their column."""
    width = sum(
        text_width(stretch.text, stretch.size, bold=stretch.bold, italic=stretch.italic)
        for stretch in paragraph.printed
        if not missing(stretch.text)
    )
    return paragraph.room.pt > 0 and width > paragraph.room.pt


def _motto(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R09: hyphens with a space on either side, no dashes."""
    for paragraph in sheet.of(Role.MOTTO):
        if paragraph.text != rules.MOTTO:
            yield Found(at=paragraph, values={"text": paragraph.text, "wanted": rules.MOTTO})
    if sheet.of(Role.NATION) and not sheet.of(Role.MOTTO):
        yield Found(about=Role.MOTTO, values={"text": "", "wanted": rules.MOTTO})


def _line_below(sheet: ObservedSheet, role: Role, span: tuple[float, float]) -> Iterator[Found]:
    """A line below the last paragraph of a role, of a length within ``span`` of its text."""
    low, high = span
    for paragraph in sheet.of(role)[-1:]:
        if not low - _SLACK <= paragraph.rule <= high + _SLACK:
            yield Found(at=paragraph, values={"text": paragraph.text, "given": f"{paragraph.rule:.2f}"})


def _motto_line(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R10."""
    yield from _line_below(sheet, Role.MOTTO, _WHOLE)


def _issuer_line(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R12."""
    yield from _line_below(sheet, Role.ISSUER, _PART)


def _subject_line(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R24: the line below the subject of a named type."""
    yield from _line_below(sheet, Role.NAMED_SUBJECT, _PART)


def _equal_sizes(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R11: the body above and the issuer in one size."""
    sizes = {size for p in sheet.of(Role.PARENT, Role.ISSUER, Role.ISSUER_LINE) for size in p.sizes}
    if len(sizes) > 1:
        shown = ", ".join(f"{size:g}" for size in sorted(sizes))
        yield Found(about=Role.ISSUER, values={"sizes": shown})


def _date_form(sheet: ObservedSheet, document: ObservedDocument) -> Iterator[Found]:
    """R19: complete, unless it is a draft."""
    for paragraph in sheet.of(Role.PLACE_DATE):
        found = _DATE.fullmatch(paragraph.text)
        if not found or (not document.is_draft and not (found[1].strip() and found[2].strip())):
            yield Found(at=paragraph, values={"text": " ".join(paragraph.text.split())})


def _date_month(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R20."""
    for paragraph in sheet.of(Role.PLACE_DATE):
        if found := _MONTH.search(paragraph.text):
            month = int(found[1])
            wanted = f"{month:02d}" if month < 3 else str(month)
            yield Found(at=paragraph, values={"text": found[0], "wanted": f"tháng {wanted}"})


def _date_exists(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R21: a day that the calendar has."""
    for paragraph in sheet.of(Role.PLACE_DATE):
        if found := _FULL_DATE.search(paragraph.text):
            try:
                date(int(found[3]), int(found[2]), int(found[1]))
            except ValueError:
                yield Found(at=paragraph, values={"text": found[0]})


def _place(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R22: no abbreviated place."""
    for paragraph in sheet.of(Role.PLACE_DATE):
        if found := _SHORT_PLACE.match(paragraph.text):
            yield Found(at=paragraph, values={"text": paragraph.text.partition(",")[0], "short": found[0]})


def _one_level(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R23."""
    rows = {paragraph.row for paragraph in sheet.of(Role.NUMBER, Role.PLACE_DATE)}
    if len(rows) != 1 or 0 in rows:
        yield Found(about=Role.PLACE_DATE)


def _named_type(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R24: the name of the type, and the subject directly below it."""
    wanted = TYPE_NAMES[sheet.kind].upper()
    roles = [paragraph.role for paragraph in sheet.paragraphs]
    names = sheet.of(Role.TYPE_NAME)
    if [name.text for name in names] != [wanted]:
        yield Found(about=Role.TYPE_NAME, says="R24_name", values={"wanted": wanted})
    elif roles[roles.index(Role.TYPE_NAME) + 1 :][:1] != [Role.NAMED_SUBJECT]:
        yield Found(about=Role.NAMED_SUBJECT, says="R24_below", values={"wanted": wanted})


def _no_heading(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R25: a dispatch does not say what it is."""
    for paragraph in sheet.paragraphs:
        if paragraph.role is Role.TYPE_NAME or paragraph.text.strip().upper() == "CÔNG VĂN":
            yield Found(at=paragraph, values={"text": paragraph.text})


def _dispatch_subject(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R26: “V/v ” below the number."""
    subjects = sheet.of(Role.SUBJECT)
    if not subjects:
        yield Found(about=Role.SUBJECT, values={"text": ""})
    for paragraph in subjects:
        if not re.match(r"V/v \S", paragraph.text):
            yield Found(at=paragraph, values={"text": paragraph.text})


def _subject_gap(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R26: 6 pt from the number."""
    for paragraph in sheet.of(Role.SUBJECT):
        if paragraph.before.pt < _SUBJECT_GAP:
            yield Found(at=paragraph, values={"given": f"{paragraph.before.pt:g}"})


def _subject_end(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R27: no full stop."""
    for paragraph in sheet.of(Role.SUBJECT, Role.NAMED_SUBJECT):
        if paragraph.text.endswith("."):
            yield Found(at=paragraph, values={"text": paragraph.text})


def _subject_length(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R27: no longer than the registry's field."""
    for paragraph in sheet.of(Role.SUBJECT, Role.NAMED_SUBJECT):
        length = len(paragraph.text.removeprefix("V/v "))
        if length > _LONGEST_SUBJECT:
            yield Found(at=paragraph, values={"length": length, "limit": _LONGEST_SUBJECT})


def _named_subject(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R63: “V/v” is for dispatches."""
    for paragraph in sheet.of(Role.NAMED_SUBJECT):
        if paragraph.text.lower().startswith("v/v"):
            yield Found(at=paragraph, values={"text": paragraph.text})


_DISPATCH = frozenset({Kind.DISPATCH})
RULES = (
    Rule(
        key="R08",
        clause="I/1-II.1a",
        severity=Severity.BREACH,
        check=_nation,
        says=("R08", "R08_count", "R08_wrapped"),
    ),
    Rule(key="R09", clause="I/1-II.1b", severity=Severity.BREACH, check=_motto, kinds=ISSUED),
    Rule(key="R10", clause="I/1-II.1b", severity=Severity.BREACH, check=_motto_line, kinds=ISSUED),
    Rule(key="R11_sizes", clause="I/1-II.2b", severity=Severity.BREACH, check=_equal_sizes, kinds=ISSUED),
    Rule(key="R12", clause="I/1-II.2b", severity=Severity.BREACH, check=_issuer_line, kinds=ISSUED),
    Rule(key="R19", clause="I/1-II.4b", severity=Severity.BREACH, check=_date_form, kinds=ISSUED),
    Rule(key="R20", clause="I/1-II.4b", severity=Severity.BREACH, check=_date_month, kinds=ISSUED),
    Rule(key="R21", clause="I/1-II.4b", severity=Severity.BREACH, check=_date_exists, kinds=ISSUED),
    Rule(key="R22", clause="I/1-II.4c", severity=Severity.BREACH, check=_place, kinds=ISSUED),
    Rule(key="R23", clause="I/1-II.4c", severity=Severity.BREACH, check=_one_level, kinds=ISSUED),
    Rule(
        key="R24",
        clause="I/1-II.5b",
        severity=Severity.BREACH,
        check=_named_type,
        kinds=_NAMED,
        says=("R24_name", "R24_below"),
    ),
    Rule(key="R24_line", clause="I/1-II.5b", severity=Severity.BREACH, check=_subject_line, kinds=_NAMED),
    Rule(key="R25", clause="Phụ lục III, Mẫu 1.5", severity=Severity.BREACH, check=_no_heading, kinds=_DISPATCH),
    Rule(key="R26", clause="I/1-II.5b", severity=Severity.BREACH, check=_dispatch_subject, kinds=_DISPATCH),
    Rule(key="R26_gap", clause="I/1-II.5b", severity=Severity.WARNING, check=_subject_gap, kinds=_DISPATCH),
    Rule(key="R27", clause="I/1-V", severity=Severity.WARNING, check=_subject_end, kinds=DECREED),
    Rule(key="R27_length", clause="VI/2-I", severity=Severity.WARNING, check=_subject_length, kinds=DECREED),
    Rule(key="R63", clause="I/1-II.5b", severity=Severity.WARNING, check=_named_subject, kinds=_NAMED),
)
