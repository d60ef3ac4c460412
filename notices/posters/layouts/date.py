"""Layout ``date``: a date or a number that is seen from across the street, on a page of colour."""

from __future__ import annotations

import re
from collections.abc import Sequence

from notices.posters import blocks
from notices.posters.faces import Weight, ink_of, width_of
from notices.posters.kit import Kit, Tone
from notices.posters.layouts.grounds import field_panel, waves
from notices.posters.layouts.parts import action, foot, full_message, message
from notices.posters.room import NoRoomError
from notices.posters.scene import Block, Item, Panel, Text, beside, stack, type_size
from notices.posters.typeset import largest, set_lines

_PERIOD = re.compile(r"(\d{1,2}/\d{1,2})(?:/(\d{4}))?\u00a0– (\d{1,2}/\d{1,2})/(\d{4})")
_DAY = re.compile(r"(\d{1,2}/\d{1,2})/(\d{4})")
_MOST_HERO = 30.0  # units
_GOOD_DAY = 12.5  # units, at least, as long as other words can be smaller
_WIDE_CARD = 0.42
_HEAD_GAP = 5.5  # units between the agency and the headline, at least
_HERO_GAP, _CARD_GAP = 1.3, 1.2  # in sizes of the points
_YEAR_GAP = 0.5  # between a day and the year at its side, in sizes of the points
_FULL_CARD = 0.55  # share of its room that a message fills for its card to be as high as the page
# Shares of their room that the headline takes, the rest being the hero's: good ones, and those where there is no other.
_GOOD_SHARES = (0.36, 0.45)
_LAST_SHARES = (*_GOOD_SHARES, 0.55, 0.65)


def compose_date(kit: Kit) -> tuple[Item, ...]:
    """The page. Raises NoRoomError, also when there is neither a number nor a date."""
    if not kit.words.hero and not kit.words.when:
        raise NoRoomError("hero")
    return _wide(kit) if kit.frame.is_wide else _tall(kit)


def _tall(kit: Kit) -> tuple[Item, ...]:
    safe = kit.frame.safe
    pad = kit.unit * 4.2
    width = safe.width + pad * 0.9
    card = _card(kit, width, pad, message(kit, width - 2 * pad, kit.on_paper, "square"))
    left = safe.x - pad * 0.45
    top = safe.bottom + pad * 0.45 - card.height
    head = blocks.agency(kit, safe.width, kit.on_field)
    gap = kit.type.body * 1.2
    room = top - gap * 1.2 - safe.y - head.height - gap
    show = stack(_show(kit, safe.width, room), kit.type.body * _HERO_GAP)
    start = safe.y + head.height + gap + max(0.0, room - show.height) * 0.55
    return (
        *_ground(kit),
        *head.at(safe.x, safe.y),
        *show.at(safe.x, start),
        *card.at(left, top),
    )


def _wide(kit: Kit) -> tuple[Item, ...]:
    page, paint, safe = kit.frame.page, kit.frame.paint, kit.frame.safe
    pad = kit.unit * 4.2
    width = page.width * _WIDE_CARD
    edge = kit.unit * 4
    left = paint.right - edge - width
    head = blocks.agency(kit, left - safe.x - edge, kit.on_field)
    parts = _show(kit, left - safe.x - edge, safe.height - head.height - kit.unit * _HEAD_GAP)
    show = stack(parts, kit.type.body * _HERO_GAP)
    card = _wide_card(kit, width, pad, paint.height - 2 * edge, below=type_size(parts[0]))
    return (
        *_ground(kit),
        *head.at(safe.x, safe.y),
        *show.at(safe.x, safe.bottom - show.height),
        *card.at(left, paint.bottom - edge - card.height),
    )


def _ground(kit: Kit) -> tuple[Item, ...]:
    return (*field_panel(kit, kit.frame.paint), *waves(kit, kit.frame.paint))


def _show(kit: Kit, width: float, height: float) -> tuple[Block, Block]:
    """The headline, and for below it the date or number in what room is left. Raises NoRoomError."""
    gap = kit.type.body * _HERO_GAP
    part = "headline"
    for share in _GOOD_SHARES if kit.type.is_graceful else _LAST_SHARES:
        try:
            title = blocks.headline(kit, width, height * share, kit.on_field)
        except NoRoomError:
            continue
        part = "hero"
        hero = _hero(kit, width, height - title.height - gap)
        if hero is not None:
            return title, hero
    raise NoRoomError(part)


