"""Numbers before headings, clauses and points: what follows what."""

from __future__ import annotations

import pytest

from notices.lint.table import find_breaches
from tests.notices.lint.papers import typed


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
