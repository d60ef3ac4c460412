"""Rules of what is typed: Party style, blanks left over, spaces and quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loa.core.errors import Severity
from notices.document import Role
from notices.lint.letters import CAPITAL, SMALL
from notices.lint.observed import WORDED, ObservedDocument, ObservedSheet
from notices.lint.rule import EVERY, ISSUED, Found, Rule

_LETTER = rf"{CAPITAL}{SMALL}"
_PARTY_NAME = "ĐẢNG CỘNG SẢN VIỆT NAM"
_PARTY_NUMBER = re.compile(rf"Số:? *\d*-[{CAPITAL}]+/|Số *\d")
_PARTY_PREFIX = re.compile(r"(T/M|K/T|T/L|TUQ/)")
_PARTY_RULE = re.compile(r"(-{3,}|\*|_{3,}|-*o0o-*)")
_PLACEHOLDER = re.compile(
    r"\[[^\]]*(?:…|\.\.\.|\bghi\b|\bđiền\b|\bnhập\b)[^\]]*\]|\[\s*\]|\bTODO\b|\bFIXME\b|(?i:\blorem ipsum\b)|"
    r"(?<![\w.])(?:x{2,}|X{4,})(?!\w)"  # XX and XXX are Roman numbers
)
_DOTS = r" ?(?:…|\.{2,}) ?"
_BLANK = re.compile(rf"…{{2,}}|\.{{5,}}|_{{3,}}|ngày{_DOTS}tháng|tháng{_DOTS}năm|số{_DOTS}(?:/|ngày)")
_SPACES = re.compile(r"(?<=\S) {2,}(?=\S)")
_BEFORE_MARK = re.compile(rf"[{_LETTER}\d)”] +[,;:]|[{_LETTER}\d)”] +[.!?](?=\s|$)")
_AFTER_MARK = re.compile(rf"[{SMALL}][,;:](?=[{_LETTER}])|[{SMALL}]{{2,}}\.(?=[{CAPITAL}][{SMALL}])")
_BRACKETS = re.compile(r"\( +\S|\S +\)")
_AROUND = 12


def _party(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R54: what only papers of the Party have."""
    for paragraph in sheet.paragraphs:
        text = paragraph.text.strip()
        is_party = (
            (paragraph.role in (Role.NATION, Role.MOTTO, Role.PARENT, Role.ISSUER) and _PARTY_NAME in text.upper())
            or (paragraph.role is Role.NUMBER and _PARTY_NUMBER.match(text))
            or (paragraph.role is Role.AUTHORITY and _PARTY_PREFIX.match(text))
            or _PARTY_RULE.fullmatch(text)
        )
        if is_party:
            yield Found(at=paragraph, values={"text": text})


def _placeholders(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R56: what somebody meant to replace."""
    for paragraph in sheet.within(WORDED | {Role.TITLE, Role.APPENDIX_TITLE, Role.SIGNER}):
        if found := _PLACEHOLDER.search(paragraph.own_words):
            yield Found(at=paragraph, values={"text": found[0]})


def _blanks(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R56: dots to write on, in the text of a paper that goes out; appendices may be forms."""
    for paragraph in sheet.within(WORDED - {Role.CELL, Role.CELL_HEAD, Role.NOTE}):
        if found := _BLANK.search(paragraph.own_words):
            yield Found(at=paragraph, values={"text": found[0]})


def _spaces(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R61: one space between words, none before a mark, one behind it, none inside brackets."""
    for paragraph in sheet.within(WORDED):
        text = paragraph.own_words
        for pattern in (_SPACES, _BEFORE_MARK, _AFTER_MARK, _BRACKETS):
            if found := pattern.search(text):
                shown = paragraph.text[max(found.start() - _AROUND, 0) : found.end() + _AROUND].strip()
                yield Found(at=paragraph, values={"text": shown})
                break


def _quotes(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R61: one kind of quotation marks."""
    straight = [paragraph for paragraph in sheet.within(WORDED) if '"' in paragraph.text]
    if straight and any("“" in paragraph.text for paragraph in sheet.within(WORDED)):
        yield Found(at=straight[0])


RULES = (
    Rule(key="R54", clause="I/1-II", severity=Severity.BREACH, check=_party, kinds=ISSUED),
    Rule(key="R56", clause="", severity=Severity.BREACH, check=_placeholders, kinds=EVERY),
    Rule(key="R56_blank", clause="", severity=Severity.BREACH, check=_blanks, kinds=ISSUED),
    Rule(key="R61", clause="", severity=Severity.WARNING, check=_spaces, kinds=EVERY),
    Rule(key="R61_quotes", clause="", severity=Severity.WARNING, check=_quotes, kinds=EVERY),
)
