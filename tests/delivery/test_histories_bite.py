"""The made-up histories find every posting job that is broken on purpose."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from channels.answers import ChannelFailure, NotSent, OutcomeUnknown, Processing, Receipt
from channels.base import NoSteps, Steps
from channels.post import Post
from loa.delivery import deliver
from loa.delivery.outcome import Outcome, Result
from loa.delivery.settling import Desk, settle_answer, settle_failure
from loa.ledger import gate, queries, store
from loa.ledger.model import Claim, Sending, Stop
from loa.ledger.store import Ledger
from tests.delivery import world
from tests.delivery.histories import STEPS_OF_ONE, Histories
from tests.delivery.world import Service

ENOUGH = 100  # histories, the same each time
Build = Callable[[pytest.MonkeyPatch], None]
Story = Callable[[Histories], None]


def no_settling(patch: pytest.MonkeyPatch) -> None:
    doubt = replace(world.PAGE.doubt, settle=timedelta(0), looks=())
    patch.setattr(world, "PAGE", replace(world.PAGE, doubt=doubt))


def no_look_first(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(world, "PAGE", replace(world.PAGE, looks_first=False))


def client_retries(patch: pytest.MonkeyPatch) -> None:
    real = Service.publish

    def publish(service: Service, post: Post, steps: Steps) -> Receipt | Processing:
        try:
            return real(service, post, steps)
        except OutcomeUnknown:
            return real(service, post, steps)

    patch.setattr(Service, "publish", publish)


def mark_before_send(patch: pytest.MonkeyPatch) -> None:
    def send(desk: Desk, claim: Claim, post: Post) -> Outcome:
        settle_answer(desk, claim, Receipt(remote_id=post.marker, link="", published_at=desk.now()))
        with suppress(ChannelFailure):
            desk.channel.publish(post, NoSteps())
        return desk.outcome(Result.PUBLISHED)

    patch.setattr(deliver, "_send", send)


def no_intent(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Ledger, "begin_attempt", lambda _ledger, claim, *_, **__: claim)
    patch.setattr(Ledger, "save_steps", lambda *_: None)


def no_fence(patch: pytest.MonkeyPatch) -> None:
    for name in ("move", "save_steps"):
        sql = queries.query(name)
        without = sql.replace(" AND fence = :fence AND state = :state", "")
        assert without != sql
        patch.setitem(queries._queries(), name, without)


def doubt_is_certainty(patch: pytest.MonkeyPatch) -> None:
    def settle(desk: Desk, claim: Claim, failure: ChannelFailure) -> Outcome:
        known = NotSent(failure.reason_key) if isinstance(failure, OutcomeUnknown) else failure
        return settle_failure(desk, claim, known)

    patch.setattr(deliver, "settle_failure", settle)


def no_marker(patch: pytest.MonkeyPatch) -> None:
    real = deliver._sending

    def sending(post: Post) -> Sending:
        return replace(real(post), marker="?")

    patch.setattr(deliver, "_sending", sending)


def no_time(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(deliver, "is_too_close", lambda *_: False)


def ignored(stop: Stop) -> Build:
    """This is never asked."""

    def build(patch: pytest.MonkeyPatch) -> None:
        def find(*arguments: Any, **named: Any) -> Stop | None:
            found = gate.find_stop(*arguments, **named)
            return None if found is stop else found

        patch.setattr(store, "find_stop", find)

    return build


def not_asked_again(stop: Stop) -> Build:
    """This is asked before, and not in the transaction that writes the intent down."""

    def build(patch: pytest.MonkeyPatch) -> None:
        real = Ledger.begin_attempt

        def begin(*arguments: Any, **named: Any) -> Claim | Stop:
            with pytest.MonkeyPatch.context() as inner:
                ignored(stop)(inner)
                return real(*arguments, **named)

        patch.setattr(Ledger, "begin_attempt", begin)

    return build


def standstills(*meanwhile: str) -> tuple[Story, ...]:
    """A pass stands still while this happens, at each of its first steps in turn."""
    return tuple(
        partial(Histories.publish_haltingly, after=0, faults=["fine"], steps_to_standstill=step, meanwhile=meanwhile)
        for step in range(2, 12)
    )


def a_late_commit(history: Histories) -> None:
    history.publish_with_faults(after=0, faults=["lost and late"] * 4, deaf=False)
    history.publish(after=1)
    history.publish(after=7)


def a_restored_backup(history: Histories) -> None:
    """Of a ledger that knows of a try, and not of the one after it."""
    history.publish_with_faults(after=0, faults=["not sent"] * 4, deaf=False)
    history.back_up_or_restore()
    history.publish(after=7)
    history.back_up_or_restore()
    history.publish(after=7)


def a_stop(history: Histories) -> None:
    history.stop(("all", ""))
    history.publish(after=0)


def an_edit(history: Histories) -> None:
    history.edit(name="a", text="Nội dung khác", is_recorded=False)
    history.publish(after=0)


def a_closed_account(history: Histories) -> None:
    history.publish_with_faults(after=0, faults=["closed"] * 4, deaf=False)
    history.publish(after=30)


# What is broken, how, what the histories say of it; each is seen in every handful of histories.
PLAIN: Mapping[str, tuple[Build, str]] = {
    "unknown counts as not sent": (doubt_is_certainty, "two posts|public, and the ledger says"),
    "the client tries again": (client_retries, "two posts|without an intent|public, and the ledger says"),
    "marked before it is sent": (mark_before_send, "said to be published, and is not"),
    "sent without an intent": (no_intent, "without an intent|public, and the ledger says"),
    "the marker is lost": (no_marker, "two posts|never ends"),
}
# The same, and the histories that show it: what needs a coincidence is not left to chance.
RARE: Mapping[str, tuple[Build, tuple[Story, ...], str]] = {
    "nobody looks before a try": (no_look_first, (a_restored_backup,), "two posts"),
    "doubt needs no time": (no_settling, (a_late_commit,), "two posts"),
    "stale fences write": (no_fence, standstills("hold"), "had stopped it|no event tells"),
    "the stop is ignored": (ignored(Stop.PAUSED), (a_stop,), "while it was paused"),
    "the approval is ignored": (ignored(Stop.UNAPPROVED), (an_edit,), "nobody approved"),
    "the approval is not asked with the intent": (
        not_asked_again(Stop.UNAPPROVED),
        standstills("approve"),
        "nobody approved",
    ),
    "a closed account is ignored": (ignored(Stop.CLOSED), (a_closed_account,), "an account that was closed"),
    "the time is not asked again": (no_time, standstills("sleep"), "outside its time"),
}


@pytest.mark.parametrize(("build", "found"), PLAIN.values(), ids=PLAIN)
def test_a_broken_build_is_found(build: Build, found: str, monkeypatch: pytest.MonkeyPatch) -> None:
    build(monkeypatch)
    with pytest.raises(AssertionError, match=found):
        run_state_machine_as_test(
            Histories,
            settings=settings(
                max_examples=ENOUGH,
                stateful_step_count=STEPS_OF_ONE,
                deadline=None,
                database=None,
                derandomize=True,
                report_multiple_bugs=False,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            ),
        )


@pytest.mark.parametrize(("build", "stories", "found"), RARE.values(), ids=RARE)
def test_a_broken_build_is_found_by_a_history_made_for_it(
    build: Build, stories: tuple[Story, ...], found: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        build(patch)
        with pytest.raises(AssertionError, match=found):
            tell(stories)
    tell(stories)  # a sound build comes through


def tell(stories: tuple[Story, ...]) -> None:
    """Let each happen to an office of its own, to its end."""
    for story in stories:
        history = Histories()
        try:
            story(history)
            history.the_ledger_tells_the_truth()
        finally:
            history.teardown()
