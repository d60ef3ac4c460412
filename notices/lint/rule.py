"""What a format rule is, and what it says when a paper breaks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from loa.core.errors import Severity
from notices.document import Kind, Role
from notices.lint.observed import ObservedDocument, ObservedParagraph, ObservedSheet

ISSUED = frozenset({Kind.DISPATCH, Kind.NOTICE, Kind.REPORT})  # what has a head, a number and a signer
DECREED = ISSUED | {Kind.APPENDIX}  # what the decree knows; a sheet to post it does not
EVERY = frozenset(Kind)


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """One place where a rule is broken, and the values for its sentence."""

    at: ObservedParagraph | None = None  # the paragraph that breaks it
    about: Role | None = None  # else the component that is missing or wrong
    says: str = ""  # the sentence, where the rule has several
    values: Mapping[str, object] = field(default_factory=dict)


Check = Callable[[ObservedSheet, ObservedDocument], Iterator[Found]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """A row of the table of rules. ``problem.rule.<sentence>`` holds its words."""

    key: str  # R27_length: the rule's identifier, and what tells its parts from each other
    clause: str  # I/1-II.6e: Phụ lục I, Phần I, Mục II, khoản 6 điểm e; empty where only usage asks for it
    severity: Severity
    check: Check
    kinds: frozenset[Kind] = DECREED  # of the sheets that it is asked of
    says: tuple[str, ...] = ()  # the sentences it may use; none: the one named like itself

    @property
    def identifier(self) -> str:
        """As in the table of docs/rules.md: R27."""
        return self.key.partition("_")[0]

    @property
    def sentences(self) -> tuple[str, ...]:
        """The sentences of the catalogue that it may use."""
        return self.says or (self.key,)


@dataclass(frozen=True, kw_only=True, slots=True)
class Breach:
    """A rule that a paper breaks, and where."""

    rule: Rule
    sentence: str
    sheet: str
    role: Role | None  # of the component, where it is one
    text: str  # of the paragraph; empty where none breaks the rule
    values: Mapping[str, object]


def breaches_of(rule: Rule, document: ObservedDocument) -> Iterator[Breach]:
    """Every place where the document breaks ``rule``."""
    for sheet in document.sheets:
        if sheet.kind not in rule.kinds:
            continue
        for found in rule.check(sheet, document):
            yield Breach(
                rule=rule,
                sentence=found.says or rule.sentences[0],
                sheet=sheet.name,
                role=found.at.role if found.at else found.about,
                text=found.at.text if found.at else "",
                values=found.values,
            )
