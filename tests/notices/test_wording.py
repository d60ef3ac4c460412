"""Official Vietnamese for dates, numbers and names."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loa.core.model import OpenDate, parse_day
from notices.components import roman
from notices.wording import DAY_GAP, capitals, long_date, padded_day, padded_month, padded_number, short_date

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2200, 12, 31))


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        (date(2023, 1, 31), "31/01/2023"),
        (date(2023, 2, 5), "05/02/2023"),
        (date(2023, 3, 5), "05/3/2023"),
        (date(2023, 5, 19), "19/5/2023"),
        (date(2023, 12, 1), "01/12/2023"),
    ],
)
def test_a_date_is_written_as_the_decree_writes_it(day: date, wanted: str) -> None:
    assert short_date(day) == wanted


@given(DAYS)
@settings(deadline=None)
def test_a_printed_date_reads_back_as_itself(day: date) -> None:
    assert parse_day(short_date(day)) == day
    assert long_date(OpenDate.of(day)) == (padded_day(day.day), padded_month(day.month), str(day.year))


def test_what_is_open_is_a_gap() -> None:
    assert long_date(OpenDate(year=2023, month=9)) == (DAY_GAP, "9", "2023")
    assert long_date(OpenDate(year=2023)) == (DAY_GAP, DAY_GAP, "2023")


@pytest.mark.parametrize(("number", "wanted"), [(1, "01"), (9, "09"), (10, "10"), (123, "123")])
def test_a_document_number_below_ten_has_a_zero(number: int, wanted: str) -> None:
    assert padded_number(number) == wanted


@pytest.mark.parametrize("name", ["Sở Nội vụ", "Ủy ban nhân dân tỉnh Đắk Lắk"])
def test_capitals_keep_every_letter(name: str) -> None:
    assert capitals(name).lower() == name.lower()
    assert capitals(name).isupper()


@pytest.mark.parametrize(
    ("number", "wanted"),
    [(1, "I"), (4, "IV"), (5, "V"), (9, "IX"), (14, "XIV"), (19, "XIX"), (29, "XXIX"), (38, "XXXVIII")],
)
def test_appendices_are_numbered_in_roman(number: int, wanted: str) -> None:
    assert roman(number) == wanted


@given(st.integers(1, 39))
@settings(deadline=None)
def test_a_roman_numeral_reads_back_as_itself(number: int) -> None:
    written = roman(number)
    assert re.fullmatch(r"X{0,3}(IX|IV|V?I{0,3})", written)
    value = {"X": 10, "V": 5, "I": 1}
    digits = [value[letter] for letter in written]
    following = [*digits[1:], 0]
    assert sum(-d if d < n else d for d, n in zip(digits, following, strict=True)) == number
