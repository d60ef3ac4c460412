"""The frame of a page: its edges, its margins, its unit of measure, and the sizes of type that belong to them."""

from __future__ import annotations

from dataclasses import dataclass

from notices.lengths import Mm
from notices.posters.legibility import Limits
from notices.posters.scene import Rect

# No office printer reaches the edge of its paper; from A4 on the white border grows with it.
UNPRINTED = Mm(5)
A4_UNIT = Mm(2.1).pt  # the unit on A4: a hundredth of its shorter side
_BORDER = UNPRINTED.pt / A4_UNIT  # units
BLEED = Mm(3)
# The margin of words from the page's edge, and sizes of type, in units; a unit is a hundredth of the shorter side.
_MARGIN = 7.2
_BODY, _NOTE, _SMALL = 3.55, 2.15, 1.3


@dataclass(frozen=True, kw_only=True, slots=True)
class Type:
    """Sizes of type, pt."""

    headline_least: float
    is_graceful: bool  # whether the headline may only end its lines where a reader pauses
    body: float
    note: float
    small: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """A page to compose on. ``paint`` is as far as colour reaches, ``safe`` as far as words may."""

    page: Rect
    paint: Rect
    safe: Rect
    unit: float
    limits: Limits

    @property
    def is_wide(self) -> bool:
        """Whether the page lies on its long side."""
        return self.page.width > self.page.height

    def type_at(self, scale: float, ratio: float, *, is_graceful: bool = False) -> Type:
        """The sizes of type at ``scale``, none below its limit; the headline at least ``ratio`` times the points."""
        limits = self.limits
        body = max(_BODY * self.unit * scale, limits.size(limits.body))
        return Type(
            headline_least=max(limits.size(limits.headline), body * ratio),
            is_graceful=is_graceful,
            body=body,
            note=max(_NOTE * self.unit * min(scale, 1.15), limits.size(limits.note)),
            small=max(_SMALL * self.unit, limits.size(limits.small)),
        )


def printed_frame(width: float, height: float, limits: Limits, *, bleeds: bool) -> Frame:
    """The frame of a printed page, pt; colour ends before the edge, or beyond it for a print shop."""
    page = Rect(x=0, y=0, width=width, height=height)
    unit = min(width, height) / 100
    paint = page.inset(-BLEED.pt if bleeds else max(UNPRINTED.pt, _BORDER * unit))
    return Frame(page=page, paint=paint, safe=page.inset(_MARGIN * unit), unit=unit, limits=limits)


def screen_frame(width: float, height: float, limits: Limits, *, top: float = 0, bottom: float = 0) -> Frame:
    """The frame of a picture, in pixels; ``top`` and ``bottom`` is what telephones lay their buttons over."""
    page = Rect(x=0, y=0, width=width, height=height)
    unit = min(width, height) / 100
    margin = _MARGIN * unit
    safe = Rect(x=margin, y=margin + top, width=width - 2 * margin, height=height - 2 * margin - top - bottom)
    return Frame(page=page, paint=page, safe=safe, unit=unit, limits=limits)
