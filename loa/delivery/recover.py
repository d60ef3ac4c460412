"""What an earlier pass left open: ask the channel whether the post is out there before anything is sent again."""

from __future__ import annotations

from channels.base import Channel, OutcomeUnknown, Receipt
from loa.core.errors import LoaError
from loa.delivery.deliver import Now
from loa.delivery.office import Office
from loa.delivery.outcome import Outcome, Result, bug, problem_of
from loa.ledger.model import Claim, Entry, StaleFenceError
from loa.ledger.store import Ledger


def look_up(occurrence_id: int, *, ledger: Ledger, office: Office, now: Now) -> Outcome | None:
    """Settle one occurrence of unknown outcome by asking its channel; nothing is sent.

    Found: published, adopted. Certainly absent: None, and it waits to be sent again, but only on a channel where
    sending twice leaves one post; elsewhere it stays unknown, for a listing may lag. Raises what nobody foresaw.
    """
    entry = ledger.entry(occurrence_id)
    try:
        channel = office.channel(entry.occurrence.channel, rehearsal=ledger.rehearsal)
    except LoaError as error:
        return Outcome(id=entry.id, occurrence=entry.occurrence, result=Result.HELD, problems=error.problems)
    claim = ledger.take_unknown(entry.id, now())
    if claim is None:
        return Outcome(id=entry.id, occurrence=entry.occurrence, result=Result.LEFT)
    try:
        return _settle(claim, entry, channel, ledger, now)
    except StaleFenceError:
        return Outcome(id=entry.id, occurrence=entry.occurrence, result=Result.LEFT)


def _settle(claim: Claim, entry: Entry, channel: Channel, ledger: Ledger, now: Now) -> Outcome | None:
    try:
        receipt = _ask(channel, entry.occurrence.code)
    except OutcomeUnknown as failure:
        problem = problem_of(failure, entry.occurrence.channel)
        ledger.settle_unknown(claim, [problem], now())
        return Outcome(id=entry.id, occurrence=entry.occurrence, result=Result.UNKNOWN, problems=(problem,))
    except Exception as error:
        ledger.settle_unknown(claim, [bug(error, entry.occurrence.key)], now())
        raise
    if receipt is None:
        ledger.settle_absent(claim, now())
        return None
    ledger.settle_published(
        claim,
        remote_id=receipt.remote_id,
        link=receipt.link,
        published_at=receipt.published_at,
        adopted=True,
        now=now(),
    )
    return Outcome(id=entry.id, occurrence=entry.occurrence, result=Result.PUBLISHED, link=receipt.link, adopted=True)


def _ask(channel: Channel, marker: str) -> Receipt | None:
    """What is out there; None only where that permits sending again."""
    receipt = channel.look_up(marker)
    if receipt is None and not channel.abilities.repeatable:
        raise OutcomeUnknown("delivery.not_found_yet")
    return receipt
