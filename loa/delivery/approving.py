"""What a leader is asked to approve: the content of one announcement on each of its channels."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from channels.post import Post
from loa.core.errors import LoaError, Place, Problem, mistake
from loa.delivery.comparing import Change, find_changes
from loa.delivery.office import Office
from loa.ledger.decisions import Approval, Approved
from loa.ledger.store import Ledger
from loa.planning.model import Campaign
from loa.planning.plan import example_occurrence


@dataclass(frozen=True, kw_only=True)
class Content:
    """The present content of an announcement on one channel."""

    channel: str
    post: Post
    last: Approved | None  # the approval that counts, if there is one

    @property
    def is_approved(self) -> bool:
        """Whether what was approved is what stands there now."""
        return self.last is not None and self.last.content_sha256 == self.post.content_sha256()

    @property
    def changes(self) -> tuple[Change, ...]:
        """How it differs from what was approved last; nothing when nothing was."""
        return find_changes(self.last.content, self.as_data()) if self.last else ()

    def as_data(self) -> Mapping[str, object]:
        """For the record: words as they are, files by their hash."""
        return {
            "title": self.post.title,
            "summary": self.post.summary,
            "text": self.post.text,
            "issuer": self.post.issuer,
            "attachments": [
                {"name": file.name, "title": file.title, "alt": file.alt, "sha256": file.sha256}
                for file in self.post.attachments
            ],
        }


@dataclass(frozen=True, kw_only=True)
class Basis:
    """The paper on which somebody approved, when it was not said to Loa directly."""

    words: str = ""  # Phiếu trình số 12/PTr-VP, bút phê ngày 01/9/2026
    day: date | None = None
    scan_sha256: str = ""


def contents(campaign: Campaign, announcement: str, office: Office, ledger: Ledger) -> tuple[Content, ...]:
    """What stands to be approved, per channel. Raises LoaError: an unknown announcement, mistakes in its words."""
    require_announcement(campaign, announcement)
    found: list[Content] = []
    problems: list[Problem] = []
    for channel in campaign.announcements[announcement].channels:
        example = example_occurrence(campaign, announcement, channel, office.config)
        try:
            post = office.prepare(campaign, example)
        except LoaError as error:
            problems += [problem for problem in error.problems if problem not in problems]
            continue
        last = _last_approval(ledger, campaign.campaign, announcement, channel)
        found.append(Content(channel=channel, post=post, last=last))
    if problems:
        raise LoaError(problems)
    return tuple(found)


def require_announcement(campaign: Campaign, announcement: str) -> None:
    """Raise LoaError (``announcement.unknown``) when the campaign has no such announcement."""
    if announcement not in campaign.announcements:
        known = ", ".join(campaign.announcements) or "–"
        raise mistake("announcement.unknown", Place(part=campaign.campaign), name=announcement, known=known)


def approve(
    campaign: Campaign,
    announcement: str,
    office: Office,
    ledger: Ledger,
    *,
    approver: str,
    recorded_by: str,
    basis: Basis,
    now: datetime,
) -> tuple[Content, ...]:
    """Record that ``approver`` says yes to the present content on all channels; what was approved.

    Raises LoaError: ``decision.not_approver`` for somebody who may not, ``decision.own`` for the author.
    """
    found = contents(campaign, announcement, office, ledger)
    approve_content(
        campaign,
        {announcement: found},
        office,
        ledger,
        approver=approver,
        recorded_by=recorded_by,
        basis=basis,
        now=now,
    )
    return found


def approve_content(
    campaign: Campaign,
    found: Mapping[str, Sequence[Content]],
    office: Office,
    ledger: Ledger,
    *,
    approver: str,
    recorded_by: str,
    basis: Basis,
    now: datetime,
) -> None:
    """Record that ``approver`` says yes to what somebody has just looked at, by announcement: to all of it or to none.

    Raises LoaError as ``approve`` does.
    """
    require_approver(campaign, office, approver, has_paper=bool(basis.words))
    ledger.decisions.approve(
        [
            Approval(
                campaign=campaign.campaign,
                announcement=announcement,
                channel=content.channel,
                content_sha256=content.post.content_sha256(),
                content=content.as_data(),
                person=approver,
                recorded_by=recorded_by,
                basis=basis.words,
                basis_day=basis.day,
                scan_sha256=basis.scan_sha256,
            )
            for announcement, each in found.items()
            for content in each
        ],
        now,
    )


def content_code(found: Mapping[str, Sequence[Content]]) -> str:
    """A short name, 8 hexadecimal digits, for all that somebody has just looked at: another content has another."""
    seen = sorted(
        (announcement, content.channel, content.post.content_sha256())
        for announcement, each in found.items()
        for content in each
    )
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:8]


def require_seen(found: Mapping[str, Sequence[Content]], code: str) -> None:
    """Raise LoaError (``decision.not_seen``) unless ``code`` names what stands to be approved now."""
    if code.strip().lower() != content_code(found):
        raise mistake("decision.not_seen", typed=code.strip())


def approvers(campaign: Campaign, office: Office) -> tuple[str, ...]:
    """Who may approve this campaign directly; empty where config.yaml names nobody: anybody but the author."""
    return tuple(
        person.id for person in office.config.people if "approve" in person.roles and person.id != campaign.author
    )


def require_approver(campaign: Campaign, office: Office, approver: str, *, has_paper: bool) -> None:
    """Raise LoaError when ``approver`` may not approve this campaign.

    On paper anybody may have approved: the paper is there to be read.
    """
    place = Place(part=campaign.campaign)
    if approver == campaign.author:
        raise mistake("decision.own", place, name=approver)
    leaders = approvers(campaign, office)
    if office.config.people and not has_paper and approver not in leaders:
        raise mistake("decision.not_approver", place, name=approver, known=", ".join(leaders) or "–")


def _last_approval(ledger: Ledger, campaign: str, announcement: str, channel: str) -> Approved | None:
    own = (
        approval
        for approval in reversed(ledger.decisions.approvals(campaign))
        if (approval.announcement, approval.channel) == (announcement, channel)
    )
    return next(own, None)
