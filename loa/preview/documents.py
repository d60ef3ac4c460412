"""The pages of a campaign's documents as pictures."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import pypdfium2
from PIL import Image

from loa.core.errors import LoaError, Problem
from loa.preview.shown import ShownDocument, ShownPicture, shown_picture
from notices.compose import compose
from notices.context import Context
from notices.fill import fill_line
from notices.model import Appendix
from notices.naming import title_of
from notices.render import render
from notices.template import Text

_WIDTH = 900  # pixels of a page: small print can be read, and a campaign stays a few megabytes
_MOST = 12  # pages of one document
_QUALITY = 78

Say = Callable[[Problem], str]


def show_documents(context: Context, say: Say) -> Iterator[ShownDocument]:
    """Every document that is made, appendices with their paper; ``say`` turns a problem into a sentence."""
    for name, spec in context.documents.items():
        if isinstance(spec, Appendix):
            continue
        title = title_of(spec)
        try:
            title = fill_line(Text(text=title, place=context.locate("documents", name)), context)
            files = render(compose(name, context).document, ["pdf"])
        except LoaError as error:
            yield ShownDocument(name=name, title=title, problems=tuple(map(say, error.problems)))
            continue
        pages = [page for pdf in files.values() for page in _pages(pdf, title)]
        yield ShownDocument(name=name, title=title, pages=tuple(pages[:_MOST]), more=max(0, len(pages) - _MOST))


def _pages(pdf: bytes, title: str) -> Iterator[ShownPicture]:
    opened = pypdfium2.PdfDocument(pdf)
    try:
        for number, page in enumerate(opened, 1):
            image: Image.Image = page.render(scale=_WIDTH / page.get_width()).to_pil()
            yield _picture(image, f"{title}, trang {number}")
    finally:
        opened.close()


def _picture(image: Image.Image, alt: str) -> ShownPicture:
    stream = io.BytesIO()
    image.convert("RGB").save(stream, "JPEG", quality=_QUALITY, optimize=True)
    return shown_picture(stream.getvalue(), "image/jpeg", alt=alt, width=image.width, height=image.height)
