"""Pictures in running text: how large each stands on the page, and whether its pixels are enough for that."""

from __future__ import annotations

from collections.abc import Iterator

from loa.core.errors import Problem
from notices import rules
from notices.context import Context
from notices.document import Document, Figure
from notices.lengths import Length, Mm
from notices.resolution import Print, find_coarse
from notices.rules import Page


def figure_size(figure: Figure, page: Page) -> tuple[float, float]:
    """Width and height in pt: the width asked for, else that of its pixels, no higher than half a page.

    Never wider than the text, and never so high that its caption would have no room on the page.
    """
    picture = figure.picture
    ratio = picture.height / picture.width
    if figure.width:
        width = Mm(figure.width).pt
        highest = page.text_height.pt * rules.PICTURE_HIGHEST
    else:
        width = Length(picture.width * 72 / rules.PICTURE_DPI).pt
        highest = page.text_height.pt * rules.PICTURE_HEIGHT
    width = min(width, page.text_width.pt, highest / ratio)
    return width, width * ratio


def find_coarse_figures(document: Document, context: Context) -> Iterator[Problem]:
    """A warning for each picture with too few pixels for the size at which it stands in the paper."""
    for sheet in document.all_sheets:
        place = context.locate("documents", sheet.name, "body")
        page = rules.page_of(document, sheet)
        for figure in (block for block in sheet.blocks if isinstance(block, Figure)):
            width, height = figure_size(figure, page)
            printed = Print(width=width, height=height, dots=figure.picture.width * 72 / width)
            yield from find_coarse(figure.picture, printed, document.paper, place)
