"""A paper as a checker sees it, whoever made it: pages, paragraphs, and how each of them looks."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from notices.document import Kind, Role
from notices.lengths import Length, Pt
from notices.rules import BLACK, PAGE, Align, Page

# Where an officer's sentences stand; the other roles hold names, numbers and fixed words.
RUNNING = frozenset({Role.BODY, Role.CLAUSE, Role.POINT, Role.DASH, Role.HEADING})
WORDED = RUNNING | {
    Role.BASIS,
    Role.SUBJECT,
    Role.NAMED_SUBJECT,
    Role.TO_ONE,
    Role.TO_ITEM,
    Role.TO_LAST,
    Role.CELL_HEAD,
    Role.CELL,
    Role.CAPTION,
    Role.RECIPIENT,
    Role.NOTE,
}
# Words of others, and addresses.
_HIDDEN = re.compile(
    r"“[^”]*”|\"[^\"]*\"|‘[^’]*’|https?://\S+|www\.\S+|\S+@\S+|(?<!\w)[\w-]+(?:\.[\w-]+)*\.(?:vn|com|org|net)\S*"
)


@lru_cache(maxsize=4096)
def _without_others(text: str) -> str:
    return _HIDDEN.sub(lambda found: "·" * len(found[0]), text)


class Zone(StrEnum):
    """The part of a page in which a paragraph stands."""

    TEXT = "text"
    HEADER = "header"
    FOOTER = "footer"


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """Text in one look; ``size`` in pt."""

    text: str
    font: str
    size: float
    bold: bool = False
    italic: bool = False
    underline: bool = False
    colour: str = BLACK
    is_gap: bool = False  # a blank still to be filled in


@dataclass(frozen=True, kw_only=True, slots=True)
class ObservedParagraph:
    """One paragraph: what it is, as far as anybody knows, its words and its setting."""

    role: Role | None  # None: a paragraph that no component of the decree explains
    stretches: tuple[Stretch, ...]
    align: Align = Align.LEFT
    left: Length = Pt(0)
    first: Length = Pt(0)  # of the first line, beyond ``left``; negative when it hangs
    before: Length = Pt(0)
    after: Length = Pt(0)
    leading: Length = Pt(0)  # from line to line
    room: Length = Pt(0)  # width of the column in which it stands
    rule: float = 0.0  # a line below, as a part of the last text line's length
    is_ruled_above: bool = False  # a line above, as wide as the text
    box: tuple[Length, Length] | None = None  # width and height of a rectangle around it
    row: int = 0  # paragraphs of one number stand on one level; 0: alone
    zone: Zone = Zone.TEXT

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(stretch.text for stretch in self.stretches)

    @property
    def typed(self) -> str:
        """The words, with dots in the place of blanks that are still to be filled in."""
        return "".join("·" * len(s.text) if s.is_gap else s.text for s in self.stretches)

    @property
    def own_words(self) -> str:
        """The words typed, with dots in the place of quotations and addresses: every character keeps its place."""
        return _without_others(self.typed)

    @property
    def printed(self) -> tuple[Stretch, ...]:
        """The stretches in which something is to be seen."""
        return tuple(stretch for stretch in self.stretches if stretch.text.strip())

    @property
    def sizes(self) -> tuple[float, ...]:
        """Its type sizes in pt, each once, the smallest first."""
        return tuple(sorted({stretch.size for stretch in self.printed}))


@dataclass(frozen=True, kw_only=True, slots=True)
class PageNumbers:
    """How the pages of a sheet are numbered; ``look`` is the paragraph that holds the number."""

    look: ObservedParagraph
    on_first: bool = False
    restarts: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class ObservedSheet:
    """Pages that belong together: the main paper, or one appendix."""

    name: str
    kind: Kind
    paragraphs: tuple[ObservedParagraph, ...]
    page: Page = PAGE
    numbers: PageNumbers | None = None
    tables: int = 0
    pictures_at_signature: int = 0
    is_apart: bool = False  # an appendix that is a file of its own

    def of(self, *roles: Role) -> list[ObservedParagraph]:
        """The paragraphs of these roles, in reading order."""
        return [paragraph for paragraph in self.paragraphs if paragraph.role in roles]

    def within(self, roles: Collection[Role]) -> Iterator[ObservedParagraph]:
        """The paragraphs of a set of roles, in reading order."""
        return (paragraph for paragraph in self.paragraphs if paragraph.role in roles)


@dataclass(frozen=True, kw_only=True, slots=True)
class ObservedDocument:
    """A whole paper: its main sheet first, then its appendices."""

    sheets: tuple[ObservedSheet, ...]
    is_draft: bool = False  # number and day may be blank
    day: date | None = None  # of which the paper is, as far as it says so
    units: frozenset[str] = frozenset()  # codes of the units that file copies; none: not known

    @property
    def main(self) -> ObservedSheet:
        """The sheet that all others belong to."""
        return self.sheets[0]

    @property
    def appendices(self) -> tuple[ObservedSheet, ...]:
        """What goes with the main sheet."""
        return self.sheets[1:]
