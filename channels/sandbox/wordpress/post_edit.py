"""Making, changing and removing posts in WordPress."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from channels.sandbox.web import Response
from channels.sandbox.wordpress.answers import choose_fields, reply
from channels.sandbox.wordpress.call import Call
from channels.sandbox.wordpress.dates import settled_status
from channels.sandbox.wordpress.errors import WordPressRefusal
from channels.sandbox.wordpress.html import filtered
from channels.sandbox.wordpress.params import Reader, date_in, flag, number, numbers, one_of, raw_text, read, text
from channels.sandbox.wordpress.post_list import STATUSES, may_edit, post_of, searchable
from channels.sandbox.wordpress.post_view import show_post
from channels.sandbox.wordpress.site import ZONE, Post, Site
from channels.sandbox.wordpress.slugs import TRASHED, fold, free_slug

_UNSETTLED = ("draft", "pending")
_WRITABLE: Mapping[str, Reader] = {
    "title": raw_text,
    "content": raw_text,
    "excerpt": raw_text,
    "status": one_of(*STATUSES),
    "date": date_in(ZONE),
    "date_gmt": date_in(UTC),
    "slug": text,
    "author": number,
    "categories": numbers,
    "tags": numbers,
    "featured_media": number,
    "comment_status": one_of("open", "closed"),
    "ping_status": one_of("open", "closed"),
    "sticky": flag,
    "force": flag,
}


def create_post(call: Call) -> Response:
    """``POST /wp/v2/posts``: 201 and the post, whose address is in ``Location``. The same one twice makes two."""
    values = read(call.params, _WRITABLE)
    if call.params.get("id"):
        raise WordPressRefusal("rest_post_exists")
    if call.user is None or not call.may("edit_posts"):
        raise call.refusal("rest_cannot_create")
    _check_rights(call, values)
    now = call.site.clock.now()
    post = Post(
        id=call.site.new_id(),
        author=call.user.id,
        slug="",
        title="",
        date=now,
        modified=now,
        status="draft",
        floating=True,
        categories=[1],
    )
    _fill(call, post, values)
    call.site.posts[post.id] = post
    headers = {"Location": f"{call.root}/wp/v2/posts/{post.id}"}
    return reply(choose_fields(call, show_post(call, post, edit=True)), 201, headers)


def update_post(call: Call) -> Response:
    """``POST``, ``PUT`` or ``PATCH /wp/v2/posts/ID``: what is not named stays."""
    values = read(call.params, _WRITABLE)
    post = post_of(call)
    if not may_edit(call, post):
        raise call.refusal("rest_cannot_edit")
    _check_rights(call, values)
    if post.status == "trash" and values.get("status", "trash") != "trash":
        values = {"slug": post.slug_before_trash, **values}
    _fill(call, post, values)
    return reply(choose_fields(call, show_post(call, post, edit=True)))


def delete_post(call: Call) -> Response:
    """``DELETE /wp/v2/posts/ID``: into the trash, where its slug is changed; with ``force`` for good."""
    values = read(call.params, _WRITABLE)
    post = post_of(call)
    if not may_edit(call, post):
        raise call.refusal("rest_cannot_delete")
    if values.get("force", False):
        shown = show_post(call, post, edit=True)
        post.removed = True
        return reply({"deleted": True, "previous": shown})
    if post.status == "trash":
        raise WordPressRefusal("rest_already_trashed")
    post.slug_before_trash = post.slug
    post.slug = free_slug(f"{post.slug}{TRASHED}", _taken(call.site, post)) if post.slug else ""
    post.status = "trash"
    post.modified = call.site.clock.now()
    return reply(choose_fields(call, show_post(call, post, edit=True)))


def _check_rights(call: Call, values: Mapping[str, Any]) -> None:
    if "author" in values and call.user and values["author"] != call.user.id and not call.may("edit_others_posts"):
        raise call.refusal("rest_cannot_edit_others")
    if values.get("status", "draft") not in _UNSETTLED and not call.may("publish_posts"):
        raise call.refusal("rest_cannot_publish")


def _fill(call: Call, post: Post, values: Mapping[str, Any]) -> None:
    """Take over what was sent. WordPressRefusal, and nothing changed, when it would leave the post without words."""
    words = {name: values.get(name, getattr(post, name)) for name in ("title", "content", "excerpt")}
    words["title"] = words["title"].strip()
    if not any(words.values()):
        raise WordPressRefusal("empty_content")
    if not call.may("unfiltered_html"):
        words["content"] = filtered(words["content"])
    for name, value in words.items():
        setattr(post, name, value)
    for name in ("author", "comment_status", "ping_status", "sticky"):
        setattr(post, name, values.get(name, getattr(post, name)))
    _set_links(call.site, post, values)
    now = call.site.clock.now()
    _set_date(post, values, now)
    post.status = settled_status(values.get("status", post.status), post.date, now)
    post.floating = post.floating and post.status in _UNSETTLED
    _set_slug(call, post, values)
    post.searchable = searchable(post.title, post.excerpt, post.content)
    post.modified = now
    call.site.expect(post)


def _set_links(site: Site, post: Post, values: Mapping[str, Any]) -> None:
    """Terms and the picture; what does not exist is left out without a word."""
    if "categories" in values:
        post.categories = [term for term in values["categories"] if term in site.categories]
    if "tags" in values:
        post.tags = [term for term in values["tags"] if term in site.tags]
    picture = values.get("featured_media", post.featured_media)
    if picture == 0 or picture in site.media:
        post.featured_media = picture


def _set_date(post: Post, values: Mapping[str, Any], now: datetime) -> None:
    """A date that is named settles it; a draft without one gets that of its publication."""
    named = values.get("date") or values.get("date_gmt")
    if named is not None:
        post.date, post.floating = named, False
    elif post.floating and values.get("status", post.status) not in _UNSETTLED:
        post.date = now


def _set_slug(call: Call, post: Post, values: Mapping[str, Any]) -> None:
    """The wanted name, made free; drafts have none unless they bring one, and a contributor's is thrown away."""
    if post.status in _UNSETTLED and not call.may("publish_posts"):
        post.slug = ""
        return
    wanted = fold(values["slug"]) if "slug" in values else post.slug
    if not wanted and post.status not in _UNSETTLED:
        wanted = fold(post.title) or str(post.id)
    post.slug = free_slug(wanted, _taken(call.site, post)) if wanted else ""


def _taken(site: Site, post: Post) -> set[str]:
    """The names of other posts; on a site where two are made at one moment, none is noticed."""
    if site.switches.race:
        return set()
    return {other.slug for other in site.living_posts() if other is not post}
