"""PDF → PNG: one picture a page, through PDFium."""

from __future__ import annotations

import io
from itertools import islice

import pypdfium2

SCREEN_DPI = 110


def write_pngs(pdf: bytes, *, dpi: int = SCREEN_DPI, most: int | None = None) -> list[bytes]:
    """A PNG for every page of a PDF, or the first ``most``, at ``dpi`` dots an inch."""
    opened = pypdfium2.PdfDocument(pdf)
    try:
        return [_png(page, dpi) for page in islice(opened, most)]
    finally:
        opened.close()


def _png(page: pypdfium2.PdfPage, dpi: int) -> bytes:
    stream = io.BytesIO()
    page.render(scale=dpi / 72).to_pil().save(stream, "PNG")
    return stream.getvalue()
