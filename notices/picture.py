"""Pictures that an office hands in: checked, and made plain, before they go anywhere.

Plain is what every medium shows alike: an upright sRGB picture as JPEG or PNG that says nothing of who took it,
where or with what. A file that is plain already keeps its bytes: nothing is lost, and an approval that is bound to
them outlives another version of the imaging library.
"""

from __future__ import annotations

import io
import struct
import warnings
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path, PurePath
from typing import cast

from PIL import Image, ImageChops, ImageCms, ImageOps

from loa.core.errors import LoaError, Place, mistake
from loa.core.files import read_file

MAX_BYTES = 40_000_000  # an uncompressed scan of A4 at 300 dpi has 26 million
MAX_PIXELS = 50_000_000  # what a good camera makes; unpacked it takes some 200 MB
MAX_SIDE = 5000  # of what we pass on, pixels: A3 at 300 dpi, A1 at 150 dpi

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "TIFF")
_MEDIA_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png"}
_SUFFIXES = {"image/jpeg": (".jpg", ".jpeg"), "image/png": (".png",)}
_QUALITY = 90

# How files begin that are often taken for pictures, and what people call them.
_OTHERS = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "Word, Excel, ZIP"),
    (b"\xd0\xcf\x11\xe0", "Word, Excel"),
    (b"{\\rtf", "Word (RTF)"),
    (b"BM", "BMP"),
    (b"8BPS", "Photoshop"),
    (b"%!PS", "EPS"),
    (b"\xc5\xd0\xd3\xc6", "EPS"),
    (b"\x00\x00\x00\x0cjP  ", "JPEG 2000"),
    (b"\x00\x00\x00\x0cJXL ", "JPEG XL"),
)
_BRANDS = {b"heic": "HEIC", b"heix": "HEIC", b"mif1": "HEIC", b"msf1": "HEIC", b"hevc": "HEIC", b"avif": "AVIF"}
_HEAD = 4096  # bytes in which an SVG shows itself

