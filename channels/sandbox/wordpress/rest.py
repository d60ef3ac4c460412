"""The routes of WordPress's REST interface."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from channels.sandbox.web import Request, Response
from channels.sandbox.wordpress.answers import choose_fields, reply
from channels.sandbox.wordpress.call import Call, log_in
from channels.sandbox.wordpress.errors import WordPressRefusal
from channels.sandbox.wordpress.media import delete_media, find_media, get_media, update_media, upload
from channels.sandbox.wordpress.params import sent
from channels.sandbox.wordpress.post_edit import create_post, delete_post, update_post
from channels.sandbox.wordpress.post_list import find_posts, get_post
from channels.sandbox.wordpress.site import CAPABILITIES, ZONE, ZONE_HOURS, Site
from channels.sandbox.wordpress.terms import (
    create_category,
    create_tag,
    find_categories,
    find_tags,
    get_category,
    get_tag,
)

_CHANGES = ("POST", "PUT", "PATCH")


@dataclass(frozen=True, kw_only=True)
class Route:
    """One method on one path."""

    method: str
    path: str  # as WordPress matches it, with ID for a number
    name: str  # what faults and journal call it
    act: Callable[[Call], Response]

    def number_in(self, path: str) -> int | None:
        """The identifier in ``path``, 0 where the route has none; None when the path is another."""
        found = re.fullmatch(self.path.replace("ID", r"(\d{1,18})"), path)
        if found is None:
            return None
        return int(found[1]) if found.groups() else 0


def index(call: Call) -> Response:
    """``GET /``: what the site is and what it can do."""
    usable = not call.site.switches.production_http
    authorization = {"endpoints": {"authorization": f"{call.home}/wp-admin/authorize-application.php"}}
    described = {
        "name": call.site.name,
        "description": "",
        "url": call.home,
        "home": call.home,
        "gmt_offset": ZONE_HOURS,
        "timezone_string": str(ZONE),
        "namespaces": ["oembed/1.0", "wp/v2"],
        "authentication": {"application-passwords": authorization} if usable else [],
        "routes": {route.path.replace("ID", "(?P<id>[\\d]+)"): {"methods": [route.method]} for route in ROUTES},
    }
    return reply(choose_fields(call, described))


def me(call: Call) -> Response:
    """``GET /wp/v2/users/me``: with ``context=edit`` also what this person may do."""
    user = call.user
    if user is None:
        raise WordPressRefusal("rest_not_logged_in")
    shown: dict[str, object] = {"id": user.id, "name": user.name, "slug": user.login, "link": f"{call.home}/"}
    if call.params.get("context") == "edit":
        capabilities = dict.fromkeys(("read", *CAPABILITIES[user.role]), True)
        shown |= {"username": user.login, "email": user.email, "roles": [user.role], "capabilities": capabilities}
    return reply(choose_fields(call, shown))


def introspect(call: Call) -> Response:
    """The application password in use."""
    if call.user is None:
        raise WordPressRefusal("rest_not_logged_in")
    return reply(
        {
            "uuid": f"00000000-0000-4000-8000-{call.user.id:012d}",
            "app_id": "",
            "name": "Loa",
            "created": "2026-01-01T00:00:00",
            "last_used": None,
            "last_ip": None,
        }
    )


def _changing(path: str, name: str, act: Callable[[Call], Response]) -> Iterable[Route]:
    return [Route(method=method, path=path, name=name, act=act) for method in _CHANGES]


ROUTES: tuple[Route, ...] = (
    Route(method="GET", path="/", name="index", act=index),
    Route(method="GET", path="/wp/v2/posts", name="find", act=find_posts),
    Route(method="POST", path="/wp/v2/posts", name="create", act=create_post),
    Route(method="GET", path="/wp/v2/posts/ID", name="read", act=get_post),
    *_changing("/wp/v2/posts/ID", "update", update_post),
    Route(method="DELETE", path="/wp/v2/posts/ID", name="delete", act=delete_post),
    Route(method="GET", path="/wp/v2/media", name="find_media", act=find_media),
    Route(method="POST", path="/wp/v2/media", name="upload", act=upload),
    Route(method="GET", path="/wp/v2/media/ID", name="read_media", act=get_media),
    *_changing("/wp/v2/media/ID", "update_media", update_media),
    Route(method="DELETE", path="/wp/v2/media/ID", name="delete_media", act=delete_media),
    Route(method="GET", path="/wp/v2/categories", name="terms", act=find_categories),
    Route(method="POST", path="/wp/v2/categories", name="create_term", act=create_category),
    Route(method="GET", path="/wp/v2/categories/ID", name="terms", act=get_category),
    Route(method="GET", path="/wp/v2/tags", name="terms", act=find_tags),
    Route(method="POST", path="/wp/v2/tags", name="create_term", act=create_tag),
    Route(method="GET", path="/wp/v2/tags/ID", name="terms", act=get_tag),
    Route(method="GET", path="/wp/v2/users/me", name="me", act=me),
    Route(method="GET", path="/wp/v2/users/me/application-passwords/introspect", name="introspect", act=introspect),
)


def find_route(method: str, path: str) -> tuple[Route, int] | None:
    """The route, and the identifier in its path; None when path or method are unknown."""
    for route in ROUTES:
        number = route.number_in(path)
        if number is not None and route.method == method:
            return route, number
    return None


def method_of(request: Request) -> str:
    """The method that is meant: firewalls let only GET and POST through, so others may be named elsewhere."""
    if request.method == "HEAD":
        return "GET"
    if request.method == "POST":
        named = request.query.get("_method") or request.headers.get("x-http-method-override")
        return (named or request.method).upper()
    return request.method


def respond(site: Site, request: Request, path: str) -> Response:
    """The answer to a request for the route ``path``."""
    try:
        user = log_in(site, request)
        if user is None and "x-wp-nonce" in request.headers:
            raise WordPressRefusal("rest_cookie_invalid_nonce")
        params = sent(request)
        found = find_route(method_of(request), path)
        if found is None:
            raise WordPressRefusal("rest_no_route")
        route, number = found
        response = route.act(Call(site=site, request=request, params=params, user=user, number=number))
    except WordPressRefusal as refusal:
        return reply(refusal.body(), refusal.status)
    return replace(response, headers={**response.headers, "Allow": ", ".join(_allowed(path))})


def _allowed(path: str) -> Mapping[str, None]:
    return dict.fromkeys(route.method for route in ROUTES if route.number_in(path) is not None)
