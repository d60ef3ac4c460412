"""The days that a text names, and of which day a paper is."""

from __future__ import annotations

from datetime import date

import pytest

from notices.lint.dating import day_of_line, days_in, latest_day
from notices.lint.observe import observe
from tests.notices.samples import composed, notice


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("ngày 05/9/2026", [date(2026, 9, 5)]),
        ("ngày 05 tháng 9 năm 2026", [date(2026, 9, 5), date(2026, 9, 30), date(2026, 12, 31)]),
        ("từ 10/2024 đến 12/2024", [date(2024, 10, 31), date(2024, 12, 31)]),
        ("năm 2026", [date(2026, 12, 31)]),
        ("tầm nhìn đến năm 2045", []),
        ("31/02/2026", []),
        ("13/2026", []),
        ("Quyết định số 1/2026/QĐ", []),
        ("0255.3000.100", []),
    ],
)
def test_days_are_read_in_every_usual_form(text: str, days: list[date]) -> None:
    assert list(days_in(text)) == days


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Sông Trà, ngày 05 tháng 9 năm 2026", date(2026, 9, 5)),
        ("Sông Trà, ngày      tháng 9 năm 2026", date(2026, 9, 1)),
        ("Sông Trà, ngày      tháng      năm 2026", date(2026, 1, 1)),
        ("Sông Trà, ngày 31 tháng 02 năm 2026", None),
        ("Sông Trà", None),
    ],
)
def test_what_is_open_in_the_date_line_counts_from_its_first_day(line: str, day: date | None) -> None:
    assert day_of_line(line) == day


def test_a_paper_without_date_is_of_the_latest_day_that_it_names() -> None:
    sheet = notice(body="Từ tháng 10 năm 2024 đến 15/12/2024./.", heading="Thông báo")
    assert observe(composed(sheet).document).day == date(2024, 12, 31)
    assert latest_day(["Không có ngày."]) is None