def _hero(kit: Kit, width: float, height: float) -> Block | None:
    """The number, or the first and the last day side by side or below each other, whichever is larger."""
    tone, words = kit.on_field, kit.words
    least, most = kit.type.headline_least * 1.1, _MOST_HERO * kit.unit
    if words.hero:
        return largest(words.hero, width, height, Weight.BLACK, tone.accent, most=most, least_size=least)
    if not kit.is_tight:
        least = max(least, _GOOD_DAY * kit.unit)
    if found := _PERIOD.fullmatch(words.when):
        days = [("Từ ngày", found[1], found[2] or found[4]), ("Đến ngày", found[3], found[4])]
    elif found := _DAY.fullmatch(words.when):
        days = [(words.when_label, found[1], found[2])]
    else:
        least = kit.type.headline_least * 1.1
        return largest(words.when, width, height, Weight.BLACK, tone.accent, most=most, least_size=least)
    gap = kit.unit * 6
    best: tuple[float, bool] = (0.0, False)
    for is_row in (True, False):
        columns = len(days) if is_row else 1
        rows = len(days) // columns
        cell_width = (width - gap * (columns - 1)) / columns
        cell_height = (height - kit.type.body * (rows - 1)) / rows
        best = max(best, (_day_size(kit, days, cell_width, cell_height, is_row=is_row), is_row))
    size, is_row = best
    if size < least:
        return None
    cells = [_day(kit, day, min(size, most), tone, is_row=is_row) for day in days]
    return _on_one_foot(cells, gap) if is_row else stack(cells, kit.type.body)


def _on_one_foot(blocks: Sequence[Block], gap: float) -> Block:
    """Days side by side; their labels differ in height by their marks."""
    height = max(block.height for block in blocks)
    return beside([Block(width=b.width, height=height, items=b.at(0, height - b.height)) for b in blocks], gap)


def _day_size(kit: Kit, days: list[tuple[str, str, str]], width: float, height: float, *, is_row: bool) -> float:
    long = max(width_of(day, Weight.BLACK) for _, day, _ in days)
    free = height - 2.2 * kit.type.note - (1.6 * kit.type.body if is_row else 0.0)
    beside = 0.0 if is_row else max(_year_width(kit, year) for _, _, year in days)
    high = max(sum(ink_of(day, Weight.BLACK)) for _, day, _ in days)
    return min((width - beside) / long, free / high)


def _day(kit: Kit, day: tuple[str, str, str], size: float, tone: Tone, *, is_row: bool) -> Block:
    """A day: what it is above, its year below; where days stand below each other, the year at its side."""
    label, short, year = day
    width = width_of(short, Weight.BLACK) * size
    above = set_lines([label], width, kit.type.note * 1.1, Weight.SEMIBOLD, tone.text)
    main = set_lines([short], width, size, Weight.BLACK, tone.accent)
    if is_row:
        below = set_lines([year], width, kit.type.body, Weight.BOLD, tone.text)
        return stack([above, main, below], kit.type.note * 0.45)
    base = next(item.y for item in main.items)
    side = Text(
        x=width + kit.type.body * _YEAR_GAP, y=base, text=year, size=kit.type.body, weight=Weight.BOLD, colour=tone.text
    )
    whole = Block(width=width + _year_width(kit, year), height=main.height, items=(*main.items, side))
    return stack([above, whole], kit.type.note * 0.45)


def _year_width(kit: Kit, year: str) -> float:
    return (width_of(year, Weight.BOLD) + _YEAR_GAP) * kit.type.body


def _wide_card(kit: Kit, width: float, pad: float, height: float, *, below: float) -> Block:
    """The card beside the date: as high as the page, or as what it says if that is little. Raises NoRoomError."""
    inner = width - 2 * pad
    reach = _reach(kit, inner).height
    free = height - 2 * pad - reach - kit.type.body * _CARD_GAP
    upper = full_message(kit, inner, free, kit.on_paper, "square", below=below)
    if upper.height > free:
        raise NoRoomError("points")
    is_full = upper.height > free * _FULL_CARD and reach > 0
    return _card(kit, width, pad, upper, height=height if is_full else 0.0)


def _reach(kit: Kit, width: float) -> Block:
    """How to act, and the small print."""
    with_when = bool(kit.words.hero)
    return stack(
        [action(kit, width, kit.on_paper, with_when=with_when), foot(kit, width, kit.on_paper)], kit.type.note * 1.4
    )


def _card(kit: Kit, width: float, pad: float, upper: Block, *, height: float = 0.0) -> Block:
    """Everything else on a white card; with a ``height``, points at its head and the rest at its foot."""
    lower = _reach(kit, width - 2 * pad)
    whole = height or stack([upper, lower], kit.type.body * _CARD_GAP).height + 2 * pad
    inside = (*upper.at(pad, pad), *lower.at(pad, whole - pad - lower.height))
    edge = kit.theme.ink if kit.theme.is_plain else None
    ground = Panel(
        x=0,
        y=0,
        width=width,
        height=whole,
        fill=kit.theme.paper,
        edge=edge,
        edge_width=kit.unit * 0.35,
        radius=kit.unit * 1.4,
    )
    return Block(width=width, height=whole, items=(ground, *inside))
