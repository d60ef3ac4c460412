"""Answers of WordPress's REST interface: the form of its JSON, chosen fields, and lists in pages."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

from channels.sandbox.web import JSON, Response
from channels.sandbox.wordpress.call import Call
from channels.sandbox.wordpress.errors import WordPressRefusal
from channels.sandbox.wordpress.params import Reader, between

PAGING: Mapping[str, Reader] = {"page": between(1, None), "per_page": between(1, 100)}
_USUAL_PAGE = 10
Thing = TypeVar("Thing")


def reply(value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """``value`` as PHP writes JSON: nothing outside ASCII, and slashes escaped."""
    body = json.dumps(value, separators=(",", ":")).replace("/", "\\/").encode()
    return Response(status=status, headers={"Content-Type": JSON, **(headers or {})}, body=body)


def choose_fields(call: Call, thing: Mapping[str, object]) -> dict[str, object]:
    """The fields that ``_fields`` asks for, or all; ``content.raw`` asks for a part of one."""
    asked = call.params.get("_fields")
    if not isinstance(asked, str) or not asked:
        return dict(thing)
    chosen: dict[str, Any] = {}
    for path in asked.split(","):
        _copy(thing, chosen, path.strip().split("."))
    return chosen


def one_page(
    call: Call,
    things: Sequence[Thing],
    show: Callable[[Thing], Mapping[str, object]],
    values: Mapping[str, Any],
    route: str,
) -> Response:
    """The page asked for, with totals and the address of the next one. WordPressRefusal behind the last page."""
    size, page = values.get("per_page", _USUAL_PAGE), values.get("page", 1)
    pages = -(-len(things) // size)
    if page > max(pages, 1):
        raise WordPressRefusal("rest_post_invalid_page_number")
    headers = {"X-WP-Total": str(len(things)), "X-WP-TotalPages": str(pages)}
    if page < pages:
        query = {name: value for name, value in call.request.query.items() if name != "rest_route"}
        address = f"{call.root}{route}"
        mark = "&" if "?" in address else "?"
        headers["Link"] = f'<{address}{mark}{urlencode(query | {"page": str(page + 1)})}>; rel="next"'
    shown = things[(page - 1) * size : page * size]
    return reply([choose_fields(call, show(thing)) for thing in shown], headers=headers)


def _copy(thing: Mapping[str, object], chosen: dict[str, Any], path: Sequence[str]) -> None:
    first, *rest = path
    if first not in thing:
        return
    part = thing[first]
    if rest and isinstance(part, Mapping):
        _copy(part, chosen.setdefault(first, {}), rest)
    else:
        chosen[first] = part
