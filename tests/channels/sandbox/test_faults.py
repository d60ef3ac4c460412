"""Every fault, as a client sees it and as the truth tells it."""

from __future__ import annotations

import http.client
import json
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from time import monotonic

import pytest

from channels.sandbox.faults import EXECUTED, USUAL, Fault, Faults
from channels.sandbox.web import Condition
from tests.channels.sandbox.graph import TOKEN, Api, error_of, give_up_on, graph


@pytest.fixture
def api() -> Iterator[Api]:
    with graph() as api:
        yield api


def live(api: Api) -> list[str]:
    return [item.text for item in api.box.truth() if item.state is Condition.LIVE]


# Those whose answer looks like nothing that the service would say: status, how the body begins, executed.
ODD = [
    (Fault.HTTP_500, 500, b"{}", False),
    (Fault.HTTP_500_AFTER, 500, b"{}", True),
    (Fault.HTTP_502_HTML, 502, b"<html>", False),
    (Fault.HTTP_503_BARE, 503, b"", False),
    (Fault.HTML_200, 200, b"<!doctype html>", False),
    (Fault.EMPTY_200, 200, b"", False),
    (Fault.EMPTY_OBJECT, 200, b"{}", False),
    (Fault.RATE_LIMITED, 429, b"{", False),
    (Fault.HUGE, 200, b'{"id": "111', False),
    (Fault.REDIRECT, 302, b"", False),
    (Fault.NESTED, 200, b"[[[[", False),
    (Fault.SUCCESS_FALSE, 200, b'{"success": false}', False),
    (Fault.JAVASCRIPT, 200, b'{"id": "1000_', True),
]


@pytest.mark.parametrize(("fault", "status", "begins", "executed"), ODD, ids=str)
def test_an_odd_answer(api: Api, fault: Fault, status: int, begins: bytes, executed: bool) -> None:
    api.box.faults.next("graph", "feed", fault)
    answer = api.post("1000/feed", message="Một")
    assert (answer.status, answer.body[: len(begins)]) == (status, begins)
    assert live(api) == (["Một"] if executed else [])
    assert api.post("1000/feed", message="Hai").status == 200, "the next one goes well"


@pytest.mark.parametrize(("fault", "texts"), [(Fault.DROP_BEFORE, []), (Fault.DROP_AFTER, ["Một"])])
def test_a_dropped_connection_may_hide_a_post(api: Api, fault: Fault, texts: list[str]) -> None:
    api.box.faults.next("graph", "feed", fault)
    with pytest.raises(http.client.RemoteDisconnected):
        api.post("1000/feed", message="Một")
    assert live(api) == texts
    entry = api.box.journal.entries()[0]
    assert (entry.status, entry.fault, entry.executed) == (None, fault, bool(texts))


def test_a_cut_answer_hides_a_post(api: Api) -> None:
    api.box.faults.next("graph", "feed", Fault.TRUNCATED_JSON)
    with pytest.raises(http.client.IncompleteRead) as caught:
        api.post("1000/feed", message="Một")
    assert caught.value.partial.startswith(b'{"id"')
    assert live(api) == ["Một"]


def test_a_slow_answer_comes_in_the_end(api: Api) -> None:
    api.box.faults.next("graph", "feed", Fault.SLOW, seconds=0.15)
    begun = monotonic()
    assert api.post("1000/feed", message="Một").status == 200
    assert monotonic() - begun >= 0.15


def test_a_late_commit_comes_when_the_client_has_given_up(api: Api) -> None:
    api.box.faults.next("graph", "feed", Fault.LATE_COMMIT, seconds=90)
    give_up_on(api, message="Một")
    api.box.clock.advance(89)
    assert (live(api), api.listed()) == ([], [])
    api.box.clock.advance(1)
    assert live(api) == ["Một"]
    assert [e.executed for e in api.box.journal.entries(route="feed")] == [False, True]
    late = api.box.journal.entries(route="feed")[1]
    assert (late.fault, late.status, late.time) == (Fault.LATE_COMMIT, 200, api.box.clock.now())


