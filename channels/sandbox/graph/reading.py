"""What the Graph API tells of posts: single ones, and lists page by page."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import islice
from urllib.parse import urlencode

from channels.sandbox.graph.call import Call
from channels.sandbox.graph.errors import GraphError
from channels.sandbox.graph.fields import Fields, read_fields, select
from channels.sandbox.graph.model import Photo, Post
from channels.sandbox.graph.store import Store

_LIMIT, _MOST = 25, 100  # posts a page of a list: by default, and at most
_NOBODY: Mapping[str, object] = {"data": [], "summary": {"total_count": 0}}
_FIRST, _LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
_DEFAULT = "created_time,message,id"

# Which posts each list has.
LISTS: Mapping[str, Callable[[Post], bool]] = {
    "published_posts": lambda post: post.published,
    "posts": lambda post: post.published,
    "feed": lambda _: True,
    "scheduled_posts": lambda post: not post.published and post.scheduled is not None,
    "ads_posts": lambda post: not post.published and post.scheduled is None,
}


def show_post(store: Store, call: Call, post: Post) -> dict[str, object]:
    """The fields of a post that are asked for. GraphError 100 for one that does not exist."""
    return _shown(store, call, post, read_fields(call.text("fields") or _DEFAULT))


def list_posts(store: Store, call: Call, page: str, edge: str) -> dict[str, object]:
    """One page of a list, newest first. GraphError 100 for a limit or a cursor that does not work."""
    limit = call.number("limit", default=_LIMIT)
    if not 1 <= limit <= _MOST:
        raise GraphError(100, f"(#100) Param limit must be between 1 and {_MOST}")
    if store.switches.empty_first_page and "after" not in call.params:
        return {"data": [], "paging": {"cursors": {"before": _BEGIN, "after": _BEGIN}, "next": _next(call, _BEGIN)}}
    fields = read_fields(call.text("fields") or _DEFAULT)
    found = list(islice(_listed(store, call, page, edge), limit + 1))  # one more tells whether there is a next page
    part = found[:limit]
    data = [_shown(store, call, post, fields) for post in part]
    if not part:
        return {"data": data}
    paging: dict[str, object] = {"cursors": {"before": _cursor(part[0]), "after": _cursor(part[-1])}}
    if len(found) > limit:
        paging["next"] = _next(call, _cursor(part[-1]))
    return {"data": data, "paging": paging}


def picture_address(root: str, photo: Photo) -> str:
    """Where readers get a picture."""
    return f"{root}/pictures/{photo.id}"


def _shown(store: Store, call: Call, post: Post, fields: Fields) -> dict[str, object]:
    return select(_node(store, call, post), fields, kind="Post")


def _node(store: Store, call: Call, post: Post) -> Mapping[str, object]:
    """Every field of a post; None for one that this post does not have."""
    page = store.pages[post.page]
    unpublished = None if post.published else post.content_type or None
    scheduled = int(post.scheduled.timestamp()) if post.scheduled else None
    app = {"id": store.app.id, "name": store.app.name, "link": "/"} if post.app else None
    return {
        "id": post.id,
        "message": post.message or None,
        "created_time": _time(post.created),
        "updated_time": _time(post.updated),
        "permalink_url": f"{call.root}/permalink/{post.id}",
        "is_published": post.published,
        "is_hidden": post.hidden,
        "scheduled_publish_time": scheduled,
        "unpublished_content_type": unpublished,
        "status_type": "added_photos" if post.photos else "shared_story" if post.link else "mobile_status_update",
        "full_picture": picture_address(call.root, post.photos[0]) if post.photos else None,
        "application": app,
        "from": {"id": page.id, "name": page.name},
        "attachments": {"data": _attachments(call, post)} if post.photos or post.link else None,
        "shares": None,
        "comments": _NOBODY,
        "reactions": _NOBODY,
    }


def _attachments(call: Call, post: Post) -> list[dict[str, object]]:
    if not post.photos:
        return [
            {"media_type": "link", "type": "share", "title": post.link, "url": post.link, "target": {"url": post.link}}
        ]
    shown = [_attached(call, photo) for photo in post.photos]
    if len(shown) == 1:
        return shown
    album = {"media_type": "album", "type": "album", "target": {"id": post.id}, "subattachments": {"data": shown}}
    return [{**album, "url": f"{call.root}/permalink/{post.id}"}]


def _attached(call: Call, photo: Photo) -> dict[str, object]:
    image = {"src": picture_address(call.root, photo), "width": photo.size[0], "height": photo.size[1]}
    return {
        "media_type": "photo",
        "type": "photo",
        "description": photo.caption,
        "media": {"image": image},
        "target": {"id": photo.id, "url": picture_address(call.root, photo)},
        "url": picture_address(call.root, photo),
    }


def _time(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "+0000")


_BEGIN = base64.urlsafe_b64encode(b"begin").decode()


def _cursor(post: Post) -> str:
    return base64.urlsafe_b64encode(post.id.encode()).decode()


def _listed(store: Store, call: Call, page: str, edge: str) -> Iterator[Post]:
    """What the list has behind the cursor. GraphError 100 for a cursor that it does not have."""
    since, until, after = call.moment("since") or _FIRST, call.moment("until") or _LAST, call.text("after")
    listed = (
        post
        for post in store.posts_of(page)
        if LISTS[edge](post) and since <= post.created <= until and post.listed_from <= call.now
    )
    if after not in ("", _BEGIN) and not any(_cursor(post) == after for post in listed):
        raise GraphError(100, "(#100) Invalid cursors values")
    return listed  # whose posts up to the cursor are used up


def _next(call: Call, after: str) -> str:
    """The whole address of the next page; the real service puts the token into it, too."""
    kept: Iterable[tuple[str, str]] = ((name, text) for name, text in call.params.items() if name != "after")
    query = urlencode([("access_token", call.token), *kept, ("after", after)])
    version = f"{call.version}/" if call.version else ""
    return f"{call.root}/{version}{'/'.join(call.path)}?{query}"
