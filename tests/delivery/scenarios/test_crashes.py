"""A posting job that is killed, or that stands still, between any two of its steps."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from time import monotonic, sleep

import pytest

from channels.sandbox.faults import Fault
from loa.delivery.approving import Basis, approve
from loa.ledger import decisions
from loa.ledger.model import State
from loa.ledger.working import LEASE
from tests.delivery.scenarios.child import ended, run, start, wait_until_stopped
from tests.delivery.scenarios.stage import ALL_DAY, Stage, send_again_when_absent

# Not a second more: a process that stood still would be stopped by its clock already.
AFTER_LEASE = {"seconds": LEASE.total_seconds()}


def check_one_post(on: Stage, *, adopted: bool) -> None:
    """One post is public, and the ledger knows it."""
    (entry,) = on.entries()
    (item,) = on.public()
    assert (entry.state, entry.adopted, entry.remote_id) == (State.PUBLISHED, adopted, item.id)


def wait_for_post(on: Stage) -> None:
    """The stand-in goes on with a request whose client is gone; in real time, but not for long."""
    until = monotonic() + 10
    while not on.public() and monotonic() < until:
        sleep(0.005)


def test_F01_a_kill_before_the_claim_sends_once_on_the_next_tick(one: Stage) -> None:
    assert run(one, "kill:before:claim") == []
    assert one.states() == [State.PLANNED]
    one.later(minutes=1)
    check_one_post(one, adopted=False)
    assert one.asked() == 1


def test_F02_a_kill_after_the_claim_sends_once_when_the_lease_is_over(one: Stage) -> None:
    run(one, "kill:after:claim")
    assert one.states() == [State.CLAIMED]
    one.later(minutes=1)
    assert one.public() == []
    one.later(**AFTER_LEASE)
    check_one_post(one, adopted=False)
    assert one.asked() == 1


@pytest.mark.parametrize("resend", [False, True])
def test_F03_a_kill_between_intent_and_first_byte_ends_as_the_policy_says(
    one: Stage, resend: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if resend:
        send_again_when_absent(monkeypatch)
    run(one, "kill:after:begin_attempt")
    assert (one.states(), one.asked()) == ([State.SENDING], 0)
    one.later(**AFTER_LEASE)
    assert one.states() == [State.UNKNOWN]
    one.settle()
    assert one.states() == [State.PUBLISHED if resend else State.NEEDS_PERSON]
    assert (len(one.public()), one.asked()) == (int(resend), int(resend))


def test_F04_a_kill_while_the_server_still_works_is_adopted_when_it_commits(
    one: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    send_again_when_absent(monkeypatch)
    one.fail(Fault.LATE_COMMIT, seconds=5)
    run(one, "kill:at:request")
    assert one.public() == []
    one.box.clock.advance(5)
    wait_for_post(one)
    one.later(**AFTER_LEASE)
    one.settle()
    check_one_post(one, adopted=True)
    assert one.asked() == 1


def test_F05_a_kill_after_the_server_committed_is_adopted(one: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    send_again_when_absent(monkeypatch)
    run(one, "kill:at:request")
    wait_for_post(one)
    assert one.states() == [State.SENDING]
    one.later(**AFTER_LEASE)
    one.settle()
    check_one_post(one, adopted=True)
    assert one.asked() == 1


def test_F06_a_kill_between_answer_and_outcome_is_adopted(one: Stage) -> None:
    run(one, "kill:before:settle_published")
    assert (one.states(), len(one.public())) == ([State.SENDING], 1)
    one.later(**AFTER_LEASE)
    one.settle()
    check_one_post(one, adopted=True)
    assert one.asked() == 1


def test_F07_a_kill_after_the_outcome_changes_nothing_and_is_told_once(one: Stage) -> None:
    run(one, "kill:after:settle_published")
    check_one_post(one, adopted=False)
    passes = [one.later(minutes=minutes) for minutes in (1, 6, 15)]
    assert [outcome for done in passes for outcome in done.published] == []
    check_one_post(one, adopted=False)
    assert one.asked() == 1


def test_CP8_a_photo_that_was_uploaded_before_the_kill_is_used_and_shown_once(
    make: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch
) -> None:
    send_again_when_absent(monkeypatch)
    on = make(1, image={"file": "anh.png", "alt": "Áp phích"})
    run(on, "kill:after:save_steps")
    assert (on.states(), on.asked("photos"), on.asked()) == ([State.SENDING], 1, 0)
    on.later(**AFTER_LEASE)
    on.settle()
    (item,) = on.public()
    assert len(item.pictures) == 1
    assert (on.states(), on.asked("photos"), on.asked()) == ([State.PUBLISHED], 1, 1)


def test_CP12_an_approval_and_its_event_are_on_disk_together_or_not_at_all(
    make: Callable[..., Stage],
) -> None:
    on = make(1, approval="required")

    def say_yes() -> None:
        with on.open() as ledger:
            basis = Basis()
            approve(
                *(on.campaign, "tin-0", on.office(), ledger),
                approver="lanh-dao",
                recorded_by="an",
                basis=basis,
                now=on.now(),
            )

    pid = os.fork()
    if not pid:
        vars(decisions)["append_event"] = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
        say_yes()
        os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL
    with on.open() as ledger:
        assert ledger.decisions.approvals() == ()
    on.publish()
    assert on.public() == []
    say_yes()
    on.later(minutes=1)
    check_one_post(on, adopted=False)


def test_F26_a_process_that_stood_still_before_sending_is_stopped_by_the_fence(one: Stage) -> None:
    process = start(one, "stop:before:begin_attempt")
    wait_until_stopped(process)
    one.later(**AFTER_LEASE)  # the other takes it over and sends it
    check_one_post(one, adopted=False)
    process.go_on()
    assert ended(process) == []
    check_one_post(one, adopted=False)
    assert one.asked() == 1


@pytest.mark.parametrize(("channel", "route", "minutes"), [("trang-a", "feed", 45), ("oa", "create", 150)])
def test_F27_a_process_that_stood_still_between_intent_and_first_byte_makes_others_look_and_is_stopped_itself(
    make: Callable[..., Stage], channel: str, route: str, minutes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So long that another has looked often enough, and has sent it in its place; its own clock stands still too."""
    send_again_when_absent(monkeypatch)
    on = make(1, channels=(channel,), post=ALL_DAY, resend_after="2h")
    process = start(on, "stop:before:go_ahead")
    wait_until_stopped(process)
    on.later(**AFTER_LEASE)
    on.later(minutes=1)
    assert (on.states(), on.asked(route)) == ([State.UNKNOWN], 0), "whoever takes it over looks, and does not send"
    for _ in range(minutes // 5):
        on.later(minutes=5)
    assert (on.states(), on.asked(route)) == ([State.PUBLISHED], 1)
    process.go_on()
    assert ended(process) == []
    on.later(minutes=20)
    assert (on.states(), on.asked(route)) == ([State.PUBLISHED], 1)
    assert sum(item.kind != "broadcast" for item in on.public()) == 1


@pytest.mark.parametrize(("channel", "route"), [("trang-a", "feed"), ("oa", "create")])
def test_F27_a_process_that_stood_still_sends_nothing_of_which_a_person_is_asked(
    make: Callable[..., Stage], channel: str, route: str
) -> None:
    """As it ships: once a person is asked whether it is out there, nobody may put it there any more."""
    on = make(1, channels=(channel,))
    process = start(on, "stop:before:go_ahead")
    wait_until_stopped(process)
    on.later(**AFTER_LEASE)
    on.settle()
    assert on.states() == [State.NEEDS_PERSON]
    process.go_on()
    assert ended(process) == []
    assert (on.states(), on.public(), on.asked(route)) == ([State.NEEDS_PERSON], [], 0)


def test_F37_a_full_disk_at_the_intent_sends_nothing(one: Stage) -> None:
    ((result, _),) = run(one, "full:before:begin_attempt")
    assert (result, one.asked()) == ("not_sent", 0)
    one.later(**AFTER_LEASE)
    check_one_post(one, adopted=False)


def test_F37_a_full_disk_at_the_outcome_is_adopted_later(one: Stage) -> None:
    ((result, _),) = run(one, "full:before:settle_published")
    assert (result, len(one.public())) == ("unknown", 1)
    one.later(**AFTER_LEASE)
    one.settle()
    check_one_post(one, adopted=True)
