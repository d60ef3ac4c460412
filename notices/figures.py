"""Pictures in running text: how large each stands on the page."""

from __future__ import annotations

from notices import rules
from notices.document import Figure
from notices.lengths import Length, Mm
from notices.rules import Page


def figure_size(figure: Figure, page: Page) -> tuple[float, float]:
    """Width and height in pt: the width asked for, else that of its pixels, no higher than half a page.

    Never wider than the text; a height beyond the page is cut down to it.
    """
    picture = figure.picture
    ratio = picture.height / picture.width
    if figure.width:
        width = Mm(figure.width).pt
        highest = page.text_height.pt
    else:
        width = Length(picture.width * 72 / rules.PICTURE_DPI).pt
        highest = page.text_height.pt * rules.PICTURE_HEIGHT
    width = min(width, page.text_width.pt, highest / ratio)
    return width, width * ratio