def test_a_sandbox_that_ends_waits_for_nobody() -> None:
    with graph() as api:
        api.box.faults.next("graph", "feed", Fault.SLOW, seconds=20)
        give_up_on(api, message="Một", seconds=0.1)
        api.box.faults.next("graph", "feed", Fault.LATE_COMMIT, seconds=20)
        give_up_on(api, message="Hai", seconds=0.1)
        begun = monotonic()
    assert monotonic() - begun < 2
    assert live(api) == ["Một"]


def test_an_error_of_the_service_has_its_own_form(api: Api) -> None:
    api.box.faults.next("graph", "feed", Fault.ERROR_CODE, code=368, subcode=1390008)
    answer = api.post("1000/feed", message="Một")
    assert error_of(answer) == (400, 368, 1390008)
    assert live(api) == []


def test_an_error_may_come_although_the_post_is_there(api: Api) -> None:
    api.box.faults.next("graph", "feed", Fault.EXECUTE_AND_ERROR, code=2)
    answer = api.post("1000/feed", message="Một")
    assert (error_of(answer), live(api)) == ((500, 2, 0), ["Một"])
    assert "original_response" not in answer.json["error"]


def test_one_error_names_what_was_made_all_the_same(api: Api) -> None:
    api.box.faults.next("graph", "feed", Fault.EXECUTE_AND_ERROR, code=100)
    error = api.post("1000/feed", message="Một").json["error"]
    assert error["original_response"] == {"id": api.box.truth()[0].id}
    assert error["type"] == "FacebookApiException"


def test_a_token_is_echoed(api: Api) -> None:
    api.box.faults.next("graph", "*", Fault.ECHO_TOKEN, times=2)
    assert TOKEN in api.post("1000/feed", message="Một").text
    assert "proof-of-it" in api.get("me", appsecret_proof="proof-of-it").text


def test_bad_utf8_cannot_be_decoded(api: Api) -> None:
    api.box.faults.next("graph", "feed", Fault.BAD_UTF8)
    with pytest.raises(UnicodeDecodeError):
        api.post("1000/feed", message="Một").body.decode()
    assert live(api) == ["Một"]


def test_types_are_wrong(api: Api) -> None:
    api.made(message="Một")
    api.box.faults.next("graph", "*", Fault.WRONG_TYPES, times=2)
    assert isinstance(api.post("1000/feed", message="Hai").json["id"], list)
    assert api.get("1000/published_posts").json["data"] == "list"


def test_waiting_times_of_limits_are_told(api: Api) -> None:
    api.box.faults.next("graph", "feed", Fault.RATE_LIMITED, seconds=3600)
    assert api.post("1000/feed", message="Một").headers["Retry-After"] == "3600"


def test_a_redirect_leads_to_a_page_that_is_no_answer(api: Api) -> None:
    api.box.faults.next("graph", "feed", Fault.REDIRECT)
    assert api.post("1000/feed", message="Một").headers["Location"] == f"{api.box.address}/_landing"


def test_whether_it_is_executed_can_be_said(api: Api) -> None:
    api.box.faults.next("graph", "feed", Fault.EMPTY_OBJECT, executed=True)
    api.box.faults.next("graph", "feed", Fault.TRUNCATED_JSON, executed=False)
    api.post("1000/feed", message="Một")
    with pytest.raises(http.client.IncompleteRead):
        api.post("1000/feed", message="Hai")
    assert live(api) == ["Một"]


def test_every_fault_can_be_had(api: Api) -> None:
    """None breaks the server, whatever it is asked of."""
    for fault in Fault:
        if fault is not Fault.LATE_COMMIT:  # tried above, takes long
            api.box.faults.next("graph", "*", fault, seconds=0)
            try:
                json.loads(api.get("1000/published_posts").body)
            except (ValueError, RecursionError, http.client.HTTPException):
                continue
    assert api.get("me").status == 200


# --- which requests are meant --------------------------------------------------------------------------------


