"""The look-up of an article whose fate is not known: by its title in the account's list, newest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from channels.answers import OutcomeUnknown, Rejected
from channels.base import Sought
from channels.zalo.api import Data, OpenApi
from channels.zalo.articles import is_meant
from loa.core.text import normalise, one_line

_SIZE, _PAGES = 10, 5  # Zalo gives ten at a time; five pages are more than an account publishes within a day
_SLACK = timedelta(minutes=2)  # by which two clocks may differ
_LONG_BEFORE = timedelta(minutes=10)
_MILLISECONDS = 10**11  # a number of seconds as large would be in the year 5138


@dataclass(frozen=True, kw_only=True)
class _Listed:
    id: str
    title: str
    created: datetime


def find_article(api: OpenApi, sought: Sought) -> Data | None:
    """Everything about the oldest article that is the sought one; None when the list, read far enough, has none.

    Raises Rejected when it is there and hidden, OutcomeUnknown for a list that is not what it should be, or too long,
    besides what ``api`` raises.
    """
    title, first = _plain(sought.title), sought.since - _SLACK
    listed = [
        one
        for one in _list(api, sought.since - _LONG_BEFORE)
        if one.title == title and one.created >= first and one.id not in sought.others
    ]
    details = [
        {**api.read("/v2.0/article/getdetail", id=one.id), "id": one.id}
        for one in sorted(listed, key=lambda one: one.created)
    ]
    meant = [detail for detail in details if is_meant(detail, sought)]
    if not meant:
        return None
    found = next((detail for detail in meant if not is_hidden(detail)), meant[0])
    require_shown(found)
    return found


def is_hidden(detail: Data) -> bool:
    """Whether only administrators see the article: somebody has withdrawn it."""
    return detail.get("status") == "hide"


def require_shown(detail: Data) -> None:
    """Raise Rejected for a hidden article: it is not to be called published, and not to be posted once more."""
    if is_hidden(detail):
        raise Rejected("zalo.withdrawn", article=detail["id"])


def created_at(item: Mapping[str, object]) -> datetime | None:
    """``create_date``, which comes in milliseconds, and may come in seconds; None when that is no moment."""
    told = str(item.get("create_date"))
    if not (told.isascii() and told.isdecimal() and len(told) <= 15):
        return None
    number = int(told)
    try:
        return datetime.fromtimestamp(number / 1000 if number >= _MILLISECONDS else number, UTC)
    except (ValueError, OverflowError, OSError):  # beyond the year 9999, or beyond what this computer counts to
        return None


def _list(api: OpenApi, until: datetime) -> Iterator[_Listed]:
    """The account's articles, newest first, back to ``until``."""
    seen: list[_Listed] = []
    for page in range(_PAGES):
        total, items = _page(
            api.read("/v2.0/article/getslice", offset=str(page * _SIZE), limit=str(_SIZE), type="normal")
        )
        yield from items
        seen += items
        if len(seen) >= total:
            return
        dates = [item.created for item in seen]
        # The order is not documented: only where it is seen to be so does an old one mean that all others are older.
        if items and dates[-1] < until and dates == sorted(dates, reverse=True):
            return
        if len(items) < _SIZE:
            break
    raise OutcomeUnknown("zalo.list_unclear")


def _page(data: Data) -> tuple[int, list[_Listed]]:
    total, medias = data.get("total"), data.get("medias")
    if type(total) is not int or not isinstance(medias, list):
        raise OutcomeUnknown("zalo.list_unclear")
    return total, [_item(media) for media in medias]


def _item(media: object) -> _Listed:
    if isinstance(media, dict):
        identifier, title, created = media.get("id"), media.get("title"), created_at(media)
        if isinstance(identifier, str) and identifier and isinstance(title, str) and created is not None:
            return _Listed(id=identifier, title=_plain(title), created=created)
    raise OutcomeUnknown("zalo.list_unclear")


def _plain(title: str) -> str:
    return one_line(normalise(title))
