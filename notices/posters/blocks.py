"""The parts that are read from afar, as blocks: each is given its width and returns what it takes of the page."""

from __future__ import annotations

from typing import Literal

from notices.picture import Picture, in_greys
from notices.posters.code import QUIET, modules, squares
from notices.posters.faces import Weight, width_of
from notices.posters.kit import Kit, Tone
from notices.posters.room import NoRoomError
from notices.posters.scene import EMPTY, Block, Code, Image, Item, Panel, Text, stack
from notices.posters.typeset import largest, one_line, set_text

Marker = Literal["square", "number", "rules"]
# A code wider than this, in units, would be the poster.
_WIDEST_CODE = 24.0
_LOGO_HEIGHT, _LOGO_WIDTH = 3.3, 9.0  # in sizes of the name beside it


def agency(kit: Kit, width: float, tone: Tone) -> Block:
    """Logo, the body above, and the agency's name."""
    words, size = kit.words, kit.type.note
    logo = _logo(in_greys(words.logo) if kit.theme.is_plain else words.logo, size) if words.logo else EMPTY
    start = logo.width + size if words.logo else 0.0
    name = set_text(words.agency, width - start, size * 1.12, Weight.BOLD, tone.text, least=1.25)
    above = set_text(words.parent, width - start, size * 0.92, Weight.REGULAR, tone.text, least=1.25)
    names = stack([above, name], size * 0.42)
    height = max(logo.height, names.height)
    items = (*logo.at(0, (height - logo.height) / 2), *names.at(start, (height - names.height) / 2))
    return Block(width=width, height=height, items=items)


def _logo(picture: Picture, size: float) -> Block:
    """The logo whole, as high as the names beside it or as wide as is decent."""
    factor = min(_LOGO_HEIGHT * size / picture.height, _LOGO_WIDTH * size / picture.width)
    width, height = picture.width * factor, picture.height * factor
    image = Image(x=0, y=0, width=width, height=height, picture=picture, fills=False)
    return Block(width=width, height=height, items=(image,))


def kicker(kit: Kit, width: float, tone: Tone) -> Block:
    """The line above the headline."""
    size = max(kit.type.note, kit.type.body * 0.85)
    return set_text(kit.words.kicker, width, size, Weight.SEMIBOLD, tone.accent)


def headline(
    kit: Kit, width: float, height: float, tone: Tone, *, weight: Weight = Weight.BLACK, most: float = 17.0
) -> Block:
    """The headline with its kicker, as large as the box allows, at most ``most`` units. Raises NoRoomError."""
    above = kicker(kit, width, tone)
    gap = kit.type.body * 0.75 if above.height else 0.0
    main = largest(
        kit.words.headline,
        width,
        height - above.height - gap,
        weight,
        tone.text,
        most=most * kit.unit,
        least_size=kit.type.headline_least,
        is_graceful=kit.type.is_graceful,
    )
    if main is None:
        raise NoRoomError("headline")
    return stack([above, main], gap)


def points(kit: Kit, width: float, tone: Tone, marker: Marker) -> Block:
    """The points below each other: behind squares, numbers, or between rules."""
    size = kit.type.body
    blocks = [_point(kit, text, number, width, tone, marker) for number, text in enumerate(kit.words.points, 1)]
    return stack(blocks, size * (0.55 if marker == "rules" else 0.5))


def _point(kit: Kit, text: str, number: int, width: float, tone: Tone, marker: Marker) -> Block:
    size = kit.type.body
    indent = {"square": 0.9, "number": 1.3, "rules": 0.0}[marker] * size
    words = set_text(text, width - indent, size, Weight.SEMIBOLD, tone.text, least=1.27)
    base = words.items[0].y
    if marker == "rules":
        if number == 1:
            return words
        gap = size * 0.55
        rule = Panel(x=0, y=0, width=width, height=kit.unit * 0.16, fill=kit.theme.line)
        return Block(width=width, height=words.height + gap, items=(rule, *words.at(0, gap)))
    sign: Item
    if marker == "number":
        sign = Text(x=0, y=base, text=str(number), size=size, weight=Weight.BLACK, colour=tone.accent)
    else:
        side = size * 0.34
        sign = Panel(x=0, y=base - size * 0.265 - side / 2, width=side, height=side, fill=tone.accent)
    return Block(width=width, height=words.height, items=(sign, *words.at(indent, 0)))


def when(kit: Kit, width: float, tone: Tone) -> Block:
    """The dates, below their label."""
    if not kit.words.when:
        return EMPTY
    label = set_text(kit.words.when_label, width, kit.type.note, Weight.SEMIBOLD, tone.accent)
    value = _dates(kit.words.when, width, kit.type.body, tone)
    return stack([label, value], kit.type.note * 0.45)


def _dates(text: str, width: float, size: float, tone: Tone) -> Block:
    """The dates on one line if they fit; a period that does not breaks behind its dash."""
    line = one_line(text, width, Weight.BOLD, tone.text, most=size * 1.2, least_size=size)
    return line or set_text(text, width, size, Weight.BOLD, tone.text, least=1.2)


def phone(kit: Kit, width: float, tone: Tone, *, most: float = 8.0) -> Block:
    """The number to call, unbroken and up to ``most`` units large, below its label. Raises NoRoomError."""
    if not kit.words.phone:
        return EMPTY
    label = set_text(kit.words.phone_label, width, kit.type.note, Weight.SEMIBOLD, tone.accent)
    number = one_line(
        kit.words.phone, width, Weight.BLACK, tone.text, most=most * kit.unit, least_size=kit.type.body * 1.05
    )
    if number is None:
        raise NoRoomError("phone")
    return stack([label, number], max(kit.type.note * 0.4, number.height * 0.22))


def code_width(kit: Kit, units: float) -> float:
    """How wide the QR code is, quiet zone included: ``units``, or what its squares need. Raises NoRoomError."""
    limits, count = kit.frame.limits, modules(kit.words.link)
    side = max(units * kit.unit, limits.code.pt, count * limits.module.pt)
    if side > _WIDEST_CODE * kit.unit:
        raise NoRoomError("link")
    return side * (count + 2 * QUIET) / count


def code(kit: Kit, tone: Tone, *, units: float = 15.0, label: bool = True, hangs: bool = False) -> Block:
    """The QR code on white, with its label below; one that ``hangs`` has its quiet zone outside the block."""
    if not kit.words.link:
        return EMPTY
    whole, count = code_width(kit, units), modules(kit.words.link)
    quiet = whole * QUIET / (count + 2 * QUIET)
    out = quiet if hangs else 0.0
    square = Code(x=-out, y=-out, size=whole, rows=squares(kit.words.link), link=kit.words.link)
    width = whole - 2 * out
    below = code_label(kit, width, tone) if label else EMPTY
    gap = max(kit.type.note * 0.5, out)
    return stack([Block(width=width, height=width, items=(square,)), below], gap)


def code_label(kit: Kit, width: float, tone: Tone) -> Block:
    """What the code is for."""
    return set_text(kit.words.link_label, width, kit.type.note, Weight.SEMIBOLD, tone.text, least=1.25)


def length_of(block: Block) -> float:
    """How far to the right the words of a block reach."""
    return max(item.x + width_of(item.text, item.weight) * item.size for item in block.items if isinstance(item, Text))
