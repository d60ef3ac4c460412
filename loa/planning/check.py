"""Everything that can be said of a campaign before anything is made: references, words, form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from loa.core.errors import LoaError, Problem, Severity
from loa.planning.model import Announcement
from loa.planning.relay_draft import compose_relay
from loa.planning.review.review import review_texts
from loa.planning.window import find_lost_days, find_waiting
from loa.planning.workspace import CampaignFile, Workspace
from notices.compose import compose
from notices.context import NO_ISSUES, Context, Issue
from notices.fill import fill_line, fill_prose, is_open_line
from notices.model import Appendix, DocumentSpec, Issued, Notice, Wording
from notices.receiver import sample_receiver
from notices.template import Text, unknown_name


def check_campaign(file: CampaignFile, workspace: Workspace, issues: Mapping[str, Issue] = NO_ISSUES) -> list[Problem]:
    """Every problem of a campaign, by its place in the file. The file itself has been read.

    ``issues`` are its documents that have their number.
    """
    if lost := list(find_lost_references(file, workspace)):
        return sorted(_once(lost), key=_order)
    context = workspace.context(file, issues)
    papers = {name: _problems_of(name, context) for name in file.campaign.documents}
    of_papers = [problem for problems in papers.values() for problem in problems]
    of_posts = [*_posts(file, context), *_held_posts(file, papers, issues), *find_waiting(file, issues)]
    of_kits = [*_relay(file, context), *_audience(file, workspace)]
    of_texts = review_texts(file, workspace, context).problems
    return sorted(_once([*of_papers, *of_posts, *of_kits, *of_texts]), key=_order)


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
        raise LoaError(sorted(_once(problems), key=_order))


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
        elif key in announcement.attach[:index]:
            yield Problem(key="announcement.document_twice", place=place, values={"name": key})
        elif _is_restricted(file.campaign.documents[key]):
            yield Problem(key="announcement.restricted", place=place, values={"name": key})


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


def _problems_of(document: str, context: Context) -> Sequence[Problem]:
    try:
        return compose(document, context).problems
    except LoaError as error:
        return error.problems


def _held_posts(
    file: CampaignFile, papers: Mapping[str, Sequence[Problem]], issues: Mapping[str, Issue]
) -> Iterator[Problem]:
    """Announcements that would take a paper along which is not fit to go out. A signed original always is."""
    for name, announcement in file.campaign.announcements.items():
        taken: list[tuple[str, str | int, str]] = [("attach", i, key) for i, key in enumerate(announcement.attach)]
        if announcement.image and announcement.image.document:
            taken.append(("image", "document", announcement.image.document))
        for key, where, document in taken:
            found = papers[document]
            if document in issues and issues[document].signed:
                continue
            # a mistake in the paper speaks for itself; of what cannot be made nobody can say that it is a draft
            if any(p.severity is Severity.ERROR for p in found):
                continue
            if any(problem.blocks_final() for problem in found):
                place = file.source.place("announcements", name, key, where)
                values: dict[str, object] = {"name": document}
                yield Problem(key="announcement.open_document", place=place, values=values, severity=Severity.GAP)


def _posts(file: CampaignFile, context: Context) -> Iterator[Problem]:
    for name, announcement in file.campaign.announcements.items():
        texts = {"title": announcement.title, "summary": announcement.summary, "text": announcement.text}
        for key, text in texts.items():
            place = file.source.text_place("announcements", name, key)
            if text is None:
                continue
            given = Text(text=text, place=place)
            try:
                is_empty, is_open = _filled(given, context, is_line=key != "text")
            except LoaError as error:
                yield from error.problems
                continue
            if is_empty:
                yield Problem(key="text.empty", place=place)
            if is_open:
                yield Problem(key="form.open_citation", place=place, severity=Severity.GAP)


def _filled(text: Text, context: Context, *, is_line: bool) -> tuple[bool, bool]:
    """Whether a text of an announcement is empty, and whether it names a paper that has no number yet."""
    if is_line:
        return not fill_line(text, context), is_open_line(text, context)
    prose = fill_prose(text, context)
    return not prose.blocks, prose.is_open()


def _relay(file: CampaignFile, context: Context) -> Sequence[Problem]:
    """What the draft for other agencies says wrongly, tried with a made-up one."""
    if file.campaign.relay is None:
        return ()
    try:
        return compose_relay(file.campaign.relay, context, sample_receiver()).problems
    except LoaError as error:
        return error.problems


def _audience(file: CampaignFile, workspace: Workspace) -> Sequence[Problem]:
    if file.campaign.audience is None:
        return ()
    try:
        return workspace.audience(file).warnings
    except LoaError as error:
        return error.problems


def _order(problem: Problem) -> tuple[int, int, str]:
    return problem.place.line, problem.place.column, problem.rule


def _once(problems: Iterable[Problem]) -> list[Problem]:
    """Without repetitions: an appendix is read alone and again with its dispatch."""
    return list({(p.key, p.place, str(p.values)): p for p in problems}.values())
