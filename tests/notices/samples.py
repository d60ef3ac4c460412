"""Documents for tests: small ones to vary, long ones to push against the foot of a page."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date

from loa import root
from notices.compose import Composed, compose
from notices.context import Context, Issue
from notices.model import Agency, Appendix, Dispatch, DocumentSpec, Notice
from notices.template import Templates

AGENCY = Agency.model_validate(
    {
        "name": "Sở Nội vụ",
        "full_name": "Sở Nội vụ tỉnh Sông Trà",
        "parent": "UBND tỉnh Sông Trà",
        "code": "SNV",
        "place": "Sông Trà",
    }
)
_SENTENCES = (
    "Thực hiện Kế hoạch số 12/KH-UBND ngày 05/02/2026 của UBND tỉnh về cải cách hành chính năm 2026.",
    "Đề nghị các cơ quan, đơn vị, địa phương phối hợp tuyên truyền bằng các hình thức phù hợp.",
    "Người dân có cơ hội đóng góp ý kiến, đánh giá mức độ hài lòng của mình đối với chất lượng phục vụ.",
    "Kết quả khảo sát là **căn cứ** để đề ra *giải pháp* nâng cao chất lượng cung cấp dịch vụ hành chính công.",
    "Thông tin chi tiết xem tại https://snv.example.gov.vn/khao-sat-2026 hoặc gọi 0255.3000.100.",
    "Mô hình kinh tế - xã hội giai đoạn 2021–2025, chương trình e-learning và COVID-19 được nhắc đến ở đây.",
)


def dispatch(**changes: object) -> Dispatch:
    """A dispatch in good form, with some of its keys changed."""
    keys: dict[str, object] = {
        "type": "dispatch",
        "unit": "CCHC",
        "date": "2026-09",
        "subject": "phối hợp tuyên truyền khảo sát mức độ hài lòng năm 2026",
        "to": ["Các sở, ban, ngành", "UBND các xã, phường, đặc khu"],
        "sign": ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Thị Bình"],
        "cc": ["Báo Sông Trà"],
        "file": "VT, CCHC",
        "body": "Sở Nội vụ đề nghị các cơ quan, đơn vị quan tâm, phối hợp./.",
    }
    return Dispatch.model_validate(keys | changes)


def notice(**changes: object) -> Notice:
    """A posting notice in good form, with some of its keys changed."""
    keys: dict[str, object] = {
        "type": "notice",
        "form": "posting",
        "heading": "Thông báo khảo sát mức độ hài lòng năm 2026",
        "body": "Trân trọng thông báo./.",
    }
    return Notice.model_validate(keys | changes)


def appendix(**changes: object) -> Appendix:
    """An appendix, with some of its keys changed."""
    keys: dict[str, object] = {"type": "appendix", "title": "Nội dung tuyên truyền", "body": "Nội dung./."}
    return Appendix.model_validate(keys | changes)


def context(documents: dict[str, DocumentSpec], *, agency: Agency = AGENCY, issue: Issue | None = None) -> Context:
    """What composing needs; with ``issue`` every document has a number and a day."""
    return Context(
        agency=agency,
        documents=documents,
        values={"agency": agency},
        templates=Templates([root() / "templates"]),
        issues=dict.fromkeys(documents, issue) if issue else {},
    )


ISSUED = Issue(number=5, day=date(2026, 2, 5))


def composed(spec: DocumentSpec, *others: DocumentSpec, issue: Issue | None = None) -> Composed:
    """``spec`` composed; ``others`` are its appendices, by the names phu-luc-1, phu-luc-2, …"""
    documents = {"van-ban": spec} | {f"phu-luc-{index}": other for index, other in enumerate(others, 1)}
    return compose("van-ban", context(documents, issue=issue))


def body(paragraphs: int, seed: int, *, notes: int = 0) -> str:
    """Markdown of so many paragraphs of varying length and kind, always the same for one seed, ending in ``./.``"""
    choose = random.Random(seed)  # noqa: S311  # the same text every time, not a secret
    parts = [_paragraph(choose, index) for index in range(paragraphs)]
    for number, place in enumerate(sorted(choose.sample(range(paragraphs), notes)), 1):
        parts[place] = parts[place].replace(".", f"[^{number}].", 1)
    parts.append("Sở Nội vụ đề nghị các cơ quan, đơn vị, địa phương quan tâm, phối hợp thực hiện./.")
    parts.extend(f"[^{number}]: {_text(choose, 1 + number % 2)}" for number in range(1, notes + 1))
    return "\n\n".join(parts)


def _paragraph(choose: random.Random, index: int) -> str:
    start = choose.choice(("", "", "- ", f"{index + 1}. ", "a) ", "I. "))
    return start + _text(choose, 1 if start == "I. " else choose.randint(1, 5))


def _text(choose: random.Random, sentences: int) -> str:
    return " ".join(_sentences(choose, sentences))


def _sentences(choose: random.Random, count: int) -> Sequence[str]:
    return [choose.choice(_SENTENCES) for _ in range(count)]
