"""Amounts with what they count."""

from __future__ import annotations

from decimal import Decimal

import pytest

from notices.mentions.amounts import find_amounts, number_of, unit_of


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("phiếu khảo sát (30.000 đồng/phiếu).", ["30000 đồng"]),
        ("30.000đ, 30.000 VNĐ, 30.000 Đồng", ["30000 đồng"] * 3),
        ("1,5 triệu đồng; 30 nghìn đồng; 2 tỷ đồng", ["1500000 đồng", "30000 đồng", "2000000000 đồng"]),
        ("đạt 92,5% (85 phần trăm năm trước), 85 %", ["92.5 %", "85 %", "85 %"]),
        ("sẽ chọn ra 6.045 người để khảo sát", ["6045 người"]),
        ("12,5 ha, 10.000 m2, 3 km²", ["12.5 ha", "10000 m²", "3 km²"]),
        ("10–15% số phiếu", ["15 %"]),
        ("100 phiếu, 100.000 phiếu", ["100 phiếu", "100000 phiếu"]),
        ("30 đồng chí, 5 hộ chiếu, 2 hộ khẩu, 3 mẫu số 01", []),
        ("19 sở, 12 huyện, 143 xã, Điều 5, năm 2023", []),
        ("Mẫu 1.5 người dân", []),  # a number of a form, not 1,5 people
        ("12/2024 người", []),
    ],
)
def test_amounts_are_found_in_normal_form(text: str, found: list[str]) -> None:
    assert [mention.normal for mention in find_amounts(text)] == found
    assert all(text[m.start : m.end] == m.text for m in find_amounts(text))


def test_a_fact_may_count_anything() -> None:
    [mention] = find_amounts("gồm 143 xã, phường", units=["xã"])
    assert (number_of(mention), unit_of(mention)) == (Decimal(143), "xã")
