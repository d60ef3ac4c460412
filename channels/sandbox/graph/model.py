"""What the Graph API stand-in knows: its app, tokens, Pages, posts and photos."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

TASKS = ("MANAGE", "CREATE_CONTENT", "MODERATE", "MESSAGING", "ADVERTISE", "ANALYZE")
SCOPES = frozenset(
    {
        *("pages_show_list", "pages_read_engagement", "pages_manage_posts", "pages_read_user_content"),
        *("pages_manage_engagement", "read_insights", "business_management"),
    }
)


class Owner(StrEnum):
    """Whose token it is."""

    USER = "USER"
    PAGE = "PAGE"
    APP = "APP"


class Duplicates(StrEnum):
    """What happens to a post with the words of the Page's newest one."""

    TAKEN = "taken"
    REFUSED_506 = "506"
    REFUSED_368 = "368"


class Budget:
    """So many calls within a window that moves on. Calls beyond it count too, so calling on prolongs the wait."""

    def __init__(self, limit: int, window: timedelta) -> None:
        self._limit = limit
        self._window = window
        self._times: deque[datetime] = deque()

    def spend(self, now: datetime) -> bool:
        """Count one call; whether it was still allowed."""
        self._forget(now)
        self._times.append(now)
        return len(self._times) <= self._limit

    def percent(self, now: datetime) -> int:
        """How much is used up; at most 100."""
        self._forget(now)
        return min(100, len(self._times) * 100 // self._limit)

    def minutes_left(self, now: datetime) -> int:
        """Whole minutes until calls are allowed again; 0 when they are."""
        self._forget(now)
        if len(self._times) < self._limit:
            return 0
        free = self._times[len(self._times) - self._limit] + self._window
        return -((now - free) // timedelta(minutes=1))

    def _forget(self, now: datetime) -> None:
        while self._times and self._times[0] <= now - self._window:
            self._times.popleft()


@dataclass(kw_only=True)
class App:
    """The app through which everything is called."""

    id: str
    secret: str
    name: str
    live: bool = True  # what an app in development mode posts is seen only by people with a role on it
    proof_required: bool = False
    budget: Budget | None = None  # of calls with user and app tokens


@dataclass(kw_only=True)
class Token:
    """An access token."""

    text: str
    owner: Owner
    owner_id: str  # user, Page or app
    user_id: str = ""  # who granted it
    scopes: frozenset[str] = SCOPES
    issued: datetime
    expires: datetime | None = None  # None: never
    trouble: int | None = None  # the subcode of error 190 with which it was revoked; 0 for none


@dataclass(kw_only=True)
class Page:
    """A Page."""

    id: str
    name: str
    tasks: tuple[str, ...] = TASKS  # of the person who granted the token
    in_portfolio: bool = False  # missing in me/accounts unless business_management was granted
    followers: int = 1200
    budget: Budget | None = None  # of calls with its tokens
    pace: Budget | None = None  # of posts; beyond it the spam guard refuses


@dataclass(kw_only=True)
class Photo:
    """An uploaded picture."""

    id: str
    page: str
    content: bytes
    media_type: str
    size: tuple[int, int]  # width and height, px
    caption: str = ""
    alt: str = ""
    created: datetime
    temporary: bool = False  # meant for a scheduled post
    post: str = ""  # the post that shows it
    gone: bool = False


@dataclass(kw_only=True)
class Post:
    """A post of a Page."""

    id: str
    page: str
    message: str
    link: str = ""
    photos: list[Photo] = field(default_factory=list)
    app: str  # id of the app that made it; empty when a person did
    created: datetime
    updated: datetime
    listed_from: datetime  # lists do not show it before
    published: bool = True
    content_type: str = ""  # of an unpublished one: SCHEDULED, DRAFT …
    scheduled: datetime | None = None
    hidden: bool = False
    gone: bool = False
