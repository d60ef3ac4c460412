"""What somebody who is not at the terminal has to be told: each thing once."""

from __future__ import annotations

from pathlib import Path

import pytest

from channels.answers import Closed, OutcomeUnknown
from loa.delivery.concerned import Recall, sort_out
from loa.delivery.noting import note_what_needs_somebody
from loa.delivery.publish import publish_due
from loa.delivery.recall import withdraw
from loa.planning.model import Config
from loa.planning.plan import plan
from tests.delivery.outside import Fanpage, outside
from tests.delivery.stage import DUE, MINUTE, announcement, at, campaign, ledger_of, office

__all__ = ["outside"]  # a fixture


@pytest.mark.parametrize("language", ["vi", "en"])
def test_each_thing_is_noted_once_in_the_language_of_the_office(tmp_path: Path, outside: Config, language: str) -> None:
    own = campaign(announcements={"mo-dau": announcement(channels=["fanpage", "to-dan-pho"])})
    config = outside.model_copy(update={"language": language})
    here = office(tmp_path, own, config=config)
    page = here.channel("fanpage", rehearsal=False)
    assert isinstance(page, Fanpage)
    page.failure = OutcomeUnknown("http.no_answer")
    with ledger_of(tmp_path) as ledger:
        ledger.record(own.campaign, plan(own, config), DUE)
        for minute in (0, 5, 10):
            publish_due(ledger, here, at(DUE + minute * MINUTE))
            note_what_needs_somebody(ledger, here, DUE + minute * MINUTE)
        handed, needs = ledger.job.untold()
        codes = {entry.occurrence.channel: entry.occurrence.code for entry in ledger.entries()}
        assert f"loa resolve {codes['to-dan-pho']}" in handed.body
        assert f"output/can-dang/{codes['to-dan-pho']}" in handed.body
        assert f"loa resolve {codes['fanpage']}" in needs.body
        assert ("fanpage" in needs.subject, "?" in needs.subject) == (True, language == "en")


def test_an_account_is_noted_each_time_that_it_closes(tmp_path: Path, outside: Config) -> None:
    own = campaign(announcements={"mo-dau": announcement(channels=["fanpage"])})
    here = office(tmp_path, own, config=outside)
    page = here.channel("fanpage", rehearsal=False)
    assert isinstance(page, Fanpage)
    page.failure = Closed("channel.busy")
    with ledger_of(tmp_path) as ledger:
        ledger.record(own.campaign, plan(own, outside), DUE)
        for minute in (0, 1, 2):
            publish_due(ledger, here, at(DUE + minute * MINUTE))
            note_what_needs_somebody(ledger, here, DUE + minute * MINUTE)
        assert [notice.subject for notice in ledger.job.untold()] == ["Loa: tài khoản fanpage không dùng được"]
        ledger.accounts.open("fanpage")
        publish_due(ledger, here, at(DUE + 10 * MINUTE))
        note_what_needs_somebody(ledger, here, DUE + 10 * MINUTE)
        assert len(ledger.job.untold()) == 2


def test_a_request_to_a_person_is_noted_once_though_the_post_was_noted_before(tmp_path: Path, outside: Config) -> None:
    own = campaign(announcements={"mo-dau": announcement(channels=["to-dan-pho"])})
    here = office(tmp_path, own, config=outside)
    with ledger_of(tmp_path) as ledger:
        ledger.record(own.campaign, plan(own, outside), DUE)
        publish_due(ledger, here, at(DUE))
        note_what_needs_somebody(ledger, here, DUE)
        found = sort_out(ledger, here, "khao-sat", "mo-dau", Recall.WITHDRAW, tmp_path / "kits", DUE)
        for _ in range(2):
            withdraw(ledger, here, found, by="an", why="sai số", now=at(DUE + MINUTE))
            note_what_needs_somebody(ledger, here, DUE + MINUTE)
        _, asked = ledger.job.untold()
        assert "sai số" in asked.body
        assert "--withdrawn" in asked.body


def test_when_all_is_well_nothing_is_noted(tmp_path: Path) -> None:
    own = campaign()
    with ledger_of(tmp_path, own) as ledger:
        publish_due(ledger, office(tmp_path, own), at(DUE))
        note_what_needs_somebody(ledger, office(tmp_path, own), DUE)
        assert ledger.job.untold() == ()
