"""The kinds of value that models are made of."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from loa.core.model import Clock, Key, Line, OpenDate, PartDay, Prose, parse_day

YEARS = st.dates(min_value=date(1990, 1, 1), max_value=date(2200, 12, 31))


@given(YEARS)
@settings(deadline=None)
def test_a_day_can_be_written_in_two_ways(day: date) -> None:
    assert parse_day(day.isoformat()) == day
    assert parse_day(f"{day.day}/{day.month}/{day.year}") == day
    assert parse_day(f" {day:%d/%m/%Y} ") == day


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("31/9/2023", "date_day"),
        ("2023-02-29", "date_day"),
        ("00/01/2023", "date_day"),
        ("2023-13-01", "date_month"),
        ("2023-00-10", "date_month"),
        ("1023-01-10", "date_year"),
        ("0", "date_form"),
        ("2023-9-5", "date_form"),
        ("5-9-2023", "date_form"),
        ("05/09/23", "date_form"),
        ("2023-09-05T00:00", "date_form"),
        ("٢٠٢٣-٠٩-٠٥", "date_form"),
        ("hôm nay", "date_form"),
    ],
)
def test_anything_else_is_no_day(typed: str, key: str) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        parse_day(typed)
    assert caught.value.type == key


@given(st.text(max_size=12) | st.from_regex(r"[0-9]{1,4}[-/][0-9]{1,2}[-/][0-9]{1,4}", fullmatch=True))
@settings(deadline=None)
def test_no_text_breaks_the_reading_of_a_day(text: str) -> None:
    try:
        refused = ""
        assert isinstance(parse_day(text), date)
    except PydanticCustomError as error:
        refused = error.type
    assert refused in ("", "date_form", "date_month", "date_year", "date_day")


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("2023", OpenDate(year=2023)),
        ("2023-09", OpenDate(year=2023, month=9)),
        ("2023-09-05", OpenDate(year=2023, month=9, day=5)),
        ("5/9/2023", OpenDate(year=2023, month=9, day=5)),
    ],
)
def test_a_date_may_be_left_open(typed: str, wanted: OpenDate) -> None:
    read: OpenDate = TypeAdapter(PartDay).validate_python(typed)
    assert read == wanted
    assert read.is_complete() == (wanted.day is not None)


def refused(kind: Any, typed: str) -> str:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(typed)
    [error] = caught.value.errors()
    return str(error["type"])


@pytest.mark.parametrize(
    ("typed", "key"), [("1023", "date_year"), ("2023-13", "date_month"), ("2023-9", "open_date_form")]
)
def test_an_open_date_is_checked_as_far_as_it_goes(typed: str, key: str) -> None:
    assert refused(PartDay, typed) == key


@pytest.mark.parametrize(("typed", "wanted"), [("07:30", time(7, 30)), ("7:05", time(7, 5)), ("23:59", time(23, 59))])
def test_a_time_of_day_is_hours_and_minutes(typed: str, wanted: time) -> None:
    assert TypeAdapter(Clock).validate_python(typed) == wanted


@pytest.mark.parametrize("typed", ["24:00", "7h30", "07:60", "7", "07:30:00", "-1:00"])
def test_anything_else_is_no_time(typed: str) -> None:
    assert refused(Clock, typed) == "time_form"


def test_a_line_is_one_line_with_words() -> None:
    assert TypeAdapter(Line).validate_python(" Sở\n Nội vụ ") == "Sở Nội vụ"
    assert refused(Line, " \n ") == "text_empty"
    assert refused(Line, "a" * 501) == "string_too_long"


def test_prose_keeps_its_lines_and_has_words() -> None:
    assert TypeAdapter(Prose).validate_python("một\n\nhai\n") == "một\n\nhai\n"
    assert refused(Prose, " \n ") == "text_empty"


@pytest.mark.parametrize("typed", ["", "Mo-dau", "mở-đầu", "-a", "a b", "../a", "a" * 61, "a\n"])
def test_a_key_can_stand_in_a_file_name(typed: str) -> None:
    assert refused(Key, typed) == "string_pattern_mismatch"
