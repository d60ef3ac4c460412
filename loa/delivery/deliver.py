"""The one sender: whoever wants an occurrence out calls ``deliver``, and it goes out once.

Row, send, outcome, in that order. The intent is on disk before the channel is asked, so a process that dies at any
point leaves a trace that says whether the post may be out there; ``loa.delivery.recover`` reads it.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from channels.answers import ChannelFailure, Rejected
from channels.base import Sought
from channels.post import Post
from loa.core.errors import LoaError, Place, Problem
from loa.delivery.going_ahead import LedgerSteps
from loa.delivery.office import Office
from loa.delivery.outcome import Outcome, Result, bug, problem_of, silence_of
from loa.delivery.page import Waits, find_page
from loa.delivery.settling import (
    OTHERS,
    Desk,
    Now,
    next_try,
    note_account,
    settle_answer,
    settle_failure,
    settle_rejected,
    settle_skip,
)
from loa.delivery.shifting import moved_to, why_not_on
from loa.ledger.gate import TOLERANCE
from loa.ledger.model import Claim, Entry, Sending, Skip, StaleFenceError, State, Stop
from loa.ledger.store import Ledger
from loa.planning.lateness import is_late, is_too_close

log = logging.getLogger(__name__)

# A clock that is further off than this sends nothing: it might be too early, or another day.
DRIFT = timedelta(minutes=2)
# Until a page, or what somebody stopped, is looked at again.
_PATIENCE = timedelta(minutes=1)
# The same of what was not approved: an approval wakes it.
_UNAPPROVED_PATIENCE = timedelta(minutes=5)
# For these nothing need be prepared to know that nothing goes out.
_EARLY_STOPS = frozenset({Stop.PAUSED, Stop.CLOCK, Stop.CLOSED, Stop.LIMITED})


def deliver(occurrence_id: int, *, ledger: Ledger, office: Office, now: Now) -> Outcome:
    """Send one occurrence if it is due, wanted today and free; safe to call any number of times, from anywhere.

    Raises LoaError when the ledger cannot be written (nothing is sent without the intent on disk), KeyError for an
    unknown id, and whatever nobody foresaw; then too the ledger says truly what may be out there.
    """
    entry = ledger.entry(occurrence_id)
    if entry.state is not State.PLANNED or now() < max(filter(None, (entry.occurrence.starts_at, entry.next_at))):
        return _outcome(entry, Result.LEFT)
    try:
        if is_late(entry.occurrence, now()):
            return _settle_late(entry, ledger, office, now)
        return _deliver_in_time(entry, ledger, office, now)
    except StaleFenceError:
        return _outcome(entry, Result.LEFT)


def _settle_late(entry: Entry, ledger: Ledger, office: Office, now: Now) -> Outcome:
    """Skip what is too late, but for what turns out to be there. What is paused is not skipped."""
    stop = ledger.stop(entry, now())
    if stop in {Stop.PAUSED, Stop.CLOCK}:  # whoever lets go on decides what becomes of it
        return _outcome(entry, Result.LEFT)
    claim = ledger.claim(entry.id, now())
    if claim is None:
        return _outcome(entry, Result.LEFT)
    failure: ChannelFailure | None = None
    try:
        found = _adopt_late(entry, claim, ledger, office, now) if stop is None else None
    except ChannelFailure as error:
        found, failure = None, error
    except (StaleFenceError, LoaError):
        raise
    except Exception:  # it is too late whatever a bug of ours keeps us from seeing
        log.exception(
            "A bug of ours kept a late post from being looked up.", extra={"occurrence": entry.occurrence.key}
        )
        found = None
    if found:
        return found
    ledger.skip(claim, Skip.LATE, now())
    return Outcome(
        id=entry.id,
        occurrence=entry.occurrence,
        result=Result.SKIPPED,
        reason=Skip.LATE,
        silence=silence_of(failure) if failure else 0,
    )


def _adopt_late(entry: Entry, claim: Claim, ledger: Ledger, office: Office, now: Now) -> Outcome | None:
    """What is there although this ledger never sent it: an old backup was restored, and the slot has ended since.

    Being late needs neither a campaign file nor a channel: where they are broken, nobody can look. Raises
    ChannelFailure when the channel could not say.
    """
    try:
        channel = office.channel(entry.occurrence.channel, rehearsal=ledger.rehearsal)
        if not channel.abilities.looks_first:
            return None
        post = office.prepare(office.campaign(entry.occurrence.campaign), entry.occurrence)
    except LoaError:
        return None
    return _adopt_if_there(Desk(entry=entry, channel=channel, ledger=ledger, now=now), claim, post)


def _deliver_in_time(entry: Entry, ledger: Ledger, office: Office, now: Now) -> Outcome:
    stop = ledger.stop(entry, now())
    if stop in _EARLY_STOPS:
        problems = _told(entry, ledger, stop)
        return _outcome(entry, Result.HELD if problems else Result.LEFT, problems)
    try:
        office.campaign(entry.occurrence.campaign)
        channel = office.channel(entry.occurrence.channel, rehearsal=ledger.rehearsal)
    except LoaError as error:
        return _outcome(entry, Result.HELD, error.problems)
    claim = ledger.claim(entry.id, now())
    if claim is None:
        return _outcome(entry, Result.LEFT)
    # Read again: what was decided of it before it was claimed counts.
    desk = Desk(entry=ledger.entry(entry.id), channel=channel, ledger=ledger, now=now)
    try:
        ready = _make_ready(desk, claim, office)
        if isinstance(ready, Outcome):
            return ready
        begun = _begin(desk, claim, ready, office)
    except StaleFenceError:
        raise
    except LoaError as error:
        ledger.release(claim, error.problems, now())
        return desk.outcome(Result.NOT_SENT, error.problems)
    except Exception as error:
        ledger.release(claim, [bug(error, entry.occurrence.key)], now())
        raise
    return begun if isinstance(begun, Outcome) else _send(desk, begun, ready)


def _make_ready(desk: Desk, claim: Claim, office: Office) -> Post | Outcome:
    """The post as it is today, or why there is none. Raises LoaError for mistakes in its words."""
    entry, ledger, now = desk.entry, desk.ledger, desk.now
    if reason := _unwanted(desk, office):
        return settle_skip(desk, claim, reason)
    page = find_page(entry, ledger, office, now())
    if isinstance(page, Waits):
        ledger.release(claim, [], now(), next_at=now() + _PATIENCE)
        return desk.outcome(Result.LEFT)
    post = office.prepare(office.campaign(entry.occurrence.campaign), entry.occurrence, page)
    if desk.channel.abilities.pictures.by_address and any(not picture.address for picture in post.pictures):
        return settle_skip(desk, claim, Skip.NO_PAGE)
    if is_too_close(entry.occurrence, now(), desk.channel.abilities.longest):
        return settle_skip(desk, claim, Skip.LATE)  # preparing took time, and so does sending
    return post


def _unwanted(desk: Desk, office: Office) -> Skip | None:
    """Why nobody asks any more for what was recorded, if so: today's campaign file, or a later one in its place."""
    if reason := _dropped(desk.entry, office):
        return reason
    later = map(desk.ledger.entry, desk.ledger.later_due(desk.entry.id, desk.now()))
    return Skip.SUPERSEDED if any(_stands_in(one, desk, office) for one in later) else None


