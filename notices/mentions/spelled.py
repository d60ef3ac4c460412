"""An amount that a text says twice, in digits and in words: 30.000 đồng (bằng chữ: ba mươi nghìn đồng)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from notices.mentions.amounts import number_of
from notices.mentions.mention import Kind, Mention
from notices.numerals import MOST, in_words

_WORDS = re.compile(
    r"[\s(,;]*(?:viết |ghi )?bằng chữ(?: là)?:? ?(?P<words>[^().;,/\n]*?)\s*(?:đồng)?(?:\s*chẵn)?\s*(?=[).;,/\n]|$)",
    re.IGNORECASE,
)
# One number is read in several ways, all of them right.
_SAME = {"lẻ": "linh", "ngàn": "nghìn", "tỉ": "tỷ", "tư": "bốn", "lăm": "năm", "mốt": "một", "nhăm": "năm"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Slip:
    """An amount whose words say another number."""

    mention: Mention
    words: str  # as written
    right: str  # as they should be


def find_slips(text: str, mentions: Sequence[Mention]) -> Iterator[Slip]:
    """The amounts among ``mentions`` of ``text`` that are followed by the words of another number."""
    for mention in mentions:
        if mention.kind is not Kind.AMOUNT or not (found := _WORDS.match(text, mention.end)):
            continue
        number = number_of(mention)
        if number != int(number) or number > MOST:
            continue
        right = in_words(int(number))
        if found["words"] and _plain(found["words"]) != _plain(right):
            yield Slip(mention=mention, words=found["words"], right=right)


def _plain(words: str) -> list[str]:
    return [_SAME.get(word, word) for word in words.lower().split()]
