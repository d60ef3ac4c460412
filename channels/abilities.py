"""What a kind of channel can do: one declared object that the checker, the preview and the documentation read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta
from enum import StrEnum
from typing import Literal

Shape = Literal["landscape", "portrait", "story"]


class Unit(StrEnum):
    """How a service counts a text; always of its NFC form."""

    CHARACTERS = "characters"
    UTF16 = "utf16"  # code units: most emoji count twice

    def length(self, text: str) -> int:
        """How long ``text`` is."""
        return len(text.encode("utf-16-le")) // 2 if self is Unit.UTF16 else len(text)


@dataclass(frozen=True, kw_only=True)
class Limit:
    """The longest text that is taken."""

    most: int
    unit: Unit = Unit.CHARACTERS

    def fits(self, text: str) -> bool:
        """Whether ``text`` is short enough."""
        return self.unit.length(text) <= self.most


@dataclass(frozen=True, kw_only=True)
class Pictures:
    """Which pictures a post may have."""

    most: int
    least: int = 0
    bytes_most: int | None = None
    media_types: tuple[str, ...] = ("image/png", "image/jpeg")
    shape: Shape = "landscape"  # of a poster that serves as picture: 1200×630, 1080×1350 or 1080×1920
    by_address: bool = False  # fetched by the service from a public address, not sent along


@dataclass(frozen=True, kw_only=True)
class Hours:
    """The time of day, on the clocks of the office, outside which a service takes nothing."""

    open: time
    close: time

    def hold(self, at: time, until: time) -> bool:
        """Whether a slot lies inside."""
        return self.open <= at and until <= self.close


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """What is done while nobody knows whether a post is out there."""

    settle: timedelta  # before the first look-up: longer than the client waits and the far side may still commit
    looks: tuple[timedelta, ...]  # pauses before each further look-up; after the last a person is asked
    resend: bool  # whether look-ups that all found nothing permit sending again


@dataclass(frozen=True, kw_only=True)
class Abilities:
    """What a kind of channel can do. No limit is None."""

    title: Limit | None = None
    summary: Limit | None = None
    text: Limit | None = None
    pictures: Pictures = Pictures(most=20)
    hours: Hours | None = None
    files: bool  # takes files that are not pictures
    html: bool  # shows the formatted body; otherwise the plain text is sent
    gives_page: bool  # its receipt has a link that other channels may point to
    repeatable: bool  # publishing again what is already there changes nothing, so a lost answer may be repeated
    looks_first: bool  # whether to look for the post before the first try: somebody may restore an old ledger
    by_hand: bool = False  # a person posts, and confirms
    corrects: bool = True  # can replace what is out there
    withdraws: bool = True  # can take down what is out there
    longest: timedelta = timedelta(0)  # one publication may take so long: none is begun later before its time runs out
    checks: tuple[timedelta, ...] = ()  # after publication: when to see whether the public still finds the post
    doubt: Doubt
