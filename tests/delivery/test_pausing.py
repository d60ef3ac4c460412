"""Stopping at once, and what becomes afterwards of what was overdue."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loa.core.errors import LoaError, Problem
from loa.delivery.pausing import Overdue, Resumed, find_overdue, require_known, resume
from loa.delivery.publish import publish_due
from loa.delivery.shifting import next_free_slot
from loa.ledger.decisions import Scope
from loa.ledger.model import Skip, State
from loa.ledger.store import Ledger, open_ledger
from loa.planning.model import Config
from loa.planning.plan import Occurrence, plan
from tests.delivery.outside import Fanpage, outside
from tests.delivery.stage import (
    DUE,
    MINUTE,
    SLOT_END,
    PlainRenderer,
    announcement,
    at,
    campaign,
    is_sound,
    ledger_of,
    office,
    pages,
)

__all__ = ["outside"]  # a fixture

POST = [{"date": day, "slot": "sáng"} for day in ("2023-09-05", "2023-09-06")]
OWN = campaign(announcements={"mo-dau": announcement(post=POST)})


def stop(ledger: Ledger, scope: Scope = "all", name: str = "") -> bool:
    return ledger.decisions.pause(scope, name, by="an", reason="quốc tang", now=DUE - MINUTE)


def go_on(ledger: Ledger, tmp_path: Path, overdue: Overdue | None, now: datetime = SLOT_END) -> Resumed | None:
    held = office(tmp_path, OWN)
    return resume(ledger, held, "all", "", overdue, by="an", why="hết quốc tang", now=now)


@pytest.mark.parametrize(
    ("scope", "name", "stops"),
    [
        ("all", "", True),
        ("channel", "trang", True),
        ("campaign", "khao-sat", True),
        ("channel", "khac", False),
        ("campaign", "khac", False),
    ],
)
def test_a_stop_holds_for_what_it_names(tmp_path: Path, scope: Scope, name: str, stops: bool) -> None:
    with ledger_of(tmp_path, OWN) as ledger:
        assert stop(ledger, scope, name)
        assert not stop(ledger, scope, name)
        assert len(publish_due(ledger, office(tmp_path, OWN), at(DUE)).published) == (not stops)


def test_a_stop_in_mid_run_takes_effect_before_the_next_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = campaign(announcements={name: announcement() for name in ("a", "b", "c")})
    prose, prepared = PlainRenderer.prose, 0

    def interrupted(*arguments: Any) -> tuple[str, str]:
        nonlocal prepared
        prepared += 1
        if prepared == 2:
            with open_ledger(tmp_path / "state/loa.db", rehearsal=False, now=DUE) as second:
                stop(second)
        return prose(*arguments)

    monkeypatch.setattr(PlainRenderer, "prose", interrupted)
    with ledger_of(tmp_path, own) as ledger:
        done = publish_due(ledger, office(tmp_path, own), at(DUE))
        assert len(done.published) == len(pages(tmp_path)) == 1
        assert sorted(entry.state for entry in ledger.entries()) == [State.PLANNED, State.PLANNED, State.PUBLISHED]
        assert is_sound(ledger)


def test_a_stop_during_slow_preparations_takes_effect_before_what_the_public_sees(
    tmp_path: Path, outside: Config
) -> None:
    own = campaign(announcements={"mo-dau": announcement(channels=["fanpage"])})
    open_office = office(tmp_path, own, config=outside)
    page = open_office.channel("fanpage", rehearsal=False)
    assert isinstance(page, Fanpage)
    with ledger_of(tmp_path) as ledger:
        ledger.record(own.campaign, plan(own, outside), DUE)

        def pressed() -> None:
            stop(ledger)

        page.during = pressed
        [outcome] = publish_due(ledger, open_office, at(DUE)).outcomes
        assert (page.live, [problem.key for problem in outcome.problems]) == ({}, ["delivery.stopped"])
        page.during = lambda: None
        assert go_on(ledger, tmp_path, None, DUE + MINUTE)
        publish_due(ledger, open_office, at(DUE + 2 * MINUTE))
        assert len(page.live) == 1


def test_what_is_still_in_its_slot_is_not_overdue_and_goes_out(tmp_path: Path) -> None:
    with ledger_of(tmp_path, OWN) as ledger:
        stop(ledger)
        publish_due(ledger, office(tmp_path, OWN), at(DUE))
        assert find_overdue(ledger, "all", "", DUE + MINUTE) == ()
        assert go_on(ledger, tmp_path, None, DUE + MINUTE) == Resumed(skipped=(), shifted=())
        assert len(publish_due(ledger, office(tmp_path, OWN), at(DUE + MINUTE)).published) == 1


def test_what_is_overdue_waits_for_the_choice_and_is_skipped(tmp_path: Path) -> None:
    with ledger_of(tmp_path, OWN) as ledger:
        stop(ledger)
        assert publish_due(ledger, office(tmp_path, OWN), at(SLOT_END)).outcomes == ()
        assert [entry.occurrence.local_date.day for entry in find_overdue(ledger, "all", "", SLOT_END)] == [5]
        done = go_on(ledger, tmp_path, "skip")
        assert done
        assert [(entry.state, entry.reason) for entry in done.skipped] == [(State.SKIPPED, Skip.CHOSEN)]
        assert ledger.decisions.pauses() == ()
        assert is_sound(ledger)


def test_what_is_overdue_is_shifted_to_the_next_free_day_and_stays_there(tmp_path: Path) -> None:
    with ledger_of(tmp_path, OWN) as ledger:
        stop(ledger)
        done = go_on(ledger, tmp_path, "shift")
        assert done
        [moved] = done.shifted
        assert moved.occurrence.starts_at == DUE + timedelta(days=2)  # the 6th is taken
        assert (moved.occurrence.local_date.day, moved.is_shifted) == (5, True)
        ledger.record(OWN.campaign, office(tmp_path, OWN).planned("khao-sat").values(), SLOT_END)
        for day in (1, 2):
            assert len(publish_due(ledger, office(tmp_path, OWN), at(DUE + timedelta(days=day))).published) == 1
        assert len(pages(tmp_path)) == 2


def test_two_overdue_ones_are_shifted_to_two_days(tmp_path: Path) -> None:
    with ledger_of(tmp_path, OWN) as ledger:
        stop(ledger)
        done = go_on(ledger, tmp_path, "shift", SLOT_END + timedelta(days=1))
        assert done
        assert [entry.occurrence.starts_at.day for entry in done.shifted] == [7, 8]


def test_it_is_not_shifted_to_a_day_on_which_the_campaign_is_silent_but_for_what_is_urgent(tmp_path: Path) -> None:
    silence = [{"from": "2023-09-07", "to": "2023-09-08", "reason": "quốc tang"}]  # then comes a weekend
    urgent = [{"date": "2023-09-05", "at": "07:30"}]
    own = campaign(
        announcements={
            "mo-dau": announcement(post=POST),
            "bao": announcement(title="Bão", urgent=True, post=urgent),
        },
        blackout=silence,
        weekends="skip",
    )
    with ledger_of(tmp_path, own) as ledger:
        stop(ledger)
        later = SLOT_END + timedelta(days=1)  # when the urgent one is over too
        done = resume(ledger, office(tmp_path, own), "all", "", "shift", by="an", why="x", now=later)
        assert done
        days = {(e.occurrence.announcement, e.occurrence.starts_at.day) for e in done.shifted}
        assert days == {("bao", 7), ("mo-dau", 11), ("mo-dau", 12)}


def test_without_a_free_day_in_the_window_it_is_skipped(tmp_path: Path) -> None:
    own = OWN.model_copy(update={"window": campaign(window={"from": "2023-09-01", "to": "2023-09-06"}).window})
    with ledger_of(tmp_path, own) as ledger:
        stop(ledger)
        done = resume(ledger, office(tmp_path, own), "all", "", "shift", by="an", why="x", now=SLOT_END)
        assert done
        assert ([entry.reason for entry in done.skipped], done.shifted) == ([Skip.CHOSEN], ())


def test_letting_go_on_what_was_not_stopped_does_nothing(tmp_path: Path) -> None:
    with ledger_of(tmp_path, OWN) as ledger:
        stop(ledger, "channel", "trang")
        assert go_on(ledger, tmp_path, "skip") is None
        assert len(ledger.decisions.pauses()) == 1


def test_letting_a_channel_go_on_opens_its_account_with_or_without_a_stop(tmp_path: Path) -> None:
    with ledger_of(tmp_path, OWN) as ledger:
        here = office(tmp_path, OWN)
        told: dict[str, Any] = {"by": "an", "why": "đã sửa", "now": DUE}
        for is_paused in (False, True):
            ledger.accounts.close("trang", Problem(key="facebook.account"), DUE, reopens=False)
            if is_paused:
                stop(ledger, "channel", "trang")
            assert resume(ledger, here, "all", "", None, **told) is None
            done = resume(ledger, here, "channel", "trang", None, **told)
            assert done == Resumed(was_stopped=is_paused, is_opened=True)
            assert ledger.accounts.of("trang").closed_at is None
        assert len(publish_due(ledger, here, at(DUE)).published) == 1


@pytest.mark.parametrize(("scope", "name"), [("channel", "khac"), ("campaign", "khac")])
def test_a_stop_of_what_nobody_knows_is_a_mistake(tmp_path: Path, scope: Scope, name: str) -> None:
    with ledger_of(tmp_path, OWN) as ledger:
        require_known(scope, "trang" if scope == "channel" else "khao-sat", office(tmp_path, OWN), ledger)
        with pytest.raises(LoaError, match=r"decision\.no_such_scope"):
            require_known(scope, name, office(tmp_path, OWN), ledger)


DAYS = st.dates(date(2023, 1, 1), date(2025, 12, 31))


@given(
    day=DAYS,
    zone=st.sampled_from(["Asia/Ho_Chi_Minh", "Europe/Berlin", "America/New_York"]),
    clock=st.times(max_value=time(22)),
    taken=st.sets(st.integers(0, 6)),
    waited=st.timedeltas(timedelta(0), timedelta(days=5)),
)
def test_a_free_slot_has_the_hours_of_its_own_lies_after_now_and_on_no_taken_day(
    day: date, zone: str, clock: Any, taken: set[int], waited: timedelta
) -> None:
    begins = datetime.combine(day, clock.replace(second=0, microsecond=0), ZoneInfo(zone)).astimezone(UTC)
    own = Occurrence(
        campaign="a",
        announcement="b",
        channel="c",
        local_date=day,
        slot="sáng",
        zone=zone,
        starts_at=begins,
        ends_at=begins + timedelta(hours=1),
    )
    now, last = begins + waited, day + timedelta(days=20)
    days = {day + timedelta(days=offset) for offset in taken} | {day}
    found = next_free_slot(own, last=last, is_free=lambda one: one not in days, now=now)
    assert found
    starts_at = found[0].astimezone(ZoneInfo(zone))
    assert starts_at.date() not in days
    assert day < starts_at.date() <= last
    assert now < found[0] < found[1]
    assert abs((starts_at.hour * 60 + starts_at.minute) - (clock.hour * 60 + clock.minute)) in (0, 60)


def test_no_day_is_left() -> None:
    own = Occurrence(
        campaign="a",
        announcement="b",
        channel="c",
        local_date=date(2023, 9, 5),
        slot="sáng",
        zone="Asia/Ho_Chi_Minh",
        starts_at=DUE,
        ends_at=SLOT_END,
    )
    assert next_free_slot(own, last=date(2023, 9, 5), is_free=lambda _: True, now=SLOT_END) is None
