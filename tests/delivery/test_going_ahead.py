"""Right before the byte that the public sees: who may no longer speak does not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from loa.core.errors import Problem
from loa.delivery.office import Office
from loa.delivery.publish import Pass, publish_due
from loa.ledger.model import State
from loa.ledger.store import Ledger, open_ledger
from loa.ledger.working import LEASE
from loa.planning.model import Config
from loa.planning.plan import plan
from tests.delivery.outside import Fanpage, outside
from tests.delivery.stage import DUE, MINUTE, announcement, campaign, is_sound, ledger_of, office

__all__ = ["outside"]  # a fixture

OWN = campaign(announcements={"mo-dau": announcement(channels=["fanpage"])})


class Desk:
    """One post on a page, and a clock that may be set while it is being prepared."""

    def __init__(self, folder: Path, ledger: Ledger, config: Config) -> None:
        self.folder, self.ledger = folder, ledger
        self.office: Office = office(folder, OWN, config=config)
        self.now = DUE
        page = self.office.channel("fanpage", rehearsal=False)
        assert isinstance(page, Fanpage)
        self.page = page

    def run(self) -> Pass:
        return publish_due(self.ledger, self.office, lambda: self.now)

    def sleep_until(self, instant: datetime) -> None:
        self.page.during = lambda: setattr(self, "now", instant)


@pytest.fixture
def desk(tmp_path: Path, outside: Config) -> Iterator[Desk]:
    with ledger_of(tmp_path) as ledger:
        ledger.record(OWN.campaign, plan(OWN, outside), DUE)
        made = Desk(tmp_path, ledger, outside)
        yield made
        assert is_sound(ledger)


def test_what_another_process_has_taken_over_is_not_sent(desk: Desk) -> None:
    def taken_over() -> None:
        with open_ledger(desk.folder / "state/loa.db", rehearsal=False, now=desk.now) as second:
            assert second.expire_leases(DUE + LEASE) == 1

    desk.page.during = taken_over
    assert desk.run().outcomes == ()
    assert (desk.page.live, desk.ledger.entry(1).state) == ({}, State.UNKNOWN)


def test_a_lease_that_nobody_else_took_begins_anew(desk: Desk) -> None:
    desk.sleep_until(DUE + LEASE + MINUTE)
    assert len(desk.run().published) == 1


def test_what_took_until_its_time_was_over_is_not_sent(desk: Desk) -> None:
    desk.sleep_until(DUE + timedelta(hours=5))
    [outcome] = desk.run().failed
    assert (desk.page.live, [problem.key for problem in outcome.problems]) == ({}, ["delivery.over"])
    desk.page.during = lambda: None
    assert len(desk.run().skipped) == 1


def test_an_account_that_was_closed_meanwhile_sends_nothing(desk: Desk) -> None:
    desk.page.during = lambda: desk.ledger.accounts.close("fanpage", Problem(key="channel.busy"), DUE)
    desk.run()
    assert (desk.page.live, desk.ledger.entry(1).state) == ({}, State.PLANNED)
