"""What holidays, weekends and days of silence make of a plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from loa.planning.calendar import CalendarFile, calendar_of
from loa.planning.days_off import Reason
from loa.planning.model import Campaign, Config
from loa.planning.plan import Plan, is_moved, plan, whole_plan
from notices.context import Issue
from tests.conftest import ROOT
from tests.planning.test_plan import office

SWAP = calendar_of(
    CalendarFile.model_validate(
        {
            "days": [
                {"date": "2026-01-02", "kind": "nghi_bu", "name": "Hoán đổi", "source": "12729/VPCP-KGVX"},
                {"date": "2026-01-10", "kind": "lam_bu", "name": "Làm bù", "source": "12729/VPCP-KGVX"},
            ]
        }
    )
)
TWO_SLOTS = {"sáng": {"at": "07:30", "until": "08:30"}, "chiều": {"at": "16:30", "until": "17:30"}}


def campaign(rules: Sequence[Mapping[str, Any]], first: str, last: str, urgent: str = "không", **more: Any) -> Campaign:
    post = {"title": "Mở đầu", "text": "…", "channels": ["trang"], "urgent": urgent, "post": list(rules)}
    return Campaign.model_validate(
        {
            "campaign": "khao-sat",
            "title": "Khảo sát",
            "window": {"from": first, "to": last},
            "announcements": {"mo-dau": post},
            **more,
        }
    )


def planned(rule: Mapping[str, Any], first: str, last: str, config: Config | None = None, **more: Any) -> Plan:
    own = campaign([{"slot": "sáng", **rule}], first, last, **more)
    return whole_plan(own, config or office(), calendar=SWAP)


def days(found: Plan) -> list[str]:
    """Nominal days, with the day each really goes out on where that is another."""
    return [
        f"{one.local_date:%d/%m}" + (f">{one.starts_at:%d/%m}" if is_moved(one) else "") for one in found.occurrences
    ]


def left(found: Plan) -> list[tuple[str, str]]:
    return [(f"{one.occurrence.local_date:%d/%m}", one.reason) for one in found.left_out]


@pytest.mark.parametrize(
    ("every", "first", "last", "expected"),
    [
        ("ngày", "2026-01-08", "2026-01-12", "08/01 09/01 10/01 11/01 12/01"),
        # the swap: 2 January is off, Saturday the 10th is worked
        ("ngày làm việc", "2025-12-31", "2026-01-12", "31/12 05/01 06/01 07/01 08/01 09/01 10/01 12/01"),
        ("thứ Hai, thứ Năm", "2026-01-01", "2026-01-12", "01/01 05/01 08/01 12/01"),
        ("tuần", "2026-01-07", "2026-01-31", "07/01 14/01 21/01 28/01"),
        ("tháng", "2026-01-31", "2026-05-01", "31/01 28/02 31/03 30/04"),
        ("tháng (ngày 15)", "2026-01-16", "2026-04-15", "15/02 15/03 15/04"),
        ("tháng (ngày 1, ngày 15)", "2026-01-01", "2026-02-14", "01/01 15/01 01/02"),
        ("tháng (ngày 29)", "2028-02-01", "2028-03-28", "29/02"),
    ],
)
def test_every_rhythm_names_these_days(every: str, first: str, last: str, expected: str) -> None:
    assert days(planned({"every": every}, first, last)) == expected.split()


def test_a_rule_may_begin_later_and_end_earlier_than_the_window() -> None:
    found = planned({"every": "ngày", "from": "2026-03-03", "to": "2026-03-05"}, "2026-03-01", "2026-03-31")
    assert days(found) == ["03/03", "04/03", "05/03"]


def test_several_slots_of_a_day_are_each_an_occurrence() -> None:
    own = campaign([{"every": "ngày", "slots": ["chiều", "sáng"]}], "2026-03-03", "2026-03-04")
    found = plan(own, office(TWO_SLOTS))
    assert [(one.local_date.day, one.slot) for one in found] == [(3, "sáng"), (3, "chiều"), (4, "sáng"), (4, "chiều")]


# Tết 2026: 16 to 20 February are holidays, between two weekends.
@pytest.mark.parametrize(
    ("policies", "expected"),
    [
        ({}, ["13/02", "16/02", "23/02"]),
        ({"holidays": "skip"}, ["13/02", "23/02"]),
        ({"holidays": "after"}, ["13/02", "23/02"]),
        ({"holidays": "before"}, ["13/02", "23/02"]),
    ],
)
def test_a_holiday_is_posted_on_or_left_out_or_moved_onto_its_sibling(
    policies: Mapping[str, str], expected: list[str]
) -> None:
    rules = [{"date": day, "slot": "sáng"} for day in ("2026-02-13", "2026-02-16", "2026-02-23")]
    found = whole_plan(campaign(rules, "2026-02-01", "2026-02-28", **policies), office(), calendar=SWAP)
    assert days(found) == expected
    reason = {"skip": Reason.HOLIDAY, "after": Reason.MERGED, "before": Reason.MERGED}.get(policies.get("holidays", ""))
    assert left(found) == ([("16/02", reason)] if reason else [])


def test_a_move_changes_the_instant_and_not_the_key() -> None:
    (before,) = planned({"date": "2026-02-17"}, "2026-02-01", "2026-02-28").occurrences
    (after,) = planned({"date": "2026-02-17"}, "2026-02-01", "2026-02-28", holidays="after").occurrences
    assert (before.key, before.code) == (after.key, after.code)
    assert f"{after.starts_at:%d/%m %H:%M}" == "23/02 00:30"
    assert after.ends_at - after.starts_at == before.ends_at - before.starts_at


def test_the_first_of_several_that_move_to_one_day_stays() -> None:
    found = planned({"every": "thứ Bảy, Chủ nhật"}, "2026-03-02", "2026-03-15", weekends="after")
    assert days(found) == ["07/03>09/03"]
    assert left(found) == [("08/03", Reason.MERGED), ("14/03", Reason.WINDOW), ("15/03", Reason.WINDOW)]


def test_each_slot_moves_for_itself() -> None:
    own = campaign([{"every": "thứ Bảy", "slots": ["sáng", "chiều"]}], "2026-03-07", "2026-03-10", weekends="after")
    found = whole_plan(own, office(TWO_SLOTS), calendar=SWAP)
    assert [(one.slot, f"{one.starts_at:%d/%m}") for one in found.occurrences] == [
        ("sáng", "09/03"),
        ("chiều", "09/03"),
    ]


def test_a_worked_saturday_is_no_weekend_and_a_holiday_on_sunday_is_a_holiday() -> None:
    assert days(planned({"date": "2026-01-10"}, "2026-01-01", "2026-01-31", weekends="skip")) == ["10/01"]
    assert left(planned({"date": "2026-04-26"}, "2026-04-01", "2026-04-30", holidays="skip")) == [
        ("26/04", Reason.HOLIDAY)
    ]
    assert days(planned({"date": "2026-04-26"}, "2026-04-01", "2026-04-30", weekends="skip")) == ["26/04"]


def test_nothing_goes_out_on_a_day_of_silence_and_nothing_is_moved_there() -> None:
    silence = [{"date": "2026-03-09", "reason": "Quốc tang"}, {"from": "2026-03-11", "to": "2026-03-12", "reason": "B"}]
    found = planned({"every": "ngày"}, "2026-03-07", "2026-03-13", weekends="after", blackout=silence)
    assert days(found) == ["10/03", "13/03"]
    assert left(found)[:3] == [("07/03", Reason.MERGED), ("08/03", Reason.MERGED), ("09/03", Reason.BLACKOUT)]
    assert [one.why for one in found.left_out if one.reason is Reason.BLACKOUT] == ["Quốc tang", "B", "B"]


def test_an_urgent_post_goes_out_at_its_minute_whatever_the_day() -> None:
    silence = [{"date": "2026-02-17", "reason": "Quốc tang"}]
    rule = [{"date": "2026-02-17", "at": "23:10"}]
    own = campaign(rule, "2026-02-01", "2026-02-28", urgent="có", holidays="skip", blackout=silence)
    (found,) = plan(own, office(), calendar=SWAP)
    assert found.key == "khao-sat/mo-dau/trang/2026-02-17/khẩn 23:10"
    assert (f"{found.starts_at:%d %H:%M}", f"{found.ends_at:%d %H:%M}") == ("17 16:10", "17 17:00")  # till midnight


def test_clocks_put_back_do_not_make_a_day_twice_and_a_move_keeps_the_time_on_the_clock() -> None:
    own = campaign([{"every": "ngày", "slot": "sáng"}], "2026-10-23", "2026-10-27", weekends="after")
    found = whole_plan(own, office(zone="Europe/Berlin"), calendar=SWAP)
    assert [f"{one.starts_at:%d/%m %H:%M}" for one in found.occurrences] == [
        "23/10 05:30",
        "26/10 06:30",
        "27/10 06:30",
    ]
    assert left(found) == [("24/10", Reason.MERGED), ("25/10", Reason.MERGED)]


def test_why_an_occurrence_is_no_longer_planned() -> None:
    (once,) = planned({"date": "2026-03-07"}, "2026-03-01", "2026-03-31").occurrences
    assert planned({"date": "2026-03-07"}, "2026-03-01", "2026-03-31", weekends="skip").why_not(once) == "weekend"
    assert planned({"date": "2026-03-06"}, "2026-03-01", "2026-03-31").why_not(once) == "unplanned"
    assert planned({"date": "2026-03-06"}, "2026-03-01", "2026-03-06").why_not(once) == "window"


def bundled(name: str) -> Any:
    from loa.planning.workspace import open_workspace  # noqa: PLC0415  # only the two golden cases read files

    return open_workspace(ROOT).campaign(name).campaign


def golden(name: str, every: str) -> Campaign:
    """A bundled campaign of the past with its own window and one announcement at the fixed slot."""
    own = bundled(name)
    window = {"from": own.window.from_, "to": own.window.to}
    made = campaign([{"every": every, "slot": "sáng"}], "2023-01-01", "2023-01-01")
    return made.model_copy(update={"window": own.window.model_validate(window)})


def test_seed_003_runs_daily_from_the_day_of_issue_to_the_end_of_october() -> None:
    own = golden("dong-thap-2023", "ngày")
    assert plan(own, office()) == ()
    found = plan(own, office(), {"cong-van": Issue(number=1, day=date(2023, 7, 21))})
    july = [f"{day:02d}/07" for day in range(21, 32)]
    august = [f"{day:02d}/08" for day in range(1, 32)]
    september = [f"{day:02d}/09" for day in range(1, 31)]
    october = [f"{day:02d}/10" for day in range(1, 32)]
    assert [f"{one.local_date:%d/%m}" for one in found] == [*july, *august, *september, *october]
    assert {f"{one.starts_at:%H:%M}" for one in found} == {"00:30"}


def test_seed_000_runs_on_working_mondays_and_thursdays_of_september_to_november() -> None:
    own = golden("khanh-hoa-2023", "thứ Hai, thứ Năm").model_copy(update={"holidays": "after"})
    found = whole_plan(own, office())
    # Monday 4 September 2023 was off in place of Saturday, the 2nd, National Day
    assert days(found) == [
        *("04/09>05/09", "07/09", "11/09", "14/09", "18/09", "21/09", "25/09", "28/09"),
        *("02/10", "05/10", "09/10", "12/10", "16/10", "19/10", "23/10", "26/10", "30/10"),
        *("02/11", "06/11", "09/11", "13/11", "16/11", "20/11", "23/11", "27/11", "30/11"),
    ]
    assert found.left_out == ()
