"""What the service answers, or fails to, and what the posting job makes of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from channels.sandbox.faults import Fault
from channels.sandbox.graph.model import Duplicates
from channels.sandbox.graph.store import page_token
from loa.delivery.noting import note_what_needs_somebody
from loa.delivery.outcome import SILENCES
from loa.delivery.publish import publish_due
from loa.delivery.status import status
from loa.ledger.model import State
from tests.delivery.scenarios.stage import PAGES, Stage, config_of, office_of, send_again_when_absent

NOBODY_LISTENS = "http://127.0.0.1:9"


def check(on: Stage, state: State, *, public: int, asked: int = 1) -> None:
    assert (on.states(), len(on.public()), on.asked()) == ([state], public, asked)


def test_F08_a_500_that_committed_seven_times_in_a_row_is_one_post(one: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    send_again_when_absent(monkeypatch)
    one.fail(Fault.HTTP_500_AFTER, times=7)
    one.publish()
    assert one.states() == [State.UNKNOWN]
    one.settle()
    check(one, State.PUBLISHED, public=1)
    assert one.entries()[0].adopted


def test_F08_seven_posts_whose_500_had_committed_are_seven_posts(
    make: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch
) -> None:
    send_again_when_absent(monkeypatch)
    on = make(7)
    on.fail(Fault.HTTP_500_AFTER, times=7)
    on.publish()
    on.settle()
    assert (on.states(), on.asked()) == ([State.PUBLISHED] * 7, 7)
    assert all(entry.adopted for entry in on.entries())
    assert len({item.text for item in on.public()}) == len(on.public()) == 7


@pytest.mark.parametrize("resend", [False, True])
def test_F09_a_500_that_did_not_commit_is_one_post_or_a_persons_question(
    one: Stage, resend: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if resend:
        send_again_when_absent(monkeypatch)
    one.fail(Fault.HTTP_500)
    one.publish()
    one.settle()
    check(one, State.PUBLISHED if resend else State.NEEDS_PERSON, public=int(resend), asked=1 + resend)


def test_F10_a_service_that_no_byte_reached_is_tried_again_without_a_look_up(one: Stage) -> None:
    away = office_of(one.folder, config_of(NOBODY_LISTENS), one.campaign, one.now)
    with one.open() as ledger:
        (outcome,) = publish_due(ledger, away, one.now).outcomes
    assert (outcome.result, outcome.silence, one.states()) == ("not_sent", SILENCES, [State.PLANNED])
    one.later(seconds=30)
    check(one, State.PUBLISHED, public=1)


def test_F11_a_line_that_broke_after_the_commit_is_adopted(one: Stage) -> None:
    one.fail(Fault.DROP_AFTER)
    one.publish()
    one.settle()
    check(one, State.PUBLISHED, public=1)
    assert one.entries()[0].adopted


def test_F12_a_commit_long_after_the_client_gave_up_is_not_sent_again(
    one: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    send_again_when_absent(monkeypatch)
    one.fail(Fault.LATE_COMMIT, seconds=90)  # three times as long as a client waits
    one.publish()
    assert (one.states(), one.public()) == ([State.UNKNOWN], [])
    one.settle()
    check(one, State.PUBLISHED, public=1)
    assert one.entries()[0].adopted


@pytest.mark.parametrize(
    ("lag", "resend", "state"),
    [(10, False, State.PUBLISHED), (10, True, State.PUBLISHED), (30, False, State.NEEDS_PERSON)],
)
def test_F13_a_list_that_lags_leaves_it_unknown_and_a_person_is_asked_at_last(
    one: Stage, lag: int, resend: bool, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    if resend:
        send_again_when_absent(monkeypatch)
    one.box.graph.switches.listing_lag = timedelta(minutes=lag)
    one.fail(Fault.DROP_AFTER)
    one.publish()
    one.later(minutes=7)
    check(one, State.UNKNOWN, public=1)
    one.settle()
    check(one, state, public=1)


BAD_LISTS: dict[str, tuple[Fault, dict[str, Any]]] = {
    "500": (Fault.HTTP_500, {}),
    "401": (Fault.ERROR_CODE, {"code": 190}),
    "without data": (Fault.EMPTY_OBJECT, {}),
    "half a page": (Fault.TRUNCATED_JSON, {}),
    "nothing": (Fault.EMPTY_200, {}),
}


@pytest.mark.parametrize(("fault", "measures"), BAD_LISTS.values(), ids=BAD_LISTS)
def test_F14_a_list_that_cannot_be_read_never_means_absent(
    one: Stage, fault: Fault, measures: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    send_again_when_absent(monkeypatch)
    one.fail(Fault.DROP_AFTER)
    one.publish()
    one.fail(fault, "published_posts", times=100, **measures)
    for _ in range(6):
        one.later(minutes=6)
    check(one, State.UNKNOWN, public=1)
    one.box.faults.clear()
    one.settle()
    check(one, State.PUBLISHED, public=1)


def test_F14_a_list_that_begins_with_an_empty_page_is_read_on(one: Stage) -> None:
    one.box.graph.switches.empty_first_page = True
    one.fail(Fault.DROP_AFTER)
    one.publish()
    one.settle()
    check(one, State.PUBLISHED, public=1)


def test_F15_what_no_list_shows_goes_to_a_person(one: Stage) -> None:
    one.box.graph.switches.listing_lag = timedelta(days=400)
    one.fail(Fault.DROP_AFTER)
    one.publish()
    one.settle()
    check(one, State.NEEDS_PERSON, public=1)
    for _ in range(3):
        one.later(minutes=5)
        with one.open() as ledger:
            note_what_needs_somebody(ledger, one.office(), one.now())
            assert len(ledger.job.untold()) == 1, "told once, however often the job looks at it"
    check(one, State.NEEDS_PERSON, public=1)


@pytest.mark.parametrize("fault", [Fault.HTML_200, Fault.HTTP_502_HTML])
def test_F16_the_page_of_a_captive_portal_is_no_receipt(one: Stage, fault: Fault) -> None:
    one.fail(fault)
    (outcome,) = one.publish().failed
    assert [problem.key for problem in outcome.problems] == ["facebook.unreadable"]
    check(one, State.UNKNOWN, public=0)
    with one.open() as ledger:
        (told,) = status(ledger, one.office(), one.now()).attention
    assert [problem.key for problem in told.problems] == ["facebook.unreadable"]
    one.settle()
    check(one, State.NEEDS_PERSON, public=0)


@pytest.mark.parametrize("executed", [False, True])
def test_F17_an_empty_object_is_no_receipt(one: Stage, executed: bool) -> None:
    one.fail(Fault.EMPTY_OBJECT, executed=executed)
    one.publish()
    check(one, State.UNKNOWN, public=int(executed))
    one.settle()
    check(one, State.PUBLISHED if executed else State.NEEDS_PERSON, public=int(executed))


@pytest.mark.parametrize("refusal", [Duplicates.REFUSED_506, Duplicates.REFUSED_368])
@pytest.mark.parametrize("is_found", [False, True])
def test_F20_a_refusal_as_a_repetition_is_looked_up(one: Stage, refusal: Duplicates, is_found: bool) -> None:
    switches = one.box.graph.switches
    switches.duplicates = refusal
    switches.listing_lag = timedelta(minutes=3 if is_found else 300)
    one.box.graph.post_by_hand(PAGES["trang-a"], "Tin số 0: mời người dân trả lời khảo sát.")
    one.publish()
    check(one, State.UNKNOWN, public=1)
    one.settle()
    check(one, State.PUBLISHED if is_found else State.NEEDS_PERSON, public=1)


FUZZ = (Fault.HUGE, Fault.BAD_UTF8, Fault.NESTED, Fault.WRONG_TYPES, Fault.ECHO_TOKEN, Fault.SUCCESS_FALSE)


@pytest.mark.parametrize("fault", FUZZ)
def test_F41_answers_that_make_no_sense_are_bounded_and_leak_nothing(
    make: Callable[..., Stage], fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    on = make(1, channels=("trang-a", "trang-b"))
    on.fail(fault, account=PAGES["trang-a"])
    on.fail(fault, "published_posts", account=PAGES["trang-a"])
    told = [on.publish(), on.later(minutes=2)]
    states = {entry.occurrence.channel: entry.state for entry in on.entries()}
    assert states["trang-b"] is State.PUBLISHED
    on.settle()
    assert len(on.public()) == on.asked() - (fault not in {Fault.BAD_UTF8, Fault.WRONG_TYPES})
    kept = b"".join(path.read_bytes() for path in (on.folder / "state").iterdir())
    for token in map(page_token, PAGES.values()):
        assert token.encode() not in kept
        assert token not in f"{told} {caplog.text}"
