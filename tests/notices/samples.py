"""Documents for tests: small ones to vary, long ones to push against the foot of a page."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from datetime import date

from PIL import Image, ImageDraw

from loa import root
from loa.core.errors import Place
from notices.compose import compose_paper
from notices.composed import Composed
from notices.context import Context, Issue
from notices.document import Document
from notices.model import Agency, Appendix, Dispatch, DocumentSpec, FormalNotice, Notice, Report
from notices.picture import Picture
from notices.template import Templates

AGENCY = Agency.model_validate(
    {
        "name": "Sở Nội vụ",
        "full_name": "Sở Nội vụ tỉnh Sông Trà",
        "parent": "UBND tỉnh Sông Trà",
        "code": "SNV",
        "place": "Sông Trà",
        "contact": {
            "address": "Số 1, đường Hùng Vương, phường Trà Giang, tỉnh Sông Trà",
            "phone": "0255.3000.100",
            "fax": "0255.3000.101",
            "email": "snv@example.gov.vn",
            "website": "https://snv.example.gov.vn",
        },
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


def formal_notice(**changes: object) -> FormalNotice:
    """A thông báo with number and signer, with some of its keys changed."""
    keys: dict[str, object] = {
        "type": "notice",
        "form": "formal",
        "date": "2026-09",
        "subject": "thay đổi giờ làm việc của Trung tâm Phục vụ hành chính công",
        "sign": ["TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG", "Trần Thị Bình"],
        "cc": ["UBND các xã, phường, đặc khu"],
        "file": "VT",
        "body": "Sở Nội vụ thông báo để các cơ quan, tổ chức, cá nhân biết, thực hiện./.",
    }
    return FormalNotice.model_validate(keys | changes)


def report(**changes: object) -> Report:
    """A báo cáo, with some of its keys changed."""
    keys: dict[str, object] = {
        "type": "report",
        "date": "2026-09",
        "subject": "kết quả khảo sát mức độ hài lòng năm 2026",
        "sign": ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Thị Bình"],
        "cc": ["UBND tỉnh (để b/c)"],
        "file": "VT, CCHC",
        "body": "Trên đây là báo cáo kết quả khảo sát./.",
    }
    return Report.model_validate(keys | changes)


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
        picture=drawn_picture,
    )


def drawn_picture(name: str, _place: Place) -> Picture:
    """A picture of 900 × 500 pixels, by whatever name."""
    image = Image.new("RGB", (900, 500), (200, 220, 240))
    ImageDraw.Draw(image).ellipse((50, 50, 850, 450), outline=(20, 60, 120), width=12)
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return Picture(name=name, media_type="image/png", content=stream.getvalue(), width=900, height=500)


ISSUED = Issue(number=5, day=date(2026, 2, 5))


def composed(spec: DocumentSpec, *others: DocumentSpec, issue: Issue | None = None) -> Composed[Document]:
    """``spec`` composed; ``others`` are its appendices, by the names phu-luc-1, phu-luc-2, …"""
    documents = {"van-ban": spec} | {f"phu-luc-{index}": other for index, other in enumerate(others, 1)}
    return compose_paper("van-ban", context(documents, issue=issue))


def body(paragraphs: int, seed: int, *, notes: int = 0) -> str:
    """Markdown of so many paragraphs of varying length and kind, always the same for one seed, ending in ``./.``"""
    choose = random.Random(seed)  # noqa: S311  # the same text every time, not a secret
    parts = [_paragraph(choose, index) for index in range(paragraphs)]
    for number, place in enumerate(sorted(choose.sample(range(paragraphs), notes)), 1):
        parts[place] = parts[place].replace(".", f"[^{number}].", 1)
    parts.append("Sở Nội vụ đề nghị các cơ quan, đơn vị, địa phương quan tâm, phối hợp thực hiện./.")
    parts.extend(f"[^{number}]: {_text(choose, 1 + number % 2)}" for number in range(1, notes + 1))
    return "\n\n".join(parts)


def table(rows: int, columns: int) -> str:
    """A Markdown table of cells of varying length, the first column centred, the last one to the right."""
    names = [f"Nội dung công việc {number}" for number in range(1, columns)]
    lines = [f"| STT | {' | '.join(names)} |", f"|:-:|{'---|' * (columns - 2)}--:|"]
    for row in range(1, rows + 1):
        cells = [_SENTENCES[(row + c) % 3][: 20 + (row * 7 + c * 13) % 60] for c in range(columns - 2)]
        lines.append(f"| {row} | {' | '.join(cells)} | {row * 1000} |")
    return "\n".join(lines)


def _paragraph(choose: random.Random, index: int) -> str:
    start = choose.choice(("", "", "- ", f"{index + 1}. ", "a) ", "I. "))
    return start + _text(choose, 1 if start == "I. " else choose.randint(1, 5))


def _text(choose: random.Random, sentences: int) -> str:
    return " ".join(_sentences(choose, sentences))


def _sentences(choose: random.Random, count: int) -> Sequence[str]:
    return [choose.choice(_SENTENCES) for _ in range(count)]
