"""Rule R53: names of administrative units and bodies that no longer are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from loa.core.errors import Severity
from notices.document import Role
from notices.lint.data import former_names
from notices.lint.dating import days_in
from notices.lint.observed import WORDED, ObservedDocument, ObservedSheet
from notices.lint.rule import EVERY, Found, Rule

_ASKED = WORDED | {
    Role.PARENT,
    Role.ISSUER_LINE,
    Role.ISSUER,
    Role.TITLE,
    Role.APPENDIX_TITLE,
    Role.AUTHORITY,
    Role.SIGN_OFF,
    Role.POSTED,
    Role.CONTACT,
}
# A sentence that tells of former times, or of the change itself.
_HISTORY = re.compile(
    r"trước đây|trước khi|trước ngày|trước sắp xếp|(?<!\w)cũ(?!\w)|sáp nhập|sắp xếp|hợp nhất|giải thể|nguyên là|"
    r"tiền thân|đổi tên|không còn|kết thúc hoạt động|chấm dứt hoạt động|thay cho",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?:[^.;]|\.(?=\S)|(?<=TP)\.)+")


def _former(sheet: ObservedSheet, document: ObservedDocument) -> Iterator[Found]:
    """R53: each former name once a sheet, unless its sentence is about the past or a quotation."""
    told: set[str] = set()
    for paragraph in sheet.within(_ASKED):
        for sentence in _SENTENCE.findall(paragraph.own_words):
            for name, instead in _names_in(sentence, document.day):
                if name.casefold() not in told:
                    told.add(name.casefold())
                    yield Found(at=paragraph, values={"text": name, "instead": instead})


def _names_in(sentence: str, day: date | None) -> Iterator[tuple[str, str]]:
    """Former names in a sentence of a paper of ``day``, and what to write; a longer name hides those inside it."""
    covered: list[range] = []
    for former in former_names():
        if day is None or day < former.since:
            continue
        for found in former.pattern.finditer(sentence):
            span = range(found.start(), found.end())
            is_inside = any(span.start < other.stop and other.start < span.stop for other in covered)
            if not is_inside and not _is_past(sentence, former.since):
                covered.append(span)
                yield found[0], former.instead


def _is_past(sentence: str, since: date) -> bool:
    """Whether the sentence tells of former times, in words or by a day before ``since``."""
    return bool(_HISTORY.search(sentence)) or any(day < since for day in days_in(sentence))


RULES = (Rule(key="R53", clause="", severity=Severity.WARNING, check=_former, kinds=EVERY),)
