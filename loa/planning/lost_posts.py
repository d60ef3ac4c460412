"""Names in announcements that stand for nothing, and what a channel of theirs could never carry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from math import ceil

from channels import hard_hours
from loa.core.errors import LoaError, Place, Problem
from loa.planning.announcement import Announcement, AnnouncementImage, Where
from loa.planning.lateness import is_too_short
from loa.planning.workspace import CampaignFile, Workspace
from notices.model import Appendix, DocumentSpec, Issued


@dataclass(frozen=True, kw_only=True)
class _Part:
    """What the announcement, or its version for one channel, brings along of its own."""

    where: Where  # below ``announcements``
    image: AnnouncementImage | None
    images: Iterable[AnnouncementImage]
    attach: list[str]

    def pictures(self) -> Iterator[tuple[Where, AnnouncementImage]]:
        if self.image is not None:
            yield (*self.where, "image"), self.image
        for index, image in enumerate(self.images):
            yield (*self.where, "images", index), image


def find_lost_posts(file: CampaignFile, workspace: Workspace) -> Iterator[Problem]:
    """Channels, slots, versions, documents and pictures that are not there; what a channel has no way to show."""
    for name, announcement in file.campaign.announcements.items():
        for part in _parts(name, announcement):
            yield from _lost_attachments(file, part)
            for where, image in part.pictures():
                yield from _lost_picture(file, workspace, where, image)
        yield from _lost_channels(file, workspace, name, announcement)
        yield from _lost_slots(file, workspace, name, announcement)
        yield from _without_website(file, workspace, name, announcement)


def _parts(name: str, announcement: Announcement) -> Iterator[_Part]:
    yield _Part(where=(name,), image=announcement.image, images=announcement.images, attach=announcement.attach)
    for channel, version in announcement.versions.items():
        where = (name, "versions", channel)
        yield _Part(where=where, image=version.image, images=version.images or (), attach=version.attach or [])


def _lost_attachments(file: CampaignFile, part: _Part) -> Iterator[Problem]:
    documents = file.campaign.documents
    for index, key in enumerate(part.attach):
        place = _place(file, *part.where, "attach", index)
        if key not in documents:
            yield Problem(key="announcement.no_document", place=place, values=_unknown(key, documents))
        elif key in part.attach[:index] or _goes_along(key, part.attach, documents):
            yield Problem(key="announcement.document_twice", place=place, values={"name": key})
        elif _is_restricted(documents[key]):
            yield Problem(key="announcement.restricted", place=place, values={"name": key})


def _goes_along(key: str, attached: Iterable[str], documents: Mapping[str, DocumentSpec]) -> bool:
    """Whether an appendix is a file that goes out with one of these papers anyway."""
    papers = (documents.get(name) for name in attached)
    return isinstance(documents[key], Appendix) and any(isinstance(p, Issued) and key in p.apart for p in papers)


def _is_restricted(spec: DocumentSpec) -> bool:
    """Whether a paper says of itself that it is not for everyone (I/1-III.2c)."""
    return isinstance(spec, Issued) and spec.circulation is not None


def _lost_picture(
    file: CampaignFile, workspace: Workspace, where: Where, image: AnnouncementImage
) -> Iterator[Problem]:
    documents = file.campaign.documents
    if image.document is not None:
        place = _place(file, *where, "document")
        if image.document not in documents:
            yield Problem(key="announcement.no_document", place=place, values=_unknown(image.document, documents))
        elif _is_restricted(documents[image.document]):
            yield Problem(key="announcement.restricted", place=place, values={"name": image.document})
    if image.file is not None:
        try:
            workspace.picture(image.file, _place(file, *where, "file"))
        except LoaError as error:
            yield from error.problems


def _lost_channels(
    file: CampaignFile, workspace: Workspace, name: str, announcement: Announcement
) -> Iterator[Problem]:
    known = workspace.config.channels
    for index, channel in enumerate(announcement.channels):
        place = _place(file, name, "channels", index)
        if channel not in known:
            yield Problem(key="announcement.no_channel", place=place, values=_unknown(channel, known))
        elif channel in announcement.channels[:index]:
            yield Problem(key="announcement.channel_twice", place=place, values={"name": channel})
    for channel in announcement.versions:
        if channel not in announcement.channels:
            place = file.source.place("announcements", name, "versions", channel, key=True)
            yield Problem(key="announcement.no_version", place=place, values=_unknown(channel, announcement.channels))


def _lost_slots(file: CampaignFile, workspace: Workspace, name: str, announcement: Announcement) -> Iterator[Problem]:
    channels = workspace.config.channels
    for channel in dict.fromkeys(c for c in announcement.channels if c in channels):
        slots, hours = channels[channel].slots, hard_hours(channels[channel])
        longest = channels[channel].abilities.longest
        for index, rule in enumerate(announcement.post):
            for number, slot in enumerate(rule.slot_names):
                if slot not in slots:
                    place = _place(file, name, "post", index, *(("slot",) if rule.slot else ("slots", number)))
                    values = _unknown(slot, slots) | {"channel": channel}
                    yield Problem(key="announcement.no_slot", place=place, values=values)
            if rule.at is not None and hours and not hours.hold(rule.at, rule.at):
                place = _place(file, name, "post", index, "at")
                values = {"channel": channel, "open": f"{hours.open:%H:%M}", "close": f"{hours.close:%H:%M}"}
                yield Problem(key="announcement.out_of_hours", place=place, values=values)
            elif rule.at is not None and is_too_short(rule.at, time.max, longest):
                place = _place(file, name, "post", index, "at")
                values = {"channel": channel, "minutes": ceil(longest / timedelta(minutes=1))}
                yield Problem(key="announcement.too_late", place=place, values=values)


def _without_website(
    file: CampaignFile, workspace: Workspace, name: str, announcement: Announcement
) -> Iterator[Problem]:
    """Pictures and files that only a website could give a public address, where no channel is one."""
    settings = workspace.config.channels
    abilities = {
        index: settings[channel].abilities for index, channel in enumerate(announcement.channels) if channel in settings
    }
    if any(ability.gives_page for ability in abilities.values()):
        return
    for index, ability in abilities.items():
        channel = announcement.channels[index]
        content = announcement.on(channel)
        place, values = _place(file, name, "channels", index), {"channel": channel}
        if ability.pictures.by_address and content.images:
            yield Problem(key="announcement.needs_website", place=place, values=values)
        if content.attach and not ability.files:
            yield Problem(key="announcement.no_files", place=place, values=values)


def _place(file: CampaignFile, *where: str | int) -> Place:
    return file.source.place("announcements", *where)


def _unknown(name: str, known: Iterable[str]) -> dict[str, object]:
    return {"name": name, "known": ", ".join(known) or "–"}
