"""How texts name a paper of their campaign: “Công văn số 12/SNV-CCHC ngày 05/9/2026”."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from loa.core.model import OpenDate
from notices.context import Issue
from notices.document import BLANK
from notices.model import Agency, DocumentSpec, Issued
from notices.naming import TYPE_NAMES, symbol_of
from notices.wording import padded_day, padded_month, padded_number


class Citation(str):
    """The words, as a text that has parts: ``number`` (``12/SNV-CCHC``) and ``date`` (``05/9/2026``).

    ``with_issuer`` adds who issued it, as a paper does that names it for the first time. What the registry
    still has to give is ``BLANK`` in all of them (Phụ lục I, Phần I, Mục II.6b).
    """

    __slots__ = ("date", "number", "with_issuer")
    number: str
    date: str
    with_issuer: str

    def __new__(cls, type_name: str, number: str, date: str, issuer: str) -> Self:
        """The citation of a paper of that type; ``issuer`` as in running text."""
        words = f"{type_name} số {number} ngày {date}"
        citation = super().__new__(cls, words)
        citation.number = number
        citation.date = date
        citation.with_issuer = f"{words} của {issuer}"
        return citation


def citations(
    documents: Mapping[str, DocumentSpec], issues: Mapping[str, Issue], agency: Agency
) -> dict[str, Citation]:
    """Every paper that goes through the registry, under the name that templates print: ``documents.cong_van``."""
    return {
        name.replace("-", "_"): _citation(spec, issues.get(name), agency)
        for name, spec in documents.items()
        if isinstance(spec, Issued)
    }


def _citation(spec: Issued, issue: Issue | None, agency: Agency) -> Citation:
    number = padded_number(issue.number) if issue else BLANK
    date = _open_date(OpenDate.of(issue.day) if issue else spec.date)
    return Citation(TYPE_NAMES[spec.kind], f"{number}/{symbol_of(spec, agency)}", date, agency.full_name)


def _open_date(when: OpenDate) -> str:
    day = padded_day(when.day) if when.day else BLANK
    month = padded_month(when.month) if when.month else BLANK
    return f"{day}/{month}/{when.year}"
