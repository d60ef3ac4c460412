"""The one sender: whoever wants an occurrence out calls ``deliver``, and it goes out once.

Row, send, outcome, in that order. The intent is on disk before the channel is asked, so a process that dies at any
point leaves a trace that says whether the post may be out there; ``loa.delivery.recover`` reads it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from channels.base import Channel, NotSent, OutcomeUnknown, Post, Rejected
from loa.core.errors import LoaError, Problem
from loa.delivery.lateness import is_late
from loa.delivery.office import Office
from loa.delivery.outcome import Outcome, Result, bug, problem_of
from loa.delivery.prepare import prepare_post
from loa.ledger.model import Claim, Entry, Skip, StaleFenceError, State
from loa.ledger.store import Ledger
from loa.planning.model import Campaign
from loa.planning.plan import Occurrence

# Asked anew at every step, because preparing and sending take time. Gives aware datetimes.
Now = Callable[[], datetime]


def deliver(occurrence_id: int, *, ledger: Ledger, office: Office, now: Now) -> Outcome:
    """Send one occurrence if it is due, wanted today and free; safe to call any number of times, from anywhere.

    Raises LoaError when the ledger cannot be written (nothing is sent without the intent on disk), KeyError for an
    unknown id, and whatever nobody foresaw; then too the ledger says truly what may be out there.
    """
    entry = ledger.entry(occurrence_id)
    if entry.state is not State.PLANNED or now() < entry.occurrence.starts_at:
        return _outcome(entry, Result.LEFT)
    try:
        return _skip_if_late(entry, ledger, now()) or _deliver_in_time(entry, ledger, office, now)
    except StaleFenceError:
        return _outcome(entry, Result.LEFT)


def _skip_if_late(entry: Entry, ledger: Ledger, now: datetime) -> Outcome | None:
    """Being late needs no campaign file, so a broken one does not hide it."""
    if not is_late(entry.occurrence, now):
        return None
    claim = ledger.claim(entry.id, now)
    return _outcome(entry, Result.LEFT) if claim is None else _skip(claim, entry, Skip.LATE, ledger, now)


def _deliver_in_time(entry: Entry, ledger: Ledger, office: Office, now: Now) -> Outcome:
    occurrence = entry.occurrence
    try:
        campaign = office.campaign(occurrence.campaign)
        channel = office.channel(occurrence.channel, rehearsal=ledger.rehearsal)
    except LoaError as error:
        return _outcome(entry, Result.HELD, error.problems)
    claim = ledger.claim(entry.id, now())
    if claim is None:
        return _outcome(entry, Result.LEFT)
    try:
        ready = _unwanted(occurrence, campaign, office) or _prepare(occurrence, campaign, office)
    except LoaError as error:
        ledger.release(claim, error.problems, now())
        return _outcome(entry, Result.NOT_SENT, error.problems)
    except Exception as error:
        ledger.release(claim, [bug(error, occurrence.key)], now())
        raise
    moment = now()
    if is_late(occurrence, moment):  # again: preparing takes time
        ready = Skip.LATE
    if isinstance(ready, Skip):
        return _skip(claim, entry, ready, ledger, moment)
    claim = ledger.begin_attempt(claim, marker=ready.marker, payload_sha256=ready.fingerprint(), now=moment)
    return _send(claim, entry, channel, ready, ledger, now)


def _unwanted(occurrence: Occurrence, campaign: Campaign, office: Office) -> Skip | None:
    """Why today's campaign file no longer asks for what was recorded, if so."""
    window = campaign.window.opened(office.issues_of(campaign.campaign))
    if window is None or not window.from_ <= occurrence.local_date <= window.to:
        return Skip.WINDOW
    return None if office.is_planned(occurrence) else Skip.UNPLANNED


def _prepare(occurrence: Occurrence, campaign: Campaign, office: Office) -> Post:
    return prepare_post(campaign, occurrence, office.renderer, issuer=office.issuer(campaign))


def _send(claim: Claim, entry: Entry, channel: Channel, post: Post, ledger: Ledger, now: Now) -> Outcome:
    """Ask the channel once and write down what it answered."""
    name = entry.occurrence.channel
    try:
        receipt = channel.publish(post)
    except NotSent as failure:
        problem = problem_of(failure, name)
        ledger.settle_not_sent(claim, [problem], now())
        return _outcome(entry, Result.NOT_SENT, (problem,))
    except Rejected as failure:
        problem = problem_of(failure, name)
        ledger.settle_rejected(claim, [problem], now())
        return _outcome(entry, Result.REJECTED, (problem,))
    except OutcomeUnknown as failure:
        problem = problem_of(failure, name)
        ledger.settle_unknown(claim, [problem], now())
        return _outcome(entry, Result.UNKNOWN, (problem,))
    except Exception as error:
        ledger.settle_unknown(claim, [bug(error, entry.occurrence.key)], now())
        raise
    ledger.settle_published(
        claim,
        remote_id=receipt.remote_id,
        link=receipt.link,
        published_at=receipt.published_at,
        adopted=False,
        now=now(),
    )
    return Outcome(id=entry.id, occurrence=entry.occurrence, result=Result.PUBLISHED, link=receipt.link)


def _skip(claim: Claim, entry: Entry, reason: Skip, ledger: Ledger, now: datetime) -> Outcome:
    ledger.skip(claim, reason, now)
    return Outcome(id=entry.id, occurrence=entry.occurrence, result=Result.SKIPPED, reason=reason)


def _outcome(entry: Entry, result: Result, problems: tuple[Problem, ...] = ()) -> Outcome:
    return Outcome(id=entry.id, occurrence=entry.occurrence, result=result, problems=problems)
