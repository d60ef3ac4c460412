"""An announcement as an article of Zalo: its fields, and what marks it as this announcement's."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any

from requests.utils import requote_uri

from channels.answers import Rejected
from channels.base import Sought
from channels.post import Attachment, Post
from channels.zalo.settings import AUTHOR, PICTURES, SUMMARY, TITLE, ZaloSettings
from loa.core.text import one_line

_PAGE, _CODE = "Xem đầy đủ tại:", "Mã tin:"
_SIGN = re.compile(rf"({_PAGE}|{_CODE})\s*([^\s<]+)")

Fields = dict[str, Any]


def article(post: Post, settings: ZaloSettings) -> Fields:
    """The fields of ``create``, to be read by everybody. Raises Rejected for what Zalo would not take."""
    author = settings.author or post.issuer
    summary = post.summary or post.title
    for part, text, limit in (("title", post.title, TITLE), ("summary", summary, SUMMARY), ("author", author, AUTHOR)):
        if not limit.fits(text):
            raise Rejected("zalo.too_long", part=part, length=limit.unit.length(text), most=limit.most)
    cover, *others = _pictures(post, settings)
    return {
        "type": "normal",
        "title": post.title,
        "author": author,
        "description": summary,
        "cover": _cover(cover.address),
        "body": [{"type": "text", "content": _text(post)}, *map(_image, others)],
        "status": "show",
        "comment": "show" if settings.comments else "hide",
    }


def without_pictures(fields: Fields, cover: str) -> Fields | None:
    """The same article with another cover and no other picture; None when it has no other."""
    if fields["cover"] == _cover(cover):
        return None
    texts = [block for block in fields["body"] if block["type"] == "text"]
    return {**fields, "cover": _cover(cover), "body": texts}


def is_meant(detail: Mapping[str, Any], sought: Sought) -> bool:
    """Whether an article of the sought title is the sought one: by its code, else by its page, as far as it has them.

    One that has neither was made by hand, or Zalo took them out: it counts, because a second one must never appear.
    """
    signs = dict(_signs(detail))
    if code := signs.get(_CODE):
        return code.replace("-", "").lower() == sought.marker
    if page := signs.get(_PAGE):
        return page == sought.page
    return True


def _signs(detail: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    blocks = detail.get("body")
    for block in blocks if isinstance(blocks, list) else ():
        if isinstance(block, dict):
            for name, value in _SIGN.findall(str(block.get("content", ""))):
                yield name, html.unescape(value)


def _pictures(post: Post, settings: ZaloSettings) -> list[Attachment]:
    """The pictures of the post, or the office's own cover; at least one."""
    for picture in post.pictures:
        if len(picture.content) > (PICTURES.bytes_most or 0):
            raise Rejected("zalo.heavy_picture", name=picture.name, kilobytes=len(picture.content) // 1000)
        if not picture.address:
            raise Rejected("zalo.no_address", name=picture.name)
    if len(post.pictures) > PICTURES.most:
        raise Rejected("zalo.too_many_pictures", count=len(post.pictures), most=PICTURES.most)
    if post.pictures:
        return list(post.pictures)
    if settings.cover is None:
        raise Rejected("zalo.no_cover")
    return [Attachment(name="cover", media_type="", content=b"", title="", address=settings.cover)]


def _cover(address: str) -> dict[str, str]:
    return {"cover_type": "photo", "photo_url": requote_uri(address), "status": "show"}


def _image(picture: Attachment) -> dict[str, str]:
    return {"type": "image", "url": requote_uri(picture.address), "caption": picture.alt}


def _text(post: Post) -> str:
    """The plain text as paragraphs: which other tags Zalo takes is not known.

    Zalo shows the description above it, so a first paragraph that says the same is left out where others follow.
    """
    first, _, rest = post.text.strip().partition("\n\n")
    text = rest if rest and one_line(first) == post.summary else post.text
    page = f"{_PAGE} {post.page}" if post.page else ""
    lines = [*text.splitlines(), page, post.visible_code]
    return "".join(f"<p>{html.escape(line.strip(), quote=False)}</p>" for line in lines if line.strip())
