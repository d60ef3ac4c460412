"""Days of the week beside their dates. 7 September 2026 is a Monday."""

from __future__ import annotations

import pytest

from notices.mentions.find import find_mentions
from notices.mentions.weekdays import find_weekday_slips


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("thứ Hai, ngày 07/9/2026", []),
        ("Thứ hai ngày 07 tháng 9 năm 2026", []),
        ("thứ 2 (07/9/2026)", []),
        ("Chủ nhật, ngày 06/9/2026", []),
        ("họp thứ Ba, ngày 07/9/2026.", [("thứ Ba, ngày 07/9/2026", "thứ Hai")]),
        ("Chủ Nhật 05/9/2026", [("Chủ Nhật 05/9/2026", "thứ Bảy")]),
        ("thứ 7, ngày 07/9/2026", [("thứ 7, ngày 07/9/2026", "thứ Hai")]),
        ("thứ Ba, ngày 07/9", []),
        ("thứ Ba, tháng 9/2026", []),
        ("lần thứ hai. Ngày 08/9/2026", []),
        ("thứ Ba, ngày 31/9/2026", []),
    ],
)
def test_a_day_of_the_week_must_be_that_of_its_date(text: str, found: list[tuple[str, str]]) -> None:
    assert [(slip.text, slip.right) for slip in find_weekday_slips(text, find_mentions(text))] == found
