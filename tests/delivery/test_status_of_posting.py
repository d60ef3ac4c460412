"""What ``status`` tells beyond the occurrences: stops, accounts, missing approvals, and when the job last ran."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from channels.answers import Closed, Limited
from loa.core.errors import Problem
from loa.delivery.publish import publish_due
from loa.delivery.status import status
from loa.ledger.model import State
from loa.planning.model import Config
from loa.planning.plan import plan
from tests.delivery.outside import Fanpage, outside
from tests.delivery.stage import CONFIG, DUE, MINUTE, announcement, at, campaign, ledger_of, office

__all__ = ["outside"]  # a fixture

REQUIRED = CONFIG.model_copy(update={"approval": "required"})
DAY = timedelta(days=1)


@pytest.mark.parametrize(("ahead", "told"), [(DAY + MINUTE, 0), (DAY, 1), (timedelta(0), 1), (-timedelta(hours=3), 0)])
def test_what_nobody_approved_is_told_a_day_before(tmp_path: Path, ahead: timedelta, told: int) -> None:
    own = campaign()
    with ledger_of(tmp_path, own) as ledger:
        found = status(ledger, office(tmp_path, own, config=REQUIRED), DUE - ahead)
        assert len(found.unapproved) == told
        assert status(ledger, office(tmp_path, own), DUE - ahead).unapproved == ()


def test_what_is_unapproved_and_due_has_one_line(tmp_path: Path) -> None:
    own = campaign()
    here = office(tmp_path, own, config=REQUIRED)
    with ledger_of(tmp_path, own) as ledger:
        publish_due(ledger, here, at(DUE))
        found = status(ledger, here, DUE + 10 * MINUTE)
        assert (len(found.attention), found.unapproved, found.overdue) == (1, (), ())
        assert found.needs_person


def test_a_stop_takes_the_place_of_the_question_whether_the_job_runs(tmp_path: Path) -> None:
    own = campaign()
    with ledger_of(tmp_path, own) as ledger:
        ledger.decisions.pause("channel", "trang", by="an", reason="x", now=DUE - MINUTE)
        quiet = status(ledger, office(tmp_path, own), DUE - MINUTE)
        assert (len(quiet.pauses), quiet.stopped, quiet.needs_person) == (1, 0, False)
        found = status(ledger, office(tmp_path, own), DUE + 10 * MINUTE)
        assert (found.stopped, found.overdue, found.needs_person) == (1, (), True)


def test_accounts_that_are_not_well_are_told(tmp_path: Path, outside: Config) -> None:
    own = campaign(announcements={"mo-dau": announcement(channels=["fanpage"])})
    here = office(tmp_path, own, config=outside)
    page = here.channel("fanpage", rehearsal=False)
    assert isinstance(page, Fanpage)
    with ledger_of(tmp_path) as ledger:
        ledger.record(own.campaign, plan(own, outside), DUE)
        page.failure = Limited("channel.busy", wait=timedelta(hours=1))
        publish_due(ledger, here, at(DUE))
        limited = status(ledger, here, DUE + 10 * MINUTE)
        assert [account.channel for account in limited.accounts] == ["fanpage"]
        assert limited.overdue == ()
        ledger.accounts.open("fanpage")
        page.failure = Closed("channel.busy")
        publish_due(ledger, here, at(DUE + 61 * MINUTE))
        closed = status(ledger, here, DUE + 62 * MINUTE)
        assert [problem.key for problem in closed.accounts[0].closed_for] == ["channel.busy"]
        assert closed.needs_person


@pytest.mark.parametrize(("left", "urgent"), [(8, False), (6, True), (-1, True)])
def test_what_is_left_of_a_right_is_told_and_a_person_is_needed_within_a_week(
    tmp_path: Path, left: int, urgent: bool
) -> None:
    with ledger_of(tmp_path) as ledger:
        ledger.accounts.probed("fanpage", name="Sở Nội vụ", expires_at=DUE + left * DAY, now=DUE)
        found = status(ledger, office(tmp_path), DUE)
        assert (len(found.accounts), found.needs_person) == (1, urgent)


def test_a_closed_account_without_posts_needs_somebody_too(tmp_path: Path) -> None:
    with ledger_of(tmp_path) as ledger:
        ledger.accounts.close("fanpage", Problem(key="channel.busy"), DUE)
        assert status(ledger, office(tmp_path), DUE).needs_person


def test_what_was_handed_over_or_is_gone_or_held_too_long_needs_somebody(tmp_path: Path, outside: Config) -> None:
    own = campaign(announcements={"mo-dau": announcement(channels=["fanpage", "to-dan-pho", "trang"])})
    here = office(tmp_path, own, config=outside)
    with ledger_of(tmp_path) as ledger:
        ledger.record(own.campaign, plan(own, outside), DUE)
        held = next(entry for entry in ledger.entries() if entry.occurrence.channel == "trang")
        ledger.decisions.hold(held, by="an", why="x", now=DUE)
        publish_due(ledger, here, at(DUE + 30 * MINUTE))
        out = next(entry for entry in ledger.entries() if entry.state is State.PUBLISHED)
        claim = ledger.take(out.id, State.PUBLISHED, DUE + 31 * MINUTE)
        assert claim
        ledger.settle_seen(claim, seen=False, gone_since=DUE + 31 * MINUTE, now=DUE + 31 * MINUTE, next_at=None)
        told = {one.entry.state for one in status(ledger, here, DUE + 32 * MINUTE).attention}
        assert told == {State.HANDED, State.PUBLISHED}
        later = {one.entry.state for one in status(ledger, here, DUE + DAY).attention}
        assert later == {State.HANDED, State.PUBLISHED, State.HELD}


def test_the_last_pass_and_the_last_that_did_something_are_told(tmp_path: Path) -> None:
    own = campaign()
    here = office(tmp_path, own)
    with ledger_of(tmp_path, own) as ledger:
        assert status(ledger, here, DUE).last_pass is None
        publish_due(ledger, here, at(DUE))
        publish_due(ledger, here, at(DUE + MINUTE))
        last = status(ledger, here, DUE + MINUTE).last_pass
        assert last
        assert (last.began_at, last.worked_at) == (DUE + MINUTE, DUE)
