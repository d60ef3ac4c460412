"""A world in memory for made-up histories: two services and their truth, the time, and what goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

from channels.abilities import Abilities, Doubt
from channels.answers import Closed, Limited, NotSent, OutcomeUnknown, Processing, Receipt, Rejected, Unreachable
from channels.base import Channel, Message, Sought, Steps
from channels.post import Post
from tests.delivery.stage import DUE

MINUTE = timedelta(minutes=1)
FIRST, LAST = date(2023, 9, 1), date(2023, 9, 8)  # days of the window
LATEST_COMMIT, SLOWEST_LISTING = 3 * MINUTE, MINUTE
LONGEST = MINUTE  # between the intent and the last byte, standstills of the computer included
SETTLE = 6 * MINUTE  # longer than these three together
QUICK, SLOW = 2 * MINUTE, 40 * MINUTE  # how long the page's service works on what it took
AGES = timedelta(hours=24)  # then the channel says that it cannot tell

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
    longest=LONGEST,
    checks=(15 * MINUTE, timedelta(hours=24)),
    doubt=Doubt(settle=SETTLE, looks=(5 * MINUTE,), resend=True),
)
REFUSALS = {
    "not sent": NotSent("channel.busy"),
    "limited": Limited("channel.busy", wait=30 * MINUTE),
    "closed": Closed("channel.busy"),
    "rejected": Rejected("channel.attachment_name"),
    "lost before": OutcomeUnknown("http.no_answer"),
    "bug before": ZeroDivisionError(),
}
WORKS = ("processing", "slow", "fails", "never ends")
FAULTS = ("fine", "fine", "unreachable", *REFUSALS, "lost after", "lost and late", "bug after", *WORKS)


class Killed(BaseException):
    """The process is gone: nothing of ours catches this."""


@dataclass(kw_only=True)
class Copy:
    """One post that people can see, or will."""

    since: datetime
    until: datetime | None = None  # when it was taken down


@dataclass(kw_only=True)
class Work:
    """What the page's service does with a post that it took and has not published."""

    end: Literal["published", "failed", "never"]
    at: datetime
    copy: Copy | None = None


@dataclass
class World:
    """What outlives every process: what is public, the time, and what is about to go wrong."""

    time: datetime = DUE  # the true one
    skew: timedelta = timedelta(0)  # by which the computer's clock is ahead of it
    copies: dict[str, list[Copy]] = field(default_factory=dict)  # by marker
    works: dict[str, Work] = field(default_factory=dict)  # by marker
    requests: dict[str, int] = field(default_factory=dict)  # by marker, how many arrived
    last_skew: dict[str, timedelta] = field(default_factory=dict)  # by marker, at the last of them
    told: set[str] = field(default_factory=set)  # markers of which all followers of the page were told
    closed: set[str] = field(default_factory=set)  # accounts that a person has to mend
    witness: Callable[[str, Post], None] = lambda *_: None  # sees each request arrive
    overhear: Callable[[str, str], None] = lambda *_: None  # each word to all followers, by channel and marker
    # What is about to happen
    faults: list[str] = field(default_factory=list)
    deaf: bool = False  # look-ups get no answer
    steps_to_live: int = -1  # until the process dies; negative: it lives
    steps_to_standstill: int = -1  # until the process stands still
    meanwhile: Callable[[str], None] | None = None  # what happens then; is told how far a request has come
    stage: str = ""  # of what is being sent: "asked" to go ahead, "begun" from then until the service has it
    in_hand: int = 0  # the occurrence of which that is

    def now(self) -> datetime:
        """What the computer's clock shows."""
        return self.time + self.skew

    def step(self) -> None:
        """A point at which a process may die, or stand still while everything else goes on."""
        if self.steps_to_live == 0:
            raise Killed
        self.steps_to_live -= 1
        self.steps_to_standstill -= 1
        if self.meanwhile and self.steps_to_standstill < 0:
            act, self.meanwhile = self.meanwhile, None
            stage, self.stage = self.stage, ""
            act(stage)
            self.stage = stage

    def be_calm(self) -> None:
        """Nothing goes wrong any more."""
        self.faults, self.deaf, self.steps_to_live, self.meanwhile, self.stage = [], False, -1, None, ""

    def live(self, marker: str) -> list[Copy]:
        """What is public of it or will be: not taken down."""
        return [copy for copy in self.copies.get(marker, []) if copy.until is None]

    def visible(self, marker: str) -> list[Copy]:
        """What anybody can see of it."""
        return [copy for copy in self.live(marker) if copy.since <= self.time]

    def settled_at(self) -> datetime:
        """When all that the services have taken by now can be found."""
        copies = [copy.since for found in self.copies.values() for copy in found]
        return max(copies, default=self.time) + SLOWEST_LISTING

    def is_at_work(self, marker: str) -> bool:
        """Whether the page's service shows its owner that it still works on it."""
        work = self.works.get(marker)
        return work is not None and work.end == "published" and self.time < work.at

    def take_down(self, marker: str) -> None:
        """Nobody sees it any more."""
        for copy in self.live(marker):
            copy.until = self.time


