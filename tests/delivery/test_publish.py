"""Passes of the posting job: what goes out, what does not, and that nothing stops the rest."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar, Literal

import pytest

from channels.abilities import Abilities, Doubt
from channels.answers import ChannelFailure, NotSent, OutcomeUnknown, Receipt, Rejected
from channels.base import Channel, Message, Sought, Steps, Surroundings
from channels.post import Post
from channels.settings import Settings
from channels.static.channel import StaticChannel
from loa.core.errors import LoaError
from loa.delivery.deliver import deliver
from loa.delivery.office import Office
from loa.delivery.outcome import Result
from loa.delivery.publish import Pass, publish_due
from loa.ledger.model import Skip, State
from loa.ledger.store import open_ledger
from loa.ledger.working import LEASE
from loa.planning.model import Config
from loa.planning.plan import plan
from tests.delivery.stage import (
    CONFIG,
    DUE,
    MINUTE,
    SLOT_END,
    PlainRenderer,
    announcement,
    at,
    campaign,
    codes,
    is_sound,
    ledger_of,
    listed,
    office,
    pages,
    site_bytes,
)


def results(done: Pass) -> list[tuple[str, str]]:
    return [(outcome.occurrence.announcement, outcome.result) for outcome in done.outcomes]


def test_what_is_due_goes_out_once_with_its_receipt(tmp_path: Path) -> None:
    own = campaign()
    with ledger_of(tmp_path, own) as ledger:
        assert publish_due(ledger, office(tmp_path, own), at(DUE - MINUTE)).outcomes == ()
        done = publish_due(ledger, office(tmp_path, own), at(DUE))
        (sent,), (entry,) = done.published, ledger.entries()
        assert (entry.state, entry.link, entry.published_at) == (State.PUBLISHED, sent.link, DUE)
        assert pages(tmp_path) == listed(tmp_path) == codes([entry])
        assert publish_due(ledger, office(tmp_path, own), at(DUE + MINUTE)).outcomes == ()
        assert deliver(entry.id, ledger=ledger, office=office(tmp_path, own), now=at(DUE)).result is Result.LEFT
        assert is_sound(ledger)


def test_the_intent_is_on_disk_before_the_channel_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[Any, ...]] = []

    def look(_self: StaticChannel, post: Post, _steps: Steps) -> Receipt:
        db = sqlite3.connect(tmp_path / "state/loa.db")  # as another process sees it
        seen.extend(db.execute("SELECT o.state, a.marker, a.payload_sha256 FROM occurrence o, attempt a"))
        assert seen == [("sending", post.marker, post.fingerprint())]
        raise NotSent("channel.busy")

    monkeypatch.setattr(StaticChannel, "publish", look)
    own = campaign()
    with ledger_of(tmp_path, own) as ledger:
        publish_due(ledger, office(tmp_path, own), at(DUE))
    assert len(seen) == 1


@pytest.mark.parametrize(
    ("now", "result"),
    [
        (DUE, Result.PUBLISHED),
        (SLOT_END - MINUTE, Result.PUBLISHED),
        (SLOT_END, Result.SKIPPED),
        (DUE + timedelta(days=400), Result.SKIPPED),
    ],
)
def test_nothing_is_sent_after_the_slot(tmp_path: Path, now: datetime, result: Result) -> None:
    own = campaign()
    with ledger_of(tmp_path, own) as ledger:
        done = publish_due(ledger, office(tmp_path, own), at(now))
        assert [outcome.result for outcome in done.outcomes] == [result]
        (entry,) = ledger.entries()
        assert entry.reason is (Skip.LATE if result is Result.SKIPPED else None)
        assert len(pages(tmp_path)) == (result is Result.PUBLISHED)


def test_a_slot_that_ends_while_the_post_is_prepared_is_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = campaign()
    moment = SLOT_END - MINUTE
    prose = PlainRenderer.prose

    def slow(*arguments: Any) -> tuple[str, str]:
        nonlocal moment
        moment = SLOT_END
        return prose(*arguments)

    monkeypatch.setattr(PlainRenderer, "prose", slow)
    with ledger_of(tmp_path, own) as ledger:
        (outcome,) = publish_due(ledger, office(tmp_path, own), lambda: moment).outcomes
        assert (outcome.result, outcome.reason) == (Result.SKIPPED, Skip.LATE)
    assert pages(tmp_path) == []


UNWANTED: dict[str, tuple[dict[str, Any], Skip]] = {
    "window ended earlier": ({"window": {"from": "2023-08-01", "to": "2023-09-04"}}, Skip.WINDOW),
    "window begins later": ({"window": {"from": "2023-09-06", "to": "2023-09-30"}}, Skip.WINDOW),
    "announcement removed": ({"announcements": {"khac": announcement()}}, Skip.UNPLANNED),
    "another day": (
        {"announcements": {"mo-dau": announcement(post=[{"date": "2023-09-06", "slot": "sáng"}])}},
        Skip.UNPLANNED,
    ),
    "another slot": (
        {"announcements": {"mo-dau": announcement(post=[{"date": "2023-09-05", "slot": "trưa"}])}},
        Skip.UNPLANNED,
    ),
}


@pytest.mark.parametrize(("changes", "reason"), UNWANTED.values(), ids=UNWANTED)
def test_what_todays_file_no_longer_asks_for_is_not_sent(tmp_path: Path, changes: dict[str, Any], reason: Skip) -> None:
    with ledger_of(tmp_path, campaign()) as ledger:
        (outcome,) = publish_due(ledger, office(tmp_path, campaign(**changes)), at(DUE)).skipped
        assert outcome.reason is reason
    assert pages(tmp_path) == []


def test_a_broken_file_holds_its_own_campaign_only(tmp_path: Path) -> None:
    good, bad = campaign("tot"), campaign("hong")
    with ledger_of(tmp_path, bad, good) as ledger:
        before = ledger.entries("hong")
        done = publish_due(ledger, office(tmp_path, good, broken=["hong"]), at(DUE))
        assert [(o.occurrence.campaign, o.result) for o in done.outcomes] == [
            ("hong", Result.HELD),
            ("tot", Result.PUBLISHED),
        ]
        assert [p.key for p in done.failed[0].problems] == ["yaml.indent"]
        assert ledger.entries("hong") == before
        mended = publish_due(ledger, office(tmp_path, good, bad), at(DUE + MINUTE))
        assert [o.occurrence.campaign for o in mended.published] == ["hong"]


def test_a_campaign_whose_file_is_gone_is_named(tmp_path: Path) -> None:
    with ledger_of(tmp_path, campaign()) as ledger:
        (outcome,) = publish_due(ledger, office(tmp_path), at(DUE)).failed
        assert (outcome.result, [p.key for p in outcome.problems]) == (Result.HELD, ["delivery.campaign_missing"])


def test_a_broken_file_does_not_hide_that_it_became_too_late(tmp_path: Path) -> None:
    with ledger_of(tmp_path, campaign()) as ledger:
        (outcome,) = publish_due(ledger, office(tmp_path, broken=["khao-sat"]), at(SLOT_END)).outcomes
        assert (outcome.result, outcome.reason) == (Result.SKIPPED, Skip.LATE)


def test_a_channel_that_is_no_longer_configured_holds_its_occurrences(tmp_path: Path) -> None:
    config = CONFIG.model_copy(update={"channels": {}})
    with ledger_of(tmp_path, campaign()) as ledger:
        (outcome,) = publish_due(ledger, office(tmp_path, campaign(), config=config), at(DUE)).failed
        assert [p.key for p in outcome.problems] == ["delivery.channel_missing"]
        assert [entry.state for entry in ledger.entries()] == [State.PLANNED]


def test_a_bad_item_delays_no_other_and_goes_out_once_mended(tmp_path: Path) -> None:
    texts = {"a-hong": "!hotlin", "b-tot": "Nội dung"}
    own = campaign(announcements={name: announcement(text=text) for name, text in texts.items()})
    with ledger_of(tmp_path, own) as ledger:
        done = publish_due(ledger, office(tmp_path, own), at(DUE))
        assert sorted(results(done)) == [("a-hong", Result.NOT_SENT), ("b-tot", Result.PUBLISHED)]
        held = next(entry for entry in ledger.entries() if entry.state is State.PLANNED)
        assert [p.key for p in held.trouble] == ["fact.unknown"]
        assert held.attempts == 0
        mended = campaign(announcements={name: announcement() for name in texts})
        again = publish_due(ledger, office(tmp_path, mended), at(DUE + MINUTE))
        assert results(again) == [("a-hong", Result.PUBLISHED)]
        assert is_sound(ledger)


class Raising:
    """A channel method that raises for one announcement and works for the others."""

    def __init__(self, real: Callable[..., Any], title: str, error: Exception) -> None:
        self.real, self.title, self.error = real, title, error

    def __get__(self, channel: StaticChannel, owner: type[StaticChannel]) -> Callable[[Post, Steps], Receipt]:
        def publish(post: Post, steps: Steps) -> Receipt:
            if post.title == self.title:
                raise self.error
            receipt: Receipt = self.real(channel, post, steps)
            return receipt

        return publish


FAILURES: dict[str, tuple[Exception, Result, State, str]] = {
    "not sent": (NotSent("channel.busy"), Result.NOT_SENT, State.PLANNED, "channel.busy"),
    "rejected": (Rejected("channel.attachment_name", name="x"), Result.REJECTED, State.REJECTED, ""),
    "unknown": (OutcomeUnknown("channel.cannot_write"), Result.UNKNOWN, State.UNKNOWN, "channel.cannot_write"),
    "bug": (ZeroDivisionError(), Result.UNKNOWN, State.UNKNOWN, "delivery.bug"),
}


@pytest.mark.parametrize(("error", "result", "state", "key"), FAILURES.values(), ids=FAILURES)
def test_a_failure_is_kept_as_what_it_is_and_delays_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, result: Result, state: State, key: str
) -> None:
    own = campaign(announcements={name: announcement(title=name) for name in ("a", "b", "c")})
    with ledger_of(tmp_path, own) as ledger:
        monkeypatch.setattr(StaticChannel, "publish", Raising(StaticChannel.publish, "b", error))
        done = publish_due(ledger, office(tmp_path, own), at(DUE))
        assert dict(results(done)) == {"a": Result.PUBLISHED, "b": result, "c": Result.PUBLISHED}
        (entry,) = (entry for entry in ledger.entries() if entry.occurrence.announcement == "b")
        assert (entry.state, entry.attempts) == (state, 1)
        assert [p.key for p in entry.trouble] == [key or "channel.attachment_name"]
        assert is_sound(ledger)
        monkeypatch.undo()
        publish_due(ledger, office(tmp_path, own), at(DUE + MINUTE))
        expected = State.REJECTED if state is State.REJECTED else State.PUBLISHED
        assert ledger.entry(entry.id).state is expected
        assert len(pages(tmp_path)) == 2 + (expected is State.PUBLISHED)


def test_a_bug_of_ours_before_the_intent_is_logged_with_its_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    own = campaign()
    with ledger_of(tmp_path, own) as ledger, caplog.at_level(logging.ERROR):
        monkeypatch.setattr(PlainRenderer, "prose", None)
        (outcome,) = publish_due(ledger, office(tmp_path, own), at(DUE)).failed
        (entry,) = ledger.entries()
        assert (outcome.result, entry.state, entry.attempts) == (Result.NOT_SENT, State.PLANNED, 0)
        assert [p.key for p in outcome.problems] == [p.key for p in entry.trouble] == ["delivery.bug"]
    assert "TypeError" in caplog.text


def test_a_site_that_cannot_be_written_is_tried_again(tmp_path: Path) -> None:
    own = campaign()
    (tmp_path / "output").write_text("a file where the folder should be", encoding="utf-8")
    with ledger_of(tmp_path, own) as ledger:
        (outcome,) = publish_due(ledger, office(tmp_path, own), at(DUE)).failed
        assert (outcome.result, [p.key for p in outcome.problems]) == (Result.NOT_SENT, ["channel.cannot_write"])
        (tmp_path / "output").unlink()
        assert len(publish_due(ledger, office(tmp_path, own), at(DUE + MINUTE)).published) == 1


def test_a_look_up_that_cannot_tell_sends_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = campaign()
    with ledger_of(tmp_path, own) as ledger:
        lost = OutcomeUnknown("channel.cannot_write")
        monkeypatch.setattr(StaticChannel, "publish", Raising(StaticChannel.publish, "Khảo sát bắt đầu", lost))
        publish_due(ledger, office(tmp_path, own), at(DUE))
        monkeypatch.undo()

        def fail(_self: StaticChannel, _marker: str) -> Receipt | None:
            raise lost

        monkeypatch.setattr(StaticChannel, "look_up", fail)
        for minute in range(1, 4):
            (outcome,) = publish_due(ledger, office(tmp_path, own), at(DUE + minute * MINUTE)).outcomes
            assert (outcome.result, pages(tmp_path)) == (Result.UNKNOWN, [])
        monkeypatch.undo()
        assert len(publish_due(ledger, office(tmp_path, own), at(DUE + 4 * MINUTE)).published) == 1


def test_a_sender_that_slept_past_its_lease_leaves_one_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It wakes between the intent and the first byte, when another process has already settled its occurrence."""
    own = campaign()
    real = StaticChannel.publish
    others: list[Pass] = []

    def wake_late(self: StaticChannel, post: Post, steps: Steps) -> Receipt:
        monkeypatch.setattr(StaticChannel, "publish", real)
        with ledger_of(tmp_path) as second:
            others.append(publish_due(second, office(tmp_path, own), at(DUE + LEASE)))
            before = second.entries(), site_bytes(tmp_path)
            receipt = real(self, post, steps)
            assert (second.entries(), site_bytes(tmp_path)) == before
        return receipt

    monkeypatch.setattr(StaticChannel, "publish", wake_late)
    with ledger_of(tmp_path, own) as ledger:
        assert publish_due(ledger, office(tmp_path, own), at(DUE)).outcomes == ()
        assert [len(other.published) for other in others] == [1]
        (entry,) = ledger.entries()
        assert (entry.state, entry.attempts) == (State.PUBLISHED, 2)
        assert pages(tmp_path) == [entry.occurrence.code]
        assert is_sound(ledger)


