"""The one sender: whoever wants an occurrence out calls ``deliver``, and it goes out once.

Row, send, outcome, in that order. The intent is on disk before the channel is asked, so a process that dies at any
point leaves a trace that says whether the post may be out there; ``loa.delivery.recover`` reads it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from channels.answers import ChannelFailure, NotSent, OutcomeUnknown
from channels.base import Sought
from channels.post import Post
from loa.core.errors import LoaError, Place, Problem
from loa.delivery.lateness import is_late, is_too_close
from loa.delivery.office import Office
from loa.delivery.outcome import Outcome, Result, bug, problem_of
from loa.delivery.page import Waits, find_page
from loa.delivery.settling import Desk, Now, next_try, note_account, settle_answer, settle_failure, settle_skip
from loa.ledger.gate import TOLERANCE
from loa.ledger.model import Claim, Entry, Sending, Skip, StaleFenceError, State, Stop
from loa.ledger.store import Ledger
from loa.planning.model import Campaign
from loa.planning.plan import Occurrence

# A clock that is further off than this sends nothing: it might be too early, or another day.
DRIFT = timedelta(minutes=2)
_PATIENCE = timedelta(minutes=1)  # until a page is looked for again


def deliver(occurrence_id: int, *, ledger: Ledger, office: Office, now: Now) -> Outcome:
    """Send one occurrence if it is due, wanted today and free; safe to call any number of times, from anywhere.

    Raises LoaError when the ledger cannot be written (nothing is sent without the intent on disk), KeyError for an
    unknown id, and whatever nobody foresaw; then too the ledger says truly what may be out there.
    """
    entry = ledger.entry(occurrence_id)
    if entry.state is not State.PLANNED or now() < max(filter(None, (entry.occurrence.starts_at, entry.next_at))):
        return _outcome(entry, Result.LEFT)
    try:
        return _skip_if_late(entry, ledger, now) or _deliver_in_time(entry, ledger, office, now)
    except StaleFenceError:
        return _outcome(entry, Result.LEFT)


def _skip_if_late(entry: Entry, ledger: Ledger, now: Now) -> Outcome | None:
    """Being late needs no campaign file, so a broken one does not hide it. What is paused is not skipped."""
    if not is_late(entry.occurrence, now()):
        return None
    if ledger.stop(entry, now()) in {Stop.PAUSED, Stop.CLOCK}:  # whoever lets go on decides what becomes of it
        return _outcome(entry, Result.LEFT)
    claim = ledger.claim(entry.id, now())
    if claim is None:
        return _outcome(entry, Result.LEFT)
    ledger.skip(claim, Skip.LATE, now())
    return _outcome(entry, Result.SKIPPED, reason=Skip.LATE)


def _deliver_in_time(entry: Entry, ledger: Ledger, office: Office, now: Now) -> Outcome:
    try:
        campaign = office.campaign(entry.occurrence.campaign)
        channel = office.channel(entry.occurrence.channel, rehearsal=ledger.rehearsal)
    except LoaError as error:
        return _outcome(entry, Result.HELD, error.problems)
    claim = ledger.claim(entry.id, now())
    if claim is None:
        return _outcome(entry, Result.LEFT)
    desk = Desk(entry=entry, channel=channel, ledger=ledger, now=now)
    try:
        ready = _unwanted(entry.occurrence, office) or _prepare(desk, campaign, office)
    except LoaError as error:
        ledger.release(claim, error.problems, now())
        return desk.outcome(Result.NOT_SENT, error.problems)
    except Exception as error:
        ledger.release(claim, [bug(error, entry.occurrence.key)], now())
        raise
    if isinstance(ready, Waits):
        ledger.release(claim, [], now(), next_at=now() + _PATIENCE)
        return desk.outcome(Result.LEFT)
    if isinstance(ready, Post) and is_too_close(entry.occurrence, now(), channel.abilities.longest):
        ready = Skip.LATE  # again: preparing takes time, and so does sending
    if isinstance(ready, Skip):
        return settle_skip(desk, claim, ready)
    return _begin(desk, claim, ready, must_be_approved=office.must_be_approved())


def _unwanted(occurrence: Occurrence, office: Office) -> Skip | None:
    """Why today's campaign file no longer asks for what was recorded, if so."""
    return None if office.is_planned(occurrence) else office.why_not(occurrence)


def _prepare(desk: Desk, campaign: Campaign, office: Office) -> Post | Skip | Waits:
    page = find_page(desk.entry, desk.ledger, office, desk.now())
    if isinstance(page, Waits):
        return page
    occurrence = desk.entry.occurrence
    post = office.prepare(campaign, occurrence, page)
    if desk.channel.abilities.pictures.by_address and any(not picture.address for picture in post.pictures):
        return Skip.NO_PAGE
    return post


