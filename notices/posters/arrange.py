"""Words and look → scenes: the largest sizes at which everything fits, never below what can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import product

from notices.posters.document import LayoutName, Words
from notices.posters.frame import Frame, Type
from notices.posters.kit import Kit
from notices.posters.layouts.date import compose_date
from notices.posters.layouts.field import compose_field
from notices.posters.layouts.photo import compose_photo
from notices.posters.layouts.split import compose_split
from notices.posters.room import NoRoomError
from notices.posters.scene import Item, Scene
from notices.posters.themes import Theme

_LAYOUTS: Mapping[LayoutName, Callable[[Kit], tuple[Item, ...]]] = {
    "field": compose_field,
    "photo": compose_photo,
    "date": compose_date,
    "split": compose_split,
}
# Scales of the points, best first; those of a group are all tried before a smaller one. The last is what ``has_room``
# asks for: type at its limits.
_SCALES = (
    (1.2, 1.15, 1.1, 1.05, 1.0),
    (0.95, 0.9, 0.85),
    (0.8, 0.75),
    (0.7, 0.65, 0.6, 0.55, 0.5, 0.45, 0.4, 0.35, 0.3, 0.0),
)
# How much larger than the points the headline is at least: with lines that only end where a reader pauses, and with
# any lines.
_GRACEFUL, _ANY = (2.9, 2.3, 1.8), (2.3, 1.8, 1.3)
# Where a date or a number is the largest, the headline may be smaller.
_SHARE: Mapping[LayoutName, float] = {"date": 0.7}


def arrange(words: Words, layout: LayoutName, theme: Theme, frame: Frame, *, ratio: float = 0.0) -> Scene:
    """The page, its headline at least ``ratio`` times the size of the points.

    Raises NoRoomError for what does not fit even at the smallest legible sizes.
    """
    refused: NoRoomError | None = None
    for sizes in _sizes(frame, ratio, _SHARE.get(layout, 1.0)):
        try:
            items = _LAYOUTS[layout](Kit(frame=frame, words=words, theme=theme, type=sizes))
        except NoRoomError as error:
            refused = error
        else:
            return Scene(width=frame.page.width, height=frame.page.height, items=items)
    raise refused or NoRoomError("headline")


def has_room(words: Words, layout: LayoutName, theme: Theme, frame: Frame) -> bool:
    """Whether everything fits at the smallest sizes: what ``arrange`` tries last, told at once."""
    sizes = frame.type_at(0.0, _ANY[-1] * _SHARE.get(layout, 1.0))
    try:
        _LAYOUTS[layout](Kit(frame=frame, words=words, theme=theme, type=sizes))
    except NoRoomError:
        return False
    return True


def _sizes(frame: Frame, ratio: float, share: float) -> Iterator[Type]:
    """Sizes of type to try, best first; those that can hardly be read once for each headline."""
    for ratios, is_graceful in ((_GRACEFUL, True), (_ANY, False)):
        for scales, least in product(_SCALES, ratios):
            if least < ratio:
                continue
            tried: Type | None = None
            for scale in scales:
                sizes = frame.type_at(scale, least * share, is_graceful=is_graceful)
                if sizes == tried:
                    break
                tried = sizes
                yield sizes
