"""Format rules asked of a Document, wherever it came from. Identifiers as in the table of rules in docs/rules.md."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from loa.core.errors import Severity
from notices.document import Closing, Document, Paragraph, Role, Sheet
from notices.walk import paragraphs_of

_RUNNING = {Role.BODY, Role.CLAUSE, Role.POINT, Role.DASH, Role.HEADING}
_LONGEST_SUBJECT = 500  # VI/2-I: length of the field Subject
# The capitals of the Vietnamese alphabet, which Python's expressions have no class for.
_CAPITAL = "A-Z" + "".join(c for c in map(chr, range(0xC0, 0x1EFA)) if c.isupper())
_CODE = rf"[{_CAPITAL}][{_CAPITAL}\d&]*"
_LUU = re.compile(rf"- Lưu: VT(, {_CODE}( ?\(\d+[a-z]?\))?)*\.( [{_CAPITAL}]+\.?\(\d+\)\.?)?")
_PREFIX = re.compile(r"(TM|KT|TL|TUQ|Q)\. \S")
_ODD_PREFIX = re.compile(r"(TM|KT|TL|TUQ|Q|T/M|K/T|T/L)\b")
_DEGREE = re.compile(r"(GS|PGS|TS|ThS|BS|KS|CN)\.")
# not "ban hành kèm theo Quyết định số …", which speaks of another paper
_POINTER = re.compile(r"phụ lục|kèm(?! theo (?:Quyết định|Kế hoạch|Nghị quyết|Thông tư|Nghị định))", re.IGNORECASE)
_DEPUTY = ("PHÓ ", "THỨ TRƯỞNG")


@dataclass(frozen=True, kw_only=True)
class Breach:
    """A rule that a document breaks: ``problem.rule.<rule>`` is its sentence."""

    rule: str
    severity: Severity
    sheet: str
    values: dict[str, object] = field(default_factory=dict)


def find_breaches(document: Document) -> list[Breach]:
    """Every rule that the document breaks, in the order of its pages."""
    return [breach for sheet in document.sheets for rule in _RULES for breach in rule(sheet, document)]


def _subject(sheet: Sheet, _: Document) -> Iterator[Breach]:
    """R27: no full stop after the trích yếu, and not too long for the registry's field."""
    for text in _texts(sheet, Role.SUBJECT):
        if text.endswith("."):
            yield Breach(rule="R27", severity=Severity.WARNING, sheet=sheet.name, values={"text": text})
        if len(text.removeprefix("V/v ")) > _LONGEST_SUBJECT:
            values: dict[str, object] = {"length": len(text), "limit": _LONGEST_SUBJECT}
            yield Breach(rule="R27_length", severity=Severity.WARNING, sheet=sheet.name, values=values)


def _end_mark(sheet: Sheet, _: Document) -> Iterator[Breach]:
    """R37: ``./.`` once, directly after the last word."""
    texts = [p.text for p in paragraphs_of(sheet.blocks) if p.role in _RUNNING]
    count = sum(text.count("./.") for text in texts)
    if count != 1:
        yield Breach(rule="R37", severity=Severity.WARNING, sheet=sheet.name, values={"count": count})
    elif not texts[-1].endswith("./.") or texts[-1].endswith(" ./."):
        yield Breach(rule="R37_place", severity=Severity.WARNING, sheet=sheet.name)


def _authority(sheet: Sheet, _: Document) -> Iterator[Breach]:
    """R38: an abbreviation of authority has a period and a space; after KT. stands a deputy's office."""
    lines = _texts(sheet, Role.AUTHORITY)
    for index, line in enumerate(lines):
        if _ODD_PREFIX.match(line) and not _PREFIX.match(line):
            yield Breach(rule="R38", severity=Severity.BREACH, sheet=sheet.name, values={"text": line})
        following = lines[index + 1] if index + 1 < len(lines) else ""
        if line.startswith("KT. ") and not following.startswith(_DEPUTY):
            yield Breach(rule="R38_deputy", severity=Severity.BREACH, sheet=sheet.name, values={"text": line})


def _signer(sheet: Sheet, _: Document) -> Iterator[Breach]:
    """R39: a full name, each syllable with a capital, without degree."""
    for name in _texts(sheet, Role.SIGNER):
        syllables = [part for part in re.split(r"[ '’-]", name) if part]
        if (
            _DEGREE.match(name)
            or len(syllables) < 2
            or not all(s[0].isupper() and s[1:] == s[1:].lower() for s in syllables)
        ):
            yield Breach(rule="R39", severity=Severity.BREACH, sheet=sheet.name, values={"text": name})


def _filing(sheet: Sheet, _: Document) -> Iterator[Breach]:
    """R44: the last line of Nơi nhận files the copy: ``- Lưu: VT, CCHC.``"""
    for closing in (block for block in sheet.blocks if isinstance(block, Closing)):
        last = closing.recipients[-1].text
        if not _LUU.fullmatch(last):
            yield Breach(rule="R44", severity=Severity.BREACH, sheet=sheet.name, values={"text": last})


def _pointer(sheet: Sheet, document: Document) -> Iterator[Breach]:
    """R45: the text of a dispatch speaks of its appendices."""
    if sheet is not document.sheets[0] or len(document.sheets) == 1:
        return
    if not any(_POINTER.search(p.text) for p in paragraphs_of(sheet.blocks) if p.role in _RUNNING):
        yield Breach(rule="R45", severity=Severity.BREACH, sheet=sheet.name, values={"count": len(document.sheets) - 1})


_RULES: tuple[Callable[[Sheet, Document], Iterator[Breach]], ...] = (
    _subject,
    _end_mark,
    _authority,
    _signer,
    _filing,
    _pointer,
)


def _texts(sheet: Sheet, role: Role) -> list[str]:
    return [p.text for p in paragraphs_of(sheet.blocks) if isinstance(p, Paragraph) and p.role is role]