def _dropped(entry: Entry, office: Office) -> Skip | None:
    """Why today's campaign file no longer asks for ``entry``, if so."""
    if not office.is_planned(entry.occurrence):
        return office.why_not(entry.occurrence)
    return why_not_on(moved_to(entry.occurrence), entry.occurrence, office) if entry.is_shifted else None


def _stands_in(later: Entry, desk: Desk, office: Office) -> bool:
    """Whether ``later`` was sent, or is about to be: what will be skipped itself leaves its place to an earlier one."""
    if later.state is not State.PLANNED:
        return True
    is_over = is_too_close(later.occurrence, desk.now(), desk.channel.abilities.longest)
    return not is_over and not _dropped(later, office)


def _begin(desk: Desk, claim: Claim, post: Post, office: Office) -> Claim | Outcome:
    """Look at everything that may stop a sending and commit the intent: the claim to send with, or what came of it."""
    ledger, now, abilities = desk.ledger, desk.now, desk.channel.abilities
    sending, must_be_approved = _sending(post), office.must_be_approved()
    content = sending.content_sha256 if must_be_approved else None
    if stop := ledger.stop(desk.entry, now(), content_sha256=content):
        return _stopped(desk, claim, stop)
    if abilities.looks_first and (found := _look_first(desk, claim, post)):
        return found
    offset = desk.channel.clock_offset()
    if offset is not None and abs(offset) > DRIFT:
        return _stopped(desk, claim, Stop.CLOCK, clock_off=offset)
    if is_too_close(desk.entry.occurrence, now(), abilities.longest):
        return settle_skip(desk, claim, Skip.LATE)  # once more: the computer may have slept since
    begun = ledger.begin_attempt(claim, sending, now(), approved=must_be_approved, alone=not abilities.repeatable)
    return _stopped(desk, claim, begun) if isinstance(begun, Stop) else begun


