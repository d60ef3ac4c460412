"""What a paper of ours breaks, as problems: each with its place in the campaign file, where an officer mends it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from loa.core.errors import Place, Problem
from notices.context import Context
from notices.document import Document, Role
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


def _place(breach: Breach, context: Context) -> Place:
    role = breach.role
    if role is None and not breach.text:
        return context.locate("documents", breach.sheet)
    if breach.text.startswith(_FILED):
        return context.locate("documents", breach.sheet, "file")
    if role in _AGENCY:
        return context.locate("agency", _AGENCY[role])
    if role in _DOCUMENT:
        return _line_place(breach, _DOCUMENT[role], context)
    return _text_place(breach, context)


def _line_place(breach: Breach, key: str, context: Context) -> Place:
    """The line of a document, or the entry of a list from which the paragraph was made."""
    given = getattr(context.documents[breach.sheet], key, None)
    entries = given if isinstance(given, list) else []
    printed = breach.text.casefold()
    found = next((index for index, entry in enumerate(entries) if entry.casefold() in printed), None)
    return context.locate("documents", breach.sheet, key, *(() if found is None else (found,)))


def _text_place(breach: Breach, context: Context) -> Place:
    """The line of the body, or of a block of the template, in which the words stand."""
    spec = context.documents[breach.sheet]
    blocks: Mapping[str, str] = getattr(spec, "blocks", {})
    texts: dict[tuple[str, ...], str] = {("blocks", key): text for key, text in blocks.items()}
    texts[("body",)] = getattr(spec, "body", None) or ""
    for words in _sought(breach):
        for path, text in texts.items():
            if words in text:
                place = context.locate("documents", breach.sheet, *path)
                lines = text[: text.index(words)].count("\n")
                # the column is known of texts on the line of their key only
                return place if place.column else replace(place, line=place.line + lines)
    return context.locate("documents", breach.sheet, "body")


def _sought(breach: Breach) -> Sequence[str]:
    """What to look for in the campaign file: the paragraph's first words, else those that are wrong.

    Fewer of them where the others are a fact's.
    """
    first = breach.text.split()[:_MOST_WORDS]
    begins = [" ".join(first[:count]) for count in range(len(first), _FEWEST_WORDS - 1, -1)]
    return [words for words in (*begins, str(breach.values.get("text", ""))) if words]
