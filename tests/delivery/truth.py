"""What must hold in every history: told from what the services show and from what people decided, not by the ledger."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field

from channels.post import Post
from loa.delivery.deliver import DRIFT
from loa.ledger.decisions import Scope
from loa.ledger.model import ENDED, Entry, State
from loa.ledger.store import Ledger
from loa.planning.lateness import deadline
from tests.delivery.world import LONGEST, World

SENT = {State.SENDING, State.UNKNOWN, State.PROCESSING, State.NEEDS_PERSON, State.PUBLISHED}
AT_REST = ENDED | {State.NEEDS_PERSON, State.HELD}


@dataclass
class Will:
    """What people decided, as they remember it."""

    stopped: set[str] = field(default_factory=set)  # codes of what is not to be sent
    paused: set[tuple[Scope, str]] = field(default_factory=set)
    approved: dict[tuple[str, str], str] = field(default_factory=dict)  # announcement and channel → hash of the content


@dataclass
class Past:
    """What a ledger has told, and what it cannot know because it was restored since."""

    published: set[str] = field(default_factory=set)  # codes that it said to be published
    withdrawn: set[str] = field(default_factory=set)  # codes that it said to be taken down
    unseen: set[str] = field(default_factory=set)  # codes that went out without its knowledge
    requests: dict[str, int] = field(default_factory=dict)  # code → how many were made without its knowledge


class Truth:
    """The judge of one history."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.will = Will()
        self.past = Past()
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
        entry = next(entry for entry in ledger.entries() if entry.occurrence.code == post.marker)
        own, will, now = entry.occurrence, self.will, self.world.now()
        if will.approved.get((own.announcement, own.channel)) != post.content_sha256():
            self.outrages.append("sent what nobody approved")
        if not channel:  # may come at any time
            return
        if own.code in will.stopped:
            self.outrages.append("sent although a person had stopped it")
        if will.paused & {("all", ""), ("channel", channel), ("campaign", own.campaign)}:
            self.outrages.append("sent while it was paused")
        account = ledger.accounts.of(channel)
        if account.closed_at or (account.wait_until and now < account.wait_until):
            self.outrages.append("sent through an account that was closed")
        # Our own website is as right as the computer's clock; a service has its own.
        at, off = (now, LONGEST) if channel == "trang" else (self.world.time, DRIFT)
        if not own.starts_at - off <= at < deadline(own) + off:
            self.outrages.append("sent outside its time")

    def check(self, ledger: Ledger) -> None:
        """Nothing happened that must not, and the ledger says what is true."""
        assert not self.outrages, self.outrages[0]
        assert ledger.contradicted() == (), "a state of which no event tells"
        for entry in ledger.entries():
            self._check_what_is_out_there(entry)
            self._check_what_is_said(entry)

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
            assert entry.state in AT_REST, f"never ends: {entry.state}"
            assert entry.state is not State.SKIPPED or entry.reason, "skipped without a word"
            assert entry.state not in {State.NEEDS_PERSON, State.REJECTED} or entry.trouble, "failed without a word"
