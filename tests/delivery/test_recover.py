"""A post in doubt: when it is looked for, how often, and when a person has to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from loa.core.secrets import Secrets
from loa.delivery.publish import publish_due
from loa.ledger.model import Sending, Skip, State
from loa.ledger.working import LEASE
from loa.planning.plan import plan
from tests.delivery import world as worlds
from tests.delivery.mortal import Disk, MortalLedger, WorldOffice
from tests.delivery.stage import CONFIG, DUE, MINUTE, PlainRenderer, announcement, campaign
from tests.delivery.world import LATEST_COMMIT, PAGE, Copy, World

CONFIG_OF_PAGE = CONFIG.model_copy(update={"channels": {"fanpage": CONFIG.channels["trang"]}, "approval": "none"})
OWN = campaign(announcements={"mo-dau": announcement(channels=["fanpage"])})


class Stage:
    """One occurrence on a page in memory."""

    def __init__(self) -> None:
        self.world = World()
        self.disk = Disk()
        self.ledger.record(OWN.campaign, plan(OWN, CONFIG_OF_PAGE), DUE)

    @property
    def ledger(self) -> MortalLedger:
        return self.disk.open(self.world)

    def is_now(self, state: State) -> bool:
        return self.ledger.entry(1).state is state

    @property
    def copies(self) -> int:
        return sum(len(copies) for copies in self.world.copies.values())

    def run(self, moment: datetime, *faults: str, deaf: bool = False) -> None:
        """One pass of the posting job."""
        self.world.time, self.world.faults, self.world.deaf = moment, list(faults), deaf
        office = WorldOffice(
            config=CONFIG_OF_PAGE,
            campaigns={OWN.campaign: OWN},
            workspace=Path(),
            templates=Path(),
            renderer=PlainRenderer(),
            secrets=Secrets({}),
            now=self.world.now,
        )
        vars(office)["world"] = self.world
        publish_due(self.ledger, office, self.world.now)


@pytest.fixture
def stage() -> Iterator[Stage]:
    made = Stage()
    yield made
    made.disk.close()


def test_a_lost_answer_is_not_looked_up_before_it_has_settled(stage: Stage) -> None:
    stage.run(DUE, "lost and late")
    stage.run(DUE + PAGE.doubt.settle - MINUTE)
    assert stage.is_now(State.UNKNOWN)
    stage.run(DUE + PAGE.doubt.settle)
    assert stage.is_now(State.PUBLISHED)
    assert stage.ledger.entry(1).adopted
    assert stage.copies == 1


def test_a_process_that_died_while_sending_leaves_doubt_its_time(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = replace(PAGE, doubt=replace(PAGE.doubt, settle=2 * LEASE, looks=()))
    monkeypatch.setattr(worlds, "PAGE", slow)
    ledger = stage.ledger
    claim = ledger.claim(1, DUE)
    assert claim
    ledger.begin_attempt(claim, Sending(marker=ledger.entry(1).occurrence.code, payload_sha256="0"), DUE)
    stage.run(DUE + LEASE + MINUTE)  # nothing is there yet, and that proves nothing yet
    assert stage.is_now(State.UNKNOWN)
    assert stage.ledger.entry(1).attempts == 1
    stage.run(DUE + 2 * LEASE)
    stage.run(DUE + 2 * LEASE + MINUTE)
    assert stage.is_now(State.PUBLISHED)
    assert stage.copies == 1


def test_only_look_ups_that_all_found_nothing_permit_another_try(stage: Stage) -> None:
    stage.run(DUE, "lost before")
    stage.run(DUE + PAGE.doubt.settle)
    assert stage.is_now(State.UNKNOWN)
    assert stage.ledger.entry(1).looks == 1
    stage.run(DUE + 2 * PAGE.doubt.settle)
    assert stage.is_now(State.PUBLISHED)
    assert stage.copies == 1


def test_a_look_up_without_an_answer_counts_for_nothing(stage: Stage) -> None:
    stage.run(DUE, "lost before")
    for minutes in range(5, 60, 5):
        stage.run(DUE + minutes * MINUTE, deaf=True)
    assert stage.is_now(State.UNKNOWN)
    assert (stage.ledger.entry(1).looks, stage.copies) == (0, 0)


def test_after_a_day_without_an_answer_a_person_has_to_look(stage: Stage) -> None:
    stage.run(DUE, "lost before")
    stage.run(DUE + timedelta(hours=24, minutes=1), deaf=True)
    assert stage.is_now(State.NEEDS_PERSON)


def test_what_is_absent_when_its_time_is_over_is_for_a_person(stage: Stage) -> None:
    stage.run(DUE, "lost before")
    later = DUE + timedelta(hours=3)
    stage.run(later)
    stage.run(later + PAGE.doubt.settle)
    assert stage.is_now(State.NEEDS_PERSON)
    assert stage.copies == 0


def test_what_the_far_side_works_on_is_asked_again_and_never_sent_again(stage: Stage) -> None:
    stage.run(DUE, "processing")
    assert stage.is_now(State.PROCESSING)
    stage.run(DUE + MINUTE, deaf=True)
    assert stage.is_now(State.PROCESSING)
    stage.run(DUE + 6 * MINUTE)
    assert stage.is_now(State.PUBLISHED)
    assert stage.copies == 1


def test_what_the_far_side_works_on_is_not_asked_about_while_everything_is_stopped(stage: Stage) -> None:
    """Its end may tell followers."""
    stage.run(DUE, "processing")
    stage.ledger.decisions.pause("all", "", by="an", reason="quốc tang", now=DUE)
    stage.run(DUE + 6 * MINUTE)
    assert stage.is_now(State.PROCESSING)
    stage.ledger.decisions.resume("all", "", by="an", now=DUE + 6 * MINUTE)
    stage.run(DUE + 7 * MINUTE)
    assert stage.is_now(State.PUBLISHED)


def test_what_was_withdrawn_in_doubt_is_taken_down_by_the_pass_that_finds_it(stage: Stage) -> None:
    stage.run(DUE, "lost after")
    stage.ledger.decisions.recall(stage.ledger.entry(1), by="an", why="sai", now=DUE)
    stage.run(DUE + PAGE.doubt.settle)
    assert stage.is_now(State.WITHDRAWN)
    assert not stage.world.live(stage.ledger.entry(1).occurrence.code)


def test_what_is_there_before_the_first_try_is_adopted(stage: Stage) -> None:
    """An old backup of the ledger was restored: the page has what the ledger only plans."""
    stage.world.copies[stage.ledger.entry(1).occurrence.code] = [Copy(since=DUE - LATEST_COMMIT)]
    stage.run(DUE)
    entry = stage.ledger.entry(1)
    assert (entry.state, entry.adopted, entry.attempts, stage.copies) == (State.PUBLISHED, True, 1, 1)


def test_what_is_there_is_adopted_though_its_slot_is_over(stage: Stage) -> None:
    """An old backup of the ledger was restored after the slot."""
    stage.world.copies[stage.ledger.entry(1).occurrence.code] = [Copy(since=DUE)]
    stage.run(DUE + timedelta(days=1))
    entry = stage.ledger.entry(1)
    assert (entry.state, entry.adopted, stage.copies) == (State.PUBLISHED, True, 1)


@pytest.mark.parametrize("deaf", [False, True])
def test_what_is_not_there_or_cannot_be_asked_about_is_late(stage: Stage, deaf: bool) -> None:
    stage.run(DUE + timedelta(days=1), deaf=deaf)
    entry = stage.ledger.entry(1)
    assert (entry.state, entry.reason, stage.copies) == (State.SKIPPED, Skip.LATE, 0)


def test_a_page_that_does_not_answer_is_sent_nothing(stage: Stage) -> None:
    stage.run(DUE, deaf=True)
    assert stage.is_now(State.PLANNED)
    assert (stage.copies, stage.ledger.entry(1).attempts) == (0, 0)
    stage.run(DUE + MINUTE)
    assert stage.is_now(State.PUBLISHED)
    assert stage.copies == 1


def test_a_post_that_somebody_took_down_is_noticed_and_stays_published(stage: Stage) -> None:
    stage.run(DUE)
    stage.run(DUE + PAGE.checks[0])
    assert stage.ledger.entry(1).verified_at == DUE + PAGE.checks[0]
    stage.world.copies.clear()
    stage.run(DUE + PAGE.checks[1] + MINUTE)
    entry = stage.ledger.entry(1)
    assert (entry.state, entry.gone_at) == (State.PUBLISHED, DUE + PAGE.checks[1] + MINUTE)


def test_an_account_that_is_told_to_wait_is_left_alone_so_long(stage: Stage) -> None:
    stage.run(DUE, "limited")
    stage.run(DUE + 29 * MINUTE)
    assert stage.ledger.entry(1).attempts == 1
    stage.run(DUE + 30 * MINUTE)
    assert stage.is_now(State.PUBLISHED)
    assert stage.copies == 1


def test_a_closed_account_is_asked_nothing_until_it_is_mended(stage: Stage) -> None:
    stage.run(DUE, "closed")
    for minutes in (1, 5, 20):
        stage.run(DUE + minutes * MINUTE)
    assert stage.ledger.entry(1).attempts == 1
    stage.world.closed.clear()
    stage.ledger.accounts.open("fanpage")
    stage.run(DUE + 22 * MINUTE)
    assert stage.is_now(State.PUBLISHED)
    assert stage.copies == 1
