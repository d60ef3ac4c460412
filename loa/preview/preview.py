"""A campaign, its papers and its plan brought together into the preview."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from channels.wording import vietnamese_moment
from loa.core.errors import Problem
from loa.core.words import catalogue
from loa.delivery.papers import Papers
from loa.ledger.decisions import Approved
from loa.planning.plan import whole_plan
from loa.planning.workspace import CampaignFile, Workspace
from loa.preview.documents import show_documents
from loa.preview.posts import Ground, show_announcements
from loa.preview.problems import show_problems
from loa.preview.shown import Preview
from notices.context import Issue
from notices.wording import short_date

_LANGUAGE = "vi"  # the page goes with papers


def make_preview(
    file: CampaignFile,
    place: Workspace,
    issues: Mapping[str, Issue],
    approvals: Iterable[Approved],
    problems: Sequence[Problem],
    *,
    now: datetime,
) -> Preview:
    """The preview of a campaign whose names all stand for something; drafts are shown as drafts.

    ``approvals`` are the ledger's, oldest first; ``problems`` what the check says; ``now`` in the office's zone.
    """
    say = catalogue(_LANGUAGE).sentence
    campaign = file.campaign
    context = place.context(file, issues)
    agency = campaign.agency or place.config.agency
    last = {
        (one.announcement, one.channel): (one.content_sha256, f"{one.person}, ngày {short_date(one.approved_at)}")
        for one in approvals
    }
    ground = Ground(
        campaign=campaign,
        config=place.config,
        renderer=Papers(place, {campaign.campaign: context}, takes_drafts=True),
        issuer=agency.full_name,
        occurrences=whole_plan(campaign, place.config, issues, place.calendar).occurrences,
        approved=last,
        now=now,
        say=say,
    )
    window = campaign.window.opened(issues)
    days = f"từ ngày {short_date(window.from_)}" if window else "từ ngày ban hành văn bản (chưa có số, ngày)"
    documents, announcements = tuple(show_documents(context, say)), tuple(show_announcements(ground))
    return Preview(
        title=campaign.title,
        issuer=agency.full_name,
        window=f"{days} đến ngày {short_date(campaign.window.to)}",
        made=vietnamese_moment(now),
        documents=documents,
        announcements=announcements,
        problems=tuple(show_problems(problems, documents, announcements, say)),
    )
