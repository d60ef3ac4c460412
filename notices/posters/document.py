"""A poster as data: its words, already filled in, and the look that was chosen for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from notices.lengths import Length
from notices.picture import Picture

LayoutName = Literal["field", "photo", "date", "split"]
ThemeName = Literal["river", "lotus", "leaf", "sun", "dusk", "mono"]
Paper = Literal["A5", "A4", "A3", "A2", "A1"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Trust:
    """How to know that a surveyor or caller is a real one."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One result: per cent, and that of the period before."""

    name: str
    now: float
    before: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Results:
    """Results in per cent, with what the two periods are called."""

    rows: tuple[Row, ...]
    now: str
    before: str
    as_table: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Blank:
    """A place to write on by hand, behind its label; ``room`` is its least length on A4, larger paper has more."""

    label: str
    room: Length


@dataclass(frozen=True, kw_only=True, slots=True)
class BlankLine:
    """Blanks that belong side by side; ``part`` is their key in the campaign file."""

    part: Literal["posted", "staff"]
    blanks: tuple[Blank, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """Everything that is read on a poster; what is empty is not printed."""

    parent: str = ""  # the body above
    agency: str
    kicker: str = ""  # one line above the headline
    headline: str
    hero: str = ""  # a date or a number to be seen from afar
    points: tuple[str, ...] = ()
    results: Results | None = None
    when_label: str = ""
    when: str = ""
    phone_label: str = ""
    phone: str = ""
    link_label: str = ""
    link: str = ""
    trust: Trust | None = None
    posted_at: str = ""  # where this copy hangs, when it is open
    blanks: tuple[BlankLine, ...] = ()  # to fill in by hand
    imprint: tuple[str, ...] = ()
    draft: str = ""  # the mark of a draft
    logo: Picture | None = None
    photo: Picture | None = None

    def texts(self) -> list[str]:
        """Every text that is drawn."""
        trust = (self.trust.title, *self.trust.lines) if self.trust else ()
        results = (
            (self.results.now, self.results.before, *(row.name for row in self.results.rows)) if self.results else ()
        )
        single = (self.parent, self.agency, self.kicker, self.headline, self.hero, self.when_label, self.when)
        reach = (self.phone_label, self.phone, self.link_label, self.posted_at, self.draft)
        blanks = (blank.label for line in self.blanks for blank in line.blanks)
        return [t for t in (*single, *self.points, *results, *reach, *trust, *blanks, *self.imprint) if t]


@dataclass(frozen=True, kw_only=True, slots=True)
class PosterDocument:
    """A poster or leaflet, ready to be written to any medium."""

    name: str
    title: str  # for the properties of the file
    author: str
    words: Words
    layout: LayoutName = "field"
    theme: ThemeName = "river"
    paper: Paper = "A4"
    landscape: bool = False
    for_shop: bool = False  # with bleed, crop marks and boxes for the printer
    two_up: bool = False  # a leaflet: twice on a sheet of double the size
    is_draft: bool = False
