"""Days, months and periods in sentences as offices write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notices import wording
from notices.mentions.dates import Point, find_dates, points_of

FOUND = [
    ("ngày 05 tháng 9 năm 2026", "ngày 05 tháng 9 năm 2026", "2026-09-05"),
    ("Quyết định ngày 19/5/2023;", "ngày 19/5/2023", "2023-05-19"),
    ("Hạn: 15.8.2023.", "15.8.2023", "2023-08-15"),
    ("hạn 15-08-2023,", "15-08-2023", "2023-08-15"),
    ("nghỉ ngày 02/9 theo quy định", "ngày 02/9", "0000-09-02"),
    ("họp sáng 15/8 tại trụ sở", "15/8", "0000-08-15"),
    ("thứ Hai, 07/9 tại xã", "07/9", "0000-09-07"),
    ("đến hết tháng 10/2023", "tháng 10/2023", "2023-10-00"),
    ("trong tháng 9 năm 2023.", "tháng 9 năm 2023", "2023-09-00"),
    ("nghỉ ngày 31/9/2026", "ngày 31/9/2026", "2026-09-31"),
    ("Hạn: 15/8/23.", "15/8/23", "2023-08-15"),
    ("trước ngày 05/9/26 Sở báo cáo", "ngày 05/9/26", "2026-09-05"),
    ("giải phóng 30/4/75", "30/4/75", "1975-04-30"),
    ("trong tháng 13/2026", "tháng 13/2026", "2026-13-00"),
    ("ngày 05 tháng 13 năm 2026", "ngày 05 tháng 13 năm 2026", "2026-13-05"),
]
PERIODS = [
    ("từ ngày 15/8 đến ngày 31/10/2023", "2023-08-15..2023-10-31"),
    ("từ ngày 15/8 đến ngày 31/10/23", "2023-08-15..2023-10-31"),
    ("từ 15/8/23 đến 31/10/23", "2023-08-15..2023-10-31"),
    ("01–05/9/26", "2026-09-01..2026-09-05"),
    ("từ tháng 10/2024 đến tháng 12/2024", "2024-10-00..2024-12-00"),
    ("Từ tháng 9 – tháng 11 năm 2023", "2023-09-00..2023-11-00"),
    ("tháng 9–11/2026", "2026-09-00..2026-11-00"),
    ("tháng 9 - 11/2026", "2026-09-00..2026-11-00"),
    ("từ ngày 01 đến ngày 05 tháng 9 năm 2026", "2026-09-01..2026-09-05"),
    ("01–05/9/2026", "2026-09-01..2026-09-05"),
    ("từ 20/12 đến 05/01/2027", "2026-12-20..2027-01-05"),
    ("từ ngày 20/12/2026 đến ngày 05/01", "2026-12-20..2027-01-05"),
    ("Từ ngày 05 tháng 9 đến hết ngày 10 tháng 10 năm 2026", "2026-09-05..2026-10-10"),
    ("từ 01/12/2026 đến 31/01/2027", "2026-12-01..2027-01-31"),
]


@pytest.mark.parametrize(("text", "written", "normal"), FOUND)
def test_a_day_or_month_is_found_as_written(text: str, written: str, normal: str) -> None:
    [mention] = find_dates(text)
    assert (mention.kind, mention.text, mention.normal) == ("date", written, normal)
    assert text[mention.start : mention.end] == written


@pytest.mark.parametrize(("written", "normal"), PERIODS)
def test_a_period_is_one_mention_with_two_ends(written: str, normal: str) -> None:
    [mention] = find_dates(f"Thời gian thực hiện: {written}.")
    assert (mention.kind, mention.text, mention.normal) == ("period", written, normal)


@pytest.mark.parametrize(
    "text",
    [
        "1/3 số hộ, 3/4 phiếu, tỷ lệ 9/10",
        "trực 24/7, hỗ trợ từ 24/7",
        "mỗi tháng 1 lần",
        "giai đoạn 2021–2025",
        "số 02583.810.440",
        "Khánh Hòa, ngày     tháng     năm 2023",
        "ngày 45/9/2026 và 05/13/2026",
        "khoản 2 Điều 5",
        "trước 1/2% dân số",
        "kiệt 12/5/34, số 12/5/34 và 12/5/34 Lê Lợi, 12/5/34 đường Lê Lợi",
        "đường dẫn a/15/8/23 và 15/8/23/b",
    ],
)
def test_what_only_looks_like_a_day_is_none(text: str) -> None:
    assert list(find_dates(text)) == []


def test_times_between_two_days_keep_them_apart() -> None:
    found = find_dates("từ 7 giờ 30 ngày 15/8/2026 đến 17 giờ ngày 20/8/2026")
    assert [mention.normal for mention in found] == ["2026-08-15", "2026-08-20"]


def test_a_point_says_as_much_as_it_says() -> None:
    day = Point.of(date(2023, 8, 15))
    for less in (Point(month=8, day=15), Point(year=2023, month=8), Point(month=8), day):
        assert less.says_no_other_than(day)
        assert less.differences(day) == 0
    for other in (Point(month=8, day=16), Point(year=2024, month=8), Point(month=9, day=15)):
        assert not other.says_no_other_than(day)
        assert other.differences(day) == 1
    assert Point.read(str(day)) == day


@pytest.mark.parametrize(
    ("point", "exists"),
    [((2026, 13, 0), 0), ((2026, 9, 31), 0), ((2023, 2, 29), 0), ((0, 2, 29), 1), ((2026, 9, 0), 1)],
)
def test_a_day_that_is_not_in_the_calendar_is_told(point: tuple[int, int, int], exists: bool) -> None:
    year, month, day = point
    assert Point(year=year, month=month, day=day).exists() == exists


@given(st.dates(date(1990, 1, 1), date(2199, 12, 31)))
@settings(deadline=None)
def test_every_wording_of_ours_is_read_back(day: date) -> None:
    for written in (wording.written_date(day), f"ngày {wording.short_date(day)}", wording.short_date(day)):
        [mention] = find_dates(f"Hạn cuối là {written}.")
        assert points_of(mention) == (Point.of(day),)
    [month] = find_dates(f"Trong {wording.month_of(day)}.")
    assert points_of(month) == (Point(year=day.year, month=day.month),)
