"""A workspace as delivery sees it: its campaigns of today, its channels, and its papers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from loa import root
from loa.core.errors import LoaError
from loa.core.secrets import Secrets
from loa.delivery.office import Office
from loa.delivery.papers import Papers
from loa.planning.model import Campaign
from loa.planning.references import require_sound
from loa.planning.review.review import review_texts
from loa.planning.workspace import CampaignFile, Workspace
from notices.context import NO_ISSUES, Context, Issue


def open_office(
    place: Workspace, issues: Mapping[str, Mapping[str, Issue]], *, secrets: Secrets, now: Callable[[], datetime]
) -> Office:
    """The office of a workspace; a campaign file with mistakes is kept as its mistakes and holds only itself.

    ``issues`` are the documents that have their number, by campaign.
    """
    campaigns: dict[str, Campaign | LoaError] = {}
    contexts: dict[str, Context] = {}
    for path in place.campaign_files():
        try:
            file = place.campaign(path.stem)
            require_sound(file, place)
            context = place.context(file, issues.get(path.stem, NO_ISSUES))
            _require_agreement(file, place, context)
        except LoaError as error:
            campaigns[path.stem] = error
        else:
            campaigns[path.stem], contexts[path.stem] = file.campaign, context
    return Office(
        config=place.config,
        campaigns=campaigns,
        workspace=place.folder,
        templates=root() / "templates",
        renderer=Papers(place, contexts),
        secrets=secrets,
        now=now,
        issues=issues,
        calendar=place.calendar,
    )


def _require_agreement(file: CampaignFile, place: Workspace, context: Context) -> None:
    """Raise LoaError for texts that say a telephone number, a date or an amount otherwise than the facts."""
    if wrong := [problem for problem in review_texts(file, place, context).problems if problem.fails_check()]:
        raise LoaError(wrong)
