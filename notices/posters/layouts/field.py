"""Layout ``field``: the headline as large as it goes on a field of colour, everything else calm on white."""

from __future__ import annotations

from notices.posters import blocks
from notices.posters.kit import Kit
from notices.posters.layouts.grounds import field_panel, waves
from notices.posters.layouts.parts import action, foot, message
from notices.posters.room import NoRoomError
from notices.posters.scene import Item, Rect, stack

_WIDE_FIELD = 0.53  # of the width of a page that lies


def compose_field(kit: Kit) -> tuple[Item, ...]:
    """The page. Raises NoRoomError."""
    return _wide(kit) if kit.frame.is_wide else _tall(kit)


def _tall(kit: Kit) -> tuple[Item, ...]:
    frame, safe = kit.frame, kit.frame.safe
    gap = kit.unit * 5
    body = stack(
        [message(kit, safe.width, kit.on_paper, "square"), action(kit, safe.width, kit.on_paper)], kit.type.body * 1.35
    )
    low = foot(kit, safe.width, kit.on_paper)
    below = stack([body, low], kit.type.note * 1.4)
    top = safe.bottom - below.height
    field = Rect(x=frame.paint.x, y=frame.paint.y, width=frame.paint.width, height=top - gap - frame.paint.y)
    return (
        *_field(kit, field, Rect(x=safe.x, y=safe.y, width=safe.width, height=top - 2 * gap - safe.y)),
        *below.at(safe.x, top),
    )


def _wide(kit: Kit) -> tuple[Item, ...]:
    frame, safe = kit.frame, kit.frame.safe
    gap = kit.unit * 5.5
    width = frame.page.width * _WIDE_FIELD - frame.paint.x
    field = Rect(x=frame.paint.x, y=frame.paint.y, width=width, height=frame.paint.height)
    room = Rect(x=safe.x, y=safe.y, width=field.right - gap - safe.x, height=safe.height)
    left = field.right + gap
    rest = safe.right - left
    upper = message(kit, rest, kit.on_paper, "square")
    if not upper.height + action(kit, rest, kit.on_paper).height:
        return _alone(kit)
    lower = stack([action(kit, rest, kit.on_paper), foot(kit, rest, kit.on_paper)], kit.type.note * 1.4)
    if upper.height + lower.height + kit.type.body > safe.height:
        raise NoRoomError("points")
    start = safe.bottom - lower.height if upper.height else safe.y + (safe.height - lower.height) / 2
    return (*_field(kit, field, room), *upper.at(left, safe.y), *lower.at(left, start))


def _alone(kit: Kit) -> tuple[Item, ...]:
    """A headline with nothing beside it: the field is the whole page."""
    safe = kit.frame.safe
    low = foot(kit, safe.width, kit.on_field)
    free = safe.height - (low.height + kit.type.note if low.height else 0.0)
    room = Rect(x=safe.x, y=safe.y, width=safe.width, height=free)
    return (*_field(kit, kit.frame.paint, room), *low.at(safe.x, safe.bottom - low.height))


def _field(kit: Kit, field: Rect, room: Rect) -> tuple[Item, ...]:
    """The field with the agency at its head and the headline at its foot."""
    head = blocks.agency(kit, room.width, kit.on_field)
    free = room.height - head.height - kit.type.body * 1.5
    title = blocks.headline(kit, room.width, free, kit.on_field)
    return (
        *field_panel(kit, field),
        *waves(kit, field),
        *head.at(room.x, room.y),
        *title.at(room.x, room.bottom - title.height),
    )
