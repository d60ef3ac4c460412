"""What an earlier pass left open: ask the channel whether the post is out there before anything is sent again."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from channels.answers import ChannelFailure, Processing, Rejected
from channels.base import Sought
from loa.core.errors import LoaError, Place, Problem
from loa.delivery.going_ahead import GoAhead
from loa.delivery.office import Office
from loa.delivery.outcome import Outcome, Result, bug, problem_of
from loa.delivery.settling import OTHERS, Desk, Now, note_account, settle_answer, settle_rejected
from loa.ledger.model import Claim, StaleFenceError, State, Stop
from loa.ledger.store import Ledger
from loa.planning.lateness import deadline, is_late

# After a look-up that got no answer, and between questions about what the far side works on.
ASK_AGAIN = timedelta(minutes=5)
# For so long the far side is asked; then a person.
GIVE_UP = timedelta(hours=24)


def look_up(occurrence_id: int, *, ledger: Ledger, office: Office, now: Now) -> Outcome | None:
    """Settle one occurrence of unknown outcome by asking its channel; nothing is sent.

    Found: published, adopted. Certainly absent: None, and it waits to be sent again, but only where that leaves one
    post at most; elsewhere a person has to look. Raises what nobody foresaw.
    """
    return _ask(occurrence_id, State.UNKNOWN, ledger=ledger, office=office, now=now)


def follow(occurrence_id: int, *, ledger: Ledger, office: Office, now: Now) -> Outcome | None:
    """Ask what has become of one occurrence that the far side works on. Raises what nobody foresaw."""
    return _ask(occurrence_id, State.PROCESSING, ledger=ledger, office=office, now=now)


def _ask(occurrence_id: int, state: State, *, ledger: Ledger, office: Office, now: Now) -> Outcome | None:
    entry = ledger.entry(occurrence_id)
    try:
        channel = office.channel(entry.occurrence.channel, rehearsal=ledger.rehearsal)
    except LoaError as error:
        return Outcome(id=entry.id, occurrence=entry.occurrence, result=Result.HELD, problems=error.problems)
    stopped = state is State.PROCESSING and ledger.stop(entry, now()) is Stop.PAUSED  # its end may tell followers
    claim = None if stopped else ledger.take(entry.id, state, now())
    if claim is None:
        return Outcome(id=entry.id, occurrence=entry.occurrence, result=Result.LEFT)
    desk = Desk(entry=ledger.entry(entry.id), channel=channel, ledger=ledger, now=now)  # as it was when it was taken
    try:
        return _wait(desk, claim) or _settle(desk, claim, _sought(desk, claim, office))
    except StaleFenceError:
        return desk.outcome(Result.LEFT)
    except Exception as error:
        _ask_again(desk, claim, bug(error, entry.occurrence.key), now() + ASK_AGAIN)
        raise


def _wait(desk: Desk, claim: Claim) -> Outcome | None:
    """A process that died while sending left no time for its doubt to settle: what it sent may still come."""
    sent = desk.ledger.sent(desk.entry.id)
    settled_at = sent.last + desk.channel.abilities.doubt.settle if sent else desk.now()
    if claim.state is not State.UNKNOWN or desk.now() >= settled_at:
        return None
    _leave_open(desk, claim, desk.entry.trouble, settled_at)
    return desk.outcome(Result.LEFT)


def _settle(desk: Desk, claim: Claim, sought: Sought) -> Outcome | None:
    ask = desk.channel.look_up if claim.state is State.UNKNOWN else desk.channel.follow
    try:
        found = ask(sought)
    except ChannelFailure as failure:
        return _unanswered(desk, claim, failure)
    if found is None:
        return _absent(desk, claim)
    if isinstance(found, Processing) and desk.now() - sought.since > GIVE_UP:
        problem = Problem(key="delivery.still_processing", place=Place(part=desk.channel_name))
        return _ask_again(desk, claim, problem, None)
    return settle_answer(desk, claim, found, adopted=claim.state is State.UNKNOWN)


def _unanswered(desk: Desk, claim: Claim, failure: ChannelFailure) -> Outcome:
    """No answer is not an absence. What the far side gave up is refused for good."""
    if isinstance(failure, Rejected):
        return settle_rejected(desk, claim, failure)
    problem = problem_of(failure, desk.channel_name)
    note_account(desk, failure, problem)
    at_once = desk.channel.abilities.repeatable
    return _ask_again(desk, claim, problem, None if at_once else desk.now() + ASK_AGAIN, failure)


def _ask_again(
    desk: Desk, claim: Claim, problem: Problem, next_at: datetime | None, failure: ChannelFailure | None = None
) -> Outcome:
    """The far side is asked again, but not for ever: then a person has to look."""
    sent, now = desk.ledger.sent(desk.entry.id), desk.now()
    if sent and now - sent.since > GIVE_UP:
        desk.ledger.settle_needs_person(claim, [problem], now)
        return desk.outcome(Result.NEEDS_PERSON, (problem,), failure=failure)
    _leave_open(desk, claim, (problem,), next_at)
    return desk.outcome(Result.UNKNOWN, (problem,), failure=failure)


def _leave_open(desk: Desk, claim: Claim, problems: tuple[Problem, ...], next_at: datetime | None) -> None:
    """It stays what it is until the next question."""
    if claim.state is State.PROCESSING:
        desk.ledger.settle_processing(claim, desk.now(), next_at=next_at or desk.now(), problems=problems)
    else:
        desk.ledger.settle_unknown(claim, problems, desk.now(), next_at=next_at, looks=desk.entry.looks)


def _absent(desk: Desk, claim: Claim) -> Outcome | None:
    """Nothing found: look again as often as the channel asks for, then send again where that is safe."""
    doubt, looks, now = desk.channel.abilities.doubt, desk.entry.looks, desk.now()
    place = Place(part=desk.channel_name)
    if looks < len(doubt.looks):
        problem = Problem(key="delivery.not_found_yet", place=place)
        desk.ledger.settle_unknown(claim, [problem], now, next_at=now + doubt.looks[looks], looks=looks + 1)
        return desk.outcome(Result.UNKNOWN, (problem,))
    # Where doubt needs no time to settle, absent is absent; elsewhere only a person can say so once it is too late.
    if doubt.resend and (not doubt.settle or not is_late(desk.entry.occurrence, now)):
        desk.ledger.settle_absent(claim, now)
        return None
    problem = Problem(key="delivery.not_found", place=place)
    desk.ledger.settle_needs_person(claim, [problem], now)
    return desk.outcome(Result.NEEDS_PERSON, (problem,))


def _sought(desk: Desk, claim: Claim, office: Office) -> Sought:
    """What its tries sent. Every occurrence in doubt has had one."""
    sent = desk.ledger.sent(desk.entry.id)
    if sent is None:
        raise RuntimeError(f"occurrence {desk.entry.id} is in doubt and was never sent")
    return Sought(
        marker=sent.marker,
        title=sent.title,
        text=sent.text,
        page=sent.page,
        since=sent.since,
        steps=sent.steps,
        others=desk.ledger.others(desk.entry.id, sent.since - OTHERS),
        until=_until(desk, office),
        go_ahead=GoAhead(desk=desk, claim=claim),
    )


def _until(desk: Desk, office: Office) -> datetime:
    """When the public may be told nothing more of it: the end of the window; now, once somebody has withdrawn it."""
    own = desk.entry.occurrence
    if desk.entry.recalled_by:
        return desk.now()
    try:
        last = office.campaign(own.campaign).window.to
    except LoaError:
        return deadline(own)
    return datetime.combine(last + timedelta(days=1), time(0), ZoneInfo(own.zone))
