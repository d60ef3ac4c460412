"""Whether a picture has enough pixels for the size at which it is printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil

from loa.core.errors import Place, Problem, Severity
from notices.lengths import Length
from notices.picture import Picture

# Dots an inch below which a picture looks soft or jagged. At arm's length, where A4 and A3 are read, half of the usual
# 300 is enough; larger sheets are looked at from 0.8 m and from 1.2 m on, and need as much less.
LEAST_DOTS: Mapping[str, int] = {"A5": 150, "A4": 150, "A3": 150, "A2": 100, "A1": 70}
_STEP = 100  # pixels, to which a wanted size is rounded up


@dataclass(frozen=True, kw_only=True, slots=True)
class Print:
    """How a picture is printed: width and height in pt, and how many of its pixels come to an inch."""

    width: float
    height: float
    dots: float


def find_coarse(picture: Picture, printed: Print, paper: str, place: Place) -> Iterator[Problem]:
    """A warning when the picture is too coarse for a sheet of ``paper``, with the size that it should have."""
    least = LEAST_DOTS[paper]
    if round(printed.dots) >= least:
        return
    values: dict[str, object] = {
        "file": picture.name,
        "pixels": f"{picture.width} × {picture.height}",
        "size": f"{Length(printed.width).mm:.0f} × {Length(printed.height).mm:.0f} mm",
        "dots": round(printed.dots),
        "least": least,
        "wanted": ceil(picture.width * least / printed.dots / _STEP) * _STEP,
    }
    yield Problem(key="picture.coarse", place=place, values=values, severity=Severity.WARNING)
