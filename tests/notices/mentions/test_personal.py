"""What may be one person's own, and what only looks like it."""

from __future__ import annotations

import pytest

from notices.mentions.personal import find_personal


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Liên hệ chị Lan, 0912.345.678", [("mobile", "0912345678")]),
        ("Tổng đài 02583.810.440, 1900 6068", []),
        ("CCCD số 079 123 456 789 cấp ngày", [("identity", "079123456789")]),
        ("số căn cước công dân: 079123456789", [("identity", "079123456789")]),
        ("chứng minh nhân dân 225123456", [("identity", "225123456")]),
        ("mang theo căn cước công dân trước ngày 30/9/2026", []),
        ("mã hồ sơ 079123456789", []),
        ("STK: 0071 0001 23456 tại Vietcombank", [("account", "0071000123456")]),
        ("số tài khoản của Sở: 3713.0.1234567.00000", [("account", "37130123456700000")]),
        ("không chuyển tiền vào tài khoản lạ", []),
        ("gửi về nguyenvana@gmail.com", [("email", "nguyenvana@gmail.com")]),
        ("gửi về snv@example.gov.vn", []),
        ("sinh ngày 05/9/1980", [("birth", "ngày 05/9/1980")]),
        ("Ngày sinh: 05 tháng 9 năm 1980", [("birth", "05 tháng 9 năm 1980")]),
        ("ông Nguyễn Văn An, sinh năm 1985", [("birth", "1985")]),
        ("trẻ em sinh năm 2020 và sinh từ 01/01/2021", []),
        ("học sinh ngày 05/9/2026 tựu trường; hồ sơ phát sinh ngày 05/9/2026", []),
    ],
)
def test_personal_data_is_found_where_a_word_says_so(text: str, found: list[tuple[str, str]]) -> None:
    assert [(trace.kind, trace.normal) for trace in find_personal(text)] == found
