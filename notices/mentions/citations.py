"""Other papers that a text names: their number and symbol, their day, the body that issued them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from notices.mentions.dates import find_dates
from notices.mentions.mention import Kind, Mention

# 233/QĐ-UBND, 1854/PA-SNV, 30/2020/NĐ-CP, 33/2024/QH15
_SYMBOL = r"[A-ZĐ][\w&.]*(?:-[A-ZĐ][\w&.]*)*"
_NUMBER = re.compile(rf"(?<![\w/.,-])(?:số )?(?P<number>\d{{1,6}}[a-zđ]?/(?:\d{{4}}/)?{_SYMBOL})")
_BEFORE_DATE = re.compile(r",? ?(?:được )?(?:ban hành )?$")
_ISSUER = re.compile(
    r" của (?P<name>(?:UBND|Ủy ban|HĐND|Hội đồng|Sở|Bộ|Ban|Chính phủ|Thủ tướng|Quốc hội|Chủ tịch|Tỉnh ủy|Công an|Cục)"
    r"[^,;.()\n]{0,80})"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Citation(Mention):
    """Another paper as a text names it; ``normal`` is its number and, where said, its day."""

    number: str
    day: str = ""  # normal form of a date
    issuer: str = ""  # as far as it can be told from what follows

    def may_be(self, other: Citation) -> bool:
        """Whether both may mean one paper: one number, and not two different bodies."""
        mine, its = (_plain(citation.issuer) for citation in (self, other))
        return self.number == other.number and (mine.startswith(its) or its.startswith(mine))


def find_citations(text: str) -> Iterator[Citation]:
    """The papers that a text names by number, in order."""
    for found in _NUMBER.finditer(text):
        number = found["number"].rstrip(".")
        start, end = found.start(), found.start("number") + len(number)
        day = next(find_dates(text[end : end + 60]), None)
        if day and day.kind is Kind.DATE and _BEFORE_DATE.fullmatch(text, end, end + day.start):
            end += day.end
        else:
            day = None
        issuer = _ISSUER.match(text, end)
        yield Citation(
            kind=Kind.CITATION,
            text=text[start:end],
            start=start,
            normal=f"{number} {day.normal}" if day else number,
            number=number,
            day=day.normal if day else "",
            issuer=issuer["name"].strip() if issuer else "",
        )


def _plain(issuer: str) -> str:
    return issuer.lower().replace("ủy ban nhân dân", "ubnd")
