"""What a publication makes of every way in which Zalo can fail, and that no secret shows in any of them."""

from __future__ import annotations

import json
import traceback
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from channels.answers import (
    Blocked,
    ChannelFailure,
    Closed,
    Limited,
    NotSent,
    OutcomeUnknown,
    Receipt,
    Rejected,
    Unreachable,
)
from channels.sandbox.faults import Fault
from channels.sandbox.zalo.world import ACCESS_TOKEN, APP_SECRET, REFRESH_TOKEN
from channels.zalo.api import proof
from loa.core.errors import Problem
from loa.core.secrets import Secret
from loa.core.words import LANGUAGES, catalogue
from tests.channels.raw_server import ok, raw_server
from tests.channels.zalo_account import POST, Book, Office, zalo_office

SECRETS = (ACCESS_TOKEN, REFRESH_TOKEN, APP_SECRET, proof(Secret(APP_SECRET), Secret(ACCESS_TOKEN)))


@pytest.fixture(name="office")
def _office(tmp_path: Path) -> Iterator[Office]:
    with zalo_office(tmp_path) as office:
        yield office


def failure_of(office: Office, **changes: object) -> ChannelFailure:
    """How a publication fails; nothing that it says or leaves behind holds a secret, and every reason is a sentence."""
    with pytest.raises(ChannelFailure) as caught:
        office.open(**changes).publish(POST, Book())
    failure = caught.value
    problem = Problem(key=failure.reason_key, values=failure.values)
    told = [*traceback.format_exception(failure), *(catalogue(language).problem(problem) for language in LANGUAGES)]
    told += [office.everything_written(), repr(vars(failure)), repr(failure.__context__)]
    assert not [secret for secret in SECRETS if secret in "\n".join(told)]
    return failure


# Faults of the one request that publishes: the post may be out there after each of them.
IN_DOUBT = [
    *(Fault.DROP_BEFORE, Fault.DROP_AFTER, Fault.LATE_COMMIT, Fault.HTTP_500, Fault.HTTP_500_AFTER),
    *(Fault.HTTP_502_HTML, Fault.HTTP_503_BARE, Fault.HTML_200, Fault.EMPTY_200, Fault.EMPTY_OBJECT),
    *(Fault.TRUNCATED_JSON, Fault.BAD_UTF8, Fault.WRONG_TYPES, Fault.HUGE, Fault.NESTED, Fault.ECHO_TOKEN),
    *(Fault.REDIRECT, Fault.SUCCESS_FALSE),
]


@pytest.mark.parametrize("fault", IN_DOUBT)
def test_after_anything_that_is_no_clear_answer_the_outcome_is_unknown_and_one_article_at_most(
    office: Office, fault: Fault
) -> None:
    office.box.faults.next("zalo", "create", fault, seconds=120)
    failure = failure_of(office, app_proof="có")
    assert isinstance(failure, OutcomeUnknown)
    assert office.asked("create") == 1
    office.clock.advance(minutes=5)
    found = office.open().look_up(office.sought({}))
    assert len(office.articles()) == (1 if isinstance(found, Receipt) else 0)


def test_an_answer_that_comes_too_late_is_unknown_and_the_article_is_found(office: Office) -> None:
    office.box.faults.next("zalo", "create", Fault.SLOW, seconds=1.5)
    assert isinstance(failure_of(office), OutcomeUnknown)
    office.clock.advance(minutes=5)
    assert isinstance(office.open().look_up(office.sought({})), Receipt)


def test_an_answer_that_calls_itself_javascript_is_read(office: Office) -> None:
    office.box.faults.next("zalo", "create", Fault.JAVASCRIPT)
    book = Book()
    office.open().publish(POST, book)
    assert book.steps["token"]


@pytest.mark.parametrize("status", ["302 Found", "500 Internal Server Error", "503 Service Unavailable"])
@pytest.mark.parametrize("error", [0, -201])
def test_a_clear_word_under_a_status_that_is_none_is_not_believed(office: Office, status: str, error: int) -> None:
    body = {"error": error, "message": "", "data": {"token": "t"}}
    with raw_server(ok(json.dumps(body).encode(), status=status)) as server:
        assert isinstance(failure_of(office, address=server.address), OutcomeUnknown)


def test_a_bare_429_waits_as_long_as_it_asks(office: Office) -> None:
    office.box.faults.next("zalo", "create", Fault.RATE_LIMITED, seconds=300)
    failure = failure_of(office)
    assert isinstance(failure, Limited)
    assert failure.wait == timedelta(minutes=5)


def test_a_service_that_is_not_there_was_sent_nothing(office: Office) -> None:
    assert isinstance(failure_of(office, address="http://127.0.0.1:9"), Unreachable)


