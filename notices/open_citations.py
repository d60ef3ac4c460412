"""Texts that name a paper of their campaign which has no number yet: they wait for it, and say for which."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from loa.core.errors import Place, Problem, Severity
from notices.citations import citations
from notices.context import Context, Issue
from notices.model import Issued
from notices.template import Text

_TRIAL = Issue(number=1, day=date(2000, 1, 1))  # any will do: it shows which words wait for it


def open_citation(text: Text, context: Context) -> Problem:
    """The gap in a text of the campaign that names papers without number."""
    return open_citation_in(text.place, lambda given: given.templates.fill_text(text, given.values), context)


def open_citation_in(place: Place, fill: Callable[[Context], object], context: Context) -> Problem:
    """The gap at ``place``, where stands what ``fill`` makes of a context: its values name papers without number."""
    names = ", ".join(_waited_for(fill, context))
    return Problem(key="form.open_citation", place=place, severity=Severity.GAP, values={"names": names})


def _waited_for(fill: Callable[[Context], object], context: Context) -> Iterator[str]:
    """The papers whose number would change what ``fill`` says: a template may name them, too."""
    before = fill(context)
    for name, spec in context.documents.items():
        is_waiting = isinstance(spec, Issued) and name not in context.issues
        if is_waiting and fill(_with_number(name, context)) != before:
            yield name


def _with_number(name: str, context: Context) -> Context:
    """The context in which ``name`` alone is cited otherwise: in a draft for others ``agency`` is not its issuer."""
    cited = context.values.get("documents")
    tried = citations({name: context.documents[name]}, {name: _TRIAL}, context.agency)
    known = cited if isinstance(cited, Mapping) else {}
    return replace(context, values={**context.values, "documents": {**known, **tried}})
