"""When Facebook gives no clear answer: what is said of the post, and whether it is found again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from channels.answers import ChannelFailure, Closed, Limited, OutcomeUnknown, Receipt, Unreachable
from channels.base import NoSteps
from channels.sandbox.faults import Fault
from channels.sandbox.graph.model import Duplicates
from tests.channels.facebook_trial import (
    LINK,
    MORNING,
    PAGE,
    POST,
    WITH_APP,
    Trial,
    minutes,
    open_page,
    picture,
    sought,
    trial,
)

# The stand-in's faults on the one call that counts → what is said, and whether the post is there all the same.
ANSWERS: list[tuple[Fault, type[ChannelFailure], bool]] = [
    (Fault.DROP_BEFORE, OutcomeUnknown, False),
    (Fault.DROP_AFTER, OutcomeUnknown, True),
    (Fault.HTTP_500, OutcomeUnknown, False),
    (Fault.HTTP_500_AFTER, OutcomeUnknown, True),
    (Fault.HTTP_502_HTML, OutcomeUnknown, False),
    (Fault.HTTP_503_BARE, OutcomeUnknown, False),
    (Fault.HTML_200, OutcomeUnknown, False),
    (Fault.EMPTY_200, OutcomeUnknown, False),
    (Fault.EMPTY_OBJECT, OutcomeUnknown, False),
    (Fault.TRUNCATED_JSON, OutcomeUnknown, True),
    (Fault.SLOW, OutcomeUnknown, True),
    (Fault.LATE_COMMIT, OutcomeUnknown, False),
    (Fault.RATE_LIMITED, Limited, False),
    (Fault.ECHO_TOKEN, OutcomeUnknown, False),
    (Fault.HUGE, OutcomeUnknown, False),
    (Fault.BAD_UTF8, OutcomeUnknown, True),
    (Fault.WRONG_TYPES, OutcomeUnknown, True),
    (Fault.NESTED, OutcomeUnknown, False),
    (Fault.SUCCESS_FALSE, OutcomeUnknown, False),
    (Fault.REDIRECT, OutcomeUnknown, False),
]

WAITING = (Fault.SLOW, Fault.LATE_COMMIT)
SHORT, LONG = "0.3", "20"  # seconds; only who shall lose patience waits so short: other tests may run beside these


@pytest.fixture
def page() -> Iterator[Trial]:
    with trial() as one:
        yield one


@pytest.mark.parametrize(("fault", "kind", "is_there"), ANSWERS)
def test_what_is_no_answer_leaves_the_outcome_open_and_the_look_up_closes_it(
    page: Trial, fault: Fault, kind: type[ChannelFailure], is_there: bool
) -> None:
    page.fail("feed", fault)
    if fault in WAITING:
        page.wait_at_most(SHORT)
    with pytest.raises(kind) as caught:
        page.publish()
    page.wait_at_most(LONG)
    assert type(caught.value) is kind
    assert page.calls("feed") == 1
    assert len(page.posts()) == is_there
    found = page.look_up()
    assert (found.remote_id if found else None) == (page.posts()[0].id if is_there else None)
    assert "EAAsandbox" not in repr(caught.value)


def test_a_post_that_is_made_late_is_not_there_at_first_and_found_afterwards(page: Trial) -> None:
    page.fail("feed", Fault.LATE_COMMIT, seconds=40)
    page.wait_at_most(SHORT)
    with pytest.raises(OutcomeUnknown):
        page.publish()
    page.wait_at_most(LONG)
    assert page.look_up() is None
    page.box.clock.advance(60)
    found = page.look_up()
    assert found is not None
    assert found.remote_id == page.posts()[0].id


@pytest.mark.parametrize("fault", [Fault.JAVASCRIPT, Fault.EXECUTE_AND_ERROR])
def test_what_only_looks_like_a_failure_is_a_success(page: Trial, fault: Fault) -> None:
    """The right answer called JavaScript; an error that carries the id of what was made."""
    page.fail("feed", fault, code=100)
    assert page.publish().remote_id == page.posts()[0].id


def test_nobody_at_home_means_that_nothing_was_sent(page: Trial) -> None:
    closed = open_page("http://127.0.0.1:1/graph", page.secrets, page.box.clock)
    with pytest.raises(Unreachable):
        closed.publish(POST, NoSteps())
    with pytest.raises(Unreachable):
        closed.look_up(sought(POST, MORNING))


@pytest.mark.parametrize("told", [Duplicates.REFUSED_506, Duplicates.REFUSED_368])
def test_a_repetition_that_is_refused_is_looked_up_and_not_given_up(page: Trial, told: Duplicates) -> None:
    page.box.graph.post_by_hand(PAGE, POST.text)
    page.box.graph.switches.duplicates = told
    with pytest.raises(OutcomeUnknown) as caught:
        page.publish()
    assert caught.value.reason_key == "facebook.said_before"


def test_a_post_that_a_try_believed_not_sent_is_looked_for_before_the_next(page: Trial) -> None:
    """A limit is believed to come before the writing; it costs one question to be sure."""
    post = replace(POST, page=LINK)
    page.fail("feed", Fault.RATE_LIMITED, executed=True)
    with pytest.raises(Limited):
        page.publish(post)
    assert len(page.posts()) == 1
    receipt = page.publish(post)
    assert [post.id for post in page.posts()] == [receipt.remote_id]
    assert page.calls("feed") == 1


def test_what_another_occurrence_posted_is_none_of_ours(page: Trial) -> None:
    other = page.publish()
    assert page.look_up() is not None
    apart = replace(sought(POST, MORNING, page.steps), others={other.remote_id})  # not even by an id in the trail
    assert page.channel.look_up(apart) is None
    page.box.clock.advance(seconds=30)
    own = page.box.graph.post_by_hand(PAGE, POST.text)
    found = page.channel.look_up(apart)
    assert isinstance(found, Receipt)
    assert found.remote_id == own.id


def test_words_alone_do_not_make_a_post_that_of_an_earlier_try(page: Trial) -> None:
    """Another occurrence may have posted the same words meanwhile; those that look first know which it was."""
    page.fail("feed", Fault.RATE_LIMITED)
    with pytest.raises(Limited):
        page.publish()
    page.box.graph.post_by_hand(PAGE, POST.text)
    page.publish()
    assert len(page.posts()) == 2


def test_a_try_that_cannot_look_first_sends_nothing(page: Trial) -> None:
    page.fail("feed", Fault.RATE_LIMITED)
    with pytest.raises(Limited):
        page.publish()
    page.fail("published_posts", Fault.HTTP_500, times=3)
    with pytest.raises(ChannelFailure) as caught:
        page.publish()
    assert not isinstance(caught.value, OutcomeUnknown)
    assert page.calls("feed") == 1


@pytest.mark.parametrize(
    "fault",
    [
        *(Fault.DROP_BEFORE, Fault.HTTP_500, Fault.HTTP_502_HTML, Fault.HTML_200, Fault.EMPTY_200, Fault.EMPTY_OBJECT),
        *(Fault.TRUNCATED_JSON, Fault.SLOW, Fault.HUGE, Fault.BAD_UTF8, Fault.WRONG_TYPES, Fault.NESTED),
        *(Fault.SUCCESS_FALSE, Fault.REDIRECT, Fault.ECHO_TOKEN),
    ],
)
def test_a_list_that_cannot_be_read_does_not_say_that_nothing_is_there(page: Trial, fault: Fault) -> None:
    page.publish()
    page.steps.kept.clear()
    page.fail("published_posts", fault, times=3)
    if fault in WAITING:
        page.wait_at_most(SHORT)
    with pytest.raises(OutcomeUnknown):
        page.look_up()


@pytest.mark.parametrize(("code", "kind"), [(190, Closed), (80001, Limited), (200, Closed), (100, OutcomeUnknown)])
def test_a_refused_look_up_tells_of_the_account(page: Trial, code: int, kind: type[ChannelFailure]) -> None:
    page.fail("published_posts", Fault.ERROR_CODE, code=code)
    with pytest.raises(kind) as caught:
        page.look_up()
    assert type(caught.value) is kind  # a probe reads too, and will see when it is mended


def test_a_list_is_read_page_by_page_to_the_time_in_question(page: Trial) -> None:
    page.publish()
    own = page.posts()[0].id
    page.steps.kept.clear()
    for number in range(60):
        page.box.graph.post_by_hand(PAGE, f"Tin khác số {number}")
    found = page.look_up()
    assert found is not None
    assert found.remote_id == own
    assert page.calls("published_posts") == 3


def test_a_list_is_not_read_beyond_the_time_in_question(page: Trial) -> None:
    page.box.clock.set(MORNING - timedelta(days=30))
    for number in range(60):
        page.box.graph.post_by_hand(PAGE, f"Tin cũ số {number}")
    page.box.clock.set(MORNING)
    assert page.look_up() is None
    assert page.calls("published_posts") == 1


def test_a_list_that_begins_with_an_empty_part_is_read_on(page: Trial) -> None:
    page.publish()
    page.steps.kept.clear()
    page.box.graph.switches.empty_first_page = True
    assert page.look_up() is not None


def test_a_list_that_breaks_off_in_its_second_part_tells_nothing(page: Trial) -> None:
    for number in range(30):
        page.box.graph.post_by_hand(PAGE, f"Tin số {number}")
    first = iter([None])

    def choose(*_: object) -> object:
        return next(first, broken)

    page.fail("published_posts", Fault.EMPTY_OBJECT)
    broken = page.box.faults.choose("graph", "published_posts", PAGE)
    page.box.faults.choose = choose  # type: ignore[method-assign, assignment]  # the first part is right, no other
    with pytest.raises(OutcomeUnknown):
        page.look_up()


def test_a_post_that_is_listed_late_is_found_by_its_id(page: Trial) -> None:
    page.box.graph.switches.listing_lag = minutes(10)
    receipt = page.publish()
    assert page.channel.look_up(sought(POST, MORNING)) is None
    found = page.look_up()
    assert found is not None
    assert found.remote_id == receipt.remote_id


def found_without_trail(trial_page: Trial, **changes: object) -> Receipt | None:
    """What is found by text, link and time alone, as after a restored ledger."""
    answer = trial_page.channel.look_up(sought(replace(POST, **changes), MORNING))  # type: ignore[arg-type]  # of POST
    assert answer is None or isinstance(answer, Receipt)
    return answer


@pytest.mark.parametrize(
    "shown",
    [
        POST.text,
        POST.text.replace("\n\n", "\n"),
        f"  {POST.text}\n",
        f"{POST.text}\n\nChi tiết: {LINK}",
        f"{POST.text}\n\nMã tin: 7K3Q-2M9P",
        f"Mời bà con xem {LINK}.",  # the code of the post stands in the address
    ],
)
def test_a_post_is_known_by_its_text_or_by_the_code_in_its_link(page: Trial, shown: str) -> None:
    page.box.graph.post_by_hand(PAGE, shown)
    assert found_without_trail(page, page=LINK) is not None


@pytest.mark.parametrize(
    "shown",
    [
        "Tin khác.",
        f"{POST.text}\n\nMã tin: 8AAA-BBBB",
        f"{POST.text} Ngoài ra, {'còn nhiều việc khác nữa ' * 5}",
        f"Tệp: {LINK}thong-bao.pdf",
    ],
)
def test_another_post_is_not_taken_for_it(page: Trial, shown: str) -> None:
    page.box.graph.post_by_hand(PAGE, shown)
    assert found_without_trail(page, page=LINK) is None


def test_a_link_without_the_code_of_the_post_is_no_proof(page: Trial) -> None:
    shared = "https://snv.example.gov.vn/tb/2026/khao-sat/"
    page.box.graph.post_by_hand(PAGE, f"Mời xem {shared}")
    assert found_without_trail(page, page=shared) is None


def test_a_link_that_was_sent_apart_is_found_in_the_preview(page: Trial) -> None:
    page.publish(replace(POST, page=LINK))
    page.posts()[0].message = "Nội dung đã được sửa."
    assert found_without_trail(page, page=LINK) is not None


def test_a_photo_is_the_surest_mark(page: Trial) -> None:
    post = replace(POST, attachments=(picture(1), picture(2)))
    page.fail("feed", Fault.DROP_AFTER)
    with pytest.raises(OutcomeUnknown):
        page.publish(post)
    own = page.posts()[0]
    page.box.graph.post_by_hand(PAGE, POST.text)
    own.message = "Nội dung đã được sửa."
    found = page.look_up(post)
    assert found is not None
    assert found.remote_id == own.id


@pytest.mark.parametrize(("before", "is_found"), [(minutes(1), True), (minutes(3), False), (timedelta(days=1), False)])
def test_a_post_of_an_earlier_slot_is_not_taken_for_it(page: Trial, before: timedelta, is_found: bool) -> None:
    page.box.clock.set(MORNING - before)
    page.box.graph.post_by_hand(PAGE, POST.text)
    page.box.clock.set(MORNING)
    assert (found_without_trail(page) is not None) == is_found


def test_a_post_of_a_later_slot_is_not_taken_for_it(page: Trial) -> None:
    page.fail("feed", Fault.DROP_BEFORE)
    with pytest.raises(OutcomeUnknown):
        page.publish()
    page.box.clock.advance(hours=9)
    page.box.graph.post_by_hand(PAGE, POST.text)
    assert page.look_up() is None


@pytest.mark.parametrize("ahead", [minutes(7), -minutes(7)])
def test_times_are_compared_by_the_clock_of_facebook(page: Trial, ahead: timedelta) -> None:
    ours = page.box.clock.now
    channel = open_page(f"{page.box.address}/graph", page.secrets, page.box.clock)
    channel._now = channel._page.graph._now = lambda: ours() - ahead
    page.box.graph.post_by_hand(PAGE, POST.text)
    assert channel.look_up(sought(POST, MORNING - ahead)) is not None
    assert channel.clock_offset() == ahead


def test_two_posts_alike_are_a_receipt_and_an_alarm(page: Trial, caplog: pytest.LogCaptureFixture) -> None:
    receipt = page.publish()
    page.box.clock.advance(seconds=30)
    page.box.graph.post_by_hand(PAGE, POST.text)
    page.steps.kept.clear()
    found = page.look_up()
    assert found is not None
    assert len(caplog.records) == 1
    assert "facebook.twice" in page.channel.probe().warnings
    assert found.remote_id == receipt.remote_id  # the first of both


def test_of_two_posts_alike_that_of_our_app_is_taken() -> None:
    with trial(**WITH_APP) as page:
        page.box.graph.post_by_hand(PAGE, POST.text)
        receipt = page.publish()
        page.steps.kept.clear()
        found = page.look_up()
        assert found is not None
        assert found.remote_id == receipt.remote_id
