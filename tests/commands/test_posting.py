"""``loa plan`` and ``loa publish``: what they print."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import cli
from cli import COMMANDS
from loa.commands.session import Session
from tests.commands.run import Here, loa
from tests.planning.office import CAMPAIGN, CONFIG, NAME, changed, make_folder

DAYS = "thứ Hai, thứ Ba, thứ Tư, thứ Năm, thứ Sáu, thứ Bảy, Chủ nhật"
EVERY_DAY = changed(CAMPAIGN, "{date: 2026-09-07, slot: sáng}", f"{{weekdays: [{DAYS}], slot: sáng}}")
WITH_DRAFT = changed(CAMPAIGN, "attach: [thong-bao]", "attach: [cong-van]")
DUE = "2026-09-07T07:30"


def test_the_days_of_the_week_are_in_the_language_asked_for(here: Here, office: Path) -> None:
    make_folder(office, campaign=EVERY_DAY)
    vi = here("plan", NAME, cwd=office).out.splitlines()[6:13]
    en = here("plan", NAME, cwd=office, env={"LOA_LANG": "en"}).out.splitlines()[6:13]
    assert [line.partition(", ")[0] for line in vi] == DAYS.split(", ")
    assert [line[:13] for line in en] == [
        f"{name} {day:02d}/9/2026"
        for name, day in zip(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], range(7, 14), strict=True)
    ]


def test_posting_in_english_has_no_vietnamese_weekday(here: Here, office: Path) -> None:
    english = {"LOA_LANG": "en"}
    here("plan", NAME, "--record", "--at", DUE, cwd=office)
    before = here("status", "--at", "2026-09-07T07:00", cwd=office, env=english)
    passed = here("publish", "--at", DUE, cwd=office, env=english)
    after = here("status", "--at", DUE, cwd=office, env=english)
    for ran in (before, passed, after):
        assert "Mon 07/9/2026" in ran.out
        assert "thứ" not in ran.out


@pytest.mark.parametrize(
    ("at", "past"),
    [("2026-09-01T07:00", 0), ("2026-09-04T12:00", 4), ("2026-11-30T23:59", 91)],
)
def test_recording_days_that_are_past_says_how_many_are_not_posted(
    here: Here, office: Path, at: str, past: int
) -> None:
    make_folder(office, campaign=EVERY_DAY)
    ran = here("plan", NAME, "--record", "--at", at, cwd=office)
    assert ran.code == 0
    assert (f"{past} lượt đã quá giờ từ trước khi ghi, nên không đăng." in ran.out) is (past > 0)
    again = json.loads(here("plan", NAME, "--record", "--at", at, "--json", cwd=office).out)["recorded"]
    assert (again["added"], again["kept"], again["past"]) == (0, 91, 0)


@pytest.mark.parametrize("at", ["chín giờ", "0001-01-01T00:00", "2026-13-01"])
@pytest.mark.parametrize("more", [(), ("--record",)], ids=["shown", "recorded"])
def test_a_plan_at_no_moment_is_refused(here: Here, office: Path, at: str, more: tuple[str, ...]) -> None:
    ran = here("plan", NAME, "--at", at, *more, cwd=office)
    assert (ran.code, ran.out) == (1, "")
    assert f"“{at}” không phải là thời điểm" in ran.err


def test_the_help_says_where_a_campaign_may_be_left_out(tmp_path: Path) -> None:
    assert "[ĐỢT] thì bỏ trống là mọi đợt" in " ".join(loa("--help", cwd=tmp_path).out.split())
    assert loa("plan", "--help", cwd=tmp_path).out.splitlines()[0].endswith("[TÙY-CHỌN] ĐỢT")
    assert loa("status", "--help", cwd=tmp_path).out.splitlines()[0].endswith("[TÙY-CHỌN] [ĐỢT]")


@pytest.mark.parametrize("command", COMMANDS)
def test_help_in_vietnamese_has_no_english_placeholder(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    cli.loa.main([command, "--help"], standalone_mode=False, obj=Session())
    words = set(re.findall(r"(?<![\w-])[A-Z]{3,}(?![\w.-])", capsys.readouterr().out))
    assert words <= {"TIN", "JSON", "PDF", "PNG", "JPEG", "DOCX", "HTML", "ICS", "XLSX", "CSV", "SIGTERM"}


def test_publishing_tells_a_broken_file_once(here: Here, office: Path) -> None:
    make_folder(office, campaign=EVERY_DAY)
    here("plan", NAME, "--record", "--at", "2026-09-01T07:00", cwd=office)
    (office / "campaigns" / f"{NAME}.yaml").write_text("campaign: [", encoding="utf-8")
    ran = here("publish", "--at", DUE, cwd=office)
    assert ran.code == 1
    assert "tạm giữ" in ran.out
    assert len(ran.err.splitlines()) == 1


def test_a_draft_is_not_sent_along_and_that_is_one_message(here: Here, office: Path) -> None:
    make_folder(office, campaign=WITH_DRAFT)
    here("plan", NAME, "--record", "--at", DUE, cwd=office)
    ran = here("publish", "--at", DUE, cwd=office)
    assert ran.code == 1
    [line] = ran.err.splitlines()
    assert line.startswith(f"trống campaigns/{NAME}.yaml:14:5: documents.cong-van: văn bản “cong-van” còn là dự thảo")
    assert here("status", "--at", DUE, cwd=office).err.splitlines() == [line]


def test_times_for_programs_are_all_in_the_zone_of_the_office(here: Here, office: Path) -> None:
    make_folder(office, config=changed(CONFIG, "Asia/Ho_Chi_Minh", "Asia/Tokyo"))
    planned = json.loads(here("plan", NAME, "--json", cwd=office).out)["occurrences"]
    assert [planned[0][key] for key in ("starts_at", "ends_at")] == [
        "2026-09-07T07:30:00+09:00",
        "2026-09-07T08:30:00+09:00",
    ]
    here("plan", NAME, "--record", "--at", "2026-09-06T22:00Z", cwd=office)
    told = json.loads(here("status", "--at", "2026-09-06T22:00Z", "--json", cwd=office).out)
    assert told["at"] == "2026-09-07T07:00:00+09:00"
    assert told["campaigns"][NAME]["next"] == planned[0]
