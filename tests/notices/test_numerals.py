"""Numbers in Vietnamese words, and back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notices.numerals import MOST, in_words

DIGITS = {
    "không": 0,
    "một": 1,
    "mốt": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "tư": 4,
    "năm": 5,
    "lăm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
}


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (4, "bốn"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (101, "một trăm linh một"),
        (104, "một trăm linh bốn"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (115, "một trăm mười lăm"),
        (121, "một trăm hai mươi mốt"),
        (1_000, "một nghìn"),
        (1_005, "một nghìn không trăm linh năm"),
        (6_045, "sáu nghìn không trăm bốn mươi lăm"),
        (30_000, "ba mươi nghìn"),
        (1_000_005, "một triệu không trăm linh năm"),
        (1_020_304, "một triệu không trăm hai mươi nghìn ba trăm linh bốn"),
        (1_500_000, "một triệu năm trăm nghìn"),
        (2_000_000_000, "hai tỷ"),
        (1_000_000_000_005, "một nghìn tỷ không trăm linh năm"),
        (10**15, "một triệu tỷ"),
    ],
)
def test_a_number_is_said_as_papers_say_it(number: int, words: str) -> None:
    assert in_words(number) == words


@pytest.mark.parametrize("number", [-1, MOST + 1])
def test_numbers_beyond_what_papers_say_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        in_words(number)


def read(words: str) -> int:
    """The number that words say, read from the left: the other way round than it was said."""
    billions, _, below = words.rpartition("tỷ")
    if billions:
        return read(billions.strip()) * 10**9 + read(below.strip())
    total = group = 0
    waiting = None
    for word in words.split():
        match word:
            case "nghìn" | "triệu":
                total += (group + (waiting or 0)) * (1000 if word == "nghìn" else 10**6)
                group, waiting = 0, None
            case "trăm" | "mươi":
                group += (waiting or 0) * (100 if word == "trăm" else 10)
                waiting = None
            case "mười":
                group += 10
            case "linh":
                pass
            case _:
                waiting = DIGITS[word]
    return total + group + (waiting or 0)


@given(st.one_of(st.integers(0, 3000), st.integers(0, MOST)))
@settings(deadline=None, max_examples=200)
def test_words_are_read_back_as_their_number(number: int) -> None:
    assert read(in_words(number)) == number


@given(st.integers(1, MOST), st.integers(1, MOST))
@settings(deadline=None)
def test_two_numbers_never_share_their_words(one: int, other: int) -> None:
    assert (in_words(one) == in_words(other)) == (one == other)
