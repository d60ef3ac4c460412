"""Pictures that an office hands in: looked at before they go anywhere."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from loa.core.errors import Place, mistake
from loa.core.files import read_file

MAX_BYTES = 10_000_000
MAX_PIXELS = 50_000_000
_MEDIA_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg"}


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture that opens."""

    name: str  # file name
    media_type: str
    content: bytes


def read_picture(path: Path, place: Place, *, shown: str) -> Picture:
    """The PNG or JPEG file at ``path``; ``place`` is where the campaign names it, ``shown`` how it is written there.

    Raises LoaError: not there, too large, empty, broken, of another kind, or with too many pixels to be a picture.
    """
    if not path.is_file():
        raise mistake("picture.missing", place, file=shown)
    content = read_file(path, limit=MAX_BYTES, shown=shown)
    if not content:
        raise mistake("picture.empty", place, file=shown)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit follows
            with Image.open(path, formats=tuple(_MEDIA_TYPES)) as opened:
                kind, pixels = str(opened.format), opened.width * opened.height
                opened.verify()
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        # Pillow says SyntaxError of a broken PNG
        raise mistake("picture.unreadable", place, file=shown) from None
    if pixels > MAX_PIXELS:
        raise mistake("picture.pixels", place, file=shown, limit=MAX_PIXELS // 1_000_000)
    return Picture(name=path.name, media_type=_MEDIA_TYPES[kind], content=content)
