"""Where a paper stands with the registry: numbered or not, what is still open, what was edited since."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial

from loa.core.errors import Problem, Severity
from loa.core.text import without_accents
from notices.content import content_of, differences, told
from notices.context import Context
from notices.document import Document
from notices.fill import Filled, fill_lines, fill_words, open_lines
from notices.model import DocumentSpec, Issued, PaperSpec
from notices.naming import symbol_of
from notices.open_citations import open_citation_in
from notices.wording import padded_number, short_date


def file_name(name: str, context: Context) -> str:
    """What the files of a document are called: ``cong-van``, and once it is numbered ``cong-van-12-SNV-CCHC``."""
    issue, spec = context.issues.get(name), context.documents[name]
    if issue is None or not isinstance(spec, Issued):
        return name
    symbol = re.sub(r"[^A-Z0-9]+", "-", without_accents(symbol_of(spec, context.agency)).upper()).strip("-")
    return f"{name}-{padded_number(issue.number)}-{symbol}"


def appendix_file_name(paper: str, label: str) -> str:
    """What the file of an appendix is called beside that of its ``paper``: ``cong-van-12-SNV-CCHC_Phu-luc-I``.

    No document can be called so: the names of documents have neither underlines nor capitals.
    """
    return f"{paper}_{without_accents(label).replace(' ', '-')}"


def find_gaps(name: str, spec: DocumentSpec, context: Context) -> Iterator[Problem]:
    """The number and day of a paper, where they are open."""
    if not isinstance(spec, Issued) or name in context.issues:
        return
    place = context.locate("documents", name)
    yield Problem(
        key="form.no_number", place=place, severity=Severity.GAP, values={"name": name}, rule="R13", clause="I/1-II.3"
    )
    if not spec.date.is_complete():
        place = context.locate("documents", name, "date")
        yield Problem(
            key="form.no_day", place=place, severity=Severity.GAP, values={"name": name}, rule="R19", clause="I/1-II.4"
        )


def find_open_citations(
    papers: Mapping[str, PaperSpec], specs: Mapping[str, PaperSpec], texts: Mapping[str, Filled], context: Context
) -> Iterator[Problem]:
    """Lines and texts of ``papers`` that name another paper whose number or day is open.

    ``specs`` and ``texts`` are the same papers with their facts filled in.
    """
    for name, paper in papers.items():
        for key in open_lines(specs[name]):
            place = context.locate("documents", name, key)
            yield open_citation_in(place, partial(_line_of, name, paper, key), context)
        if texts[name].is_open():
            yield open_citation_in(context.locate("documents", name, "body"), partial(fill_words, name, paper), context)


def _line_of(name: str, paper: PaperSpec, key: str, context: Context) -> object:
    return getattr(fill_lines(name, paper, context), key)


def find_changes(name: str, document: Document, context: Context) -> Iterator[Problem]:
    """What a paper says otherwise than when it was numbered: an issued paper is never edited (Điều 18 khoản 3)."""
    issue, spec = context.issues.get(name), context.documents[name]
    if issue is None or not issue.content or not isinstance(spec, Issued):
        return
    if found := differences(issue.content, content_of(document)):
        mark = f"{padded_number(issue.number)}/{symbol_of(spec, context.agency)}"
        values = {"mark": mark, "day": short_date(issue.day), "words": told(found)}
        place = context.locate("documents", name)
        yield Problem(key="form.changed", place=place, severity=Severity.BREACH, values=values)


def find_other_letterhead(name: str, document: Document, context: Context) -> Iterator[Problem]:
    """A paper that is set in another Word file than when it was numbered, or in none: its words count there too."""
    issue, spec = context.issues.get(name), context.documents[name]
    if issue is None or issue.letterhead is None or not isinstance(spec, Issued):
        return
    letterhead = document.letterhead
    if issue.letterhead != (letterhead.sha256 if letterhead else ""):
        mark = f"{padded_number(issue.number)}/{symbol_of(spec, context.agency)}"
        values = {"mark": mark, "day": short_date(issue.day), "file": letterhead.file if letterhead else "–"}
        place = context.locate("documents", name, "word")
        yield Problem(key="form.other_letterhead", place=place, severity=Severity.BREACH, values=values)
