"""Where a line may end inside a word, as LibreOffice (measured) and Word have it.

A hyphen ends a line inside ordinary words, never inside numbers, symbols and addresses: there it is made a hard one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_CLOSING = tuple(".,;:!?/)]}")
_OPENING = tuple("([{")
_NUMBER = re.compile(r"[\d/@]")
_HYPHEN = re.compile(r"(?<=[^-]-)(?=[^-])")
# after ? ! … – | when a letter or digit follows, around —, and between two brackets
_OTHERS = re.compile(r"(?<=[?!…–|])(?=\w)|(?<=.)(?=—)|(?<=—)(?=.)|(?<=\))(?=\()")


def break_places(word: str) -> list[int]:
    """The places in ``word`` before which a new line may begin."""
    found = {match.start() for match in _OTHERS.finditer(word)}
    if not _is_symbol(word):
        found |= {match.start() for match in _HYPHEN.finditer(word)}
    return sorted(found)


def may_part(before: str, after: str) -> bool:
    """Whether a line may end between two words: not before ``./.`` or a closing mark, not after an opening one.

    Even with a space between (Unicode Standard Annex 14, LB13 and LB14).
    """
    return not (after.startswith(_CLOSING) or before.endswith(_OPENING))


def hard_hyphens(text: str) -> list[int]:
    """Places of the hyphens inside the words of ``text`` after which no line may end: 12/KH-UBND, COVID-19."""
    return [
        start + found.start() - 1
        for start, word in _words(text)
        if _is_symbol(word)
        for found in _HYPHEN.finditer(word)
    ]


def unbroken_words(text: str) -> list[tuple[int, int]]:
    """Start and end of the words with such hyphens."""
    return [(start, start + len(word)) for start, word in _words(text) if hard_hyphens(word)]


def _is_symbol(word: str) -> bool:
    return bool(_NUMBER.search(word))


def _words(text: str) -> Iterator[tuple[int, str]]:
    return ((found.start(), found[0]) for found in re.finditer(r"[^ ]+", text))
