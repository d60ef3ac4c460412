"""Numbers before headings, clauses and points: what follows what."""

from __future__ import annotations

import pytest

from notices.document import Role
from notices.lint.table import find_breaches
from tests.notices.lint.papers import a_dispatch, said_by, typed


def misnumbered(*paragraphs: str) -> list[str]:
    """What the finding asks to write, for each paragraph that is out of sequence."""
    return [str(breach.values["wanted"]) for breach in find_breaches(typed(*paragraphs)) if breach.rule.key == "R35"]


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("1. Một.", "2. Hai.", "3. Ba."),
        ("I. Một", "1. Một.", "2. Hai.", "II. Hai", "1. Một."),
        ("Điều 1. Một", "1. Một.", "Điều 2. Hai", "1. Một."),
        ("I. Một", "Điều 1. Một", "II. Hai", "Điều 2. Hai"),
        ("1. Một.", "1.1. Một.", "1.2. Hai.", "2. Hai.", "2.1. Một."),
        ("1. Một.", "a) A.", "b) B.", "c) C.", "d) D.", "đ) Đ.", "e) E.", "g) G.", "h) H.", "i) I.", "k) K."),
        ("1. Một.", "a) A.", "2. Hai.", "a) A."),
        ("1. Một.", "- Gạch.", "2. Hai."),
        ("1. Một.", "2. Hai.", "Ngoài ra:", "1. Một.", "2. Hai."),
        ("1. Một.", "Trong đó:", "2. Hai."),
        ("I. Một", "II. Hai", "III. Ba", "IV. Bốn", "V. Năm"),
    ],
)
def test_a_sequence_without_gaps_is_right(paragraphs: tuple[str, ...]) -> None:
    assert misnumbered(*paragraphs) == []


@pytest.mark.parametrize(
    ("paragraphs", "wanted"),
    [
        (("1. Một.", "3. Ba."), ["2."]),
        (("1. Một.", "1. Hai."), ["2."]),
        (("2. Hai.",), ["1."]),
        (("I. Một", "III. Ba"), ["II."]),
        (("Điều 1. Một", "Điều 3. Ba"), ["Điều 2."]),
        (("1. Một.", "a) A.", "b) B.", "c) C.", "d) D.", "e) E."), ["đ)"]),
        (("1. Một.", "b) B."), ["a)"]),
        (("1. Một.", "1.1. Một.", "1.3. Ba."), ["1.2."]),
        (("1. Một.", "2. Hai.", "1.1. Một."), ["2.1."]),
        (("1. Một.", "3. Ba.", "4. Bốn."), ["2."]),
    ],
)
def test_a_gap_is_told_with_the_number_that_belongs_there(paragraphs: tuple[str, ...], wanted: list[str]) -> None:
    assert misnumbered(*paragraphs) == wanted


def keys_of(*paragraphs: str) -> list[str]:
    return [breach.rule.key for breach in find_breaches(typed(*paragraphs))]


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("C. Mác nói rằng.",),
        ("Điều 5. của Luật quy định như sau.",),
        ("I. Một", "1. Một.", "C. Mác nói rằng.", "2. Hai.", "II. Hai"),
        ("Điều 1. Một", "Điều 15. của Luật quy định như sau.", "Điều 2. Hai"),
    ],
)
def test_a_sentence_that_reads_like_a_number_is_a_note_and_counts_for_none(paragraphs: tuple[str, ...]) -> None:
    assert keys_of(*paragraphs) == ["R35_alone"]


@pytest.mark.parametrize("paragraphs", [("I. Một", "III. Ba"), ("I. Một", "I. Hai"), ("I. Một", "V. Hai", "VI. Ba")])
def test_a_number_near_others_is_out_of_sequence(paragraphs: tuple[str, ...]) -> None:
    assert keys_of(*paragraphs) == ["R35"]


@pytest.mark.parametrize(
    ("parts", "wanted"),
    [
        (("Phần thứ nhất", "Phần thứ hai"), [("R35_kind", "Phần I"), ("R35_kind", "Phần II")]),
        (("Phần I", "Phần thứ ba"), [("R35", "Phần II"), ("R35_kind", "Phần III")]),
        (("Mục thứ nhất", "Mục thứ tư"), [("R35", "Mục 2"), ("R35_kind", "Mục 1"), ("R35_kind", "Mục 4")]),
    ],
)
def test_parts_counted_in_words_are_read_and_told(parts: tuple[str, ...], wanted: list[tuple[str, str]]) -> None:
    found = find_breaches(said_by(a_dispatch(), Role.PART, *parts))
    told = [(breach.rule.key, breach.values["wanted"]) for breach in found if "wanted" in breach.values]
    assert [pair for pair in told if pair[0].startswith("R35")] == wanted
