"""Histories that were made up by hand, each to show one thing that a posting job may do wrong."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from loa.delivery.concerned import Recall
from loa.delivery.resolving import Answer
from tests.delivery.histories import SILENCES, Histories

Story = Callable[[Histories], None]


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
    history.edit(name="a", change="Nội dung khác", is_recorded=False)
    history.publish(after=0)


def a_withdrawal_in_doubt(history: Histories) -> None:
    history.publish_with_faults(after=0, faults=["lost after"] * 4, deaf=False)
    history.recall("a", Recall.WITHDRAW, [], -1)


def a_withdrawal_at_work(history: Histories) -> None:
    """Followers are told of it only when the page's service has published it."""
    history.publish_with_faults(after=0, faults=["processing"] * 4, deaf=False)
    history.recall("a", Recall.WITHDRAW, [], -1)
    history.publish(after=7)


def a_withdrawal_of_what_was_to_come(history: Histories) -> None:
    """What the file had lost for a while was not called off with the rest: it needs a new yes."""
    history.edit(name="a", change="", is_recorded=True)
    history.recall("a", Recall.WITHDRAW, [], -1)
    history.edit(name="a", change="", is_recorded=True)
    history.publish(after=0)


def a_hasty_look(history: Histories) -> None:
    history.publish_with_faults(after=0, faults=["lost and late"] * 4, deaf=False)
    history.look_and_tell(first=0, answer=Answer.AGAIN, at_next=False)
    history.publish(after=1)


def a_hasty_look_after_a_standstill(step: int, history: Histories) -> None:
    """Between the intent and the byte so much time passed as doubt needs to settle."""
    history.publish_haltingly(after=0, faults=["lost and late"] * 4, steps_to_standstill=step, meanwhile=["wait"])
    history.look_and_tell(first=0, answer=Answer.AGAIN, at_next=False)


def two_words_at_once(history: Histories) -> None:
    """The website speaks before the page."""
    history.publish(after=61)


def a_day_that_fell_silent(history: Histories) -> None:
    """What had been shifted to it."""
    history.stop(("all", ""))
    history.publish(after=200)
    history.stop_or_go_on(("all", ""), "shift")
    history.edit(name="a", change=SILENCES[0], is_recorded=False)
    history.publish(after=1430 - 190)


def a_closed_account(history: Histories) -> None:
    history.publish_with_faults(after=0, faults=["closed"] * 4, deaf=False)
    history.publish(after=30)
