"""How a component must look, as rows: sizes, weight, slant, place and letters of I/1-V."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from loa.core.errors import Severity
from notices.document import Kind, Role
from notices.lint.letters import is_capitals
from notices.lint.observed import RUNNING, ObservedDocument, ObservedParagraph, ObservedSheet, Zone
from notices.lint.rule import DECREED, ISSUED, Found, Rule
from notices.rules import Align

_SLACK = 0.05  # pt
SENTENCES = (
    "look_size",
    "look_bold",
    "look_light",
    "look_italic",
    "look_upright",
    "look_underlined",
    "look_align",
    "look_capitals",
    "look_zone",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """What a clause asks of the look of some roles. None: it asks nothing."""

    key: str
    clause: str
    roles: frozenset[Role]
    sizes: tuple[float, float]  # the smallest and the largest, pt
    bold: bool | None = None
    italic: bool | None = None
    align: Align | None = None
    capitals: bool = False
    zone: Zone | None = None
    severity: Severity = Severity.BREACH
    kinds: frozenset[Kind] = DECREED

    def rule(self) -> Rule:
        """The rule that asks for this look."""
        return Rule(
            key=self.key,
            clause=self.clause,
            severity=self.severity,
            check=self.check,
            kinds=self.kinds,
            says=SENTENCES,
        )

    def check(self, sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
        """One finding for each paragraph and property that is wrong."""
        for paragraph in sheet.within(self.roles):
            if paragraph.printed:
                yield from self.differences(paragraph)

    def differences(self, paragraph: ObservedParagraph) -> Iterator[Found]:
        """What is wrong with one paragraph."""
        low, high = self.sizes
        if any(not low - _SLACK <= size <= high + _SLACK for size in paragraph.sizes):
            sizes = ", ".join(f"{size:g}" for size in paragraph.sizes)
            span = f"{low:g}" if low == high else f"{low:g}–{high:g}"
            yield Found(at=paragraph, says="look_size", values={"text": paragraph.text, "size": sizes, "wanted": span})
        for says in self._wrong_styles(paragraph):
            yield Found(at=paragraph, says=says, values={"text": paragraph.text})

    def _wrong_styles(self, paragraph: ObservedParagraph) -> Iterator[str]:
        stretches = paragraph.printed
        if self.bold is not None and any(stretch.bold is not self.bold for stretch in stretches):
            yield "look_bold" if self.bold else "look_light"
        if self.italic is not None and any(stretch.italic is not self.italic for stretch in stretches):
            yield "look_italic" if self.italic else "look_upright"
        if any(stretch.underline for stretch in stretches):
            yield "look_underlined"
        if self.align is not None and paragraph.align is not self.align:
            yield "look_align"
        if self.capitals and not is_capitals(paragraph.text):
            yield "look_capitals"
        if self.zone is not None and paragraph.zone is not self.zone:
            yield "look_zone"


def _roles(*roles: Role) -> frozenset[Role]:
    return frozenset(roles)


# Sizes and styles: the table of I/1-V.
LOOKS = (
    Look(
        key="R08_look",
        clause="I/1-II.1a",
        roles=_roles(Role.NATION),
        sizes=(12, 13),
        bold=True,
        italic=False,
        align=Align.CENTRE,
    ),
    Look(
        key="R09_look",
        clause="I/1-II.1b",
        roles=_roles(Role.MOTTO),
        sizes=(13, 14),
        bold=True,
        italic=False,
        align=Align.CENTRE,
    ),
    Look(
        key="R11_parent",
        clause="I/1-II.2b",
        roles=_roles(Role.PARENT),
        sizes=(12, 13),
        bold=False,
        italic=False,
        align=Align.CENTRE,
        capitals=True,
    ),
    Look(
        key="R11_issuer",
        clause="I/1-II.2b",
        roles=_roles(Role.ISSUER, Role.ISSUER_LINE),
        sizes=(12, 13),
        bold=True,
        italic=False,
        align=Align.CENTRE,
        capitals=True,
    ),
    Look(key="R18", clause="I/1-II.3c", roles=_roles(Role.NUMBER), sizes=(13, 13), bold=False, italic=False),
    Look(key="R22_look", clause="I/1-II.4c", roles=_roles(Role.PLACE_DATE), sizes=(13, 14), bold=False, italic=True),
    Look(
        key="R24_type",
        clause="I/1-II.5b",
        roles=_roles(Role.TYPE_NAME),
        sizes=(13, 14),
        bold=True,
        italic=False,
        align=Align.CENTRE,
        capitals=True,
    ),
    Look(
        key="R24_subject",
        clause="I/1-II.5b",
        roles=_roles(Role.NAMED_SUBJECT),
        sizes=(13, 14),
        bold=True,
        italic=False,
        align=Align.CENTRE,
    ),
    Look(key="R26_look", clause="I/1-II.5b", roles=_roles(Role.SUBJECT), sizes=(12, 13), bold=False, italic=False),
    Look(
        key="R29_look",
        clause="I/1-V",
        roles=_roles(Role.TO, Role.TO_ONE, Role.TO_ITEM, Role.TO_LAST),
        sizes=(13, 14),
        bold=False,
        italic=False,
    ),
    Look(key="R30_size", clause="I/1-II.6e", roles=RUNNING | {Role.BASIS}, sizes=(13, 14)),
    Look(key="R30_align", clause="I/1-II.6e", roles=RUNNING, sizes=(0, 99), align=Align.JUSTIFY),
    Look(key="R32_look", clause="I/1-II.6a", roles=_roles(Role.BASIS), sizes=(13, 14), italic=True),
    Look(
        key="R35_look",
        clause="I/1-V",
        roles=_roles(Role.PART, Role.PART_TITLE),
        sizes=(13, 14),
        bold=True,
        italic=False,
        align=Align.CENTRE,
    ),
    Look(
        key="R39_authority",
        clause="I/1-II.7d",
        roles=_roles(Role.AUTHORITY),
        sizes=(13, 14),
        bold=True,
        italic=False,
        align=Align.CENTRE,
        capitals=True,
        kinds=ISSUED,
    ),
    Look(
        key="R39_signer",
        clause="I/1-II.7d",
        roles=_roles(Role.SIGNER),
        sizes=(13, 14),
        bold=True,
        italic=False,
        align=Align.CENTRE,
    ),
    Look(
        key="R41_look",
        clause="I/1-II.9d",
        roles=_roles(Role.RECIPIENTS_LABEL),
        sizes=(12, 12),
        bold=True,
        italic=True,
    ),
    Look(key="R42_look", clause="I/1-II.9d", roles=_roles(Role.RECIPIENT), sizes=(11, 11), bold=False, italic=False),
    Look(
        key="R46_look",
        clause="I/1-III.1b",
        roles=_roles(Role.APPENDIX_LABEL),
        sizes=(14, 14),
        bold=True,
        italic=False,
        align=Align.CENTRE,
    ),
    Look(
        key="R46_title",
        clause="I/1-III.1b",
        roles=_roles(Role.APPENDIX_TITLE),
        sizes=(13, 14),
        bold=True,
        italic=False,
        align=Align.CENTRE,
        capitals=True,
    ),
    Look(
        key="R47_look",
        clause="I/1-III.1c",
        roles=_roles(Role.APPENDIX_REFERENCE),
        sizes=(13, 14),
        italic=True,
        align=Align.CENTRE,
    ),
    Look(
        key="R50",
        clause="I/1-II.8b",
        roles=_roles(Role.SIGNING_LINE),
        sizes=(10, 10),
        bold=False,
        italic=False,
        align=Align.RIGHT,
        severity=Severity.WARNING,
    ),
    Look(
        key="R51_look",
        clause="I/1-III.4",
        roles=_roles(Role.CONTACT),
        sizes=(11, 12),
        bold=False,
        italic=False,
        zone=Zone.FOOTER,
        severity=Severity.WARNING,
    ),
    Look(
        key="R52_look",
        clause="I/1-III.2b",
        roles=_roles(Role.URGENCY),
        sizes=(13, 14),
        bold=True,
        italic=False,
        capitals=True,
    ),
    Look(
        key="R52_circulation",
        clause="I/1-III.2c",
        roles=_roles(Role.CIRCULATION),
        sizes=(13, 14),
        bold=True,
        italic=False,
        capitals=True,
        zone=Zone.HEADER,
    ),
)
RULES = tuple(look.rule() for look in LOOKS)
