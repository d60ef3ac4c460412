"""Everything, a channel or a campaign is stopped at once, and what became overdue meanwhile is settled on resuming."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from loa.core.errors import Place, mistake
from loa.delivery.office import Office
from loa.delivery.shifting import free_slot
from loa.ledger.decisions import Scope
from loa.ledger.model import Entry, StaleFenceError, State
from loa.ledger.store import Ledger
from loa.planning.lateness import is_late
from loa.planning.plan import Occurrence

Overdue = Literal["skip", "shift"]


@dataclass(frozen=True, kw_only=True)
class Resumed:
    """What goes on, and what became of the overdue ones, as they stand now."""

    skipped: tuple[Entry, ...] = ()
    shifted: tuple[Entry, ...] = ()
    was_stopped: bool = True
    is_opened: bool = False  # its account had been closed, and is open now


def require_known(scope: Scope, name: str, office: Office, ledger: Ledger) -> None:
    """Raise LoaError (``decision.no_such_scope``) for a channel or campaign that neither files nor ledger know."""
    if scope == "all":
        return
    configured = office.config.channels if scope == "channel" else office.campaigns
    recorded = {getattr(entry.occurrence, scope) for entry in ledger.entries()}
    paused = {pause.name for pause in ledger.decisions.pauses() if pause.scope == scope}
    if name not in (known := {*configured, *recorded, *paused}):
        raise mistake("decision.no_such_scope", Place(part=name), known=", ".join(sorted(known)) or "–")


def is_covered(occurrence: Occurrence, scope: Scope, name: str) -> bool:
    """Whether a stop of this scope and name holds for ``occurrence``."""
    return scope == "all" or getattr(occurrence, scope) == name


def is_stopped(ledger: Ledger, scope: Scope, name: str) -> bool:
    """Whether there is a stop of this scope and name."""
    return any((pause.scope, pause.name) == (scope, name) for pause in ledger.decisions.pauses())


def find_overdue(ledger: Ledger, scope: Scope, name: str, now: datetime) -> tuple[Entry, ...]:
    """What a stop has kept back until its time ran out, by time."""
    return tuple(
        entry
        for entry in ledger.entries()
        if entry.state is State.PLANNED and is_covered(entry.occurrence, scope, name) and is_late(entry.occurrence, now)
    )


def resume(
    ledger: Ledger,
    office: Office,
    scope: Scope,
    name: str,
    overdue: Overdue | None,
    *,
    by: str,
    why: str,
    now: datetime,
) -> Resumed | None:
    """Let go on, after the overdue ones were skipped or given another day; None when nothing had stopped it.

    They are settled while the stop still holds, so that no pass takes them. One without a free day left is skipped.
    ``overdue`` may be None only when there is no stop, or when ``find_overdue`` finds nothing at the same ``now``.
    A channel's account is opened too: whoever lets the channel go on has mended what had closed it.
    """
    was_stopped = is_stopped(ledger, scope, name)
    is_closed = scope == "channel" and ledger.accounts.of(name).closed_at is not None
    if not was_stopped and not is_closed:
        return None
    done = Resumed(was_stopped=was_stopped, is_opened=is_closed)
    if was_stopped:
        skipped, shifted = _settle(ledger, office, scope, name, overdue, by=by, why=why, now=now)
        done = replace(done, skipped=skipped, shifted=shifted)
        ledger.decisions.resume(scope, name, by=by, now=now)
    if is_closed:
        ledger.accounts.open(name)
    return done


def confirm_clock(
    ledger: Ledger, office: Office, overdue: Overdue | None, *, by: str, why: str, now: datetime
) -> Resumed | None:
    """A person says that ``now`` is the time, though the ledger has seen a later one; None when it has not.

    What became overdue while nothing could be sent is settled as ``resume`` does.
    """
    if ledger.clock.behind(now) is None:
        return None
    skipped, shifted = _settle(ledger, office, "all", "", overdue, by=by, why=why, now=now)
    ledger.clock.confirm(now, by=by)
    return Resumed(skipped=skipped, shifted=shifted)


def _settle(
    ledger: Ledger,
    office: Office,
    scope: Scope,
    name: str,
    overdue: Overdue | None,
    *,
    by: str,
    why: str,
    now: datetime,
) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """What was overdue and is skipped now, and what has another time."""
    skipped: list[Entry] = []
    shifted: list[Entry] = []
    for entry in find_overdue(ledger, scope, name, now):
        slot = free_slot(ledger, office, entry, now) if overdue == "shift" else None
        with suppress(StaleFenceError):  # somebody else has just decided of it
            if slot:
                ledger.decisions.shift(entry, *slot, by=by, why=why, now=now)
            else:
                ledger.decisions.skip(entry, by=by, why=why, now=now)
            (shifted if slot else skipped).append(ledger.entry(entry.id))
    return tuple(skipped), tuple(shifted)
