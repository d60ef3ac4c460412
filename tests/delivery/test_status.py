"""What the ledger tells a person."""

from __future__ import annotations

from pathlib import Path

from loa.delivery.publish import publish_due
from loa.delivery.status import status
from loa.ledger.model import State
from tests.delivery.stage import DUE, MINUTE, SLOT_END, announcement, at, campaign, ledger_of, office

POST = [{"date": day, "slot": "sáng"} for day in ("2023-09-05", "2023-09-07", "2023-09-12")]


def test_status_tells_what_is_done_what_comes_and_what_needs_somebody(tmp_path: Path) -> None:
    good = campaign("tot", announcements={"tin": announcement(post=POST)})
    bad = campaign("xau", announcements={"tin": announcement(post=POST, text="!hotlin")})
    with ledger_of(tmp_path, good, bad) as ledger:
        publish_due(ledger, office(tmp_path, good, bad), at(DUE))
        found = status(ledger, DUE + MINUTE)
        assert found.counts == {State.PLANNED: 5, State.PUBLISHED: 1}
        first, second = found.campaigns
        assert (first.campaign, first.counts) == ("tot", {State.PLANNED: 2, State.PUBLISHED: 1})
        assert first.next
        assert first.next.occurrence.local_date.isoformat() == "2023-09-07"
        assert next(entry.link for entry in first.published).startswith("https://")
        assert (second.counts, second.published) == ({State.PLANNED: 3}, ())
        assert [entry.occurrence.campaign for entry in found.overdue] == ["xau"]
        assert [[p.key for p in entry.trouble] for entry in found.attention] == [["fact.unknown"]]
        assert (found.broken_event, found.contradicted, found.rehearsal) == (None, (), False)


def test_an_occurrence_skipped_because_it_was_late_needs_somebody_and_one_nobody_wants_does_not(tmp_path: Path) -> None:
    late, gone = campaign("muon"), campaign("bo")
    with ledger_of(tmp_path, late, gone) as ledger:
        ledger.record("bo", [], DUE)
        publish_due(ledger, office(tmp_path, late, gone), at(SLOT_END))
        found = status(ledger, SLOT_END)
        assert found.counts == {State.SKIPPED: 2}
        assert [entry.occurrence.campaign for entry in found.attention] == ["muon"]
        assert [one.next for one in found.campaigns] == [None, None]


def test_the_status_of_one_campaign_leaves_out_the_others(tmp_path: Path) -> None:
    with ledger_of(tmp_path, campaign("mot"), campaign("hai")) as ledger:
        assert [one.campaign for one in status(ledger, DUE, "mot").campaigns] == ["mot"]
        assert [one.campaign for one in status(ledger, DUE).campaigns] == ["hai", "mot"]


def test_an_empty_ledger_has_an_empty_status(tmp_path: Path) -> None:
    with ledger_of(tmp_path) as ledger:
        found = status(ledger, DUE)
        assert (found.counts, found.campaigns, found.overdue, found.attention) == ({}, (), (), ())
