"""Make the drawings that bundled campaigns show: ``python -m tools.make_pictures``.

They are flat shapes of our own, so that no photographer has to be asked and no real person is shown. The same call
always gives the same pixels.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw

WHERE = Path(__file__).resolve().parent.parent / "campaigns" / "hinh"
_FINER = 2  # drawn so many times larger, then brought down: smooth edges
_COLOURS = 200  # the flat ones and the commonest of their edges: small files
Points = list[tuple[float, float]]


class Sheet:
    """A drawing in units of its own; ``unit`` pixels each."""

    def __init__(self, width: float, height: float, unit: float, ground: str | None) -> None:
        self.width, self.height, self._unit = width, height, unit * _FINER
        size = (round(width * self._unit), round(height * self._unit))
        self._image = Image.new("RGBA", size, ground or (0, 0, 0, 0))
        self._draw = ImageDraw.Draw(self._image)

    def shape(self, points: Points, colour: str) -> None:
        """A filled polygon."""
        self._draw.polygon([(x * self._unit, y * self._unit) for x, y in points], fill=colour)

    def oval(self, x: float, y: float, across: float, down: float, colour: str) -> None:
        """A filled ellipse around a point, by its half axes."""
        box = (x - across, y - down, x + across, y + down)
        self._draw.ellipse([value * self._unit for value in box], fill=colour)

    def box(self, x: float, y: float, width: float, height: float, colour: str, *, round_by: float = 0) -> None:
        """A filled rectangle."""
        corners = [value * self._unit for value in (x, y, x + width, y + height)]
        self._draw.rounded_rectangle(corners, round_by * self._unit, fill=colour)

    def line(self, points: Points, colour: str, width: float) -> None:
        """A line through points, its joints rounded."""
        drawn = [(x * self._unit, y * self._unit) for x, y in points]
        self._draw.line(drawn, fill=colour, width=round(width * self._unit), joint="curve")

    def finished(self, *, see_through: bool = False) -> Image.Image:
        """The picture at its real size."""
        width, height = (side // _FINER for side in self._image.size)
        small = self._image.resize((width, height), Image.Resampling.LANCZOS)
        return small if see_through else _in_its_own_colours(small.convert("RGB"))


def flood() -> Image.Image:
    """Rain over a river in flood: houses on a hill, one in the water, a boat that brings people up."""
    sheet = Sheet(300, 200, 10, "#6F93A8")
    chance = random.Random(7)  # noqa: S311  # for raindrops, not for secrets
    for level, colour in ((-9, "#3D5A70"), (34, "#4A687E"), (58, "#58788D"), (80, "#66889C")):
        sheet.shape(_ridge(sheet, level, 5, 46, level / 10), colour)
    for x, y, size in ((40.0, 16.0, 20.0), (95, 8, 26), (160, 18, 22), (222, 10, 27), (280, 20, 20)):
        _cloud(sheet, x, y, size, "#2F485B")
    sheet.shape(_ridge(sheet, 84, 12, 60, 2.0), "#557A80")
    sheet.shape(_ridge(sheet, 97, 9, 44, 0.4), "#42696A")
    _hill(sheet)
    _drowned_house(sheet, 44, 117)
    _water(sheet)
    _boat(sheet, 128, 153)
    for _ in range(210):
        left, top, length = chance.uniform(0, 310), chance.uniform(-5, 190), chance.uniform(4, 8)
        sheet.line([(left, top), (left - length * 0.3, top + length)], "#A9C3D1", 0.28)
    return sheet.finished()


def badge() -> Image.Image:
    """The mark of a contest: a sheet with a tick, above a river, in a ring."""
    sheet = Sheet(100, 100, 8, None)
    sheet.oval(50, 50, 49, 49, "#0A5537")
    sheet.oval(50, 50, 45.5, 45.5, "#FFFFFF")
    sheet.oval(50, 50, 43, 43, "#E9F4EC")
    sheet.box(31, 17, 38, 48, "#0A5537", round_by=3)
    sheet.box(33.2, 19.2, 33.6, 43.6, "#FFFFFF", round_by=1.6)
    for y, width in ((27, 22), (33.5, 22), (40, 14)):
        sheet.box(39, y, width, 2.4, "#A3CBB5", round_by=1.2)
    sheet.line([(41, 50), (48, 57), (64, 38)], "#D98E04", 5)
    for x, y in ((41, 50), (64, 38)):
        sheet.oval(x, y, 2.5, 2.5, "#D98E04")
    for top, colour in ((66, "#0B6B43"), (73, "#1E8A5A"), (80, "#0A5537")):
        _wave_in_ring(sheet, top, colour)
    return sheet.finished(see_through=True)


def _in_its_own_colours(picture: Image.Image) -> Image.Image:
    """The picture with a palette of its commonest colours; choosing others would tint the flat ones."""
    counted = picture.getcolors(maxcolors=picture.width * picture.height) or []
    commonest = sorted(counted, key=lambda pair: pair[0], reverse=True)[:_COLOURS]
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for _, colour in commonest if isinstance(colour, tuple) for part in colour])
    return picture.quantize(palette=palette, dither=Image.Dither.NONE)


def _ridge(sheet: Sheet, top: float, swing: float, length: float, start: float) -> Points:
    """Ground from a wavy line down to the foot of the sheet."""
    steps = [float(x) for x in range(0, int(sheet.width) + 3, 2)]
    line = [
        (x, top + swing * (math.sin(x / length * 2 + start) * 0.6 + math.sin(x / length * 4.7 + start * 3) * 0.4))
        for x in steps
    ]
    return [*line, (sheet.width + 2, sheet.height), (0.0, sheet.height)]


def _cloud(sheet: Sheet, x: float, y: float, size: float, colour: str) -> None:
    for across, down, scale in ((-0.9, 0.25, 0.55), (-0.3, 0, 0.8), (0.45, 0.05, 0.7), (1.0, 0.3, 0.5)):
        sheet.oval(x + across * size, y + down * size, size * scale, size * scale * 0.62, colour)


def _hill(sheet: Sheet) -> None:
    """The high ground on the right, its houses lit."""
    slope = [(x, 122 - 46 / (1 + math.exp(-(x - 205) / 17))) for x in range(120, 303, 3)]
    sheet.shape([*slope, (302, 150), (120, 150)], "#2F5A4B")
    lower = [(x, 130 - 40 / (1 + math.exp(-(x - 222) / 15))) for x in range(140, 303, 3)]
    sheet.shape([*lower, (302, 150), (140, 150)], "#27503F")
    _house(sheet, 214, 92, 30, "#F3E3C7", "#A6402C")
    _house(sheet, 256, 86, 36, "#F7EBD5", "#B54A31")
    for x, y, size in ((208.0, 96.0, 26.0), (250, 90, 30), (291, 88, 27)):
        _palm(sheet, x, y, size)


def _house(sheet: Sheet, x: float, foot: float, width: float, wall: str, roof: str) -> None:
    height = width * 0.42
    sheet.box(x, foot - height, width, height, wall)
    sheet.shape(
        [
            (x - width * 0.12, foot - height),
            (x + width * 0.14, foot - height * 1.75),
            (x + width * 0.86, foot - height * 1.75),
            (x + width * 1.12, foot - height),
        ],
        roof,
    )
    sheet.box(x + width * 0.42, foot - height * 0.66, width * 0.17, height * 0.66, "#7A4A2B")
    for place in (0.12, 0.7):
        sheet.box(x + width * place, foot - height * 0.7, width * 0.18, height * 0.38, "#FFC857")


def _palm(sheet: Sheet, x: float, foot: float, height: float) -> None:
    """An areca palm, bent by the wind."""
    trunk = [(x - (step / 10) ** 2 * height * 0.14, foot - step / 10 * height) for step in range(11)]
    sheet.line(trunk, "#5A4632", 1.1)
    top_x, top_y = trunk[-1]
    for angle in (-165, -140, -112, -82, -50, -25, 8, 190):
        along = math.radians(angle)
        tip = (top_x + math.cos(along) * height * 0.3 - 2, top_y + math.sin(along) * height * 0.2 + 2)
        middle = (top_x + math.cos(along) * height * 0.17, top_y + math.sin(along) * height * 0.17 - 1)
        below = (middle[0] - 0.6, middle[1] + 2.2)
        sheet.shape([(top_x, top_y), middle, tip, below], "#3E7A4E")


def _water(sheet: Sheet) -> None:
    bands = ("#8FA9A4", "#83A09D", "#779794", "#6A8C8B", "#5F8282", "#547778")
    for index, colour in enumerate(bands):
        top = 119 + index * 13.5
        sheet.shape(_ridge(sheet, top, 1.4, 13 + index * 4, index * 1.7), colour)
    for index in range(13):
        x, y = (index * 67 + 11) % 290, 126 + (index * 29) % 68
        sheet.line([(x, y), (x + 5, y - 0.9), (x + 10, y), (x + 15, y - 0.7)], "#A9C0BA", 0.5)


def _drowned_house(sheet: Sheet, x: float, level: float) -> None:
    """Nobody is left in it; the water, drawn later, hides its foot."""
    sheet.box(x - 22, level - 12, 44, 18, "#C9B594")
    sheet.shape([(x - 28, level - 11), (x - 16, level - 27), (x + 16, level - 27), (x + 28, level - 11)], "#7D3B2E")
    for place in (-14, 6):
        sheet.box(x + place, level - 8, 8, 7, "#4B4A45")


def _boat(sheet: Sheet, x: float, level: float) -> None:
    """Four people in orange vests, on their way to the hill."""
    for place, vest, skin in ((-20, "#F07F13", "#D9A47A"), (-4, "#F07F13", "#C98F66"), (11, "#F59A2F", "#D9A47A")):
        _person(sheet, x + place, level - 5, vest, skin)
    _rower(sheet, x + 29, level - 5)
    hull = [
        (x - 41, level - 9),
        (x - 33, level - 5),
        (x + 33, level - 5),
        (x + 45, level - 11),
        (x + 33, level + 6),
        (x - 30, level + 6),
    ]
    sheet.shape(hull, "#6B3F22")
    sheet.shape(
        [
            (x - 39.5, level - 8),
            (x - 33, level - 5),
            (x + 33, level - 5),
            (x + 43.6, level - 10),
            (x + 41, level - 6),
            (x + 33, level - 2),
            (x - 33, level - 2),
        ],
        "#8A5530",
    )
    sheet.line(
        [(x - 46, level + 6.2), (x - 20, level + 5.4), (x + 8, level + 6.4), (x + 44, level + 5.4)], "#B9CCC6", 1.0
    )


def _person(sheet: Sheet, x: float, foot: float, vest: str, skin: str) -> None:
    sheet.box(x - 5, foot - 13, 10, 15, vest, round_by=3.5)
    sheet.box(x - 1, foot - 13, 2, 12, "#FFE2B8")
    sheet.oval(x, foot - 17.5, 4, 4.4, skin)
    sheet.shape(
        [
            (x - 4.3, foot - 18),
            (x - 3.4, foot - 21.6),
            (x, foot - 22.8),
            (x + 3.4, foot - 21.6),
            (x + 4.3, foot - 18),
            (x + 2, foot - 19.6),
            (x - 2, foot - 19.6),
        ],
        "#2B2623",
    )


def _rower(sheet: Sheet, x: float, foot: float) -> None:
    """Stands at the bow with a pole, under a conical hat."""
    sheet.line([(x + 14, foot - 33), (x + 1, foot + 13)], "#4E3422", 1.1)
    sheet.box(x - 5, foot - 19, 10, 21, "#F07F13", round_by=3.5)
    sheet.line([(x + 2, foot - 14), (x + 8.2, foot - 13)], "#2E5A78", 2.6)
    sheet.oval(x, foot - 22.5, 3.8, 4.2, "#C98F66")
    sheet.shape([(x - 9.5, foot - 23), (x, foot - 31), (x + 9.5, foot - 23)], "#EBD9A8")
    sheet.shape([(x - 9.5, foot - 23), (x + 9.5, foot - 23), (x + 6, foot - 21.8), (x - 6, foot - 21.8)], "#CDB67C")


def _wave_in_ring(sheet: Sheet, top: float, colour: str) -> None:
    """Water from a wavy line down, as far as the inside of the ring reaches."""
    inside = 43.0
    across = math.sqrt(inside**2 - (top - 50) ** 2)
    steps = [50 - across + 2 * across * step / 40 for step in range(41)]
    swings = [1.4 * math.sin(math.pi * step / 40) for step in range(41)]  # still at the ring
    line = [(x, top + swing * math.sin((x + top * 3) / 4.2)) for x, swing in zip(steps, swings, strict=True)]
    end, start = math.asin((top - 50) / inside), math.pi - math.asin((top - 50) / inside)
    arc = [end + (start - end) * step / 40 for step in range(41)]
    sheet.shape([*line, *((50 + inside * math.cos(a), 50 + inside * math.sin(a)) for a in arc)], colour)


PICTURES: dict[str, Callable[[], Image.Image]] = {"song-tra-mua-lu.png": flood, "bieu-trung-cuoc-thi.png": badge}


def main() -> None:
    """Every drawing anew."""
    for name, draw in PICTURES.items():
        draw().save(WHERE / name, optimize=True)


if __name__ == "__main__":
    main()
