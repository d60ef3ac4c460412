"""The grounds that layouts paint: fields of colour, their outlines on one-colour printers, and the rings of sound."""

from __future__ import annotations

from collections.abc import Iterator
from math import acos, asin, cos, hypot, pi, sin

from notices.posters.kit import Kit
from notices.posters.scene import Item, Panel, Rect, Shape

_ARC_STEPS = 40


def field_panel(kit: Kit, area: Rect) -> Iterator[Item]:
    """The field of the theme; one-colour printers get a strong outline, for large black dries badly and eats toner."""
    theme = kit.theme
    if theme.is_plain:
        yield Panel(x=area.x, y=area.y, width=area.width, height=area.height, edge=theme.ink, edge_width=kit.unit * 0.9)
    else:
        yield Panel(x=area.x, y=area.y, width=area.width, height=area.height, fill=theme.field)


def tint_panel(kit: Kit, area: Rect) -> Iterator[Item]:
    """The calm ground of the theme; a thin outline on one-colour printers."""
    theme = kit.theme
    edge = theme.ink if theme.is_plain else None
    yield Panel(
        x=area.x, y=area.y, width=area.width, height=area.height, fill=theme.tint, edge=edge, edge_width=kit.unit * 0.3
    )


def waves(kit: Kit, area: Rect) -> Iterator[Item]:
    """Rings of sound from the upper right corner, cut by the area; none on one-colour printers, whose grey is dots."""
    if kit.theme.is_plain:
        return
    step = min(area.width, area.height) * 0.17
    inner = step * 0.3
    while inner < hypot(area.width, area.height):
        ring = _ring(area, inner, inner + step)
        yield Shape(x=area.x, y=area.y, points=ring, fill=kit.theme.wave)
        inner += 2 * step


def _ring(area: Rect, inner: float, outer: float) -> tuple[tuple[float, float], ...]:
    """The part inside ``area`` of a ring around its upper right corner, as points from its upper left one.

    Cut here, not by a clipping path: viewers draw the edges of those raggedly.
    """
    low_corner = [(0.0, area.height)] if inner < area.height < outer else []
    far_corner = [(area.width, 0.0)] if inner < area.width < outer else []
    points = [*_arc(area, outer), *low_corner, *reversed(_arc(area, inner)), *far_corner]
    return tuple((area.width - x, y) for x, y in points)


def _arc(area: Rect, radius: float) -> list[tuple[float, float]]:
    """A quarter circle from the top edge to the right one, cut where it leaves ``area``; x counts from the right."""
    radius = min(radius, hypot(area.width, area.height))
    first = acos(area.width / radius) if radius > area.width else 0.0
    last = asin(area.height / radius) if radius > area.height else pi / 2
    angles = [first + (last - first) * index / _ARC_STEPS for index in range(_ARC_STEPS + 1)]
    return [(radius * cos(angle), radius * sin(angle)) for angle in angles]
