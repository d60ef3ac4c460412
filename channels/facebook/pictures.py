"""Pictures in the form that Facebook keeps best: JPEG, sRGB, small enough, without what the file says of its maker."""

from __future__ import annotations

import warnings
from io import BytesIO
from pathlib import PurePath

from PIL import Image, ImageCms, ImageOps

from channels.answers import Rejected
from channels.facebook.graph import Upload
from channels.post import Attachment
from loa.core.text import slug

LARGEST = 4_000_000  # bytes; of Meta's two figures, 4 and 10 MB, the one that always holds
LONGEST_SIDE = 2048  # px; Facebook makes larger ones smaller itself, and less well
_QUALITIES = (90, 80, 70, 55, 40)  # tried in turn; the first one nearly always does
_MOST_PIXELS = 100_000_000


def as_upload(picture: Attachment) -> Upload:
    """``picture`` as it is sent. The same picture gives the same bytes. Raises Rejected for what is no picture."""
    try:
        drawn = _drawn(picture.content)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Rejected("facebook.no_picture", name=picture.name) from None
    content = next((found for quality in _QUALITIES if len(found := _jpeg(drawn, quality)) < LARGEST), None)
    if content is None:
        raise Rejected("facebook.no_picture", name=picture.name)
    name = f"{slug(PurePath(picture.name).stem) or 'anh'}.jpg"
    return Upload(name=name, media_type="image/jpeg", content=content)


def _drawn(content: bytes) -> Image.Image:
    """Upright, not too large, on white, and without anything that is not its pixels."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(BytesIO(content)) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise ValueError("too many pixels")
            opened.load()
            upright = ImageOps.exif_transpose(opened)
    coloured = _in_srgb(upright).convert("RGBA")
    coloured.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    clean = Image.new("RGB", coloured.size, "white")
    clean.paste(coloured, mask=coloured)
    return clean


def _in_srgb(image: Image.Image) -> Image.Image:
    """In the colours that every screen has; as it is when it does not say which it has."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "CMYK", "L"):
        return image
    try:
        given = ImageCms.ImageCmsProfile(BytesIO(profile))
        found = ImageCms.profileToProfile(image, given, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (OSError, ImageCms.PyCMSError):  # a broken profile says nothing
        return image
    return found or image


def _jpeg(image: Image.Image, quality: int) -> bytes:
    file = BytesIO()
    # Without subsampling: coloured letters of a poster stay sharp.
    image.save(file, "JPEG", quality=quality, subsampling=0, optimize=True)
    return file.getvalue()
