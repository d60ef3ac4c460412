"""``loa status``: the one line that each post has, and when it calls for a person."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from loa.core.errors import Place, Problem
from loa.ledger.store import open_ledger
from tests.commands.run import Here
from tests.planning.office import CAMPAIGN, CONFIG, NAME, changed, make_folder

BEFORE, DUE, LATER = "2026-09-07T07:00", "2026-09-07T07:30", "2026-09-07T07:36"
NEXT_DAY, DAY_AFTER = "2026-09-08T08:29", "2026-09-08T08:30"  # a day after the end of the slot
LINE = f"{NAME}  thứ Hai, 07/9/2026  07:30  sáng  trang-tin  mo-dau"
TWO_DAYS = changed(CAMPAIGN, "{date: 2026-09-07, slot: sáng}", "{weekdays: [thứ Hai, thứ Sáu], slot: sáng}")


def record(here: Here, office: Path, at: str = BEFORE) -> None:
    assert here("plan", NAME, "--record", "--at", at, cwd=office).code == 0


@pytest.mark.parametrize(("at", "code"), [(DUE, 0), ("2026-09-07T07:35", 0), (LATER, 3)])
def test_a_dead_posting_job_is_noticed_after_five_minutes(here: Here, office: Path, at: str, code: int) -> None:
    record(here, office)
    ran = here("status", "--at", at, cwd=office)
    assert ran.code == code
    overdue = f"Đã đến giờ mà chưa đăng: {LINE}. Việc đăng tin (loa publish) có đang chạy không?"
    assert (overdue in ran.out.splitlines()) is (code == 3)


@pytest.mark.parametrize("at", [DUE, LATER])
@pytest.mark.parametrize(
    ("campaign", "key"),
    [
        (changed(CAMPAIGN, "channels: [trang-tin]", "channels: [trang-khac]"), "không có kênh “trang-khac”"),
        (changed(CAMPAIGN, "năm {{ nam }}\n", "năm {{ nm }}\n"), "không có thông tin “nm”"),
        (None, "không tìm thấy tệp"),
    ],
    ids=["broken", "words", "gone"],
)
def test_a_post_that_is_held_has_one_line_and_its_reason(
    here: Here, office: Path, campaign: str | None, key: str, at: str
) -> None:
    record(here, office)
    if campaign is None:
        (office / "campaigns" / f"{NAME}.yaml").unlink()
    else:
        make_folder(office, campaign=campaign)
    here("publish", "--at", DUE, cwd=office)
    ran = here("status", "--at", at, cwd=office)
    assert ran.code == 3
    assert f"Cần người xử lý: {LINE} (chưa gửi được)" in ran.out.splitlines()
    assert ran.out.count("mo-dau") == 1
    assert ran.err.count(key) == 1
    assert len(ran.err.splitlines()) == 1


def test_a_problem_of_several_posts_is_told_once(here: Here, office: Path) -> None:
    make_folder(office, campaign=TWO_DAYS)
    record(here, office)
    (office / "campaigns" / f"{NAME}.yaml").write_text("campaign: [", encoding="utf-8")
    ran = here("status", "--at", "2026-10-02T07:30", cwd=office)
    assert (ran.code, len(ran.err.splitlines())) == (3, 1)
    assert "các lượt sắp tới bị giữ lại" in ran.out


@pytest.mark.parametrize(("at", "code"), [(NEXT_DAY, 3), (DAY_AFTER, 0)])
def test_a_missed_post_calls_for_a_person_for_a_day_and_stays_listed(
    here: Here, office: Path, at: str, code: int
) -> None:
    record(here, office)
    here("publish", "--at", "2026-09-07T12:00", cwd=office)
    ran = here("status", "--at", at, cwd=office)
    assert ran.code == code
    listed = "  bỏ qua  thứ Hai, 07/9/2026  07:30  sáng  trang-tin  mo-dau  quá giờ"
    assert (f"Cần người xử lý: {LINE} (quá giờ)" in ran.out.splitlines()) is (code == 3)
    assert (listed in ran.out.splitlines()) is (code == 0)
    [skipped] = json.loads(here("status", "--at", at, "--json", cwd=office).out)["campaigns"][NAME]["skipped"]
    assert skipped["reason"] == "late"


def test_posted_and_skipped_ones_are_listed_by_time(here: Here, office: Path) -> None:
    make_folder(office, campaign=TWO_DAYS)
    record(here, office, "2026-09-01T07:00")
    here("publish", "--at", "2026-09-04T12:00", cwd=office)
    here("publish", "--at", DUE, cwd=office)
    out = here("status", "--at", DUE, cwd=office).out.splitlines()
    assert [line.split()[:3] for line in out[1:3]] == [["bỏ", "qua", "thứ"], ["đã", "đăng", "thứ"]]
    assert out[2].split()[-1].startswith("https://")


def test_a_campaign_that_nobody_knows_is_refused(here: Here, office: Path) -> None:
    ran = here("status", "mua-he", "--at", DUE, cwd=office)
    assert (ran.code, ran.out) == (1, "")
    assert f"không có đợt tuyên truyền “mua-he”; chọn một trong: {NAME}" in ran.err


def test_a_campaign_is_known_by_its_name_by_its_file_and_by_the_ledger_alone(here: Here, office: Path) -> None:
    assert here("status", NAME, "--at", DUE, cwd=office).code == 0
    assert here("status", f"campaigns/{NAME}.yaml", "--at", DUE, cwd=office).code == 0
    record(here, office)
    (office / "campaigns" / f"{NAME}.yaml").unlink()
    assert here("status", NAME, "--at", BEFORE, cwd=office).code == 3


def test_an_edited_file_that_was_not_recorded_is_told_by_status_and_publish(here: Here, office: Path) -> None:
    record(here, office)
    make_folder(office, campaign=changed(CAMPAIGN, "date: 2026-09-07", "date: 2026-09-09"))
    expected = f"{NAME}: tệp khác với sổ: thêm 1, bỏ 1; chạy loa plan {NAME} --record --at {BEFORE}"
    told = here("status", "--at", BEFORE, cwd=office)
    assert told.code == 3
    assert expected in told.out.splitlines()
    assert "tiếp theo" not in told.out
    passed = here("publish", "--at", BEFORE, cwd=office)
    assert passed.code == 0
    assert expected in passed.out.splitlines()
    counts = {"added": 1, "moved": 0, "dropped": 1}
    assert json.loads(here("publish", "--at", BEFORE, "--json", cwd=office).out)["drift"] == {NAME: counts}
    data = json.loads(here("status", "--at", BEFORE, "--json", cwd=office).out)
    assert (data["campaigns"][NAME]["drift"], data["campaigns"][NAME]["next"]) == (counts, None)
    assert here("plan", NAME, "--record", "--at", BEFORE, cwd=office).code == 0
    again = here("status", "--at", BEFORE, cwd=office)
    assert again.code == 0
    assert "tệp khác với sổ" not in again.out


def test_a_campaign_never_recorded_is_no_drift(here: Here, office: Path) -> None:
    ran = here("status", "--at", LATER, cwd=office)
    assert (ran.code, ran.out, ran.err) == (0, "Sổ chưa có lượt đăng nào: chạy loa plan … --record.\n", "")


BY_HAND = """  to-dan-pho:
    type: manual
    label: Nhóm tổ dân phố
    slots:
      sáng: {at: "07:30", until: "08:30"}
