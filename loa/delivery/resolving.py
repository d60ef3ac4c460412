"""What a person says of an occurrence that the posting job cannot bring to an end by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from loa.core.errors import LoaError, Place, mistake
from loa.delivery.office import Office
from loa.delivery.shifting import free_slot
from loa.ledger.model import Entry, Skip, StaleFenceError, State
from loa.ledger.store import Ledger
from loa.planning.lateness import is_late, is_too_close


class Answer(StrEnum):
    """What a person may say."""

    PUBLISHED = "published"  # it is out there
    SUBMITTED = "submitted"  # handed in; an editor still has to let it through
    AGAIN = "again"  # it is not out there: send it again
    SKIP = "skip"  # leave it at that
    WITHDRAWN = "withdrawn"  # it was out there, and a person has taken it down
    CORRECTED = "corrected"  # a person has put right what is out there


_OPEN = frozenset({State.NEEDS_PERSON, State.UNKNOWN})
# The states in which each answer makes sense. Of what was refused or missed a person may have posted it by hand; what
# was refused is sent again once somebody has mended the words, a setting or the account.
_ALLOWED = {
    Answer.PUBLISHED: _OPEN | {State.PROCESSING, State.HANDED, State.REJECTED, State.SKIPPED},
    Answer.SUBMITTED: _OPEN | {State.HANDED},
    Answer.AGAIN: _OPEN | {State.REJECTED},
    Answer.SKIP: _OPEN | {State.PROCESSING, State.HANDED, State.REJECTED},
    Answer.WITHDRAWN: frozenset({State.PUBLISHED, State.HANDED}),
    Answer.CORRECTED: frozenset({State.PUBLISHED}),
}
# What was to go out and did not, of all that was skipped.
_MISSED = frozenset({Skip.LATE, Skip.NO_PAGE, Skip.SUPERSEDED, Skip.CHOSEN, Skip.PAST})


@dataclass(frozen=True, kw_only=True)
class Word:
    """What a person says, and what shows it."""

    answer: Answer
    by: str
    why: str
    link: str = ""
    photo_sha256: str = ""


def answers_for(entry: Entry) -> tuple[Answer, ...]:
    """What may be said of ``entry`` as it stands."""
    if entry.state is State.SKIPPED and entry.reason not in _MISSED:
        return ()
    return tuple(answer for answer in Answer if entry.state in _ALLOWED[answer])


def require_answer(entry: Entry, answer: Answer) -> None:
    """Raise LoaError (``decision.not_now``) when ``answer`` makes no sense of ``entry`` as it stands."""
    answers = answers_for(entry)
    if answer not in answers:
        possible = ", ".join(f"--{one}" for one in answers) or "–"
        raise mistake("decision.not_now", Place(part=entry.occurrence.key), answer=f"--{answer}", known=possible)


def resolve(ledger: Ledger, office: Office, entry: Entry, word: Word, *, now: datetime, at_next: bool = False) -> Entry:
    """Write down what a person says of ``entry``; as it stands after. ``at_next``: again, but in the next free slot.

    Raises LoaError: ``decision.not_now`` for an answer that its state does not allow, or that another process was
    faster than; ``decision.link_form``; ``decision.time_over``, ``decision.no_free_day`` and
    ``decision.was_withdrawn`` for sending again; ``decision.unsettled`` for saying too soon that it is not there.
    """
    require_answer(entry, word.answer)
    if word.answer in {Answer.AGAIN, Answer.SKIP}:
        _require_settled(ledger, office, entry, now)
    if word.link:
        _require_link(word.link)
    try:
        if word.answer is Answer.AGAIN:
            _send_again(ledger, office, entry, word, now=now, at_next=at_next)
        else:
            _write(ledger, entry, word, now)
    except StaleFenceError:  # the posting job was at work on it: what it found out counts first
        return resolve(ledger, office, ledger.entry(entry.id), word, now=now, at_next=at_next)
    return ledger.entry(entry.id)


def _write(ledger: Ledger, entry: Entry, word: Word, now: datetime) -> None:
    by, why = word.by, word.why
    if word.answer is Answer.PUBLISHED:
        ledger.decisions.published(entry, link=word.link, photo_sha256=word.photo_sha256, by=by, why=why, now=now)
    elif word.answer is Answer.SUBMITTED:
        ledger.decisions.submitted(entry, by=by, why=why, now=now)
    elif word.answer is Answer.WITHDRAWN:
        ledger.decisions.withdrawn(entry, by=by, why=why, now=now)
    elif word.answer is Answer.CORRECTED:
        ledger.decisions.corrected(entry, by=by, why=why, now=now, content_sha256=entry.content_sha256)
    else:
        ledger.decisions.skip(entry, by=by, why=why, now=now)


def _send_again(ledger: Ledger, office: Office, entry: Entry, word: Word, *, now: datetime, at_next: bool) -> None:
    """Only while there is time. A process that dies between the two steps leaves it to be skipped as too late."""
    place = Place(part=entry.occurrence.key)
    if entry.recalled_by:
        raise mistake("decision.was_withdrawn", place)
    slot = free_slot(ledger, office, entry, now) if at_next else None
    if at_next and slot is None:
        raise mistake("decision.no_free_day", place)
    if not at_next and _is_over(ledger, office, entry, now):
        raise mistake("decision.time_over", place)
    ledger.decisions.send_again(entry, by=word.by, why=word.why, now=now)
    if slot:
        ledger.decisions.shift(ledger.entry(entry.id), *slot, by=word.by, why=word.why, now=now)


def _require_settled(ledger: Ledger, office: Office, entry: Entry, now: datetime) -> None:
    """Raise LoaError while what was sent may still appear: who looks now and finds nothing has seen nothing."""
    sent = ledger.sent(entry.id) if ledger.entry(entry.id).state in _OPEN else None
    if sent is None:
        return
    try:
        settle = office.channel(entry.occurrence.channel, rehearsal=ledger.rehearsal).abilities.doubt.settle
    except LoaError:
        return
    if now < sent.last + settle:
        minutes = -(-(sent.last + settle - now) // timedelta(minutes=1))
        raise mistake("decision.unsettled", Place(part=entry.occurrence.key), minutes=minutes)


def _is_over(ledger: Ledger, office: Office, entry: Entry, now: datetime) -> bool:
    """Whether the posting job would no longer send it; how long sending takes is not known of a lost channel."""
    try:
        longest = office.channel(entry.occurrence.channel, rehearsal=ledger.rehearsal).abilities.longest
    except LoaError:
        return is_late(entry.occurrence, now)
    return is_too_close(entry.occurrence, now, longest)


def _require_link(link: str) -> None:
    try:
        parts = urlsplit(link)
    except ValueError:
        raise mistake("decision.link_form", typed=link) from None
    if parts.scheme not in ("http", "https") or not parts.hostname or any(c.isspace() for c in link):
        raise mistake("decision.link_form", typed=link)
