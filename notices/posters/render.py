"""Poster → files: every format asked for, under the names that an office looks for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from notices.posters.document import PosterDocument
from notices.posters.pages import PICTURES, compose_pages, compose_picture
from notices.posters.scene import Scene
from notices.posters.writers.docx import write_poster_docx
from notices.posters.writers.html import write_poster_html
from notices.posters.writers.pdf import write_scenes
from notices.posters.writers.text import write_poster_text
from notices.writers.png import write_pngs

_SCREEN_DPI = 72  # a point of a picture's scene is a pixel


def write_poster_pdf(document: PosterDocument) -> bytes:
    """The poster as PDF."""
    return write_scenes(compose_pages(document), title=document.title, author=document.author)


_WRITERS: Mapping[str, Callable[[PosterDocument], bytes]] = {
    "docx": write_poster_docx,
    "pdf": write_poster_pdf,
    "html": write_poster_html,
    "txt": write_poster_text,
}


def render_poster(document: PosterDocument, formats: Collection[str]) -> dict[str, bytes]:
    """File name → content. With ``png`` the pages, ``NAME-1.png``, and the pictures, ``NAME-1080x1350.png``, …"""
    files = {f"{document.name}.{suffix}": write(document) for suffix, write in _WRITERS.items() if suffix in formats}
    if "png" in formats:
        pdf = files.get(f"{document.name}.pdf") or write_poster_pdf(document)
        files |= {f"{document.name}-{page}.png": png for page, png in enumerate(write_pngs(pdf), 1)}
        files |= {f"{document.name}-{shape}.png": png for shape, png in _pictures(document)}
    return files


def poster_picture(document: PosterDocument, shape: str) -> bytes | None:
    """The picture for social media of a shape such as ``1080x1350`` as PNG; None when the words have no room in it."""
    scene = compose_picture(document, shape)
    return None if scene is None else _picture(document, scene)


def _pictures(document: PosterDocument) -> Iterator[tuple[str, bytes]]:
    """The pictures for social media as PNG; composing has warned of one that is missing."""
    for shape in PICTURES:
        if picture := poster_picture(document, shape):
            yield shape, picture


def _picture(document: PosterDocument, scene: Scene) -> bytes:
    [png] = write_pngs(write_scenes([scene], title=document.title, author=document.author), dpi=_SCREEN_DPI)
    return png
