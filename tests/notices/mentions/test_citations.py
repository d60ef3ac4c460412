"""Other papers as texts cite them."""

from __future__ import annotations

import pytest

from notices.mentions.citations import Citation, find_citations


def cited(text: str) -> list[tuple[str, str, str]]:
    return [(citation.number, citation.day, citation.issuer) for citation in find_citations(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "theo Quyết định số 233/QĐ-UBND ngày 31/01/2023 của UBND tỉnh; Kế hoạch",
            [("233/QĐ-UBND", "2023-01-31", "UBND tỉnh")],
        ),
        (
            "Phương án số 1854/PA-SNV ngày 11 tháng 7 năm 2023 của Sở Nội vụ, thực hiện",
            [("1854/PA-SNV", "2023-07-11", "Sở Nội vụ")],
        ),
        ("Nghị định số 30/2020/NĐ-CP của Chính phủ", [("30/2020/NĐ-CP", "", "Chính phủ")]),
        ("Luật số 33/2024/QH15, Công văn 5237/UBND-NV", [("33/2024/QH15", "", ""), ("5237/UBND-NV", "", "")]),
        ("số 12/SNV-CCHC ban hành ngày 05/9/2026.", [("12/SNV-CCHC", "2026-09-05", "")]),
        ("số 12/SNV-CCHC, thực hiện từ ngày 05/9/2026", [("12/SNV-CCHC", "", "")]),
        ("Số:      /SNV-CCHC, 15/8, 30.000 đồng/phiếu, km/h, 3/4 Sở", []),
    ],
)
def test_papers_are_found_by_their_number(text: str, found: list[tuple[str, str, str]]) -> None:
    assert cited(text) == found


def one(text: str) -> Citation:
    [citation] = find_citations(text)
    return citation


@pytest.mark.parametrize(
    ("first", "other", "same"),
    [
        ("số 12/KH-UBND của UBND tỉnh", "số 12/KH-UBND ngày 05/02/2026", True),
        ("số 12/KH-UBND của UBND tỉnh", "số 12/KH-UBND của Ủy ban nhân dân tỉnh Sông Trà", True),
        ("số 12/KH-UBND của UBND tỉnh", "số 12/KH-UBND của UBND phường Trà Giang", False),
        ("số 12/KH-UBND", "số 13/KH-UBND", False),
    ],
)
def test_one_number_of_two_bodies_is_two_papers(first: str, other: str, same: bool) -> None:
    assert one(first).may_be(one(other)) == same
