"""A world in memory for made-up histories: two services, their faults, the time, a process that may die anywhere."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from channels.abilities import Abilities, Doubt
from channels.answers import Closed, Limited, NotSent, OutcomeUnknown, Processing, Receipt, Rejected, Unreachable
from channels.base import Channel, Message, Sought, Steps
from channels.post import Post
from loa.delivery.office import Office
from loa.ledger.opening import _identify, _migrate
from loa.ledger.store import Ledger
from tests.delivery.stage import DUE

MINUTE = timedelta(minutes=1)
SETTLE = 5 * MINUTE  # longer than the latest commit and the slowest listing together
LATEST_COMMIT, SLOWEST_LISTING = 3 * MINUTE, MINUTE

SITE = Abilities(
    files=True,
    html=True,
    gives_page=False,
    repeatable=True,
    looks_first=False,
    doubt=Doubt(settle=timedelta(0), looks=(), resend=True),
)
PAGE = Abilities(
    files=False,
    html=False,
    gives_page=False,
    repeatable=False,
    looks_first=True,
    longest=MINUTE,
    checks=(15 * MINUTE, timedelta(hours=24)),
    doubt=Doubt(settle=SETTLE, looks=(5 * MINUTE,), resend=True),
)
FAULTS = (
    *("fine", "fine", "fine", "unreachable", "not sent", "limited", "closed", "rejected"),
    *("lost before", "lost after", "lost and late", "bug before", "bug after", "processing"),
)


class Killed(BaseException):
    """The process is gone: nothing of ours catches this."""


@dataclass
class World:
    """What outlives every process: what is public, the time, and what is about to go wrong."""

    now: datetime = DUE
    public: dict[str, list[datetime]] = field(default_factory=dict)  # marker → when each copy became public
    sent: dict[str, list[datetime]] = field(default_factory=dict)  # marker → when each request arrived
    contents: dict[str, list[str]] = field(default_factory=dict)  # marker → what each request said, as a hash
    faults: list[str] = field(default_factory=list)
    deaf: bool = False  # look-ups get no answer
    steps_to_live: int = -1  # calls until the process dies; negative: it lives

    def step(self) -> None:
        """A point at which a process may die."""
        if self.steps_to_live == 0:
            raise Killed
        self.steps_to_live -= 1

    def copies(self, marker: str) -> int:
        """How many of it anybody can see by now."""
        return sum(moment <= self.now for moment in self.public.get(marker, []))


class Service(Channel):
    """A service in memory, and every way in which an answer can fail to come."""

    def __init__(self, world: World, abilities: Abilities) -> None:
        self.world = world
        self.abilities = abilities  # type: ignore[misc]  # one class for both services

    def would_send(self, post: Post) -> tuple[Message, ...]:
        return ()

    def publish(self, post: Post, steps: Steps) -> Receipt | Processing:
        world = self.world
        fault = world.faults.pop() if world.faults else "fine"
        if fault == "unreachable":
            raise Unreachable("http.no_connection")
        world.sent.setdefault(post.marker, []).append(world.now)
        world.contents.setdefault(post.marker, []).append(post.content_sha256())
        refusals = {
            "not sent": NotSent("channel.busy"),
            "limited": Limited("channel.busy", wait=30 * MINUTE),
            "closed": Closed("channel.busy"),
            "rejected": Rejected("channel.attachment_name"),
            "lost before": OutcomeUnknown("http.no_answer"),
            "bug before": ZeroDivisionError(),
        }
        if fault in refusals:
            raise refusals[fault]
        world.step()
        steps.save("token", post.marker)
        if self.abilities.repeatable:  # our own website: there at once or never, and a second time changes nothing
            world.public[post.marker] = [world.now]
        else:
            late = LATEST_COMMIT if fault == "lost and late" else timedelta(0)
            world.public.setdefault(post.marker, []).append(world.now + late)
        world.step()
        if fault in ("lost after", "lost and late"):
            raise OutcomeUnknown("http.no_answer")
        if fault == "bug after":
            raise ZeroDivisionError
        if fault == "processing":
            return Processing(again_in=MINUTE)
        return self._receipt(post.marker)

    def look_up(self, sought: Sought) -> Receipt | None:
        self.world.step()
        if self.world.deaf:
            raise OutcomeUnknown("http.no_answer")
        lag = timedelta(0) if self.abilities.repeatable else SLOWEST_LISTING
        seen = [m for m in self.world.public.get(sought.marker, []) if m + lag <= self.world.now]
        return self._receipt(sought.marker) if seen else None

    def follow(self, sought: Sought) -> Receipt | Processing:
        self.world.step()
        if self.world.deaf:
            raise OutcomeUnknown("http.no_answer")
        assert sought.steps["token"] == sought.marker
        return self._receipt(sought.marker)

    def is_live(self, remote_id: str) -> bool:
        self.world.step()
        return bool(self.world.copies(remote_id))

    def _receipt(self, marker: str) -> Receipt:
        return Receipt(remote_id=marker, link=f"https://a.vn/{marker}", published_at=self.world.now)


class WorldOffice(Office):
    """An office whose channels are the services in memory: ``trang`` is the website, every other the page."""

    world: World

    def channel(self, name: str, *, rehearsal: bool) -> Channel:
        return Service(self.world, SITE if name == "trang" else PAGE)


CHANGES = {
    *("claim", "take", "release", "skip", "begin_attempt", "save_steps", "expire_leases", "adopt"),
    *("settle_published", "settle_processing", "settle_needs_person", "settle_seen", "_settle"),
}


class MortalLedger(Ledger):
    """A ledger in a process that may die before and after each of its changes."""

    world: World

    def __getattribute__(self, name: str) -> Any:
        found = super().__getattribute__(name)
        return _mortal(found, super().__getattribute__("world")) if name in CHANGES else found


def _mortal(work: Callable[..., Any], world: World) -> Callable[..., Any]:
    def changed(*arguments: Any, **named: Any) -> Any:
        world.step()
        result = work(*arguments, **named)
        world.step()
        return result

    return changed


def memory() -> tuple[sqlite3.Connection, str]:
    """A new ledger's database in memory, and its instance."""
    new, instance = _new_ledger()
    db = sqlite3.connect(":memory:", isolation_level=None)
    new.backup(db)  # much faster than all migrations
    db.row_factory = sqlite3.Row
    db.execute("PRAGMA foreign_keys = ON")
    return db, instance


@cache
def _new_ledger() -> tuple[sqlite3.Connection, str]:
    path = Path(":memory:")
    db = sqlite3.connect(path, isolation_level=None)
    db.row_factory = sqlite3.Row
    _migrate(db, path)
    db.execute("PRAGMA foreign_keys = ON")
    return db, _identify(db, path, rehearsal=False, now=DUE)


def ledger_in(memory: tuple[sqlite3.Connection, str], world: World) -> MortalLedger:
    """The ledger as a new process finds it: what had not been committed is gone."""
    db, instance = memory
    if db.in_transaction:
        db.execute("ROLLBACK")
    ledger = MortalLedger(db, path=Path(":memory:"), instance=instance, rehearsal=False)
    ledger.world = world
    return ledger
