"""Names in a campaign file that stand for nothing, and days outside its window: what must be sound before anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from loa.core.errors import LoaError, Place, Problem, in_order
from loa.planning.model import Announcement
from loa.planning.window import find_lost_days
from loa.planning.workspace import CampaignFile, Workspace
from notices.model import Appendix, DocumentSpec, Issued, Notice, Wording
from notices.template_slips import unknown_name


def find_lost_references(file: CampaignFile, workspace: Workspace) -> Iterator[Problem]:
    """Names in the file that stand for nothing: templates and their blocks, appendices, channels, slots, attachments.

    And days outside the window.
    """
    yield from _lost_templates(file, workspace)
    yield from _lost_appendices(file)
    yield from _lost_enclosures(file)
    for name, announcement in file.campaign.announcements.items():
        yield from _lost_attachments(file, name, announcement)
        yield from _lost_channels(file, workspace, name, announcement)
        yield from _lost_pictures(file, workspace, name, announcement)
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


def _lost_attachments(file: CampaignFile, name: str, announcement: Announcement) -> Iterator[Problem]:
    known = list(file.campaign.documents)
    for index, key in enumerate(announcement.attach):
        place = file.source.place("announcements", name, "attach", index)
        if key not in known:
            yield Problem(key="announcement.no_document", place=place, values=_unknown(key, known))
        elif key in announcement.attach[:index] or _goes_along(key, announcement.attach, file.campaign.documents):
            yield Problem(key="announcement.document_twice", place=place, values={"name": key})
        elif _is_restricted(file.campaign.documents[key]):
            yield Problem(key="announcement.restricted", place=place, values={"name": key})


def _goes_along(key: str, attached: Iterable[str], documents: Mapping[str, DocumentSpec]) -> bool:
    """Whether an appendix is a file that goes out with one of these papers anyway."""
    papers = (documents.get(name) for name in attached)
    return isinstance(documents[key], Appendix) and any(isinstance(p, Issued) and key in p.apart for p in papers)


def _is_restricted(spec: DocumentSpec) -> bool:
    """Whether a paper says of itself that it is not for everyone (I/1-III.2c)."""
    return isinstance(spec, Issued) and spec.circulation is not None


def _lost_channels(
    file: CampaignFile, workspace: Workspace, name: str, announcement: Announcement
) -> Iterator[Problem]:
    channels = workspace.config.channels
    for index, channel in enumerate(announcement.channels):
        place = file.source.place("announcements", name, "channels", index)
        if channel not in channels:
            yield Problem(key="announcement.no_channel", place=place, values=_unknown(channel, channels))
        elif channel in announcement.channels[:index]:
            yield Problem(key="announcement.channel_twice", place=place, values={"name": channel})
    for channel in dict.fromkeys(c for c in announcement.channels if c in channels):
        slots = channels[channel].slots
        for index, rule in enumerate(announcement.post):
            if rule.slot not in slots:
                place = file.source.place("announcements", name, "post", index, "slot")
                values = _unknown(rule.slot, slots) | {"channel": channel}
                yield Problem(key="announcement.no_slot", place=place, values=values)


def _lost_pictures(
    file: CampaignFile, workspace: Workspace, name: str, announcement: Announcement
) -> Iterator[Problem]:
    image = announcement.image
    if image is None:
        return
    if image.document is not None:
        place = file.source.place("announcements", name, "image", "document")
        documents = file.campaign.documents
        if image.document not in documents:
            yield Problem(key="announcement.no_document", place=place, values=_unknown(image.document, documents))
        elif _is_restricted(documents[image.document]):
            yield Problem(key="announcement.restricted", place=place, values={"name": image.document})
    if image.file is not None:
        try:
            workspace.picture(image.file, file.source.place("announcements", name, "image", "file"))
        except LoaError as error:
            yield from error.problems


def _unknown(name: str, known: Iterable[str]) -> dict[str, object]:
    return {"name": name, "known": ", ".join(known) or "–"}
