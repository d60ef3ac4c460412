"""What Zalo accepts as an article; the first thing wrong is named, as the service does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

from channels.sandbox.zalo.errors import INVALID, ZaloRefusal
from channels.sandbox.zalo.oa import ZaloSwitches

TITLE_LIMIT = 150  # characters, as they come: nothing is normalised before counting
DESCRIPTION_LIMIT = 300
AUTHOR_LIMIT = 50
KINDS = ("normal", "video")
WRONG_KIND = "type accept only 2 value normal and video."
WRONG_COVER = "cover value is invalid"
_SHOWN = ("show", "hide")
_ADDRESS = re.compile(r"https?://[!-~]+")  # no blanks, nothing outside ASCII: such addresses must be percent-encoded

Fields = Mapping[str, object]


def check_article(fields: Fields, switches: ZaloSwitches) -> None:
    """ZaloRefusal when ``fields`` is not an article that ``create`` or ``update`` would take."""
    if fields.get("type") not in KINDS:
        raise ZaloRefusal(INVALID, WRONG_KIND)
    _check_length(fields, "title", TITLE_LIMIT, switches)
    _check_length(fields, "description", DESCRIPTION_LIMIT, switches)
    for name in ("status", "comment"):
        if fields.get(name, "show") not in _SHOWN:
            raise _wrong(name)
    if fields["type"] == "video":
        _check_video(fields)
    else:
        _check_normal(fields)


def picture_addresses(fields: Fields) -> list[str]:
    """The addresses that Zalo will download for an article that passed ``check_article``."""
    if fields["type"] == "video":
        return [cast(str, fields["avatar"])]
    cover = cast(Fields, fields["cover"])
    blocks = cast(list[Fields], fields["body"])
    covers = [cast(str, cover["photo_url"])] if cover["cover_type"] == "photo" else []
    return covers + [cast(str, block["url"]) for block in blocks if block["type"] == "image"]


def _check_normal(fields: Fields) -> None:
    author = fields.get("author", "")
    if not isinstance(author, str) or len(author) > AUTHOR_LIMIT:
        raise ZaloRefusal(INVALID, f"author allow 1 to {AUTHOR_LIMIT} characters")
    _check_cover(fields.get("cover"))
    body = fields.get("body")
    if not isinstance(body, list) or not body:
        raise _wrong("body")
    for block in body:
        if not isinstance(block, dict) or not _is_block(block):
            raise _wrong("body")
    related = fields.get("related_medias", [])
    if not isinstance(related, list) or not all(isinstance(name, str) for name in related):
        raise _wrong("related_medias")
    if "tracking_link" in fields and not _is_address(fields["tracking_link"]):
        raise _wrong("tracking_link")


def _check_video(fields: Fields) -> None:
    if not _is_text(fields.get("video_id")):
        raise _wrong("video_id")
    if not _is_address(fields.get("avatar")):
        raise _wrong("avatar")


def _check_cover(cover: object) -> None:
    if not isinstance(cover, dict) or cover.get("cover_type") not in ("photo", "video"):
        raise ZaloRefusal(INVALID, WRONG_COVER)
    if cover.get("status") not in _SHOWN:
        raise ZaloRefusal(INVALID, "create media failed: cover status")
    if cover["cover_type"] == "video":
        if cover.get("cover_view") not in ("horizontal", "vertical", "square") or not _is_text(cover.get("video_id")):
            raise ZaloRefusal(INVALID, WRONG_COVER)
    elif not _is_text(cover.get("photo_url")):
        raise ZaloRefusal(INVALID, WRONG_COVER)
    elif not _is_address(cover["photo_url"]):
        raise _wrong("photo_url")


def _is_block(block: Fields) -> bool:
    match block.get("type"):
        case "text":
            return _is_text(block.get("content"))
        case "image":
            return _is_address(block.get("url")) and isinstance(block.get("caption", ""), str)
        case "video":
            return _is_text(block.get("video_id")) or (
                _is_address(block.get("url")) and _is_address(block.get("thumb"))
            )
        case "product":
            return _is_text(block.get("id"))
    return False


def _check_length(fields: Fields, name: str, limit: int, switches: ZaloSwitches) -> None:
    text = fields.get(name)
    longest = limit - 1 if switches.full_length_refused else limit
    if not _is_text(text) or len(cast(str, text)) > longest:
        raise ZaloRefusal(INVALID, f"{name} allow 1 to {limit} characters")


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_address(value: object) -> bool:
    return isinstance(value, str) and _ADDRESS.fullmatch(value) is not None


def _wrong(name: str) -> ZaloRefusal:
    return ZaloRefusal(INVALID, f"{name} value is invalid")
