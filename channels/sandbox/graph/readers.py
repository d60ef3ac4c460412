"""What readers see of a Page: its posts as items, the page of one post, its pictures."""

from __future__ import annotations

from datetime import datetime

from channels.sandbox.graph.model import Photo, Post
from channels.sandbox.graph.store import Store
from channels.sandbox.page import draw_item, not_found
from channels.sandbox.web import Condition, Item, Picture, Response


def items_of(store: Store) -> list[Item]:
    """Every post, in the order in which they were made."""
    return [_item(store, post) for post in store.posts.values()]


def reader_page(store: Store, path: tuple[str, ...]) -> Response:
    """``/permalink/POST`` as everybody sees it, or ``/pictures/PHOTO``."""
    match path:
        case ("permalink", name) if name in store.posts:
            item = _item(store, store.posts[name])
            return draw_item(item) if item.state is Condition.LIVE else not_found()
        case ("pictures", name) if name in store.photos and not store.photos[name].gone:
            photo = store.photos[name]
            return Response(headers={"Content-Type": photo.media_type}, body=photo.content)
    return not_found()


def _item(store: Store, post: Post) -> Item:
    return Item(
        service="graph",
        account=post.page,
        account_name=store.pages[post.page].name,
        id=post.id,
        text=post.message,
        link=post.link,
        address=f"/graph/permalink/{post.id}",
        pictures=tuple(_picture(photo) for photo in post.photos),
        created=_shown_from(post),
        state=_state(store, post),
    )


def _picture(photo: Photo) -> Picture:
    return Picture(address=f"/graph/pictures/{photo.id}", alt=photo.alt)


def _shown_from(post: Post) -> datetime:
    return post.created if post.published or post.scheduled is None else post.scheduled


def _state(store: Store, post: Post) -> Condition:
    if post.gone:
        return Condition.REMOVED
    if not post.published:
        return Condition.SCHEDULED if post.scheduled else Condition.UNPUBLISHED
    by_unfinished_app = bool(post.app) and not store.app.live  # seen only by people with a role on the app
    return Condition.HIDDEN if post.hidden or by_unfinished_app else Condition.LIVE
