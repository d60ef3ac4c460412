"""The look-up: an article of unknown fate is found by its title, its code and its page, or nothing is concluded."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from channels.answers import Closed, OutcomeUnknown, Receipt, Rejected
from channels.sandbox.faults import Fault
from tests.channels.raw_server import ok, raw_server
from tests.channels.zalo_account import MORNING, PAGE, POST, Book, Office, still, zalo_office


@pytest.fixture(name="office")
def _office(tmp_path: Path) -> Iterator[Office]:
    with zalo_office(tmp_path) as office:
        yield office


def lose(office: Office) -> None:
    """Publish so that Zalo makes the article and its answer never arrives."""
    office.box.faults.next("zalo", "create", Fault.DROP_AFTER)
    with pytest.raises(OutcomeUnknown):
        office.open().publish(POST, Book())
    office.clock.advance(60)


def test_an_article_whose_answer_was_lost_is_found_and_adopted(office: Office) -> None:
    lose(office)
    found = office.open().look_up(office.sought({}))
    assert isinstance(found, Receipt)
    assert [found.remote_id] == office.articles()
    assert found.link.endswith(f"id={found.remote_id}&pageId=4000")


def test_nothing_is_found_where_nothing_is(office: Office) -> None:
    assert office.open().look_up(office.sought({})) is None


def test_with_its_token_the_job_is_asked_and_not_the_list(office: Office) -> None:
    book = Book()
    office.open().publish(POST, book)
    still(office.open().look_up(office.sought(book.steps)))
    office.clock.advance(60)
    assert isinstance(office.open().look_up(office.sought(book.steps)), Receipt)
    assert office.asked("getslice") == 0


def test_a_token_that_zalo_no_longer_knows_leads_to_the_list(office: Office) -> None:
    lose(office)
    found = office.open().follow(office.sought({"token": "unknown"}))
    assert isinstance(found, Receipt)
    office.open().withdraw(found.remote_id, "")
    with pytest.raises(OutcomeUnknown) as caught:
        office.open().follow(office.sought({"token": "unknown"}))
    assert caught.value.reason_key == "zalo.job_unknown"


def test_the_same_title_of_an_earlier_day_is_another_article(office: Office) -> None:
    office.publish(office.open())
    tomorrow = MORNING + timedelta(days=1)
    office.clock.set(tomorrow)
    assert office.open().look_up(replace(office.sought({}), since=tomorrow)) is None


@pytest.mark.parametrize(
    ("changes", "is_found"),
    [
        ({}, True),
        ({"page": "https://snv.example.gov.vn/tb/2026/khac-0000aaaa/"}, False),
        ({"page": ""}, True),  # Zalo took the link out, or staff posted by hand: never a second one
        ({"page": "", "visible_code": "Mã tin: 7K3Q-9ABC"}, True),
        ({"page": PAGE, "visible_code": "Mã tin: AAAA-0000"}, False),
        ({"title": unicodedata.normalize("NFD", POST.title)}, True),
        ({"title": POST.title + "."}, False),
    ],
)
def test_an_article_counts_by_title_then_code_then_page(
    office: Office, changes: dict[str, str], is_found: bool
) -> None:
    office.publish(office.open(), replace(POST, **changes))  # type: ignore[arg-type]  # only texts are changed
    assert (office.open().look_up(office.sought({})) is not None) is is_found


def test_of_two_the_older_is_kept(office: Office) -> None:
    first = office.publish(office.open())
    office.publish(office.open())
    found = office.open().look_up(office.sought({}))
    assert isinstance(found, Receipt)
    assert found.remote_id == first.remote_id


def test_articles_of_other_occurrences_are_none_of_ours(office: Office) -> None:
    other = office.publish(office.open())
    sought = replace(office.sought({}), others={other.remote_id})
    assert office.open().look_up(sought) is None
    own = office.publish(office.open())
    found = office.open().look_up(sought)
    assert isinstance(found, Receipt)
    assert found.remote_id == own.remote_id


def test_a_hidden_article_is_neither_adopted_nor_posted_once_more(office: Office) -> None:
    channel, book = office.open(withdraw_by="hide", broadcast="có"), Book()
    channel.publish(POST, book)
    office.clock.advance(30)
    article = office.box.truth()[0].id
    channel.withdraw(article, "sai ngày")
    office.clock.advance(30)
    for ask, steps in ((channel.look_up, {}), (channel.follow, book.steps)):
        with pytest.raises(Rejected) as caught:
            ask(office.sought(steps))
        assert caught.value.reason_key == "zalo.withdrawn"
    assert office.broadcasts() == 0
    shown = office.publish(office.open())
    found = channel.look_up(office.sought({}))
    assert isinstance(found, Receipt)
    assert found.remote_id == shown.remote_id


@pytest.mark.parametrize("moment", [999_999_999_999_999, "hôm qua", -1, None, 10**40])
def test_a_moment_that_is_none_concludes_nothing(office: Office, moment: object) -> None:
    media = {"id": "a1", "title": POST.title, "create_date": moment}
    body = {"error": 0, "message": "", "data": {"total": 1, "medias": [media]}}
    with raw_server(ok(json.dumps(body).encode())) as server, pytest.raises(OutcomeUnknown):
        office.open(address=server.address).look_up(replace(office.sought({}), since=MORNING))


def test_pages_are_read_as_far_as_the_first_try_and_no_further(office: Office) -> None:
    for number in range(12):
        office.publish(office.open(), replace(POST, title=f"Tin {number}"))
    office.clock.advance(hours=3)
    late = office.clock.now()
    assert office.open().look_up(replace(office.sought({}), since=late)) is None
    assert office.asked("getslice") == 1
    assert office.open().look_up(office.sought({})) is None
    assert office.asked("getslice") == 3


def test_a_list_that_is_too_long_concludes_nothing(office: Office) -> None:
    for number in range(51):
        office.publish(office.open(), replace(POST, title=f"Tin {number}"))
    with pytest.raises(OutcomeUnknown) as caught:
        office.open().look_up(office.sought({}))
    assert caught.value.reason_key == "zalo.list_unclear"


def test_dates_in_seconds_are_understood(office: Office) -> None:
    office.switches.dates_in = "seconds"
    lose(office)
    found = office.open().look_up(office.sought({}))
    assert isinstance(found, Receipt)
    assert found.published_at == MORNING + timedelta(seconds=5)


FAULTS = [
    *(Fault.DROP_BEFORE, Fault.HTTP_500, Fault.HTTP_502_HTML, Fault.HTTP_503_BARE, Fault.HTML_200, Fault.EMPTY_200),
    *(Fault.EMPTY_OBJECT, Fault.TRUNCATED_JSON, Fault.BAD_UTF8, Fault.WRONG_TYPES, Fault.NESTED, Fault.HUGE),
    *(Fault.REDIRECT, Fault.SUCCESS_FALSE, Fault.ECHO_TOKEN),
]


@pytest.mark.parametrize("route", ["getslice", "getdetail"])
@pytest.mark.parametrize("fault", FAULTS)
def test_a_list_that_fails_is_not_an_absence(office: Office, fault: Fault, route: str) -> None:
    lose(office)
    office.box.faults.next("zalo", route, fault, times=3)
    with pytest.raises(OutcomeUnknown):
        office.open().look_up(office.sought({}))


@pytest.mark.parametrize("code", [-200, -201, -999])
def test_a_refused_list_is_not_an_absence(office: Office, code: int) -> None:
    office.box.faults.next("zalo", "getslice", Fault.ERROR_CODE, code=code)
    with pytest.raises(OutcomeUnknown):
        office.open().look_up(office.sought({}))


def test_a_right_that_is_missing_closes_the_account_in_a_look_up_too(office: Office) -> None:
    office.box.faults.next("zalo", "getslice", Fault.ERROR_CODE, code=-224)
    with pytest.raises(Closed) as caught:
        office.open().look_up(office.sought({}))
    assert type(caught.value) is Closed  # a probe reads too, and will see when it is mended


def test_a_list_that_lags_is_looked_at_again(office: Office) -> None:
    office.switches.listing_lag = 600
    lose(office)
    assert office.open().look_up(office.sought({})) is None
    office.clock.advance(minutes=15)
    assert office.open().look_up(office.sought({})) is not None


def listing(titles: Sequence[str], *, total: int, newest_first: bool) -> Callable[[bytes], bytes]:
    """A list of Zalo's in which each article is a minute younger than the one before it, or older."""
    step = -60_000 if newest_first else 60_000
    start = int(MORNING.timestamp() * 1000)
    medias = [{"id": f"a{n}", "title": title, "create_date": start + n * step} for n, title in enumerate(titles)]

    def reply(request: bytes) -> bytes:
        data: object = {"link_view": "https://zalo.example/a", "create_date": start}
        if b"getslice" in request:
            offset = int(request.partition(b"offset=")[2].partition(b"&")[0])
            data = {"total": total, "medias": medias[offset : offset + 10]}
        return ok(json.dumps({"error": 0, "message": "", "data": data}).encode())

    return reply


def test_a_list_in_another_order_is_read_to_its_end(office: Office) -> None:
    titles = [*(f"Tin {n}" for n in range(24)), POST.title]
    with raw_server(listing(titles, total=25, newest_first=False)) as server:
        late = replace(office.sought({}), since=MORNING + timedelta(minutes=24))
        found = office.open(address=server.address).look_up(late)
    assert isinstance(found, Receipt)
    assert found.remote_id == "a24"


@pytest.mark.parametrize(("count", "total"), [(0, 1), (4, 9), (10, 11)])
def test_a_list_that_is_shorter_than_it_says_concludes_nothing(office: Office, count: int, total: int) -> None:
    titles = [f"Tin {n}" for n in range(count)]
    with raw_server(listing(titles, total=total, newest_first=True)) as server, pytest.raises(OutcomeUnknown):
        office.open(address=server.address).look_up(replace(office.sought({}), since=MORNING - timedelta(hours=1)))
