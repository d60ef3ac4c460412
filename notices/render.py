"""Document → files: every format asked for, under the names that an office looks for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from importlib import import_module
from typing import Any

from notices.composed import Printable
from notices.document import Document
from notices.enclosure import EnclosedFile
from notices.posters.document import PosterDocument

# Format → its writer; imported on first use, because each brings a library along.
_WRITERS: Mapping[str, str] = {
    "docx": "notices.writers.docx:write_docx",
    "pdf": "notices.writers.pdf:write_pdf",
    "html": "notices.writers.html:write_html",
    "txt": "notices.writers.text:write_text",
}
_POSTERS = "notices.posters.render:render_poster"
_POSTER_PICTURE = "notices.posters.render:poster_picture"
_OFFICE = "notices.letterhead.office:to_pdf"
_PICTURES = "notices.writers.png:write_pngs"
FORMATS = (*_WRITERS, "png")


def render(document: Printable, formats: Collection[str]) -> dict[str, bytes]:
    """File name → content, for each of ``formats``: ``NAME.docx``, …; pictures are ``NAME-1.png``, one a page.

    Posters have pictures for social media besides, ``NAME-1080x1350.png``; an enclosure is a PDF and nothing else.
    Of a paper whose appendices are files of their own those follow, under their own names.
    """
    if isinstance(document, EnclosedFile):
        return {f"{document.name}.pdf": document.content} if "pdf" in formats else {}
    if isinstance(document, PosterDocument):
        posters: dict[str, bytes] = _function(_POSTERS)(document, formats)
        return posters
    return {name: content for file in document.files for name, content in _files(file, formats).items()}


def _files(document: Document, formats: Collection[str]) -> dict[str, bytes]:
    papers = _papers(document, {*formats, *(["pdf"] if "png" in formats else [])})
    files = {f"{document.name}.{suffix}": content for suffix, content in papers.items() if suffix in formats}
    if "png" in formats:
        pages: list[bytes] = _function(_PICTURES)(papers["pdf"])
        files |= {f"{document.name}-{page}.png": png for page, png in enumerate(pages, 1)}
    return files


def _papers(document: Document, formats: Collection[str]) -> dict[str, bytes]:
    """Format → content. What an office's letterhead carries is laid out by LibreOffice: only the DOCX is ours."""
    papers: dict[str, bytes] = {}
    if document.letterhead is not None and {"docx", "pdf"} & set(formats):
        papers["docx"] = document.letterhead.write(document)
        if "pdf" in formats:
            papers["pdf"] = _function(_OFFICE)(papers["docx"], name=document.name)
    for suffix, where in _WRITERS.items():
        if suffix in formats and suffix not in papers:
            papers[suffix] = _function(where)(document)
    return papers


def render_pdf(document: Printable) -> bytes:
    """The document as PDF, without appendices that are files of their own."""
    own = replace(document, apart=()) if isinstance(document, Document) else document
    [content] = render(own, ["pdf"]).values()
    return content


def render_picture(document: PosterDocument, shape: str) -> bytes | None:
    """The picture for social media of a shape such as ``1080x1350`` as PNG; None when the words have no room in it."""
    picture: bytes | None = _function(_POSTER_PICTURE)(document, shape)
    return picture


def render_first_page(pdf: bytes) -> bytes:
    """The first page of a PDF of ours as PNG."""
    [png] = _function(_PICTURES)(pdf, most=1)
    return bytes(png)


def _function(where: str) -> Callable[..., Any]:
    module, _, name = where.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), name)
    return found
