"""Rules of the foot: authority and signer, Nơi nhận (I/1-II.7 and 9)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loa.core.errors import Severity
from notices.document import Kind, Role
from notices.lint.letters import CAPITAL, has_tone
from notices.lint.observed import ObservedDocument, ObservedSheet
from notices.lint.rule import ISSUED, Found, Rule

_CODE = rf"[{CAPITAL}][{CAPITAL}\d&]*"
_FILED = re.compile(rf"- Lưu: VT(, {_CODE}( ?\(\d+[a-z]?\))?)*\.( [{CAPITAL}]+(\.?\(\d+\)\.?)?)?")
_UNITS = re.compile(rf", ({_CODE})")
_TYPED_UNIT = re.compile(rf"({_CODE})(?:[ .]*\(?(\d+[A-Z]?)\b\)?)?")
_TYPED_TAIL = re.compile(rf"\. ?([{CAPITAL}]{{1,3}})\.? ?(\(\d+\))?$")  # drafter, copies issued
_FILED_EXAMPLE = "- Lưu: VT, CCHC. PL.(300)"
_PREFIX = re.compile(r"(TM|KT|TL|TUQ|Q)\. \S")
_ODD_PREFIX = re.compile(r"(TM|KT|TL|TUQ|Q)\b(?!/)")
_DEGREE = re.compile(r"(GS|PGS|TS|ThS|BS|KS|CN)\.")
_DEPUTY = re.compile(r"PHÓ |THỨ TRƯỞNG|(TỔ|ĐỘI|ĐOÀN|BAN|HIỆU) PHÓ\b")
# Of a body as short as a team the head may be called after it: ĐOÀN TRƯỞNG, TỔ PHÓ.
_BODY = re.compile(r"(ỦY BAN|UỶ BAN|UBND|HỘI ĐỒNG|HĐND|CHÍNH PHỦ|(ĐOÀN|BAN|TỔ) (?!(TRƯỞNG|PHÓ)\b)|TẬP THỂ|THƯỜNG TRỰC)")
_OFFICE = re.compile(
    r"(PHÓ |CHỦ TỊCH|GIÁM ĐỐC|BỘ TRƯỞNG|THỨ TRƯỞNG|CHÁNH |TRƯỞNG |VIỆN TRƯỞNG|CỤC TRƯỞNG|VỤ TRƯỞNG|HIỆU TRƯỞNG|"
    r"TỔNG GIÁM ĐỐC|THỦ TƯỚNG|CHI CỤC TRƯỞNG|(ĐỘI|ĐOÀN|BAN|TỔ) (TRƯỞNG|PHÓ)\b)"
)


def _prefix(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R38: a period and a space after the abbreviation."""
    for line in sheet.of(Role.AUTHORITY):
        if _ODD_PREFIX.match(line.text) and not _PREFIX.match(line.text):
            yield Found(at=line, values={"text": line.text})


