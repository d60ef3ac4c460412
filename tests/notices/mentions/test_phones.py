"""Telephone numbers in sentences as offices write them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notices.mentions.phones import find_phones, is_mobile, national


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Sở Nội vụ tỉnh Khánh Hòa: 02583.810.440.", ["02583.810.440"]),
        ("trên địa bàn Tỉnh là 088 6800126.", ["088 6800126"]),
        ("ĐT: (0258) 3810440, Fax: 0258-3810441", ["(0258) 3810440", "0258-3810441"]),
        ("gọi +84 258 3810 440 hoặc (+84) 886 800 126", ["+84 258 3810 440", "(+84) 886 800 126"]),
        ("Hotline: 1900 6068; miễn phí 1800.599.920", ["1900 6068", "1800.599.920"]),
        ("Tổng đài 1022 gọi đến, hoặc gọi số 113", ["1022", "113"]),
        ("0255.3000.100/0255.3000.101", ["0255.3000.100", "0255.3000.101"]),
        ("0255.3000.100 0255.3000.101", ["0255.3000.100", "0255.3000.101"]),
        ("ĐT: 0258.3810440,0905123456", ["0258.3810440", "0905123456"]),
        ("(0258)3810440,(0258)3810441", ["(0258)3810440", "(0258)3810441"]),
        ("ĐT.0258.3810440; gặp ông Lan,0905123456", ["0258.3810440", "0905123456"]),
        ("gọi số0905123456, là một số", ["0905123456"]),
        ("tỷ lệ 12,0912345678", []),
        ("SĐT 0912345678 30 người trực", ["0912345678"]),
        ("số máy 024\u00a03845\u00a06789", ["024\u00a03845\u00a06789"]),
        ("Điện thoại: 0255.3000.10 (thiếu một số)", ["0255.3000.10"]),
        ("Điện thoại: 0255.3000.1001 (thừa một số)", ["0255.3000.1001"]),
        ("Điện thoại: 0255.3000.100 12 máy lẻ", ["0255.3000.100"]),
        ("Điện thoại: 0255.3000.10012", []),  # too many digits for any number
        ("dãy 079123456789", []),
        ("6.045 người, 30.000 đồng, năm 2023, 143 xã", []),
        ("Mã số thuế 0312345678", []),
        ("số tài khoản 0071000123 tại ngân hàng", []),
        ("hồ sơ 000.00.19.H26-230905-0001", []),
        ("tổng đài 100 người trực, gọi 1000 cuộc", []),
        ("Số CCCD 079123456789", []),
        ("mẫu A0912345678", []),
        ("0912345678a", []),
    ],
)
def test_phones_are_found_as_written(text: str, found: list[str]) -> None:
    assert [mention.text for mention in find_phones(text)] == found
    assert all(text[m.start : m.end] == m.text for m in find_phones(text))


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("02583.810.440", "02583810440"),
        ("+84 258 3810 440", "02583810440"),
        ("(+84) 258 3810440", "02583810440"),
        ("+84 (0)258 3810440", "02583810440"),
        ("0084 258 3810440", "02583810440"),
        ("1900 6068", "19006068"),
        ("1022", "1022"),
    ],
)
def test_phones_are_compared_by_what_is_dialled(written: str, digits: str) -> None:
    assert national(written) == digits


def test_mobile_numbers_are_told_from_those_of_offices() -> None:
    assert [is_mobile(digits) for digits in ("0912345678", "0386800126", "02553000100", "19006068", "091234567")] == [
        *(True, True, False, False, False)
    ]


WHOLE = st.one_of(
    st.from_regex(r"\A0[35789][0-9]{8}\Z"),
    st.from_regex(r"\A02[0-9]{9}\Z"),
)


@given(WHOLE, st.data())
@settings(deadline=None, max_examples=100)
def test_a_number_is_the_same_however_it_is_separated(digits: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(3, len(digits) - 2), max_size=3)))
    mark = data.draw(st.sampled_from([" ", ".", "-", "\u00a0"]))
    parts = [digits[i:j] for i, j in zip([0, *cuts], [*cuts, len(digits)], strict=True)]
    for written in (
        mark.join(parts),
        f"+84{mark}{mark.join(parts)[1:]}",
        f"({parts[0]}) {mark.join(parts[1:])}".strip(),
    ):
        assert national(written) == digits
        [found] = find_phones(f"Liên hệ: {written}, trong giờ hành chính.")
        assert found.normal == digits
        assert re.sub(r"\D", "", found.text).endswith(digits[1:])
