"""Which occurrences a recall concerns: all that is live and all that is still planned, on every channel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from channels.post import Post
from loa.core.errors import LoaError
from loa.delivery.approving import require_announcement
from loa.delivery.choosing import find_some
from loa.delivery.holding import UNSENT
from loa.delivery.office import Office
from loa.delivery.page import Waits, find_page
from loa.delivery.prepare import NO_PAGE
from loa.ledger.model import Entry, State
from loa.ledger.store import Ledger

_LIVE = frozenset({State.PUBLISHED, State.HANDED})
_DOUBTFUL = frozenset({State.SENDING, State.PROCESSING, State.UNKNOWN, State.NEEDS_PERSON})


class Recall(StrEnum):
    """What is to be done to what is out there."""

    WITHDRAW = "withdraw"
    CORRECT = "correct"


@dataclass(frozen=True, kw_only=True)
class Concerned:
    """Every occurrence of an announcement that a recall concerns, each in one place and by time."""

    campaign: str
    announcement: str
    by_channel: tuple[Entry, ...]  # live; the channel does it
    by_person: tuple[Entry, ...]  # live or handed over, where a person has to do it
    in_doubt: tuple[Entry, ...]  # being sent, or nobody knows: the recall has to be repeated
    planned: tuple[Entry, ...]  # not sent yet
    as_wanted: tuple[Entry, ...]  # for a correction: it says what today's file says
    posts: Mapping[int, Post]  # for a correction: the new content of each by its id, where its channel is still there
    kits: Path | None  # of printed matter that carries the words too, where there are any


def sort_out(
    ledger: Ledger, office: Office, campaign: str, announcement: str, recall: Recall, kits: Path, now: datetime
) -> Concerned:
    """What a recall of an announcement would do. ``kits`` is the folder where the campaign's kits would lie.

    Raises LoaError: ``decision.nothing_recorded`` when the ledger has none of it; for a correction, mistakes in the
    new words.
    """
    entries = find_some(ledger, campaign, announcement)
    live = [entry for entry in entries if entry.state in _LIVE]
    posts = _new_posts(ledger, office, live, now) if recall is Recall.CORRECT else {}
    done = {entry.id for entry in live if entry.id in posts and _says(entry, posts[entry.id])}
    by_channel = {entry.id for entry in live if _does_it(office, entry, recall, rehearsal=ledger.rehearsal)} - done
    return Concerned(
        campaign=campaign,
        announcement=announcement,
        by_channel=tuple(entry for entry in live if entry.id in by_channel),
        by_person=tuple(entry for entry in live if entry.id not in by_channel | done),
        in_doubt=tuple(entry for entry in entries if entry.state in _DOUBTFUL),
        planned=tuple(entry for entry in entries if entry.state in UNSENT),
        as_wanted=tuple(entry for entry in live if entry.id in done),
        posts=posts,
        kits=kits if kits.is_dir() and any(kits.iterdir()) else None,
    )


def _new_posts(ledger: Ledger, office: Office, entries: list[Entry], now: datetime) -> Mapping[int, Post]:
    """Raises LoaError (``announcement.unknown``) when the file no longer has the announcement."""
    posts: dict[int, Post] = {}
    for entry in entries:
        own = entry.occurrence
        if own.channel in office.config.channels:
            page = find_page(entry, ledger, office, now)
            campaign = office.campaign(own.campaign)
            require_announcement(campaign, own.announcement)
            posts[entry.id] = office.prepare(campaign, own, NO_PAGE if isinstance(page, Waits) else page)
    return posts


def _says(entry: Entry, post: Post) -> bool:
    """Whether what stands there is this content; what a person was asked to see to is not there yet."""
    return entry.content_sha256 == post.content_sha256() and not entry.trouble


def _does_it(office: Office, entry: Entry, recall: Recall, *, rehearsal: bool) -> bool:
    """Whether the channel can do it: it is still there, has the ability, and knows the post by a name of its own."""
    try:
        abilities = office.channel(entry.occurrence.channel, rehearsal=rehearsal).abilities
    except LoaError:
        return False
    can = abilities.withdraws if recall is Recall.WITHDRAW else abilities.corrects
    return can and not abilities.by_hand and bool(entry.remote_id) and entry.state is State.PUBLISHED
