"""Rules of documents that the text cites (I/1-II.6b)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loa.core.errors import Severity
from notices.document import Role
from notices.lint.data import superseded_documents
from notices.lint.letters import CAPITAL
from notices.lint.observed import RUNNING, ObservedDocument, ObservedParagraph
from notices.lint.observed import ObservedSheet as Sheet
from notices.lint.rule import EVERY, ISSUED, Found, Rule

_TYPES = (
    "Nghị quyết liên tịch|Nghị quyết|Nghị định|Quyết định|Chỉ thị|Thông tư liên tịch|Thông tư|Kế hoạch|Công văn|"
    "Báo cáo|Hướng dẫn|Chương trình|Đề án|Phương án|Thông báo|Tờ trình|Công điện"
)
_CITATION = re.compile(
    rf"(?P<type>{_TYPES}) (?P<word>số )?(?P<number>(?:\d+[a-z]?|·+)(?:/\d{{4}})?/[{CAPITAL}a-z\d&-]*[{CAPITAL}\d])"
)
_PART = r"(?:\d{1,2}|·+)"  # of a day that the registry may still have to give
_DAY = re.compile(rf",? ngày (?:{_PART}/{_PART}/\d{{4}}|{_PART} tháng {_PART} năm \d{{4}})")
_ISSUER = re.compile(rf"[^.;]{{0,200}}?,? của [{CAPITAL}]")
# "được UBND tỉnh phê duyệt tại Quyết định số …": who issued it stands before.
_ISSUER_BEFORE = re.compile(
    r"(?:Chính phủ|Thủ tướng|Quốc hội|Ủy ban|Uỷ ban|UBND|HĐND|Hội đồng|Bộ|Sở|Ban|Chủ tịch|Tỉnh ủy)"
    r"(?: [^.;]{0,80}?)? (?:(?:ban hành|phê duyệt|có|gửi|ký|trình)[^.;]{0,60}|tại )$"
)
_LOOK_BACK = 200
_TELLS_OF_CHANGE = re.compile(r"thay thế|bãi bỏ|hết hiệu lực|sửa đổi|bổ sung|trước đây", re.IGNORECASE)


def _first_citation(sheet: Sheet, document: ObservedDocument) -> Iterator[Found]:
    """R33: at its first mention a document has type, number, date and issuer."""
    if document.main.kind not in ISSUED or sheet is not document.main:
        return
    seen: set[str] = set()
    for part in document.sheets:
        for paragraph in part.within(RUNNING | {Role.BASIS, Role.NOTE}):
            for found in _CITATION.finditer(paragraph.typed):
                number = found["number"]
                if number not in seen and not _is_complete(found):
                    yield Found(at=paragraph, values={"text": re.sub("·+", "…", found[0])})
                seen.add(number)


def _is_complete(found: re.Match[str]) -> bool:
    behind = found.string[found.end() :]
    day = _DAY.match(behind)
    if not found["word"] or not day:
        return False
    return bool(
        _ISSUER.match(behind[day.end() :])
        or _ISSUER_BEFORE.search(found.string[max(found.start() - _LOOK_BACK, 0) : found.start()])
    )


def _superseded(sheet: Sheet, document: ObservedDocument) -> Iterator[Found]:
    """R62: no legal basis that has been replaced by the day of the paper."""
    for paragraph in sheet.within(RUNNING | {Role.BASIS}):
        for old in superseded_documents():
            if document.day and document.day >= old.since and _relies_on(paragraph, old.cited):
                yield Found(at=paragraph, values={"text": old.cited, "instead": old.instead})


def _relies_on(paragraph: ObservedParagraph, cited: str) -> bool:
    """Whether the paragraph cites a document, other than to say that it was replaced."""
    for sentence in paragraph.text.split(";"):
        if re.search(rf"(?<!\d){re.escape(cited)}(?![\w-])", sentence) and not _TELLS_OF_CHANGE.search(sentence):
            return True
    return False


RULES = (
    Rule(key="R33", clause="I/1-II.6b", severity=Severity.WARNING, check=_first_citation, kinds=ISSUED),
    Rule(key="R62", clause="I/1-II.6a", severity=Severity.WARNING, check=_superseded, kinds=EVERY),
)
