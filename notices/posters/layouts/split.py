"""Layout ``split``: calm; the message on white in much space, how to act on a tinted panel."""

from __future__ import annotations

from notices.posters import blocks
from notices.posters.faces import Weight
from notices.posters.kit import Kit, Tone
from notices.posters.layouts.grounds import tint_panel
from notices.posters.layouts.parts import action, foot, message
from notices.posters.room import NoRoomError
from notices.posters.scene import Item, Panel, Rect, stack

_WIDE_PANEL = 0.36
_MOST_HEADLINE = 12.5  # units: calm


def compose_split(kit: Kit) -> tuple[Item, ...]:
    """The page. Raises NoRoomError."""
    return _wide(kit) if kit.frame.is_wide else _tall(kit)


def _title(kit: Kit) -> Tone:
    """The headline in the strong colour, its kicker in that of words."""
    return Tone(text=kit.theme.accent, accent=kit.theme.ink)


def _tall(kit: Kit) -> tuple[Item, ...]:
    paint, safe = kit.frame.paint, kit.frame.safe
    gap = kit.unit * 5
    lower = stack(
        [action(kit, safe.width, kit.on_paper, hangs=False), foot(kit, safe.width, kit.on_paper)], kit.type.note * 1.5
    )
    top = safe.bottom - lower.height - gap
    panel = Rect(x=paint.x, y=top, width=paint.width, height=paint.bottom - top)
    room = Rect(x=safe.x, y=safe.y, width=safe.width, height=top - gap - safe.y)
    return (
        *tint_panel(kit, panel),
        *_bar(kit, panel, upright=False),
        *lower.at(safe.x, top + gap),
        *_message(kit, room),
    )


def _wide(kit: Kit) -> tuple[Item, ...]:
    page, paint, safe = kit.frame.page, kit.frame.paint, kit.frame.safe
    gap = kit.unit * 5
    left = page.width * (1 - _WIDE_PANEL)
    panel = Rect(x=left, y=paint.y, width=paint.right - left, height=paint.height)
    width = safe.right - left - gap
    code = blocks.code(kit, kit.on_paper, units=22)
    reach = stack([blocks.when(kit, width, kit.on_paper), blocks.phone(kit, width, kit.on_paper)], kit.type.body)
    rest = foot(kit, width, kit.on_paper)
    lower = stack([reach, rest], kit.type.note * 1.5)
    if code.height + lower.height + kit.type.body > safe.height:
        raise NoRoomError("points")
    room = Rect(x=safe.x, y=safe.y, width=left - gap - safe.x, height=safe.height)
    return (
        *tint_panel(kit, panel),
        *_bar(kit, panel, upright=True),
        *code.at(left + gap, safe.y),
        *lower.at(left + gap, safe.bottom - lower.height),
        *_message(kit, room),
    )


def _message(kit: Kit, room: Rect) -> tuple[Item, ...]:
    """Agency and headline from the head of the room, the points on its foot."""
    head = blocks.agency(kit, room.width, kit.on_paper)
    low = message(kit, room.width, kit.on_paper, "rules")
    gap = kit.type.body * 1.5
    free = room.height - head.height - low.height - 2 * gap
    title = blocks.headline(kit, room.width, free, _title(kit), weight=Weight.BOLD, most=_MOST_HEADLINE)
    return (
        *head.at(room.x, room.y),
        *title.at(room.x, room.y + head.height + gap),
        *low.at(room.x, room.bottom - low.height),
    )


def _bar(kit: Kit, panel: Rect, *, upright: bool) -> tuple[Item, ...]:
    """A strong line where both parts meet."""
    stroke = kit.unit * 0.9
    width, height = (stroke, panel.height) if upright else (panel.width, stroke)
    return (Panel(x=panel.x, y=panel.y, width=width, height=height, fill=kit.theme.accent),)
