"""The made-up histories find every posting job that is broken on purpose."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from channels.answers import ChannelFailure, NotSent, OutcomeUnknown, Processing, Receipt
from channels.base import NoSteps, Sought, Steps
from channels.post import Post
from loa.delivery import deliver, going_ahead, recover, resolving
from loa.delivery.outcome import Outcome, Result
from loa.delivery.settling import Desk, settle_answer, settle_failure
from loa.ledger import gate, queries, store, working
from loa.ledger.decisions import Decisions
from loa.ledger.model import Claim, Sending, Stop
from loa.ledger.occurrences import Occurrences
from loa.ledger.store import Ledger
from tests.delivery import world
from tests.delivery.histories import END, STEPS_OF_ONE, Histories
from tests.delivery.stories import (
    Story,
    a_closed_account,
    a_day_that_fell_silent,
    a_hasty_look,
    a_hasty_look_after_a_standstill,
    a_late_commit,
    a_restored_backup,
    a_stop,
    a_withdrawal_at_work,
    a_withdrawal_in_doubt,
    a_withdrawal_of_what_was_to_come,
    an_edit,
    standstills,
    two_words_at_once,
)
from tests.delivery.world import Service

ENOUGH = 300  # histories, the same each time
Build = Callable[[pytest.MonkeyPatch], None]


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
    """All that may stop it is asked as ever."""

    def begin(ledger: Ledger, claim: Claim, sending: Sending, now: datetime, **_: bool) -> Claim | Stop:
        stop = ledger.stop(ledger.entry(claim.id), now, content_sha256=sending.content_sha256)
        return stop or replace(claim, content_sha256=sending.content_sha256)

    patch.setattr(Ledger, "begin_attempt", begin)
    patch.setattr(Ledger, "save_steps", lambda *_: None)


def no_fence(patch: pytest.MonkeyPatch) -> None:
    for name in ("move", "save_steps", "renew"):
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
    """Nor where a try is looked for before it is made, which else finds what look-ups did not."""
    real = deliver._sending

    def sending(post: Post) -> Sending:
        return replace(real(post), marker="?")

    def sought(**named: Any) -> Sought:
        return Sought(**{**named, "marker": "?"})

    patch.setattr(deliver, "_sending", sending)
    patch.setattr(deliver, "Sought", sought)


def no_time(patch: pytest.MonkeyPatch) -> None:
    """Neither before the intent nor before the byte."""
    patch.setattr(deliver, "is_too_close", lambda *_: False)
    patch.setattr(going_ahead, "is_late", lambda *_: False)


def ignored(*stops: Stop) -> Build:
    """These are never asked."""

    def build(patch: pytest.MonkeyPatch) -> None:
        def find(*arguments: Any, **named: Any) -> Stop | None:
            found = gate.find_stop(*arguments, **named)
            return None if found in stops else found

        for asking in (store, working):
            patch.setattr(asking, "find_stop", find)

    return build


def not_asked_again(stop: Stop, *steps: str) -> Build:
    """This is asked before, and not in the transactions of these steps."""

    def build(patch: pytest.MonkeyPatch) -> None:
        for name in steps:
            patch.setattr(Ledger, name, blind(getattr(Ledger, name), stop))

    return build


def blind(step: Callable[..., Any], stop: Stop) -> Callable[..., Any]:
    """The step of a ledger that does not see this."""

    def stepped(*arguments: Any, **named: Any) -> Any:
        with pytest.MonkeyPatch.context() as patch:
            ignored(stop)(patch)
            return step(*arguments, **named)

    return stepped


def no_last_word(patch: pytest.MonkeyPatch) -> None:
    """Once the intent is on disk nobody is asked any more."""
    patch.setattr(Ledger, "go_ahead", lambda *_: None)


def followers_always_told(patch: pytest.MonkeyPatch) -> None:
    """Neither the last moment for it nor the last word counts."""
    patch.setattr(recover, "_until", lambda *_: END)
    no_last_word(patch)


def forgotten_recall(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Ledger, "recalled", lambda *_: ())


def no_voiding(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Decisions, "void_approvals", lambda *_: None)


def hasty_people(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(resolving, "_require_settled", lambda *_: None)


def doubt_from_the_intent(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Occurrences, "ask_attempt", lambda *_: None)


def nothing_superseded(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(deliver, "_stands_in", lambda *_: False)


def any_day(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(deliver, "why_not_on", lambda *_: None)


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
    "the approval is not asked again": (
        not_asked_again(Stop.UNAPPROVED, "begin_attempt", "go_ahead"),
        standstills("approve"),
        "nobody approved",
    ),
    "the approval is not asked before the byte": (
        not_asked_again(Stop.UNAPPROVED, "go_ahead"),
        standstills("approve"),
        "nobody approved",
    ),
    "a stop is not asked before the byte": (no_last_word, standstills("stop"), "while it was paused"),
    "a withdrawal is not asked before the byte": (no_last_word, standstills("withdraw"), "although it was withdrawn"),
    "a closed account is ignored": (ignored(Stop.CLOSED), (a_closed_account,), "an account that was closed"),
    "the time is not asked again": (no_time, standstills("sleep"), "outside its time"),
    "what was withdrawn in doubt is forgotten": (forgotten_recall, (a_withdrawal_in_doubt,), "public for good"),
    "followers hear of what was withdrawn": (
        followers_always_told,
        (a_withdrawal_at_work,),
        "although it was withdrawn",
    ),
    "what was withdrawn stays approved": (no_voiding, (a_withdrawal_of_what_was_to_come,), "nobody approved"),
    "people may look too soon": (hasty_people, (a_hasty_look,), "two posts|public, and the ledger says"),
    "doubt is counted from the intent": (
        doubt_from_the_intent,
        tuple(partial(a_hasty_look_after_a_standstill, step) for step in range(2, 30)),
        "two posts|public, and the ledger says",
    ),
    "the older word follows the newer one": (nothing_superseded, (two_words_at_once,), "stands in for it"),
    "a shifted post goes out on any day": (any_day, (a_day_that_fell_silent,), "on a day on which nothing goes out"),
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
