"""Names in a campaign file that stand for nothing, and days outside its window: what must be sound before anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from loa.core.errors import LoaError, Place, Problem, in_order
from loa.planning.lost_posts import find_lost_posts
from loa.planning.window import find_lost_days
from loa.planning.workspace import CampaignFile, Workspace
from notices.model import Appendix, Issued, Notice, Wording
from notices.template_slips import unknown_name


def find_lost_references(file: CampaignFile, workspace: Workspace) -> Iterator[Problem]:
    """Names in the file that stand for nothing: templates and their blocks, appendices, channels, slots, attachments.

    And days outside the window.
    """
    yield from _lost_templates(file, workspace)
    yield from _lost_appendices(file)
    yield from _lost_enclosures(file)
    yield from find_lost_posts(file, workspace)
    yield from find_lost_days(file)


def require_sound(file: CampaignFile, workspace: Workspace) -> None:
    """Raise LoaError with every name that stands for nothing."""
    if problems := list(find_lost_references(file, workspace)):
        raise LoaError(in_order(problems))


def require_documents(file: CampaignFile, names: Iterable[str]) -> None:
    """Raise LoaError (``document.unknown``) for the first of ``names`` that is no document of the campaign."""
    documents = file.campaign.documents
    for name in names:
        if name not in documents:
            raise LoaError(
                Problem(key="document.unknown", place=Place(file=file.source.file), values=_unknown(name, documents))
            )


def _lost_templates(file: CampaignFile, workspace: Workspace) -> Iterator[Problem]:
    templates = workspace.templates
    for name, spec in file.campaign.documents.items():
        if not isinstance(spec, Wording) or spec.template is None:
            continue
        place = file.source.place("documents", name, "template")
        try:
            known = templates.blocks(spec.type, spec.template, place=place)
        except LoaError as error:
            yield from error.problems
            continue
        for block in (block for block in spec.blocks if block not in known):
            place = file.source.place("documents", name, "blocks", block, key=True)
            yield unknown_name("template.no_block", place, block, known)


def _lost_appendices(file: CampaignFile) -> Iterator[Problem]:
    documents = file.campaign.documents
    attached = [key for spec in documents.values() if isinstance(spec, Issued) for key in spec.appendices]
    for name, spec in documents.items():
        if isinstance(spec, Appendix) and name not in attached:
            place = file.source.place("documents", name, key=True)
            yield Problem(key="document.loose_appendix", place=place, values={"name": name})
        if not isinstance(spec, Issued):
            continue
        for index, key in enumerate(spec.appendices):
            place = file.source.place("documents", name, "appendices", index)
            if not isinstance(documents.get(key), Notice | Appendix):
                known = [k for k, other in documents.items() if isinstance(other, Notice | Appendix)]
                yield Problem(key="document.no_appendix", place=place, values=_unknown(key, known))
            elif key in spec.appendices[:index]:
                yield Problem(key="document.appendix_twice", place=place, values={"name": key})


def _lost_enclosures(file: CampaignFile) -> Iterator[Problem]:
    documents = file.campaign.documents
    for name, spec in documents.items():
        known = [key for key, other in documents.items() if key != name and not isinstance(other, Appendix)]
        for index, key in enumerate(spec.enclosures if isinstance(spec, Issued) else ()):
            if key not in known:
                place = file.source.place("documents", name, "enclosures", index)
                yield Problem(key="enclosure.unknown", place=place, values=_unknown(key, known))


def _unknown(name: str, known: Iterable[str]) -> dict[str, object]:
    return {"name": name, "known": ", ".join(known) or "–"}
