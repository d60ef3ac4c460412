"""Rules of the numbers before headings, clauses and points (I/1-II.6c to 6đ)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from loa.core.errors import Severity
from notices.components import roman
from notices.document import Role
from notices.lint.observed import RUNNING, ObservedDocument, ObservedParagraph, ObservedSheet
from notices.lint.rule import Found, Rule

LETTERS = "abcdđeghiklmnopqrstuvxy"  # of points, as the decree itself counts: no f, j, w, z
_NUMBERED = RUNNING | {Role.PART}
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


class Level(IntEnum):
    """What is numbered, from the largest part to the smallest."""

    PART = 0
    CHAPTER = 1
    SECTION = 2
    SUBSECTION = 3
    HEADING = 4
    ARTICLE = 5
    CLAUSE = 6
    SUBCLAUSE = 7
    POINT = 8


_WORDS = {"Phần": Level.PART, "Chương": Level.CHAPTER, "Mục": Level.SECTION, "Tiểu mục": Level.SUBSECTION}
_RUNNING_ON = {Level.ARTICLE, Level.CHAPTER}  # counted through the whole paper; chapters may begin anew in a part
_ROMAN_LEVELS = {Level.PART, Level.CHAPTER}
_ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_PART = re.compile(rf"(Phần|Chương|Mục|Tiểu mục) (?:([IVXLC]+|\d+)|thứ ({'|'.join(_ORDINALS)}))\b")
_HEADING = re.compile(r"([IVXLC]+)\.\s")
_ARTICLE = re.compile(r"Điều (\d+)\.")
_CLAUSE = re.compile(r"(\d{1,3})\.\s")
_SUBCLAUSE = re.compile(r"(\d{1,3})\.(\d{1,2})\.\s")
_POINT = re.compile(rf"([{LETTERS}])\) ")
_FOREIGN_POINT = re.compile(r"([fjwzăâêôơư])\) ")
_UNTITLED = re.compile(r"(?:Điều \d+|[IVXLC]+)\.?")
_SHOWN = 40
_SPOKEN_LIKE = {Level.HEADING, Level.ARTICLE}  # sentences begin so too: “C. Mác”, “Điều 5. của Luật”
_NEAR = 2  # what differs by more from every other number of its level is probably none


@dataclass(frozen=True, slots=True)
class _Number:
    """A number at the head of a paragraph; ``parent`` is what stands before the dot of 2.1."""

    level: Level
    value: int
    parent: int = 0

    def label(self, value: int) -> str:
        """Another number of this kind, as it is written."""
        match self.level:
            case Level.PART | Level.CHAPTER | Level.SECTION | Level.SUBSECTION:
                word = next(word for word, level in _WORDS.items() if level is self.level)
                return f"{word} {roman(value) if self.level in _ROMAN_LEVELS else value}"
            case Level.HEADING:
                return f"{roman(value)}."
            case Level.ARTICLE:
                return f"Điều {value}."
            case Level.SUBCLAUSE:
                return f"{self.parent}.{value}."
            case Level.POINT:
                return f"{LETTERS[min(value, len(LETTERS)) - 1]})"
        return f"{value}."


def _read(paragraph: ObservedParagraph) -> _Number | None:
    text = paragraph.text
    if paragraph.role is Role.PART:
        found = _PART.match(text)
        return _Number(_WORDS[found[1]], _value(found[2] or found[3])) if found else None
    if found := _SUBCLAUSE.match(text):
        return _Number(Level.SUBCLAUSE, int(found[2]), int(found[1]))
    for pattern, level in ((_ARTICLE, Level.ARTICLE), (_CLAUSE, Level.CLAUSE)):
        if found := pattern.match(text):
            return _Number(level, int(found[1]))
    if found := _HEADING.match(text):
        return _Number(Level.HEADING, _value(found[1]))
    if found := _POINT.match(text):
        return _Number(Level.POINT, LETTERS.index(found[1]) + 1)
    return None


def _value(number: str) -> int:
    """12 and XII are twelve, “hai” is two."""
    if number.isdecimal():
        return int(number)
    if number in _ORDINALS:
        return _ORDINALS.index(number) + 1
    values = [_ROMAN[letter] for letter in number]
    return sum(
        -value if any(later > value for later in values[index + 1 :]) else value for index, value in enumerate(values)
    )


def _sequence(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R35: each number follows the one before; a new list begins at 1 or a."""
    last: dict[Level, int] = {}
    restartable: set[Level] = set()  # levels of which plain text has interrupted the list
    alone = {id(paragraph) for paragraph in _alone(sheet)}
    for paragraph in sheet.within(_NUMBERED):
        number = _read(paragraph)
        if number is None or id(paragraph) in alone:
            if paragraph.role is Role.BODY:
                restartable |= {Level.CLAUSE, Level.SUBCLAUSE, Level.POINT}
            continue
        wanted = _wanted(number, last, restartable)
        if number.value != wanted:
            yield Found(at=paragraph, values={"text": paragraph.text[:_SHOWN], "wanted": number.label(wanted)})
        elif number.level is Level.SUBCLAUSE and number.parent != last.get(Level.CLAUSE, number.parent):
            shown = f"{last[Level.CLAUSE]}.{number.value}."
            yield Found(at=paragraph, values={"text": paragraph.text[:_SHOWN], "wanted": shown})
        last[number.level] = number.value
        restartable.discard(number.level)
        for level in Level:
            if level > number.level and level not in _RUNNING_ON:
                last.pop(level, None)
        if number.level is Level.PART:
            restartable.add(Level.CHAPTER)


