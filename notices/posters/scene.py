"""A scene: what stands where on one page of a poster, as data, before any medium.

Lengths are points from the top left corner, y downward. Later items lie on earlier ones.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from notices.picture import Picture
from notices.posters.faces import Weight


@dataclass(frozen=True, kw_only=True, slots=True)
class Rect:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    def inset(self, by: float) -> Rect:
        """The rectangle ``by`` smaller on every side; larger for a negative length."""
        return Rect(x=self.x + by, y=self.y + by, width=self.width - 2 * by, height=self.height - 2 * by)


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """One line of words; ``y`` is its baseline."""

    x: float
    y: float
    text: str
    size: float
    weight: Weight
    colour: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Panel:
    """A filled or edged rectangle; its edge is drawn inside it."""

    x: float
    y: float
    width: float
    height: float
    fill: str | None = None
    edge: str | None = None
    edge_width: float = 0.0
    radius: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Shape:
    """A filled polygon; its ``points`` count from (x, y)."""

    x: float
    y: float
    points: tuple[tuple[float, float], ...]
    fill: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Dots:
    """A dotted line to write on by hand; ``y`` is the line."""

    x: float
    y: float
    width: float
    colour: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Code:
    """A QR code on its white ground; ``size`` includes the quiet zone that its rows begin and end with."""

    x: float
    y: float
    size: float
    rows: tuple[bytes, ...]  # 1 is dark
    link: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Image:
    """A picture: ``fills`` its rectangle and loses its edges, or is whole inside it."""

    x: float
    y: float
    width: float
    height: float
    picture: Picture
    fills: bool

    @property
    def scale(self) -> float:
        """How large a pixel is, pt."""
        return (max if self.fills else min)(self.width / self.picture.width, self.height / self.picture.height)

    @property
    def dots(self) -> float:
        """How many pixels come to an inch."""
        return 72 / self.scale


@dataclass(frozen=True, kw_only=True, slots=True)
class Stroke:
    """A thin straight line to (x + ``dx``, y + ``dy``)."""

    x: float
    y: float
    dx: float
    dy: float
    width: float
    colour: str
    dashed: bool = False


Item = Text | Panel | Shape | Stroke | Dots | Code | Image


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """Items that belong together, with the room they take, from (0, 0)."""

    width: float
    height: float
    items: tuple[Item, ...] = ()

    def at(self, x: float, y: float) -> tuple[Item, ...]:
        """The items with the block's corner at (x, y)."""
        return tuple(replace(item, x=item.x + x, y=item.y + y) for item in self.items)


@dataclass(frozen=True, kw_only=True, slots=True)
class Scene:
    """One page and what stands on it; ``trim`` is where a print shop cuts it, ``bleed`` how far colour goes beyond."""

    width: float
    height: float
    items: tuple[Item, ...]
    trim: Rect | None = None
    bleed: float = 0.0


EMPTY = Block(width=0, height=0)


def type_size(block: Block) -> float:
    """The size of the largest type in a block, pt; 0 without words."""
    return max((item.size for item in block.items if isinstance(item, Text)), default=0.0)


def stack(blocks: Iterable[Block], gap: float) -> Block:
    """Blocks below each other, ``gap`` apart; empty ones take no room."""
    items: list[Item] = []
    y = width = 0.0
    for block in (block for block in blocks if block.height):
        top = y + gap if items else 0.0
        items.extend(block.at(0, top))
        y, width = top + block.height, max(width, block.width)
    return Block(width=width, height=y, items=tuple(items))


def beside(blocks: Iterable[Block], gap: float) -> Block:
    """Blocks next to each other, ``gap`` apart, on a common head line; empty ones take no room."""
    shown = [block for block in blocks if block.width]
    height = max((block.height for block in shown), default=0.0)
    items: list[Item] = []
    x = 0.0
    for block in shown:
        items.extend(block.at(x, 0))
        x += block.width + gap
    return Block(width=max(0.0, x - gap), height=height, items=tuple(items))


def padded(block: Block, by: float, *, width: float | None = None) -> Block:
    """The block with room around it; ``width`` is that of the whole."""
    whole = block.width + 2 * by if width is None else width
    return Block(width=whole, height=block.height + 2 * by, items=block.at(by, by))
