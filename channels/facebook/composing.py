"""What is said for a post on Facebook: its text with our own lines, and the fields of each call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from channels.abilities import Unit
from channels.answers import Rejected
from channels.base import Message
from channels.facebook.graph import encoded
from channels.facebook.pictures import as_upload
from channels.facebook.settings import MESSAGE_MOST, PICTURES_MOST
from channels.post import Attachment, Post
from channels.wording import titled
from loa.core.secrets import MASK

Fields = Mapping[str, object]


def message_of(post: Post, *, link_in_text: bool) -> str:
    """Title and text, below them the page's address where it is not sent apart, and the code if the office wants it.

    Raises Rejected for what is too long.
    """
    link = f"Chi tiết: {post.page}" if post.page and link_in_text else ""
    own = "\n".join(filter(None, (link, post.visible_code)))
    message = "\n\n".join(filter(None, (titled(post.title, post.text), own)))
    if (length := Unit.UTF16.length(message)) > MESSAGE_MOST:
        raise Rejected("facebook.too_long", length=length, most=MESSAGE_MOST)
    return message


def photo_fields(picture: Attachment) -> Fields:
    """Of the call that uploads a picture without showing it."""
    return {"published": False, "alt_text_custom": picture.alt}


def feed_fields(post: Post, photos: Sequence[str], *, link_in_text: bool, published: bool) -> Fields:
    """Of the call that makes the post; ``photos`` are the ids of its pictures. Raises Rejected as ``message_of``.

    Beside pictures Facebook shows no link of its own.
    """
    fields: dict[str, object] = {"message": message_of(post, link_in_text=link_in_text), "published": published}
    if post.page and not link_in_text:
        fields["link"] = post.page
    if photos:
        fields["attached_media"] = [{"media_fbid": photo} for photo in photos]
    return fields


def require_picture_count(post: Post) -> None:
    """Raise Rejected for more pictures than one post takes."""
    if len(post.pictures) > PICTURES_MOST:
        raise Rejected("facebook.too_many_pictures", count=len(post.pictures), most=PICTURES_MOST)


def calls_for(post: Post, *, root: str, page: str, in_two_steps: bool, proved: bool) -> tuple[Message, ...]:
    """Every call in its order, below ``root``; what only an earlier call will tell is that one's number in brackets."""
    secret = {"Authorization": f"Bearer {MASK}"} | ({"appsecret_proof": MASK} if proved else {})

    def call(path: str, fields: Fields) -> Message:
        return Message(what=f"POST {root}/{path}", fields={n: encoded(v) for n, v in fields.items()} | secret)

    uploads = [
        call(f"{page}/photos", {**photo_fields(picture), "source": _described(picture)}) for picture in post.pictures
    ]
    ids = [f"({number})" for number in range(1, len(uploads) + 1)]
    fields = feed_fields(post, ids, link_in_text=bool(ids), published=not in_two_steps)
    calls = [*uploads, call(f"{page}/feed", fields)]
    if in_two_steps:
        calls.append(call(f"({len(calls)})", {"is_published": True}))
    return tuple(calls)


def _described(picture: Attachment) -> str:
    upload = as_upload(picture)
    return f"{upload.name} ({upload.media_type}, {len(upload.content)} bytes)"
