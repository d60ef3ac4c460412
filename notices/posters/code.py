"""The QR code of a link, with its quiet zone, for every medium."""

from __future__ import annotations

import io
from functools import lru_cache

import segno

QUIET = 4  # modules of white on every side (ISO/IEC 18004)
_PNG_SCALE = 12  # pixels a module: 300 dots an inch at 1 mm


@lru_cache(maxsize=256)
def _code(link: str) -> segno.QRCode:
    """Error correction M or better, never Micro QR, which telephones do not read."""
    return segno.make_qr(link, error="m", boost_error=True)


@lru_cache(maxsize=256)
def squares(link: str) -> tuple[bytes, ...]:
    """The code as rows of 0 (light) and 1 (dark), with the quiet zone.

    Raises segno.DataOverflowError for what no code can hold, some 2,000 characters.
    """
    return tuple(bytes(row) for row in _code(link).matrix_iter(scale=1, border=QUIET))


def modules(link: str) -> int:
    """Squares on a side, without the quiet zone."""
    return len(squares(link)) - 2 * QUIET


def code_png(link: str) -> bytes:
    """The code as a PNG."""
    stream = io.BytesIO()
    _code(link).save(stream, kind="png", scale=_PNG_SCALE, border=QUIET)
    return stream.getvalue()


def code_svg(link: str) -> str:
    """The code as an SVG to stand in a page."""
    svg: str = _code(link).svg_inline(border=QUIET, light="#fff", omitsize=True)
    return svg