class Service(Channel):
    """A service in memory, and every way in which an answer can fail to come."""

    def __init__(self, name: str, world: World, abilities: Abilities) -> None:
        self.name = name
        self.world = world
        self.abilities = abilities
        self._offset: timedelta | None = None

    def would_send(self, post: Post) -> tuple[Message, ...]:
        return ()

    def publish(self, post: Post, steps: Steps) -> Receipt | Processing:
        world, marker = self.world, post.marker
        work = world.works.get(marker)
        if work and work.end != "failed" and steps.get("token"):
            return Processing(again_in=MINUTE)
        steps.save("photo", marker)
        steps.go_ahead()
        fault = self._arrive(post)
        if fault in WORKS and not self.abilities.repeatable:
            return self._work_on(marker, fault, steps)
        world.step()
        self._show(marker, late=fault == "lost and late")
        world.step()
        if fault in ("lost after", "lost and late"):
            raise OutcomeUnknown("http.no_answer")
        if fault == "bug after":
            raise ZeroDivisionError
        return self._receipt(marker)

    def look_up(self, sought: Sought) -> Receipt | Processing | None:
        if "token" in sought.steps and sought.marker in self.world.works:
            return self.follow(sought)
        self._ask()
        lag = timedelta(0) if self.abilities.repeatable else SLOWEST_LISTING
        listed = [copy for copy in self.world.live(sought.marker) if copy.since + lag <= self.world.time]
        return self._receipt(sought.marker) if listed else None

    def follow(self, sought: Sought) -> Receipt | Processing:
        self._ask()
        assert sought.steps["token"] == sought.marker
        work = self.world.works[sought.marker]
        if work.end == "never" and self.world.now() - sought.since > AGES:
            raise OutcomeUnknown("http.no_answer")
        if work.end == "never" or self.world.time < work.at:
            return Processing(again_in=MINUTE)
        if work.end == "failed" or not self.world.visible(sought.marker):
            raise Rejected("channel.attachment_name")
        self._tell(sought)
        return self._receipt(sought.marker)

    def is_live(self, remote_id: str) -> bool:
        self._ask()
        return bool(self.world.visible(remote_id))

    def withdraw(self, remote_id: str, reason: str) -> None:
        lost = self._change()
        self.world.take_down(remote_id)
        self.world.step()
        if lost:
            raise OutcomeUnknown("http.no_answer")

    def correct(self, remote_id: str, post: Post, steps: Steps) -> Receipt:
        lost = self._change()
        if not self.world.live(remote_id):
            raise Rejected("channel.attachment_name")
        self.world.witness("", post)
        self.world.step()
        if lost:
            raise OutcomeUnknown("http.no_answer")
        return self._receipt(remote_id)

    def clock_offset(self) -> timedelta | None:
        return None if self.abilities.repeatable else self._offset  # our own website has no clock of its own

    def _arrive(self, post: Post) -> str:
        """The request is there; what will go wrong with it, unless it is refused right now."""
        world = self.world
        fault = world.faults.pop() if world.faults else "fine"
        stage, world.stage = world.stage, ""
        if fault == "unreachable":
            raise Unreachable("http.no_connection")
        world.witness(self.name, post)
        world.requests[post.marker] = world.requests.get(post.marker, 0) + 1
        world.last_skew[post.marker] = world.skew
        self._offset = -world.skew
        if fault == "closed":
            world.closed.add(self.name)
        if self.name in world.closed:
            raise REFUSALS["closed"]
        if fault in REFUSALS:
            raise REFUSALS[fault]
        if self.abilities.repeatable and post.marker in world.copies and not world.live(post.marker):
            raise Rejected("channel.attachment_name")  # what was withdrawn does not come back by itself
        world.stage = stage
        return fault

    def _work_on(self, marker: str, fault: str, steps: Steps) -> Processing:
        """Taken, not published yet; slow is only what its sender can ask about."""
        world = self.world
        work = Work(end="failed" if fault == "fails" else "never", at=world.time + QUICK)
        if fault in ("processing", "slow"):
            work = Work(end="published", at=world.time + QUICK, copy=Copy(since=world.time + QUICK))
            world.copies.setdefault(marker, []).extend([work.copy] if work.copy else [])
        world.works[marker] = work
        world.stage = ""
        world.step()
        steps.save("token", marker)
        if fault == "slow" and work.copy:
            work.at = work.copy.since = max(work.at, world.time + SLOW)
        world.step()
        return Processing(again_in=MINUTE)

    def _show(self, marker: str, *, late: bool) -> None:
        world = self.world
        if self.abilities.repeatable:  # there at once or never, and a second time changes nothing
            world.copies[marker] = [Copy(since=world.time)]
        else:
            since = world.time + (LATEST_COMMIT if late else timedelta(0))
            world.copies.setdefault(marker, []).append(Copy(since=since))
        world.stage = ""

    def _tell(self, sought: Sought) -> None:
        """All followers hear of what has become public, once, and only while anybody may speak."""
        world, marker = self.world, sought.marker
        if marker in world.told or (sought.until and world.now() >= sought.until):
            return
        sought.go_ahead()
        world.stage = ""
        world.told.add(marker)
        world.overhear(self.name, marker)

    def _ask(self) -> None:
        self.world.step()
        if self.world.deaf:
            raise OutcomeUnknown("http.no_answer")
        self._offset = -self.world.skew

    def _change(self) -> bool:
        """A request to change what is there arrives; whether its answer will be lost."""
        fault = self.world.faults.pop() if self.world.faults else "fine"
        if fault == "unreachable":
            raise Unreachable("http.no_connection")
        if fault in ("lost before", "not sent", "limited"):
            raise REFUSALS[fault]
        self.world.step()
        return fault in ("lost after", "lost and late")

    def _receipt(self, marker: str) -> Receipt:
        return Receipt(remote_id=marker, link=f"https://a.vn/{marker}", published_at=self.world.time)
