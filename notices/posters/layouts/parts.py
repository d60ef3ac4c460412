"""What the layouts have in common: the message, the row that says how to act, and the foot of the page."""

from __future__ import annotations

from notices.posters import blocks, small_print
from notices.posters.charts import chart
from notices.posters.faces import Weight, width_of
from notices.posters.kit import Kit, Tone
from notices.posters.room import NoRoomError
from notices.posters.scene import EMPTY, Block, Text, beside, stack
from notices.posters.typeset import set_text

# A number set smaller than this beside the code, in units, gets a row of its own.
_SMALL_PHONE = 5.6
_CODE_GAP = 5.0
# How much larger than the other words a message may be, and how much larger than it a headline stays.
_GROWTHS = (1.6, 1.5, 1.4, 1.3, 1.2, 1.1)
_LEAST_STEP = 1.6


def message(kit: Kit, width: float, tone: Tone, marker: blocks.Marker) -> Block:
    """Results, then points."""
    return stack([chart(kit, width, tone), blocks.points(kit, width, tone, marker)], kit.type.body)


def full_message(kit: Kit, width: float, height: float, tone: Tone, marker: blocks.Marker, *, below: float) -> Block:
    """The message, larger than the other words where its room allows, its points well smaller than ``below`` pt.

    One that has no room even as it is comes back as it is: it is higher than ``height``. Names of results are not
    broken for the sake of size.
    """
    least = message(kit, width, tone, marker)
    for factor in _GROWTHS:
        if kit.type.body * factor * _LEAST_STEP > below:
            continue
        try:
            grown = message(kit.grown(factor), width, tone, marker)
        except NoRoomError:
            continue
        if grown.height <= height and not (kit.words.results and _lines(grown) > _lines(least)):
            return grown
    return least


def _lines(block: Block) -> int:
    return sum(isinstance(item, Text) for item in block.items)


def action(
    kit: Kit, width: float, tone: Tone, *, units: float = 15.0, hangs: bool = True, with_when: bool = True
) -> Block:
    """When and whom to call on the left, the code on the right; a number too long for that on a row of its own.

    ``hangs``: the ground is white, so the code's quiet zone may lie in the margins.
    """
    code = blocks.code(kit, tone, units=units, hangs=hangs)
    dates = with_when and bool(kit.words.when)
    if not dates and not kit.words.phone:
        return _code_alone(kit, width, tone, units, hangs=hangs)
    gap = kit.unit * _CODE_GAP if code.width else 0.0
    room = width - code.width - gap
    when = blocks.when(kit, room, tone) if dates else EMPTY
    between = kit.type.body * 0.85
    is_long = width_of(kit.words.phone, Weight.BLACK) * _SMALL_PHONE * kit.unit > room
    if is_long and code.width:
        upper = beside([_wide(when, room), code], gap) if dates else _code_alone(kit, width, tone, units, hangs=hangs)
        return stack([upper, blocks.phone(kit, width, tone)], between)
    reach = stack([when, blocks.phone(kit, room, tone)], between)
    return beside([_wide(reach, room), code], gap)


def action_row(kit: Kit, width: float, tone: Tone) -> Block:
    """When, whom to call and the code side by side, each in the middle of the row."""
    if not kit.words.when and not kit.words.phone:
        return _code_alone(kit, width, tone, 15.0, hangs=False)
    code = blocks.code(kit, tone, label=False)
    gap = kit.unit * _CODE_GAP
    label = blocks.code_label(kit, code.width * 0.85, tone) if code.width else EMPTY
    room = width - code.width - label.width - (gap + kit.unit * 2 if code.width else 0.0)
    share = (room - gap) * 0.42 if kit.words.when and kit.words.phone else room
    when = blocks.when(kit, share, tone)
    phone = blocks.phone(kit, room - share - gap if when.height else room, tone)
    columns = ((when, 0.0), (phone, share + gap if when.height else 0.0), (label, room + gap))
    placed = [(code, width - code.width), *columns]
    height = max(block.height for block, _ in placed)
    return Block(
        width=width,
        height=height,
        items=tuple(item for block, x in placed for item in block.at(x, (height - block.height) / 2)),
    )


def foot(kit: Kit, width: float, tone: Tone, *, with_blanks: bool = True, with_imprint: bool = True) -> Block:
    """Trust, where this copy hangs, lines to fill in, imprint."""
    hand = small_print.blanks(kit, width) if with_blanks else EMPTY
    last = small_print.imprint(kit, width, tone) if with_imprint else EMPTY
    parts = [small_print.trust(kit, width), small_print.posted_at(kit, width), hand, last]
    return stack(parts, kit.type.note * 1.25)


def _code_alone(kit: Kit, width: float, tone: Tone, units: float, *, hangs: bool) -> Block:
    """The code with its label beside it, when there is nothing else to act on."""
    code = blocks.code(kit, tone, units=units, label=False, hangs=hangs)
    if not code.width:
        return EMPTY
    gap = kit.unit * _CODE_GAP
    label = set_text(kit.words.link_label, width - code.width - gap, kit.type.body, Weight.BOLD, tone.text)
    height = max(code.height, label.height)
    placed = ((code, 0.0), (label, code.width + gap))
    items = (item for block, x in placed for item in block.at(x, (height - block.height) / 2))
    return Block(width=width, height=height, items=tuple(items))


def _wide(block: Block, width: float) -> Block:
    return Block(width=width, height=block.height, items=block.items)
