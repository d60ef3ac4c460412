"""Thousands of made-up histories: crashes, faults, decisions, edits and time, and what must hold in all of them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from loa.ledger.model import StaleFenceError
from tests.delivery.histories import STEPS_OF_ONE, Histories
from tests.delivery.stage import DUE, is_sound

# In all parts together; HYPOTHESIS_PROFILE=histories tries 5,000.
HISTORIES, PARTS = max(160, settings.default.max_examples if settings.default else 0), 4


@pytest.mark.parametrize("part", range(PARTS))
def test_no_history_ends_in_two_posts_or_a_lie(part: int) -> None:
    """A part of the histories each; the parts explore apart, so that all cores have work."""

    class Part(Histories):
        pass

    Part.__qualname__ = f"Histories{part}"  # what the examples are drawn from
    run_state_machine_as_test(
        Part,
        settings=settings(
            max_examples=HISTORIES // PARTS,
            stateful_step_count=STEPS_OF_ONE,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_a_decision_on_what_changed_meanwhile_is_refused() -> None:
    histories = Histories()
    ledger = histories.open()
    entry = ledger.entries()[0]
    told: dict[str, Any] = {"by": "an", "why": "thử", "now": DUE}
    ledger.decisions.cancel(entry, **told)
    with pytest.raises(StaleFenceError):
        ledger.decisions.hold(entry, **told)
    assert is_sound(ledger)
    histories.disk.close()
