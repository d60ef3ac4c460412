"""The tally: its totals are those of the ledger."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from loa.delivery.tally import tally, total
from loa.ledger.model import Entry, Skip, State
from loa.planning.plan import Occurrence

FIRST = date(2024, 12, 20)  # over the turn of a year, where ISO weeks and calendar years part


@st.composite
def entries(draw: st.DrawFn) -> list[Entry]:
    found = []
    for number in range(draw(st.integers(0, 40))):
        day = FIRST + timedelta(days=draw(st.integers(0, 30)))
        starts_at = datetime(day.year, day.month, day.day, 0, 30, tzinfo=UTC)
        state = draw(st.sampled_from(State))
        is_out = state is State.PUBLISHED
        own = Occurrence(
            campaign="a",
            announcement="b",
            channel=draw(st.sampled_from(["trang", "fanpage"])),
            local_date=day,
            slot=str(number),
            zone="Asia/Ho_Chi_Minh",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=1),
        )
        found.append(
            Entry(
                id=number,
                occurrence=own,
                state=state,
                reason=draw(st.sampled_from(Skip)) if state is State.SKIPPED else None,
                published_at=starts_at + timedelta(minutes=draw(st.integers(0, 120))) if is_out else None,
                adopted=is_out and draw(st.booleans()),
            )
        )
    return found


@given(entries(), st.sets(st.integers(0, 40)))
def test_the_totals_are_those_of_the_ledger(found: list[Entry], confirmed: set[int]) -> None:
    weeks = tally(found, confirmed=confirmed)
    whole, states = total(weeks), Counter(entry.state for entry in found)
    assert whole.planned == len(found) == sum(whole.ended)
    assert all(week.planned == sum(week.ended) > 0 for week in weeks)
    assert whole.published == states[State.PUBLISHED]
    assert whole.skipped == {r: n for r in Skip if (n := sum(entry.reason is r for entry in found))}
    assert (whole.rejected, whole.cancelled, whole.withdrawn) == (
        states[State.REJECTED],
        states[State.CANCELLED],
        states[State.WITHDRAWN],
    )
    assert whole.needs_person == states[State.NEEDS_PERSON] + states[State.HANDED]
    assert max(whole.adopted, whole.by_hand, whole.late) <= whole.published
    assert len({(week.channel, week.year, week.week) for week in weeks}) == len(weeks)


@given(entries(), st.integers(0, 30), st.integers(0, 30))
def test_days_are_counted_once_whichever_way_the_time_is_cut(found: list[Entry], one: int, other: int) -> None:
    first, last = (FIRST + timedelta(days=days) for days in sorted((one, other)))
    before = tally(found, last=first - timedelta(days=1))
    inside = tally(found, first=first, last=last)
    after = tally(found, first=last + timedelta(days=1))
    assert total([*before, *inside, *after]).planned == len(found)
    assert total(inside).planned == sum(first <= entry.occurrence.local_date <= last for entry in found)


def test_nothing_makes_no_rows() -> None:
    assert tally([]) == ()
    assert total(()).planned == 0
