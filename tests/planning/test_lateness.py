"""Until when an occurrence may be sent."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from loa.planning.lateness import deadline, is_late, is_too_close, is_too_short
from loa.planning.plan import Occurrence


def occurrence(at: str, until: str, zone: str = "Asia/Ho_Chi_Minh") -> Occurrence:
    day = date(2023, 9, 5)
    local = [datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZoneInfo(zone)) for clock in (at, until)]
    starts_at, ends_at = (instant.astimezone(ZoneInfo("UTC")) for instant in local)
    return Occurrence(
        campaign="c",
        announcement="a",
        channel="k",
        local_date=day,
        slot="s",
        zone=zone,
        starts_at=starts_at,
        ends_at=ends_at,
    )


@pytest.mark.parametrize(
    ("at", "until", "last"),
    [
        ("07:30", "10:00", "05 10:00"),  # a long slot ends when it ends
        ("07:30", "09:00", "05 09:00"),
        ("07:30", "07:45", "05 09:00"),  # a short one gives 90 minutes from when it was due
        ("23:00", "23:30", "06 00:00"),  # but not past midnight
        ("22:00", "23:59", "05 23:59"),
    ],
)
@pytest.mark.parametrize("zone", ["Asia/Ho_Chi_Minh", "America/Los_Angeles"])
def test_the_deadline_is_the_later_of_slot_end_and_grace(at: str, until: str, last: str, zone: str) -> None:
    planned = occurrence(at, until, zone)
    assert f"{deadline(planned).astimezone(ZoneInfo(zone)):%d %H:%M}" == last
    assert not is_late(planned, planned.starts_at)
    assert is_late(planned, deadline(planned))


@pytest.mark.parametrize(
    ("at", "until", "minutes", "short"),
    [
        ("23:54", "23:59", 7, True),
        ("23:53", "23:59", 7, True),
        ("23:52", "23:59", 7, False),
        ("07:30", "07:31", 7, False),  # the grace makes it long enough
        ("23:58", "23:59", 0, False),
    ],
)
def test_a_slot_is_too_short_when_a_post_is_too_late_from_its_first_moment(
    at: str, until: str, minutes: int, short: bool
) -> None:
    longest = timedelta(minutes=minutes)
    assert is_too_short(time.fromisoformat(at), time.fromisoformat(until), longest) is short
    planned = occurrence(at, until)
    assert is_too_close(planned, planned.starts_at, longest) is short
