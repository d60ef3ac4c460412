"""What every part of a poster is made with: the frame, the words, the colours and the sizes of type."""

from __future__ import annotations

from dataclasses import dataclass

from notices.posters.document import Words
from notices.posters.frame import Frame, Type
from notices.posters.themes import Theme


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
    def on_paper(self) -> Tone:
        """Colours on paper and tint."""
        return Tone(text=self.theme.ink, accent=self.theme.accent)

    @property
    def on_field(self) -> Tone:
        """Colours on the field."""
        return Tone(text=self.theme.on_field, accent=self.theme.bright)
