"""One pass of the posting job: what is open is settled, then everything due is delivered."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from loa.core.errors import LoaError, Problem
from loa.delivery.clock import find_wrong_clock
from loa.delivery.deliver import deliver
from loa.delivery.office import Office
from loa.delivery.outcome import SILENCES, Outcome, Result, bug
from loa.delivery.recover import follow, look_up
from loa.delivery.seeing import see
from loa.delivery.settling import Now
from loa.delivery.taking_down import take_down
from loa.ledger.model import Entry, State
from loa.ledger.store import Ledger

log = logging.getLogger(__name__)

# What the ledger says of an occurrence on which the work was stopped, as what it means here; else nothing was sent.
_STOPPED = {
    State.SENDING: Result.UNKNOWN,
    State.UNKNOWN: Result.UNKNOWN,
    State.PROCESSING: Result.UNKNOWN,
    State.NEEDS_PERSON: Result.NEEDS_PERSON,
    State.HANDED: Result.HANDED,
    State.PUBLISHED: Result.UNSEEN,
    State.WITHDRAWN: Result.WITHDRAWN,
    State.REJECTED: Result.REJECTED,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Pass:
    """What one pass did, in the order in which it was done."""

    outcomes: tuple[Outcome, ...]
    stopped_by: Problem | None = None  # why there was none at all: nothing was done or written
    silent: frozenset[str] = frozenset()  # channels that gave no answer

    @property
    def published(self) -> tuple[Outcome, ...]:
        """What is out there now, adopted posts of earlier passes included."""
        return self._with(Result.PUBLISHED)

    @property
    def skipped(self) -> tuple[Outcome, ...]:
        """What will not be sent, each with its reason."""
        return self._with(Result.SKIPPED)

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """What should be out there and is not, or not certainly, each with its problems."""
        return self._with(
            *(Result.REJECTED, Result.UNKNOWN, Result.NEEDS_PERSON, Result.NOT_SENT, Result.HELD),
            *(Result.GONE, Result.UNSEEN, Result.NOT_WITHDRAWN),
        )

    def _with(self, *results: Result) -> tuple[Outcome, ...]:
        return tuple(outcome for outcome in self.outcomes if outcome.result in results)


def publish_due(ledger: Ledger, office: Office, now: Now, *, is_stopping: Callable[[], bool] = lambda: False) -> Pass:
    """Settle what earlier passes left open, then deliver what is due; what is too late is skipped.

    An item that fails, even through a bug of ours, delays no other. Any number of passes may run at once.
    Once ``is_stopping``, nothing more is begun; what was begun is brought to its end.
    Nothing is done at all by a clock that has been found wrong: it would skip everything as too late.
    Raises LoaError only when the ledger itself cannot be used.
    """
    if wrong := find_wrong_clock(ledger, office, now):
        return Pass(outcomes=(), stopped_by=wrong)
    ledger.job.begin(now())
    ledger.expire_leases(now())
    outcomes, silent = _work(ledger, office, now, is_stopping)
    told = tuple(outcome for outcome in outcomes if outcome.result is not Result.LEFT)
    with suppress(LoaError):  # a full disk: what was done is still to be told
        ledger.job.end(now(), worked=bool(told))
    return Pass(outcomes=told, silent=silent)


def _work(
    ledger: Ledger, office: Office, now: Now, is_stopping: Callable[[], bool]
) -> tuple[list[Outcome], frozenset[str]]:
    """What became of each, and the channels that were left alone: waiting for them used up the time of the others."""
    outcomes: list[Outcome] = []
    silences: Counter[str] = Counter()
    for ids, step in _steps(ledger):
        for occurrence_id in ids(now()):
            if is_stopping() or silences[ledger.entry(occurrence_id).occurrence.channel] >= SILENCES:
                continue
            work = partial(step, occurrence_id, ledger=ledger, office=office, now=now)
            if outcome := _guarded(work, occurrence_id, ledger):
                outcomes.append(outcome)
                silences[outcome.occurrence.channel] += outcome.silence
    return outcomes, frozenset(channel for channel, count in silences.items() if count >= SILENCES)


def _steps(ledger: Ledger) -> Iterator[tuple[Callable[[datetime], tuple[int, ...]], Callable[..., Outcome | None]]]:
    """What a pass does, in this order: what may be out there comes first, so that it frees its time."""
    yield partial(ledger.open_questions, State.UNKNOWN), look_up
    yield partial(ledger.open_questions, State.PROCESSING), follow
    yield ledger.recalled, take_down
    yield ledger.due, deliver
    yield partial(ledger.open_questions, State.PUBLISHED), see


def _guarded(work: Callable[[], Outcome | None], occurrence_id: int, ledger: Ledger) -> Outcome | None:
    """The outcome, or one made of what was raised; the ledger says how far the post has come."""
    try:
        return work()
    except Exception as error:
        entry = ledger.entry(occurrence_id)
        key = entry.occurrence.key
        if isinstance(error, LoaError):
            problems = error.problems
        else:
            problems = (bug(error, key),)
            log.exception("A bug of ours stopped one occurrence; the others go on.", extra={"occurrence": key})
        return Outcome(id=entry.id, occurrence=entry.occurrence, result=_stopped_at(entry), problems=problems)


def _stopped_at(entry: Entry) -> Result:
    """How far an occurrence has come on which something nobody foresaw stopped the work."""
    if entry.state is State.PUBLISHED and entry.recalled_by:
        return Result.NOT_WITHDRAWN
    return _STOPPED.get(entry.state, Result.NOT_SENT)
