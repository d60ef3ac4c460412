"""Files that come to WordPress: the two forms of an upload, what kind of file it is, and what it is called."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Container
from dataclasses import dataclass
from email.parser import HeaderParser

from PIL import Image, UnidentifiedImageError

from channels.sandbox.wordpress.call import Call
from channels.sandbox.wordpress.errors import WordPressRefusal

# What a file begins with → its type and extension; whatever else a name says does not count.
_KINDS = (
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
    (b"GIF8", "image/gif", "gif"),
    (b"%PDF-", "application/pdf", "pdf"),
)
_SAME = {"jpeg": "jpg", "jpe": "jpg"}


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """A file that WordPress takes."""

    name: str  # with the extension of its real kind
    mime_type: str
    content: bytes


def arrival(call: Call) -> Arrival:
    """The file of an upload. Raises WordPressRefusal."""
    request, switches = call.request, call.site.switches
    if len(request.body) > switches.body_limit:
        # PHP drops a body that is too long, and WordPress sees an upload without anything.
        raise WordPressRefusal("rest_upload_no_content_disposition")
    if request.media_type() == "multipart/form-data":
        file = request.files().get("file")
        if file is None or len(file.content) > switches.upload_limit:
            raise WordPressRefusal("rest_upload_unknown_error")
        name, content = file.name, file.content
    else:
        name, content = _raw(call)
    if len(content) > switches.upload_limit:
        raise WordPressRefusal("rest_upload_unknown_error")
    given = request.headers.get("content-md5", "").strip().lower()
    if given and given != hashlib.md5(content, usedforsecurity=False).hexdigest():
        raise WordPressRefusal("rest_upload_hash_mismatch")
    return _known(name, content)


def free_file(name: str, taken: Container[str]) -> str:
    """``name``, or with -1, -2 … before its extension: the same name again is another file."""
    stem, _, extension = name.rpartition(".")
    free, number = name, 0
    while free in taken:
        number += 1
        free = f"{stem}-{number}.{extension}"
    return free


def size_of(content: bytes) -> tuple[int, int]:
    """Width and height of a picture in pixels; zeros for anything else."""
    try:
        with Image.open(io.BytesIO(content)) as picture:
            return picture.size
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
        return 0, 0


def _raw(call: Call) -> tuple[str, bytes]:
    """A body that is the file itself, with its name in the header."""
    headers = call.request.headers
    if not call.request.body:
        raise WordPressRefusal("rest_upload_no_data")
    if "content-type" not in headers:
        raise WordPressRefusal("rest_upload_no_content_type")
    if "content-disposition" not in headers:
        raise WordPressRefusal("rest_upload_no_content_disposition")
    # filename*= is not understood.
    plain = re.sub(r"filename\*\s*=[^;]*", "", headers["content-disposition"])
    name = HeaderParser().parsestr(f"Content-Disposition: {plain}").get_filename()
    if not name:
        raise WordPressRefusal("rest_upload_invalid_disposition")
    return name, call.request.body


def _known(name: str, content: bytes) -> Arrival:
    kind = next((kind for kind in _KINDS if content.startswith(kind[0])), None)
    stem, _, given = name.rpartition(".")
    called = _SAME.get(given.lower(), given.lower())
    if kind is None or called not in [extension for _, _, extension in _KINDS]:
        raise WordPressRefusal("rest_upload_sideload_error")
    _, mime_type, extension = kind
    clean = re.sub(r"-+", "-", re.sub(r"[^\w.\-]+", "-", stem.rpartition("/")[2])).strip("-.") or "tap-tin"
    kept = given if called == extension else extension
    return Arrival(name=f"{clean}.{kept}", mime_type=mime_type, content=content)
