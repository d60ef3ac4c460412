"""The posting job with an Official Account: the ledger and Zalo's own list tell the same in the end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from channels.sandbox.faults import Fault
from channels.sandbox.zalo.world import APP_ID, OA_ID
from loa.delivery.office import Office as DeliveryOffice
from loa.delivery.publish import publish_due
from loa.ledger.model import Entry, State
from loa.ledger.store import Ledger, open_ledger
from loa.planning.model import Config
from loa.planning.plan import plan
from tests.channels.zalo_account import MORNING, Office, zalo_office
from tests.delivery import stage


@pytest.fixture(name="office")
def _office(tmp_path: Path) -> Iterator[Office]:
    with zalo_office(tmp_path) as office:
        yield office


class Job:
    """A website and an account, one announcement with a picture for both, and passes of the posting job."""

    def __init__(self, office: Office, *, until: str = "10:00", **changes: str) -> None:
        """``until`` ends the slot; ``changes`` are settings of the account."""
        slots = {"sáng": {"at": "08:00", "until": until}}
        site = {"type": "static", "folder": "output/site", "url": "https://snv.example.gov.vn", "slots": slots}
        account = {"type": "zalo", "oa_id": OA_ID, "app_id": APP_ID, "address": office.box.address, "timeout": "0.5"}
        config = Config.model_validate(
            {
                "agency": {
                    "name": "Sở Nội vụ",
                    "full_name": "Sở Nội vụ tỉnh Sông Trà",
                    "code": "SNV",
                    "place": "Sông Trà",
                },
                "approval": "none",
                "channels": {"trang": site, "oa": account | {"slots": slots} | changes},
            }
        )
        announcement = stage.announcement(
            channels=["trang", "oa"],
            image={"file": "anh.png", "alt": "Áp phích"},
            post=[{"date": "2026-11-23", "slot": "sáng"}],
        )
        campaign = stage.campaign(
            announcements={"mo-dau": announcement}, window={"from": "2026-11-01", "to": "2026-11-30"}
        )
        self.now = office.clock.now
        self.ledger: Ledger = open_ledger(office.workspace / "state" / "loa.db", rehearsal=False, now=MORNING)
        self.ledger.record(campaign.campaign, plan(campaign, config), MORNING)
        self._office = replace(
            stage.office(office.workspace, campaign, config=config), secrets=office.secrets, now=office.clock.now
        )
        assert isinstance(self._office, DeliveryOffice)

    def run(self) -> None:
        publish_due(self.ledger, self._office, self.now)

    def entry(self) -> Entry:
        (entry,) = (one for one in self.ledger.entries("khao-sat") if one.occurrence.channel == "oa")
        return entry


def passes(job: Job, office: Office, minutes: int) -> None:
    """A pass each minute, as cron has it."""
    for _ in range(minutes):
        job.run()
        office.clock.advance(60)


def test_an_announcement_goes_to_the_website_then_to_zalo_and_is_published_once_it_is_there(office: Office) -> None:
    job = Job(office)
    passes(job, office, 2)
    assert job.entry().state is State.PROCESSING
    passes(job, office, 2)
    entry = job.entry()
    assert entry.state is State.PUBLISHED
    assert [entry.remote_id] == office.articles()
    (sent,) = office.fields()
    assert sent["cover"]["photo_url"].startswith("https://snv.example.gov.vn/tb/2026/khao-sat-bat-dau-")
    assert "Xem đầy đủ tại: https://snv.example.gov.vn/tb/2026/" in sent["body"][0]["content"]


@pytest.mark.parametrize("fault", [Fault.DROP_AFTER, Fault.HTTP_500_AFTER, Fault.TRUNCATED_JSON])
def test_after_a_lost_answer_there_is_one_article_and_the_ledger_knows_it(office: Office, fault: Fault) -> None:
    job = Job(office)
    office.box.faults.next("zalo", "create", fault)
    passes(job, office, 40)
    entry = job.entry()
    assert entry.state is State.PUBLISHED
    assert [entry.remote_id] == office.articles()


@pytest.mark.parametrize("fault", [Fault.DROP_BEFORE, Fault.HTTP_500])
def test_an_article_that_was_never_made_is_a_persons_question(office: Office, fault: Fault) -> None:
    job = Job(office)
    office.box.faults.next("zalo", "create", fault)
    passes(job, office, 40)
    assert job.entry().state is State.NEEDS_PERSON
    assert (office.asked("create"), office.articles()) == (1, [])


@pytest.mark.parametrize("fault", [Fault.DROP_BEFORE, Fault.HTTP_500])
def test_where_the_office_wants_it_it_is_sent_again_after_hours(office: Office, fault: Fault) -> None:
    job = Job(office, until="11:00", resend_after="2h")
    office.box.faults.next("zalo", "create", fault)
    passes(job, office, 119)
    assert (job.entry().state, office.asked("create")) == (State.UNKNOWN, 1)
    passes(job, office, 10)
    entry = job.entry()
    assert (entry.state, office.asked("create")) == (State.PUBLISHED, 2)
    assert [entry.remote_id] == office.articles()


@pytest.mark.parametrize("changes", [{}, {"until": "11:00", "resend_after": "2h"}])
def test_an_article_that_zalo_works_on_for_long_is_not_made_twice(office: Office, changes: dict[str, str]) -> None:
    office.switches.seconds, office.switches.polls = 45 * 60, 10**9
    job = Job(office, **changes)
    office.box.faults.next("zalo", "create", Fault.DROP_AFTER)
    passes(job, office, 150)
    assert job.entry().state is (State.PUBLISHED if changes else State.NEEDS_PERSON)
    assert (office.asked("create"), len(office.articles())) == (1, 1)


def test_a_package_without_articles_closes_the_account_and_nothing_is_tried_again(office: Office) -> None:
    job = Job(office)
    office.box.faults.next("zalo", "getslice", Fault.ERROR_CODE, code=-224)
    passes(job, office, 10)
    assert job.entry().state is not State.PUBLISHED
    assert office.asked("create") == 0
    (told,) = job.ledger.accounts.of("oa").closed_for
    assert told.key == "zalo.package"


def test_during_a_pause_followers_are_told_nothing_and_afterwards_they_are(office: Office) -> None:
    job = Job(office, broadcast="có")
    passes(job, office, 2)
    assert job.entry().state is State.PROCESSING
    job.ledger.decisions.pause("all", "", by="an", reason="quốc tang", now=office.clock.now())
    passes(job, office, 15)
    assert (len(office.articles()), office.broadcasts()) == (1, 0)
    job.ledger.decisions.resume("all", "", by="an", now=office.clock.now())
    passes(job, office, 15)
    assert (job.entry().state, office.broadcasts()) == (State.PUBLISHED, 1)


def test_of_what_was_withdrawn_while_zalo_worked_on_it_nobody_is_told(office: Office) -> None:
    job = Job(office, broadcast="có")
    passes(job, office, 2)
    assert job.ledger.decisions.recall(job.entry(), by="an", why="sai số", now=office.clock.now())
    passes(job, office, 15)
    assert (office.articles(), office.broadcasts()) == ([], 0)


def test_a_job_that_hangs_for_a_day_is_handed_to_a_person(office: Office) -> None:
    office.switches.seconds, office.switches.polls = 1e9, 10**9
    job = Job(office)
    passes(job, office, 3)
    for _ in range(30):
        office.clock.advance(timedelta(hours=1).total_seconds())
        job.run()
    assert job.entry().state is State.NEEDS_PERSON
    assert office.asked("create") == 1