def test_a_preparer_that_slept_past_its_lease_sends_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = campaign()
    prose = PlainRenderer.prose

    def sleep(*arguments: Any) -> tuple[str, str]:
        monkeypatch.setattr(PlainRenderer, "prose", prose)
        with ledger_of(tmp_path) as second:
            assert len(publish_due(second, office(tmp_path, own), at(DUE + LEASE)).published) == 1
        return prose(*arguments)

    monkeypatch.setattr(PlainRenderer, "prose", sleep)
    with ledger_of(tmp_path, own) as ledger:
        assert publish_due(ledger, office(tmp_path, own), at(DUE)).outcomes == ()
        assert [(entry.state, entry.attempts) for entry in ledger.entries()] == [(State.PUBLISHED, 1)]


# Channels that reach people outside


class LoudSettings(Settings):
    abilities: ClassVar[Abilities] = Abilities(
        files=False,
        html=False,
        gives_page=False,
        repeatable=False,
        looks_first=False,
        doubt=Doubt(settle=MINUTE, looks=(MINUTE, MINUTE), resend=False),
    )
    channel: ClassVar[str] = f"{__name__}:LoudChannel"

    type: Literal["loud"]


class LoudChannel(Channel):
    """An account outside, whose listing shows nothing yet; what is sent twice is there twice."""

    abilities = LoudSettings.abilities

    def __init__(self, name: str, settings: Settings, around: Surroundings) -> None:
        self.sent: list[Post] = []
        self.asked: list[str] = []

    def would_send(self, post: Post) -> tuple[Message, ...]:
        return ()

    def publish(self, post: Post, steps: Steps) -> Receipt:
        self.sent.append(post)
        raise OutcomeUnknown("channel.no_answer")

    def look_up(self, sought: Sought) -> Receipt | None:
        self.asked.append(sought.marker)
        return None


