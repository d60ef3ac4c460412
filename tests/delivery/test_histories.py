"""Thousands of made-up histories: crashes, faults, edits and jumps of the clock, and what must hold in all of them."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from channels.abilities import Abilities
from channels.answers import NotSent, OutcomeUnknown, Receipt, Rejected
from channels.base import Channel, Message, Sought, Steps
from channels.post import Post
from channels.static import StaticChannel
from loa.core.secrets import Secrets
from loa.delivery.lateness import deadline
from loa.delivery.office import Office
from loa.delivery.publish import publish_due
from loa.ledger.model import State
from loa.ledger.store import LEASE, Ledger, open_ledger
from loa.planning.plan import plan
from tests.delivery.stage import CONFIG, DUE, PlainRenderer, announcement, campaign, is_sound

NAMES = ("a", "b", "c")
POST = [{"date": day, "slot": "sáng"} for day in ("2023-09-05", "2023-09-06")]
START, END = DUE, DUE + timedelta(days=2)
CHANGES = {"claim", "take", "release", "skip", "begin_attempt", "expire_leases", "settle_published", "_settle"}
FAULTS = st.sampled_from(["fine", "fine", "not sent", "rejected", "lost before", "lost after", "bug after"])
DEATHS = st.one_of(st.just(-1), st.integers(2, 30))  # in calls; the first two take leases back
STATIC: Abilities = StaticChannel.abilities


class Killed(BaseException):
    """The process is gone: nothing of ours catches this."""


@dataclass
class World:
    """What outlives every process: the site, the time, and what is about to go wrong."""

    now: datetime = START
    out: dict[str, int] = field(default_factory=dict)  # marker → how often it was put there
    sent_at: dict[str, list[datetime]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    steps_to_live: int = -1  # calls until the process dies; negative: it lives

    def step(self) -> None:
        """A point at which a process may die."""
        if self.steps_to_live == 0:
            raise Killed
        self.steps_to_live -= 1


class Site(Channel):
    """A website in memory, and every way in which an answer can fail to come."""

    abilities = STATIC

    def __init__(self, world: World) -> None:
        self.world = world

    def would_send(self, post: Post) -> tuple[Message, ...]:
        return ()

    def publish(self, post: Post, steps: Steps) -> Receipt:
        world = self.world
        fault = world.faults.pop() if world.faults else "fine"
        world.sent_at.setdefault(post.marker, []).append(world.now)
        if fault == "not sent":
            raise NotSent("channel.busy")
        if fault == "rejected":
            raise Rejected("channel.attachment_name")
        if fault == "lost before":
            raise OutcomeUnknown("channel.cannot_write")
        world.step()
        world.out[post.marker] = world.out.get(post.marker, 0) + 1
        world.step()
        if fault == "lost after":
            raise OutcomeUnknown("channel.cannot_write")
        if fault == "bug after":
            raise ZeroDivisionError
        return self._receipt(post.marker)

    def look_up(self, sought: Sought) -> Receipt | None:
        self.world.step()
        return self._receipt(sought.marker) if sought.marker in self.world.out else None

    def _receipt(self, marker: str) -> Receipt:
        return Receipt(remote_id=marker, link=f"https://a.vn/{marker}", published_at=self.world.now)


class SiteOffice(Office):
    """An office whose only channel is the website in memory."""

    site: Site

    def channel(self, name: str, *, rehearsal: bool) -> Channel:
        assert (name, rehearsal) == ("trang", False)
        return self.site


class MortalLedger(Ledger):
    """A ledger in a process that may die before and after each of its changes."""

    def __getattribute__(self, name: str) -> Any:
        found = super().__getattribute__(name)
        if name not in CHANGES:
            return found
        world: World = super().__getattribute__("world")
        return _mortal(found, world)


def _mortal(work: Callable[..., Any], world: World) -> Callable[..., Any]:
    def changed(*arguments: Any, **named: Any) -> Any:
        world.step()
        result = work(*arguments, **named)
        world.step()
        return result

    return changed


class Histories(RuleBasedStateMachine):
    """An officer, a clock, cron, and bad luck."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.world = World()
        self.wanted = set(NAMES)
        self.text = dict.fromkeys(NAMES, "Nội dung")
        self.record()

    def teardown(self) -> None:
        self.calm_down()
        shutil.rmtree(self.folder)

    def open(self) -> Ledger:
        ledger = open_ledger(self.folder / "loa.db", rehearsal=False, now=START)
        ledger.__class__ = MortalLedger
        vars(ledger)["world"] = self.world
        return ledger

    def office(self) -> SiteOffice:
        own = self.campaign()
        office = SiteOffice(
            config=CONFIG,
            campaigns={own.campaign: own},
            workspace=self.folder,
            templates=self.folder,
            renderer=PlainRenderer(),
            secrets=Secrets({}),
            now=lambda: self.world.now,
        )
        vars(office)["site"] = Site(self.world)
        return office

    def campaign(self) -> Any:
        return campaign(
            announcements={
                name: announcement(title=name, text=self.text[name], post=POST) for name in sorted(self.wanted)
            }
        )

    @rule()
    def record(self) -> None:
        with self.open() as ledger:
            ledger.record("khao-sat", plan(self.campaign(), CONFIG), self.world.now)

    @rule(name=st.sampled_from(NAMES))
    def edit_what_is_wanted(self, name: str) -> None:
        self.wanted ^= {name}
        self.wanted = self.wanted or {name}

    @rule(name=st.sampled_from(NAMES), text=st.sampled_from(["Nội dung", "Nội dung khác", "!hotlin"]))
    def edit_the_text(self, name: str, text: str) -> None:
        self.text[name] = text

    @precondition(lambda self: self.world.now < END)
    @rule(minutes=st.sampled_from([1, 6, 6, 30, 100, 1430]))
    def wait(self, minutes: int) -> None:
        self.world.now += timedelta(minutes=minutes)

    @rule(faults=st.lists(FAULTS, min_size=3, max_size=6), steps_to_live=DEATHS)
    def publish(self, faults: list[str], steps_to_live: int) -> None:
        self.world.faults, self.world.steps_to_live = faults, steps_to_live
        ledger = self.open()
        try:
            publish_due(ledger, self.office(), lambda: self.world.now)
        except Killed:
            pass
        finally:
            ledger.close()
            self.world.faults, self.world.steps_to_live = [], -1

    @invariant()
    def the_ledger_tells_the_truth(self) -> None:
        with self.open() as ledger:
            entries = ledger.entries()
            assert is_sound(ledger)
        for entry in entries:
            code = entry.occurrence.code
            if entry.state is State.PUBLISHED:
                assert code in self.world.out
            if code in self.world.out:
                assert entry.state in {State.SENDING, State.UNKNOWN, State.PUBLISHED}
                assert self.world.out[code] == 1  # a look-up comes before every second try
            for moment in self.world.sent_at.get(code, []):
                assert entry.occurrence.starts_at <= moment < deadline(entry.occurrence)
            assert entry.attempts >= len(self.world.sent_at.get(code, []))  # each had its intent first

    def calm_down(self) -> None:
        """Once nothing goes wrong any more, everything ends, and ends truly."""
        self.text = dict.fromkeys(NAMES, "Nội dung")
        self.world.now = max(self.world.now, END) + LEASE
        for _ in range(2):
            self.publish([], -1)
        self.the_ledger_tells_the_truth()
        with self.open() as ledger:
            assert {entry.state for entry in ledger.entries()} <= {State.PUBLISHED, State.REJECTED, State.SKIPPED}


TestHistories = Histories.TestCase
TestHistories.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
