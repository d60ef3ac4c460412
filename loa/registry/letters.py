"""What of a text is compared: the letters, whatever program wrote or read them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_DASH = "[\\u2010-\\u2015-]"
# A hyphen that is a sign, as in “-5 %”; one that opens an item is followed by a blank.
_MINUS = re.compile(rf"""(?<![^("']){_DASH}(?=\d)""")
_RANGE = re.compile(rf"(?<=[\d\]]){_DASH}+(?=\d)")
# Left out: hyphens and dashes, brackets of footnote marks, and what programs put where a word is broken at the end of
# its line.
_SILENT = re.compile(r"[\x00-\x1f\u00ad\u200b-\u200f\u2010-\u2015\u2060\ufeff\ufffe\uffff\[\]-]+")
_SAME = str.maketrans(
    {**dict.fromkeys("“”„«»", '"'), **dict.fromkeys("‘’", "'")}
    | {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)


def plain(text: str) -> str:
    """The characters that are compared, without blanks and hyphens save one blank between figures.

    “10-15”, “10 – 15” and “10 15” are the same, “1015” is not; nor are “-5” and “5”, “10²” and “102”.
    """
    return joined(map(_plain_word, text.split()))


def joined(words: Iterable[str]) -> str:
    """Plain words as one plain text."""
    text: list[str] = []
    for word in filter(None, words):
        if text and are_parted(text[-1], word):
            text.append(" ")
        text.append(word)
    return "".join(text)


def are_parted(before: str, after: str) -> bool:
    """Whether the blank between two plain words counts: it stands between figures."""
    return before[-1].isdecimal() and after[0].isdecimal()


def _plain_word(word: str) -> str:
    same = unicodedata.normalize("NFC", word).translate(_SAME)
    return _SILENT.sub("", _RANGE.sub(" ", _MINUS.sub("\N{MINUS SIGN}", same)))
