"""What the register tells those who compose papers and plan posts: which documents have their number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from loa.planning.workspace import Workspace
from notices.context import NO_ISSUES, Issue

if TYPE_CHECKING:
    from loa.ledger.registration import Registration

Issues = Mapping[str, Mapping[str, Issue]]  # by campaign and document


def issues_of(registrations: Iterable[Registration]) -> dict[str, dict[str, Issue]]:
    """The numbers in force, by campaign and document."""
    found: dict[str, dict[str, Issue]] = {}
    for registration in registrations:
        if not registration.cancelled:
            found.setdefault(registration.campaign, {})[registration.document] = Issue(
                number=registration.number,
                day=registration.day,
                content=registration.paper.content,
                letterhead=registration.paper.columns.letterhead,
                signed=registration.signed.sha256 if registration.signed else "",
            )
    return found


def issues_in(registrations: Iterable[Registration], campaign: str) -> Mapping[str, Issue]:
    """The numbers in force of one campaign, by document."""
    return issues_of(registrations).get(campaign, NO_ISSUES)


def read_registrations(place: Workspace, *, rehearsal: bool, now: datetime) -> tuple[Registration, ...]:
    """Every number in a workspace's ledger; none, and nothing is made, where there is no ledger yet.

    Raises LoaError when the ledger cannot be used.
    """
    path = place.ledger_path(rehearsal=rehearsal)
    if not path.exists():
        return ()
    from loa.ledger.store import open_ledger  # noqa: PLC0415  # brings SQLite along, for those who have a ledger

    with open_ledger(path, rehearsal=rehearsal, now=now) as ledger:
        return ledger.register.registrations()
