"""Everything that can be said of a campaign before anything is made: references, words, form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from loa.core.errors import LoaError, Problem, Severity, in_order
from loa.planning.announcement import Announcement, Version, Where
from loa.planning.audience.lacking import find_lacking
from loa.planning.limits import find_excess
from loa.planning.references import find_lost_references
from loa.planning.relay_draft import compose_relay
from loa.planning.review.review import review_texts
from loa.planning.unconfirmed import find_unconfirmed
from loa.planning.window import find_waiting
from loa.planning.workspace import CampaignFile, Workspace
from notices.compose import compose
from notices.context import NO_ISSUES, Context, Issue
from notices.fill import fill_line, fill_prose, is_open_line
from notices.open_citations import open_citation
from notices.receiver import sample_receiver
from notices.template import Text


def check_campaign(file: CampaignFile, workspace: Workspace, issues: Mapping[str, Issue] = NO_ISSUES) -> list[Problem]:
    """Every problem of a campaign, by its place in the file. The file itself has been read.

    ``issues`` are its documents that have their number.
    """
    if lost := list(find_lost_references(file, workspace)):
        return in_order(lost)
    context = workspace.context(file, issues)
    papers = {name: _problems_of(name, context) for name in file.campaign.documents}
    of_papers = [problem for problems in papers.values() for problem in problems]
    of_posts = [
        *_posts(file, context),
        *_held_posts(file, papers, issues),
        *find_excess(file, workspace, context),
        *find_waiting(file, issues),
        *find_unconfirmed(file, workspace),
    ]
    of_kits = [*_relay(file, context), *_audience(file, workspace, context)]
    of_texts = review_texts(file, workspace, context).problems
    return in_order([*of_papers, *of_posts, *of_kits, *of_texts])


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
        for where, document in _taken(announcement):
            found = papers[document]
            if document in issues and issues[document].signed:
                continue
            # a mistake in the paper speaks for itself; of what cannot be made nobody can say that it is a draft
            if any(p.severity is Severity.ERROR for p in found):
                continue
            if any(problem.blocks_final() for problem in found):
                place = file.source.place("announcements", name, *where)
                values: dict[str, object] = {"name": document}
                yield Problem(key="announcement.open_document", place=place, values=values, severity=Severity.GAP)


def _taken(announcement: Announcement) -> Iterator[tuple[Where, str]]:
    """Every document that goes out with an announcement on some channel, and where that is written; each place once."""
    taken: dict[Where, str] = {}
    for channel in announcement.channels:
        content = announcement.on(channel)
        taken |= {(*content.places["attach"], index): key for index, key in enumerate(content.attach)}
        for index, image in enumerate(content.images):
            if image.document is not None:
                taken[*content.image_place(index), "document"] = image.document
    yield from taken.items()


def _posts(file: CampaignFile, context: Context) -> Iterator[Problem]:
    for name, announcement in file.campaign.announcements.items():
        for where, text in _texts(announcement):
            place = file.source.text_place("announcements", name, *where)
            given = Text(text=text, place=place)
            try:
                is_empty, is_open = _filled(given, context, is_line=where[-1] != "text")
            except LoaError as error:
                yield from error.problems
                continue
            if is_empty:
                yield Problem(key="text.empty", place=place)
            if is_open:
                yield open_citation(given, context)


def _texts(announcement: Announcement) -> Iterator[tuple[Where, str]]:
    """Every text of an announcement and its versions, and where it is written."""
    parts: dict[Where, Announcement | Version] = {(): announcement}
    parts |= {("versions", channel): version for channel, version in announcement.versions.items()}
    for where, part in parts.items():
        for key in ("title", "summary", "text"):
            text: str | None = getattr(part, key)
            if text is not None:
                yield (*where, key), text


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


def _audience(file: CampaignFile, workspace: Workspace, context: Context) -> Sequence[Problem]:
    """Mistakes in the list of agencies, and what its agencies lack of what the texts print of them."""
    if file.campaign.audience is None:
        return ()
    try:
        audience = workspace.audience(file)
    except LoaError as error:
        return error.problems
    return [*audience.warnings, *find_lacking(file, context, audience, audience.receivers)]
