"""The stand-in for openapi.zalo.me: articles, broadcasts, the account's own data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from channels.sandbox.web import Item, Request, Response, answer
from channels.sandbox.zalo.articles import create, get_detail, get_slice, remove, update, verify
from channels.sandbox.zalo.broadcast import broadcast
from channels.sandbox.zalo.errors import UNKNOWN_ROUTE, ZaloRefusal, openapi_error
from channels.sandbox.zalo.gate import Call, Meter, admit, check_rate
from channels.sandbox.zalo.messages import old_quota, quota, upload_image
from channels.sandbox.zalo.oa import Right
from channels.sandbox.zalo.reading import article_page, items
from channels.sandbox.zalo.tokens import Pair
from channels.sandbox.zalo.world import ZaloWorld

_READING = "/d/"  # pages of articles, for people


@dataclass(frozen=True, kw_only=True)
class _Route:
    name: str  # what faults and journal call it
    family: str  # whose requests it is counted with
    rights: frozenset[Right]
    act: Callable[[Call], object]


def get_oa(call: Call) -> dict[str, object]:
    """``GET /v2.0/oa/getoa``: the account itself."""
    account = call.account
    return {
        "oaid": account.oa_id,
        "name": account.name,
        "description": "",
        "oa_alias": "",
        "is_verified": account.verified,
        "oa_type": account.oa_type,
        "cate_name": "Cơ quan nhà nước",
        "num_follower": account.followers,
        "avatar": "",
        "cover": "",
        "package_name": account.package_name,
        "package_valid_through_date": "",
        "package_auto_renew_date": "",
        "linked_ZCA": "",
    }


def _article(name: str, act: Callable[[Call], object]) -> _Route:
    return _Route(name=name, family="article", rights=frozenset({Right.ARTICLES}), act=act)


def _account(name: str, act: Callable[[Call], object], *rights: Right) -> _Route:
    return _Route(name=name, family="oa", rights=frozenset(rights), act=act)


_ROUTES: Mapping[tuple[str, str], _Route] = {
    ("GET", "/v2.0/oa/getoa"): _account("getoa", get_oa, Right.INFO),
    ("POST", "/v2.0/oa/message"): _account("broadcast", broadcast, Right.MESSAGES, Right.ARTICLES),
    ("POST", "/v2.0/oa/upload/image"): _account("upload", upload_image, Right.MESSAGES),
    ("POST", "/v2.0/oa/quota/message"): _account("quota", old_quota, Right.MESSAGES),
    ("POST", "/v3.0/oa/quota/message"): _account("quota", quota, Right.MESSAGES),
    ("POST", "/v2.0/article/create"): _article("create", create),
    ("POST", "/v2.0/article/update"): _article("update", update),
    ("POST", "/v2.0/article/verify"): _article("verify", verify),
    ("POST", "/v2.0/article/remove"): _article("remove", remove),
    ("GET", "/v2.0/article/getslice"): _article("getslice", get_slice),
    ("GET", "/v2.0/article/getdetail"): _article("getdetail", get_detail),
}


class ZaloOpenApi:
    """Answers what Zalo answers: HTTP 200 also for refusals, in ``error`` the code."""

    name = "zalo"
    prefix = "/openapi"

    def __init__(self, world: ZaloWorld) -> None:
        self.world = world
        self._meter = Meter()

    def handle(self, request: Request) -> Response:
        """One call, or the page of an article."""
        if request.path.startswith(_READING):
            return article_page(self.world, self.name, self.prefix, request)
        route = _ROUTES.get((request.method, request.path))
        with self.world.lock:
            pair = self._pair(request)
            left = self._meter.count(self.world, pair.app_id if pair else "", route.family if route else "oa")
            limit = self.world.switches.requests_per_minute
        try:
            response = answer(self._data(request, route, left))
        except ZaloRefusal as refusal:
            response = answer(openapi_error(refusal), refusal.status)
        counted = {"X-RateLimit-Limit": str(limit), "X-RateLimit-Remain": str(max(left, 0))}
        return replace(response, headers={**response.headers, **counted})

    def route_of(self, request: Request) -> str:
        """The last words of the path; empty for the pages that people read."""
        if request.path.startswith(_READING):
            return ""
        route = _ROUTES.get((request.method, request.path))
        return route.name if route else "unknown"

    def account_of(self, request: Request) -> str:
        """The account that the token was issued for."""
        with self.world.lock:
            pair = self._pair(request)
            return pair.oa_id if pair else ""

    def error(self, code: int, subcode: int = 0, done: Response | None = None) -> Response:
        """A refusal with Zalo's code; it has no subcodes, and one after the fact looks like any other."""
        return answer(openapi_error(ZaloRefusal(code)))

    def items(self) -> list[Item]:
        """Articles and broadcasts."""
        return items(self.world, self.name, self.prefix)

    def reset(self) -> None:
        """Begin again."""
        with self.world.lock:
            self.world.reset()
            self._meter = Meter()

    def _pair(self, request: Request) -> Pair | None:
        return self.world.tokens.issued(request.headers.get("access_token", ""))

    def _data(self, request: Request, route: _Route | None, left: int) -> dict[str, object]:
        if route is None:
            raise ZaloRefusal(UNKNOWN_ROUTE, status=404)
        with self.world.lock:
            check_rate(left)
            call = admit(request, self.world, route.rights)
        data = route.act(call)
        # What has nothing to tell leaves the data out.
        return ({"data": data} if data else {}) | {"error": 0, "message": "Success"}
