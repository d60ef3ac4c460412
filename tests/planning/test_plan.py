"""The plan of a campaign: which days, at which instants, under which keys."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loa.planning.model import Campaign, Config
from loa.planning.plan import CODE_ALPHABET, Occurrence, plan
from loa.planning.rhythm import WEEKDAYS
from notices.context import Issue

AGENCY = {"name": "Sở Nội vụ", "full_name": "Sở Nội vụ tỉnh Sông Trà", "code": "SNV", "place": "Sông Trà"}
MORNING = {"sáng": {"at": "07:30", "until": "08:30"}}


def office(
    slots: Mapping[str, Mapping[str, str]] = MORNING,
    zone: str = "Asia/Ho_Chi_Minh",
    channels: Sequence[str] = ("trang",),
) -> Config:
    site = {"type": "static", "folder": "output/site", "url": "https://snv.example.gov.vn", "slots": slots}
    return Config.model_validate({"agency": AGENCY, "timezone": zone, "channels": dict.fromkeys(channels, site)})


def campaign(
    *post: Mapping[str, Any], first: str = "2023-09-01", last: str = "2023-11-30", channels: Sequence[str] = ("trang",)
) -> Campaign:
    return Campaign.model_validate(
        {
            "campaign": "khao-sat",
            "title": "Khảo sát",
            "window": {"from": first, "to": last},
            "announcements": {
                "mo-dau": {"title": "Mở đầu", "text": "…", "channels": list(channels), "post": list(post)}
            },
        }
    )


def days(occurrences: Sequence[Occurrence]) -> list[str]:
    return [f"{occurrence.local_date:%d/%m}" for occurrence in occurrences]


def test_mondays_and_thursdays_of_the_three_months_are_these_twenty_six_days() -> None:
    rule = {"weekdays": ["thứ Hai", "thứ Năm"], "slot": "sáng"}
    found = plan(campaign(rule), office())
    assert days(found) == [
        *("04/09", "07/09", "11/09", "14/09", "18/09", "21/09", "25/09", "28/09"),
        *("02/10", "05/10", "09/10", "12/10", "16/10", "19/10", "23/10", "26/10", "30/10"),
        *("02/11", "06/11", "09/11", "13/11", "16/11", "20/11", "23/11", "27/11", "30/11"),
    ]
    assert {f"{o.starts_at:%H:%M %Z} {o.ends_at:%H:%M %Z}" for o in found} == {"00:30 UTC 01:30 UTC"}


def test_first_and_last_day_belong_to_the_window() -> None:
    rules = [{"date": day, "slot": "sáng"} for day in ("2023-08-31", "2023-09-01", "2023-11-30", "2023-12-01")]
    assert days(plan(campaign(*rules), office())) == ["01/09", "30/11"]


def test_a_window_that_waits_for_a_document_plans_nothing_until_that_has_its_number() -> None:
    rule = {"weekdays": ["thứ Hai"], "slot": "sáng"}
    waiting = campaign(rule, first="issue of cong-van", last="2023-10-02")
    assert plan(waiting, office()) == ()
    assert plan(waiting, office(), {"thong-bao": Issue(number=1, day=date(2023, 9, 1))}) == ()
    issues = {"cong-van": Issue(number=12, day=date(2023, 9, 18))}
    assert days(plan(waiting, office(), issues)) == ["18/09", "25/09", "02/10"]


@pytest.mark.parametrize(("issued", "planned"), [("2023-10-02", ["02/10"]), ("2023-10-03", [])])
def test_a_document_that_is_issued_after_the_last_day_opens_nothing(issued: str, planned: list[str]) -> None:
    rule = {"weekdays": ["thứ Hai"], "slot": "sáng"}
    late = campaign(rule, first="issue of cong-van", last="2023-10-02")
    issues = {"cong-van": Issue(number=12, day=date.fromisoformat(issued))}
    assert days(plan(late, office(), issues)) == planned


def test_a_day_that_two_rules_ask_for_is_planned_once() -> None:
    rules: list[dict[str, Any]] = [{"date": "2023-09-07", "slot": "sáng"}, {"weekdays": ["thứ Năm"], "slot": "sáng"}]
    assert days(plan(campaign(*rules, last="2023-09-10"), office())) == ["07/09"]


def test_each_channel_and_each_slot_has_its_own_occurrence_by_time() -> None:
    slots = {"chiều": {"at": "16:00", "until": "17:00"}, **MORNING}
    rules = [{"date": "2023-09-07", "slot": slot} for slot in slots]
    found = plan(campaign(*rules, channels=["b", "a"]), office(slots, channels=["a", "b"]))
    assert [o.key for o in found] == [
        f"khao-sat/mo-dau/{channel}/2023-09-07/{slot}" for slot in ("sáng", "chiều") for channel in ("a", "b")
    ]


def test_editing_a_slots_time_keeps_the_key() -> None:
    rule = {"date": "2023-09-07", "slot": "sáng"}
    (before,) = plan(campaign(rule), office())
    (after,) = plan(campaign(rule), office({"sáng": {"at": "09:00", "until": "10:00"}}))
    assert (before.key, before.code) == (after.key, after.code)
    assert before.starts_at != after.starts_at


def test_an_unknown_slot_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        plan(campaign({"date": "2023-09-07", "slot": "tối"}), office())


def utc(day: str, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}+00:00")


@pytest.mark.parametrize(
    ("zone", "day", "at", "until", "starts", "ends"),
    [
        ("Asia/Ho_Chi_Minh", "2023-03-26", "02:30", "03:30", "2023-03-25T19:30", "2023-03-25T20:30"),
        # 02:00 to 03:00 does not exist: the next minute that does is 03:00 summer time.
        ("Europe/Berlin", "2023-03-26", "02:30", "03:30", "2023-03-26T01:00", "2023-03-26T01:30"),
        ("Europe/Berlin", "2023-03-26", "01:30", "02:30", "2023-03-26T00:30", "2023-03-26T01:00"),
        # The whole slot falls into the gap: it keeps its length.
        ("Europe/Berlin", "2023-03-26", "02:10", "02:50", "2023-03-26T01:00", "2023-03-26T01:40"),
        # 02:00 to 03:00 comes twice: the first.
        ("Europe/Berlin", "2023-10-29", "02:30", "02:45", "2023-10-29T00:30", "2023-10-29T00:45"),
        # A day that Samoa never had.
        ("Pacific/Apia", "2011-12-30", "07:30", "08:30", "2011-12-30T10:00", "2011-12-30T11:00"),
    ],
)
def test_a_local_time_that_is_missing_or_twofold_is_settled(
    zone: str, day: str, at: str, until: str, starts: str, ends: str
) -> None:
    config = office({"đêm": {"at": at, "until": until}}, zone)
    (found,) = plan(campaign({"date": day, "slot": "đêm"}, first=day, last=day), config)
    assert (f"{found.starts_at:%Y-%m-%dT%H:%M}", f"{found.ends_at:%Y-%m-%dT%H:%M}") == (starts, ends)


MINUTES = st.integers(0, 24 * 60 - 2)
ZONES = st.sampled_from(["Asia/Ho_Chi_Minh", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe"])
RULES = st.lists(
    st.one_of(
        st.builds(lambda day: {"date": day.isoformat()}, st.dates(date(2023, 2, 1), date(2024, 5, 1))),
        st.builds(lambda names: {"weekdays": names}, st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=7)),
    ),
    min_size=1,
    max_size=4,
)


def clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


@given(
    rules=RULES,
    first=st.dates(date(2023, 2, 15), date(2023, 12, 1)),
    length=st.integers(0, 120),
    at=MINUTES,
    minutes=st.integers(1, 180),
    zone=ZONES,
)
def test_every_plan_keeps_to_window_slot_and_unique_keys(
    rules: list[dict[str, Any]], first: date, length: int, at: int, minutes: int, zone: str
) -> None:
    last = first + timedelta(days=length)
    config = office({"khung": {"at": clock(at), "until": clock(min(at + minutes, 24 * 60 - 1))}}, zone)
    asked = campaign(*({**rule, "slot": "khung"} for rule in rules), first=first.isoformat(), last=last.isoformat())
    found = plan(asked, config)
    assert len({o.key for o in found}) == len({o.code for o in found}) == len(found)
    assert list(found) == sorted(found, key=lambda o: (o.starts_at, o.key))
    assert plan(asked, config) == found
    for occurrence in found:
        assert first <= occurrence.local_date <= last
        assert occurrence.starts_at < occurrence.ends_at
        assert occurrence.starts_at.tzinfo is UTC
        local = occurrence.starts_at.astimezone(ZoneInfo(zone))
        nominal = datetime.combine(occurrence.local_date, datetime.min.time()) + timedelta(minutes=at)
        assert local.fold == 0
        assert timedelta(0) <= local.replace(tzinfo=None) - nominal <= timedelta(hours=1)
    dated = {date.fromisoformat(rule["date"]) for rule in rules if "date" in rule}
    named = {name for rule in rules for name in rule.get("weekdays", [])}
    wanted = {
        day
        for day in (first + timedelta(days=n) for n in range(length + 1))
        if day in dated or WEEKDAYS[day.weekday()] in named
    }
    assert {o.local_date for o in found} == wanted


def occurrence(announcement: str) -> Occurrence:
    return Occurrence(
        campaign="khao-sat",
        announcement=announcement,
        channel="trang",
        local_date=date(2023, 9, 7),
        slot="sáng",
        zone="Asia/Ho_Chi_Minh",
        starts_at=utc("2023-09-07", "00:30"),
        ends_at=utc("2023-09-07", "01:30"),
    )


def test_the_code_never_changes() -> None:
    assert occurrence("mo-dau").code == "5ez1jvg7"


def is_code(text: str) -> bool:
    """Luhn's check in base 32, written the other way round than the code's maker does it."""
    total = 0
    for place, character in enumerate(reversed(text)):
        digit = CODE_ALPHABET.index(character) * (1 + place % 2)
        total += digit // 32 + digit % 32
    return total % 32 == 0


@given(st.from_regex(r"[a-z0-9][a-z0-9-]{0,59}", fullmatch=True), st.integers(0, 7), st.sampled_from(CODE_ALPHABET))
def test_a_code_has_eight_clear_characters_and_shows_a_wrong_one(name: str, place: int, character: str) -> None:
    code = occurrence(name).code
    assert re.fullmatch(r"[0-9a-hjkmnp-tv-z]{8}", code)
    assert is_code(code)
    wrong = code[:place] + character + code[place + 1 :]
    assert is_code(wrong) == (wrong == code)
