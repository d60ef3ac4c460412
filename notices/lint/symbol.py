"""Rules of number and symbol (I/1-II.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loa.core.errors import Severity
from notices.document import Kind, Role
from notices.lint.letters import CAPITAL
from notices.lint.observed import ObservedDocument, ObservedSheet
from notices.lint.rule import ISSUED, Found, Rule
from notices.naming import TYPE_CODES

# Phụ lục III, Mục I: the codes of the named types; công văn and thư công have none.
_CODES = "NQ|QĐ|CT|QC|QyĐ|TC|TB|HD|CTr|KH|PA|ĐA|DA|BC|BB|TTr|HĐ|CĐ|BGN|BTT|GUQ|GM|GGT|GNP|PG|PC|PB"
# Those with which no agency's own abbreviation is confused: CT is a tax office too, PC a power company.
_TYPES_ALONE = frozenset(
    {"NQ", "QĐ", "QyĐ", "TB", "HD", "CTr", "KH", "BC", "BB", "TTr", "BGN", "BTT", "GUQ", "GM", "GGT"}
)
_PART = rf"(?:{_CODES}|[{CAPITAL}\d&.]+)"
_SYMBOL = re.compile(rf"Số: (0*[1-9]\d*|\s*)/((?:\d{{4}}/)?{_PART}(?:[-/]{_PART})*)")
_LOOSE = re.compile(r"Số ?: ?(\d*)\s*/\s*(.*)")
_YEAR = re.compile(r"(19|20)\d\d")


def _texts(sheet: ObservedSheet) -> Iterator[tuple[Found, str, str]]:
    """For each number line: what a finding there holds, the number as typed, the symbol."""
    for paragraph in sheet.of(Role.NUMBER):
        shown = " ".join(paragraph.text.split())
        found = _LOOSE.fullmatch(paragraph.text)
        yield Found(at=paragraph, values={"text": shown}), found[1] if found else "", found[2] if found else ""


def _form(sheet: ObservedSheet, document: ObservedDocument) -> Iterator[Found]:
    """R13: capitals, slash and hyphens without spaces; a number, unless it is a draft."""
    for paragraph in sheet.of(Role.NUMBER):
        found = _SYMBOL.fullmatch(paragraph.text)
        is_open = bool(found and not found[1].strip())
        if not found or (is_open and not document.is_draft) or "-" not in found[2]:
            yield Found(at=paragraph, values={"text": " ".join(paragraph.text.split())})


def _leading_zero(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R14: 05, not 5."""
    for found, number, _symbol in _texts(sheet):
        if len(number) == 1 and int(number):
            yield _with(found, wanted=f"{int(number):02d}")


def _more_zeros(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R14: 05, not 005; 12, not 012."""
    for found, number, _symbol in _texts(sheet):
        wanted = f"{int(number):02d}" if number else ""
        if len(number) > len(wanted) and int(number):
            yield _with(found, wanted=wanted)


def _no_code(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R15: a dispatch has no code of type."""
    for found, _number, symbol in _texts(sheet):
        parts = re.split(r"[-/]", symbol)
        code = "CV" if "CV" in parts else parts[0]
        if code == "CV" or code in _TYPES_ALONE:
            yield _with(found, code=code)


def _no_year(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R16: years are for legal normative documents."""
    for found, _number, symbol in _texts(sheet):
        if any(_YEAR.fullmatch(part) for part in re.split(r"[-/]", symbol)):
            yield found


def _type_code(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R17: the code of a named type, in its own capitals, first."""
    wanted = TYPE_CODES[sheet.kind]
    for found, _number, symbol in _texts(sheet):
        if symbol.split("-")[0] != wanted:
            yield _with(found, wanted=wanted)


def _with(found: Found, **values: object) -> Found:
    return Found(at=found.at, values={**found.values, **values})


_NAMED = frozenset(TYPE_CODES)
_DISPATCH = frozenset({Kind.DISPATCH})
RULES = (
    Rule(key="R13", clause="I/1-II.3c", severity=Severity.BREACH, check=_form, kinds=ISSUED),
    Rule(key="R14", clause="I/1-II.3c", severity=Severity.BREACH, check=_leading_zero, kinds=ISSUED),
    Rule(key="R14_zeros", clause="I/1-II.3c", severity=Severity.WARNING, check=_more_zeros, kinds=ISSUED),
    Rule(key="R15", clause="I/1-II.3b", severity=Severity.BREACH, check=_no_code, kinds=_DISPATCH),
    Rule(key="R16", clause="Phụ lục III", severity=Severity.BREACH, check=_no_year, kinds=ISSUED),
    Rule(key="R17", clause="Phụ lục III, Mục I", severity=Severity.BREACH, check=_type_code, kinds=_NAMED),
)
