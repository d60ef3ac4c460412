"""Telling followers: once or not at all, by day, and never a second time whatever is restored or repeated."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from channels.answers import Limited, Receipt
from channels.sandbox.faults import Fault
from tests.channels.zalo_account import MORNING, POST, Book, Office, still, zalo_office

YES = {"broadcast": "có"}


@pytest.fixture(name="office")
def _office(tmp_path: Path) -> Iterator[Office]:
    with zalo_office(tmp_path) as office:
        yield office


def test_nobody_is_told_unless_the_office_wants_it(office: Office) -> None:
    office.publish(office.open())
    assert office.broadcasts() == 0


def test_followers_are_told_once_of_an_article(office: Office) -> None:
    channel, book = office.open(**YES), Book()
    channel.publish(POST, book)
    for _ in range(3):
        office.end(channel, book)
    assert office.asked("broadcast") == office.broadcasts() == 1
    health = channel.probe()
    assert health.warnings == ()


def test_a_restored_ledger_does_not_tell_them_again(office: Office) -> None:
    office.publish(office.open(**YES))
    found = office.open(**YES).look_up(office.sought({}))
    assert isinstance(found, Receipt)
    assert office.broadcasts() == 1
    assert office.open(**YES).probe().warnings == ()


def test_of_an_article_that_was_found_nobody_is_told_and_a_person_learns_of_it(office: Office) -> None:
    office.publish(office.open())
    channel = office.open(**YES)
    assert isinstance(channel.look_up(office.sought({})), Receipt)
    assert office.broadcasts() == 0
    assert channel.probe().warnings == ("zalo.broadcast_left",)


@pytest.mark.parametrize(
    ("hour", "minute", "wait"),
    [
        (7, 29, timedelta(minutes=1)),
        (7, 30, None),
        (20, 29, None),
        (20, 30, timedelta(hours=11)),
        (23, 30, timedelta(hours=8)),
        (3, 0, timedelta(hours=4, minutes=30)),
    ],
)
def test_followers_are_told_by_day_only(office: Office, hour: int, minute: int, wait: timedelta | None) -> None:
    moment = MORNING + timedelta(hours=hour - 8, minutes=minute)
    office.clock.set(moment - timedelta(minutes=1))
    office.keep(expires_at=moment + timedelta(hours=24))
    channel, book = office.open(**YES), Book()
    channel.publish(POST, book)
    office.clock.set(moment)
    done = channel.follow(office.sought(book.steps))
    if wait is None:
        assert isinstance(done, Receipt)
    else:
        assert still(done).again_in == wait
        assert office.broadcasts() == 0
        office.clock.advance(wait.total_seconds())
        office.end(channel, book)
    assert office.broadcasts() == 1


def test_after_a_day_nobody_is_told_any_more(office: Office) -> None:
    channel, book = office.open(**YES), Book()
    channel.publish(POST, book)
    office.clock.set(MORNING + timedelta(hours=37))  # 21:00 of the next day
    assert isinstance(channel.follow(office.sought(book.steps)), Receipt)
    assert office.broadcasts() == 0


DOUBTS = [Fault.DROP_AFTER, Fault.HTTP_500_AFTER, Fault.HTML_200, Fault.EMPTY_OBJECT, Fault.WRONG_TYPES, Fault.BAD_UTF8]


@pytest.mark.parametrize("fault", DOUBTS)
def test_when_nobody_knows_whether_they_were_told_they_are_not_told_again(
    office: Office, fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    channel, book = office.open(**YES), Book()
    channel.publish(POST, book)
    office.box.faults.next("zalo", "broadcast", fault)
    office.end(channel, book)
    office.end(office.open(**YES), book)
    assert office.asked("broadcast") == 1
    assert office.open(**YES).probe().warnings == ("zalo.broadcast_doubt",)
    assert "Nobody knows whether followers were told" in caplog.text
    office.clock.advance(days=8)
    assert office.open(**YES).probe().warnings == ()


def test_a_broadcast_whose_request_was_cut_off_by_a_crash_is_not_sent_again(office: Office) -> None:
    channel, book = office.open(**YES), Book()
    channel.publish(POST, book)
    office.end(channel, book)
    (notes,) = (office.workspace / "state").glob("zalo-*.jsonl")
    kept = notes.read_text(encoding="utf-8").splitlines()
    notes.write_text("\n".join(line for line in kept if "accepted" not in line) + '\n{"at": "torn', encoding="utf-8")
    office.end(channel, book)
    assert office.asked("broadcast") == 1


@pytest.mark.parametrize("why", ["package", "quota", "consent"])
def test_a_refused_broadcast_leaves_the_article_and_is_reported(office: Office, why: str) -> None:
    office.account.may_broadcast = why != "package"
    office.account.monthly_broadcasts = 0 if why == "quota" else 4
    channel, book = office.open(**YES), Book()
    channel.publish(POST, book)
    if why == "consent":
        office.box.faults.next("zalo", "broadcast", Fault.ERROR_CODE, code=-223)
    office.end(channel, book)
    office.end(channel, book)
    assert office.asked("broadcast") == 1
    assert len(office.articles()) == 1
    assert channel.probe().warnings == ("zalo.broadcast_refused",)


@pytest.mark.parametrize(("code", "wait"), [(-32, timedelta(minutes=1)), (-234, timedelta(hours=1))])
def test_a_broadcast_that_came_too_early_is_tried_again(office: Office, code: int, wait: timedelta) -> None:
    channel, book = office.open(**YES), Book()
    channel.publish(POST, book)
    office.clock.advance(60)
    office.box.faults.next("zalo", "broadcast", Fault.ERROR_CODE, code=code)
    assert still(channel.follow(office.sought(book.steps))).again_in == wait
    office.clock.advance(wait.total_seconds())
    office.end(channel, book)
    assert office.broadcasts() == 1


def test_a_broadcast_that_was_not_carried_out_is_tried_again(office: Office) -> None:
    channel, book = office.open(**YES), Book()
    channel.publish(POST, book)
    office.clock.advance(60)
    office.box.faults.next("zalo", "broadcast", Fault.RATE_LIMITED)
    with pytest.raises(Limited):
        channel.follow(office.sought(book.steps))
    office.end(channel, book)
    assert office.broadcasts() == 1


def test_of_a_correction_nobody_is_told(office: Office) -> None:
    receipt = office.publish(office.open())
    channel, book = office.open(**YES), Book()
    channel.correct(receipt.remote_id, POST, book)
    office.end(channel, book)
    assert office.broadcasts() == 0


def test_notes_that_are_lost_with_the_whole_folder_are_the_only_way_to_forget(office: Office) -> None:
    channel, book = office.open(**YES), Book()
    channel.publish(POST, book)
    office.end(channel, book)
    tokens = office.file.read_bytes()
    shutil.rmtree(office.workspace / "state")
    office.file.parent.mkdir()
    office.file.write_bytes(tokens)
    office.file.chmod(0o600)
    office.end(channel, book)
    assert office.broadcasts() == 2
