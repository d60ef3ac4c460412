"""A process of the made-up histories: its ledger lies in memory, and it may die at each of its changes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from channels.base import Channel
from loa.delivery.office import Office
from loa.ledger.model import Claim
from loa.ledger.opening import _identify, _migrate
from loa.ledger.store import Ledger
from tests.delivery import world as services
from tests.delivery.stage import DUE
from tests.delivery.world import Service, World

CHANGES = {
    *("claim", "take", "release", "skip", "begin_attempt", "save_steps", "expire_leases", "adopt"),
    *("settle_published", "settle_processing", "settle_needs_person", "settle_seen", "_settle", "go_ahead"),
}


class WorldOffice(Office):
    """An office whose channels are the services in memory: ``trang`` is the website, every other the page."""

    world: World

    def channel(self, name: str, *, rehearsal: bool) -> Channel:
        if (name, rehearsal) not in self._open:
            abilities = services.SITE if name == "trang" else services.PAGE
            self._open[name, rehearsal] = Service(name, self.world, abilities)
        return self._open[name, rehearsal]


class MortalLedger(Ledger):
    """A ledger in a process that may die, or stand still, before and after each of its changes."""

    world: World

    def __getattribute__(self, name: str) -> Any:
        found = super().__getattribute__(name)
        return _mortal(name, found, super().__getattribute__("world")) if name in CHANGES else found


def _mortal(name: str, work: Callable[..., Any], world: World) -> Callable[..., Any]:
    def changed(*arguments: Any, **named: Any) -> Any:
        world.step()
        result = work(*arguments, **named)
        world.step()
        return result

    def gone_ahead(claim: Claim, now: datetime) -> Any:
        world.stage, world.in_hand = "asked", claim.id
        may_go = False
        try:
            world.step()
            stop = work(claim, now)
            may_go = stop is None
        finally:
            world.stage = "begun" if may_go else ""
        world.step()
        return stop

    return gone_ahead if name == "go_ahead" else changed


class Disk:
    """A ledger's file, in memory: what a process had not committed is gone for the next one."""

    def __init__(self) -> None:
        new, self._instance = _new_ledger()
        self._db = _opened(new)  # much faster than all migrations

    def open(self, world: World) -> MortalLedger:
        """The ledger as another process finds it."""
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")
        ledger = MortalLedger(self._db, path=Path(":memory:"), instance=self._instance, rehearsal=False)
        ledger.world = world
        return ledger

    def back_up(self) -> sqlite3.Connection:
        """A copy."""
        return _opened(self._db)

    def restore(self, backup: sqlite3.Connection) -> None:
        """The copy is the ledger again."""
        backup.backup(self._db)

    def close(self) -> None:
        """It is gone."""
        self._db.close()


def _opened(source: sqlite3.Connection) -> sqlite3.Connection:
    db = sqlite3.connect(":memory:", isolation_level=None)
    source.backup(db)
    db.row_factory = sqlite3.Row
    db.execute("PRAGMA foreign_keys = ON")
    return db


@cache
def _new_ledger() -> tuple[sqlite3.Connection, str]:
    path = Path(":memory:")
    db = sqlite3.connect(path, isolation_level=None)
    db.row_factory = sqlite3.Row
    _migrate(db, path)
    return db, _identify(db, path, rehearsal=False, now=DUE)
