"""What a dry run shows: exactly what would be sent, and nothing is."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from channels.answers import Rejected
from channels.base import Message
from channels.zalo.settings import ZaloSettings
from loa.delivery.foreseeing import foresee
from loa.ledger.model import Skip, Stop
from loa.planning.model import Config
from loa.planning.plan import plan
from tests.delivery.outside import Fanpage, outside
from tests.delivery.stage import DUE, MINUTE, SLOT_END, announcement, campaign, ledger_of, office, pages

__all__ = ["outside"]  # a fixture

POST = [{"date": day, "slot": "sáng"} for day in ("2023-09-05", "2023-09-07")]
OWN = campaign(announcements={"mo-dau": announcement(channels=["trang", "fanpage"], post=POST)})


def test_what_is_due_or_comes_next_is_shown_and_nothing_is_sent_or_written(tmp_path: Path, outside: Config) -> None:
    here = office(tmp_path, OWN, config=outside)
    with ledger_of(tmp_path) as ledger:
        ledger.record(OWN.campaign, plan(OWN, outside), DUE)
        before = ledger.entries()
        for now in (DUE - timedelta(days=3), DUE):
            found = foresee(ledger, here, now)
            assert sorted(one.entry.occurrence.channel for one in found) == ["fanpage", "trang"]
            assert {one.entry.occurrence.local_date.day for one in found} == {5}
        assert len(foresee(ledger, here, DUE, DUE + timedelta(days=2))) == 4
        assert foresee(ledger, here, DUE - MINUTE, DUE - MINUTE) == ()
        [message] = next(one for one in found if one.entry.occurrence.channel == "fanpage").messages
        assert message.fields["message"] == OWN.announcements["mo-dau"].text
        assert (ledger.entries(), pages(tmp_path), ledger.job.last()) == (before, [], None)
        page = here.channel("fanpage", rehearsal=False)
        assert isinstance(page, Fanpage)
        assert page.calls == []


def test_what_would_keep_it_from_going_out_is_told(tmp_path: Path) -> None:
    own = campaign()
    here = office(tmp_path, own)
    with ledger_of(tmp_path, own) as ledger:
        assert [one.skip for one in foresee(ledger, here, SLOT_END)] == [Skip.LATE]
        assert [
            one.skip for one in foresee(ledger, office(tmp_path, campaign(announcements={"b": announcement()})), DUE)
        ] == [Skip.UNPLANNED]
        ledger.decisions.pause("all", "", by="an", reason="x", now=DUE)
        assert [one.stop for one in foresee(ledger, here, DUE)] == [Stop.PAUSED]
        ledger.decisions.resume("all", "", by="an", now=DUE)
        required = here.config.model_copy(update={"approval": "required"})
        assert [one.stop for one in foresee(ledger, office(tmp_path, own, config=required), DUE)] == [Stop.UNAPPROVED]


@pytest.mark.parametrize("broken", [True, False])
def test_what_cannot_be_prepared_is_told_and_hides_no_other(tmp_path: Path, broken: bool) -> None:
    good, bad = campaign("tot"), campaign("hong", announcements={"a": announcement(text="!hotlin")})
    here = office(tmp_path, good, broken=["hong"]) if broken else office(tmp_path, good, bad)
    with ledger_of(tmp_path, good, bad) as ledger:
        found = {one.entry.occurrence.campaign: one for one in foresee(ledger, here, DUE)}
        assert [problem.key for problem in found["hong"].problems] == ["yaml.indent" if broken else "fact.unknown"]
        assert found["tot"].messages


WITH_PICTURE = campaign(
    announcements={
        "mo-dau": announcement(channels=["trang", "zalo"], image={"file": "anh.png", "alt": "Ảnh"}),
        "khac": announcement(channels=["fanpage"]),
    }
)
SLOTS = {"sáng": {"at": "07:30", "until": "09:30"}, "trưa": {"at": "11:00", "until": "11:30"}}


def with_zalo(config: Config) -> Config:
    """A service that fetches pictures from the website."""
    zalo = ZaloSettings.model_validate(
        {"type": "zalo", "oa_id": "1234567890123456789", "app_id": "9876543210987654321", "slots": SLOTS}
    )
    return config.model_copy(update={"channels": {**config.channels, "zalo": zalo}})


def test_a_post_whose_pictures_are_fetched_from_a_page_to_come_waits_and_hides_no_other(
    tmp_path: Path, outside: Config
) -> None:
    config = with_zalo(outside)
    here = office(tmp_path, WITH_PICTURE, config=config)
    with ledger_of(tmp_path) as ledger:
        ledger.record(WITH_PICTURE.campaign, plan(WITH_PICTURE, config), DUE)
        found = {one.entry.occurrence.channel: one for one in foresee(ledger, here, DUE)}
        assert (found["zalo"].waits_for_page, found["zalo"].problems, found["zalo"].messages) == (True, (), ())
        assert found["fanpage"].messages
        assert found["trang"].messages
        late = foresee(ledger, here, SLOT_END - MINUTE)  # nobody waits for the page so long
        assert [one.skip for one in late if one.entry.occurrence.channel == "zalo"] == [Skip.NO_PAGE]


def test_what_a_channel_would_refuse_is_a_problem_of_that_post_alone(
    tmp_path: Path, outside: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> tuple[Message, ...]:
        raise Rejected("channel.attachment_name", name="x")

    monkeypatch.setattr(Fanpage, "would_send", refuse)
    here = office(tmp_path, OWN, config=outside)
    with ledger_of(tmp_path) as ledger:
        ledger.record(OWN.campaign, plan(OWN, outside), DUE)
        found = {one.entry.occurrence.channel: one for one in foresee(ledger, here, DUE)}
        [problem] = found["fanpage"].problems
        assert (problem.key, problem.place.part) == ("channel.attachment_name", "fanpage")
        assert found["trang"].messages
