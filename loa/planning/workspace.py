"""A workspace: the folder with config.yaml, campaigns, templates, state and output."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, cached_property, partial
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

from channels import hard_hours
from loa import root
from loa.core.errors import LoaError, Place, Problem, in_order, mistake
from loa.planning.calendar import CALENDAR, LIBRARY_ONLY, Calendar, CalendarFile, calendar_of
from loa.planning.explain import build
from loa.planning.lateness import is_too_short
from loa.planning.model import Campaign, Config
from loa.planning.source import Source, read_source
from notices.citations import citations
from notices.context import NO_ISSUES, Context, Issue
from notices.document import Letterhead
from notices.enclosure import EnclosedFile, Enclosure, read_enclosure
from notices.facts import Fact
from notices.picture import Picture, read_picture
from notices.receiver import blank_receiver
from notices.template import Templates

if TYPE_CHECKING:
    from loa.planning.audience.audience import Audience

CONFIG = "config.yaml"
SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, kw_only=True)
class CampaignFile:
    """A campaign as read, with the places of everything in its file."""

    campaign: Campaign
    source: Source


@dataclass(frozen=True, kw_only=True)
class Workspace:
    """An opened workspace."""

    folder: Path
    config: Config

    @property
    def campaigns_folder(self) -> Path:
        """Where the campaign files lie."""
        return self.folder / "campaigns"

    @property
    def output(self) -> Path:
        """Where paper goes."""
        return self.folder / "output"

    def ledger_path(self, *, rehearsal: bool) -> Path:
        """The database of what was planned and sent; rehearsals have one of their own."""
        return self.folder / "state" / ("rehearsal.db" if rehearsal else "loa.db")

    @property
    def signed_folder(self) -> Path:
        """Where signed originals lie, each under its hash."""
        return self.folder / "state" / "signed"

    @cached_property
    def templates(self) -> Templates:
        """The office's own templates first, the shipped ones after; each is read and compiled once."""
        return Templates(tuple(dict.fromkeys((self.folder / "templates", root() / "templates"))))

    @cached_property
    def calendar(self) -> Calendar:
        """The days on which the office works. Raises LoaError with every mistake in lich-nghi.yaml."""
        path = self.folder / CALENDAR
        return calendar_of(build(CalendarFile, read_source(path, CALENDAR))) if path.is_file() else LIBRARY_ONLY

    def campaign_files(self) -> list[Path]:
        """One file of every campaign, by name."""
        found = {path.stem: path for suffix in reversed(SUFFIXES) for path in self.campaigns_folder.glob(f"*{suffix}")}
        return [found[name] for name in sorted(found)]

    def campaign(self, name: str) -> CampaignFile:
        """The campaign of that name or file.

        Raises LoaError: unknown, in two files, or every mistake in the file.
        """
        path = Path(name) if Path(name).suffix in SUFFIXES else self._file_of(name)
        return read_campaign(path, shown=self.shown(path))

    def _file_of(self, name: str) -> Path:
        paths = [self.campaigns_folder / f"{name}{suffix}" for suffix in SUFFIXES]
        found = [path for path in paths if path.is_file()]
        if not found:
            known = ", ".join(p.stem for p in self.campaign_files()) or "–"
            raise mistake("campaign.unknown", Place(file=str(self.campaigns_folder)), name=name, known=known)
        if len(found) > 1:
            raise mistake("campaign.two_files", Place(file=self.shown(found[1])), name=name, other=found[0].name)
        return found[0]

    def picture(self, name: str, place: Place) -> Picture:
        """The picture file ``name`` of the workspace. Raises LoaError at ``place``, also when it lies elsewhere."""
        path = self._inside(name, place, otherwise="picture.outside")
        return read_picture(path, place, shown=name)

    def letterhead(self, name: str, place: Place, *, facts: Mapping[str, Fact]) -> Letterhead:
        """The Word template ``name`` of the workspace, for papers with these ``facts``.

        Raises LoaError at ``place``, also when it lies elsewhere.
        """
        from notices.letterhead.letterhead import open_letterhead  # noqa: PLC0415  # brings along what few need

        path = self._inside(name, place, otherwise="letterhead.outside")
        return open_letterhead(path, place, shown=name, facts=facts)

    def enclosure(self, name: str, spec: Enclosure, place: Place) -> EnclosedFile:
        """The PDF of the workspace that the document ``name`` is. Raises LoaError, also when it lies elsewhere."""
        path = self._inside(spec.file, place, otherwise="enclosure.outside")
        return read_enclosure(path, place, name=name, spec=spec)

    def audience(self, file: CampaignFile) -> Audience:
        """The agencies that get kits of a campaign. Raises LoaError with every mistake in the list."""
        name, place = file.campaign.audience, file.source.place("audience")
        if name is None:
            raise mistake("audience.none", place)
        path = self._inside(name, place, otherwise="audience.outside")
        if not path.is_file():
            raise mistake("audience.missing", place, file=name)
        from loa.planning.audience.audience import read_audience  # noqa: PLC0415  # only kits and checks read it

        return read_audience(path, name)

    def _inside(self, name: str, place: Place, *, otherwise: str) -> Path:
        """The file ``name`` of the workspace. Raises LoaError (``otherwise``) at ``place`` when it lies elsewhere."""
        path = (self.folder / name).resolve()
        if not path.is_relative_to(self.folder.resolve()):
            raise mistake(otherwise, place, file=name)
        return path

    def shown(self, path: Path) -> str:
        """A path as messages name it: from the workspace where it lies in it."""
        try:
            return str(path.resolve().relative_to(self.folder.resolve()))
        except ValueError:
            return str(path)

    def context(self, file: CampaignFile, issues: Mapping[str, Issue] = NO_ISSUES) -> Context:
        """What composing the papers of a campaign needs; ``issues`` are its documents that have their number."""
        campaign = file.campaign
        agency = campaign.agency or self.config.agency
        return Context(
            agency=agency,
            documents=campaign.documents,
            values=template_values(campaign.facts)
            | {"agency": agency, "campaign": campaign, "host": blank_receiver()}
            | {"documents": citations(campaign.documents, issues, agency)},
            issues=issues,
            templates=self.templates,
            locate=file.source.text_place,
            picture=self.picture,
            enclosure=self.enclosure,
            letterhead=cache(partial(self.letterhead, facts=campaign.facts)),
        )


