"""What may stop a sending at the last moment, and what people decide; each leaves an event and a sound ledger."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from loa.core.errors import Place, Problem
from loa.ledger.decisions import Approval
from loa.ledger.gate import TOLERANCE
from loa.ledger.model import Claim, Recorded, Sending, Skip, StaleFenceError, State, Stop
from loa.ledger.store import Ledger, open_ledger
from loa.ledger.working import LEASE
from tests.ledger.samples import DUE, MINUTE, moved, occurrence

CONTENT = "c" * 64
SENDING = Sending(marker="m", payload_sha256="p" * 64, content_sha256=CONTENT, title="Tin", text="Nội dung")
WHO: dict[str, Any] = {"by": "an", "why": "thử", "now": DUE}


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "loa.db", rehearsal=False, now=DUE) as opened:
        opened.record("khao-sat", [occurrence(), occurrence("ket-thuc")], DUE)
        yield opened
        assert opened.first_broken_event() is None
        assert opened.contradicted() == ()


def claim(ledger: Ledger, occurrence_id: int = 1) -> Claim:
    taken = ledger.claim(occurrence_id, DUE)
    assert taken
    return taken


def begin(ledger: Ledger, taken: Claim, *, approved: bool = False, alone: bool = False) -> Claim | Stop:
    return ledger.begin_attempt(taken, SENDING, DUE, approved=approved, alone=alone)


def approval(sha256: str = CONTENT, **changes: Any) -> Approval:
    told = {
        "campaign": "khao-sat",
        "announcement": "mo-dau",
        "channel": "trang",
        "content_sha256": sha256,
        "content": {"title": "Tin"},
        "person": "lanh-dao",
        "recorded_by": "chuyen-vien",
    }
    return Approval(**{**told, **changes})


STOPS: dict[str, tuple[Callable[[Ledger], object], Stop]] = {
    "everything": (lambda ledger: ledger.decisions.pause("all", "", by="an", reason="tang", now=DUE), Stop.PAUSED),
    "channel": (
        lambda ledger: ledger.decisions.pause("channel", "trang", by="an", reason="lỗi", now=DUE),
        Stop.PAUSED,
    ),
    "campaign": (
        lambda ledger: ledger.decisions.pause("campaign", "khao-sat", by="an", reason="lỗi", now=DUE),
        Stop.PAUSED,
    ),
    "closed": (lambda ledger: ledger.accounts.close("trang", Problem(key="http.no_tls"), DUE), Stop.CLOSED),
    "limited": (lambda ledger: ledger.accounts.limit("trang", DUE + MINUTE), Stop.LIMITED),
    "clock": (lambda ledger: ledger.record("khao-sat", [occurrence()], DUE + TOLERANCE + MINUTE), Stop.CLOCK),
}


@pytest.mark.parametrize(("stop", "reason"), STOPS.values(), ids=STOPS)
def test_a_stop_that_comes_after_the_claim_is_seen_before_the_first_byte(
    ledger: Ledger, stop: Callable[[Ledger], object], reason: Stop
) -> None:
    taken = claim(ledger)
    stop(ledger)
    assert begin(ledger, taken) is reason
    assert ledger.stop(ledger.entry(1), DUE) is reason
    entry = ledger.entry(1)
    assert (entry.state, entry.attempts) == (State.CLAIMED, 0)


OTHERS: dict[str, Callable[[Ledger], object]] = {
    "another channel": lambda ledger: ledger.decisions.pause("channel", "khác", by="an", reason="lỗi", now=DUE),
    "another campaign": lambda ledger: ledger.decisions.pause("campaign", "khác", by="an", reason="lỗi", now=DUE),
    "another account": lambda ledger: ledger.accounts.close("khác", Problem(key="http.no_tls"), DUE),
    "a limit that is over": lambda ledger: ledger.accounts.limit("trang", DUE - MINUTE),
    "a clock a little behind": lambda ledger: ledger.record("x", [occurrence(campaign="x", at=DUE)], DUE + TOLERANCE),
}


@pytest.mark.parametrize("change", OTHERS.values(), ids=OTHERS)
def test_what_concerns_others_stops_nothing(ledger: Ledger, change: Callable[[Ledger], object]) -> None:
    if change is OTHERS["a clock a little behind"]:
        ledger.record("khao-sat", [], DUE)
        ledger.record("khao-sat", [occurrence(), occurrence("ket-thuc")], DUE)
    else:
        change(ledger)
    assert isinstance(begin(ledger, claim(ledger)), Claim)


def test_what_was_stopped_goes_on_when_that_is_over(ledger: Ledger) -> None:
    assert ledger.decisions.pause("all", "", by="an", reason="quốc tang", now=DUE)
    assert not ledger.decisions.pause("all", "", by="bình", reason="lại nữa", now=DUE)
    assert [(p.scope, p.reason, p.person) for p in ledger.decisions.pauses()] == [("all", "quốc tang", "an")]
    assert ledger.decisions.resume("all", "", by="an", now=DUE)
    assert not ledger.decisions.resume("all", "", by="an", now=DUE)
    assert isinstance(begin(ledger, claim(ledger)), Claim)


def test_only_what_was_approved_is_sent_and_the_newest_yes_counts(ledger: Ledger) -> None:
    taken = claim(ledger)
    assert begin(ledger, taken, approved=True) is Stop.UNAPPROVED
    for sha256, announcement, channel in (
        ("d" * 64, "mo-dau", "trang"),
        (CONTENT, "ket-thuc", "trang"),
        (CONTENT, "mo-dau", "khác"),
    ):
        ledger.decisions.approve([approval(sha256, announcement=announcement, channel=channel)], DUE)
        assert begin(ledger, taken, approved=True) is Stop.UNAPPROVED
    ledger.decisions.approve([approval()], DUE)
    assert ledger.decisions.approved("khao-sat", "mo-dau", "trang") == CONTENT
    ledger.decisions.approve([approval("d" * 64)], DUE)
    assert begin(ledger, taken, approved=True) is Stop.UNAPPROVED
    ledger.decisions.approve([approval()], DUE)
    assert isinstance(begin(ledger, taken, approved=True), Claim)


def test_one_at_a_time_goes_through_an_account_that_needs_it(ledger: Ledger) -> None:
    first, second = claim(ledger, 1), claim(ledger, 2)
    assert isinstance(begin(ledger, first, alone=True), Claim)
    assert begin(ledger, second, alone=True) is Stop.BUSY
    assert isinstance(ledger.begin_attempt(second, SENDING, DUE + LEASE, alone=True), Claim)  # the first one is dead


def test_a_hold_or_a_cancel_stops_whoever_had_taken_it(ledger: Ledger) -> None:
    taken = claim(ledger)
    ledger.decisions.hold(ledger.entry(1), **WHO)
    with pytest.raises(StaleFenceError):
        begin(ledger, taken)
    assert ledger.due(DUE) == (2,)
    ledger.decisions.let_go(ledger.entry(1), **WHO)
    taken = claim(ledger)
    ledger.decisions.cancel(ledger.entry(1), **WHO)
    with pytest.raises(StaleFenceError):
        begin(ledger, taken)
    assert ledger.claim(1, DUE) is None


def in_doubt(ledger: Ledger) -> None:
    begun = begin(ledger, claim(ledger))
    assert isinstance(begun, Claim)
    ledger.settle_unknown(begun, [Problem(key="http.no_answer", place=Place(part="trang"))], DUE)
    looking = ledger.take(1, State.UNKNOWN, DUE)
    assert looking
    ledger.settle_needs_person(looking, [], DUE)


def test_what_a_person_finds_out_settles_a_doubt(ledger: Ledger) -> None:
    in_doubt(ledger)
    ledger.decisions.published(ledger.entry(1), link="https://a.vn/1", **WHO)
    entry = ledger.entry(1)
    assert (entry.state, entry.link, entry.note, entry.published_at) == (State.PUBLISHED, "https://a.vn/1", "thử", DUE)


def test_what_a_person_has_not_found_may_be_sent_again(ledger: Ledger) -> None:
    in_doubt(ledger)
    ledger.decisions.send_again(ledger.entry(1), **WHO)
    assert isinstance(begin(ledger, claim(ledger)), Claim)
    assert ledger.entry(1).attempts == 2


def test_what_is_left_at_that_is_never_sent(ledger: Ledger) -> None:
    in_doubt(ledger)
    ledger.decisions.skip(ledger.entry(1), **WHO)
    entry = ledger.entry(1)
    assert (entry.state, entry.reason) == (State.SKIPPED, Skip.CHOSEN)
    assert ledger.record("khao-sat", [occurrence(), occurrence("ket-thuc")], DUE) == Recorded(kept=2)


def test_what_was_handed_over_is_confirmed_by_a_person(ledger: Ledger) -> None:
    begun = begin(ledger, claim(ledger))
    assert isinstance(begun, Claim)
    ledger.settle_handed(begun, "output/can-dang/1", DUE)
    ledger.decisions.submitted(ledger.entry(1), **WHO)
    assert ledger.entry(1).state is State.HANDED
    ledger.decisions.published(ledger.entry(1), link="https://cong.example.gov.vn/1", **WHO)
    ledger.decisions.corrected(ledger.entry(1), content_sha256="ab", **WHO)
    assert (ledger.entry(1).link, ledger.entry(1).content_sha256) == ("https://cong.example.gov.vn/1", "ab")
    ledger.decisions.withdrawn(ledger.entry(1), **WHO)
    assert ledger.entry(1).state is State.WITHDRAWN


def test_what_a_person_shifted_is_not_moved_back_by_the_plan(ledger: Ledger) -> None:
    later = DUE + timedelta(days=1)
    ledger.decisions.shift(ledger.entry(1), later, later + MINUTE, **WHO)
    assert ledger.due(DUE) == (2,)
    plan = [moved(occurrence(), MINUTE), occurrence("ket-thuc")]
    assert ledger.record("khao-sat", plan, DUE) == Recorded(kept=2)
    entry = ledger.entry(1)
    assert (entry.occurrence.starts_at, entry.is_shifted) == (later, True)
    ledger.decisions.cancel(entry, **WHO)
    with pytest.raises(StaleFenceError):
        ledger.decisions.shift(entry, DUE, DUE + MINUTE, **WHO)


def test_steps_are_on_disk_at_once_and_survive_the_process(ledger: Ledger, tmp_path: Path) -> None:
    begun = begin(ledger, claim(ledger))
    assert isinstance(begun, Claim)
    ledger.save_steps(begun, {"photo": "1"}, DUE + MINUTE)
    with sqlite3.connect(tmp_path / "loa.db") as db:
        assert db.execute("SELECT steps FROM occurrence WHERE id = 1").fetchone() == ('{"photo":"1"}',)
    assert ledger.expire_leases(DUE + LEASE) == 0  # a step keeps the lease alive
    assert ledger.expire_leases(DUE + LEASE + MINUTE) == 1
    with pytest.raises(StaleFenceError):
        ledger.save_steps(begun, {"photo": "2"}, DUE + LEASE + MINUTE)
    assert ledger.steps(1) == {"photo": "1"}
    sent = ledger.sent(1)
    assert sent
    assert (sent.marker, sent.title, sent.since, sent.steps) == ("m", "Tin", DUE, {"photo": "1"})


def test_a_post_that_is_gone_stays_published(ledger: Ledger) -> None:
    begun = begin(ledger, claim(ledger))
    assert isinstance(begun, Claim)
    ledger.settle_published(
        begun, remote_id="1", link="", published_at=DUE, adopted=False, now=DUE, look_again_at=DUE + MINUTE
    )
    assert ledger.open_questions(State.PUBLISHED, DUE) == ()
    assert ledger.open_questions(State.PUBLISHED, DUE + MINUTE) == (1,)
    seeing = ledger.take(1, State.PUBLISHED, DUE + MINUTE)
    assert seeing
    ledger.settle_seen(seeing, seen=False, gone_since=DUE + MINUTE, now=DUE + MINUTE, next_at=None)
    entry = ledger.entry(1)
    assert (entry.state, entry.gone_at) == (State.PUBLISHED, DUE + MINUTE)
    assert ledger.open_questions(State.PUBLISHED, DUE + LEASE) == ()


def test_a_channel_that_asked_us_to_wait_is_not_asked_what_became_of_its_posts(ledger: Ledger) -> None:
    begun = begin(ledger, claim(ledger))
    assert isinstance(begun, Claim)
    ledger.settle_unknown(begun, [], DUE)
    ledger.accounts.limit("trang", DUE + MINUTE)
    assert ledger.open_questions(State.UNKNOWN, DUE) == ()
    assert ledger.take(1, State.UNKNOWN, DUE) is None
    assert ledger.open_questions(State.UNKNOWN, DUE + MINUTE) == (1,)
    assert ledger.take(1, State.UNKNOWN, DUE + MINUTE)


def test_what_another_process_has_just_asked_is_not_asked_again(ledger: Ledger) -> None:
    begun = begin(ledger, claim(ledger))
    assert isinstance(begun, Claim)
    ledger.settle_unknown(begun, [], DUE, next_at=DUE + MINUTE)
    assert ledger.take(1, State.UNKNOWN, DUE) is None
    assert ledger.take(1, State.UNKNOWN, DUE + MINUTE)


def test_what_only_a_person_can_open_stays_closed_whatever_the_service_says(ledger: Ledger) -> None:
    ledger.accounts.close("trang", Problem(key="facebook.account"), DUE, reopens=False)
    ledger.accounts.close("trang", Problem(key="facebook.token"), DUE + MINUTE)
    ledger.accounts.reopen("trang")
    account = ledger.accounts.of("trang")
    assert (account.closed_at, account.reopens) == (DUE, False)
    ledger.accounts.open("trang")
    account = ledger.accounts.of("trang")
    assert (account.closed_at, account.closed_for, account.reopens) == (None, (), True)
    ledger.accounts.close("trang", Problem(key="facebook.token"), DUE)
    ledger.accounts.reopen("trang")
    assert ledger.accounts.of("trang").closed_at is None


def test_what_waited_for_an_account_is_due_as_soon_as_a_person_has_opened_it(ledger: Ledger) -> None:
    ledger.release(claim(ledger), [], DUE, next_at=DUE + 15 * MINUTE)
    ledger.accounts.close("trang", Problem(key="facebook.token"), DUE)
    assert ledger.due(DUE) == (2,)
    ledger.accounts.open("trang")
    assert ledger.due(DUE) == (1, 2)


def test_what_is_to_be_told_is_told_once(ledger: Ledger) -> None:
    for body in ("một", "hai"):
        ledger.job.note("closed/trang", "Tài khoản bị đóng", body, DUE)
    (notice,) = ledger.job.untold()
    assert notice.body == "một"
    ledger.job.told(notice, DUE)
    assert ledger.job.untold() == ()


def test_the_job_remembers_its_last_pass_and_the_last_that_worked(ledger: Ledger) -> None:
    assert ledger.job.last() is None
    ledger.job.begin(DUE)
    ledger.job.end(DUE + MINUTE, worked=True)
    ledger.job.begin(DUE + 2 * MINUTE)
    last = ledger.job.last()
    assert last
    assert (last.began_at, last.ended_at, last.worked_at) == (DUE + 2 * MINUTE, DUE + MINUTE, DUE + MINUTE)
