"""The posting job as a service, with a clock that is pushed on by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from loa.delivery.publish import publish_due
from loa.delivery.serving import serve
from tests.delivery.stage import DUE, MINUTE, announcement, at, campaign, ledger_of, office, pages

SECOND = timedelta(seconds=1)


class Day:
    """Time that passes only while the service rests."""

    def __init__(self, upcoming: Sequence[datetime | None]) -> None:
        self.now = DUE
        self.upcoming = list(upcoming)
        self.rests: list[timedelta] = []

    def one_pass(self) -> datetime | None:
        return self.upcoming.pop(0)

    def rest(self, pause: timedelta) -> None:
        self.rests.append(pause)
        self.now += pause


@pytest.mark.parametrize(
    ("upcoming", "every", "rest"),
    [
        (None, MINUTE, MINUTE),
        (DUE + timedelta(hours=3), MINUTE, MINUTE),
        (DUE + 20 * SECOND, MINUTE, 20 * SECOND),
        (DUE + 20 * SECOND, 5 * SECOND, 5 * SECOND),
        (DUE - MINUTE, MINUTE, SECOND),
    ],
)
def test_it_rests_until_something_is_due_but_never_long(
    upcoming: datetime | None, every: timedelta, rest: timedelta
) -> None:
    day = Day([upcoming, None])
    serve(day.one_pass, now=lambda: day.now, rest=day.rest, is_stopping=lambda: bool(day.rests), every=every)
    assert day.rests == [rest]


def test_told_to_stop_during_a_pass_it_does_not_rest_again() -> None:
    day = Day([None])
    serve(day.one_pass, now=lambda: day.now, rest=day.rest, is_stopping=lambda: not day.upcoming)
    assert day.rests == []


def test_told_to_stop_the_occurrence_in_hand_is_the_last(tmp_path: Path) -> None:
    own = campaign(announcements={name: announcement() for name in ("a", "b", "c")})
    with ledger_of(tmp_path, own) as ledger:
        done = publish_due(ledger, office(tmp_path, own), at(DUE), is_stopping=lambda: bool(pages(tmp_path)))
        assert len(done.published) == len(pages(tmp_path)) == 1
        assert len(publish_due(ledger, office(tmp_path, own), at(DUE)).published) == 2


def test_what_is_due_next_is_the_earliest_that_still_waits(tmp_path: Path) -> None:
    post = [{"date": day, "slot": "sáng"} for day in ("2023-09-05", "2023-09-07")]
    own = campaign(announcements={"a": announcement(post=post)})
    with ledger_of(tmp_path, own) as ledger:
        assert ledger.next_due(DUE - MINUTE) == DUE
        assert ledger.next_due(DUE) == DUE + timedelta(days=2)
        assert ledger.next_due(DUE + timedelta(days=2)) is None
