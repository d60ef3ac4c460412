"""The table of format rules, and asking all of them. Their identifiers are those of docs/rules.md."""

from __future__ import annotations

from notices.lint import (
    addressees,
    appendix,
    body,
    capitals,
    citations,
    closing,
    former,
    head,
    looks,
    marks,
    numbering,
    page,
    symbol,
    wording,
)
from notices.lint.observed import ObservedDocument
from notices.lint.rule import Breach, Rule, breaches_of


def _number(rule: Rule) -> int:
    return int(rule.identifier[1:])


RULES: tuple[Rule, ...] = tuple(
    sorted(
        (
            *page.RULES,
            *looks.RULES,
            *head.RULES,
            *symbol.RULES,
            *addressees.RULES,
            *body.RULES,
            *numbering.RULES,
            *citations.RULES,
            *closing.RULES,
            *appendix.RULES,
            *marks.RULES,
            *wording.RULES,
            *capitals.RULES,
            *former.RULES,
        ),
        key=_number,
    )
)


def find_breaches(document: ObservedDocument) -> list[Breach]:
    """Every rule that the document breaks, and where; in the order of the table."""
    return [breach for rule in RULES for breach in breaches_of(rule, document)]
