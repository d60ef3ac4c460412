"""Papers to break: composed ones in good form, and ways to change one thing in what a checker sees of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from notices.document import Role
from notices.lint.observe import observe
from notices.lint.observed import ObservedDocument, ObservedParagraph, ObservedSheet
from notices.model import FormalNotice, Report
from tests.notices.samples import ISSUED, appendix, composed, dispatch

# In the past of every rule that begins on a day, and after all of them.
TODAY = "Sở Nội vụ đề nghị các cơ quan, đơn vị quan tâm, phối hợp./."
_KEYS: dict[str, Any] = {
    "date": "2026-09-05",
    "subject": "tổ chức khảo sát mức độ hài lòng năm 2026",
    "sign": ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Thị Bình"],
    "cc": ["Các xã, phường, đặc khu"],
    "file": "VT, CCHC",
    "body": "Thời gian khảo sát: tháng 9 năm 2026./.",
    "basis": ["Căn cứ Luật Tổ chức chính quyền địa phương", "Căn cứ Luật Lưu trữ"],
}


def a_dispatch(*appendices: Any, **keys: object) -> ObservedDocument:
    """A numbered dispatch in good form, with some of its keys changed."""
    if appendices:
        names = [f"phu-luc-{index}" for index, _ in enumerate(appendices, 1)]
        keys = {"appendices": names, "body": f"Gửi kèm phụ lục.\n\n{TODAY}", **keys}
    return observe(composed(dispatch(**{"contact": "có", **keys}), *appendices, issue=ISSUED).document)


def a_draft(**keys: object) -> ObservedDocument:
    """A dispatch that still waits for number and day."""
    return observe(composed(dispatch(**keys)).document)


def a_notice(**keys: object) -> ObservedDocument:
    """A formal notice in good form."""
    spec = FormalNotice.model_validate({"type": "notice", "form": "formal", **_KEYS, **keys})
    return observe(composed(spec, issue=ISSUED).document)


def a_report(**keys: object) -> ObservedDocument:
    """A report upward in good form."""
    spec = Report.model_validate({"type": "report", "to": ["Bộ Nội vụ"], **_KEYS, **keys})
    return observe(composed(spec, issue=ISSUED).document)


def with_appendix() -> ObservedDocument:
    """A dispatch with one appendix."""
    return a_dispatch(appendix())


def with_appendices() -> ObservedDocument:
    """A dispatch with two appendices."""
    return a_dispatch(appendix(), appendix(title="Câu hỏi thường gặp"))


def with_appendix_apart() -> ObservedDocument:
    """A dispatch with one appendix, which is a file of its own."""
    return a_dispatch(appendix(), medium="electronic", appendix_files="apart")


def typed(*paragraphs: str, **keys: object) -> ObservedDocument:
    """A dispatch whose text begins with these paragraphs."""
    return a_dispatch(body="\n\n".join((*paragraphs, TODAY)), **keys)


def on_sheet(
    document: ObservedDocument, change: Callable[[ObservedSheet], ObservedSheet], sheet: int = 0
) -> ObservedDocument:
    """``document`` with one of its sheets changed."""
    sheets = list(document.sheets)
    sheets[sheet] = change(sheets[sheet])
    return replace(document, sheets=tuple(sheets))


def sheet_with(document: ObservedDocument, sheet: int = 0, **fields: Any) -> ObservedDocument:
    """``document`` with fields of one sheet changed."""
    return on_sheet(document, lambda given: replace(given, **fields), sheet)


def edited(
    document: ObservedDocument,
    role: Role,
    *,
    text: str | None = None,
    look: dict[str, Any] | None = None,
    nth: int = 0,
    sheet: int = 0,
    **fields: Any,
) -> ObservedDocument:
    """``document`` with the ``nth`` paragraph of a role changed: its text, its look, its setting."""

    def change(given: ObservedSheet) -> ObservedSheet:
        paragraph = given.of(role)[nth]
        stretches = fields.pop("stretches", paragraph.stretches)
        stretches = stretches if text is None else (replace(stretches[0], text=text),)
        stretches = tuple(replace(stretch, **(look or {})) for stretch in stretches)
        return _swapped(given, paragraph, replace(paragraph, stretches=stretches, **fields))

    return on_sheet(document, change, sheet)


def without(document: ObservedDocument, role: Role, sheet: int = 0) -> ObservedDocument:
    """``document`` without the paragraphs of a role."""
    return on_sheet(
        document,
        lambda given: replace(given, paragraphs=tuple(p for p in given.paragraphs if p.role is not role)),
        sheet,
    )


def twice(document: ObservedDocument, role: Role, sheet: int = 0) -> ObservedDocument:
    """``document`` with the first paragraph of a role standing there twice."""

    def change(given: ObservedSheet) -> ObservedSheet:
        first = given.of(role)[0]
        return replace(given, paragraphs=(first, *given.paragraphs))

    return on_sheet(document, change, sheet)


def said_by(document: ObservedDocument, role: Role, *texts: str) -> ObservedDocument:
    """``document`` with paragraphs of a role at its beginning, looking like its text."""

    def change(given: ObservedSheet) -> ObservedSheet:
        model = given.of(Role.BODY)[0]
        more = (replace(model, role=role, stretches=(replace(model.stretches[0], text=text),), row=0) for text in texts)
        return replace(given, paragraphs=(*more, *given.paragraphs))

    return on_sheet(document, change)


def _swapped(sheet: ObservedSheet, old: ObservedParagraph, new: ObservedParagraph) -> ObservedSheet:
    return replace(sheet, paragraphs=tuple(new if p is old else p for p in sheet.paragraphs))
