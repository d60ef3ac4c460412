"""Whether the public still finds what was published; whatever comes out, it stays published in the ledger."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from channels.answers import ChannelFailure
from loa.core.errors import LoaError, Place, Problem
from loa.delivery.office import Office
from loa.delivery.outcome import Outcome, Result, problem_of
from loa.delivery.recover import ASK_AGAIN
from loa.delivery.settling import Desk, Now, note_account
from loa.ledger.model import Claim, StaleFenceError, State
from loa.ledger.store import Ledger


def see(occurrence_id: int, *, ledger: Ledger, office: Office, now: Now) -> Outcome | None:
    """Look whether one published post is still public; None when it is, or in the hands of another process.

    Raises what nobody foresaw; then too it is looked at again later, and by nobody before.
    """
    entry = ledger.entry(occurrence_id)
    try:
        channel = office.channel(entry.occurrence.channel, rehearsal=ledger.rehearsal)
    except LoaError:
        return None
    claim = ledger.take(entry.id, State.PUBLISHED, now())
    if claim is None:
        return None
    desk = Desk(entry=entry, channel=channel, ledger=ledger, now=now)
    try:
        return _see(desk, claim)
    except StaleFenceError:
        return None
    except Exception:
        with suppress(StaleFenceError):
            _again_later(desk, claim)
        raise


def _see(desk: Desk, claim: Claim) -> Outcome | None:
    now = desk.now()
    try:
        is_live = desk.channel.is_live(desk.entry.remote_id)
    except ChannelFailure as failure:
        note_account(desk, failure, problem_of(failure, desk.channel_name))
        _again_later(desk, claim)
        return desk.outcome(Result.LEFT, failure=failure)
    if is_live:
        desk.ledger.settle_seen(claim, seen=True, now=now, next_at=_next_check(desk, now))
        return None
    desk.ledger.settle_seen(claim, seen=False, gone_since=now, now=now, next_at=None)
    problem = Problem(
        key="delivery.gone", place=Place(part=desk.entry.occurrence.key), values={"link": desk.entry.link}
    )
    return desk.outcome(Result.GONE, (problem,), link=desk.entry.link)


def _again_later(desk: Desk, claim: Claim) -> None:
    """Nobody could tell."""
    desk.ledger.settle_seen(claim, seen=False, now=desk.now(), next_at=desk.now() + ASK_AGAIN)


def _next_check(desk: Desk, now: datetime) -> datetime | None:
    """The first of the channel's checks that is still to come."""
    published = desk.entry.published_at or now
    return next((published + check for check in desk.channel.abilities.checks if published + check > now), None)
