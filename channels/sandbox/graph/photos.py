"""Photos through the Graph API: uploaded as a file or fetched from an address on this computer."""

from __future__ import annotations

import http.client
import ipaddress
from io import BytesIO
from urllib.parse import urlsplit

from PIL import Image

from channels.sandbox.graph.access import keep_pace, may_publish
from channels.sandbox.graph.call import Call
from channels.sandbox.graph.errors import GraphError, missing
from channels.sandbox.graph.model import Page, Photo, Token
from channels.sandbox.graph.posts import check_message, check_schedule, mark_unpublished
from channels.sandbox.graph.reading import picture_address
from channels.sandbox.graph.store import Store

LARGEST = 4_000_000  # bytes of a photo
_FORMATS = ("JPEG", "BMP", "PNG", "GIF", "TIFF")
_PATIENCE = 5  # seconds for the server that holds a picture


def create_photo(store: Store, token: Token, call: Call, name: str, content: bytes) -> dict[str, object]:
    """``POST /{page}/photos``, whose picture is ``content``: published at once, or kept for a post to come."""
    page = may_publish(store, token, name)
    published = call.flag("published", default=True)
    temporary = call.flag("temporary", default=False)
    scheduled = check_schedule(store, call, published=published)
    if temporary and (published or scheduled):
        raise GraphError(100, "(#100) A temporary photo is neither published nor scheduled")
    check_message(_caption(call))
    photo = _photo(store, page, call, content, temporary=temporary)
    if not published and scheduled is None:
        store.add_photo(photo)
        return {"id": photo.id}
    keep_pace(page, call)
    store.add_photo(photo)
    post = store.add_post(
        page.id,
        message=photo.caption,
        link="",
        photos=[photo],
        now=call.now,
        app=store.app.id,
        published=published,
    )
    mark_unpublished(post, call)
    return {"id": photo.id, "post_id": post.id}


def show_photo(store: Store, call: Call, name: str) -> dict[str, object]:
    """``GET /{photo}``. GraphError 100/33 when there is none."""
    photo = store.photos.get(name)
    if photo is None or photo.gone:
        raise missing("get", name)
    return {
        "id": photo.id,
        "alt_text": photo.alt,
        "alt_text_custom": photo.alt,
        "name": photo.caption,
        "width": photo.size[0],
        "height": photo.size[1],
        "images": [{"source": picture_address(call.root, photo), "width": photo.size[0], "height": photo.size[1]}],
    }


def bytes_of(call: Call) -> bytes:
    """The picture that comes with a call, or lies at its ``url``; empty when there is none to be had.

    It is fetched before the service is locked: it may lie on another stand-in of the same sandbox, or on this one.
    """
    if call.files:
        return call.files[0].content
    return _fetch(call.text("url")) if "url" in call.params else b""


def _fetch(url: str) -> bytes:
    """What lies at an address of this computer. The sandbox reaches nothing else."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or 80
        if parts.scheme != "http" or not _is_here(host):
            return b""
        connection = http.client.HTTPConnection(host, port, timeout=_PATIENCE)
        try:
            connection.request("GET", parts._replace(scheme="", netloc="", fragment="").geturl() or "/")
            response = connection.getresponse()
            return response.read(LARGEST + 1) if response.status == http.client.OK else b""
        finally:
            connection.close()
    except (OSError, ValueError, http.client.HTTPException):
        return b""


def _is_here(host: str) -> bool:
    return host == "localhost" or ipaddress.ip_address(host).is_loopback


def _photo(store: Store, page: Page, call: Call, content: bytes, *, temporary: bool) -> Photo:
    if not content:
        raise GraphError(324)
    if len(content) > LARGEST:
        raise GraphError(100, subcode=1366046)
    try:
        with Image.open(BytesIO(content)) as image:
            form, size = image.format or "", image.size
            image.verify()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise GraphError(324) from None
    if form not in _FORMATS:
        raise GraphError(100, subcode=1366046)
    return Photo(
        id=store.new_id(),
        page=page.id,
        content=content,
        media_type=Image.MIME[form],
        size=size,
        caption=_caption(call),
        alt=call.text("alt_text_custom"),
        created=call.now,
        temporary=temporary,
    )


def _caption(call: Call) -> str:
    """Of its deprecated other names, ``message`` is still taken."""
    return call.text("caption") or call.text("message")
