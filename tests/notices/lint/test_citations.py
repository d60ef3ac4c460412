"""Documents that a text cites: complete at first, and still in force."""

from __future__ import annotations

import pytest

from notices.lint.table import find_breaches
from tests.notices.lint.papers import a_dispatch, a_draft, typed
from tests.notices.samples import appendix

SHORT = "Thực hiện Quyết định số 233/QĐ-UBND về cải cách hành chính."
WHOLE = "Thực hiện Quyết định số 233/QĐ-UBND ngày 31/01/2026 của UBND tỉnh."


def cited(*paragraphs: str) -> list[object]:
    return [b.values["text"] for b in find_breaches(typed(*paragraphs)) if b.rule.identifier == "R33"]


def superseded(sentence: str, month: str = "2026-09") -> list[object]:
    found = find_breaches(a_draft(body=f"{sentence}\n\nTrân trọng./.", date=month))
    return [b.values["text"] for b in found if b.rule.identifier == "R62"]


@pytest.mark.parametrize(
    ("sentence", "is_complete"),
    [
        (WHOLE, True),
        ("Thực hiện Quyết định số 233/QĐ-UBND ngày 31 tháng 01 năm 2026 của Chủ tịch UBND tỉnh.", True),
        ("UBND tỉnh ban hành Quyết định số 233/QĐ-UBND ngày 31/01/2026 về cải cách hành chính.", True),
        ("Theo đề nghị của Sở Tài chính tại Tờ trình số 12/TTr-STC ngày 31/01/2026.", True),
        (SHORT, False),
        ("Thực hiện Quyết định số 233/QĐ-UBND ngày 31/01/2026 về cải cách hành chính.", False),
        ("Thực hiện Quyết định 233/QĐ-UBND ngày 31/01/2026 của UBND tỉnh.", False),
        ("Kế hoạch năm 2026 được phê duyệt kèm theo Quyết định số 233/QĐ-UBND ngày 31/01/2026.", False),
        ("Thực hiện Quyết định này và Luật Lưu trữ.", True),
    ],
)
def test_a_first_citation_names_type_number_day_and_issuer(sentence: str, is_complete: bool) -> None:
    assert bool(cited(sentence)) is not is_complete


def test_later_citations_may_be_short() -> None:
    assert cited(WHOLE, SHORT) == []
    assert cited(SHORT, WHOLE) == ["Quyết định số 233/QĐ-UBND"]


def test_an_appendix_cites_after_its_dispatch() -> None:
    short = appendix(body=f"{SHORT.removesuffix('.')}./.")
    found = find_breaches(a_dispatch(short, body=f"{WHOLE}\n\nGửi kèm phụ lục./."))
    assert [breach.rule.key for breach in found] == []


@pytest.mark.parametrize(("month", "count"), [("2025-06", 0), ("2025-07", 1)])
def test_a_basis_counts_as_replaced_from_its_day_on(month: str, count: int) -> None:
    assert len(superseded("Căn cứ Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ.", month)) == count


@pytest.mark.parametrize(
    "sentence",
    [
        "Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ hết hiệu lực.",
        "Nghị định số 161/2018/NĐ-CP ngày 29/11/2018 của Chính phủ.",
        "Quyết định số 61/2018/NĐ-CP-X ngày 29/11/2018 của Bộ.",
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025.",
    ],
)
def test_other_documents_are_no_replaced_basis(sentence: str) -> None:
    assert superseded(sentence) == []


def test_a_law_may_be_cited_by_its_name() -> None:
    sentence = "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015."
    assert superseded(sentence) == ["Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015"]
