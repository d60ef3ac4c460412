"""What a campaign says once and may therefore say everywhere: its facts, the agency's contact, what is let pass."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from notices.facts import Fact
from notices.mentions.amounts import amount, number_of
from notices.mentions.dates import Point, points_of
from notices.mentions.find import find_mentions
from notices.mentions.mention import Kind, Mention
from notices.mentions.phones import national
from notices.model import Contact

# Police, fire, ambulance, search and rescue, children: numbers of the whole country.
_EVERYBODYS = ("111", "112", "113", "114", "115")


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known, in normal form with how it is written."""

    values: Mapping[tuple[Kind, str], str]
    points: frozenset[Point]  # the days and months among them
    units: frozenset[str]  # what facts count: each amount of these must be a known one
    numbers: frozenset[Decimal]  # of facts that do not say what they count
    allowed: frozenset[str]  # what is let pass: as written, in normal form, its digits

    def has(self, mention: Mention) -> bool:
        """Whether ``mention`` says something known, though perhaps less of it: 15/8 for 15/8/2023."""
        if (mention.kind, mention.normal) in self.values or self.lets_pass(mention.text):
            return True
        if mention.kind is Kind.AMOUNT:
            return number_of(mention) in self.numbers
        if mention.kind not in (Kind.DATE, Kind.PERIOD):
            return False
        return all(any(own.says_no_other_than(point) for point in self.points) for own in points_of(mention))

    def lets_pass(self, *forms: str) -> bool:
        """Whether the campaign allows a text, given as written and perhaps in normal form."""
        return any(form.casefold() in self.allowed for form in forms)

    def of(self, kind: Kind) -> dict[str, str]:
        """The known values of a kind, normal form → as written."""
        return {normal: text for (its, normal), text in self.values.items() if its is kind}


def known_values(facts: Mapping[str, Fact], contact: Contact, allow: Iterable[str]) -> Known:
    """All that texts of a campaign may say without a fact of its own."""
    allowed = list(allow)
    units = {fact.unit for fact in facts.values() if fact.unit}
    texts = [text for fact in facts.values() for text in (str(fact), fact.label or "")]
    texts += [value for value in contact.model_dump().values() if value]
    mentions = [mention for text in (*texts, *allowed) for mention in find_mentions(text, units=units)]
    values = {(mention.kind, mention.normal): mention.text for mention in mentions}
    phones = [fact.phone for fact in facts.values() if fact.phone]
    phones += [*(number for number in (contact.phone, contact.fax) if number), *_EVERYBODYS]
    values |= {(Kind.PHONE, national(phone)): phone for phone in phones}
    counts = {_count(fact) for fact in facts.values()} - {""}
    return Known(
        values=values | {(Kind.AMOUNT, count): count for count in counts},
        points=frozenset(point for m in mentions if m.kind in (Kind.DATE, Kind.PERIOD) for point in points_of(m)),
        units=frozenset(count.partition(" ")[2] for count in counts),
        numbers=frozenset(Decimal(fact.number) for fact in facts.values() if fact.number is not None and not fact.unit),
        allowed=frozenset(form for text in allowed for form in _forms(text, units)),
    )


def _forms(text: str, units: Iterable[str]) -> Iterator[str]:
    """The forms in which an allowed text may be met."""
    yield text.casefold()
    yield re.sub(r"\D", "", text) or text.casefold()
    yield from (mention.normal.casefold() for mention in find_mentions(text, units=units))


def _count(fact: Fact) -> str:
    """The normal amount that a fact is; empty for one that counts nothing."""
    if fact.money is not None:
        return amount(Decimal(fact.money), "đồng")
    return amount(Decimal(fact.number), fact.unit) if fact.number is not None and fact.unit else ""
