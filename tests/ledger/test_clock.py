"""A clock that ran ahead for a while, and a person who says that it is right again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from loa.ledger.gate import TOLERANCE
from loa.ledger.model import Claim, Sending, State, Stop
from loa.ledger.store import Ledger, open_ledger
from tests.ledger.samples import DUE, MINUTE, occurrence

AHEAD = DUE + timedelta(days=400)
SENDING = Sending(marker="m", payload_sha256="p" * 64)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "loa.db", rehearsal=False, now=DUE) as opened:
        opened.record("khao-sat", [occurrence(name) for name in ("a", "b", "c")], DUE - MINUTE)
        yield opened
        assert opened.first_broken_event() is None
        assert opened.contradicted() == ()


def in_doubt_ahead(ledger: Ledger) -> None:
    taken = ledger.claim(1, AHEAD)
    assert taken
    begun = ledger.begin_attempt(taken, SENDING, AHEAD)
    assert isinstance(begun, Claim)
    ledger.settle_unknown(begun, [], AHEAD, next_at=AHEAD + MINUTE)


def test_a_clock_that_was_set_back_is_behind_what_the_ledger_has_seen(ledger: Ledger) -> None:
    assert ledger.clock.newest() == DUE - MINUTE
    assert ledger.clock.behind(DUE - MINUTE - TOLERANCE) is None
    assert ledger.clock.behind(DUE - 2 * MINUTE - TOLERANCE) == MINUTE + TOLERANCE
    in_doubt_ahead(ledger)
    assert ledger.clock.behind(DUE) == AHEAD - DUE


def test_a_rehearsal_knows_no_time(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "thu.db", rehearsal=True, now=DUE) as trial:
        trial.record("khao-sat", [occurrence()], DUE)
        assert (trial.clock.newest(), trial.clock.behind(DUE - AHEAD.resolution)) == (None, None)


def test_when_a_person_confirms_the_clock_posting_goes_on(ledger: Ledger) -> None:
    in_doubt_ahead(ledger)
    assert ledger.stop(ledger.entry(2), DUE) is Stop.CLOCK
    ledger.clock.confirm(DUE, by="an")
    assert (ledger.clock.newest(), ledger.clock.behind(DUE)) == (DUE, None)
    assert ledger.stop(ledger.entry(2), DUE) is None
    assert ledger.stop(ledger.entry(2), DUE - TOLERANCE - MINUTE) is Stop.CLOCK  # from here on it counts again


def test_what_the_wrong_clock_put_off_is_done_now(ledger: Ledger) -> None:
    in_doubt_ahead(ledger)
    dead = ledger.claim(2, AHEAD)
    assert dead
    late = ledger.claim(3, AHEAD)
    assert late
    ledger.release(late, [], AHEAD, next_at=AHEAD + MINUTE)
    ledger.accounts.limit("trang", AHEAD)
    ledger.accounts.probed("trang", name="", expires_at=None, now=AHEAD)
    ledger.clock.confirm(DUE, by="an")
    assert ledger.open_questions(State.UNKNOWN, DUE) == (1,)
    sent = ledger.sent(1)
    assert sent
    assert (sent.since, sent.last) == (DUE - MINUTE, DUE - MINUTE)  # after the last event that can be true
    assert ledger.expire_leases(DUE) == 1
    assert ledger.due(DUE) == (2, 3)
    account = ledger.accounts.of("trang")
    assert (account.wait_until, account.probed_at) == (DUE, None)


def test_what_waits_honestly_still_waits_when_a_clock_is_confirmed(ledger: Ledger) -> None:
    taken = ledger.claim(1, DUE)
    assert taken
    ledger.release(taken, [], DUE, next_at=DUE + 15 * MINUTE)
    assert ledger.claim(2, DUE)
    ledger.accounts.limit("trang", DUE + timedelta(hours=23))
    ledger.clock.confirm(DUE, by="an")
    assert ledger.entry(1).next_at == DUE + 15 * MINUTE
    assert ledger.expire_leases(DUE) == 0
    assert ledger.accounts.of("trang").wait_until == DUE + timedelta(hours=23)
