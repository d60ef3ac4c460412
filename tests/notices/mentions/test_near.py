"""Slips of the finger."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices.mentions.near import distance, nearest

SHORT = st.text(alphabet="0123456789", max_size=8)


@pytest.mark.parametrize(
    ("one", "other", "steps"),
    [
        ("02553000100", "02553000100", 0),
        ("02553000100", "02553000101", 1),
        ("02553000100", "0255300010", 1),
        ("02553000100", "02553001000", 1),  # two neighbours changed places
        ("snv.example.gov.vn", "svn.exmple.gov.vn", 2),
        ("", "abc", 3),
    ],
)
def test_a_slip_is_counted(one: str, other: str, steps: int) -> None:
    assert distance(one, other) == distance(other, one) == steps


@given(SHORT, SHORT)
def test_only_the_same_text_is_no_step_away(one: str, other: str) -> None:
    assert (distance(one, other) == 0) == (one == other)
    assert abs(len(one) - len(other)) <= distance(one, other) <= max(len(one), len(other))


def test_the_nearest_is_at_most_two_slips_away() -> None:
    known = ["02553000100", "02553000180"]
    assert nearest("02553000101", known) == "02553000100"
    assert nearest("02583810440", known) == ""
    assert nearest("x", []) == ""
