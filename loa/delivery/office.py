"""Who delivers: the office's settings, its campaigns as they are today, and its channels, opened when first needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from channels import open_channel
from channels.base import Channel, Surroundings
from channels.post import Post, Publisher
from loa.core.errors import LoaError, Place, mistake
from loa.core.secrets import Secrets
from loa.delivery.prepare import NO_PAGE, Page, Renderer, prepare_post
from loa.ledger.model import Skip
from loa.planning.calendar import LIBRARY_ONLY, Calendar
from loa.planning.model import Campaign, Config
from loa.planning.plan import Occurrence, Plan, whole_plan
from notices.context import NO_ISSUES, Issue


@dataclass(frozen=True, kw_only=True)
class Office:
    """All that delivery needs besides the ledger and the time.

    ``campaigns`` holds each campaign that passed the check under its name, or the mistakes that keep its file from
    being used: they stop that campaign and no other.
    """

    config: Config
    campaigns: Mapping[str, Campaign | LoaError]
    workspace: Path
    templates: Path  # the shipped ones
    renderer: Renderer
    secrets: Secrets
    now: Callable[[], datetime]  # for channels: tokens run out, signatures carry the time
    issues: Mapping[str, Mapping[str, Issue]] = field(default_factory=dict)  # by campaign and document
    calendar: Calendar = LIBRARY_ONLY
    _open: dict[tuple[str, bool], Channel] = field(default_factory=dict, init=False, repr=False, compare=False)
    _wholes: dict[str, Plan] = field(default_factory=dict, init=False, repr=False, compare=False)
    _plans: dict[str, Mapping[str, Occurrence]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def campaign(self, name: str) -> Campaign:
        """The campaign. Raises LoaError: its own mistakes, or ``delivery.campaign_missing``."""
        found = self.campaigns.get(name)
        if found is None:
            raise mistake("delivery.campaign_missing", Place(part=name))
        if isinstance(found, LoaError):
            raise found
        return found

    def issuer(self, campaign: Campaign) -> str:
        """In whose name a campaign speaks: its own agency, or the office."""
        return (campaign.agency or self.config.agency).full_name

    def prepare(self, campaign: Campaign, occurrence: Occurrence, page: Page = NO_PAGE) -> Post:
        """The post for an occurrence. Raises LoaError as ``prepare_post`` does."""
        return prepare_post(
            campaign, occurrence, self.renderer, config=self.config, issuer=self.issuer(campaign), page=page
        )

    def must_be_approved(self) -> bool:
        """Whether a leader must have approved what goes out."""
        return self.config.approval == "required"

    def is_planned(self, occurrence: Occurrence) -> bool:
        """Whether today's campaign file still asks for ``occurrence``. Raises LoaError like ``campaign``."""
        return occurrence.key in self.planned(occurrence.campaign)

    def issues_of(self, campaign: str) -> Mapping[str, Issue]:
        """The documents of a campaign that have their number."""
        return self.issues.get(campaign, NO_ISSUES)

    def awaited(self) -> Mapping[str, str]:
        """Campaigns whose window waits for a document to have its number, each with that document."""
        waiting = {
            name: campaign.window.awaited(self.issues_of(name))
            for name, campaign in self.campaigns.items()
            if isinstance(campaign, Campaign)
        }
        return {name: document for name, document in waiting.items() if document}

    def planned(self, campaign: str) -> Mapping[str, Occurrence]:
        """What today's file of ``campaign`` asks for, by key and in order. Raises LoaError like ``campaign``."""
        if campaign not in self._plans:
            own = self._whole(campaign).occurrences
            self._plans[campaign] = {occurrence.key: occurrence for occurrence in own}
        return self._plans[campaign]

    def why_not(self, occurrence: Occurrence) -> Skip:
        """Why today's campaign file no longer asks for ``occurrence``. Raises LoaError like ``campaign``."""
        return Skip(self._whole(occurrence.campaign).why_not(occurrence))

    def _whole(self, campaign: str) -> Plan:
        if campaign not in self._wholes:
            self._wholes[campaign] = whole_plan(
                self.campaign(campaign), self.config, self.issues_of(campaign), self.calendar
            )
        return self._wholes[campaign]

    def channel(self, name: str, *, rehearsal: bool) -> Channel:
        """The channel, opened once; for a rehearsal apart from the real one.

        Raises LoaError: ``delivery.channel_missing``, ``delivery.not_in_rehearsal`` for one that reaches people
        outside, or what its settings lack.
        """
        if name not in self.config.channels:
            raise mistake("delivery.channel_missing", Place(part=name))
        settings = self.config.channels[name]
        if rehearsal and not settings.stays_here():
            raise mistake("delivery.not_in_rehearsal", Place(part=name), kind=settings.type)
        if (name, rehearsal) not in self._open:
            self._open[name, rehearsal] = open_channel(
                name,
                settings.rehearsed() if rehearsal else settings,
                Surroundings(
                    workspace=self.workspace,
                    templates=self.templates,
                    publisher=self._publisher(),
                    secrets=self.secrets,
                    now=self.now,
                ),
            )
        return self._open[name, rehearsal]

    def _publisher(self) -> Publisher:
        agency = self.config.agency
        return Publisher(
            name=agency.name,
            full_name=agency.full_name,
            address=agency.contact.address or "",
            phone=agency.contact.phone or "",
            fax=agency.contact.fax or "",
            email=agency.contact.email or "",
            website=agency.contact.website or "",
        )
