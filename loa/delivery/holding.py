"""Occurrences that are held back, let go or called off before they are sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from loa.ledger.model import ENDED, Entry, StaleFenceError, State
from loa.ledger.store import Ledger

# Certainly not sent: what a process only prepares, it can no longer send once a person has decided.
UNSENT = frozenset({State.PLANNED, State.CLAIMED, State.HELD})


class Decision(StrEnum):
    """What a person may decide of what was not sent."""

    HOLD = "hold"
    LET_GO = "let_go"
    CANCEL = "cancel"


_FROM = {
    Decision.HOLD: UNSENT - {State.HELD},
    Decision.LET_GO: frozenset({State.HELD}),
    Decision.CANCEL: UNSENT,
}


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What became of the occurrences that a person chose, as they stood before; those not named needed nothing."""

    done: tuple[Entry, ...]
    too_late: tuple[Entry, ...]  # being sent, or out there: only taking down helps


def decide(ledger: Ledger, chosen: Iterable[Entry], decision: Decision, *, by: str, why: str, now: datetime) -> Decided:
    """Hold, let go or cancel each of ``chosen`` that has not been sent, whatever the posting job does meanwhile."""
    done: list[Entry] = []
    too_late: list[Entry] = []
    for entry in chosen:
        now_entry = _decide_one(ledger, entry.id, decision, by=by, why=why, now=now)
        if now_entry.state in _FROM[decision]:
            done.append(now_entry)
        elif decision is not Decision.LET_GO and _may_be_out(now_entry):
            too_late.append(now_entry)
    return Decided(done=tuple(done), too_late=tuple(too_late))


def _decide_one(ledger: Ledger, occurrence_id: int, decision: Decision, *, by: str, why: str, now: datetime) -> Entry:
    """The occurrence as the decision found it; another process may change it between reading and writing."""
    decisions = ledger.decisions
    act = {Decision.HOLD: decisions.hold, Decision.LET_GO: decisions.let_go, Decision.CANCEL: decisions.cancel}
    while True:
        entry = ledger.entry(occurrence_id)
        if entry.state not in _FROM[decision]:
            return entry
        try:
            act[decision](entry, by=by, why=why, now=now)
        except StaleFenceError:
            continue  # it moved on; each step brings it nearer to an end, so this ends too
        return entry


def _may_be_out(entry: Entry) -> bool:
    return entry.state is State.PUBLISHED or entry.state not in ENDED | UNSENT