# What a plain file may hold besides its pixels. Anything else may be a place, a name, a thumbnail, a colour profile.
_PLAIN_CHUNKS = {b"IHDR", b"PLTE", b"tRNS", b"sRGB", b"pHYs", b"IDAT", b"IEND"}
_PLAIN_SEGMENTS = {"APP0", "APP14"}  # JFIF, Adobe
_PLAIN_MODES = {"JPEG": {"L", "RGB"}, "PNG": {"1", "L", "LA", "P", "RGB", "RGBA"}}
_SAYS_WHAT_IS_UP = {"exif", "Raw profile type exif", "xmp", "XML:com.adobe.xmp"}
_SCALED_MODES = {"1", "L", "LA", "RGB", "RGBA", "CMYK"}  # that can be made smaller as they are


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A plain picture: upright, sRGB, JPEG or PNG (with its transparency), without metadata."""

    name: str  # file name, its suffix that of the media type
    media_type: str  # image/jpeg or image/png
    content: bytes
    width: int  # pixels
    height: int


class _NotPlainError(Exception):
    """The picture opens and is of a kind that cannot be made plain."""


def read_picture(path: Path, place: Place, *, shown: str) -> Picture:
    """The picture file at ``path``, made plain; ``place`` is where the campaign names it, ``shown`` how it is written.

    Takes PNG, JPEG, WebP, GIF and TIFF (of these two the first picture). A side of more than ``MAX_SIDE`` pixels is
    scaled down to it. The same file gives the same bytes.

    Raises LoaError: not there, too large, empty, broken, of another kind, or with more than ``MAX_PIXELS`` pixels,
    which is seen in the header before anything is unpacked.
    """
    if not path.is_file():
        raise mistake("picture.missing", place, file=shown)
    content = read_file(path, limit=MAX_BYTES, shown=shown)
    if not content:
        raise mistake("picture.empty", place, file=shown)
    _refuse_other_kinds(content, place, shown)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd metadata, which is left out anyway
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _plain(path.name, content, place, shown)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise mistake("picture.pixels", place, file=shown, limit=MAX_PIXELS // 1_000_000) from None
    except LoaError:
        raise
    except Exception:  # a broken picture makes Pillow raise anything, from SyntaxError to ZeroDivisionError
        raise mistake("picture.unreadable", place, file=shown) from None


def drawn_picture(name: str, png: bytes) -> Picture:
    """A PNG that Loa drew itself, such as a page of a document, as a picture."""
    with Image.open(io.BytesIO(png), formats=("PNG",)) as opened:
        width, height = opened.size
    return Picture(name=name, media_type="image/png", content=png, width=width, height=height)


@lru_cache(maxsize=8)
def in_greys(picture: Picture) -> Picture:
    """The picture for a printer of one colour: greys from full black to white, so that nothing drowns in the middle.

    What can be seen through, such as the ground of a logo, is paper.
    """
    with Image.open(io.BytesIO(picture.content)) as opened:
        colours = opened.convert("RGBA")
        on_paper = Image.alpha_composite(Image.new("RGBA", colours.size, "white"), colours)
        spread = ImageOps.autocontrast(on_paper.convert("L"), cutoff=1)
    grey = spread.point(lambda light: 255 if light == 254 else light)  # rounding; a printer would set dots for it
    stream = io.BytesIO()
    grey.save(stream, "PNG")
    return replace(
        picture, name=f"{PurePath(picture.name).stem}.png", media_type="image/png", content=stream.getvalue()
    )


def _refuse_other_kinds(content: bytes, place: Place, shown: str) -> None:
    """Name what people hand in instead of a picture; an SVG may carry programs and is not even looked into."""
    head = content[:_HEAD].lower()
    if b"<svg" in head or b"<!doctype svg" in head:
        raise mistake("picture.vector", place, file=shown)
    kind = next((kind for start, kind in _OTHERS if content.startswith(start)), None)
    if content[4:8] == b"ftyp":
        kind = _BRANDS.get(content[8:12])
    if kind:
        raise mistake("picture.kind", place, file=shown, kind=kind)


def _plain(name: str, content: bytes, place: Place, shown: str) -> Picture:
    with Image.open(io.BytesIO(content), formats=_FORMATS) as opened:
        if opened.width * opened.height > MAX_PIXELS:
            raise mistake("picture.pixels", place, file=shown, limit=MAX_PIXELS // 1_000_000)
        return _kept(name, content, opened) or _remade(name, opened)


def _kept(name: str, content: bytes, opened: Image.Image) -> Picture | None:
    """The file as it is, if it is plain. Raises what Pillow raises when it does not open to its end."""
    kind = str(opened.format)
    is_small = max(opened.size) <= MAX_SIDE
    if not is_small or opened.mode not in _PLAIN_MODES.get(kind, ()) or not _holds_pixels_only(content, opened):
        return None
    width, height = opened.size
    opened.draft(None, (1, 1))  # a JPEG is then read to its end at an eighth of its size
    opened.load()
    media_type = _MEDIA_TYPES[kind]
    return Picture(name=_named(name, media_type), media_type=media_type, content=content, width=width, height=height)


def _holds_pixels_only(content: bytes, opened: Image.Image) -> bool:
    """Whether nothing else stands in the file: no place, camera, comment, profile, second picture or tail."""
    if opened.format == "PNG":
        return _chunks(content) <= _PLAIN_CHUNKS and content[24] <= 8  # bits a channel
    segments = {name for name, _ in getattr(opened, "applist", ())}
    return segments <= _PLAIN_SEGMENTS and content.endswith(b"\xff\xd9")


def _chunks(png: bytes) -> set[bytes]:
    """The names of a PNG's chunks; what follows the last one counts as one."""
    names: set[bytes] = set()
    start = 8
    while start + 12 <= len(png):
        names.add(name := png[start + 4 : start + 8])
        start += 12 + int.from_bytes(png[start : start + 4])
        if name == b"IEND":
            break
    return names if start == len(png) else names | {b"tail"}


