"""Make the papers of a campaign: choose, compose, hold against the facts, write all or nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from loa.core.errors import LoaError, Problem, stopping
from loa.core.files import write_files
from loa.planning.references import require_documents, require_sound
from loa.planning.review.review import review_texts
from loa.planning.workspace import CampaignFile, Workspace
from loa.printing.old_files import remove_old_files
from notices.compose import compose
from notices.composed import Printable
from notices.context import NO_ISSUES, Issue
from notices.document import Document
from notices.model import Appendix, Issued
from notices.render import render


def write_papers(
    place: Workspace,
    file: CampaignFile,
    folder: Path,
    *,
    formats: Collection[str],
    only: Iterable[str] = (),
    final: bool = False,
    issues: Mapping[str, Issue] = NO_ISSUES,
) -> tuple[list[Problem], list[Path]]:
    """Write a campaign's papers into ``folder``; what is open or doubtful in them, and the files written.

    ``issues`` are its documents that have their number: their files are called by it, and files of the same document
    under an older name are removed. Raises LoaError, and writes nothing, for a mistake, and with ``final`` for any gap
    or breach.
    """
    require_sound(file, place)
    context = place.context(file, issues)
    composed = {name: compose(name, context) for name in _chosen(file, tuple(only))}
    problems = [problem for paper in composed.values() for problem in paper.problems]
    problems += review_texts(file, place, context).about(*_parts_of(composed, file))
    if grave := stopping(problems, final=final):
        raise LoaError(grave)
    files = {
        folder / name: content
        for paper in composed.values()
        for name, content in render(paper.document, formats).items()
    }
    write_files(files)
    for name, paper in composed.items():
        remove_old_files(folder, name, _file_names(paper.document), formats, files)
    return problems, list(files)


def _parts_of(names: Iterable[str], file: CampaignFile) -> Iterator[str]:
    """The parts of the campaign file whose texts stand in these documents: their own, and those of their appendices."""
    for name in names:
        spec = file.campaign.documents[name]
        yield from (f"documents.{key}" for key in (name, *(spec.appendices if isinstance(spec, Issued) else ())))


def _chosen(file: CampaignFile, only: tuple[str, ...]) -> list[str]:
    """The documents to make: all but appendices, which go with their dispatch; or those asked for by name."""
    documents = file.campaign.documents
    require_documents(file, only)
    with_paper = {key for name in only if isinstance(spec := documents[name], Issued) for key in spec.apart}
    asked = [name for name in only if not (isinstance(documents[name], Appendix) and name in with_paper)]
    return asked or [name for name, spec in documents.items() if not isinstance(spec, Appendix)]


def _file_names(document: Printable) -> set[str]:
    """What the files of a document are called, without their endings: its own, and those of its appendices apart."""
    return {file.name for file in document.files} if isinstance(document, Document) else {document.name}
