"""Errors of the Graph API: what each means for a post, as told by the stand-in or by its number alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from channels.answers import Blocked, ChannelFailure, Closed, Limited, NotSent, OutcomeUnknown, Rejected
from channels.facebook.errors import GraphError, failure_of
from channels.facebook.usage import read_usage
from channels.sandbox.faults import Fault
from channels.sandbox.graph.model import Budget
from loa.core.errors import Place, Problem
from loa.core.words import catalogue
from tests.channels.facebook_trial import PAGE, WITH_APP, Trial, minutes, trial

# code, subcode → failure, sentence
ROWS: list[tuple[int, int, type[ChannelFailure], str]] = [
    (1, 0, OutcomeUnknown, "doubt"),
    (1, 99, OutcomeUnknown, "doubt"),
    (2, 0, OutcomeUnknown, "doubt"),
    (3, 0, Blocked, "rights"),
    (4, 0, Limited, "limited"),
    (10, 0, Blocked, "rights"),
    (12, 0, Rejected, "refused"),
    (17, 0, Limited, "limited"),
    (31, 3858385, Closed, "account"),
    (32, 0, Limited, "limited"),
    (100, 0, Rejected, "refused"),
    (100, 1366046, Rejected, "picture"),
    (100, 1609008, Rejected, "link"),
    (102, 0, Closed, "token"),
    (104, 0, Closed, "proof"),
    (190, 0, Closed, "token"),
    (190, 458, Closed, "token"),
    (190, 459, Closed, "account"),
    (190, 460, Closed, "token"),
    (190, 463, Closed, "token"),
    (190, 464, Closed, "account"),
    (190, 467, Closed, "token"),
    (190, 490, Closed, "account"),
    (190, 492, Closed, "rights"),
    (190, 493, Closed, "token"),
    (194, 0, Rejected, "refused"),
    (197, 0, Rejected, "refused"),
    (200, 0, Blocked, "rights"),
    (200, 2069030, Rejected, "refused"),
    (210, 0, Blocked, "rights"),
    (283, 0, Blocked, "rights"),
    (324, 0, Rejected, "picture"),
    (341, 0, Limited, "limited"),
    (368, 0, Blocked, "account"),
    (368, 1390008, Limited, "spam"),
    (459, 0, Closed, "account"),
    (464, 0, Closed, "account"),
    (506, 0, OutcomeUnknown, "said_before"),
    (613, 0, Limited, "limited"),
    (613, 1996, Limited, "limited"),
    (803, 0, Rejected, "refused"),
    (1500, 0, Rejected, "link"),
    (1705, 0, Closed, "rights"),
    (2500, 0, Rejected, "refused"),
    (5101, 0, Rejected, "picture"),
    (80001, 0, Limited, "limited"),
    (80014, 0, Limited, "limited"),
    (1609005, 0, NotSent, "link_unread"),
    (100, 1346003, Closed, "account"),
    (100, 1349125, Rejected, "refused"),
    (100, 1363047, OutcomeUnknown, "doubt"),
    (100, 1366051, OutcomeUnknown, "said_before"),
    (200, 1404078, Blocked, "account"),
    (100, 1404102, Closed, "account"),
    (100, 1609010, OutcomeUnknown, "doubt"),
    (100, 2061006, Rejected, "link"),
    (100, 2069019, Rejected, "picture"),
    (190, 4854002, Closed, "account"),
    (99999, 0, Rejected, "refused"),
]


@pytest.fixture(scope="module", name="running")
def _running() -> Iterator[Trial]:
    with trial() as one:
        yield one


@pytest.mark.parametrize(("code", "subcode", "kind", "sentence"), ROWS)
def test_an_error_says_what_may_be_done_next(
    running: Trial, code: int, subcode: int, kind: type[ChannelFailure], sentence: str
) -> None:
    running.steps.kept.clear()
    running.fail("feed", Fault.ERROR_CODE, code=code, subcode=subcode)
    with pytest.raises(ChannelFailure) as caught:
        running.publish()
    assert type(caught.value) is kind
    assert caught.value.reason_key == f"facebook.{sentence}"
    assert caught.value.values["code"] == (f"{code}/{subcode}" if subcode else str(code))
    for language in ("vi", "en"):  # every value that the sentence names is there
        problem = Problem(key=caught.value.reason_key, place=Place(part="trang"), values=caught.value.values)
        assert catalogue(language).problem(problem)


def test_what_is_not_in_the_table_is_in_doubt_when_meta_says_that_it_passes() -> None:
    assert isinstance(failure_of(GraphError(code=99999, is_transient=True)), OutcomeUnknown)


def test_a_missing_proof_closes_the_account_and_throws_no_post_away() -> None:
    with trial() as page:
        page.box.graph.store.app.proof_required = True
        with pytest.raises(Closed) as caught:
            page.publish()
        assert caught.value.reason_key == "facebook.proof"
    with trial(**WITH_APP) as page:
        page.box.graph.store.app.proof_required = True
        page.publish()
        assert len(page.posts()) == 1


@pytest.mark.parametrize("number", ["999", "10001"])
def test_a_page_that_is_not_there_closes_the_account(number: str) -> None:
    with trial(page_id=number) as page:
        for ask in (page.publish, page.look_up):
            with pytest.raises(Closed):
                ask()


def test_after_a_limit_nobody_sends_for_as_long_as_facebook_asks() -> None:
    with trial() as page:
        page.box.graph.store.pages[PAGE].budget = Budget(1, minutes(40))
        page.look_up()
        page.box.clock.advance(minutes=61)  # what the headers said is over; what they will say is not
        page.fail("feed", Fault.ERROR_CODE, code=80001)
        with pytest.raises(Limited) as caught:
            page.publish()
        assert caught.value.wait == timedelta(hours=1)  # the error alone does not say how long
        page.look_up()
        with pytest.raises(Limited) as caught:
            page.look_up()
        assert caught.value.wait == minutes(40)


def test_a_limit_of_a_machine_in_between_says_itself_how_long(running: Trial) -> None:
    running.steps.kept.clear()
    running.fail("feed", Fault.RATE_LIMITED, seconds=120)
    with pytest.raises(Limited) as caught:
        running.publish()
    assert caught.value.wait == minutes(2)


@pytest.mark.parametrize(
    ("header", "percent", "pause"),
    [
        ('{"call_count":28,"total_time":25,"total_cputime":25}', 28, None),
        ('{"call_count":28,"total_time":91,"total_cputime":25}', 91, minutes(15)),
        ('{"call_count":100}', 100, minutes(60)),
        ('{"1000":[{"type":"pages","call_count":97,"estimated_time_to_regain_access":7}]}', 97, minutes(7)),
        ('{"1000":[{"call_count":1}],"2000":[{"call_count":95}]}', 95, minutes(15)),
        ('{"1000":[{"call_count":100,"estimated_time_to_regain_access":99999}]}', 100, timedelta(days=1)),
    ],
)
def test_the_fullest_budget_counts(header: str, percent: float, pause: timedelta | None) -> None:
    usage = read_usage({"x-business-use-case-usage": header})
    assert usage is not None
    assert (usage.percent, usage.pause) == (percent, pause)


@pytest.mark.parametrize("header", ["", "null", "{", "[]", '{"call_count":"97"}', '{"call_count":NaN}', "[" * 100_000])
def test_a_header_that_makes_no_sense_is_not_heeded(header: str) -> None:
    assert read_usage({"x-app-usage": header}) is None