@pytest.fixture
def loud() -> Config:
    slots = CONFIG.channels["trang"].slots
    settings = LoudSettings.model_construct(type="loud", slots=slots)
    return CONFIG.model_copy(update={"channels": {**CONFIG.channels, "loa-to": settings}})


def test_a_rehearsal_reaches_nobody_outside(tmp_path: Path, loud: Config) -> None:
    own = campaign(announcements={"mo-dau": announcement(channels=["loa-to", "trang"])})
    with open_ledger(tmp_path / "state/loa.db", rehearsal=True, now=DUE) as ledger:
        ledger.record(own.campaign, plan(own, loud), DUE)
        done = publish_due(ledger, office(tmp_path, own, config=loud), at(DUE))
        ended = {o.occurrence.channel: (o.result, [p.key for p in o.problems]) for o in done.outcomes}
        assert ended == {"trang": (Result.PUBLISHED, []), "loa-to": (Result.HELD, ["delivery.not_in_rehearsal"])}


def test_where_twice_would_be_two_an_unknown_outcome_is_never_sent_again(tmp_path: Path, loud: Config) -> None:
    own = campaign(announcements={"mo-dau": announcement(channels=["loa-to"])})
    with ledger_of(tmp_path) as ledger:
        ledger.record(own.campaign, plan(own, loud), DUE)
        held: Office = office(tmp_path, own, config=loud)
        passes = [publish_due(ledger, held, at(DUE + minute * MINUTE)).outcomes for minute in range(6)]
        told = [outcome.result for (outcome,) in passes[:4]]
        assert told == [Result.UNKNOWN, Result.UNKNOWN, Result.UNKNOWN, Result.NEEDS_PERSON]
        assert passes[4:] == [(), ()]
        channel = held.channel("loa-to", rehearsal=False)
        assert isinstance(channel, LoudChannel)
        assert len(channel.sent) == 1
        assert channel.asked == codes(ledger.entries()) * 3
        assert [entry.state for entry in ledger.entries()] == [State.NEEDS_PERSON]


def test_the_ledger_failing_altogether_ends_the_pass(tmp_path: Path) -> None:
    own = campaign()
    with ledger_of(tmp_path, own) as ledger:
        ledger._db.execute("DROP TABLE attempt")
        with pytest.raises(LoaError, match=r"ledger\.unusable"):
            publish_due(ledger, office(tmp_path, own), at(DUE))
    assert pages(tmp_path) == []


def test_every_failure_of_a_channel_has_a_test_here() -> None:
    tested = {type(error) for error, *_ in FAILURES.values()}
    assert set(ChannelFailure.__subclasses__()) <= tested
