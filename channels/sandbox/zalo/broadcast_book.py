"""Zalo's broadcasts: what was accepted, when followers get it, and how many a month has seen."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from channels.sandbox.clock import SandboxClock
from channels.sandbox.zalo.article_book import Article

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")  # Zalo does not say whose hours it means
REVIEW = timedelta(minutes=30)
FIRST_HOUR, HOUR_AFTER_LAST = 6, 22  # 06:00 to 21:59


@dataclass(frozen=True, kw_only=True)
class Broadcast:
    """Articles on their way to every follower."""

    id: str
    oa_id: str
    articles: tuple[Article, ...]
    accepted: datetime

    @property
    def delivered(self) -> datetime:
        """When followers' phones tell of it: after the review."""
        return self.accepted + REVIEW


class ZaloBroadcasts:
    """The book of broadcasts. Its owner holds the lock. Nothing in it can be called back or looked up by clients."""

    def __init__(self, clock: SandboxClock) -> None:
        self._clock = clock
        self._broadcasts: list[Broadcast] = []

    def accept(self, oa_id: str, articles: tuple[Article, ...]) -> Broadcast:
        """Take a broadcast. The same articles twice reach every follower twice."""
        broadcast = Broadcast(id=secrets.token_hex(16), oa_id=oa_id, articles=articles, accepted=self._clock.now())
        self._broadcasts.append(broadcast)
        return broadcast

    def this_month(self, oa_id: str) -> int:
        """How many the account sent in the present month of Vietnam."""
        month = month_of(self._clock.now())
        return sum(1 for each in self._broadcasts if each.oa_id == oa_id and month_of(each.accepted) == month)

    def everything(self) -> list[Broadcast]:
        """All of them, in the order in which they were accepted."""
        return list(self._broadcasts)


def month_of(moment: datetime) -> str:
    """``2026-11``, in Vietnam."""
    return f"{moment.astimezone(ZONE):%Y-%m}"


def is_at_night(moment: datetime) -> bool:
    """Whether Zalo refuses broadcasts at ``moment``."""
    return not FIRST_HOUR <= moment.astimezone(ZONE).hour < HOUR_AFTER_LAST
