"""What can be said of a campaign's window: days outside it, a document that opens it and is not there or waits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from loa.core.errors import Problem, Severity, mistake
from loa.planning.model import IssueOf
from loa.planning.workspace import CampaignFile
from notices.context import Issue
from notices.model import Issued
from notices.wording import short_date


def find_lost_days(file: CampaignFile) -> Iterator[Problem]:
    """A document that should open the window and cannot; days of announcements outside it.

    As long as a document has to open the window, only its last day is known.
    """
    window = file.campaign.window
    documents = file.campaign.documents
    if isinstance(window.from_, IssueOf) and not isinstance(documents.get(window.from_.document), Issued):
        known = ", ".join(name for name, spec in documents.items() if isinstance(spec, Issued)) or "–"
        values: dict[str, object] = {"name": window.from_.document, "known": known}
        yield Problem(key="window.no_document", place=file.source.place("window", "from"), values=values)
    first = window.from_ if isinstance(window.from_, date) else None
    for name, index, day in _dates(file):
        if day > window.to or (first and day < first):
            place = file.source.place("announcements", name, "post", index)
            values = {"first": short_date(first) if first else "…", "last": short_date(window.to)}
            yield Problem(key="post.outside_window", place=place, values=values)


def find_waiting(file: CampaignFile, issues: Mapping[str, Issue]) -> Iterator[Problem]:
    """What the day of issue does to a window that it opens: still to come, too late, or after a day of a post."""
    window, place = file.campaign.window, file.source.place("window", "from")
    if not isinstance(window.from_, IssueOf):
        return
    issue = issues.get(window.from_.document)
    if issue is None:
        values = {"name": window.from_.document, "campaign": file.campaign.campaign}
        yield Problem(key="window.waits", place=place, severity=Severity.GAP, values=values)
        return
    if issue.day > window.to:
        days = {"day": short_date(issue.day), "last": short_date(window.to)}
        yield Problem(key="window.too_late", place=place, values=days)
        return
    for name, index, day in _dates(file):
        if day < issue.day:
            where = file.source.place("announcements", name, "post", index)
            days = {"day": short_date(issue.day), "name": window.from_.document}
            yield Problem(key="window.before_issue", place=where, severity=Severity.WARNING, values=days)


def require_not_over(file: CampaignFile, today: date) -> None:
    """Raise LoaError when the window has ended; ``today`` is in the office's zone."""
    last = file.campaign.window.to
    if today > last:
        raise mistake("window.over", file.source.place("window", "to"), last=short_date(last))


def _dates(file: CampaignFile) -> Iterator[tuple[str, int, date]]:
    """Every date in the rules of announcements: announcement, index in its ``post`` list, the date."""
    for name, announcement in file.campaign.announcements.items():
        for index, rule in enumerate(announcement.post):
            for day in (rule.date, rule.from_, rule.to):
                if day is not None:
                    yield name, index, day