def _look_first(desk: Desk, claim: Claim, post: Post) -> Outcome | None:
    """What became of it when it is out there already, or when nobody could say; None when it is not."""
    try:
        return _adopt_if_there(desk, claim, post)
    except Rejected as refusal:  # it was there, and somebody took it down
        return settle_rejected(desk, claim, refusal)
    except ChannelFailure as failure:
        return _not_begun(desk, claim, failure)


def _adopt_if_there(desk: Desk, claim: Claim, post: Post) -> Outcome | None:
    """Take it as published if the channel has it: a restored ledger knows of its tries, and not of the last one.

    Raises ChannelFailure when the channel could not say.
    """
    since = desk.entry.occurrence.starts_at
    others = desk.ledger.others(desk.entry.id, since - OTHERS)
    sought = Sought(
        marker=post.marker, title=post.title, text=post.text, page=post.page, since=since, others=others, until=since
    )
    found = desk.channel.look_up(sought)
    if found is None:
        return None
    return settle_answer(desk, desk.ledger.adopt(claim, _sending(post), desk.now()), found, adopted=True)


def _send(desk: Desk, claim: Claim, post: Post) -> Outcome:
    """Ask the channel once and write down what it answered."""
    try:
        answer = desk.channel.publish(post, LedgerSteps(desk, claim))
    except ChannelFailure as failure:
        return settle_failure(desk, claim, failure)
    except StaleFenceError:
        raise
    except Exception as error:
        doubt = desk.channel.abilities.doubt
        problem = bug(error, desk.entry.occurrence.key)
        desk.ledger.settle_unknown(claim, [problem], desk.now(), next_at=desk.now() + doubt.settle)
        raise
    return settle_answer(desk, claim, answer)


def _stopped(desk: Desk, claim: Claim, stop: Stop, *, clock_off: timedelta = TOLERANCE) -> Outcome:
    """Nothing may be sent now. What a person has to do about it is told; what passes by itself is not."""
    problems = _told(desk.entry, desk.ledger, stop, clock_off)
    patience = _UNAPPROVED_PATIENCE if stop is Stop.UNAPPROVED else _PATIENCE
    desk.ledger.release(claim, problems, desk.now(), next_at=desk.now() + patience)
    return desk.outcome(Result.HELD if problems else Result.LEFT, problems)


def _told(entry: Entry, ledger: Ledger, stop: Stop, clock_off: timedelta = TOLERANCE) -> tuple[Problem, ...]:
    place = Place(part=entry.occurrence.key)
    match stop:
        case Stop.CLOSED:
            return ledger.accounts.of(entry.occurrence.channel).closed_for
        case Stop.UNAPPROVED:
            told = {"announcement": entry.occurrence.announcement}
            return (Problem(key="delivery.unapproved", place=place, values=told),)
        case Stop.CLOCK:
            minutes = round(abs(clock_off).total_seconds() / 60)
            return (Problem(key="delivery.clock", place=place, values={"minutes": minutes}),)
        case _:
            return ()


def _not_begun(desk: Desk, claim: Claim, failure: ChannelFailure) -> Outcome:
    """The service could not say whether the post is there already, so it was not sent."""
    problem = problem_of(failure, desk.channel_name)
    note_account(desk, failure, problem)
    desk.ledger.release(claim, [problem], desk.now(), next_at=next_try(desk, failure, desk.now()))
    return desk.outcome(Result.NOT_SENT, (problem,), failure=failure)


def _sending(post: Post) -> Sending:
    return Sending(
        marker=post.marker,
        payload_sha256=post.fingerprint(),
        content_sha256=post.content_sha256(),
        title=post.title,
        text=post.text,
        page=post.page,
    )


def _outcome(
    entry: Entry, result: Result, problems: tuple[Problem, ...] = (), *, reason: Skip | None = None
) -> Outcome:
    return Outcome(id=entry.id, occurrence=entry.occurrence, result=result, problems=problems, reason=reason)
