"""Made-up histories of one office: an officer, a leader, a clock, cron, and bad luck."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from loa.core.errors import LoaError
from loa.delivery.approving import Basis, approve
from loa.delivery.concerned import Recall, sort_out
from loa.delivery.holding import Decision, decide
from loa.delivery.pausing import Overdue, resume
from loa.delivery.publish import publish_due
from loa.delivery.recall import correct, withdraw
from loa.delivery.resolving import Answer, Word, resolve
from loa.ledger.decisions import Scope
from loa.ledger.model import Entry, State
from tests.delivery.premises import CAMPAIGN, CHANNELS, NAMES, Premises, campaign_of
from tests.delivery.stage import DUE, is_sound
from tests.delivery.truth import Will, is_at_rest
from tests.delivery.world import AGES, FAULTS, LONGEST, MINUTE, SETTLE, Copy, Killed

TEXTS = ("Nội dung", "Nội dung khác", "!hotlin")  # the last is a mistake
END = DUE + timedelta(days=2)
SILENCES = (date(2023, 9, 6), date(2023, 9, 7))
STOPS: tuple[tuple[Scope, str], ...] = (("all", ""), ("channel", "fanpage"), ("campaign", CAMPAIGN))
BY: dict[str, Any] = {"by": "an", "why": "thử"}

STEPS_OF_ONE = 20  # history
ONE = st.integers(0, 7)  # of the occurrences
NAME = st.sampled_from(NAMES)
TROUBLE = st.lists(st.sampled_from(FAULTS), min_size=1, max_size=4)
STEPS = st.integers(2, 30)  # of a pass; the first two take leases back
LATER = st.sampled_from([0, 0, 0, 1, 7, 7, 7, 30, 60, 1430])  # in minutes
MEANWHILE = ("another job", "wait", "sleep", "hold", "cancel", "stop", "approve", "withdraw")


class Histories(Premises, RuleBasedStateMachine):
    """What may happen. Several things of a kind share a rule, so that every other step is a pass."""

    def __init__(self) -> None:
        super().__init__()
        self.backup: tuple[sqlite3.Connection, Will] | None = None
        self.record()
        for name in NAMES:
            self.say_yes(name)

    def teardown(self) -> None:
        try:
            self.calm_down()
            assert is_sound(self.open())  # the chain keeps what was ever broken, so once at the end is enough
        finally:
            self.disk.close()
            if self.backup:
                self.backup[0].close()

    # The campaign file, and what people decide

    @rule(name=NAME, change=st.sampled_from(["", *SILENCES, *TEXTS]), is_recorded=st.booleans())
    def edit(self, name: str, change: str | date, is_recorded: bool) -> None:
        """Another text, an announcement comes or goes, or on another day than before nothing goes out, or on none."""
        if isinstance(change, date):
            self.silence = None if self.silence == change else change
        elif change:
            self.text[name] = change
        else:
            self.wanted = self.wanted ^ {name} or {name}
        if is_recorded:
            self.record()

    @rule(name=NAME)
    def say_yes(self, name: str) -> None:
        own, now = campaign_of(self.file()), self.world.now()
        told: dict[str, Any] = {"approver": "lanh-dao", "recorded_by": "chuyen-vien", "basis": Basis(), "now": now}
        with suppress(LoaError):  # words that cannot be filled in, or an announcement that the file has no more
            for content in approve(own, name, self.office(), self.open(), **told):
                self.truth.will.approved[name, content.channel] = content.post.content_sha256()

    @rule(first=ONE, many=st.integers(1, 8), decision=st.sampled_from(Decision))
    def decide(self, first: int, many: int, decision: Decision) -> None:
        done = decide(self.open(), self.entries(first)[:many], decision, **BY, now=self.world.now()).done
        codes = {entry.occurrence.code for entry in done}
        if decision is Decision.LET_GO:
            self.truth.will.stopped -= codes
        else:
            self.truth.will.stopped |= codes

    @rule(stop=st.sampled_from(STOPS), overdue=st.sampled_from(["skip", "shift"]))
    def stop_or_go_on(self, stop: tuple[Scope, str], overdue: Overdue) -> None:
        if stop not in self.truth.will.paused:
            self.stop(stop)
        else:
            resumed = resume(self.open(), self.office(), *stop, overdue, **BY, now=self.world.now())
            assert resumed is not None
            self.truth.will.paused.remove(stop)
            self.truth.will.stopped |= {entry.occurrence.code for entry in resumed.skipped}

    def stop(self, stop: tuple[Scope, str]) -> None:
        self.open().decisions.pause(*stop, by="an", reason="quốc tang", now=self.world.now())
        self.truth.will.paused.add(stop)

    @rule(first=ONE, answer=st.sampled_from([Answer.AGAIN, Answer.SKIP, Answer.WITHDRAWN]), at_next=st.booleans())
    def look_and_tell(self, first: int, answer: Answer, at_next: bool) -> None:
        """A person looks whether it is out there, at any time, and says what is to be seen.

        Not when the service shows its owner that it is still at work on it; nor by a clock that was set since it was
        sent, which Loa cannot know of.
        """
        entries = self.entries(first)
        if answer is Answer.WITHDRAWN:
            self.take_down(next((entry for entry in entries if entry.state is State.PUBLISHED), None))
            return
        for entry in entries:
            code = entry.occurrence.code
            is_plain = self.world.last_skew.get(code) == self.world.skew and not self.world.is_at_work(code)
            if entry.state is State.REJECTED:
                self.tell(entry, Answer.SKIP)
            elif entry.state is State.NEEDS_PERSON or (entry.state is State.UNKNOWN and is_plain):
                self.tell(entry, Answer.PUBLISHED if self.world.visible(code) else answer, at_next=at_next)

    def take_down(self, entry: Entry | None) -> None:
        if entry:
            self.world.take_down(entry.occurrence.code)
            self.tell(entry, Answer.WITHDRAWN)

    def tell(self, entry: Entry, answer: Answer, *, at_next: bool = False) -> None:
        word = Word(answer=answer, link="https://a.vn/1" if answer is Answer.PUBLISHED else "", **BY)
        with suppress(LoaError):  # what was sent may still appear, or no time is left to send it again
            resolve(self.open(), self.office(), entry, word, now=self.world.now(), at_next=at_next)
            if answer is Answer.SKIP:
                self.truth.will.stopped.add(entry.occurrence.code)

    @rule(name=NAME, what=st.sampled_from(Recall), faults=TROUBLE, steps_to_live=st.sampled_from([-1, -1, 1, 2, 4]))
    def recall(self, name: str, what: Recall, faults: list[str], steps_to_live: int) -> None:
        """An announcement is withdrawn or corrected by a command that may die."""
        ledger, office, now = self.open(), self.office(), self.world.now()
        self.world.faults, self.world.steps_to_live = faults, steps_to_live
        try:
            found = sort_out(ledger, office, CAMPAIGN, name, what, Path("none"), now)
            if what is Recall.WITHDRAW:
                self.truth.will.withdraw(name, found.planned, found.in_doubt)
                withdraw(ledger, office, found, **BY, now=self.world.now)
            else:
                correct(ledger, office, found, **BY, now=self.world.now)
        except (Killed, LoaError):  # dead; nothing recorded, no longer in the file, or the new words are not approved
            pass
        finally:
            self.world.be_calm()

    # Machines, and other people

    @rule(account=st.sampled_from(CHANNELS))
    def mend_the_account(self, account: str) -> None:
        self.world.closed.discard(account)
        self.open().accounts.open(account)

    @rule(minutes=st.sampled_from([0, 0, 4, 90, 1440, -4, -60]))
    def set_the_clock(self, minutes: int) -> None:
        self.world.skew = minutes * MINUTE

    @rule()
    def back_up_or_restore(self) -> None:
        """The disk is replaced in more time than any service needs to show what it was sent."""
        if self.backup is None:
            self.backup = self.disk.back_up(), self.truth.as_now()
            return
        (db, will), self.backup = self.backup, None
        self.disk.restore(db)
        db.close()
        self.world.time = max(self.world.time + 10 * MINUTE, self.world.settled_at())
        self.truth.is_restored(self.open(), will)

    @rule(first=ONE)
    def post_from_elsewhere(self, first: int) -> None:
        """Somebody used another copy of the ledger, a while ago."""
        for entry in self.entries(first):
            code = entry.occurrence.code
            if entry.occurrence.channel == "fanpage" and entry.state is State.PLANNED and code not in self.world.copies:
                self.world.copies[code] = [Copy(since=self.world.time - SETTLE)]
                self.truth.past.unseen.add(code)
                return

    # The posting job

    @rule(after=LATER)
    def publish(self, after: int) -> None:
        """A pass of a good day."""
        self.run(after)

    @rule(after=LATER, faults=TROUBLE, deaf=st.booleans())
    def publish_with_faults(self, after: int, faults: list[str], deaf: bool) -> None:
        self.run(after, faults=faults, deaf=deaf)

    @rule(after=LATER, faults=TROUBLE, steps_to_live=STEPS)
    def publish_and_die(self, after: int, faults: list[str], steps_to_live: int) -> None:
        self.run(after, faults=faults, steps_to_live=steps_to_live)

    @rule(
        after=LATER,
        faults=TROUBLE,
        steps_to_standstill=STEPS,
        meanwhile=st.lists(st.sampled_from(MEANWHILE), min_size=1, max_size=4),
    )
    def publish_haltingly(
        self, after: int, faults: list[str], steps_to_standstill: int, meanwhile: Sequence[str]
    ) -> None:
        """A pass that stands still on its way, while everything else goes on."""

        def act(stage: str) -> None:
            try:
                if stage == "begun":  # who decides anything now comes too late for this request
                    self.truth.begun.add(self.open().entry(self.world.in_hand).occurrence.code)
                for what in meanwhile:
                    self.happen(what, stage)
            except Exception as error:  # would count as a bug of whatever stands still
                self.truth.outrages.append(f"a bug of the history: {error!r}")

        self.run(after, faults=faults, steps_to_standstill=steps_to_standstill, meanwhile=act)

    def happen(self, what: str, stage: str) -> None:
        """Something in the middle of a pass. What was told to go ahead stands still for a moment at most."""
        if what in ("wait", "sleep"):
            long = 7 * MINUTE if what == "wait" else timedelta(hours=3)
            self.world.time += LONGEST / 4 if stage else long
        elif what == "another job":
            publish_due(self.open(), self.office(), self.world.now)
        elif what == "stop":
            self.stop(STOPS[0])
        elif what == "approve":
            for name in NAMES:
                self.text[name] = TEXTS[1]
                self.say_yes(name)
        elif what == "withdraw":
            for name in NAMES:
                self.recall(name, Recall.WITHDRAW, [], -1)
        else:
            self.decide(0, 8, Decision(what))

    def run(self, after: int = 0, **bad_luck: Any) -> None:
        """A pass, so many minutes after whatever was before."""
        if self.world.time < END:
            self.world.time += after * MINUTE
        for name, value in bad_luck.items():
            setattr(self.world, name, value)
        self.truth.pass_began = self.world.now()
        try:
            publish_due(self.open(), self.office(), self.world.now)
        except Killed:
            pass
        finally:
            self.world.be_calm()

    # What must hold

    @invariant()
    def the_ledger_tells_the_truth(self) -> None:
        self.truth.check(self.open())

    def calm_down(self) -> None:
        """Nothing goes wrong any more, everything may be sent, and the time of all of it passes."""
        self.text, self.wanted, self.silence = dict.fromkeys(NAMES, TEXTS[0]), set(NAMES), None
        self.world.skew = timedelta(0)
        for stop in sorted(self.truth.will.paused):
            self.stop_or_go_on(stop, "shift")
        for account in CHANNELS:
            self.mend_the_account(account)
        for name in NAMES:
            self.say_yes(name)
        self.run()
        self.world.time = max(self.world.time, END)
        for wait in (LONGEST, *[3 * SETTLE] * 6, AGES, *[3 * SETTLE] * 4, AGES, AGES, AGES, *[3 * SETTLE] * 4):
            self.world.time += wait
            self.run()
            if all(is_at_rest(entry) for entry in self.entries()):
                break
        self.truth.check_the_end(self.open())
