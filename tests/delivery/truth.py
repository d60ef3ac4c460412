"""What must hold in every history: told from what the services show and from what people decided, not by the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from channels.post import Post
from loa.delivery.deliver import DRIFT
from loa.ledger.decisions import Scope
from loa.ledger.model import ENDED, Entry, Skip, State
from loa.ledger.store import Ledger
from loa.planning.lateness import deadline
from tests.delivery.stage import DUE
from tests.delivery.world import LAST, LONGEST, World

SENT = {State.SENDING, State.UNKNOWN, State.PROCESSING, State.NEEDS_PERSON, State.PUBLISHED}
AT_REST = ENDED | {State.NEEDS_PERSON, State.HELD}


@dataclass
class Will:
    """What people decided, as they remember it."""

    stopped: set[str] = field(default_factory=set)  # codes of what is not to be sent
    recalled: set[str] = field(default_factory=set)  # codes of what was withdrawn while it might be out there
    paused: set[tuple[Scope, str]] = field(default_factory=set)
    approved: dict[tuple[str, str], str] = field(default_factory=dict)  # announcement and channel → hash of the content

    def withdraw(self, name: str, planned: Iterable[Entry], in_doubt: Iterable[Entry]) -> None:
        """An announcement is not to be public any more, and what was approved of it does not count."""
        self.stopped |= {entry.occurrence.code for entry in planned}
        self.recalled |= {entry.occurrence.code for entry in in_doubt}
        self.approved = {key: content for key, content in self.approved.items() if key[0] != name}


@dataclass
class Past:
    """What a ledger has told, and what it cannot know because it was restored since."""

    published: set[str] = field(default_factory=set)  # codes that it said to be published
    withdrawn: set[str] = field(default_factory=set)  # codes that it said to be taken down
    unseen: set[str] = field(default_factory=set)  # codes that went out without its knowledge
    requests: dict[str, int] = field(default_factory=dict)  # code → how many were made without its knowledge


class Truth:
    """The judge of one history."""

    def __init__(self, world: World, speaks_on: Callable[[date], bool]) -> None:
        self.world = world
        self.speaks_on = speaks_on  # whether the campaign's file of today lets anything out on a day
        self.will = Will()
        self.past = Past()
        self.pass_began = DUE  # by the computer's clock
        self.begun: set[str] = set()  # codes whose one request was on its way when somebody decided: too late
        self.outrages: list[str] = []  # what a request did that it must not

    def as_now(self) -> Will:
        """What people have decided, to go back to."""
        return deepcopy(self.will)

    def is_restored(self, ledger: Ledger, will: Will) -> None:
        """The ledger is an older one, and with it what people had decided."""
        self.will, self.past = will, Past()
        for entry in ledger.entries():
            code = entry.occurrence.code
            self.past.requests[code] = max(0, self.world.requests.get(code, 0) - entry.attempts)
            if self.world.copies.get(code):
                self.past.unseen.add(code)

    def see_request(self, ledger: Ledger, channel: str, post: Post) -> None:
        """A request arrives: whether it may. ``channel`` is empty for a correction.

        Only noted: what is raised here would count as a bug of the channel's.
        """
        entries = ledger.entries()
        entry = next(entry for entry in entries if entry.occurrence.code == post.marker)
        own = entry.occurrence
        is_too_late = channel and own.code in self.begun
        self.begun.discard(own.code)
        if not is_too_late:
            self._judge(ledger, channel, entry)
            if self.will.approved.get((own.announcement, own.channel)) != post.content_sha256():
                self.outrages.append("sent what nobody approved")
        if not channel:  # a correction may come at any time
            return
        # Our own website is as right as the computer's clock; a service has its own.
        at, off = (self.world.now(), LONGEST) if channel == "trang" else (self.world.time, DRIFT)
        if not own.starts_at - off <= at < deadline(own) + off:
            self.outrages.append("sent outside its time")
        if not self.speaks_on(at.astimezone(ZoneInfo(own.zone)).date()):
            self.outrages.append("sent on a day on which nothing goes out")
        if any(self._is_out(other) or self._is_due_too(other) for other in entries if _is_later(other, entry)):
            self.outrages.append("sent although a later one of the same stands in for it")

    def hear_word(self, ledger: Ledger, channel: str, marker: str) -> None:
        """All followers are told of a post: whether they may be. Only noted, like a request."""
        entry = next(entry for entry in ledger.entries() if entry.occurrence.code == marker)
        if marker in self.begun:
            self.begun.discard(marker)
        else:
            self._judge(ledger, channel, entry)
        if self.world.now().astimezone(ZoneInfo(entry.occurrence.zone)).date() > LAST:
            self.outrages.append("followers were told after the window")

    def _judge(self, ledger: Ledger, channel: str, entry: Entry) -> None:
        """Whether somebody has stopped what reaches the public now; ``channel`` is empty for a correction."""
        own, will, now = entry.occurrence, self.will, self.world.now()
        if not channel:
            return
        if own.code in will.stopped:
            self.outrages.append("sent although a person had stopped it")
        if own.code in will.recalled:
            self.outrages.append("sent although it was withdrawn")
        if will.paused & {("all", ""), ("channel", channel), ("campaign", own.campaign)}:
            self.outrages.append("sent while it was paused")
        account = ledger.accounts.of(channel)
        if account.closed_at or (account.wait_until and now < account.wait_until):
            self.outrages.append("sent through an account that was closed")

    def _is_out(self, entry: Entry) -> bool:
        """Whether it is public, and the ledger had every occasion to know."""
        code = entry.occurrence.code
        return entry.state in SENT and bool(self.world.live(code)) and code not in self.past.unseen

    def _is_due_too(self, entry: Entry) -> bool:
        """Whether it waits to be sent, and did so when the pass began."""
        own, began = entry.occurrence, self.pass_began
        days = {own.local_date, own.starts_at.astimezone(ZoneInfo(own.zone)).date()}
        is_in_time = own.starts_at <= began and self.world.now() + 2 * LONGEST < deadline(own)
        return entry.state is State.PLANNED and is_in_time and all(map(self.speaks_on, days))

    def check(self, ledger: Ledger) -> None:
        """Nothing happened that must not, and the ledger says what is true."""
        assert not self.outrages, self.outrages[0]
        assert ledger.contradicted() == (), "a state of which no event tells"
        entries = ledger.entries()
        for entry in entries:
            self._check_what_is_out_there(entry)
            self._check_what_is_said(entry)
            if entry.reason is Skip.SUPERSEDED:
                assert any(_is_later(other, entry) for other in entries), "skipped for one that does not exist"

    def _check_what_is_out_there(self, entry: Entry) -> None:
        code, world, past = entry.occurrence.code, self.world, self.past
        live, ever = world.live(code), world.copies.get(code, [])
        if entry.state in SENT and live:
            past.unseen.discard(code)  # now it knows
        is_known = code not in past.unseen
        assert len(live) <= 1, "two posts of one occurrence"
        assert len(ever) <= 1 or not is_known or past.requests, "two posts of one occurrence, one after the other"
        assert not live or not is_known or entry.state in SENT, f"public, and the ledger says {entry.state}"
        own_requests = world.requests.get(code, 0) - past.requests.get(code, 0)
        assert entry.attempts >= own_requests, "sent without an intent"

    def _check_what_is_said(self, entry: Entry) -> None:
        code, state, past = entry.occurrence.code, entry.state, self.past
        if state is State.PUBLISHED:
            is_being_taken_down = self.world.copies.get(code) and code not in past.withdrawn
            assert self.world.visible(code) or is_being_taken_down, "said to be published, and is not"
            past.published.add(code)
        elif state is State.WITHDRAWN:
            past.withdrawn.add(code)
        else:
            assert code not in past.published, f"was published, and the ledger says {state}"

    def check_the_end(self, ledger: Ledger) -> None:
        """Once all is calm: everything has ended or waits for a person, and nothing was lost in silence."""
        self.check(ledger)
        for entry in ledger.entries():
            is_out = entry.occurrence.code in self.will.recalled and self.world.live(entry.occurrence.code)
            is_for_a_person = entry.state is State.NEEDS_PERSON or entry.trouble
            assert not is_out or is_for_a_person, f"withdrawn, and public for good: {entry.state}"
            assert is_at_rest(entry), f"never ends: {entry.state}"
            assert entry.state is not State.SKIPPED or entry.reason, "skipped without a word"
            assert entry.state not in {State.NEEDS_PERSON, State.REJECTED} or entry.trouble, "failed without a word"


def is_at_rest(entry: Entry) -> bool:
    """Whether the posting job has no more to do with it."""
    is_to_be_taken_down = entry.state is State.PUBLISHED and entry.recalled_by and not entry.trouble
    return entry.state in AT_REST and not is_to_be_taken_down


def _is_later(other: Entry, entry: Entry) -> bool:
    """Whether it is of the same announcement on the same channel, and its time begins later."""
    one, two = entry.occurrence, other.occurrence
    return (two.announcement, two.channel) == (one.announcement, one.channel) and two.starts_at > one.starts_at