def _remade(name: str, opened: Image.Image) -> Picture:
    """The picture unpacked, scaled, in sRGB and upright, and packed again: PNG where that loses nothing, else JPEG."""
    is_photograph = opened.format in ("JPEG", "MPO", "WEBP") or (opened.format == "TIFF" and len(opened.getbands()) > 1)
    profile = opened.info.get("icc_profile")
    is_inverted = opened.format in ("JPEG", "MPO") and opened.mode == "CMYK" and "adobe" not in opened.info
    image = _scaled(opened)
    if is_inverted:  # Pillow takes all CMYK for Adobe's, which counts paper instead of ink
        image = ImageChops.invert(image)
    image = _upright(opened, _in_srgb(image, profile))
    has_alpha = "A" in image.mode and cast(tuple[int, int], image.getchannel("A").getextrema())[0] < 255
    if "A" in image.mode and not has_alpha:
        image = image.convert(image.mode.removesuffix("A"))
    image.info = {}  # Pillow would write comments and profiles again
    packed = io.BytesIO()
    if is_photograph and not has_alpha:
        image.save(packed, "JPEG", quality=_QUALITY, subsampling=0)
        media_type = "image/jpeg"
    else:
        image.save(packed, "PNG")
        media_type = "image/png"
    return Picture(
        name=_named(name, media_type),
        media_type=media_type,
        content=packed.getvalue(),
        width=image.width,
        height=image.height,
    )


def _scaled(opened: Image.Image) -> Image.Image:
    """The picture unpacked, in a mode that can be scaled, no side longer than ``MAX_SIDE``."""
    opened.draft(None, (MAX_SIDE, MAX_SIDE))  # a JPEG is unpacked no larger than needed
    opened.load()
    image = opened if opened.mode in _SCALED_MODES and "transparency" not in opened.info else _in_plain_mode(opened)
    if max(image.size) > MAX_SIDE:
        image = image.convert("L") if image.mode == "1" else image
        image = ImageOps.contain(image, (MAX_SIDE, MAX_SIDE))
    return image


def _in_plain_mode(image: Image.Image) -> Image.Image:
    """Palettes and rare kinds of pixel as RGB, with alpha where they have any."""
    if image.mode.startswith("I;16"):
        return image.point(lambda value: value / 257).convert("L")  # Pillow would cut off what is above 255
    if image.mode in ("I", "F"):
        raise _NotPlainError  # measurements, not a picture: nothing says which value is white
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The colours as sRGB, by the file's own profile where it has a sound one."""
    wanted = {"LA": "RGBA", "RGBA": "RGBA"}.get(image.mode, "RGB")
    if profile and image.mode not in ("1", "LA"):
        try:
            made = ImageCms.profileToProfile(
                image, io.BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode=wanted
            )
        except ImageCms.PyCMSError:
            made = None  # a profile that is broken or of another colour space says nothing
        if made is not None:
            return made
    return image if image.mode in ("1", "L", "LA", "RGB", "RGBA") else image.convert("RGB")


def _upright(opened: Image.Image, image: Image.Image) -> Image.Image:
    """Turned as the file's EXIF says. A TIFF has been turned while it was unpacked, and says so no more."""
    image.info = {key: value for key, value in opened.info.items() if key in _SAYS_WHAT_IS_UP}
    try:
        return ImageOps.exif_transpose(image)
    except (SyntaxError, ValueError, struct.error):  # broken metadata; the pixels are sound
        return image


def _named(name: str, media_type: str) -> str:
    """The file's name, with a suffix that agrees with what it holds now."""
    suffixes = _SUFFIXES[media_type]
    return name if PurePath(name).suffix.lower() in suffixes else f"{PurePath(name).stem}{suffixes[0]}"
