"""Finding a post on a Page: its list read to the end, and which of its entries is the one that was sent."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import unquote

from channels.answers import OutcomeUnknown
from loa.core.text import normalise

_FIELDS = (
    "id,message,created_time,permalink_url,application{id},"
    "attachments{url,target{id,url},subattachments{target{id,url}}}"
)
_PER_CALL = "25"
# Far more than a Page posts while a look-up matters. A list that is longer was not read whole, so it tells nothing.
_MOST_CALLS = 40
_OWN_LINES = 80  # characters that we write behind a text, besides the address

# Reads one part of the Graph API: path and parameters to the answer.
Read = Callable[[str, Mapping[str, object]], Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Found:
    """One published post as the Page's list tells it."""

    id: str
    message: str
    created: datetime  # by Facebook's clock; aware
    link: str  # where people read it
    app: str  # id of the app that made it, where that is told
    targets: frozenset[str]  # ids of its photos, addresses of its link


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is looked for."""

    text: str
    page: str  # that it points to; may be empty
    marker: str
    photos: Collection[str]  # ids of the photos that were uploaded for it
    app: str  # id of our app, where it is known

    def likeness(self, post: Found) -> tuple[bool, ...] | None:
        """Why ``post`` is taken for the one wanted, the strongest reason first; None when it is another."""
        has_photo = bool(post.targets & set(self.photos))
        has_code = bool(self.page) and self.marker in self.page and self._is_linked(post)
        has_text = self._has_text(post.message)
        if not (has_photo or has_code or has_text):
            return None
        return has_photo, has_code, has_text, bool(self.app) and post.app == self.app

    def _is_linked(self, post: Found) -> bool:
        """Facebook leads links through an address of its own, in which ours is a parameter."""
        return any(_mentions(text, self.page) for text in (post.message, *map(unquote, post.targets)))

    def _has_text(self, message: str) -> bool:
        """The text, and nothing behind it but our own lines; another code behind it means another post."""
        wanted, given = _folded(self.text), _folded(message)
        if not wanted or not given.startswith(wanted):
            return False
        rest = given.removeprefix(wanted).replace(self.page or "\n", "").lower()
        has_other_code = "mã tin" in rest and self.marker not in re.sub(r"[^a-z0-9]", "", rest)
        return len(rest) <= _OWN_LINES and not has_other_code


def published_since(page: str, start: Callable[[], datetime], read: Read) -> Iterator[Found]:
    """The posts of a Page, newest first, until all of one answer are older than ``start()``, which is asked after it.

    Raises OutcomeUnknown when the list cannot be read to that point, and what ``read`` raises.
    """
    values: dict[str, object] = {"fields": _FIELDS, "limit": _PER_CALL}
    cursors: set[str] = set()
    for _ in range(_MOST_CALLS):
        answer = read(f"{page}/published_posts", values)
        posts = [_found(entry) for entry in _entries(answer)]
        yield from posts
        after = _next(answer)
        if after is None or (posts and all(post.created < start() for post in posts)):
            return
        if after in cursors:
            break
        cursors.add(after)
        values["after"] = after
    raise OutcomeUnknown("facebook.list")


def read_moment(value: object) -> datetime:
    """``2026-04-06T17:50:09+0000``. Raises OutcomeUnknown for anything else."""
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        raise OutcomeUnknown("facebook.list") from None
    if moment.utcoffset() is None:
        raise OutcomeUnknown("facebook.list")
    return moment


def _entries(answer: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    data = answer.get("data")
    if not isinstance(data, list) or not all(isinstance(one, dict) and isinstance(one.get("id"), str) for one in data):
        raise OutcomeUnknown("facebook.list")
    return data


def _next(answer: Mapping[str, Any]) -> str | None:
    """The cursor of the next part; None at the end. The address that Facebook gives holds the token and is not used."""
    paging = answer.get("paging")
    if not isinstance(paging, dict) or "next" not in paging:
        return None
    cursors = paging.get("cursors")
    after = cursors.get("after") if isinstance(cursors, dict) else None
    if not isinstance(after, str):
        raise OutcomeUnknown("facebook.list")
    return after


def _found(entry: Mapping[str, Any]) -> Found:
    message, link, app = entry.get("message", ""), entry.get("permalink_url", ""), entry.get("application")
    if not isinstance(message, str) or not isinstance(link, str):
        raise OutcomeUnknown("facebook.list")
    return Found(
        id=entry["id"],
        message=message,
        created=read_moment(entry.get("created_time")),
        link=link,
        app=str(app.get("id", "")) if isinstance(app, dict) else "",
        targets=frozenset(_targets(entry.get("attachments"))),
    )


def _targets(attachments: object) -> Iterator[str]:
    data = attachments.get("data") if isinstance(attachments, dict) else None
    for one in data if isinstance(data, list) else []:
        if isinstance(one, dict):
            target = one.get("target")
            told = (one.get("url"), *(target.values() if isinstance(target, dict) else ()))
            yield from (text for text in told if isinstance(text, str))
            yield from _targets(one.get("subattachments"))


def _folded(text: str) -> str:
    return " ".join(normalise(text).split())


def _mentions(text: str, address: str) -> bool:
    """Whether ``address`` stands in ``text`` as a whole, and not as the beginning of a longer path."""
    return re.search(rf"{re.escape(address)}(?![\w/%~-]|\.\w)", text) is not None
