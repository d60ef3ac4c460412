"""Letters of the Vietnamese alphabet for regular expressions, which know no classes for them."""

from __future__ import annotations

import unicodedata

# For use between brackets: f"[{CAPITAL}]". Only letters of the alphabet: a pattern with every letter of Unicode takes
# long to compile.
_ACCENTED = "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯ" + "".join(chr(code) for code in range(0x1EA0, 0x1EFA, 2))  # Ạ to Ỹ
CAPITAL = f"A-Z{_ACCENTED}"
SMALL = f"a-z{_ACCENTED.lower()}"

_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}  # huyền, sắc, ngã, hỏi, nặng


def has_tone(word: str) -> bool:
    """Whether a letter of ``word`` carries the mark of a tone: Ể does, Ê does not."""
    return any(mark in _TONES for mark in unicodedata.normalize("NFD", word))


def is_capitals(text: str) -> bool:
    """Whether no small letter stands in ``text``."""
    return text == text.upper()
