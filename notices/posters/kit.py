"""What every part of a poster is made with: the frame, the words, the colours and the sizes of type."""

from __future__ import annotations

from dataclasses import dataclass, replace

from notices.posters.document import Words
from notices.posters.frame import Frame, Type
from notices.posters.themes import Theme

_MOST_LABEL_GROWTH = 1.2
_TIGHT = 2.67  # units: the least size of points on A4


@dataclass(frozen=True, kw_only=True, slots=True)
class Tone:
    """The colours of words on one ground."""

    text: str
    accent: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Kit:
    """What a part is made with."""

    frame: Frame
    words: Words
    theme: Theme
    type: Type

    @property
    def unit(self) -> float:
        """A hundredth of the page's shorter side, pt."""
        return self.frame.unit

    @property
    def is_tight(self) -> bool:
        """Whether the points are about as small as on A4 they may be: beauty has to give way to words."""
        least = self.frame.limits.size(self.frame.limits.body)
        return self.type.body <= max(least, _TIGHT * self.unit) * 1.001

    def grown(self, factor: float) -> Kit:
        """The kit with larger type; labels grow less, they are not what is read from afar."""
        sizes = replace(self.type, body=self.type.body * factor, note=self.type.note * min(factor, _MOST_LABEL_GROWTH))
        return replace(self, type=sizes)

    @property
    def on_paper(self) -> Tone:
        """Colours on paper and tint."""
        return Tone(text=self.theme.ink, accent=self.theme.accent)

    @property
    def on_field(self) -> Tone:
        """Colours on the field."""
        return Tone(text=self.theme.on_field, accent=self.theme.bright)
