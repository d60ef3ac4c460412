"""Amounts in Vietnamese texts: a number with what it counts, such as 30.000 đồng, 92,5 %, 6.045 người."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from notices.mentions.mention import Kind, Mention

# Other spellings of a unit.
_SAME = {"đ": "đồng", "vnđ": "đồng", "vnd": "đồng", "phần trăm": "%", "m2": "m²", "km2": "km²"}
_UNITS = (
    *("đồng", "đ", "vnđ", "vnd", "%", "phần trăm"),
    *("ha", "m2", "m²", "km2", "km²", "km", "kg", "tấn", "lít"),
    *("phiếu", "người", "hộ", "lượt", "trường hợp", "hồ sơ", "thủ tục", "liều", "suất", "mẫu", "cuộc gọi"),
)
_SCALES = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
# Words that begin like a unit: đồng chí, hộ chiếu; mẫu số 01, hồ sơ số, phiếu số.
_OTHER_WORDS = r"(?! (?:chí|bào|hương|đội|chiếu|khẩu|tịch)\b)(?!(?<=mẫu| sơ|iếu) số\b)"
_NUMBER = r"(?<![\w.,/])(?P<whole>\d{1,3}(?:\.\d{3})+|\d+)(?:,(?P<part>\d+))?"


def find_amounts(text: str, units: Iterable[str] = ()) -> Iterator[Mention]:
    """The amounts in a text, also those that count one of ``units``; ``normal`` is ``30000 đồng``."""
    names = "|".join(re.escape(unit) for unit in sorted({*_UNITS, *units}, key=len, reverse=True))
    scales = "|".join(_SCALES)
    pattern = rf"{_NUMBER}\s?(?:(?P<scale>{scales})\s)?\s?(?P<unit>{names})(?!\w){_OTHER_WORDS}"
    for found in re.finditer(pattern, text, re.IGNORECASE):
        number = Decimal(f"{found['whole'].replace('.', '')}.{found['part'] or 0}")
        number *= _SCALES[found["scale"].lower()] if found["scale"] else 1
        normal = amount(number, found["unit"])
        yield Mention(kind=Kind.AMOUNT, text=found[0], start=found.start(), normal=normal)


def amount(number: Decimal | int, unit: str) -> str:
    """The normal form of so many of a unit: ``30000 đồng``."""
    spelled = unit.lower()
    return f"{Decimal(number).normalize():f} {_SAME.get(spelled, spelled)}"


def number_of(mention: Mention) -> Decimal:
    """How many an amount is."""
    return Decimal(mention.normal.partition(" ")[0])


def unit_of(mention: Mention) -> str:
    """What an amount counts."""
    return mention.normal.partition(" ")[2]
