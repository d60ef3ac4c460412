"""Several processes at one ledger."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime
from threading import Event, Thread
from time import monotonic

from loa.delivery.serving import serve
from loa.ledger.model import State
from loa.ledger.opening import BUSY_SECONDS
from tests.delivery.scenarios.child import ended, start
from tests.delivery.scenarios.stage import Stage


def check_each_once(on: Stage, number: int) -> None:
    assert (len(on.public()), on.asked(), on.states()) == (number, number, [State.PUBLISHED] * number)
    assert len({(item.account, item.text) for item in on.public()}) == number


def test_F24_two_ticks_that_overlap_send_nothing_twice(make: Callable[..., Stage]) -> None:
    on = make(8, channels=("trang-a", "trang-b"))
    told = [line for process in [start(on), start(on)] for line in ended(process)]
    on.later(minutes=2)  # what one left because the other was sending
    check_each_once(on, 16)
    codes = [code for result, code in told if result == "published"]
    assert len(codes) == len(set(codes))


def test_F25_cron_and_the_service_together_send_nothing_twice(make: Callable[..., Stage]) -> None:
    on = make(8, channels=("trang-a", "trang-b"))
    cron = start(on)

    def one_pass() -> datetime | None:
        on.publish()
        return None

    serve(one_pass, now=on.now, rest=lambda _: None, is_stopping=lambda: cron.poll() is not None)
    ended(cron)
    on.later(minutes=2)
    check_each_once(on, 16)


def test_F38_a_ledger_that_somebody_else_holds_is_waited_for(one: Stage) -> None:
    assert BUSY_SECONDS > 10, "a report or a backup holds it for ten seconds"
    held, over = Event(), Event()

    def hold() -> None:
        db = sqlite3.connect(one.folder / "state/loa.db", isolation_level=None)
        db.execute("BEGIN IMMEDIATE")
        held.set()
        over.wait(0.5)
        db.execute("ROLLBACK")
        db.close()

    backup = Thread(target=hold)
    backup.start()
    held.wait()
    began = monotonic()
    one.publish()
    assert monotonic() - began > 0.4
    backup.join()
    check_each_once(one, 1)