"""
HANDED = changed(CAMPAIGN, "channels: [trang-tin]", "channels: [to-dan-pho]")


@pytest.fixture
def handed(here: Here, office: Path) -> tuple[Path, str]:
    """An office whose only post lies ready for a person; its code."""
    make_folder(office, config=CONFIG + BY_HAND, campaign=HANDED)
    record(here, office)
    here("publish", "--at", DUE, cwd=office)
    [one] = json.loads(here("plan", NAME, "--json", cwd=office).out)["occurrences"]
    return office, one["code"]


def test_days_that_were_over_before_they_were_recorded_are_one_line_and_need_nobody(here: Here, office: Path) -> None:
    daily = changed(CAMPAIGN, "{date: 2026-09-07, slot: sáng}", "{every: ngày, slot: sáng}")
    make_folder(office, campaign=daily)
    record(here, office, "2026-10-15T12:00")
    here("publish", "--at", "2026-10-15T12:01", cwd=office)
    ran = here("status", "--at", "2026-10-15T12:01", cwd=office)
    assert (ran.code, ran.err) == (0, "")
    assert "  45 lượt đã quá giờ từ trước khi ghi lịch, không đăng" in ran.out.splitlines()
    assert ran.out.count("mo-dau") == 1  # what comes next
    data = json.loads(here("status", "--at", "2026-10-15T12:01", "--json", cwd=office).out)["campaigns"][NAME]
    assert (data["past"], data["skipped"]) == (45, [])


def test_what_a_person_posted_without_a_link_is_not_gone(here: Here, handed: tuple[Path, str]) -> None:
    office, code = handed
    here("resolve", code, "--published", "--reason", "đã dán ở bảng tin", "--at", DUE, cwd=office)
    ran = here("status", "--at", DUE, cwd=office)
    assert ran.code == 0
    assert "không còn trên kênh" not in ran.out
    assert ran.out.splitlines()[1].endswith("mo-dau")


def test_a_channel_is_called_by_its_label(here: Here, handed: tuple[Path, str]) -> None:
    office, _ = handed
    told = here("status", "--at", DUE, cwd=office)
    assert "Nhóm tổ dân phố  mo-dau (chờ người đăng và xác nhận)" in told.out
    assert "  sáng  Nhóm tổ dân phố  mo-dau" in here("plan", NAME, "--at", DUE, cwd=office).out
    [attention] = json.loads(here("status", "--at", DUE, "--json", cwd=office).out)["attention"]
    assert attention["key"].startswith(f"{NAME}/mo-dau/to-dan-pho/")
    [one] = json.loads(here("plan", NAME, "--json", cwd=office).out)["occurrences"]
    assert (one["channel"], one["label"]) == ("to-dan-pho", "Nhóm tổ dân phố")


def test_what_was_handed_in_waits_for_an_editor_and_not_for_a_person_of_ours(
    here: Here, handed: tuple[Path, str]
) -> None:
    office, code = handed
    done = here("resolve", code, "--submitted", "--at", DUE, cwd=office)
    assert "đã gửi, chờ ban biên tập duyệt" in done.out
    ran = here("status", "--at", DUE, cwd=office)
    assert f"{NAME}: đã gửi, chờ ban biên tập duyệt 1" in ran.out.splitlines()
    assert "mo-dau (đã gửi, chờ ban biên tập duyệt)" in ran.out
    assert "chờ người đăng" not in ran.out
    assert "--published" in ran.out
    report = here("report", "--at", DUE, cwd=office).out
    assert report.endswith("Tổng cộng: kế hoạch 1, đã đăng 0, cần người xử lý 1 (chờ ban biên tập duyệt 1)\n")


def test_an_urgent_post_is_told_in_the_language_and_its_time_once(here: Here, office: Path) -> None:
    urgent = changed(CAMPAIGN, "      - {date: 2026-09-07, slot: sáng}", '      - {date: 2026-09-07, at: "07:30"}')
    make_folder(office, campaign=changed(urgent, "    post:", "    urgent: có\n    post:"))
    planned = here("plan", NAME, "--record", "--at", BEFORE, cwd=office)
    assert "thứ Hai, 07/9/2026  07:30  khẩn  trang-tin  mo-dau" in planned.out
    english = here("status", "--at", BEFORE, cwd=office, env={"LOA_LANG": "en"})
    assert "07:30  urgent  trang-tin  mo-dau" in english.out
    assert "khẩn" not in english.out


def test_why_an_account_is_closed_is_told_once(here: Here, office: Path) -> None:
    record(here, office)
    why = Problem(key="channel.busy", place=Place(part="trang-tin"))
    now = datetime.fromisoformat(f"{DUE}+07:00")
    with open_ledger(office / "state/rehearsal.db", rehearsal=True, now=now) as ledger:
        ledger.accounts.close("trang-tin", why, now, reopens=True)
        claim = ledger.claim(ledger.entries()[0].id, now)
        assert claim
        ledger.release(claim, [why], now, next_at=now)
    ran = here("status", "--at", DUE, cwd=office)
    assert ran.code == 3
    assert "Tài khoản trang-tin không dùng được từ 07:30 07/9/2026; khoảng 15 phút Loa hỏi lại một lần." in ran.out
    assert len(ran.err.splitlines()) == 1


def test_an_account_that_only_a_person_opens_is_told_with_the_command(here: Here, office: Path) -> None:
    record(here, office)
    now = datetime.fromisoformat(f"{DUE}+07:00")
    with open_ledger(office / "state/rehearsal.db", rehearsal=True, now=now) as ledger:
        ledger.accounts.close("trang-tin", Problem(key="channel.busy"), now, reopens=False)
    ran = here("status", "--at", DUE, cwd=office)
    assert "xử lý xong thì chạy loa resume --channel trang-tin." in ran.out
    assert "hỏi lại một lần" not in ran.out
