"""How small type may become, by how far away it is read.

What an eye sees is an angle. Normal sight resolves letters of 5 minutes of arc; signs are set for half that sight, at
10 minutes, and running words are comfortable from 16 on (ISO 9241-303). So at two metres: headlines from 12 minutes,
7 mm of capital height; points, dates and the phone number from 7 minutes, 4.1 mm. What a reader steps up to (how to
know a caller, lines to fill in) is read at arm's length, 0.6 m: 2.2 mm are 13 minutes. The imprint is for whoever
takes the paper in hand, 0.35 m: 1.5 mm are 15 minutes. A leaflet is read in hand, a picture on a telephone: 1080
pixels on 65 mm, at 0.3 m.
"""

from __future__ import annotations

from dataclasses import dataclass

from notices.lengths import Length, Mm, Pt
from notices.posters.faces import CAP_HEIGHT


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """The least size of type by its duty, as the height of capitals; and the least size of a QR code."""

    headline: Length
    body: Length
    note: Length
    small: Length
    code: Length  # without its quiet zone
    module: Length  # a single square of it

    def size(self, capitals: Length) -> float:
        """The type size, pt, at which capitals are so high."""
        return capitals.pt / CAP_HEIGHT


# A module of 0.75 mm is two dots and more in a print at 72 dots an inch, and wide enough for a telephone at 0.5 m.
WALL = Limits(headline=Mm(7), body=Mm(4.1), note=Mm(2.2), small=Mm(1.5), code=Mm(25), module=Mm(0.75))
HAND = Limits(headline=Mm(4.5), body=Mm(2.2), note=Mm(1.8), small=Mm(1.35), code=Mm(20), module=Mm(0.55))
# Pixels stand for points here.
SCREEN = Limits(headline=Pt(30), body=Pt(20), note=Pt(16), small=Pt(14), code=Pt(120), module=Pt(4))
