"""What facts, contact and ``allow`` make known."""

from __future__ import annotations

import pytest

from notices.facts import Fact
from notices.mentions.find import find_mentions
from notices.mentions.known import known_values
from notices.model import Contact

FACTS = {
    name: Fact.model_validate(keys)
    for name, keys in {
        "han": {"date": "2026-09-05"},
        "dot": {"period": {"from": "2026-10-01", "to": "2026-12-31"}},
        "thoi_gian": {"text": "từ ngày 15/8 đến ngày 31/10/2023"},
        "quyet_dinh": {"text": "Quyết định số 1118/QĐ-UBND ngày 19/5/2023"},
        "dau_so": {"phone": "088 6800126", "label": "Tổng đài 1022 Tỉnh"},
        "so_nguoi": {"number": "6045"},
        "so_xa": {"number": "102", "unit": "xã"},
        "thu_lao": {"money": "30000"},
        "trang": {"link": "https://www.a.gov.vn/"},
        "thu": {"email": "A@a.gov.vn"},
    }.items()
}
KNOWN = known_values(
    FACTS, Contact(phone="(0255) 3000 100", website="snv.example.gov.vn"), ["0912 345 678", "500.000 đồng"]
)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("ngày 05 tháng 9 năm 2026", True),
        ("ngày 05/9", True),
        ("trong tháng 9/2026", True),
        ("ngày 06/9/2026", False),
        ("ngày 05/9/2025", False),
        ("từ tháng 10 đến tháng 12 năm 2026", True),
        ("từ ngày 01/10/2026 đến ngày 30/12/2026", False),
        ("đến hết ngày 31/10/2023", True),
        ("Quyết định số 1118/QĐ-UBND ngày 19/5/2023 của UBND tỉnh", True),
        ("Quyết định số 1118/QĐ-UBND ngày 19/6/2023", False),
        ("gọi +84 886 800 126", True),
        ("Tổng đài 1022", True),
        ("gọi 113", True),
        ("0255.3000.100", True),
        ("0912345678", True),
        ("0912345679", False),
        ("6.045 người", True),
        ("6.045 phiếu", True),
        ("6.054 người", False),
        ("102 xã", True),
        ("103 xã", False),
        ("30 nghìn đồng", True),
        ("500.000 đồng", True),
        ("50.000 đồng", False),
        ("a.gov.vn", True),
        ("https://a.gov.vn/b", False),
        ("https://snv.example.gov.vn", True),
        ("a@a.gov.vn", True),
    ],
)
def test_a_mention_is_known_or_not(text: str, known: bool) -> None:
    [mention] = find_mentions(text, units=KNOWN.units)
    assert KNOWN.has(mention) == known


def test_what_is_allowed_passes_however_it_is_written() -> None:
    assert KNOWN.lets_pass("0912.345.678", "0912345678")
    assert KNOWN.lets_pass("500.000 Đồng")
    assert not KNOWN.lets_pass("0255.3000.100", "02553000100")
