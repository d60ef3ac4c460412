"""A mention: one thing in a text that must be right, as it is written and in a form that can be compared."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What is mentioned."""

    LINK = "link"
    EMAIL = "email"
    CITATION = "citation"  # another paper: its number, and perhaps its day
    DATE = "date"  # a day, or a month
    PERIOD = "period"
    PHONE = "phone"
    AMOUNT = "amount"  # a number with what it counts: đồng, %, ha, phiếu


@dataclass(frozen=True, kw_only=True, slots=True)
class Mention:
    """One thing in a text. Two mentions of one kind say the same when their ``normal`` forms are equal."""

    kind: Kind
    text: str  # as written
    start: int  # where it begins in the text
    normal: str

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.start + len(self.text)
