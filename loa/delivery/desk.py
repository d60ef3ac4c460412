"""A workspace as delivery sees it: its campaigns of today, its channels, and its papers."""

from __future__ import annotations

from collections.abc import Mapping

from loa import root
from loa.core.errors import LoaError
from loa.delivery.office import Office
from loa.delivery.papers import Papers
from loa.planning.check import require_sound
from loa.planning.model import Campaign
from loa.planning.review.review import review_texts
from loa.planning.workspace import CampaignFile, Workspace
from notices.context import NO_ISSUES, Issue


def open_office(place: Workspace, issues: Mapping[str, Mapping[str, Issue]]) -> Office:
    """The office of a workspace; a campaign file with mistakes is kept as its mistakes and holds only itself.

    ``issues`` are the documents that have their number, by campaign.
    """
    files: dict[str, CampaignFile | LoaError] = {}
    for path in place.campaign_files():
        try:
            file = place.campaign(path.stem)
            require_sound(file, place)
            _require_agreement(file, place, issues.get(path.stem, NO_ISSUES))
            files[path.stem] = file
        except LoaError as error:
            files[path.stem] = error
    campaigns: dict[str, Campaign | LoaError] = {
        name: file.campaign if isinstance(file, CampaignFile) else file for name, file in files.items()
    }
    contexts = {
        name: place.context(file, issues.get(name, NO_ISSUES))
        for name, file in files.items()
        if isinstance(file, CampaignFile)
    }
    return Office(
        config=place.config,
        campaigns=campaigns,
        workspace=place.folder,
        templates=root() / "templates",
        renderer=Papers(place, contexts),
        issues=issues,
    )


def _require_agreement(file: CampaignFile, place: Workspace, issues: Mapping[str, Issue]) -> None:
    """Raise LoaError for texts that say a telephone number, a date or an amount otherwise than the facts."""
    problems = review_texts(file, place, place.context(file, issues)).problems
    if wrong := [problem for problem in problems if problem.fails_check()]:
        raise LoaError(wrong)
