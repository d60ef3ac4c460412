"""The media endpoints of WordPress."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from typing import Any

from channels.sandbox.web import Response
from channels.sandbox.wordpress.answers import PAGING, choose_fields, one_page, reply
from channels.sandbox.wordpress.call import Call
from channels.sandbox.wordpress.dates import write_date
from channels.sandbox.wordpress.errors import WordPressRefusal
from channels.sandbox.wordpress.files import arrival, free_file, size_of
from channels.sandbox.wordpress.html import rendered
from channels.sandbox.wordpress.pages import UPLOADS
from channels.sandbox.wordpress.params import Reader, flag, number, one_of, raw_text, read, text, texts
from channels.sandbox.wordpress.site import ZONE, Media
from channels.sandbox.wordpress.slugs import fold, free_slug, without_accents

_ROUTE = "/wp/v2/media"
_WRITABLE: Mapping[str, Reader] = {
    "title": raw_text,
    "caption": raw_text,
    "description": raw_text,
    "alt_text": text,
    "slug": text,
    "post": number,
    "force": flag,
}
_FINDABLE: Mapping[str, Reader] = {
    "context": one_of("view", "embed", "edit"),
    "slug": texts,
    "search": text,
    "status": one_of("inherit", "private", "trash"),
    **PAGING,
}


def upload(call: Call) -> Response:
    """``POST /wp/v2/media``: 201 and the file's page."""
    values = read(call.params, _WRITABLE)
    if call.user is None or not call.may("upload_files"):
        raise call.refusal("rest_cannot_create")
    file, now, site = arrival(call), call.site.clock.now(), call.site
    folder = f"{now.astimezone(ZONE):%Y/%m}/"
    name = free_file(folder + file.name, {media.file for media in site.media.values()}).removeprefix(folder)
    width, height = size_of(file.content)
    stem = file.name.rpartition(".")[0]
    media = Media(
        id=site.new_id(),
        author=call.user.id,
        slug=free_slug(_wanted(values, stem), _taken(call)),
        title=stem,
        date=now,
        modified=now,
        file=folder + name,
        mime_type=file.mime_type,
        content=file.content,
        width=width,
        height=height,
    )
    _fill(media, values)
    site.media[media.id] = media
    headers = {"Location": f"{call.root}{_ROUTE}/{media.id}"}
    return reply(choose_fields(call, _show(call, media, edit=True)), 201, headers)


def find_media(call: Call) -> Response:
    """``GET /wp/v2/media``: newest first."""
    values = read(call.params, _FINDABLE)
    edit = call.editing()
    found = [media for media in call.site.media.values() if values.get("status", "inherit") == "inherit"]
    if "slug" in values:
        found = [media for media in found if media.slug in values["slug"]]
    if "search" in values:
        wanted = without_accents(values["search"]).lower()
        found = [media for media in found if wanted in without_accents(f"{media.title} {media.slug}").lower()]
    return one_page(call, found[::-1], lambda media: _show(call, media, edit=edit), values, _ROUTE)


def get_media(call: Call) -> Response:
    """``GET /wp/v2/media/ID``."""
    return reply(choose_fields(call, _show(call, _media_of(call), edit=call.editing())))


def update_media(call: Call) -> Response:
    """``POST /wp/v2/media/ID``: another title, alternative text and so on; never another file."""
    values, media = read(call.params, _WRITABLE), _media_of(call)
    _check_owner(call, media, "rest_cannot_edit")
    if "slug" in values:
        media.slug = free_slug(_wanted(values, media.slug), _taken(call, media))
    _fill(media, values)
    media.modified = call.site.clock.now()
    return reply(choose_fields(call, _show(call, media, edit=True)))


def delete_media(call: Call) -> Response:
    """``DELETE /wp/v2/media/ID``, which has no trash."""
    values, media = read(call.params, _WRITABLE), _media_of(call)
    _check_owner(call, media, "rest_cannot_delete")
    if not values.get("force", False):
        raise WordPressRefusal("rest_trash_not_supported")
    del call.site.media[media.id]
    return reply({"deleted": True, "previous": _show(call, media, edit=True)})


def _media_of(call: Call) -> Media:
    if call.number not in call.site.media:
        raise WordPressRefusal("rest_post_invalid_id")
    return call.site.media[call.number]


def _check_owner(call: Call, media: Media, code: str) -> None:
    own = call.user is not None and media.author == call.user.id and call.may("upload_files")
    if not own and not call.may("edit_others_posts"):
        raise call.refusal(code)


def _wanted(values: Mapping[str, Any], usual: str) -> str:
    return fold(values.get("slug") or usual) or "tap-tin"


def _taken(call: Call, media: Media | None = None) -> set[str]:
    """A file's name must be free among files and posts; the other way round a post does not mind."""
    posts = {post.slug for post in call.site.living_posts()}
    return posts | {other.slug for other in call.site.media.values() if other is not media}


def _fill(media: Media, values: Mapping[str, Any]) -> None:
    for name in ("title", "caption", "description", "alt_text", "post"):
        setattr(media, name, values.get(name, getattr(media, name)))


def _show(call: Call, media: Media, *, edit: bool) -> dict[str, object]:
    address = f"{call.home}{UPLOADS}{media.file}"
    return {
        "id": media.id,
        "date": write_date(media.date, ZONE),
        "date_gmt": write_date(media.date, UTC),
        "modified_gmt": write_date(media.modified, UTC),
        "slug": media.slug,
        "status": "inherit",
        "type": "attachment",
        "link": f"{call.home}/?attachment_id={media.id}",
        "title": _words(media.title, media.title, edit=edit),
        "author": media.author,
        "caption": _words(media.caption, rendered(media.caption), edit=edit),
        "description": _words(media.description, rendered(media.description), edit=edit),
        "alt_text": media.alt_text,
        "media_type": "image" if media.mime_type.startswith("image/") else "file",
        "mime_type": media.mime_type,
        "media_details": {
            **({"width": media.width, "height": media.height} if media.width else {}),
            "file": media.file,
            "filesize": len(media.content),
            "sizes": {},
        },
        "post": media.post or None,
        "source_url": address,
    }


def _words(source: str, shown: str, *, edit: bool) -> dict[str, str]:
    return ({"raw": source} if edit else {}) | {"rendered": shown}
