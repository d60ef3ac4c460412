"""Layout ``field``: the headline as large as it goes on a field of colour, everything else calm on white."""

from __future__ import annotations

from notices.posters import blocks
from notices.posters.kit import Kit
from notices.posters.layouts.grounds import field_panel, waves
from notices.posters.layouts.parts import action, foot, full_message, message
from notices.posters.room import NoRoomError
from notices.posters.scene import Block, Item, Rect, stack, type_size

_WIDE_FIELD = 0.53  # of the width of a page that lies
_HEAD_GAP = 5.5  # units between the agency and the headline, at least


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
    room = Rect(x=safe.x, y=safe.y, width=safe.width, height=top - 2 * gap - safe.y)
    return (*_field(kit, field, room, _title(kit, room)), *below.at(safe.x, top))


def _wide(kit: Kit) -> tuple[Item, ...]:
    frame, safe = kit.frame, kit.frame.safe
    gap = kit.unit * 5.5
    width = frame.page.width * _WIDE_FIELD - frame.paint.x
    field = Rect(x=frame.paint.x, y=frame.paint.y, width=width, height=frame.paint.height)
    room = Rect(x=safe.x, y=safe.y, width=field.right - gap - safe.x, height=safe.height)
    left = field.right + gap
    rest = safe.right - left
    reach = action(kit, rest, kit.on_paper)
    lower = stack([reach, foot(kit, rest, kit.on_paper)], kit.type.note * 1.4)
    title = _title(kit, room)
    free = safe.height - lower.height - kit.type.body * 1.6
    upper = full_message(kit, rest, free, kit.on_paper, "square", below=type_size(title))
    if not upper.height + reach.height:
        return _alone(kit)
    if upper.height > free:
        raise NoRoomError("points")
    head = safe.y if lower.height else safe.y + (safe.height - upper.height) / 2
    start = safe.bottom - lower.height if upper.height else safe.y + (safe.height - lower.height) / 2
    return (*_field(kit, field, room, title), *upper.at(left, head), *lower.at(left, start))


def _alone(kit: Kit) -> tuple[Item, ...]:
    """A headline with nothing beside it: the field is the whole page."""
    safe = kit.frame.safe
    low = foot(kit, safe.width, kit.on_field)
    free = safe.height - (low.height + kit.type.note if low.height else 0.0)
    room = Rect(x=safe.x, y=safe.y, width=safe.width, height=free)
    return (*_field(kit, kit.frame.paint, room, _title(kit, room)), *low.at(safe.x, safe.bottom - low.height))


def _title(kit: Kit, room: Rect) -> Block:
    head = blocks.agency(kit, room.width, kit.on_field)
    return blocks.headline(kit, room.width, room.height - head.height - kit.unit * _HEAD_GAP, kit.on_field)


def _field(kit: Kit, field: Rect, room: Rect, title: Block) -> tuple[Item, ...]:
    """The field with the agency at its head and the headline at its foot."""
    head = blocks.agency(kit, room.width, kit.on_field)
    return (
        *field_panel(kit, field),
        *waves(kit, field),
        *head.at(room.x, room.y),
        *title.at(room.x, room.bottom - title.height),
    )
