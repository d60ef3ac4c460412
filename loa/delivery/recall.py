"""An announcement is taken back or put right: channels do what they can, and a person is asked for the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass

from channels.answers import ChannelFailure, OutcomeUnknown, Receipt
from channels.base import Channel, EarlierSteps, NoSteps
from loa.core.errors import LoaError, Place, Problem
from loa.delivery.approving import contents
from loa.delivery.concerned import Concerned
from loa.delivery.holding import Decision, decide
from loa.delivery.office import Office
from loa.delivery.outcome import bug, problem_of
from loa.delivery.settling import Desk, Now, first_check, note_account
from loa.ledger.model import Entry, StaleFenceError
from loa.ledger.store import Ledger


@dataclass(frozen=True, kw_only=True)
class Recalled:
    """What was done, as far as it could be."""

    done: tuple[Entry, ...]  # on their channels
    asked: tuple[Entry, ...]  # a person is reminded until it is done
    failed: tuple[tuple[Entry, Problem], ...]  # still as they were: taken down later, or to be corrected again
    cancelled: tuple[Entry, ...]  # that had been planned
    pending: tuple[Entry, ...]  # nobody knows whether they are out there: done as soon as somebody does


def withdraw(ledger: Ledger, office: Office, found: Concerned, *, by: str, why: str, now: Now) -> Recalled:
    """Call off what is planned, take down what is live, and ask a person for the rest.

    What may be out there, and what a channel could not take down now, is taken down or called off by the posting job
    as soon as it can. What was approved no longer counts. A channel that fails stops no other.
    """
    ledger.decisions.void_approvals(found.campaign, found.announcement, now())
    planned = decide(ledger, found.planned, Decision.CANCEL, by=by, why=why, now=now())
    in_doubt = (*found.in_doubt, *planned.too_late)
    pending = tuple(entry for entry in in_doubt if ledger.decisions.recall(entry, by=by, why=why, now=now()))

    def take_down(entry: Entry) -> None:
        _channel(ledger, office, entry).withdraw(entry.remote_id, why)
        ledger.decisions.withdrawn(entry, by=by, why=why, now=now())

    def ask(entry: Entry) -> None:
        if _is_by_hand(ledger, office, entry):
            _channel(ledger, office, entry).withdraw(entry.remote_id, why)
        ledger.decisions.ask(entry, request("delivery.take_down", entry, why), by=by, why=why, now=now())

    done, failed = _on_each(ledger, office, found.by_channel, take_down, now)
    for entry, _ in failed:
        ledger.decisions.recall(entry, by=by, why=why, now=now())
    asked, not_asked = _on_each(ledger, office, found.by_person, ask, now)
    return Recalled(done=done, asked=asked, failed=failed + not_asked, cancelled=planned.done, pending=pending)


def correct(ledger: Ledger, office: Office, found: Concerned, *, by: str, why: str, now: Now) -> Recalled:
    """Replace what is live by today's content, and ask a person for the rest; what is planned goes out with it anyway.

    Repeating it goes on where it stopped. A channel that fails stops no other. Raises LoaError
    (``delivery.unapproved``), and nothing has been replaced then, where somebody has to approve the new content first.
    """
    require_approval(ledger, office, found)

    def replace(entry: Entry) -> None:
        channel, post = _channel(ledger, office, entry), found.posts[entry.id]
        answer = channel.correct(entry.remote_id, post, EarlierSteps(ledger.steps(entry.id)))
        if not isinstance(answer, Receipt):
            raise OutcomeUnknown("delivery.still_correcting")
        ledger.decisions.corrected(
            entry,
            by=by,
            why=why,
            now=now(),
            content_sha256=post.content_sha256(),
            media=answer.media,
            look_again_at=first_check(channel, now()),
        )

    def ask(entry: Entry) -> None:
        post = found.posts.get(entry.id)
        if post and _is_by_hand(ledger, office, entry):
            _channel(ledger, office, entry).correct(entry.remote_id, post, NoSteps())
        asked = request("delivery.put_right", entry, why)
        content = post.content_sha256() if post else ""
        ledger.decisions.ask(entry, asked, by=by, why=why, now=now(), content_sha256=content)

    done, failed = _on_each(ledger, office, found.by_channel, replace, now)
    for entry, _ in failed:
        with suppress(StaleFenceError):
            again = request("delivery.correct_again", entry, why)
            ledger.decisions.ask(ledger.entry(entry.id), again, by=by, why=why, now=now())
    asked, not_asked = _on_each(ledger, office, found.by_person, ask, now)
    return Recalled(done=done, asked=asked, failed=failed + not_asked, cancelled=(), pending=found.in_doubt)


def _on_each(
    ledger: Ledger, office: Office, entries: Iterable[Entry], act: Callable[[Entry], None], now: Now
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


def _attempt(ledger: Ledger, office: Office, entry: Entry, act: Callable[[Entry], None], now: Now) -> Problem | None:
    """Why it could not be done, if so."""
    try:
        act(entry)
    except ChannelFailure as failure:
        problem = problem_of(failure, entry.occurrence.channel)
        desk = Desk(entry=entry, channel=_channel(ledger, office, entry), ledger=ledger, now=now)
        note_account(desk, failure, problem)
        return problem
    except StaleFenceError:
        return None  # another process has just done the same
    except LoaError:
        raise  # the ledger cannot be written: nothing more is done that it could not tell
    except Exception as error:
        return bug(error, entry.occurrence.key)
    return None


def _channel(ledger: Ledger, office: Office, entry: Entry) -> Channel:
    return office.channel(entry.occurrence.channel, rehearsal=ledger.rehearsal)


def _is_by_hand(ledger: Ledger, office: Office, entry: Entry) -> bool:
    """Whether what a person finds laid ready can be changed; not where the channel is no longer there."""
    try:
        return _channel(ledger, office, entry).abilities.by_hand and bool(entry.remote_id)
    except LoaError:
        return False


def request(key: str, entry: Entry, why: str) -> Problem:
    """What a person is asked to see to, as a problem of the occurrence."""
    own = entry.occurrence
    told = {"why": why, "code": own.code, "campaign": own.campaign, "announcement": own.announcement}
    return Problem(key=key, place=Place(part=own.key), values=told)


def require_approval(ledger: Ledger, office: Office, found: Concerned) -> None:
    """Raise LoaError when somebody still has to approve the new content, on whatever channel it stands or will."""
    first = next(iter((*found.by_channel, *found.by_person, *found.planned)), None)
    if first is None or not office.must_be_approved():
        return
    own = first.occurrence
    content = contents(office.campaign(own.campaign), own.announcement, office, ledger)
    if not all(one.is_approved for one in content):
        raise LoaError(_unapproved(first))
    for entry in found.by_channel:  # also on a channel that the announcement no longer names
        own, wanted = entry.occurrence, found.posts[entry.id].content_sha256()
        if ledger.decisions.approved(own.campaign, own.announcement, own.channel) != wanted:
            raise LoaError(_unapproved(entry))


def _unapproved(entry: Entry) -> Problem:
    told = {"announcement": entry.occurrence.announcement}
    return Problem(key="delivery.unapproved", place=Place(part=entry.occurrence.key), values=told)
