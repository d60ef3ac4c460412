"""The ledger and the office of a workspace, opened for a command."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime

from loa.core.secrets import Secrets
from loa.delivery.gathering import open_office
from loa.delivery.office import Office
from loa.ledger.store import Ledger, open_ledger
from loa.planning.workspace import Workspace
from loa.registry.issues import issues_of


def open_book(place: Workspace, *, rehearsal: bool, now: datetime) -> Ledger:
    """The ledger, or the one of rehearsals; a context manager. Raises LoaError when it cannot be used."""
    return open_ledger(place.ledger_path(rehearsal=rehearsal), rehearsal=rehearsal, now=now)


def office_of(place: Workspace, book: Ledger, now: Callable[[], datetime]) -> Office:
    """The office as delivery sees it, with the numbers that ``book`` holds and the secrets of this user."""
    secrets = Secrets(os.environ, place.folder / "state" / "tokens.json")
    return open_office(place, issues_of(book.register.registrations()), secrets=secrets, now=now)
