"""One pass of the posting job: what is open is settled, then everything due is delivered."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from loa.core.errors import LoaError
from loa.delivery.deliver import Now, deliver
from loa.delivery.office import Office
from loa.delivery.outcome import Outcome, Result, bug
from loa.delivery.recover import look_up
from loa.ledger.model import State
from loa.ledger.store import Ledger

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Pass:
    """What one pass did, in the order in which it was done."""

    outcomes: tuple[Outcome, ...]

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
        return self._with(Result.REJECTED, Result.UNKNOWN, Result.NOT_SENT, Result.HELD)

    def _with(self, *results: Result) -> tuple[Outcome, ...]:
        return tuple(outcome for outcome in self.outcomes if outcome.result in results)


def publish_due(ledger: Ledger, office: Office, now: Now) -> Pass:
    """Settle what earlier passes left open, then deliver what is due; what is too late is skipped.

    An item that fails, even through a bug of ours, delays no other. Any number of passes may run at once.
    Raises LoaError only when the ledger itself cannot be used.
    """
    ledger.expire_leases(now())
    outcomes: list[Outcome] = []
    for ids, step in ((ledger.unknown, look_up), (ledger.due, deliver)):
        for occurrence_id in ids(now()):
            work = partial(step, occurrence_id, ledger=ledger, office=office, now=now)
            if outcome := _guarded(work, occurrence_id, ledger):
                outcomes.append(outcome)
    return Pass(outcomes=tuple(outcome for outcome in outcomes if outcome.result is not Result.LEFT))


def _guarded(work: Callable[[], Outcome | None], occurrence_id: int, ledger: Ledger) -> Outcome | None:
    """The outcome, or one made of what was raised; the ledger says whether the post may be out there."""
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
        may_be_out = entry.state in {State.SENDING, State.UNKNOWN}
        result = Result.UNKNOWN if may_be_out else Result.NOT_SENT
        return Outcome(id=entry.id, occurrence=entry.occurrence, result=result, problems=problems)
