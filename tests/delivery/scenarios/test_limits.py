"""Accounts that are told to wait or are closed, and items that cannot go out: nothing else waits for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cache
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from channels.abilities import Pictures
from channels.facebook.channel import FacebookChannel
from channels.sandbox.faults import ANY, Fault
from loa.core.errors import Place
from loa.delivery.noting import note_what_needs_somebody
from loa.delivery.outcome import SILENCES, Result
from loa.delivery.publish import Pass, publish_due
from loa.delivery.status import status
from loa.ledger.model import Skip, State
from loa.planning.announcement import AnnouncementImage
from loa.planning.model import Campaign
from notices.picture import Picture
from tests.delivery.scenarios.stage import PAGES, Stage, WithPictures, config_of, office_of
from tests.delivery.scenarios.test_answers import NOBODY_LISTENS
from tests.delivery.stage import DUE, SLOT_END


def by_channel(on: Stage) -> dict[str, list[State]]:
    return {name: [e.state for e in on.entries() if e.occurrence.channel == name] for name in PAGES}


def test_F18_a_wait_that_is_longer_than_the_slot_skips_without_another_call(one: Stage) -> None:
    one.box.clock.set(SLOT_END - timedelta(minutes=20))
    one.fail(Fault.RATE_LIMITED, seconds=3600)
    one.publish()
    assert (one.states(), one.asked()) == ([State.PLANNED], 1)
    requests = len(one.box.journal.entries())
    for _ in range(25):
        one.later(minutes=1)
    (entry,) = one.entries()
    assert (entry.state, entry.reason) == (State.SKIPPED, Skip.LATE)
    assert len(one.box.journal.entries()) == requests


def test_F19_a_page_that_posts_too_fast_pauses_and_others_go_on(make: Callable[..., Stage]) -> None:
    on = make(3, channels=("trang-a", "trang-b"))
    on.fail(Fault.ERROR_CODE, code=368, subcode=1390008, account=PAGES["trang-a"])
    on.publish()
    assert by_channel(on) == {"trang-a": [State.PLANNED] * 3, "trang-b": [State.PUBLISHED] * 3}
    assert on.asked() == 4
    on.later(minutes=30)
    assert on.asked() == 4
    on.later(minutes=31)
    on.later(minutes=2)
    assert by_channel(on)["trang-a"] == [State.PUBLISHED] * 3


def test_F21_a_token_that_dies_in_a_batch_of_50_closes_the_account_at_once(make: Callable[..., Stage]) -> None:
    on = make(50)
    on.fail(Fault.ERROR_CODE, code=190, subcode=463)
    done = on.publish()
    assert (on.asked(), on.states()) == (1, [State.PLANNED] * 50)
    assert Counter(outcome.result for outcome in done.failed) == {Result.NOT_SENT: 1, Result.HELD: 49}
    with on.open() as ledger:
        for _ in range(3):
            note_what_needs_somebody(ledger, on.office(), on.now())
        assert len(ledger.job.untold()) == 1, "one alert, not fifty"
    assert {problem.key for outcome in done.failed for problem in outcome.problems} == {"facebook.token"}
    with on.open() as ledger:
        (account,) = [account for account in ledger.accounts.all() if account.closed_at]
        assert account.channel == "trang-a"
        ledger.accounts.open("trang-a")
    on.later(minutes=2)
    assert (on.asked(), set(on.states()), len(on.public())) == (51, {State.PUBLISHED}, 50)


@pytest.mark.parametrize("channel", ["trang-a", "oa", "blog", "cong"])
def test_F32_what_might_end_after_the_slot_is_not_begun(make: Callable[..., Stage], channel: str) -> None:
    on = make(1, channels=(channel,))
    with on.open() as ledger:
        longest = on.office().channel(channel, rehearsal=ledger.rehearsal).abilities.longest
    on.box.clock.set(SLOT_END - longest)
    on.publish()
    (entry,) = on.entries()
    assert (entry.reason, on.box.journal.entries()) == (Skip.LATE, [])


def test_F36_a_poison_item_first_of_100_delays_no_other(make: Callable[..., Stage]) -> None:
    on = make(100)
    poisoned: Any = dict(on.announcements) | {"tin-0": {**on.announcements["tin-0"], "text": "!hotlin"}}
    bad = Stage(folder=on.folder, box=on.box, announcements=poisoned)
    done = bad.publish()
    assert [outcome.result for outcome in done.failed] == ["not_sent"]
    assert (len(done.published), len(bad.public())) == (99, 99)


def _bomb() -> bytes:
    """A picture of a few kilobytes with more points than anybody unpacks."""
    file = BytesIO()
    Image.new("1", (11_000, 11_000)).save(file, "PNG")
    return file.getvalue()


def _raise(error: Exception) -> bytes:
    raise error


POISON: Mapping[str, tuple[Callable[[], bytes], State, str]] = {
    "20 MB that are no picture": (lambda: b"\x89PNG" * 5_000_000, State.REJECTED, "facebook.no_picture"),
    "a picture of 121 million points": (_bomb, State.REJECTED, "facebook.no_picture"),
    "half a picture": (lambda: _bomb()[:1_000], State.REJECTED, "facebook.no_picture"),
    "a bug of ours": (lambda: _raise(ZeroDivisionError()), State.SKIPPED, "delivery.bug"),
    "no memory left": (lambda: _raise(MemoryError()), State.SKIPPED, "delivery.bug"),
}


class Poisoned(WithPictures):
    """Its pictures are what is given."""

    def __init__(self, content: Callable[[], bytes]) -> None:
        self._content = cache(content)

    def picture(self, campaign: Campaign, image: AnnouncementImage, wanted: Pictures, place: Place) -> Picture:
        return Picture(name="anh.png", media_type="image/png", content=self._content(), width=40, height=30)


@pytest.mark.parametrize(("content", "state", "key"), POISON.values(), ids=POISON)
def test_F36_an_item_that_fails_every_time_starves_nobody_and_ends_with_a_person(
    make: Callable[..., Stage], content: Callable[[], bytes], state: State, key: str
) -> None:
    """First of ten, in pass after pass, until its slot is over."""
    on = make(10)
    poisoned = {"tin-0": {**on.announcements["tin-0"], "image": {"file": "anh.png", "alt": "Áp phích"}}}
    bad = replace(on, announcements={**on.announcements, **poisoned})
    office = replace(bad.office(), renderer=Poisoned(content))

    def one_pass() -> Pass:
        with bad.open() as ledger:
            return publish_due(ledger, office, bad.now)

    done = one_pass()
    assert [problem.key for outcome in done.failed for problem in outcome.problems] == [key]
    assert (len(done.published), len(bad.public())) == (9, 9), "in the first pass, on time"
    for _ in range(13):
        bad.box.clock.advance(minutes=10)
        one_pass()
    (first, *others) = bad.entries()
    assert (first.state, [problem.key for problem in first.trouble]) == (state, [key])
    assert {entry.state for entry in others} == {State.PUBLISHED}
    assert (bad.asked(), len(bad.public())) == (9, 9)
    with bad.open() as ledger:
        (told,) = status(ledger, office, bad.now()).attention
    assert key in {problem.key for problem in (*told.problems, *told.entry.trouble)}


def test_F36_a_dead_channel_delays_no_other(make: Callable[..., Stage]) -> None:
    on = make(20, channels=("trang-a", "trang-b"))
    config = config_of(on.box.address)
    dead = config_of(NOBODY_LISTENS).channels["trang-a"]
    half = config.model_copy(update={"channels": {**config.channels, "trang-a": dead}})
    with on.open() as ledger:
        done = publish_due(ledger, office_of(on.folder, half, on.campaign, on.now), on.now)
    assert len(done.published) == len(on.public()) == 20
    assert len(done.failed) == 1, "a service that is not there is asked once in a pass"
    assert by_channel(on)["trang-a"] == [State.PLANNED] * 20
    assert on.now() == DUE


def test_F36_a_channel_that_keeps_silent_is_left_alone_after_two_requests(make: Callable[..., Stage]) -> None:
    """Each would cost as long as a client waits: half an hour for sixty posts, and the others' slots with it."""
    on = make(20, channels=("trang-a", "trang-b"))
    on.fail(Fault.DROP_BEFORE, ANY, times=1000, account=PAGES["trang-a"])
    done = on.publish()
    assert len(done.published) == len(on.public()) == 20
    assert [outcome.result for outcome in done.failed] == [Result.NOT_SENT] * SILENCES
    assert by_channel(on)["trang-a"] == [State.PLANNED] * 20
    on.box.faults.clear()
    on.later(minutes=2)
    assert by_channel(on) == {name: [State.PUBLISHED] * 20 for name in PAGES}


