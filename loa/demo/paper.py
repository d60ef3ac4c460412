"""The paper of the demo: every campaign's documents, and the kits of a few agencies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from loa.core.errors import Problem
from loa.kits.lists import INDEX
from loa.kits.making import HOME, Selection
from loa.planning.workspace import CampaignFile, Workspace
from loa.printing.papers import write_papers
from notices.model import Appendix, Issued, Notice
from notices.render import FORMATS

_KITS = 3  # of so many agencies: a department, a ward, a commune


@dataclass(frozen=True, kw_only=True)
class Papers:
    """What was made of one campaign."""

    files: int
    problems: Sequence[Problem]
    left_out: tuple[str, ...]  # what an own Word file carries: that needs more than Python


def make_papers(place: Workspace, file: CampaignFile) -> Papers:
    """Write a campaign's documents in every format. They stay drafts: a real registry numbers real paper."""
    papers = {key: spec for key, spec in file.campaign.documents.items() if not isinstance(spec, Appendix)}
    left_out = tuple(key for key, spec in papers.items() if isinstance(spec, Issued | Notice) and spec.word)
    only = [key for key in papers if key not in left_out]
    problems, paths = write_papers(place, file, place.output / file.campaign.campaign, formats=FORMATS, only=only)
    return Papers(files=len(paths), problems=problems, left_out=left_out)


def chosen_agencies(place: Workspace, file: CampaignFile) -> Selection:
    """The first agency of each kind, a few of them."""
    first = {receiver.kind: receiver.code for receiver in reversed(place.audience(file).receivers)}
    return Selection(names=tuple(reversed(first.values()))[:_KITS])


def kits_page(place: Workspace, file: CampaignFile) -> Path:
    """The page that lists a campaign's kits."""
    return place.output / file.campaign.campaign / HOME / INDEX