REFUSALS = [
    (-32, Limited, "zalo.rate"),
    (-201, Rejected, "zalo.refused"),
    (-204, Closed, "zalo.account"),
    (-209, Closed, "zalo.app"),
    (-210, Rejected, "zalo.refused"),
    (-211, Limited, "zalo.quota"),
    (-212, Closed, "zalo.product"),
    (-219, Closed, "zalo.app"),
    (-221, Closed, "zalo.verified"),
    (-223, Blocked, "zalo.right"),
    (-224, Blocked, "zalo.package"),
    (-234, NotSent, "zalo.night"),
    (-235, Blocked, "zalo.kind"),
    (-240, Blocked, "zalo.kind"),
    (-242, Closed, "zalo.proof"),
    (-248, Rejected, "zalo.standards"),
    (-100, OutcomeUnknown, "zalo.doubt"),
    (-200, OutcomeUnknown, "zalo.doubt"),
    (-214, OutcomeUnknown, "zalo.doubt"),
    (-99999, OutcomeUnknown, "zalo.doubt"),
]


@pytest.mark.parametrize(("code", "kind", "key"), REFUSALS)
def test_each_refusal_says_what_may_be_done_next(
    office: Office, code: int, kind: type[ChannelFailure], key: str
) -> None:
    office.box.faults.next("zalo", "create", Fault.ERROR_CODE, code=code)
    failure = failure_of(office)
    assert (type(failure), failure.reason_key) == (kind, key)
    assert office.asked("create") == 1


def test_a_spent_quota_of_articles_is_told_from_a_missing_right(office: Office) -> None:
    office.account.article_quota = 0
    failure = failure_of(office)
    assert isinstance(failure, Limited)
    assert failure.reason_key == "zalo.quota"


def test_an_error_after_the_fact_is_not_believed_where_its_number_is_not_known(office: Office) -> None:
    office.box.faults.next("zalo", "create", Fault.EXECUTE_AND_ERROR, code=-200)
    assert isinstance(failure_of(office), OutcomeUnknown)
    office.clock.advance(minutes=5)
    assert isinstance(office.open().look_up(office.sought({})), Receipt)


def test_the_burst_of_a_minute_waits_for_the_next(office: Office) -> None:
    office.switches.requests_per_minute = 1
    office.open().publish(POST, Book())
    failure = failure_of(office)
    assert isinstance(failure, Limited)
    assert failure.wait == timedelta(minutes=1)
    office.clock.advance(minutes=1)
    office.open().publish(POST, Book())


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({"error": -201, "message": f"bad {ACCESS_TOKEN} {proof(Secret(APP_SECRET), Secret(ACCESS_TOKEN))}"}, Rejected),
        ({"error": -201, "message": ["x" * 5000]}, Rejected),
        ({"error": -201, "message": None, "data": "text"}, Rejected),
        ({"error": False, "data": {"token": "t"}}, OutcomeUnknown),
        ({"error": "0", "data": {"token": "t"}}, OutcomeUnknown),
        ({"error": 0, "data": [{"token": "t"}]}, OutcomeUnknown),
        ({"error": 0, "data": {"token": ""}}, OutcomeUnknown),
        ({"error": 0, "data": {"token": 7}}, OutcomeUnknown),
        ({"error": 0}, OutcomeUnknown),
        ([], OutcomeUnknown),
        (None, OutcomeUnknown),
    ],
)
def test_what_zalo_says_is_read_with_suspicion_and_shown_short_and_without_tokens(
    office: Office, body: object, kind: type[ChannelFailure]
) -> None:
    with raw_server(ok(json.dumps(body).encode())) as server:
        failure = failure_of(office, address=server.address, app_proof="có")
    assert type(failure) is kind
    assert len(str(failure.values.get("text", ""))) <= 200


FOLLOWING = [fault for fault in IN_DOUBT if fault not in {Fault.LATE_COMMIT}]


@pytest.mark.parametrize("route", ["verify", "getdetail"])
@pytest.mark.parametrize("fault", FOLLOWING)
def test_a_failing_question_about_a_job_leaves_it_open_and_makes_nothing(
    office: Office, fault: Fault, route: str
) -> None:
    channel, book = office.open(), Book()
    channel.publish(POST, book)
    office.clock.advance(60)
    office.box.faults.next("zalo", route, fault, times=3)
    # data without an id is how a job that still runs may be answered.
    with pytest.raises(ChannelFailure) as caught:
        channel.follow(office.sought(book.steps))
    assert isinstance(caught.value, OutcomeUnknown)
    office.box.faults.clear()
    office.end(channel, book)
    assert (office.asked("create"), len(office.articles())) == (1, 1)


@pytest.mark.parametrize("fault", [Fault.DROP_BEFORE, Fault.HTTP_500, Fault.EMPTY_200, Fault.WRONG_TYPES])
def test_a_withdrawal_without_answer_is_repeated(office: Office, fault: Fault) -> None:
    channel = office.open()
    receipt = office.publish(channel)
    office.box.faults.next("zalo", "remove", fault)
    with pytest.raises(OutcomeUnknown):
        channel.withdraw(receipt.remote_id, "")
    channel.withdraw(receipt.remote_id, "")
    assert office.articles() == []


@pytest.mark.parametrize("fault", [Fault.HTTP_500, Fault.HTML_200, Fault.WRONG_TYPES, Fault.EMPTY_OBJECT])
def test_a_probe_without_answer_is_no_health(office: Office, fault: Fault) -> None:
    office.box.faults.next("zalo", "getoa", fault, times=3)
    with pytest.raises(ChannelFailure):
        office.open().probe()
