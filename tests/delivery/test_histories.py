"""Thousands of made-up histories: crashes, faults, decisions, edits and time, and what must hold in all of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from loa.core.errors import LoaError
from loa.core.secrets import Secrets
from loa.delivery.approving import Basis, approve
from loa.delivery.lateness import deadline
from loa.delivery.publish import publish_due
from loa.ledger.model import ENDED, Entry, StaleFenceError, State
from loa.ledger.store import LEASE
from loa.planning.model import Campaign
from loa.planning.plan import Occurrence, plan
from tests.delivery.stage import CONFIG, DUE, PlainRenderer, announcement, campaign, is_sound
from tests.delivery.world import FAULTS, PAGE, Killed, MortalLedger, World, WorldOffice, ledger_in, memory

# In all parts together; HYPOTHESIS_PROFILE=histories tries 5,000.
HISTORIES, PARTS = max(400, settings.default.max_examples if settings.default else 0), 4
NAMES = ("a", "b")
POST = [{"date": day, "slot": "sáng"} for day in ("2023-09-05", "2023-09-06")]
END = DUE + timedelta(days=2)
DEATHS = st.one_of(st.just(-1), st.integers(2, 40))  # in calls; the first two take leases back
SENT = {State.SENDING, State.UNKNOWN, State.PROCESSING, State.NEEDS_PERSON, State.PUBLISHED}
WITH_PAGE = CONFIG.model_copy(
    update={"channels": {**CONFIG.channels, "fanpage": CONFIG.channels["trang"]}, "approval": "required"}
)


@cache
def campaign_of(texts: tuple[tuple[str, str], ...]) -> Campaign:
    """The campaign with these announcements and texts; there are few, and each is wanted thousands of times."""
    channels = ["trang", "fanpage"]
    return campaign(
        announcements={name: announcement(title=name, text=text, post=POST, channels=channels) for name, text in texts}
    )


@cache
def planned(own: tuple[tuple[str, str], ...]) -> tuple[Occurrence, ...]:
    """Its plan."""
    return plan(campaign_of(own), WITH_PAGE)


class Histories(RuleBasedStateMachine):
    """An officer, a leader, a clock, cron, and bad luck."""

    def __init__(self) -> None:
        super().__init__()
        self.memory = memory()
        self.world = World()
        self.wanted = set(NAMES)
        self.text = dict.fromkeys(NAMES, "Nội dung")
        self.approved: dict[str, set[str]] = {}  # announcement → every content that somebody said yes to, as a hash
        self.stopped: dict[str, datetime] = {}  # code → since when nobody may send it
        self.paused = False
        self.record()
        for name in NAMES:
            self.say_yes(name)

    def teardown(self) -> None:
        try:
            self.calm_down()
            assert is_sound(self.open())  # the chain keeps what was ever broken, so once at the end is enough
        finally:
            self.memory[0].close()

    def open(self) -> MortalLedger:
        return ledger_in(self.memory, self.world)

    def office(self) -> WorldOffice:
        own = self.campaign()
        office = WorldOffice(
            config=WITH_PAGE,
            campaigns={own.campaign: own},
            workspace=Path(),
            templates=Path(),
            renderer=PlainRenderer(),
            secrets=Secrets({}),
            now=lambda: self.world.now,
        )
        vars(office)["world"] = self.world
        return office

    def campaign(self) -> Campaign:
        return campaign_of(tuple((name, self.text[name]) for name in sorted(self.wanted)))

    @rule()
    def record(self) -> None:
        own = tuple((name, self.text[name]) for name in sorted(self.wanted))
        self.open().record("khao-sat", planned(own), self.world.now)

    @rule(name=st.sampled_from(NAMES))
    def edit_what_is_wanted(self, name: str) -> None:
        self.wanted ^= {name}
        self.wanted = self.wanted or {name}

    @rule(name=st.sampled_from(NAMES), text=st.sampled_from(["Nội dung", "Nội dung khác", "!hotlin"]))
    def edit_the_text(self, name: str, text: str) -> None:
        self.text[name] = text

    @rule(name=st.sampled_from(NAMES))
    def say_yes(self, name: str) -> None:
        own = self.campaign()
        if name not in own.announcements:
            return
        try:
            found = approve(
                own,
                name,
                self.office(),
                self.open(),
                approver="lanh-dao",
                recorded_by="chuyen-vien",
                basis=Basis(),
                now=self.world.now,
            )
        except LoaError:  # words that cannot be filled in
            return
        self.approved.setdefault(name, set()).update(content.post.content_sha256() for content in found)

    @rule(number=st.integers(0, 7), what=st.sampled_from(["hold", "let go", "cancel"]))
    def decide(self, number: int, what: str) -> None:
        ledger = self.open()
        entries = ledger.entries()
        entry = entries[number % len(entries)]
        decisions = ledger.decisions
        told: dict[str, Any] = {"by": "an", "why": "thử", "now": self.world.now}
        code = entry.occurrence.code
        if what == "let go" and entry.state is State.HELD:
            decisions.let_go(entry, **told)
            self.stopped.pop(code, None)
        elif what != "let go" and entry.state in {State.PLANNED, State.CLAIMED}:
            (decisions.hold if what == "hold" else decisions.cancel)(entry, **told)
            self.stopped[code] = self.world.now

    @rule()
    def stop_or_go_on(self) -> None:
        ledger = self.open()
        if self.paused:
            ledger.decisions.resume("all", "", by="an", now=self.world.now)
        else:
            ledger.decisions.pause("all", "", by="an", reason="quốc tang", now=self.world.now)
        self.paused = not self.paused

    @rule()
    def mend_the_account(self) -> None:
        self.open().accounts.open("fanpage")

    @precondition(lambda self: self.world.now < END)
    @rule(minutes=st.sampled_from([1, 1, 6, 6, 30, 100, 1430]))
    def wait(self, minutes: int) -> None:
        self.world.now += timedelta(minutes=minutes)

    @rule(faults=st.lists(st.sampled_from(FAULTS), min_size=3, max_size=8), deaf=st.booleans(), steps_to_live=DEATHS)
    def publish(self, faults: list[str], deaf: bool, steps_to_live: int) -> None:
        before = {code: len(moments) for code, moments in self.world.sent.items()}
        self.world.faults, self.world.deaf, self.world.steps_to_live = faults, deaf, steps_to_live
        try:
            publish_due(self.open(), self.office(), lambda: self.world.now)
        except Killed:
            pass
        finally:
            self.world.faults, self.world.deaf, self.world.steps_to_live = [], False, -1
        for code, moments in self.world.sent.items():
            if len(moments) > before.get(code, 0):
                assert not self.paused, "sent while everything was stopped"
                assert code not in self.stopped, "sent although a person had stopped it"

    @invariant()
    def the_ledger_tells_the_truth(self) -> None:
        ledger = self.open()
        assert ledger.contradicted() == ()
        for entry in ledger.entries():
            self._check(entry)

    def _check(self, entry: Entry) -> None:
        code, world = entry.occurrence.code, self.world
        copies = len(world.public.get(code, []))
        assert copies <= 1, "two posts of one occurrence"
        if entry.state is State.PUBLISHED:
            assert copies == 1, "said to be published, and is not"
        if copies:
            assert entry.state in SENT, f"public, and the ledger says {entry.state}"
        moments = world.sent.get(code, [])
        for moment in moments:
            assert entry.occurrence.starts_at <= moment < deadline(entry.occurrence), "sent outside its time"
        assert entry.attempts >= len(moments), "sent without an intent"
        for content in world.contents.get(code, []):
            assert content in self.approved[entry.occurrence.announcement], "sent what nobody approved"

    def calm_down(self) -> None:
        """Once nothing goes wrong any more, everything ends or waits for a person, and truly so."""
        self.text = dict.fromkeys(NAMES, "Nội dung")
        self.wanted = set(NAMES)
        if self.paused:
            self.stop_or_go_on()
        self.mend_the_account()
        self.world.now = max(self.world.now, END) + LEASE
        for _ in range(6):
            self.publish([], deaf=False, steps_to_live=-1)
            self.world.now += 3 * PAGE.doubt.settle
        self.the_ledger_tells_the_truth()
        left = {entry.state for entry in self.open().entries()} - ENDED
        assert left <= {State.NEEDS_PERSON, State.HELD}


@pytest.mark.parametrize("part", range(PARTS))
def test_no_history_ends_in_two_posts_or_a_lie(part: int) -> None:
    """A part of the histories each; the parts explore apart, so that all cores have work."""

    class Part(Histories):
        pass

    Part.__qualname__ = f"Histories{part}"  # what the examples are drawn from
    run_state_machine_as_test(
        Part,
        settings=settings(
            max_examples=HISTORIES // PARTS,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_a_decision_on_what_changed_meanwhile_is_refused() -> None:
    histories = Histories()
    ledger = histories.open()
    entry = ledger.entries()[0]
    told: dict[str, Any] = {"by": "an", "why": "thử", "now": DUE}
    ledger.decisions.cancel(entry, **told)
    with pytest.raises(StaleFenceError):
        ledger.decisions.hold(entry, **told)
    assert is_sound(ledger)
    histories.memory[0].close()
