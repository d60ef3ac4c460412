"""Layout ``photo``: a picture over half the page, the words below it, a band of colour that says how to act."""

from __future__ import annotations

from notices.picture import Picture, in_greys
from notices.posters import blocks, small_print
from notices.posters.kit import Kit
from notices.posters.layouts.grounds import field_panel
from notices.posters.layouts.parts import action, action_row, foot, full_message, message
from notices.posters.room import NoRoomError
from notices.posters.scene import Block, Image, Item, Panel, Rect, stack, type_size

# Least shares of the page's height that are tried for the picture, those for the smallest type last; the headline's.
_PHOTOS, _LAST_PHOTOS = (0.42, 0.38, 0.34, 0.31), (0.28, 0.25, 0.22, 0.19)
_MOST_TITLE = 0.24
_WIDE_PHOTOS = (0.44, 0.38, 0.33)  # shares of the width of a page that lies


def compose_photo(kit: Kit) -> tuple[Item, ...]:
    """The page. Raises NoRoomError, also when there is no picture."""
    picture = kit.words.photo
    if picture is None:
        raise NoRoomError("photo")
    if kit.theme.is_plain:
        picture = in_greys(picture)
    return _wide(kit, picture) if kit.frame.is_wide else _tall(kit, picture)


def _tall(kit: Kit, picture: Picture) -> tuple[Item, ...]:
    paint, safe = kit.frame.paint, kit.frame.safe
    gap = kit.unit * 4.5
    band = _band(kit, safe.width)
    start = safe.bottom - band.height - gap if band.height else safe.bottom + gap
    band_area = Rect(x=paint.x, y=start, width=paint.width, height=paint.bottom - start)
    rest = foot(kit, safe.width, kit.on_paper, with_imprint=False)
    said = message(kit, safe.width, kit.on_paper, "number")
    between = kit.type.body * 1.1
    under = stack([said, rest], gap)
    title = _title_below(kit, band_area.y - paint.y - 2 * gap - under.height - between)
    text = stack([stack([title, said], between), rest], gap)
    top = band_area.y - gap - text.height
    photo = Rect(x=paint.x, y=paint.y, width=paint.width, height=top - gap - paint.y)
    return (*_photo(kit, picture, photo, safe), *text.at(safe.x, top), *_placed(kit, band, band_area))


def _title_below(kit: Kit, height: float) -> Block:
    """The headline, the picture above it as high as possible; ``height`` is what both may have. Raises NoRoomError."""
    page = kit.frame.page.height
    is_last = kit.is_tight and kit.type.headline_least < kit.type.body * 2
    for share in _PHOTOS + _LAST_PHOTOS if is_last else _PHOTOS:
        try:
            return blocks.headline(
                kit, kit.frame.safe.width, min(height - page * share, page * _MOST_TITLE), kit.on_paper
            )
        except NoRoomError as error:
            refused = error
    raise refused


def _wide(kit: Kit, picture: Picture) -> tuple[Item, ...]:
    page, paint, safe = kit.frame.page, kit.frame.paint, kit.frame.safe
    gap = kit.unit * 4.5
    band = stack(
        [action_row(kit, safe.width, kit.on_field), small_print.imprint(kit, safe.width, kit.on_field)], kit.type.note
    )
    top = safe.bottom - band.height - gap if band.height else paint.bottom
    band_area = Rect(x=paint.x, y=top, width=paint.width, height=paint.bottom - top)
    height = min(top - gap, safe.bottom) - safe.y
    for share in _WIDE_PHOTOS if kit.is_tight else _WIDE_PHOTOS[:1]:
        photo = Rect(x=paint.x, y=paint.y, width=page.width * share - paint.x, height=top - paint.y)
        left = photo.right + gap
        try:
            words = _words_beside(kit, safe.right - left, height)
            break
        except NoRoomError as error:
            refused = error
    else:
        raise refused
    return (*_photo(kit, picture, photo, safe), *words.at(left, safe.y), *_placed(kit, band, band_area))


def _words_beside(kit: Kit, width: float, height: float) -> Block:
    """Headline and message beside the picture, the small print on the foot. Raises NoRoomError."""
    gap, between = kit.unit * 4.5, kit.type.body * 1.2
    low = foot(kit, width, kit.on_paper, with_imprint=False)
    free = height - (low.height + gap if low.height else 0.0)
    least = message(kit, width, kit.on_paper, "number").height
    title = blocks.headline(kit, width, free - least - between, kit.on_paper)
    room = free - title.height - between
    said = full_message(kit, width, room, kit.on_paper, "number", below=type_size(title))
    start = free - said.height
    items = (*title.items, *said.at(0, start), *low.at(0, height - low.height))
    return Block(width=width, height=height, items=items)


def _band(kit: Kit, width: float) -> Block:
    parts = [action(kit, width, kit.on_field, hangs=False), small_print.imprint(kit, width, kit.on_field)]
    return stack(parts, kit.type.note * 1.3)


def _placed(kit: Kit, band: Block, area: Rect) -> tuple[Item, ...]:
    """The band on its colour; nothing when it says nothing."""
    if not band.height:
        return ()
    return (*field_panel(kit, area), *band.at(kit.frame.safe.x, kit.frame.safe.bottom - band.height))


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