def test_F36_a_channel_that_keeps_silent_to_questions_is_left_alone_as_well(make: Callable[..., Stage]) -> None:
    """What a pass asks about, and what it sends, counts together."""
    on = make(5, channels=("trang-a", "trang-b"))
    on.fail(Fault.DROP_AFTER, times=5, account=PAGES["trang-a"])
    on.publish()
    on.fail(Fault.DROP_BEFORE, ANY, times=1000, account=PAGES["trang-a"])
    requests = len(on.box.journal.entries())
    done = on.later(minutes=2)
    assert len(done.failed) == SILENCES
    assert len({entry.account for entry in on.box.journal.entries()[requests:]}) == 1
    on.box.faults.clear()
    on.settle()
    assert (by_channel(on), on.asked()) == ({name: [State.PUBLISHED] * 5 for name in PAGES}, 10)


def test_a_stop_pressed_in_the_middle_of_a_pass_holds_before_the_next_byte(
    make: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch
) -> None:
    on = make(5)
    publish = FacebookChannel.publish

    def press(*arguments: Any) -> Any:
        receipt = publish(*arguments)
        with on.open() as ledger:
            ledger.decisions.pause("all", "", by="an", reason="quốc tang", now=on.now())
        return receipt

    monkeypatch.setattr(FacebookChannel, "publish", press)
    on.publish()
    on.later(minutes=5)
    assert (on.asked(), sorted(on.states())) == (1, [*[State.PLANNED] * 4, State.PUBLISHED])
