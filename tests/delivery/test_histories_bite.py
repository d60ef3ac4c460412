"""The made-up histories find a posting job that is broken on purpose; too short a doubt is left to the soak."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from channels.answers import ChannelFailure, NotSent, OutcomeUnknown
from loa.delivery import deliver
from loa.delivery.outcome import Outcome
from loa.delivery.settling import Desk, settle_failure
from loa.ledger import gate, store
from loa.ledger.model import Claim, Stop
from tests.delivery.test_histories import Histories

ENOUGH = 400  # histories; each of these builds is found long before


def no_stop_button(patch: pytest.MonkeyPatch) -> None:
    def find(*arguments: Any, **named: Any) -> Stop | None:
        found = gate.find_stop(*arguments, **named)
        return None if found is Stop.PAUSED else found

    patch.setattr(store, "find_stop", find)


def no_approval(patch: pytest.MonkeyPatch) -> None:
    def find(*arguments: Any, **named: Any) -> Stop | None:
        return gate.find_stop(*arguments, **{**named, "content_sha256": None})

    patch.setattr(store, "find_stop", find)


def doubt_is_certainty(patch: pytest.MonkeyPatch) -> None:
    def settle(desk: Desk, claim: Claim, failure: ChannelFailure) -> Outcome:
        known = NotSent(failure.reason_key) if isinstance(failure, OutcomeUnknown) else failure
        return settle_failure(desk, claim, known)

    patch.setattr(deliver, "settle_failure", settle)


BUILDS: Mapping[str, tuple[Callable[[pytest.MonkeyPatch], None], str]] = {
    "the stop is ignored": (no_stop_button, "everything was stopped"),
    "the approval is ignored": (no_approval, "nobody approved"),
    "unknown counts as not sent": (doubt_is_certainty, "two posts|and the ledger says"),
}


@pytest.mark.parametrize(("build", "found"), BUILDS.values(), ids=BUILDS)
def test_a_broken_build_is_found(
    build: Callable[[pytest.MonkeyPatch], None], found: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(monkeypatch)
    with pytest.raises(AssertionError, match=found):
        run_state_machine_as_test(
            Histories,
            settings=settings(
                max_examples=ENOUGH,
                stateful_step_count=30,
                deadline=None,
                database=None,
                report_multiple_bugs=False,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            ),
        )
