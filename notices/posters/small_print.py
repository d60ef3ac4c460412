"""The parts that are read up close: how to know a real caller, lines to fill in by hand, the imprint."""

from __future__ import annotations

from notices.posters.faces import Weight, ink_of, width_of
from notices.posters.kit import Kit, Tone
from notices.posters.scene import EMPTY, Block, Dots, Item, Panel, Text, padded, stack
from notices.posters.typeset import set_text


def trust(kit: Kit, width: float) -> Block:
    """How to know a real surveyor or caller, in a box with a strong edge."""
    words = kit.words.trust
    if words is None:
        return EMPTY
    size = kit.type.note
    inner = width - 2 * size
    title = set_text(words.title, inner, size * 1.08, Weight.BLACK, kit.theme.accent)
    lines = [set_text(line, inner, size, Weight.SEMIBOLD, kit.theme.ink, least=1.3) for line in words.lines]
    box = padded(stack([title, *lines], size * 0.45), size, width=width)
    ground = Panel(
        x=0,
        y=0,
        width=width,
        height=box.height,
        fill=kit.theme.tint,
        edge=kit.theme.accent,
        edge_width=size * 0.12,
        radius=size * 0.4,
    )
    return Block(width=width, height=box.height, items=(ground, *box.items))


def posted_at(kit: Kit, width: float) -> Block:
    """Where this copy hangs and whom to ask there."""
    return set_text(kit.words.posted_at, width, kit.type.note, Weight.REGULAR, kit.theme.ink, least=1.3)


def blanks(kit: Kit, width: float) -> Block:
    """Lines to fill in by hand, far enough apart for a pen."""
    size = kit.type.note
    lines = [_blank_line(labels, width, size, kit.theme.ink) for labels in kit.words.blanks]
    return stack(lines, size * 1.1)


def _blank_line(labels: tuple[str, ...], width: float, size: float, colour: str) -> Block:
    """Labels side by side, each with a dotted line up to the next."""
    items: list[Item] = []
    gap = size * 0.4
    base = size * max(ink_of(label, Weight.REGULAR)[0] for label in labels)
    hang = size * max(ink_of(label, Weight.REGULAR)[1] for label in labels)
    lengths = [width_of(label, Weight.REGULAR) * size for label in labels]
    dotted = (width - sum(lengths) - gap * (2 * len(labels) - 1)) / len(labels)
    x = 0.0
    for label, length in zip(labels, lengths, strict=True):
        items.append(Text(x=x, y=base, text=label, size=size, weight=Weight.REGULAR, colour=colour))
        items.append(Dots(x=x + length + gap, y=base, width=dotted, colour=colour))
        x += length + dotted + 2 * gap
    return Block(width=width, height=base + hang, items=tuple(items))


def imprint(kit: Kit, width: float, tone: Tone) -> Block:
    """Who issued it, under which number, until when; and that it is a draft."""
    size = kit.type.small
    mark = set_text(kit.words.draft, width, size, Weight.BOLD, tone.accent, least=1.35)
    text = set_text(" · ".join(kit.words.imprint), width, size, Weight.REGULAR, tone.text, least=1.35)
    return stack([mark, text], size * 0.35)
