"""What is asked of the texts of a campaign: do they agree, whom do they name, what is left for a person to read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from loa.core.errors import Problem
from loa.planning.review.agreement import Spotted, compare
from loa.planning.review.passages import passages_of
from loa.planning.review.privacy import personal_data
from loa.planning.review.recipients import forgotten_recipients
from loa.planning.review.unused import unused_facts
from loa.planning.workspace import CampaignFile, Workspace
from notices.context import Context
from notices.mentions.known import known_values


@dataclass(frozen=True, kw_only=True)
class Review:
    """What the texts of a campaign do wrong, and the values in them that nothing can be compared with."""

    problems: Sequence[Problem]
    to_read: Sequence[Spotted]

    def about(self, *parts: str) -> list[Problem]:
        """What is wrong in some parts of the campaign: ``documents.cong-van``, ``announcements``, ``relay``."""
        starts = tuple(f"{part}." for part in parts)
        return [problem for problem in self.problems if f"{problem.place.part}.".startswith(starts)]


def review_texts(file: CampaignFile, workspace: Workspace, context: Context) -> Review:
    """Everything that the texts of a campaign say, against its facts. The names in the file are sound."""
    passages = tuple(passages_of(file, context))
    known = known_values(file.campaign.facts, context.agency.contact, file.campaign.allow)
    agreement = compare(passages, file.campaign.facts, known)
    others = (
        *personal_data(passages, known),
        *forgotten_recipients(passages, context),
        *unused_facts(file, workspace),
    )
    return Review(problems=(*agreement.problems, *others), to_read=agreement.to_read)
