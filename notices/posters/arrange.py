"""Words and look → scenes: the largest sizes at which everything fits, never below what can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

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
# Scales of the points that are tried.
_LARGEST, _STEP, _STEPS = 1.2, 0.05, 20
# What is tried, best first: how much larger than the points the headline is at least, and whether its lines may only
# end where a reader pauses.
_TRIALS = ((2.9, True), (2.3, True), (1.8, True), (2.3, False), (1.8, False), (1.3, False))


def arrange(words: Words, layout: LayoutName, theme: Theme, frame: Frame, *, ratio: float = 0.0) -> Scene:
    """The page, its headline at least ``ratio`` times the size of the points.

    Raises NoRoomError for what does not fit even at the smallest legible sizes.
    """
    refused: NoRoomError | None = None
    for sizes in _sizes(frame, ratio):
        try:
            items = _LAYOUTS[layout](Kit(frame=frame, words=words, theme=theme, type=sizes))
        except NoRoomError as error:
            refused = error
        else:
            return Scene(width=frame.page.width, height=frame.page.height, items=items)
    raise refused or NoRoomError("headline")


def _sizes(frame: Frame, ratio: float) -> Iterator[Type]:
    """Sizes of type to try, best first; no size of the points is tried twice with the same headline."""
    for least, is_graceful in _TRIALS:
        if least < ratio:
            continue
        body = 0.0
        for step in range(_STEPS):
            sizes = frame.type_at(_LARGEST - step * _STEP, least, is_graceful=is_graceful)
            if sizes.body == body:
                break
            body = sizes.body
            yield sizes
