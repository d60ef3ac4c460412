"""What somebody who is not at the terminal has to be told: each thing once."""

from __future__ import annotations

from pathlib import Path

import pytest

from channels.answers import Closed, OutcomeUnknown, Rejected
from loa.delivery.concerned import Recall, sort_out
from loa.delivery.noting import note_what_needs_somebody
from loa.delivery.office import Office
from loa.delivery.publish import publish_due
from loa.delivery.recall import withdraw
from loa.ledger.job import Notice
from loa.ledger.model import Skip
from loa.ledger.store import Ledger
from loa.planning.model import Config
from loa.planning.plan import plan
from tests.delivery.outside import Fanpage, outside
from tests.delivery.stage import CONFIG, DUE, MINUTE, SLOT_END, announcement, at, campaign, ledger_of, office

__all__ = ["outside"]  # a fixture

LATE = int((SLOT_END - DUE) / MINUTE)  # minutes after which it is too late


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


def noted(ledger: Ledger, here: Office, *minutes: int) -> list[Notice]:
    """What is told after passes at these minutes."""
    for minute in minutes:
        publish_due(ledger, here, at(DUE + minute * MINUTE))
        note_what_needs_somebody(ledger, here, DUE + minute * MINUTE)
    return list(ledger.job.untold())


def test_a_refusal_is_noted_once_for_each_try(tmp_path: Path, outside: Config) -> None:
    own = campaign(announcements={"mo-dau": announcement(channels=["fanpage"])})
    here = office(tmp_path, own, config=outside)
    page = here.channel("fanpage", rehearsal=False)
    assert isinstance(page, Fanpage)
    page.failure = Rejected("channel.attachment_name", name="x.pdf")
    with ledger_of(tmp_path) as ledger:
        ledger.record(own.campaign, plan(own, outside), DUE)
        [told] = noted(ledger, here, 0, 1, 2)
        assert told.subject == "Loa: tin mo-dau bị fanpage từ chối"
        [entry] = ledger.entries()
        assert f"loa resolve {entry.occurrence.code} --again" in told.body
        assert "x.pdf" in told.body
        ledger.decisions.send_again(entry, by="an", why="đã sửa", now=DUE + 3 * MINUTE)
        assert len(noted(ledger, here, 4, 5)) == 2


def test_a_missed_post_is_noted_once_and_an_old_one_never(tmp_path: Path) -> None:
    own = campaign()
    with ledger_of(tmp_path, own) as ledger:
        [told] = noted(ledger, office(tmp_path, own), LATE, LATE + 1)
        assert told.subject == "Loa: tin mo-dau không đăng được trên trang"
        assert "quá giờ" in told.body
    with ledger_of(tmp_path / "b", own) as ledger:  # nobody looked for two days: status still lists it
        assert noted(ledger, office(tmp_path / "b", own), LATE + 2 * 24 * 60) == []


def test_a_post_that_found_no_page_is_noted(tmp_path: Path) -> None:
    own = campaign()
    with ledger_of(tmp_path, own) as ledger:
        claim = ledger.claim(ledger.entries()[0].id, DUE)
        assert claim
        ledger.skip(claim, Skip.NO_PAGE, DUE)
        [told] = noted(ledger, office(tmp_path, own), 0)
        assert "trang thông tin chưa có bài" in told.body


def test_a_post_that_is_due_and_not_approved_is_noted_once(tmp_path: Path) -> None:
    own = campaign()
    here = office(tmp_path, own, config=CONFIG.model_copy(update={"approval": "required"}))
    with ledger_of(tmp_path, own) as ledger:
        assert noted(ledger, here, -1) == []
        [told] = noted(ledger, here, 0, 1, 2, 5)
        assert "loa approve khao-sat mo-dau" in told.body


def test_what_an_editor_has_to_let_through_asks_nobody_here(tmp_path: Path, outside: Config) -> None:
    own = campaign(announcements={"mo-dau": announcement(channels=["fanpage"])})
    here = office(tmp_path, own, config=outside)
    page = here.channel("fanpage", rehearsal=False)
    assert isinstance(page, Fanpage)
    page.failure = OutcomeUnknown("http.no_answer")
    with ledger_of(tmp_path) as ledger:
        ledger.record(own.campaign, plan(own, outside), DUE)
        assert len(noted(ledger, here, 0, 5, 10)) == 1
        ledger.decisions.submitted(ledger.entries()[0], by="an", why="", now=DUE + 11 * MINUTE)
        assert len(noted(ledger, here, 12)) == 1


def test_what_was_over_before_it_was_recorded_is_told_nobody(tmp_path: Path) -> None:
    own = campaign()
    with ledger_of(tmp_path) as ledger:
        ledger.record(own.campaign, plan(own, CONFIG), SLOT_END)
        assert noted(ledger, office(tmp_path, own), LATE) == []


def test_notices_call_a_channel_and_an_urgent_time_as_people_do(tmp_path: Path, outside: Config) -> None:
    post = [{"date": "2023-09-05", "at": "07:30"}]
    own = campaign(announcements={"mo-dau": announcement(channels=["to-dan-pho"], urgent="có", post=post)})
    group = outside.channels["to-dan-pho"].model_copy(update={"label": "Nhóm tổ dân phố"})
    channels = {**outside.channels, "to-dan-pho": group}
    here = office(tmp_path, own, config=outside.model_copy(update={"channels": channels, "language": "en"}))
    with ledger_of(tmp_path) as ledger:
        ledger.record(own.campaign, plan(own, here.config), DUE)
        [told] = noted(ledger, here, 0)
        assert told.subject == "Loa: mo-dau waits for a person to post it on Nhóm tổ dân phố"
        assert "slot urgent 07:30" in told.body


def test_when_all_is_well_nothing_is_noted(tmp_path: Path) -> None:
    own = campaign()
    with ledger_of(tmp_path, own) as ledger:
        publish_due(ledger, office(tmp_path, own), at(DUE))
        note_what_needs_somebody(ledger, office(tmp_path, own), DUE)
        assert ledger.job.untold() == ()
