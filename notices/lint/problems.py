"""What a paper of ours breaks, as problems: each with its place in the campaign file, where an officer mends it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from loa.core.errors import Place, Problem
from notices.context import Context
from notices.document import Document, Role
from notices.facts import Fact
from notices.lint.observe import observe
from notices.lint.rule import Breach
from notices.lint.table import find_breaches

_AGENCY: Mapping[Role | None, str] = {
    Role.PARENT: "parent",
    Role.ISSUER_LINE: "name",
    Role.ISSUER: "name",
    Role.SIGN_OFF: "full_name",
    Role.CONTACT: "contact",
}
_DOCUMENT: Mapping[Role | None, str] = {
    Role.NUMBER: "unit",
    Role.PLACE_DATE: "date",
    Role.SUBJECT: "subject",
    Role.NAMED_SUBJECT: "subject",
    Role.URGENCY: "urgency",
    Role.CIRCULATION: "circulation",
    Role.TO: "to",
    Role.TO_ONE: "to",
    Role.TO_ITEM: "to",
    Role.TO_LAST: "to",
    Role.BASIS: "basis",
    Role.TITLE: "heading",
    Role.APPENDIX_LABEL: "appendices",
    Role.APPENDIX_TITLE: "title",
    Role.AUTHORITY: "sign",
    Role.SIGNER: "sign",
    Role.RECIPIENT: "cc",
}
_FILED = "- Lưu:"
_MOST_WORDS, _FEWEST_WORDS = 6, 3  # by which a paragraph is found again


def find_problems(document: Document, context: Context) -> Iterator[Problem]:
    """Every rule that the document breaks, as a problem with its clause."""
    for breach in find_breaches(observe(document, units=context.agency.units)):
        yield Problem(
            key=f"rule.{breach.sentence}",
            place=_place(breach, context),
            values=breach.values,
            severity=breach.rule.severity,
            rule=breach.rule.identifier,
            clause=breach.rule.clause,
        )


@dataclass(frozen=True, kw_only=True)
class _Written:
    """What the campaign file says where a paragraph of the paper comes from."""

    text: str
    place: Place  # of its first line
    lines_before: int = 0  # between that and where the paragraph begins

    def place_of(self, words: str) -> Place:
        """The line on which the words stand; the paragraph's first for words that stand nowhere in it."""
        lines = self.lines_before + self.text[: max(self.text.find(words), 0)].count("\n")
        # the column is known of texts on the line of their key only
        return self.place if self.place.column else replace(self.place, line=self.place.line + lines)


def _place(breach: Breach, context: Context) -> Place:
    role = breach.role
    if role is None and not breach.text:
        return context.locate("documents", breach.sheet)
    if role in _AGENCY:
        return context.locate("agency", _AGENCY[role])
    if breach.text.startswith(_FILED):
        written = _line(breach, "file", context)
    else:
        written = _line(breach, _DOCUMENT[role], context) if role in _DOCUMENT else _paragraph(breach, context)
    words = str(breach.values.get("text", ""))
    fact = None if words in written.text else _fact_with(words, breach.text, context)
    return fact or written.place_of(words)


def _line(breach: Breach, key: str, context: Context) -> _Written:
    """The line of a document, or the entry of a list from which the paragraph was made."""
    given = getattr(context.documents[breach.sheet], key, None)
    entries = given if isinstance(given, list) else []
    printed = breach.text.casefold()
    found = next((index for index, entry in enumerate(entries) if entry.casefold() in printed), None)
    place = context.locate("documents", breach.sheet, key, *(() if found is None else (found,)))
    return _Written(text=given if isinstance(given, str) else " ".join(map(str, entries)), place=place)


def _paragraph(breach: Breach, context: Context) -> _Written:
    """The paragraph of the body, or of a block of the template: by its first words, else by those that are wrong."""
    spec = context.documents[breach.sheet]
    blocks: Mapping[str, str] = getattr(spec, "blocks", {})
    texts: dict[tuple[str, ...], str] = {("blocks", key): text for key, text in blocks.items()}
    texts[("body",)] = getattr(spec, "body", None) or ""
    wrong = str(breach.values.get("text", ""))
    for words in _sought(breach):
        found = [
            _Written(
                text=text[match.start() :].partition("\n\n")[0],
                place=context.locate("documents", breach.sheet, *path),
                lines_before=text.count("\n", 0, match.start()),
            )
            for path, text in texts.items()
            for match in re.finditer(re.escape(words), text)
        ]
        if found:  # paragraphs may begin alike
            return next((written for written in found if wrong in written.text), found[0])
    return _Written(text="", place=context.locate("documents", breach.sheet, "body"))


def _sought(breach: Breach) -> Sequence[str]:
    """What to look for in the campaign file: the paragraph's first words, else those that are wrong.

    Fewer of them where the others are a fact's.
    """
    first = breach.text.split()[:_MOST_WORDS]
    begins = [" ".join(first[:count]) for count in range(len(first), _FEWEST_WORDS - 1, -1)]
    return [words for words in (*begins, str(breach.values.get("text", ""))) if words]


def _fact_with(words: str, paragraph: str, context: Context) -> Place | None:
    """Where the fact that brings the words into the paragraph is written; None when it is none's."""
    for name, fact in context.values.items():
        if not words or not isinstance(fact, Fact):
            continue
        for key, value in ((fact.kind, str(fact)), ("label", fact.label or "")):
            if words in value and value in paragraph:
                return context.locate("facts", name, key)
    return None