def _begin(desk: Desk, claim: Claim, post: Post, *, must_be_approved: bool) -> Outcome:
    """Look at everything that may stop a sending, commit the intent, send."""
    ledger, now, abilities = desk.ledger, desk.now, desk.channel.abilities
    sending = _sending(post)
    content = sending.content_sha256 if must_be_approved else None
    if stop := ledger.stop(desk.entry, now(), content_sha256=content):
        return _stopped(desk, claim, stop)
    if abilities.looks_first:  # before every try: a restored ledger knows of its tries and not of the last one
        try:
            found = desk.channel.look_up(_sought(desk, post))
        except ChannelFailure as failure:
            return _not_begun(desk, claim, failure)
        if found is not None:
            return settle_answer(desk, ledger.adopt(claim, sending, now()), found, adopted=True)
    offset = desk.channel.clock_offset()
    if offset is not None and abs(offset) > DRIFT:
        return _stopped(desk, claim, Stop.CLOCK, clock_off=offset)
    if is_too_close(desk.entry.occurrence, now(), abilities.longest):
        return settle_skip(desk, claim, Skip.LATE)  # once more: the computer may have slept since
    begun = ledger.begin_attempt(claim, sending, now(), approved=must_be_approved, alone=not abilities.repeatable)
    if isinstance(begun, Stop):
        return _stopped(desk, claim, begun)
    return _send(desk, begun, post)


def _send(desk: Desk, claim: Claim, post: Post) -> Outcome:
    """Ask the channel once and write down what it answered."""
    steps = LedgerSteps(desk, claim)
    try:
        answer = desk.channel.publish(post, steps)
    except ChannelFailure as failure:
        return settle_failure(desk, claim, failure)
    except Exception as error:
        doubt = desk.channel.abilities.doubt
        problem = bug(error, desk.entry.occurrence.key)
        desk.ledger.settle_unknown(claim, [problem], desk.now(), next_at=desk.now() + doubt.settle)
        raise
    return settle_answer(desk, claim, answer)


class LedgerSteps:
    """The steps of one publication, kept in the ledger."""

    def __init__(self, desk: Desk, claim: Claim) -> None:
        self._desk = desk
        self._claim = claim
        self._steps: Mapping[str, str] = desk.ledger.steps(claim.id)

    def get(self, name: str) -> str | None:
        """What an earlier try wrote down."""
        return self._steps.get(name)

    def save(self, name: str, value: str) -> None:
        """Write down. Raises LoaError when the ledger cannot be written, StaleFenceError when it is too late."""
        self._steps = {**self._steps, name: value}
        self._desk.ledger.save_steps(self._claim, self._steps, self._desk.now())

    def go_ahead(self) -> None:
        """Raises NotSent when somebody has stopped everything, the channel or the campaign meanwhile."""
        if self._desk.ledger.stop(self._desk.entry, self._desk.now()) is Stop.PAUSED:
            raise NotSent("delivery.stopped")


def _stopped(desk: Desk, claim: Claim, stop: Stop, *, clock_off: timedelta = TOLERANCE) -> Outcome:
    """Nothing may be sent now. What a person has to do about it is told; what passes by itself is not."""
    problems = _told(desk, stop, clock_off)
    desk.ledger.release(claim, problems, desk.now(), next_at=desk.now() + _PATIENCE)
    return desk.outcome(Result.HELD if problems else Result.LEFT, problems)


def _told(desk: Desk, stop: Stop, clock_off: timedelta) -> tuple[Problem, ...]:
    place = Place(part=desk.entry.occurrence.key)
    match stop:
        case Stop.CLOSED:
            return desk.ledger.accounts.of(desk.channel_name).closed_for
        case Stop.UNAPPROVED:
            told = {"announcement": desk.entry.occurrence.announcement}
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
    return desk.outcome(Result.NOT_SENT, (problem,), unreachable=not isinstance(failure, OutcomeUnknown))


def _sending(post: Post) -> Sending:
    return Sending(
        marker=post.marker,
        payload_sha256=post.fingerprint(),
        content_sha256=post.content_sha256(),
        title=post.title,
        text=post.text,
        page=post.page,
    )


def _sought(desk: Desk, post: Post) -> Sought:
    since = desk.entry.occurrence.starts_at
    return Sought(marker=post.marker, title=post.title, text=post.text, page=post.page, since=since)


def _outcome(
    entry: Entry, result: Result, problems: tuple[Problem, ...] = (), *, reason: Skip | None = None
) -> Outcome:
    return Outcome(id=entry.id, occurrence=entry.occurrence, result=result, problems=problems, reason=reason)
