"""Where a line may end at a hyphen: inside ordinary words, never inside numbers, symbols and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

_NUMBER = re.compile(r"[\d/@]")


def has_breaking_hyphen(word: str) -> bool:
    """Whether a line may end after a hyphen inside ``word``: in e-learning, not in 12/KH-UBND or COVID-19."""
    return "-" in word[1:-1] and not _NUMBER.search(word)


def hard_hyphens(text: str) -> list[int]:
    """Places of the hyphens inside words after which no line may end."""
    return [
        start + found.start()
        for start, word in _words(text)
        if not has_breaking_hyphen(word)
        for found in re.finditer(r"(?<=.)-(?=.)", word)
    ]


def unbroken_words(text: str) -> list[tuple[int, int]]:
    """Start and end of the words with such hyphens."""
    return [(start, start + len(word)) for start, word in _words(text) if hard_hyphens(word)]


def _words(text: str) -> Iterator[tuple[int, str]]:
    return ((found.start(), found[0]) for found in re.finditer(r"[^ ]+", text))
