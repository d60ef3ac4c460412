"""Layout ``photo``: a picture over half the page, the words below it, a band of colour that says how to act."""

from __future__ import annotations

from notices.picture import Picture, in_greys
from notices.posters import blocks, small_print
from notices.posters.kit import Kit
from notices.posters.layouts.grounds import field_panel
from notices.posters.layouts.parts import action, action_row, foot, message
from notices.posters.room import NoRoomError
from notices.posters.scene import Block, Image, Item, Panel, Rect, stack

# Shares of the page's height that are tried: the headline's room, and the picture's least height with it.
_TRIALS = ((0.22, 0.42), (0.18, 0.38), (0.26, 0.3), (0.22, 0.27), (0.18, 0.27), (0.14, 0.25))
_WIDE_PHOTO = 0.44


def compose_photo(kit: Kit) -> tuple[Item, ...]:
    """The page. Raises NoRoomError, also when there is no picture."""
    picture = kit.words.photo
    if picture is None:
        raise NoRoomError("photo")
    if kit.theme.is_plain:
        picture = in_greys(picture)
    return _wide(kit, picture) if kit.frame.is_wide else _tall(kit, picture)


def _tall(kit: Kit, picture: Picture) -> tuple[Item, ...]:
    page, paint, safe = kit.frame.page, kit.frame.paint, kit.frame.safe
    gap = kit.unit * 4.5
    band = _band(kit, safe.width)
    start = safe.bottom - band.height - gap
    band_area = Rect(x=paint.x, y=start, width=paint.width, height=paint.bottom - start)
    rest = foot(kit, safe.width, kit.on_paper, with_imprint=False)
    for share, least in _TRIALS:
        title = blocks.headline(kit, safe.width, page.height * share, kit.on_paper)
        text = stack([stack([title, message(kit, safe.width, kit.on_paper, "number")], kit.type.body * 1.1), rest], gap)
        top = band_area.y - gap - text.height
        photo = Rect(x=paint.x, y=paint.y, width=paint.width, height=top - gap - paint.y)
        if photo.height >= page.height * least:
            break
    else:
        raise NoRoomError("points")
    return (
        *_photo(kit, picture, photo, safe),
        *text.at(safe.x, top),
        *field_panel(kit, band_area),
        *band.at(safe.x, band_area.y + gap),
    )


def _wide(kit: Kit, picture: Picture) -> tuple[Item, ...]:
    page, paint, safe = kit.frame.page, kit.frame.paint, kit.frame.safe
    gap = kit.unit * 4.5
    band = stack(
        [action_row(kit, safe.width, kit.on_field), small_print.imprint(kit, safe.width, kit.on_field)], kit.type.note
    )
    top = safe.bottom - band.height - gap
    band_area = Rect(x=paint.x, y=top, width=paint.width, height=paint.bottom - top)
    photo = Rect(x=paint.x, y=paint.y, width=page.width * _WIDE_PHOTO - paint.x, height=top - paint.y)
    left = photo.right + gap
    width = safe.right - left
    lower = stack(
        [message(kit, width, kit.on_paper, "number"), foot(kit, width, kit.on_paper, with_imprint=False)], gap
    )
    room = top - gap - safe.y - lower.height - kit.type.body * 1.2
    title = blocks.headline(kit, width, room, kit.on_paper)
    return (
        *_photo(kit, picture, photo, safe),
        *title.at(left, safe.y),
        *lower.at(left, top - gap - lower.height),
        *field_panel(kit, band_area),
        *band.at(safe.x, top + gap),
    )


def _band(kit: Kit, width: float) -> Block:
    parts = [action(kit, width, kit.on_field, hangs=False), small_print.imprint(kit, width, kit.on_field)]
    return stack(parts, kit.type.note * 1.3)


def _photo(kit: Kit, picture: Picture, area: Rect, safe: Rect) -> tuple[Item, ...]:
    """The picture, filling its part of the page, and the agency on a white plate in its corner."""
    image = Image(x=area.x, y=area.y, width=area.width, height=area.height, picture=picture, fills=True)
    pad = kit.type.note
    name = blocks.agency(kit, area.right - safe.x - 3 * pad, kit.on_paper)
    shown = min(name.width, blocks.length_of(name))
    ground = Panel(
        x=area.x,
        y=safe.y - pad,
        width=safe.x - area.x + shown + pad,
        height=name.height + 2 * pad,
        fill=kit.theme.paper,
    )
    return (image, ground, *name.at(safe.x, safe.y))
