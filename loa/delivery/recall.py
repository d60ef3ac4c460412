"""An announcement is taken back or put right: all that is live and all that is still planned, on every channel."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from channels.answers import ChannelFailure
from channels.base import Channel, NoSteps
from channels.post import Post
from loa.core.errors import LoaError, Place, Problem
from loa.delivery.approving import contents
from loa.delivery.choosing import find_some
from loa.delivery.holding import UNSENT, Decision, decide
from loa.delivery.office import Office
from loa.delivery.outcome import bug, problem_of
from loa.delivery.page import Waits, find_page
from loa.delivery.prepare import NO_PAGE
from loa.delivery.settling import Desk, Now, note_account
from loa.ledger.model import Entry, StaleFenceError, State
from loa.ledger.store import Ledger


class Recall(StrEnum):
    """What is to be done to what is out there."""

    WITHDRAW = "withdraw"
    CORRECT = "correct"


@dataclass(frozen=True, kw_only=True)
class Sorted:
    """Every occurrence of an announcement that a recall concerns, each in one place and by time."""

    by_channel: tuple[Entry, ...]  # live; the channel does it
    by_person: tuple[Entry, ...]  # live or handed over, where a person has to do it
    in_doubt: tuple[Entry, ...]  # being sent, or nobody knows: the recall has to be repeated
    planned: tuple[Entry, ...]  # not sent yet
    kits: Path | None  # of printed matter that carries the words too, where there are any


@dataclass(frozen=True, kw_only=True)
class Recalled:
    """What was done, as far as it could be."""

    done: tuple[Entry, ...]  # on their channels
    failed: tuple[tuple[Entry, Problem], ...]  # still out there as they were: repeat the recall
    cancelled: tuple[Entry, ...]  # that had been planned


def sort_out(ledger: Ledger, office: Office, campaign: str, announcement: str, recall: Recall, kits: Path) -> Sorted:
    """What a recall of an announcement would do. ``kits`` is the folder where the campaign's kits would lie.

    Raises LoaError (``decision.nothing_recorded``) when the ledger has none of it.
    """
    entries = find_some(ledger, campaign, announcement)
    live = [entry for entry in entries if entry.state is State.PUBLISHED]
    by_channel = {entry.id for entry in live if _does_it(office, entry, recall, rehearsal=ledger.rehearsal)}
    doubtful = {State.SENDING, State.PROCESSING, State.UNKNOWN, State.NEEDS_PERSON}
    return Sorted(
        by_channel=tuple(entry for entry in live if entry.id in by_channel),
        by_person=tuple(
            entry
            for entry in entries
            if entry.state is State.HANDED or (entry.state is State.PUBLISHED and entry.id not in by_channel)
        ),
        in_doubt=tuple(entry for entry in entries if entry.state in doubtful),
        planned=tuple(entry for entry in entries if entry.state in UNSENT),
        kits=kits if kits.is_dir() and any(kits.iterdir()) else None,
    )


def withdraw(ledger: Ledger, office: Office, found: Sorted, *, by: str, why: str, now: Now) -> Recalled:
    """Call off what is planned, then take down what is live. Repeating it goes on where it stopped.

    A channel that fails stops no other.
    """
    planned = decide(ledger, found.planned, Decision.CANCEL, by=by, why=why, now=now())

    def take_down(channel: Channel, entry: Entry) -> None:
        channel.withdraw(entry.remote_id, why)
        ledger.decisions.withdrawn(entry, by=by, why=why, now=now())

    done, failed = _on_each(ledger, office, found.by_channel, take_down, now)
    return Recalled(done=done, failed=failed, cancelled=planned.done)


def correct(ledger: Ledger, office: Office, found: Sorted, *, by: str, why: str, now: Now) -> Recalled:
    """Replace what is live by today's content; what is planned goes out with it anyway. May be repeated.

    A channel that fails stops no other. Raises LoaError, and nothing has been replaced then: mistakes in the words,
    or ``delivery.unapproved`` where somebody has to approve the new content first.
    """
    posts = {entry.id: _new_post(ledger, office, entry, now()) for entry in found.by_channel}
    if office.must_be_approved() and (first := next(iter((*found.by_channel, *found.by_person, *found.planned)), None)):
        _require_approval(ledger, office, first)
        _require_approved_posts(ledger, found.by_channel, posts)

    def replace(channel: Channel, entry: Entry) -> None:
        channel.correct(entry.remote_id, posts[entry.id], NoSteps())
        ledger.decisions.corrected(entry, by=by, why=why, now=now())

    done, failed = _on_each(ledger, office, found.by_channel, replace, now)
    return Recalled(done=done, failed=failed, cancelled=())


def _on_each(
    ledger: Ledger, office: Office, entries: Iterable[Entry], act: Callable[[Channel, Entry], None], now: Now
) -> tuple[tuple[Entry, ...], tuple[tuple[Entry, Problem], ...]]:
    """Do it to each; those where it is done, and those where it failed with the reason."""
    done: list[Entry] = []
    failed: list[tuple[Entry, Problem]] = []
    for entry in entries:
        if problem := _attempt(ledger, office, entry, act, now):
            failed.append((entry, problem))
        else:
            done.append(entry)
    return tuple(done), tuple(failed)


def _attempt(
    ledger: Ledger, office: Office, entry: Entry, act: Callable[[Channel, Entry], None], now: Now
) -> Problem | None:
    """Why it could not be done, if so."""
    channel = office.channel(entry.occurrence.channel, rehearsal=ledger.rehearsal)
    try:
        act(channel, entry)
    except ChannelFailure as failure:
        problem = problem_of(failure, entry.occurrence.channel)
        note_account(Desk(entry=entry, channel=channel, ledger=ledger, now=now), failure, problem)
        return problem
    except StaleFenceError:
        return None  # another process has just done the same
    except LoaError:
        raise  # the ledger cannot be written: nothing more is done that it could not tell
    except Exception as error:
        return bug(error, entry.occurrence.key)
    return None


def _does_it(office: Office, entry: Entry, recall: Recall, *, rehearsal: bool) -> bool:
    """Whether the channel can do it: it is still there, has the ability, and knows the post by a name of its own."""
    try:
        abilities = office.channel(entry.occurrence.channel, rehearsal=rehearsal).abilities
    except LoaError:
        return False
    can = abilities.withdraws if recall is Recall.WITHDRAW else abilities.corrects
    return can and not abilities.by_hand and bool(entry.remote_id)


def _new_post(ledger: Ledger, office: Office, entry: Entry, now: datetime) -> Post:
    campaign = office.campaign(entry.occurrence.campaign)
    page = find_page(entry, ledger, office, now)
    return office.prepare(campaign, entry.occurrence, NO_PAGE if isinstance(page, Waits) else page)


def _require_approval(ledger: Ledger, office: Office, entry: Entry) -> None:
    """Raise LoaError when somebody still has to approve the present content of an announcement on its channels."""
    campaign, announcement = office.campaign(entry.occurrence.campaign), entry.occurrence.announcement
    if not all(content.is_approved for content in contents(campaign, announcement, office, ledger)):
        raise LoaError(_unapproved(entry))


def _require_approved_posts(ledger: Ledger, entries: Iterable[Entry], posts: dict[int, Post]) -> None:
    """The same of each post, for a channel that the announcement no longer names."""
    for entry in entries:
        own = entry.occurrence
        if ledger.decisions.approved(own.campaign, own.announcement, own.channel) != posts[entry.id].content_sha256():
            raise LoaError(_unapproved(entry))


def _unapproved(entry: Entry) -> Problem:
    told = {"announcement": entry.occurrence.announcement}
    return Problem(key="delivery.unapproved", place=Place(part=entry.occurrence.key), values=told)
