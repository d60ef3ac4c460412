"""What the ledger and today's files tell a person."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from channels.answers import OutcomeUnknown
from channels.static.channel import StaticChannel
from loa.core.errors import LoaError
from loa.delivery.missed import MISSED
from loa.delivery.publish import publish_due
from loa.delivery.status import PATIENCE, Status, status
from loa.ledger.model import Sending, Skip, State
from loa.ledger.working import LEASE
from loa.planning.model import Config
from loa.planning.plan import plan
from tests.delivery.outside import outside
from tests.delivery.stage import (
    CONFIG,
    DUE,
    MINUTE,
    SLOT_END,
    announcement,
    at,
    campaign,
    ledger_of,
    office,
)

__all__ = ["outside"]  # a fixture

POST = [{"date": day, "slot": "sáng"} for day in ("2023-09-05", "2023-09-07", "2023-09-12")]
SECOND = timedelta(seconds=1)


def told(found: Status) -> tuple[list[str], list[tuple[str, list[str]]]]:
    """The campaigns of what is overdue, and those that need somebody with the keys of the problems."""
    return (
        [entry.occurrence.campaign for entry in found.overdue],
        [(one.entry.occurrence.campaign, [p.key for p in one.problems]) for one in found.attention],
    )


def test_status_tells_what_is_done_what_comes_and_what_needs_somebody(tmp_path: Path) -> None:
    good = campaign("tot", announcements={"tin": announcement(post=POST)})
    bad = campaign("xau", announcements={"tin": announcement(post=POST, text="!hotlin")})
    here = office(tmp_path, good, bad)
    with ledger_of(tmp_path, good, bad) as ledger:
        publish_due(ledger, here, at(DUE))
        found = status(ledger, here, DUE + MINUTE)
        assert found.counts == {State.PLANNED: 5, State.PUBLISHED: 1}
        first, second = found.campaigns
        assert (first.campaign, first.counts) == ("tot", {State.PLANNED: 2, State.PUBLISHED: 1})
        assert first.next
        assert first.next.occurrence.local_date.isoformat() == "2023-09-07"
        assert next(entry.link for entry in first.published).startswith("https://")
        assert (second.counts, second.published) == ({State.PLANNED: 3}, ())
        assert told(found) == ([], [("xau", ["fact.unknown"])])
        assert (found.broken_event, found.contradicted, found.rehearsal) == (None, (), False)


@pytest.mark.parametrize(
    ("since", "overdue"),
    [(timedelta(), False), (PATIENCE, False), (PATIENCE + SECOND, True), (timedelta(days=3), True)],
)
def test_a_post_is_overdue_five_minutes_after_its_time(tmp_path: Path, since: timedelta, overdue: bool) -> None:
    own = campaign()
    with ledger_of(tmp_path, own) as ledger:
        found = status(ledger, office(tmp_path, own), DUE + since)
        assert told(found) == (["khao-sat"] if overdue else [], [])
        assert found.needs_person is overdue


@pytest.mark.parametrize("begun", [False, True], ids=["claimed", "sending"])
def test_a_post_that_a_dead_process_left_is_overdue_too(tmp_path: Path, begun: bool) -> None:
    own = campaign()
    with ledger_of(tmp_path, own) as ledger:
        claim = ledger.claim(ledger.entries()[0].id, DUE)
        assert claim
        if begun:
            ledger.begin_attempt(claim, Sending(marker="x", payload_sha256="x"), DUE)
        assert not status(ledger, office(tmp_path, own), DUE + PATIENCE + LEASE).needs_person
        assert told(status(ledger, office(tmp_path, own), DUE + PATIENCE + LEASE + SECOND)) == (["khao-sat"], [])


REASONS: dict[str, tuple[dict[str, Any], str]] = {
    "the file is broken": ({"broken": ["khao-sat"]}, "yaml.indent"),
    "the file is gone": ({}, "delivery.campaign_missing"),
}


@pytest.mark.parametrize("since", [timedelta(), timedelta(hours=1)])
@pytest.mark.parametrize(("how", "key"), REASONS.values(), ids=REASONS)
def test_a_known_reason_stands_in_the_place_of_the_question(
    tmp_path: Path, how: dict[str, Any], key: str, since: timedelta
) -> None:
    with ledger_of(tmp_path, campaign()) as ledger:
        found = status(ledger, office(tmp_path, **how), DUE + since)
        assert told(found) == ([], [("khao-sat", [key])])
        assert found.needs_person


def test_a_channel_that_is_gone_is_the_reason(tmp_path: Path) -> None:
    own = campaign()
    silent = own.model_copy(update={"announcements": {}})
    with ledger_of(tmp_path, own) as ledger:
        held = office(tmp_path, silent, config=CONFIG.model_copy(update={"channels": {}}))
        assert told(status(ledger, held, DUE)) == ([], [("khao-sat", ["delivery.channel_missing"])])


def test_what_was_refused_or_lost_needs_somebody_whatever_became_of_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose(*_: object) -> None:
        raise OutcomeUnknown("channel.busy")

    monkeypatch.setattr(StaticChannel, "publish", lose)
    own = campaign()
    with ledger_of(tmp_path, own) as ledger:
        publish_due(ledger, office(tmp_path, own), at(DUE))
        assert told(status(ledger, office(tmp_path), DUE)) == ([], [("khao-sat", ["channel.busy"])])


def test_coming_posts_of_a_broken_file_need_somebody_before_their_day(tmp_path: Path) -> None:
    coming = campaign(announcements={name: announcement() for name in ("a", "b")})
    with ledger_of(tmp_path, coming) as ledger:
        found = status(ledger, office(tmp_path, broken=["khao-sat"]), DUE - MINUTE)
        assert told(found) == ([], [])
        assert [p.key for p in found.campaigns[0].holding] == ["yaml.indent"]
        assert found.needs_person
        assert not status(ledger, office(tmp_path, coming), DUE - MINUTE).needs_person


def test_a_finished_campaign_may_lose_its_file(tmp_path: Path) -> None:
    own = campaign()
    with ledger_of(tmp_path, own) as ledger:
        publish_due(ledger, office(tmp_path, own), at(DUE))
        assert not status(ledger, office(tmp_path), DUE + timedelta(days=400)).needs_person


@pytest.mark.parametrize(("now", "needed"), [(SLOT_END + MISSED - SECOND, True), (SLOT_END + MISSED, False)])
def test_a_missed_post_needs_somebody_for_a_day_and_is_then_only_listed(
    tmp_path: Path, now: datetime, needed: bool
) -> None:
    own = campaign()
    with ledger_of(tmp_path, own) as ledger:
        publish_due(ledger, office(tmp_path, own), at(SLOT_END))
        found = status(ledger, office(tmp_path, own), now)
        assert [one.entry.reason for one in found.attention] == ([Skip.LATE] if needed else [])
        assert [entry.reason for entry in found.campaigns[0].skipped] == [Skip.LATE]
        assert found.needs_person is needed


def test_an_occurrence_nobody_wants_any_more_needs_nobody(tmp_path: Path) -> None:
    gone = campaign("bo")
    with ledger_of(tmp_path, gone) as ledger:
        ledger.record("bo", [], DUE)
        found = status(ledger, office(tmp_path), DUE)
        assert not found.needs_person
        assert found.counts == {State.SKIPPED: 1}
        assert (found.attention, found.campaigns[0].next) == ((), None)


def test_a_plan_that_was_not_recorded_needs_somebody_and_the_dropped_post_does_not_come_next(tmp_path: Path) -> None:
    with ledger_of(tmp_path, campaign(announcements={"tin": announcement(post=POST)})) as ledger:
        edited = campaign(announcements={"tin": announcement(post=POST[1:])})
        found = status(ledger, office(tmp_path, edited), DUE - MINUTE)
        assert found.needs_person
        (one,) = found.campaigns
        assert [o.local_date.day for o in one.drift.dropped] == [5]
        assert one.next
        assert one.next.occurrence.local_date.day == 7


def test_the_status_of_one_campaign_leaves_out_the_others(tmp_path: Path) -> None:
    both = campaign("mot"), campaign("hai")
    here = office(tmp_path, *both)
    with ledger_of(tmp_path, *both) as ledger:
        assert [one.campaign for one in status(ledger, here, DUE, "mot").campaigns] == ["mot"]
        assert [one.campaign for one in status(ledger, here, DUE).campaigns] == ["hai", "mot"]


def test_an_empty_ledger_has_an_empty_status(tmp_path: Path) -> None:
    with ledger_of(tmp_path) as ledger:
        found = status(ledger, office(tmp_path, campaign()), DUE)
        assert (found.counts, found.campaigns, found.overdue, found.attention) == ({}, (), (), ())
        assert not found.needs_person


def test_a_ledger_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with ledger_of(tmp_path, campaign()) as ledger:
        ledger._db.execute("DROP TABLE attempt")
        with pytest.raises(LoaError, match=r"ledger\.unusable"):
            status(ledger, office(tmp_path, campaign()), DUE)


def test_a_post_that_found_no_page_needs_somebody_for_a_day(tmp_path: Path) -> None:
    own = campaign()
    with ledger_of(tmp_path, own) as ledger:
        claim = ledger.claim(ledger.entries()[0].id, DUE)
        assert claim
        ledger.skip(claim, Skip.NO_PAGE, DUE)
        [attention] = status(ledger, office(tmp_path, own), DUE + MINUTE).attention
        assert attention.entry.reason is Skip.NO_PAGE
        assert not status(ledger, office(tmp_path, own), SLOT_END + MISSED).needs_person


def test_a_due_post_that_waits_for_its_page_says_so_after_a_minute(tmp_path: Path, outside: Config) -> None:
    own = campaign(announcements={"mo-dau": announcement(channels=["trang", "fanpage"], text="!hotlin")})
    here = office(tmp_path, own, config=outside)
    with ledger_of(tmp_path) as ledger:
        ledger.record(own.campaign, plan(own, outside), DUE)
        assert status(ledger, here, DUE + SECOND).awaiting_page == ()
        for minute in range(8):
            publish_due(ledger, here, at(DUE + minute * MINUTE))
        found = status(ledger, here, DUE + 8 * MINUTE)
        assert [entry.occurrence.channel for entry in found.awaiting_page] == ["fanpage"]
        assert [one.entry.occurrence.channel for one in found.attention] == ["trang"]
        assert found.overdue == ()
