"""What readers would see now, as a page to look at: every service's posts, and each post by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from channels.sandbox.web import HTML, Condition, Item, Response

MOST = 30  # items shown of one account; the others are counted
_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")  # where readers are
_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
_POLICY = "default-src 'none'; img-src 'self' http: https:; style-src 'self'; base-uri 'none'; form-action 'none'"
# Service → what readers call it.
_PLACES: Mapping[str, str] = {
    "graph": "Facebook",
    "zalo": "Zalo",
    "wordpress": "Trang WordPress",
    "portal": "Cổng thông tin",
}
_KINDS: Mapping[str, str] = {"article": "Bài viết", "broadcast": "Tin truyền thông"}
_UNSEEN: Mapping[Condition, str] = {
    Condition.SCHEDULED: "hẹn giờ",
    Condition.PENDING: "chờ duyệt",
    Condition.UNPUBLISHED: "chưa đăng",
    Condition.HIDDEN: "đang ẩn",
    Condition.REMOVED: "đã gỡ",
}


@dataclass(frozen=True, kw_only=True)
class Account:
    """What is on one account."""

    name: str
    shown: Sequence[Item]  # newest first
    older: int  # that there is no room for
    unseen: Mapping[str, int]  # what readers do not see: how it is, how many


@dataclass(frozen=True, kw_only=True)
class Place:
    """One service with its accounts."""

    service: str
    name: str
    accounts: Sequence[Account]


def draw_board(services: Iterable[str], items: Sequence[Item], now: datetime) -> Response:
    """The page at ``/``, for the services that readers know."""
    names = [name for name in _PLACES if name in set(services)]
    places = [
        Place(service=name, name=_PLACES[name], accounts=_accounts([i for i in items if i.service == name]))
        for name in names
    ]
    return _draw("board.html.j2", places=places, now=now)


def draw_item(item: Item) -> Response:
    """The page of one item."""
    return _draw("item.html.j2", item=item, place=_PLACES.get(item.service, item.service))


def not_found() -> Response:
    """What a reader sees where nothing is, or nothing any more."""
    return Response(status=404, headers={"Content-Type": HTML}, body=_draw("gone.html.j2").body)


def style() -> Response:
    """The style sheet of these pages."""
    return Response(headers={"Content-Type": "text/css; charset=UTF-8"}, body=(_HERE / "style.css").read_bytes())


def _accounts(items: Sequence[Item]) -> list[Account]:
    """By the name of the account, in the order in which the accounts first spoke."""
    return [
        _account([item for item in items if item.account == name]) for name in dict.fromkeys(i.account for i in items)
    ]


def _account(items: Sequence[Item]) -> Account:
    live = [item for item in reversed(items) if item.state is Condition.LIVE]  # of equal times the last one first
    live.sort(key=attrgetter("created"), reverse=True)
    counts = {told: sum(item.state is state for item in items) for state, told in _UNSEEN.items()}
    return Account(
        name=items[-1].account_name or items[-1].account,
        shown=live[:MOST],
        older=len(live) - len(live[:MOST]),
        unseen={told: count for told, count in counts.items() if count},
    )


def _draw(template: str, **values: object) -> Response:
    body = _PAGES.get_template(template).render(**values).encode()
    return Response(headers={"Content-Type": HTML, "Content-Security-Policy": _POLICY}, body=body)


def _moment(moment: datetime) -> str:
    """``Thứ Ba, 05/9/2023, 07:30``: days below 10 and the months 1 and 2 get a zero."""
    local = moment.astimezone(_ZONE)
    month = f"{local.month:02d}" if local.month in (1, 2) else str(local.month)
    return f"{_WEEKDAYS[local.weekday()]}, {local.day:02d}/{month}/{local.year}, {local:%H:%M}"


def _host(link: str) -> str:
    """Whose website a link leads to; empty for what leads to none."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    return parts.hostname or "" if parts.scheme in ("http", "https") else ""


def _is_shown(address: str) -> bool:
    """Whether a picture can be shown: those on the office's website are there only once that is on the Internet."""
    return address.startswith("/") or _host(address) in ("127.0.0.1", "localhost")


_HERE = Path(__file__).parent / "pages"
_PAGES = Environment(
    loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
_PAGES.filters.update(moment=_moment, host=_host, kind=lambda kind: _KINDS.get(kind, ""))
_PAGES.tests.update(shown=_is_shown)
