"""Posts through the Graph API: make, change, publish, take down."""

from __future__ import annotations

import json
import re
from datetime import datetime
from urllib.parse import urlsplit

from channels.sandbox.graph.access import keep_pace, may_publish
from channels.sandbox.graph.call import Call
from channels.sandbox.graph.errors import GraphError, missing
from channels.sandbox.graph.model import Duplicates, Page, Photo, Post, Token
from channels.sandbox.graph.reading import show_post
from channels.sandbox.graph.store import Store, publish

LONGEST = 63_206  # of a message, in UTF-16 units
_INDEXED = re.compile(r"attached_media\[(\d+)\]")


def create_post(store: Store, token: Token, call: Call, name: str) -> dict[str, object]:
    """``POST /{page}/feed``."""
    page = may_publish(store, token, name)
    published = call.flag("published", default=True)
    media = _attached(call)
    message, link = call.text("message"), call.text("link")
    if not (message.strip() or link or media):
        raise GraphError(197)
    check_message(message)
    _check_link(link)
    scheduled = check_schedule(store, call, published=published)
    if scheduled and media and call.text("unpublished_content_type") != "SCHEDULED":
        raise GraphError(100, "(#100) A scheduled post with photos needs unpublished_content_type SCHEDULED")
    photos = [_free_photo(store, page, photo, scheduled=scheduled is not None) for photo in media]
    _refuse_duplicate(store, page, message)
    keep_pace(page, call)
    post = store.add_post(
        page.id, message=message, link=link, photos=photos, now=call.now, app=store.app.id, published=published
    )
    mark_unpublished(post, call)
    return _created(store, call, post)


def change_post(store: Store, token: Token, call: Call, name: str) -> dict[str, object]:
    """``POST /{post}``: its words, its time, whether it is public or hidden."""
    post = store.post(name, "post")
    may_publish(store, token, post.page)
    if "scheduled_publish_time" in call.params:
        _reschedule(store, call, post)
    if "message" in call.params:
        check_message(call.text("message"))
        post.message = call.text("message")
        post.updated = call.now
    if call.flag("is_published", default=False):
        publish(post, call.now, store.switches.listing_lag)
    post.hidden = call.flag("is_hidden", default=post.hidden)
    return {"success": True}


def delete(store: Store, token: Token, name: str) -> dict[str, object]:
    """``DELETE /{post}``, or of a photo that no post shows."""
    photo = store.photos.get(name)
    if photo is not None and not photo.gone and not photo.post:
        may_publish(store, token, photo.page, "delete")
        photo.gone = True
        return {"success": True}
    post = store.post(name, "delete")
    may_publish(store, token, post.page, "delete")
    store.remove(post)
    return {"success": True}


def check_message(message: str) -> None:
    """GraphError for text that is too long."""
    if len(message.encode("utf-16-le", "surrogatepass")) // 2 > LONGEST:
        raise GraphError(100, "(#100) Param message is too long")


def check_schedule(store: Store, call: Call, *, published: bool) -> datetime | None:
    """The time for which a new post is scheduled; None when it is not. GraphError for one that cannot be."""
    scheduled = call.moment("scheduled_publish_time")
    if scheduled is None:
        return None
    if published:
        raise GraphError(100, "(#100) You cannot specify a scheduled publish time on a published post")
    switches = store.switches
    if not switches.schedule_from <= scheduled - call.now <= switches.schedule_until:
        raise GraphError(100, "(#100) The specified scheduled publish time is invalid.")
    return scheduled


def mark_unpublished(post: Post, call: Call) -> None:
    """Note what kind of unpublished post it is, and when it goes live."""
    if not post.published:
        post.scheduled = call.moment("scheduled_publish_time")
        post.content_type = "SCHEDULED" if post.scheduled else call.text("unpublished_content_type")


def _reschedule(store: Store, call: Call, post: Post) -> None:
    if post.published:
        raise GraphError(100, "(#100) You cannot specify a scheduled publish time on a published post")
    check_schedule(store, call, published=False)
    post.scheduled = call.moment("scheduled_publish_time")


def _attached(call: Call) -> list[str]:
    """The ids of the photos, from one JSON list or from indexed fields, in their order."""
    if "attached_media" in call.params:
        media = _json(call.params["attached_media"])
    else:
        indexed = {int(found[1]): text for name, text in call.params.items() if (found := _INDEXED.fullmatch(name))}
        media = [_json(indexed[index]) for index in sorted(indexed)]
    if not isinstance(media, list):
        raise GraphError(100, "(#100) Param attached_media must be an array.")
    names = [_media_id(one) for one in media]
    if len(set(names)) < len(names):
        raise GraphError(100, "(#100) Param attached_media names a photo twice")
    return names


def _json(text: str) -> object:
    try:
        value: object = json.loads(text)
    except ValueError:
        raise GraphError(100, "(#100) Param attached_media must be an array.") from None
    return value


def _media_id(one: object) -> str:
    name = one.get("media_fbid") if isinstance(one, dict) else None
    if not isinstance(name, str):
        raise GraphError(100, "(#100) Param attached_media must hold objects with media_fbid")
    return name


def _free_photo(store: Store, page: Page, name: str, *, scheduled: bool) -> Photo:
    """The photo, if a post may still take it."""
    photo = store.photos.get(name)
    if photo is None or photo.gone or photo.page != page.id:
        raise missing("post", name)
    if photo.post:
        raise GraphError(100, f"(#100) The photo {name} is already part of a post")
    if scheduled and not photo.temporary:
        raise GraphError(100, f"(#100) The photo {name} of a scheduled post must be temporary")
    return photo


def _check_link(link: str) -> None:
    if not link:
        return
    try:
        parts = urlsplit(link)
    except ValueError:
        raise GraphError(1500) from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise GraphError(1500)
    if parts.hostname.removeprefix("www.") == "facebook.com":
        raise GraphError(100, subcode=1609008)


def _refuse_duplicate(store: Store, page: Page, message: str) -> None:
    if store.switches.duplicates is Duplicates.TAKEN or not message:
        return
    newest = next((post for post in store.posts_of(page.id) if post.published), None)
    if newest is None or newest.message != message:
        return
    if store.switches.duplicates is Duplicates.REFUSED_506:
        raise GraphError(506)
    raise GraphError(368, "(#368) You've already posted this. Try posting something else.")


def _created(store: Store, call: Call, post: Post) -> dict[str, object]:
    """The answer. When a field is asked for that does not exist, it looks like a refusal although the post is there."""
    if "fields" not in call.params:
        return {"id": post.id, "post_supports_client_mutation_id": True}
    try:
        return show_post(store, call, post)
    except GraphError as error:
        raise GraphError(
            error.code, error.message, subcode=error.subcode, kind="FacebookApiException", original=post.id
        ) from None