def _deputy(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R38: after KT. stands a deputy's office."""
    lines = sheet.of(Role.AUTHORITY)
    for index, line in enumerate(lines):
        following = lines[index + 1].text if index + 1 < len(lines) else ""
        if line.text.startswith("KT. ") and not _DEPUTY.match(following):
            yield Found(at=line, values={"text": line.text})


def _on_behalf(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R38: TM. names a body, the others an office; under TM. stands the office of who signs."""
    lines = sheet.of(Role.AUTHORITY)
    for index, line in enumerate(lines):
        prefix, _sign, rest = line.text.partition(". ")
        if prefix == "TM" and _OFFICE.match(rest):
            yield Found(at=line, values={"text": line.text})
        elif prefix == "TM" and index == len(lines) - 1:
            yield Found(at=line, says="R38_alone", values={"text": line.text})
        elif prefix in ("KT", "TL", "TUQ", "Q") and _BODY.match(rest):
            yield Found(at=line, says="R38_office", values={"text": line.text})


def _signer(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R39: a full name, each syllable with one capital (II-I), without rank or degree."""
    for paragraph in sheet.of(Role.SIGNER):
        name = paragraph.text
        syllables = [part for part in re.split(r"[ '’-]", name) if part]
        is_spelled = len(syllables) > 1 and all(s[0].isupper() and s[1:] == s[1:].lower() for s in syllables)
        if name and (_DEGREE.match(name) or not is_spelled):
            yield Found(at=paragraph, values={"text": name})


def _level(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R40: authority on one level with Nơi nhận."""
    labels, lines = sheet.of(Role.RECIPIENTS_LABEL), sheet.of(Role.AUTHORITY)
    if labels and lines and (labels[0].row != lines[0].row or labels[0].row == 0):
        yield Found(at=lines[0], values={"text": lines[0].text})


def _label(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R41: “Nơi nhận:” and nothing else on its line."""
    for label in sheet.of(Role.RECIPIENTS_LABEL):
        if label.text.strip() != "Nơi nhận:":
            yield Found(at=label, values={"text": label.text})


def _entries(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R42: ``- `` before each entry and ``;`` behind it; what is filed is asked for by rule R44."""
    for entry in sheet.of(Role.RECIPIENT)[:-1]:
        if not entry.text.startswith("- ") or not entry.text.endswith(";"):
            yield Found(at=entry, values={"text": entry.text})


def _as_above(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R43: a dispatch sends first to those of Kính gửi."""
    for entry in sheet.of(Role.RECIPIENT)[:1]:
        if not entry.text.startswith("- Như trên"):
            yield Found(at=entry, values={"text": entry.text})


def _nothing_above(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R64: “Như trên” needs a Kính gửi."""
    if sheet.of(Role.TO, Role.TO_ONE):
        return
    for entry in sheet.of(Role.RECIPIENT):
        if entry.text.startswith("- Như trên"):
            yield Found(at=entry, values={"text": entry.text})


def _filing(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R44: the last line files the copy."""
    for entry in sheet.of(Role.RECIPIENT)[-1:]:
        if not _FILED.fullmatch(entry.text):
            yield Found(at=entry, values={"text": entry.text, "wanted": _filed_in_form(entry.text)})


def _filed_in_form(text: str) -> str:
    """The whole line as it should read: units, drafter and copies as typed; an example where that is not clear."""
    typed = text.removeprefix("- Lưu").strip(" :;.")
    tail = _TYPED_TAIL.search(typed)
    units = [
        f"{code} ({copies.lower()})" if copies else code
        for code, copies in _TYPED_UNIT.findall((typed[: tail.start()] if tail else typed).upper())
        if code != "VT"
    ]
    issued = f".{tail[2]}" if tail and tail[2] else ""
    line = f"- Lưu: {', '.join(['VT', *units])}." + (f" {tail[1]}{issued}" if tail else "")
    return line if _FILED.fullmatch(line) and not any(map(has_tone, units)) else _FILED_EXAMPLE


def _filed_units(sheet: ObservedSheet, document: ObservedDocument) -> Iterator[Found]:
    """R44: only units that the agency has."""
    for entry in sheet.of(Role.RECIPIENT)[-1:]:
        for code in _UNITS.findall(entry.text):
            if document.units and code not in document.units:
                yield Found(at=entry, values={"code": code, "known": ", ".join(sorted(document.units))})


def _filed_names(sheet: ObservedSheet, document: ObservedDocument) -> Iterator[Found]:
    """R44: a code made of first letters has no tones; ĐIỂM is somebody's name."""
    for entry in sheet.of(Role.RECIPIENT)[-1:]:
        for code in _UNITS.findall(entry.text):
            if not document.units and has_tone(code):
                yield Found(at=entry, values={"code": code})


def _no_picture(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R49: signature and seal are put there by those who have them."""
    if sheet.pictures_at_signature:
        yield Found(about=Role.SIGNER)


RULES = (
    Rule(key="R38", clause="I/1-II.7b", severity=Severity.BREACH, check=_prefix, kinds=ISSUED),
    Rule(key="R38_deputy", clause="I/1-II.7b", severity=Severity.BREACH, check=_deputy, kinds=ISSUED),
    Rule(
        key="R38_body",
        clause="I/1-II.7b",
        severity=Severity.BREACH,
        check=_on_behalf,
        kinds=ISSUED,
        says=("R38_body", "R38_alone", "R38_office"),
    ),
    Rule(key="R39", clause="I/1-II.7c", severity=Severity.BREACH, check=_signer, kinds=ISSUED),
    Rule(key="R40_level", clause="I/1-II.9d", severity=Severity.BREACH, check=_level, kinds=ISSUED),
    Rule(key="R41", clause="I/1-II.9d", severity=Severity.BREACH, check=_label, kinds=ISSUED),
    Rule(key="R42", clause="I/1-II.9d", severity=Severity.BREACH, check=_entries, kinds=ISSUED),
    Rule(key="R43", clause="I/1-II.9b", severity=Severity.BREACH, check=_as_above, kinds=frozenset({Kind.DISPATCH})),
    Rule(key="R44", clause="I/1-II.9d", severity=Severity.BREACH, check=_filing, kinds=ISSUED),
    Rule(key="R44_unit", clause="I/1-II.9d", severity=Severity.BREACH, check=_filed_units, kinds=ISSUED),
    Rule(key="R44_name", clause="I/1-II.9d", severity=Severity.WARNING, check=_filed_names, kinds=ISSUED),
    Rule(key="R49", clause="I/1-II.7d", severity=Severity.BREACH, check=_no_picture, kinds=ISSUED),
    Rule(key="R64", clause="I/1-II.9b", severity=Severity.WARNING, check=_nothing_above, kinds=ISSUED),
)
