"""Pages made ready for paper: room around them with crop marks for a print shop, two of them on a sheet to cut."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from notices.lengths import Mm
from notices.posters.frame import BLEED
from notices.posters.scene import Block, Item, Rect, Scene, Stroke

# Room around the cut for marks that begin outside the bleed.
SLUG = Mm(12)
_MARK = Mm(6)
_HAIRLINE = 0.25  # pt, as printers draw crop marks
_CUT = "#9A9A9A"  # a line to cut along; no word depends on it


def with_marks(scene: Scene) -> Scene:
    """The page on a larger sheet, with crop marks, and boxes that say where it is cut and how far colour goes."""
    slug = SLUG.pt
    trim = Rect(x=slug, y=slug, width=scene.width, height=scene.height)
    items = (*_at(scene, slug, slug), *_marks(trim))
    return Scene(width=scene.width + 2 * slug, height=scene.height + 2 * slug, items=items, trim=trim, bleed=BLEED.pt)


def two_up(scene: Scene) -> Scene:
    """A5 twice, side by side on A4, with a light line to cut along between; two A5 are a millimetre short of an A4."""
    half = Mm(297 / 2).pt
    inset = (half - scene.width) / 2
    cut = Stroke(x=half, y=0, dx=0, dy=scene.height, width=0.5, colour=_CUT, dashed=True)
    items = (*_at(scene, inset, 0), *_at(scene, half + inset, 0), cut)
    return Scene(width=2 * half, height=scene.height, items=items)


def _at(scene: Scene, x: float, y: float) -> tuple[Item, ...]:
    return Block(width=scene.width, height=scene.height, items=scene.items).at(x, y)


def _marks(trim: Rect) -> Iterator[Item]:
    """Two short lines at each corner, in line with the cut."""
    start, length = BLEED.pt + Mm(1).pt, _MARK.pt
    for x, outward in ((trim.x, -1), (trim.right, 1)):
        for y, beyond in ((trim.y, -1), (trim.bottom, 1)):
            mark = Stroke(x=x, y=y, dx=0, dy=0, width=_HAIRLINE, colour="#000000")
            yield replace(mark, x=x + outward * start, dx=outward * length)
            yield replace(mark, y=y + beyond * start, dy=beyond * length)
