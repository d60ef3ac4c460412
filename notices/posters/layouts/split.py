"""Layout ``split``: calm; the message on white in much space, how to act on a tinted panel."""

from __future__ import annotations

from notices.posters import blocks
from notices.posters.faces import Weight
from notices.posters.kit import Kit, Tone
from notices.posters.layouts.grounds import tint_panel
from notices.posters.layouts.parts import action, foot, full_message, message
from notices.posters.room import NoRoomError
from notices.posters.scene import Item, Panel, Rect, stack, type_size
from notices.posters.small_print import blanks

_WIDE_PANEL, _MESSAGE_PANEL = 0.36, 0.48  # of the width of a page that lies
_WIDE_CODE = 22.0  # units
_CODE_GROWTH = 1.2  # of the label below so large a code
_MOST_HEADLINE = 12.5  # units: calm
_MOST_MESSAGE = 0.8  # of the room below the headline, that some space is left


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
    if not (kit.words.link or kit.words.when or kit.words.phone):
        return _message_on_panel(kit)
    left = page.width * (1 - _WIDE_PANEL)
    panel = Rect(x=left, y=paint.y, width=paint.right - left, height=paint.height)
    width = safe.right - left - gap
    code = blocks.code(kit.grown(_CODE_GROWTH), kit.on_paper, units=_WIDE_CODE)
    reach = stack([blocks.when(kit, width, kit.on_paper), blocks.phone(kit, width, kit.on_paper)], kit.type.body)
    rest = foot(kit, width, kit.on_paper, with_blanks=False)
    upper, low = (code, [reach, rest]) if code.height else (reach, [rest])
    lower = stack(low, kit.type.note * 1.5)
    if upper.height + lower.height + kit.type.body > safe.height:
        raise NoRoomError("points")
    hand = blanks(kit, left - gap - safe.x)  # the panel is too narrow to write a name
    used = hand.height + kit.type.body * 1.2 if hand.height else 0.0
    room = Rect(x=safe.x, y=safe.y, width=left - gap - safe.x, height=safe.height - used)
    return (
        *tint_panel(kit, panel),
        *_bar(kit, panel, upright=True),
        *upper.at(left + gap, safe.y if code.height else safe.y + (safe.height - lower.height - upper.height) / 2),
        *lower.at(left + gap, safe.bottom - lower.height),
        *_message(kit, room),
        *hand.at(safe.x, safe.bottom - hand.height),
    )


def _message_on_panel(kit: Kit) -> tuple[Item, ...]:
    """The page where there is nothing to act on: what is said stands on the panel, a wider one. Raises NoRoomError."""
    page, paint, safe = kit.frame.page, kit.frame.paint, kit.frame.safe
    gap = kit.unit * 5
    left = page.width * (1 - _MESSAGE_PANEL)
    panel = Rect(x=left, y=paint.y, width=paint.right - left, height=paint.height)
    width = safe.right - left - gap
    rest = foot(kit, width, kit.on_paper)
    room = left - gap - safe.x
    head = blocks.agency(kit, room, kit.on_paper)
    title = blocks.headline(
        kit, room, safe.height - head.height - gap, _title(kit), weight=Weight.BOLD, most=_MOST_HEADLINE
    )
    free = safe.height - rest.height - (gap if rest.height else 0.0)
    said = full_message(kit, width, free, kit.on_paper, "rules", below=type_size(title))
    if said.height > free:
        raise NoRoomError("points")
    return (
        *tint_panel(kit, panel),
        *_bar(kit, panel, upright=True),
        *head.at(safe.x, safe.y),
        *title.at(safe.x, safe.y + head.height + gap),
        *said.at(left + gap, safe.y + (free - said.height) / 2),
        *rest.at(left + gap, safe.bottom - rest.height),
    )


def _message(kit: Kit, room: Rect) -> tuple[Item, ...]:
    """Agency and headline from the head of the room, the points on its foot."""
    head = blocks.agency(kit, room.width, kit.on_paper)
    gap = kit.type.body * 1.5
    free = room.height - head.height - 2 * gap
    least = message(kit, room.width, kit.on_paper, "rules").height
    title = blocks.headline(kit, room.width, free - least, _title(kit), weight=Weight.BOLD, most=_MOST_HEADLINE)
    left = (free - title.height) * _MOST_MESSAGE
    low = full_message(kit, room.width, left, kit.on_paper, "rules", below=type_size(title))
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
