"""Letters of the Vietnamese alphabet for regular expressions, which know no classes for them."""

from __future__ import annotations

import unicodedata

_VIETNAMESE = range(0xC0, 0x1EFA)  # from À to ỹ
# For use between brackets: f"[{CAPITAL}]".
CAPITAL = "A-Z" + "".join(c for c in map(chr, _VIETNAMESE) if c.isupper())
SMALL = "a-z" + "".join(c for c in map(chr, _VIETNAMESE) if c.islower())

_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}  # huyền, sắc, ngã, hỏi, nặng


def has_tone(word: str) -> bool:
    """Whether a letter of ``word`` carries the mark of a tone: Ể does, Ê does not."""
    return any(mark in _TONES for mark in unicodedata.normalize("NFD", word))


def is_capitals(text: str) -> bool:
    """Whether no small letter stands in ``text``."""
    return text == text.upper()
