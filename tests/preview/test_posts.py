"""Where a reader has to ask for more."""

from __future__ import annotations

import pytest

from loa.preview.posts import folds


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ("",)),
        ("một hai", ("một hai",)),
        ("một hai ba", ("một hai ", "ba")),
        ("một hai ba bốn năm", ("một hai ", "ba bốn ", "năm")),
        ("a" * 20, ("a" * 8, "a" * 7, "a" * 5)),
    ],
)
def test_a_text_is_cut_at_a_space_before_each_fold_and_nothing_is_lost(text: str, expected: tuple[str, ...]) -> None:
    assert folds(text, (8, 15)) == expected
    assert "".join(expected) == text
