"""Themes: the colours of a poster, each with one duty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

WHITE = "#FFFFFF"
BLACK = "#000000"


@dataclass(frozen=True, kw_only=True, slots=True)
class Theme:
    """Colours by duty. ``is_plain``: for one-colour printers; fields are outlined, never filled."""

    paper: str = WHITE
    ink: str  # words on paper and on tint
    accent: str  # what matters, on paper and on tint
    tint: str  # a calm ground
    field: str  # the large ground
    wave: str  # rings on the field, near its colour
    on_field: str  # words on the field, rings included
    bright: str  # what matters on the field, rings included
    line: str  # thin rules on paper, without words
    is_plain: bool = False

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Every pair of words and ground that layouts may use."""
        for ground in (self.paper, self.tint):
            yield from ((self.ink, ground), (self.accent, ground))
        for ground in (self.field, self.wave):
            yield from ((self.on_field, ground), (self.bright, ground))


THEMES: Mapping[str, Theme] = {
    "river": Theme(
        ink="#0C2733",
        accent="#005F83",
        tint="#E6F1F5",
        field="#004B6B",
        wave="#00587C",
        on_field=WHITE,
        bright="#FFD25E",
        line="#9DBFCC",
    ),
    "lotus": Theme(
        ink="#2E0F1B",
        accent="#A8174F",
        tint="#FCEDF1",
        field="#A3154B",
        wave="#B02559",
        on_field=WHITE,
        bright="#FFE39A",
        line="#E2AABD",
    ),
    "leaf": Theme(
        ink="#0E2A1E",
        accent="#0B6B43",
        tint="#E9F4EC",
        field="#0A5537",
        wave="#116343",
        on_field=WHITE,
        bright="#F7DC5A",
        line="#A3CBB5",
    ),
    "sun": Theme(
        ink="#2B1C05",
        accent="#A33A00",
        tint="#FFF4DD",
        field="#FFB81C",
        wave="#FFC545",
        on_field="#2B1C05",
        bright="#8A1F00",
        line="#E3C27E",
    ),
    "dusk": Theme(
        ink="#1D1836",
        accent="#523A9E",
        tint="#F0EDF9",
        field="#3A2C73",
        wave="#463785",
        on_field=WHITE,
        bright="#FFBFA3",
        line="#BDB3DD",
    ),
    "mono": Theme(
        ink=BLACK,
        accent=BLACK,
        tint=WHITE,
        field=WHITE,
        wave=WHITE,
        on_field=BLACK,
        bright=BLACK,
        line=BLACK,
        is_plain=True,
    ),
}
