"""The one more try without pictures: of the words that were sent, once, and only while somebody may still speak."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from channels.answers import Limited, NotSent, OutcomeUnknown, Processing, Receipt, Rejected
from channels.sandbox.faults import Fault
from tests.channels.zalo_account import MORNING, PICTURE, POST, Book, Office, Stopped, still, zalo_office

COVER = "https://snv.example.gov.vn/bia.jpg"
OTHER_WORDS = replace(POST, title="Khảo sát: lịch mới", text="Lịch đã đổi.", attachments=())


@pytest.fixture(name="office")
def _office(tmp_path: Path) -> Iterator[Office]:
    with zalo_office(tmp_path) as office:
        yield office


def titles(office: Office) -> list[object]:
    return [fields["title"] for fields in office.fields()]


def notes(office: Office) -> list[Path]:
    """Files of notes; none is made before the first note."""
    return list((office.workspace / "state").glob("zalo-*.jsonl"))


def begun_with_broken_pictures(office: Office, book: Book) -> None:
    """A job that fails, with a cover of the office to try once more with."""
    office.switches.outside_media = "unreachable"
    office.open(cover=COVER).publish(POST, book)
    office.clock.advance(30)


def test_words_of_an_earlier_try_are_never_sent_again(office: Office) -> None:
    channel, book = office.open(cover=COVER), Book()
    office.box.faults.next("zalo", "create", Fault.RATE_LIMITED)
    with pytest.raises(Limited):
        channel.publish(POST, book)
    office.switches.outside_media = "unreachable"
    channel.publish(OTHER_WORDS, book)  # shows the cover of the office: there is no spare for it
    office.clock.advance(30)
    with pytest.raises(Rejected):
        channel.follow(office.sought(book.steps, OTHER_WORDS))
    assert office.asked("create") == 2
    office.switches.outside_media = "trusted"
    with pytest.raises(Rejected):
        channel.follow(office.sought(book.steps, OTHER_WORDS))
    assert titles(office) == []


def test_a_spare_of_other_words_is_not_sent(office: Office) -> None:
    book = Book()
    begun_with_broken_pictures(office, book)
    earlier = book.steps["fallback"]
    office.open(cover=COVER).publish(OTHER_WORDS, book)
    office.clock.advance(30)
    with pytest.raises(Rejected):
        office.open(cover=COVER).follow(office.sought(book.steps | {"fallback": earlier}, OTHER_WORDS))
    assert office.asked("create") == 2


def test_a_correction_that_fails_later_makes_no_second_article(office: Office) -> None:
    channel, book = office.open(cover=COVER), Book()
    channel.publish(POST, book)
    receipt = office.end(channel, book)
    office.switches.seconds, office.switches.polls = 600, 10**9
    office.switches.outside_media = "unreachable"
    still(channel.correct(receipt.remote_id, replace(POST, title="Khảo sát: lịch mới"), book))
    office.clock.advance(1200)
    with pytest.raises(Rejected):
        channel.follow(office.sought(book.steps))
    assert office.asked("create") == 1


def test_the_job_of_an_earlier_try_is_forgotten_before_the_next_is_begun(office: Office) -> None:
    book = Book()
    begun_with_broken_pictures(office, book)
    assert office.articles() == []
    office.switches.outside_media, office.switches.seconds = "trusted", 3600
    office.box.faults.next("zalo", "create", Fault.DROP_AFTER)
    with pytest.raises(OutcomeUnknown):
        office.open(cover=COVER).publish(POST, book)
    office.clock.advance(60)
    assert office.open(cover=COVER).look_up(office.sought(book.steps)) is None  # still at work on it
    office.clock.advance(hours=2)
    assert isinstance(office.open(cover=COVER).look_up(office.sought(book.steps)), Receipt)
    assert len(office.articles()) == 1


def test_after_its_time_no_second_job_is_begun(office: Office) -> None:
    book = Book()
    begun_with_broken_pictures(office, book)
    over = replace(office.sought(book.steps), until=office.clock.now())
    with pytest.raises(Rejected):
        office.open(cover=COVER).follow(over)
    assert office.asked("create") == 1


def test_while_it_is_stopped_no_second_job_is_begun(office: Office) -> None:
    channel, book = office.open(cover=COVER), Book()
    begun_with_broken_pictures(office, book)
    for ask in (channel.follow, channel.look_up):
        with pytest.raises(NotSent) as caught:
            ask(replace(office.sought(book.steps), go_ahead=Stopped().go_ahead))
        assert caught.value.reason_key == "delivery.stopped"
    assert notes(office) == []  # however long the pause is
    with pytest.raises(NotSent):
        channel.follow(replace(office.sought(book.steps), go_ahead=Stopped(after=1).go_ahead))  # at the last moment
    assert office.asked("create") == 1
    office.switches.outside_media = "trusted"
    still(channel.follow(office.sought(book.steps)))
    office.end(channel, book)
    assert len(office.articles()) == 1


def test_a_post_that_is_stopped_is_not_handed_to_zalo(office: Office) -> None:
    book = Stopped()
    with pytest.raises(NotSent) as caught:
        office.open().publish(POST, book)
    assert caught.value.reason_key == "delivery.stopped"
    assert office.asked("create") == 0
    assert "token" not in book.steps


def test_it_is_asked_again_after_the_tokens_were_renewed(office: Office) -> None:
    """Renewing them may take a minute, in which somebody may have stopped everything."""
    office.keep(access="old")
    book = Stopped(after=1)
    with pytest.raises(NotSent):
        office.open().publish(POST, book)
    assert (book.asked, office.asked("create")) == (2, 1)
    assert office.articles() == []


def test_a_person_who_says_that_it_is_not_there_has_it_sent_again(office: Office) -> None:
    channel, book = office.open(), Book()
    channel.publish(replace(POST, attachments=(replace(PICTURE, address=COVER),)), book)
    office.box.reset()
    with pytest.raises(OutcomeUnknown):
        channel.publish(POST, book)  # Zalo no longer knows the job, and its token is still held
    book.steps.clear()  # which is what the ledger does at such a word
    assert isinstance(channel.publish(POST, book), Processing)
    office.end(channel, book)
    assert len(office.articles()) == 1


def test_followers_are_not_told_while_it_is_stopped_nor_after_its_time(office: Office) -> None:
    channel, book = office.open(broadcast="có"), Book()
    channel.publish(POST, book)
    office.clock.advance(30)
    sought = office.sought(book.steps)
    for ask in (channel.follow, channel.look_up):
        with pytest.raises(NotSent):
            ask(replace(sought, go_ahead=Stopped().go_ahead))
        assert isinstance(ask(replace(sought, until=office.clock.now())), Receipt)
    assert notes(office) == []
    with pytest.raises(NotSent):
        channel.follow(replace(sought, go_ahead=Stopped(after=1).go_ahead))
    assert office.broadcasts() == 0
    assert channel.probe().warnings == ()  # nobody need look: they were certainly not told
    assert isinstance(channel.look_up(replace(sought, until=office.clock.now() + timedelta(hours=1))), Receipt)
    assert office.broadcasts() == 1


def test_nobody_waits_for_hours_that_come_after_its_time(office: Office) -> None:
    evening = MORNING + timedelta(hours=13)  # 21:00 in Vietnam
    office.clock.set(evening)
    office.keep(expires_at=evening + timedelta(hours=24))
    channel, book = office.open(broadcast="có"), Book()
    channel.publish(POST, book)
    office.clock.advance(30)
    sought = replace(office.sought(book.steps), since=evening)
    still(channel.follow(sought))
    assert isinstance(channel.follow(replace(sought, until=evening + timedelta(hours=3))), Receipt)
