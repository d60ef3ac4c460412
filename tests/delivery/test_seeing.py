"""Looking again at what was published; and channels that do not answer, which hold up no other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pytest

from channels.answers import NO_ANSWER, ChannelFailure, Limited, OutcomeUnknown, Unreachable
from channels.base import Sought
from loa.core.errors import mistake
from loa.delivery.office import Office
from loa.delivery.outcome import Result
from loa.delivery.publish import Pass, publish_due
from loa.delivery.recover import ASK_AGAIN
from loa.ledger.model import State
from loa.ledger.store import Ledger
from loa.planning.model import Config
from loa.planning.plan import plan
from tests.delivery.outside import Fanpage, outside
from tests.delivery.stage import DUE, MINUTE, announcement, at, campaign, is_sound, ledger_of, office

__all__ = ["outside"]  # a fixture

NAMES = ("a", "b", "c", "d")
ON_PAGE = {name: announcement(title=name, channels=["fanpage"]) for name in NAMES}
OWN = campaign(announcements={**ON_PAGE, "e": announcement(title="e", channels=["trang"])})
SILENT = OutcomeUnknown(NO_ANSWER)
CHECKED = replace(Fanpage.abilities, checks=(MINUTE, 2 * MINUTE))


@dataclass(frozen=True, kw_only=True)
class Stage:
    """Four announcements on a page and one, after them, on a website."""

    ledger: Ledger
    office: Office
    page: Fanpage

    def run(self, now: datetime) -> Pass:
        return publish_due(self.ledger, self.office, at(now))

    def states(self, channel: str = "fanpage") -> list[State]:
        return [entry.state for entry in self.ledger.entries() if entry.occurrence.channel == channel]


@pytest.fixture
def stage(tmp_path: Path, outside: Config, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    monkeypatch.setattr(Fanpage, "abilities", CHECKED)
    own = office(tmp_path, OWN, config=outside)
    page = own.channel("fanpage", rehearsal=False)
    assert isinstance(page, Fanpage)
    with ledger_of(tmp_path) as ledger:
        ledger.record(OWN.campaign, plan(OWN, outside), DUE)
        yield Stage(ledger=ledger, office=own, page=page)
        assert is_sound(ledger)


def seeing(monkeypatch: pytest.MonkeyPatch, answer: bool | Exception) -> list[str]:
    """What is asked about from now on, and answered so."""
    asked: list[str] = []

    def is_live(_page: Fanpage, remote_id: str) -> bool:
        asked.append(remote_id)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(Fanpage, "is_live", is_live)
    return asked


@pytest.mark.parametrize(
    ("error", "key"),
    [(ZeroDivisionError(), "delivery.bug"), (mistake("secret.missing", name="X", file="y"), "secret.missing")],
)
def test_a_bug_while_looking_again_leaves_the_post_published_and_is_told(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, error: Exception, key: str
) -> None:
    stage.run(DUE)
    asked = seeing(monkeypatch, error)
    done = stage.run(DUE + MINUTE)
    assert [(o.result, [p.key for p in o.problems]) for o in done.failed] == [(Result.UNSEEN, [key])] * 4
    assert stage.states() == [State.PUBLISHED] * 4
    assert {entry.next_at for entry in stage.ledger.entries() if entry.next_at} == {DUE + MINUTE + ASK_AGAIN}
    stage.run(DUE + MINUTE + ASK_AGAIN / 2)
    assert len(asked) == 4  # not its turn yet
    asked = seeing(monkeypatch, True)
    assert stage.run(DUE + MINUTE + ASK_AGAIN).outcomes == ()
    assert len(asked) == 4


def test_what_is_still_there_is_no_outcome_and_what_is_not_is_told_once(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.run(DUE)
    seeing(monkeypatch, True)
    assert stage.run(DUE + MINUTE).outcomes == ()
    seeing(monkeypatch, False)
    assert [outcome.result for outcome in stage.run(DUE + 2 * MINUTE).outcomes] == [Result.GONE] * 4
    assert stage.run(DUE + 60 * MINUTE).outcomes == ()
    assert stage.states() == [State.PUBLISHED] * 4


@pytest.mark.parametrize(("failure", "calls"), [(SILENT, 2), (Unreachable("http.no_connection"), 1)])
def test_a_service_that_does_not_answer_is_not_sent_the_rest_of_a_pass(
    stage: Stage, failure: ChannelFailure, calls: int
) -> None:
    stage.page.failure = failure
    assert stage.run(DUE).silent == {"fanpage"}
    assert len(stage.page.calls) == calls
    assert stage.states("trang") == [State.PUBLISHED]
    stage.page.failure = None
    stage.run(DUE + MINUTE / 2)
    assert len(stage.page.live) == 4 - (calls if failure is SILENT else 0)  # what is in doubt is looked up first


def test_a_service_that_answers_with_a_failure_is_sent_everything(stage: Stage) -> None:
    stage.page.failure = OutcomeUnknown("facebook.doubt")
    stage.run(DUE)
    assert len(stage.page.calls) == 4


def test_a_service_that_does_not_answer_is_not_asked_about_more_than_two_posts(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.run(DUE)
    asked = seeing(monkeypatch, SILENT)
    assert stage.run(DUE + MINUTE).outcomes == ()
    assert len(asked) == 2
    stage.run(DUE + 2 * MINUTE)
    assert len(asked) == 4  # the two others have their turn


@pytest.mark.parametrize(("failure", "looks"), [(SILENT, 2), (Limited("facebook.limited", wait=30 * MINUTE), 1)])
def test_look_ups_end_where_nobody_answers_or_somebody_asks_to_wait(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, failure: ChannelFailure, looks: int
) -> None:
    stage.page.failure = OutcomeUnknown("facebook.doubt")
    stage.run(DUE)
    asked: list[str] = []

    def look_up(_page: Fanpage, sought: Sought) -> None:
        asked.append(sought.marker)
        raise failure

    monkeypatch.setattr(Fanpage, "look_up", look_up)
    stage.run(DUE + MINUTE)
    assert len(asked) == looks
    stage.run(DUE + 2 * MINUTE)
    assert len(asked) == (4 if failure is SILENT else 1)  # nobody is asked before the 30 minutes are over
    stage.run(DUE + 32 * MINUTE)
    assert len(asked) == (6 if failure is SILENT else 2)