def test_a_fault_waits_for_its_request() -> None:
    faults = Faults()
    faults.next("graph", "feed", Fault.HTTP_500, account="1001", times=2)
    assert faults.choose("graph", "feed", "1000") is None
    assert faults.choose("graph", "photos", "1001") is None
    assert faults.choose("zalo", "feed", "1001") is None
    assert [faults.choose("graph", "feed", "1001") is not None for _ in range(3)] == [True, True, False]


def test_faults_come_in_the_order_in_which_they_were_asked_for() -> None:
    faults = Faults()
    faults.next("*", "*", Fault.HTTP_500)
    faults.next("graph", "feed", Fault.SLOW)
    found = [faults.choose("graph", "feed", "1000") for _ in range(3)]
    assert [one and one.fault for one in found] == [Fault.HTTP_500, Fault.SLOW, None]


def strewn(seed: int, accounts: tuple[str, ...] = ("1000",), count: int = 300) -> list[str]:
    faults = Faults(seed)
    faults.usual(0.38)
    found = (faults.choose("graph", "feed", accounts[number % len(accounts)]) for number in range(count))
    return [str(one.fault) if one else "" for one in found]


def test_the_same_seed_gives_the_same_faults() -> None:
    assert strewn(7) == strewn(7)
    assert strewn(7) != strewn(8)


def test_accounts_do_not_disturb_each_other() -> None:
    assert strewn(7, accounts=("1000", "1001"), count=200)[::2] == strewn(7, count=100)


def test_rates_are_kept() -> None:
    counts = Counter(strewn(1, count=20_000))
    assert counts[""] / 20_000 == pytest.approx(0.62, abs=0.02)
    for fault, part in USUAL.items():
        assert counts[fault] / 20_000 == pytest.approx(0.38 * part, abs=0.01)


def test_the_usual_shares_make_one_whole() -> None:
    assert sum(USUAL.values()) == pytest.approx(1)
    assert EXECUTED & set(USUAL), "some must hide a post"


def test_a_seed_that_is_set_again_begins_anew() -> None:
    faults = Faults(7)
    faults.usual(0.38)
    first = [faults.choose("graph", "feed", "1000") for _ in range(50)]
    faults.seed(7)
    assert [faults.choose("graph", "feed", "1000") for _ in range(50)] == first


def test_late_commits_keep_to_the_clock_of_the_sandbox(api: Api) -> None:
    """Two of them come in their order, whoever gave up first."""
    api.box.faults.next("graph", "feed", Fault.LATE_COMMIT, seconds=60)
    api.box.faults.next("graph", "feed", Fault.LATE_COMMIT, seconds=30)
    give_up_on(api, message="Sau", seconds=0.05)
    give_up_on(api, message="Trước", seconds=0.05)
    api.box.clock.advance(timedelta(minutes=5).total_seconds())
    assert live(api) == ["Trước", "Sau"]


def test_truth_and_journal_agree_when_many_post_at_once(api: Api) -> None:
    """Eight clients at once on a bad day: as many posts are live as the journal says were executed, none twice."""
    for fault, share in (
        (Fault.DROP_BEFORE, 0.2),
        (Fault.DROP_AFTER, 0.2),
        (Fault.HTTP_500_AFTER, 0.2),
        (Fault.HTTP_500, 0.2),
    ):
        api.box.faults.rate("graph", "feed", fault, share)
    api.box.faults.next("graph", "feed", Fault.LATE_COMMIT, seconds=60)
    give_up_on(api, message="Muộn")

    def post(number: int) -> None:
        with suppress(http.client.HTTPException, OSError):
            api.post("1000/feed", message=f"Tin {number}")

    with ThreadPoolExecutor(max_workers=8) as clients:
        list(clients.map(post, range(160)))
    api.box.clock.advance(hours=1)
    executed = [entry for entry in api.box.journal.entries(route="feed") if entry.executed]
    assert len(live(api)) == len(set(live(api))) == len(executed)
    assert 0 < len(executed) < 160
    assert len({item.id for item in api.box.truth()}) == len(executed)
