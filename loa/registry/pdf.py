"""What a PDF says: its words line by line, and which of its pages are pictures of paper."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

from loa.core.errors import Place, mistake

MOST_PAGES = 300
_HEAD = 1024  # bytes within which a PDF says that it is one
_PICTURE_SHARE = 0.6  # of a page; more than that is no logo or seal
_NO_SECURITY = -1


@dataclass(frozen=True, kw_only=True, slots=True)
class PdfPage:
    """One page."""

    lines: tuple[str, ...]
    is_picture: bool  # a scan: a picture covers it, or it has no words at all


def read_pdf(content: bytes, place: Place) -> tuple[PdfPage, ...]:
    """The pages of a PDF that somebody brought.

    Raises LoaError: ``registry.not_pdf``, ``registry.encrypted`` (also one that opens without a password),
    ``registry.too_many_pages``.
    """
    if b"%PDF-" not in content[:_HEAD]:
        raise mistake("registry.not_pdf", place)
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        key = "registry.encrypted" if "password" in str(error).lower() else "registry.not_pdf"
        raise mistake(key, place) from error
    try:
        if raw.FPDF_GetSecurityHandlerRevision(document.raw) != _NO_SECURITY:
            raise mistake("registry.encrypted", place)
        if len(document) > MOST_PAGES:
            raise mistake("registry.too_many_pages", place, count=len(document), limit=MOST_PAGES)
        return tuple(_page(document[index]) for index in range(len(document)))
    except pypdfium2.PdfiumError as error:
        raise mistake("registry.not_pdf", place) from error
    finally:
        document.close()


def _page(page: pypdfium2.PdfPage) -> PdfPage:
    lines = tuple(line for line in page.get_textpage().get_text_range().splitlines() if line.strip())
    return PdfPage(lines=lines, is_picture=not lines or _is_covered(page))


def _is_covered(page: pypdfium2.PdfPage) -> bool:
    """Whether one picture covers the page, as a scanner leaves it; its words, if any, were guessed by a program."""
    width, height = page.get_size()
    for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
        left, bottom, right, top = picture.get_bounds()
        if (right - left) * (top - bottom) >= _PICTURE_SHARE * width * height:
            return True
    return False