def _wanted(number: _Number, last: dict[Level, int], restartable: set[Level]) -> int:
    begins_anew = number.value == 1 and number.level in restartable
    return 1 if begins_anew else last.get(number.level, 0) + 1


def _alone(sheet: ObservedSheet) -> Iterator[ObservedParagraph]:
    """Paragraphs that begin like a heading, though no number of their level stands near theirs."""
    read = [(p, number) for p in sheet.within(_NUMBERED) if (number := _read(p)) and number.level in _SPOKEN_LIKE]
    for index, (paragraph, number) in enumerate(read):
        others = (other.value for _p, other in read[:index] + read[index + 1 :] if other.level is number.level)
        if number.value > 1 and all(abs(value - number.value) > _NEAR for value in others):
            yield paragraph


def _standing_alone(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R35: what begins like a heading is one; a sentence that only looks so is worded otherwise."""
    for paragraph in _alone(sheet):
        yield Found(at=paragraph, values={"text": paragraph.text[:_SHOWN]})


def _kind_of_number(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R35: Roman numbers for parts and chapters, Arabic ones for sections."""
    for paragraph in sheet.of(Role.PART):
        if found := _PART.match(paragraph.text):
            level = _WORDS[found[1]]
            wanted = _Number(level, 1).label(_value(found[2] or found[3]))
            if found[0] != wanted:
                yield Found(at=paragraph, values={"text": found[0], "wanted": wanted})


def _letters(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R35: points have the letters of the decree."""
    for paragraph in sheet.within(RUNNING):
        if found := _FOREIGN_POINT.match(paragraph.text):
            yield Found(at=paragraph, values={"text": paragraph.text[:_SHOWN], "letter": found[1]})


def _titles(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R36: what heads a part of the text has a title."""
    for index, paragraph in enumerate(sheet.paragraphs):
        if paragraph.role is Role.PART:
            following = sheet.paragraphs[index + 1 : index + 2]
            if not any(p.role is Role.PART_TITLE and p.text.strip() for p in following):
                yield Found(at=paragraph, values={"text": paragraph.text})
        elif paragraph.role in RUNNING and _UNTITLED.fullmatch(paragraph.text.strip()):
            yield Found(at=paragraph, values={"text": paragraph.text})


RULES = (
    Rule(key="R35", clause="I/1-II.6đ", severity=Severity.BREACH, check=_sequence),
    Rule(key="R35_alone", clause="I/1-II.6đ", severity=Severity.WARNING, check=_standing_alone),
    Rule(key="R35_kind", clause="I/1-II.6đ", severity=Severity.BREACH, check=_kind_of_number),
    Rule(key="R35_letter", clause="I/1-II.6đ", severity=Severity.BREACH, check=_letters),
    Rule(key="R36", clause="I/1-II.6d", severity=Severity.BREACH, check=_titles),
)
