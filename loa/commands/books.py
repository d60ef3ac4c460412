"""The ledger of a workspace, opened for a command."""

from __future__ import annotations

from datetime import datetime

from loa.ledger.store import Ledger, open_ledger
from loa.planning.workspace import Workspace


def open_book(place: Workspace, *, rehearsal: bool, now: datetime) -> Ledger:
    """The ledger, or the one of rehearsals; a context manager. Raises LoaError when it cannot be used."""
    return open_ledger(place.ledger_path(rehearsal=rehearsal), rehearsal=rehearsal, now=now)
