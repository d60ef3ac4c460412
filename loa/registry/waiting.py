"""Papers that must have their number before another one that names them can have its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from loa.core.errors import LoaError, Place, Problem, Severity
from loa.planning.source import Loc
from loa.planning.workspace import CampaignFile, Workspace
from notices.compose import compose_paper
from notices.composed import Composed
from notices.content import content_of
from notices.context import Issue
from notices.document import Document
from notices.model import Issued
from notices.template import Text

_TRIAL = Issue(number=1, day=date(2000, 1, 1))  # any will do: it shows which words wait for it


def require_whole(
    document: str, composed: Composed[Document], issues: Mapping[str, Issue], place: Workspace, file: CampaignFile
) -> None:
    """Raise LoaError when something is open in a paper that has its number: most often another paper's.

    ``issues`` are the numbers with which ``document`` was composed. Where it names papers without one, each of them is
    told (``registry.number_first``), with the line that names it.
    """
    gaps = [problem for problem in composed.problems if problem.severity is Severity.GAP]
    if not gaps:
        return
    first = list(_to_number_first(document, composed, issues, place, file))
    if not first:
        raise LoaError(gaps)
    campaign = file.campaign.campaign
    raise LoaError(
        Problem(
            key="registry.number_first",
            place=_mention(name, document, file) or gaps[0].place,
            values={"name": name, "campaign": campaign},
        )
        for name in first
    )


def _to_number_first(
    document: str, composed: Composed[Document], issues: Mapping[str, Issue], place: Workspace, file: CampaignFile
) -> Iterator[str]:
    """Papers without number that ``document`` names, in its words or those of its template: these would change."""
    before = content_of(composed.document)
    for name, spec in file.campaign.documents.items():
        if isinstance(spec, Issued) and name not in issues:
            tried = compose_paper(document, place.context(file, {**issues, name: _TRIAL}))
            if content_of(tried.document) != before:
                yield name


def _mention(name: str, document: str, file: CampaignFile) -> Place | None:
    """The line of the document, or of one of its appendices, that names another; None when its template does."""
    spec = file.campaign.documents[document]
    words = f"documents.{name.replace('-', '_')}"
    for key in (document, *(spec.appendices if isinstance(spec, Issued) else ())):
        for loc, text in _texts(("documents", key), file.source.data["documents"][key]):
            if words in text:
                start = Text(text=text, place=file.source.text_place(*loc))
                return start.place_of(1 + text.count("\n", 0, text.index(words)))
    return None


def _texts(loc: Loc, value: Any) -> Iterator[tuple[Loc, str]]:
    """Every text in a value of the file, whatever its shape, with its path."""
    if isinstance(value, str):
        yield loc, value
    elif isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts((*loc, key), inner)
