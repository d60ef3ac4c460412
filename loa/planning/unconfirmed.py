"""Years whose holidays a campaign goes by, and that nobody has compared with what was announced."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from loa.core.errors import Problem, Severity
from loa.planning.calendar import CALENDAR
from loa.planning.workspace import CampaignFile, Workspace


def find_unconfirmed(file: CampaignFile, workspace: Workspace) -> Iterator[Problem]:
    """A warning for each such year of the window, at the line that asks for the calendar.

    Holidays that follow the moon are known for ever; swaps of working days are announced a few weeks before.
    """
    where = _asking(file)
    if where is None:
        return
    window = file.campaign.window
    first = window.from_.year if isinstance(window.from_, date) else window.to.year
    for year in range(first, window.to.year + 1):
        if year not in workspace.calendar.confirmed:
            values = {"year": year, "file": CALENDAR}
            yield Problem(
                key="calendar.unconfirmed", place=file.source.place(*where), values=values, severity=Severity.WARNING
            )


def _asking(file: CampaignFile) -> tuple[str | int, ...] | None:
    """The first line of the campaign for which working days have to be known; None when it posts on any day."""
    for key in ("holidays", "weekends"):
        if getattr(file.campaign, key) != "post":
            return (key,)
    for name, announcement in file.campaign.announcements.items():
        for index, rule in enumerate(announcement.post):
            if rule.every is not None and rule.every.unit == "working_day":
                return ("announcements", name, "post", index, "every")
    return None
