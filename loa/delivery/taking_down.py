"""What was withdrawn while nobody knew whether it was out there, and turned out to be, is taken down."""

from __future__ import annotations

from channels.answers import ChannelFailure
from loa.core.errors import LoaError
from loa.delivery.office import Office
from loa.delivery.outcome import Outcome, Result, problem_of
from loa.delivery.recall import request
from loa.delivery.recover import ASK_AGAIN
from loa.delivery.settling import Desk, Now, note_account
from loa.ledger.model import Claim, StaleFenceError, State
from loa.ledger.store import Ledger


def take_down(occurrence_id: int, *, ledger: Ledger, office: Office, now: Now) -> Outcome | None:
    """Take one down, or ask a person where the channel cannot; None when another process is at it.

    Raises LoaError when the ledger cannot be written, and what nobody foresaw.
    """
    entry = ledger.entry(occurrence_id)
    told = {"by": entry.recalled_by, "why": entry.recalled}
    try:
        channel = office.channel(entry.occurrence.channel, rehearsal=ledger.rehearsal)
        can = channel.abilities.withdraws and not channel.abilities.by_hand and bool(entry.remote_id)
    except LoaError:
        can = False
    try:
        if entry.state is not State.PUBLISHED or not can:
            asked = request("delivery.take_down", entry, entry.recalled)
            ledger.decisions.ask(entry, asked, now=now(), **told)
            return Outcome(id=entry.id, occurrence=entry.occurrence, result=Result.NEEDS_PERSON, problems=(asked,))
        claim = ledger.take(entry.id, State.PUBLISHED, now())
        if claim is None:
            return None
        return _withdraw(Desk(entry=entry, channel=channel, ledger=ledger, now=now), claim)
    except StaleFenceError:
        return None


def _withdraw(desk: Desk, claim: Claim) -> Outcome:
    entry = desk.entry
    try:
        desk.channel.withdraw(entry.remote_id, entry.recalled)
    except ChannelFailure as failure:
        problem = problem_of(failure, desk.channel_name)
        note_account(desk, failure, problem)
        desk.ledger.settle_seen(claim, seen=False, now=desk.now(), next_at=desk.now() + ASK_AGAIN)
        return desk.outcome(Result.NOT_WITHDRAWN, (problem,), failure=failure)
    desk.ledger.decisions.withdrawn(entry, by=entry.recalled_by, why=entry.recalled, now=desk.now())
    return desk.outcome(Result.WITHDRAWN)
