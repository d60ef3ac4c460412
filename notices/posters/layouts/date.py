"""Layout ``date``: a date or a number that is seen from across the street, on a page of colour."""

from __future__ import annotations

import re
from collections.abc import Sequence

from notices.posters import blocks
from notices.posters.faces import Weight, ink_of, width_of
from notices.posters.kit import Kit, Tone
from notices.posters.layouts.grounds import field_panel, waves
from notices.posters.layouts.parts import action, foot, message
from notices.posters.room import NoRoomError
from notices.posters.scene import Block, Item, Panel, beside, stack
from notices.posters.typeset import largest, set_lines

_PERIOD = re.compile(r"(\d{1,2}/\d{1,2})(?:/(\d{4}))?\u00a0– (\d{1,2}/\d{1,2})/(\d{4})")
_DAY = re.compile(r"(\d{1,2}/\d{1,2})/(\d{4})")
_MOST_HERO = 30.0  # units
_WIDE_CARD = 0.42
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
    card = _card(kit, width, pad)
    left = safe.x - pad * 0.45
    top = safe.bottom + pad * 0.45 - card.height
    head = blocks.agency(kit, safe.width, kit.on_field)
    gap = kit.type.body * 1.2
    room = top - gap * 1.2 - safe.y - head.height - gap
    show = _show(kit, safe.width, room)
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
    card = _card(kit, width, pad, height=paint.height - 2 * edge if _has_message(kit) else 0.0)
    left = paint.right - edge - width
    head = blocks.agency(kit, left - safe.x - edge, kit.on_field)
    room = safe.height - head.height - kit.type.body * 1.4
    show = _show(kit, left - safe.x - edge, room)
    return (
        *_ground(kit),
        *head.at(safe.x, safe.y),
        *show.at(safe.x, safe.bottom - show.height),
        *card.at(left, paint.bottom - edge - card.height),
    )


def _has_message(kit: Kit) -> bool:
    return bool(kit.words.points or kit.words.results)


def _ground(kit: Kit) -> tuple[Item, ...]:
    return (*field_panel(kit, kit.frame.paint), *waves(kit, kit.frame.paint))


def _show(kit: Kit, width: float, height: float) -> Block:
    """The headline, and below it the date or number in what room is left. Raises NoRoomError."""
    gap = kit.type.body * 1.3
    part = "headline"
    for share in _GOOD_SHARES if kit.type.is_graceful else _LAST_SHARES:
        try:
            title = blocks.headline(kit, width, height * share, kit.on_field)
        except NoRoomError:
            continue
        part = "hero"
        hero = _hero(kit, width, height - title.height - gap)
        if hero is not None:
            return stack([title, hero], gap)
    raise NoRoomError(part)


def _hero(kit: Kit, width: float, height: float) -> Block | None:
    """The number, or the first and the last day side by side or below each other, whichever is larger."""
    tone, words = kit.on_field, kit.words
    least, most = kit.type.headline_least * 1.1, _MOST_HERO * kit.unit
    if words.hero:
        return largest(words.hero, width, height, Weight.BLACK, tone.accent, most=most, least_size=least)
    if found := _PERIOD.fullmatch(words.when):
        days = [("Từ ngày", found[1], found[2] or found[4]), ("Đến ngày", found[3], found[4])]
    elif found := _DAY.fullmatch(words.when):
        days = [(words.when_label, found[1], found[2])]
    else:
        return largest(words.when, width, height, Weight.BLACK, tone.accent, most=most, least_size=least)
    gap = kit.unit * 6
    best: tuple[float, bool] = (0.0, False)
    for is_row in (True, False):
        columns = len(days) if is_row else 1
        rows = len(days) // columns
        cell_width = (width - gap * (columns - 1)) / columns
        cell_height = (height - kit.type.body * (rows - 1)) / rows
        best = max(best, (_day_size(kit, days, cell_width, cell_height), is_row))
    size, is_row = best
    if size < least:
        return None
    cells = [_day(kit, day, min(size, most), tone) for day in days]
    return _on_one_foot(cells, gap) if is_row else stack(cells, kit.type.body)


def _on_one_foot(blocks: Sequence[Block], gap: float) -> Block:
    """Days side by side; their labels differ in height by their marks."""
    height = max(block.height for block in blocks)
    return beside([Block(width=b.width, height=height, items=b.at(0, height - b.height)) for b in blocks], gap)


def _day_size(kit: Kit, days: list[tuple[str, str, str]], width: float, height: float) -> float:
    long = max(width_of(day, Weight.BLACK) for _, day, _ in days)
    free = height - 2.2 * kit.type.note - 1.6 * kit.type.body
    return min(width / long, free / (ink_of("0", Weight.BLACK)[0] + 0.08))


def _day(kit: Kit, day: tuple[str, str, str], size: float, tone: Tone) -> Block:
    """A day: what it is above, its year below."""
    label, short, year = day
    width = width_of(short, Weight.BLACK) * size
    above = set_lines([label], width, kit.type.note * 1.1, Weight.SEMIBOLD, tone.text)
    main = set_lines([short], width, size, Weight.BLACK, tone.accent)
    below = set_lines([year], width, kit.type.body, Weight.BOLD, tone.text)
    return stack([above, main, below], kit.type.note * 0.45)


def _card(kit: Kit, width: float, pad: float, *, height: float = 0.0) -> Block:
    """Everything else on a white card; with a ``height``, points at its head and the rest at its foot."""
    inner = width - 2 * pad
    upper = message(kit, inner, kit.on_paper, "square")
    lower = stack(
        [action(kit, inner, kit.on_paper, with_when=bool(kit.words.hero)), foot(kit, inner, kit.on_paper)],
        kit.type.note * 1.4,
    )
    gap = kit.type.body * 1.2
    least = stack([upper, lower], gap).height + 2 * pad
    if height and least > height:
        raise NoRoomError("points")
    whole = height or least
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