def template_values(facts: Mapping[str, Fact]) -> dict[str, object]:
    """The facts of a campaign under the names that templates print."""
    return dict(facts)


def open_workspace(folder: Path) -> Workspace:
    """The workspace in ``folder``. Raises LoaError: no config.yaml, or every mistake in it."""
    source = read_source(folder / CONFIG, CONFIG)
    config = build(Config, source)
    if wrong := [*_shared_folders(config, source), *_useless_slots(config, source)]:
        raise LoaError(in_order(wrong))
    return Workspace(folder=folder, config=config)


def _shared_folders(config: Config, source: Source) -> Iterator[Problem]:
    """Channels that would write over each other; many file systems take capitals and small letters for one."""
    owners: dict[str, str] = {}
    for name, settings in config.channels.items():
        if folder := settings.own_folder():
            owner = owners.setdefault(folder.casefold(), name)
            if owner != name:
                place = source.place("channels", name, "folder")
                yield Problem(key="channel.folder_shared", place=place, values={"folder": folder, "other": owner})


def _useless_slots(config: Config, source: Source) -> Iterator[Problem]:
    """Slots at which the service of a channel takes nothing, or in which no post could be sent to its end."""
    for name, settings in config.channels.items():
        hours, longest = hard_hours(settings), settings.abilities.longest
        for slot, clock in settings.slots.items():
            place = source.place("channels", name, "slots", slot)
            if hours and not hours.hold(clock.at, clock.until):
                values: dict[str, object] = {"open": f"{hours.open:%H:%M}", "close": f"{hours.close:%H:%M}"}
                yield Problem(key="channel.out_of_hours", place=place, values=values)
            elif is_too_short(clock.at, clock.until, longest):
                minutes = ceil(longest / timedelta(minutes=1))
                yield Problem(key="channel.slot_short", place=place, values={"minutes": minutes})


def find_workspace(start: Path) -> Path:
    """From ``start`` upward, the first folder with a config.yaml. Raises LoaError (``workspace.none``)."""
    for folder in (start, *start.parents):
        if (folder / CONFIG).is_file():
            return folder
    raise mistake("workspace.none", Place(file=str(start)))


def read_campaign(path: Path, shown: str) -> CampaignFile:
    """Read and build a campaign file; its name must be the campaign's. Raises LoaError with every mistake."""
    source = read_source(path, shown)
    campaign = build(Campaign, source)
    if path.stem != campaign.campaign:
        raise mistake("campaign.name", source.place("campaign"), name=campaign.campaign, file=path.stem)
    return CampaignFile(campaign=campaign, source=source)
