"""Finding posts in WordPress."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from channels.sandbox.web import Response
from channels.sandbox.wordpress.answers import PAGING, choose_fields, one_page, reply
from channels.sandbox.wordpress.call import Call
from channels.sandbox.wordpress.errors import WordPressRefusal, WrongParameterError
from channels.sandbox.wordpress.params import Reader, date_in, numbers, one_of, read, text, texts
from channels.sandbox.wordpress.post_view import show_post
from channels.sandbox.wordpress.site import ZONE, Post
from channels.sandbox.wordpress.slugs import without_accents

STATUSES = ("publish", "future", "draft", "pending", "private")
_ASKED_FOR = (*STATUSES, "trash", "auto-draft", "inherit", "any")
_ORDERS: Mapping[str, Callable[[Post], Any]] = {
    "date": operator.attrgetter("date", "id"),
    "modified": operator.attrgetter("modified", "id"),
    "id": operator.attrgetter("id"),
    "title": operator.attrgetter("title", "id"),
    "slug": operator.attrgetter("slug", "id"),
}


def find_posts(call: Call) -> Response:
    """``GET /wp/v2/posts``: what is published, unless another status is asked for by somebody who may see it."""
    values = read(call.params, _readers(call))
    edit = call.editing()
    found = [
        post
        for post in call.site.living_posts()
        if _meets(post, values) and _has_status(call, post, values.get("status", ["publish"]))
    ]
    found.sort(key=_ORDERS[values.get("orderby", "date")], reverse=values.get("order", "desc") == "desc")
    return one_page(call, found, lambda post: show_post(call, post, edit=edit), values, "/wp/v2/posts")


def get_post(call: Call) -> Response:
    """``GET /wp/v2/posts/ID``."""
    post = post_of(call)
    edit = call.editing()
    if edit and not may_edit(call, post):
        raise call.refusal("rest_forbidden_context")
    if post.status != "publish" and not may_edit(call, post):
        raise call.refusal("rest_forbidden")
    return reply(choose_fields(call, show_post(call, post, edit=edit)))


def post_of(call: Call) -> Post:
    """The post that the path names, also from the trash. Raises WordPressRefusal."""
    post = call.site.posts.get(call.number)
    if post is None or post.removed:
        raise WordPressRefusal("rest_post_invalid_id")
    return post


def may_edit(call: Call, post: Post) -> bool:
    """Whether the user may change it: an own one, which a contributor loses once it was approved, or anybody's."""
    if call.user is None:
        return False
    if post.author != call.user.id and not call.may("edit_others_posts"):
        return False
    return call.may("edit_published_posts" if post.status in ("publish", "future") else "edit_posts")


def _readers(call: Call) -> Mapping[str, Reader]:
    def statuses(value: object) -> list[str]:
        asked = texts(value)
        for status in asked:
            if status not in _ASKED_FOR:
                raise WrongParameterError("rest_not_in_enum", f"Phải là một trong: {', '.join(_ASKED_FOR)}.")
            if status != "publish" and not call.may("edit_posts"):
                raise WrongParameterError("rest_forbidden_status", "Trạng thái bị cấm.")
        return asked

    return {
        "context": one_of("view", "embed", "edit"),
        "status": statuses,
        "slug": texts,
        "search": lambda value: searchable(text(value)),  # once, not for each post
        "include": numbers,
        "after": date_in(ZONE),
        "before": date_in(ZONE),
        "modified_after": date_in(ZONE),
        "order": one_of("asc", "desc"),
        "orderby": one_of(*_ORDERS),
        **PAGING,
    }


def _has_status(call: Call, post: Post, asked: list[str]) -> bool:
    """Whether it has one of the statuses and the user may see it; ``any`` leaves out the trash."""
    if post.status not in asked and not ("any" in asked and post.status in STATUSES):
        return False
    return post.status == "publish" or may_edit(call, post)


def _meets(post: Post, values: Mapping[str, Any]) -> bool:
    if "slug" in values and post.slug not in values["slug"]:
        return False
    if "include" in values and post.id not in values["include"]:
        return False
    if "search" in values and values["search"] not in post.searchable:
        return False
    return _is_within(post, values)


def _is_within(post: Post, values: Mapping[str, Any]) -> bool:
    after: datetime | None = values.get("after")
    before: datetime | None = values.get("before")
    modified_after: datetime | None = values.get("modified_after")
    return (
        (after is None or post.date > after)
        and (before is None or post.date < before)
        and (modified_after is None or post.modified > modified_after)
    )


def searchable(*parts: str) -> str:
    """Texts in the form that a search compares: without accents and capitals."""
    return without_accents("\n".join(parts)).lower()
