"""A picture made into the kind of file that a channel takes, and light enough for it."""

from __future__ import annotations

import io
from collections.abc import Collection
from dataclasses import replace
from functools import lru_cache
from pathlib import PurePath

from PIL import Image

from loa.core.errors import Place, mistake
from notices.picture import Picture

_JPEG = "image/jpeg"
_QUALITIES = (90, 82, 74, 66)  # below that the small print of a poster can no longer be read
_SMALLER = 0.8  # of the width, where quality alone does not do
_LEAST_SIDE = 600  # pixels


def lighter(picture: Picture, media_types: Collection[str], most: int | None, place: Place) -> Picture:
    """The picture as it is if it fits, else as JPEG of at most ``most`` bytes; the same picture gives the same bytes.

    Raises LoaError (``picture.too_heavy``) at ``place`` when it would have to lose too much.
    """
    if picture.media_type in media_types and (most is None or len(picture.content) <= most):
        return picture
    found = _as_jpeg(picture, most) if _JPEG in media_types else None
    if found is None:
        values = {"file": picture.name, "size": len(picture.content), "most": most or 0}
        raise mistake("picture.too_heavy", place, **values)
    return found


@lru_cache(maxsize=8)
def _as_jpeg(picture: Picture, most: int | None) -> Picture | None:
    """The first try that is light enough: less quality first, then fewer pixels."""
    with Image.open(io.BytesIO(picture.content)) as opened:
        image = _on_white(opened)
    while True:
        for quality in _QUALITIES:
            content = _packed(image, quality)
            if most is None or len(content) <= most:
                return replace(
                    picture,
                    name=f"{PurePath(picture.name).stem}.jpg",
                    media_type=_JPEG,
                    content=content,
                    width=image.width,
                    height=image.height,
                )
        smaller = (round(image.width * _SMALLER), round(image.height * _SMALLER))
        if min(smaller) < _LEAST_SIDE:
            return None
        image = image.resize(smaller, Image.Resampling.LANCZOS)


def _on_white(image: Image.Image) -> Image.Image:
    """Without transparency, which JPEG does not have."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    picture = image.convert("RGBA")
    white = Image.new("RGBA", picture.size, "white")
    white.alpha_composite(picture)
    return white.convert("RGB")


def _packed(image: Image.Image, quality: int) -> bytes:
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=quality, optimize=True)
    return stream.getvalue()
