"""Cleaning of text and the names made from it."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loa.core.text import forbidden_characters, normalise, one_line, slug, without_accents


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("Hòa", "Hòa"),
        (unicodedata.normalize("NFD", "Đợt tuyên truyền"), "Đợt tuyên truyền"),
        ("một\r\nhai\rba\n", "một\nhai\nba\n"),
        ("", ""),
    ],
)
def test_text_is_composed_with_plain_line_ends(typed: str, wanted: str) -> None:
    assert normalise(typed) == wanted


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("Sở Nội vụ\n\tdòng hai", []),
        ("Điều\u00a01", []),
        ("chuông\x07", ["U+0007"]),
        ("hẹp\u200b, đầu\ufeff", ["U+200B", "U+FEFF"]),
        ("gạch\u00admềm", ["U+00AD"]),
        ("ngược\u202e", ["U+202E"]),
        ("dòng\u2028", ["U+2028"]),
        ("riêng\ue000", ["U+E000"]),
        ("S\u0323\u0301", ["U+0323", "U+0301"]),
        ("\x07\x07", ["U+0007"]),
    ],
)
def test_characters_that_carry_no_text_are_named_once_each(typed: str, wanted: list[str]) -> None:
    assert forbidden_characters(typed) == wanted


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ "))
@settings(deadline=None)
def test_decomposed_vietnamese_is_never_forbidden_once_normalised(text: str) -> None:
    assert forbidden_characters(normalise(unicodedata.normalize("NFD", text + text.upper()))) == []


def test_one_line_joins_lines_and_keeps_the_no_break_space() -> None:
    assert one_line("  Điều\u00a01\n\n của\t Nghị định ") == "Điều\u00a01 của Nghị định"


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("Khảo sát năm 2023", "khao-sat-nam-2023"),
        ("ĐẮK LẮK", "dak-lak"),
        ("Đợt 1: “mở đầu” & kết", "dot-1-mo-dau-ket"),
        ("...", ""),
        ("một hai ba", "mot-hai-ba"),
    ],
)
def test_a_slug_keeps_letters_and_digits_only(typed: str, wanted: str) -> None:
    assert slug(typed) == wanted


def test_a_long_slug_is_cut_at_the_end_of_a_word() -> None:
    assert slug("tuyên truyền khảo sát", limit=14) == "tuyen-truyen"
    assert slug("tuyên truyền khảo sát", limit=12) == "tuyen-truyen"
    assert slug("nghiêng" * 3, limit=10) == "nghiengngh"


@given(st.text(max_size=60), st.integers(min_value=1, max_value=40))
@settings(deadline=None)
def test_any_text_has_a_slug_fit_for_an_address(text: str, limit: int) -> None:
    made = slug(text, limit=limit)
    assert len(made) <= limit
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", made)
    assert slug(made, limit=limit) == made
    assert slug(unicodedata.normalize("NFD", text), limit=limit) == made


@given(st.text(alphabet=st.characters(max_codepoint=0x1EFF), max_size=60))
@settings(deadline=None)
def test_text_without_accents_has_no_marks_left(text: str) -> None:
    assert not any(unicodedata.combining(character) for character in without_accents(text))
