"""Taking back and putting right: everything live, everything planned, on every channel."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from channels.answers import Closed, NotSent, OutcomeUnknown
from loa.core.errors import LoaError
from loa.delivery.approving import Basis, approve
from loa.delivery.concerned import Concerned, Recall, sort_out
from loa.delivery.office import Office
from loa.delivery.outcome import Result
from loa.delivery.publish import publish_due
from loa.delivery.recall import correct, withdraw
from loa.delivery.resolving import Answer, Word, resolve
from loa.delivery.status import status
from loa.ledger.model import Entry, State
from loa.ledger.store import Ledger
from loa.planning.model import Campaign, Config
from loa.planning.plan import plan
from tests.delivery.outside import Fanpage, Group, outside
from tests.delivery.stage import DUE, MINUTE, announcement, at, campaign, is_sound, ledger_of, office

__all__ = ["outside"]  # a fixture

POST = [{"date": day, "slot": "sáng"} for day in ("2023-09-05", "2023-09-07")]
LONG_AFTER = DUE + timedelta(days=400)  # the window has ended


def written(text: str = "Hotline: 0255.3000.100", **changes: Any) -> Campaign:
    channels = ["fanpage", "to-dan-pho"]
    return campaign(announcements={"mo-dau": announcement(text=text, channels=channels, post=POST)}, **changes)


class Desk:
    """An announcement on a page and in a group, on two days."""

    def __init__(self, folder: Path, ledger: Ledger, config: Config) -> None:
        self.folder, self.ledger, self.config = folder, ledger, config
        self.office = self.with_file(written())

    def with_file(self, file: Campaign, **changes: Any) -> Office:
        """The office once the file was edited; its channels stay."""
        edited = office(self.folder, file, config=self.config.model_copy(update=changes))
        if hasattr(self, "office"):
            edited._open.update(self.office._open)
        return edited

    @property
    def page(self) -> Fanpage:
        page = self.office.channel("fanpage", rehearsal=False)
        assert isinstance(page, Fanpage)
        return page

    @property
    def group(self) -> Group:
        group = self.office.channel("to-dan-pho", rehearsal=False)
        assert isinstance(group, Group)
        return group

    def sort(self, recall: Recall = Recall.WITHDRAW) -> Concerned:
        return sort_out(self.ledger, self.office, "khao-sat", "mo-dau", recall, self.folder / "kits", DUE + MINUTE)

    def states(self, channel: str) -> list[State]:
        return [entry.state for entry in self.ledger.entries() if entry.occurrence.channel == channel]


@pytest.fixture
def desk(tmp_path: Path, outside: Config) -> Iterator[Desk]:
    with ledger_of(tmp_path) as ledger:
        ledger.record("khao-sat", plan(written(), outside), DUE)
        made = Desk(tmp_path, ledger, outside)
        publish_due(ledger, made.office, at(DUE))
        yield made
        assert is_sound(ledger)


def test_everything_is_shown_in_one_place_and_nothing_is_done(desk: Desk) -> None:
    (desk.folder / "kits/x").mkdir(parents=True)
    found = desk.sort()
    names = [
        [(entry.occurrence.channel, entry.occurrence.local_date.day) for entry in each]
        for each in (found.by_channel, found.by_person, found.in_doubt, found.planned)
    ]
    assert names == [[("fanpage", 5)], [("to-dan-pho", 5)], [], [("fanpage", 7), ("to-dan-pho", 7)]]
    assert found.kits == desk.folder / "kits"
    assert desk.page.calls == ["publish"]
    with pytest.raises(LoaError, match=r"decision\.nothing_recorded"):
        sort_out(desk.ledger, desk.office, "khao-sat", "khac", Recall.WITHDRAW, desk.folder, DUE)


@pytest.mark.parametrize("now", [DUE + MINUTE, LONG_AFTER])
def test_withdrawing_takes_down_what_is_live_and_calls_off_what_is_planned(desk: Desk, now: Any) -> None:
    done = withdraw(desk.ledger, desk.office, desk.sort(), by="an", why="sai số điện thoại", now=at(now))
    assert (len(done.done), len(done.cancelled), done.failed) == (1, 2, ())
    assert desk.page.live == {}
    assert desk.states("fanpage") == [State.WITHDRAWN, State.CANCELLED]
    assert desk.states("to-dan-pho") == [State.HANDED, State.CANCELLED]
    assert publish_due(desk.ledger, desk.office, at(DUE + timedelta(days=2))).published == ()
    again = desk.sort()
    assert (again.by_channel, again.planned, len(again.by_person)) == ((), (), 1)


def test_a_person_is_reminded_of_what_no_channel_can_take_down_until_it_is_done(desk: Desk) -> None:
    posted = desk.sort().by_person[0]
    desk.ledger.decisions.published(posted, link="https://zalo.me/g/1", by="an", why="", now=DUE + MINUTE)
    done = withdraw(desk.ledger, desk.office, desk.sort(), by="an", why="sai số", now=at(DUE + MINUTE))
    assert [entry.occurrence.channel for entry in done.asked] == ["to-dan-pho"]
    assert list(desk.group.laid.values()) == ["gỡ: sai số"]

    later = DUE + timedelta(days=3)
    [attention] = status(desk.ledger, desk.office, later).attention
    assert (attention.entry.state, [problem.key for problem in attention.problems]) == (
        State.PUBLISHED,
        ["delivery.take_down"],
    )
    word = Word(answer=Answer.WITHDRAWN, by="an", why="đã gỡ")
    assert resolve(desk.ledger, desk.office, attention.entry, word, now=later).trouble == ()
    assert not status(desk.ledger, desk.office, later).attention


def test_what_was_only_laid_ready_says_that_it_must_not_be_posted(desk: Desk) -> None:
    withdraw(desk.ledger, desk.office, desk.sort(), by="an", why="sai số", now=at(DUE + MINUTE))
    [ready] = [entry for entry in desk.ledger.entries() if entry.state is State.HANDED]
    assert [problem.key for problem in ready.trouble] == ["delivery.take_down"]
    assert desk.group.laid == {ready.remote_id: "gỡ: sai số"}


@pytest.mark.parametrize("failure", [OutcomeUnknown("http.no_answer"), Closed("channel.busy"), ZeroDivisionError()])
def test_a_channel_that_fails_stays_live_and_is_done_on_repeating(desk: Desk, failure: Exception) -> None:
    desk.page.failure = failure
    done = withdraw(desk.ledger, desk.office, desk.sort(), by="an", why="sai", now=at(DUE + MINUTE))
    assert (done.done, len(done.failed), len(done.cancelled)) == ((), 1, 2)
    assert desk.states("fanpage") == [State.PUBLISHED, State.CANCELLED]
    assert bool(desk.ledger.accounts.of("fanpage").closed_at) is isinstance(failure, Closed)
    desk.page.failure = None
    assert len(withdraw(desk.ledger, desk.office, desk.sort(), by="an", why="sai", now=at(DUE + MINUTE)).done) == 1
    assert desk.page.live == {}


def test_what_a_channel_could_not_take_down_stays_in_status_until_the_posting_job_has(desk: Desk) -> None:
    desk.page.withdrawing_fails = OutcomeUnknown("http.no_answer")
    later = DUE + timedelta(days=1)
    withdraw(desk.ledger, desk.office, desk.sort(), by="an", why="sai", now=at(later))
    publish_due(desk.ledger, desk.office, at(later))
    told = [one.entry.occurrence.channel for one in status(desk.ledger, desk.office, later).attention]
    assert sorted(told) == ["fanpage", "to-dan-pho"]
    desk.page.withdrawing_fails = None
    publish_due(desk.ledger, desk.office, at(later + 6 * MINUTE))
    assert (desk.page.live, desk.states("fanpage")[0]) == ({}, State.WITHDRAWN)


def test_a_correction_that_a_channel_did_not_take_stays_in_status_until_it_has(desk: Desk) -> None:
    desk.office = desk.with_file(written("Mới"))
    desk.page.failure = OutcomeUnknown("http.no_answer")
    correct(desk.ledger, desk.office, desk.sort(Recall.CORRECT), by="an", why="sai", now=at(DUE + MINUTE))
    on_page = [one for one in status(desk.ledger, desk.office, DUE + MINUTE).attention if one.entry.link]
    assert [problem.key for problem in on_page[0].problems] == ["delivery.correct_again"]
    desk.page.failure = None
    correct(desk.ledger, desk.office, desk.sort(Recall.CORRECT), by="an", why="sai", now=at(DUE + MINUTE))
    assert not [one for one in status(desk.ledger, desk.office, DUE + MINUTE).attention if one.entry.link]


def test_a_process_that_died_after_taking_down_does_it_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(BaseException):
        pass

    def die(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as changes:
        changes.setattr(type(desk.ledger.decisions), "withdrawn", die)
        with pytest.raises(Killed):
            withdraw(desk.ledger, desk.office, desk.sort(), by="an", why="sai", now=at(DUE + MINUTE))
    assert desk.states("fanpage") == [State.PUBLISHED, State.CANCELLED]
    withdraw(desk.ledger, desk.office, desk.sort(), by="an", why="sai", now=at(DUE + MINUTE))
    assert (desk.page.calls, desk.states("fanpage")[0]) == (["publish", "withdraw", "withdraw"], State.WITHDRAWN)


def test_what_nobody_knows_of_is_told_and_left(desk: Desk) -> None:
    desk.page.failure = OutcomeUnknown("http.no_answer")
    publish_due(desk.ledger, desk.office, at(DUE + timedelta(days=2)))
    found = desk.sort()
    assert [entry.state for entry in found.in_doubt] == [State.UNKNOWN]
    desk.page.failure = None
    done = withdraw(desk.ledger, desk.office, found, by="an", why="sai", now=at(DUE + timedelta(days=2)))
    assert desk.states("fanpage") == [State.WITHDRAWN, State.UNKNOWN]
    assert [entry.state for entry in done.pending] == [State.UNKNOWN]


def test_what_turns_out_to_be_there_after_its_withdrawal_is_taken_down(desk: Desk) -> None:
    day = DUE + timedelta(days=2)
    desk.page.failure = OutcomeUnknown("http.no_answer")
    publish_due(desk.ledger, desk.office, at(day))
    desk.page.failure = None
    withdraw(desk.ledger, desk.office, desk.sort(), by="an", why="sai", now=at(day))
    desk.page.live["spat"] = "Hotline: 0255.3000.100"
    desk.page.found = "spat"
    publish_due(desk.ledger, desk.office, at(day + 5 * MINUTE))
    assert (desk.page.live, desk.states("fanpage")) == ({}, [State.WITHDRAWN, State.WITHDRAWN])


def test_what_cannot_be_taken_down_at_once_is_tried_again(desk: Desk) -> None:
    test_what_nobody_knows_of_is_told_and_left(desk)
    day = DUE + timedelta(days=2)
    desk.page.live["spat"], desk.page.found = "…", "spat"
    desk.page.withdrawing_fails = OutcomeUnknown("http.no_answer")
    [*_, failed] = publish_due(desk.ledger, desk.office, at(day + 5 * MINUTE)).failed
    assert failed.result is Result.NOT_WITHDRAWN
    desk.page.withdrawing_fails = None
    publish_due(desk.ledger, desk.office, at(day + 11 * MINUTE))
    assert desk.states("fanpage") == [State.WITHDRAWN, State.WITHDRAWN]


def test_what_turns_out_not_to_be_there_is_called_off(desk: Desk) -> None:
    """It was being sent while somebody withdrew it, and the service refused it for now."""
    day = DUE + timedelta(days=2)

    def withdrawn() -> None:
        withdraw(desk.ledger, desk.office, desk.sort(), by="an", why="sai", now=at(day))

    desk.page.during, desk.page.failure = withdrawn, NotSent("channel.busy")
    publish_due(desk.ledger, desk.office, at(day))
    desk.page.during, desk.page.failure = (lambda: None), None
    publish_due(desk.ledger, desk.office, at(day + 5 * MINUTE))
    assert (desk.page.live.get("p2"), desk.states("fanpage")[1]) == (None, State.CANCELLED)


def test_what_a_withdrawal_finds_being_sent_is_told_and_its_byte_does_not_leave(desk: Desk) -> None:
    day = DUE + timedelta(days=2)
    found = desk.sort()  # before the posting job takes it
    pending: list[Entry] = []

    def withdrawn() -> None:
        desk.page.during = lambda: None
        done = withdraw(desk.ledger, desk.office, found, by="an", why="sai", now=at(day))
        pending.extend(entry for entry in done.pending if entry.occurrence.channel == "fanpage")

    desk.page.during = withdrawn
    publish_due(desk.ledger, desk.office, at(day))
    assert [entry.state for entry in pending] == [State.SENDING]
    publish_due(desk.ledger, desk.office, at(day + MINUTE))
    assert (desk.page.live, desk.states("fanpage")) == ({}, [State.WITHDRAWN, State.CANCELLED])


def test_what_was_approved_no_longer_counts_once_it_was_withdrawn(desk: Desk) -> None:
    here = desk.with_file(written(), approval="required")
    approve(written(), "mo-dau", here, desk.ledger, approver="binh", recorded_by="an", basis=Basis(), now=DUE + MINUTE)
    assert desk.ledger.decisions.approved("khao-sat", "mo-dau", "fanpage")
    withdraw(desk.ledger, here, desk.sort(), by="an", why="sai", now=at(DUE + MINUTE))
    assert desk.ledger.decisions.approved("khao-sat", "mo-dau", "fanpage") is None


def test_what_the_file_no_longer_has_cannot_be_corrected(desk: Desk) -> None:
    desk.office = desk.with_file(campaign(announcements={"khac": announcement()}))
    with pytest.raises(LoaError, match=r"announcement\.unknown"):
        desk.sort(Recall.CORRECT)
    assert len(desk.sort(Recall.WITHDRAW).by_channel) == 1


@pytest.mark.parametrize("now", [DUE + MINUTE, LONG_AFTER])
def test_correcting_replaces_what_is_live_and_what_is_planned_goes_out_new(desk: Desk, now: Any) -> None:
    desk.office = desk.with_file(written("Hotline: 0255.3000.180"))
    done = correct(desk.ledger, desk.office, desk.sort(Recall.CORRECT), by="an", why="sai số", now=at(now))
    assert (len(done.done), done.failed) == (1, ())
    assert list(desk.page.live.values()) == ["Hotline: 0255.3000.180"]
    assert desk.states("fanpage") == [State.PUBLISHED, State.PLANNED]
    if now < LONG_AFTER:
        publish_due(desk.ledger, desk.office, at(DUE + timedelta(days=2)))
        assert list(desk.page.live.values()) == ["Hotline: 0255.3000.180"] * 2


def test_a_correction_that_fails_on_one_channel_is_told_and_may_be_repeated(desk: Desk) -> None:
    desk.office = desk.with_file(written("Mới"))
    desk.page.failure = OutcomeUnknown("http.no_answer")
    found = desk.sort(Recall.CORRECT)
    [(entry, problem)] = correct(desk.ledger, desk.office, found, by="an", why="sai", now=at(DUE + MINUTE)).failed
    assert (entry.occurrence.channel, problem.key) == ("fanpage", "http.no_answer")
    desk.page.failure = None
    assert len(correct(desk.ledger, desk.office, found, by="an", why="sai", now=at(DUE + MINUTE)).done) == 1
    assert list(desk.page.live.values()) == ["Mới"]


def test_what_says_already_what_the_file_says_is_left_alone(desk: Desk) -> None:
    untouched = desk.sort(Recall.CORRECT)
    assert (untouched.by_channel, untouched.by_person, len(untouched.as_wanted)) == ((), (), 2)
    desk.office = desk.with_file(written("Mới"))
    correct(desk.ledger, desk.office, desk.sort(Recall.CORRECT), by="an", why="sai", now=at(DUE + MINUTE))
    again = desk.sort(Recall.CORRECT)
    assert ([entry.occurrence.channel for entry in again.as_wanted], again.by_channel) == (["fanpage"], ())
    assert [entry.occurrence.channel for entry in again.by_person] == ["to-dan-pho"]  # nobody said that it was done


def test_a_person_finds_the_new_words_and_is_reminded_until_they_stand_there(desk: Desk) -> None:
    posted = desk.sort().by_person[0]
    desk.ledger.decisions.published(posted, link="https://zalo.me/g/1", by="an", why="", now=DUE + MINUTE)
    desk.office = desk.with_file(written("Mới"))
    correct(desk.ledger, desk.office, desk.sort(Recall.CORRECT), by="an", why="sai số", now=at(DUE + MINUTE))
    assert list(desk.group.laid.values()) == ["sửa: Mới"]

    [attention] = status(desk.ledger, desk.office, DUE + MINUTE).attention
    assert [problem.key for problem in attention.problems] == ["delivery.put_right"]
    word = Word(answer=Answer.CORRECTED, by="an", why="đã sửa")
    resolve(desk.ledger, desk.office, attention.entry, word, now=DUE + MINUTE)
    assert not status(desk.ledger, desk.office, DUE + MINUTE).attention
    assert len(desk.sort(Recall.CORRECT).as_wanted) == 2


def test_a_channel_still_at_work_on_the_new_words_has_not_put_them_right(desk: Desk) -> None:
    desk.office = desk.with_file(written("Mới"))
    desk.page.is_slow = True
    done = correct(desk.ledger, desk.office, desk.sort(Recall.CORRECT), by="an", why="sai", now=at(DUE + MINUTE))
    assert [problem.key for _, problem in done.failed] == ["delivery.still_correcting"]
    assert [entry.occurrence.channel for entry in desk.sort(Recall.CORRECT).by_channel] == ["fanpage"]


def test_where_somebody_has_to_approve_a_correction_waits_for_it(desk: Desk) -> None:
    new = written("Mới")
    desk.office = desk.with_file(new, approval="required")
    with pytest.raises(LoaError, match=r"delivery\.unapproved"):
        correct(desk.ledger, desk.office, desk.sort(Recall.CORRECT), by="an", why="sai", now=at(DUE + MINUTE))
    assert desk.page.calls == ["publish"]
    approve(
        new,
        "mo-dau",
        desk.office,
        desk.ledger,
        approver="lanh-dao",
        recorded_by="lanh-dao",
        basis=Basis(),
        now=DUE + MINUTE,
    )
    correct(desk.ledger, desk.office, desk.sort(Recall.CORRECT), by="an", why="sai", now=at(DUE + MINUTE))
    assert list(desk.page.live.values()) == ["Mới"]


def test_a_correction_with_a_mistake_in_its_words_replaces_nothing(desk: Desk) -> None:
    desk.office = desk.with_file(written("!hotlin"))
    with pytest.raises(LoaError, match=r"fact\.unknown"):
        correct(desk.ledger, desk.office, desk.sort(Recall.CORRECT), by="an", why="sai", now=at(DUE + MINUTE))
    assert desk.page.calls == ["publish"]


def test_a_channel_that_is_no_longer_configured_is_left_to_a_person(desk: Desk) -> None:
    desk.office = desk.with_file(written(), channels={})
    found = desk.sort()
    assert (found.by_channel, len(found.by_person)) == ((), 2)
