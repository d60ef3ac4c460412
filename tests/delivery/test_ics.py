"""The plan as a calendar file, read back by the library that wrote it and by eye."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from icalendar import Calendar

from loa.delivery.ics import Told, write_ics
from loa.ledger.model import Entry, Skip
from loa.planning.plan import Occurrence, plan
from tests.delivery.stage import CONFIG, announcement, campaign, ledger_of

NOW = datetime(2023, 8, 1, tzinfo=UTC)
DAYS = [{"date": "2023-09-05", "slot": "sáng"}, {"date": "2023-09-12", "slot": "sáng"}]
OWN = campaign(announcements={"mo-dau": announcement(post=DAYS)})
TITLE = "Khảo sát bắt đầu; mời mọi người, mọi nhà cùng tham gia trả lời phiếu khảo sát năm nay"
TOLD = {"mo-dau": Told(title=TITLE, text="Mời bà con trả lời phiếu.\n\n" + "Mỗi phiếu chỉ mất khoảng 15 phút. " * 20)}


def write(
    occurrences: Iterable[Occurrence], entries: Iterable[Entry] = (), changes: dict[int, int] | None = None
) -> bytes:
    return write_ics(
        occurrences,
        entries,
        told=TOLD,
        label_of={"trang": "Trang thông tin"}.__getitem__,
        changes=changes or {},
        host="snv.example.gov.vn",
        now=NOW,
    )


def events(content: bytes) -> list[dict[str, str]]:
    return [
        {key: str(event.decoded(key)) for key in ("dtstart", "dtend", "sequence")}
        | {key: str(event[key]) for key in ("uid", "summary", "status", "description", "location")}
        for event in Calendar.from_ical(content).walk("VEVENT")
    ]


def test_every_occurrence_is_an_event_with_its_own_lasting_uid() -> None:
    found = events(write(plan(OWN, CONFIG)))
    assert [one["uid"] for one in found] == [
        "khao-sat/mo-dau/trang/2023-09-05/sáng@snv.example.gov.vn",
        "khao-sat/mo-dau/trang/2023-09-12/sáng@snv.example.gov.vn",
    ]
    assert found[0]["dtstart"] == "2023-09-05 00:30:00+00:00"
    assert (found[0]["summary"], found[0]["location"]) == (f"{TITLE} (Trang thông tin)", "Trang thông tin")
    beginning, code = found[0]["description"].split("\n\n")
    assert beginning.startswith("Mời bà con trả lời phiếu. Mỗi phiếu chỉ mất khoảng 15 phút.")
    assert (beginning[-2:], len(beginning) <= 280) == (" …", True)
    assert code == f"Mã lượt đăng: {plan(OWN, CONFIG)[0].code}"
    assert {one["status"] for one in found} == {"CONFIRMED"}


def test_lines_are_folded_within_75_bytes_and_the_same_plan_gives_the_same_file() -> None:
    made = write(plan(OWN, CONFIG))
    assert all(len(line) <= 75 for line in made.split(b"\r\n"))
    assert made == write(plan(OWN, CONFIG))


def test_what_was_dropped_is_cancelled_and_what_was_moved_counts_up(tmp_path: Path) -> None:
    first, second = plan(OWN, CONFIG)
    later: Occurrence = replace(first, starts_at=first.starts_at.replace(hour=1))
    with ledger_of(tmp_path, OWN) as ledger:
        ledger.record("khao-sat", [later], NOW, lambda _: Skip.BLACKOUT)
        entries, changes = ledger.entries("khao-sat"), ledger.changes("khao-sat")
        assert {entry.occurrence.key: entry.reason for entry in entries}[second.key] is Skip.BLACKOUT
    found = events(write([later], entries, dict(changes)))
    assert [(one["dtstart"][:16], one["status"], one["sequence"]) for one in found] == [
        ("2023-09-05 01:30", "CONFIRMED", "1"),
        ("2023-09-12 00:30", "CANCELLED", "1"),
    ]
