"""``loa approve``, ``hold``, ``cancel``, ``resolve``, ``pause``, ``resume``, ``withdraw``, ``correct``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.run import Here, Ran
from tests.planning.office import CAMPAIGN, CONFIG, NAME, changed, make_folder

BEFORE, DUE, LATER = "2026-09-06T07:00", "2026-09-07T07:30", "2026-09-07T12:00"
A_MINUTE_LATER = "2026-09-07T07:31"
PEOPLE = "approval: required\npeople:\n  - {id: an, roles: [draft]}\n  - {id: binh, roles: [approve]}\n"
REQUIRED = changed(CONFIG, "approval: none\n", PEOPLE)
OWN = (NAME, "mo-dau")


@pytest.fixture
def planned(here: Here, office: Path) -> Path:
    """An office whose only post is in the ledger of rehearsals."""
    assert here("plan", NAME, "--record", "--at", BEFORE, cwd=office).code == 0
    return office


def code_of(here: Here, office: Path) -> str:
    planned = json.loads(here("plan", NAME, "--json", cwd=office).out)["occurrences"]
    return str(planned[0]["code"])


def state(here: Here, office: Path, at: str = LATER) -> dict[str, int]:
    counts: dict[str, int] = json.loads(here("status", "--at", at, "--json", cwd=office).out)["counts"]
    return counts


# approve


def test_approving_shows_first_then_records_then_says_so(here: Here, planned: Path) -> None:
    make_folder(planned, config=REQUIRED)
    shown = here("approve", *OWN, "--at", BEFORE, cwd=planned)
    assert shown.code == 3
    assert "trang-tin: chưa duyệt" in shown.out
    assert "Người được duyệt: binh." in shown.out
    soon = here("status", "--at", BEFORE, cwd=planned)
    assert (soon.code, here("status", "--at", "2026-09-05T07:00", cwd=planned).code) == (0, 0)
    near = here("status", "--at", "2026-09-06T08:00", cwd=planned)
    assert near.code == 3
    assert f"loa approve {NAME} mo-dau" in near.out
    done = here("approve", *OWN, "--by", "binh", "--at", BEFORE, cwd=planned)
    assert (done.code, done.out) == (0, f"binh đã duyệt {NAME}/mo-dau: trang-tin.\n")
    again = here("approve", *OWN, "--at", BEFORE, cwd=planned)
    assert again.code == 0
    assert "06/9/2026: binh duyệt cho trang-tin (ghi sổ: binh)" in again.out
    assert here("publish", "--at", DUE, cwd=planned).out.startswith("đã đăng")


def test_f33_an_edit_after_the_yes_is_shown_line_by_line_and_not_posted(here: Here, planned: Path) -> None:
    make_folder(planned, config=REQUIRED)
    here("approve", *OWN, "--by", "binh", "--at", BEFORE, cwd=planned)
    make_folder(planned, config=REQUIRED, campaign=changed(CAMPAIGN, "trả lời phiếu khảo sát.", "trả lời phiếu."))
    held = here("publish", "--at", DUE, cwd=planned)
    assert held.code == 1
    assert "chưa được duyệt, hoặc đã sửa sau khi duyệt" in held.err
    shown = here("approve", *OWN, "--at", DUE, cwd=planned)
    assert shown.code == 3
    assert (
        "    nội dung\n      - Mời người dân trả lời phiếu khảo sát.\n      + Mời người dân trả lời phiếu.\n"
        in shown.out
    )


def test_a_yes_on_paper_is_recorded_with_its_scan(here: Here, planned: Path) -> None:
    make_folder(planned, config=REQUIRED)
    (planned / "phieu.pdf").write_bytes(b"%PDF-1.7 x")
    paper = ("--basis", "Phiếu trình số 12/PTr-VP", "--approver", "Nguyễn Văn Minh", "--on", "01/9/2026")
    done = here("approve", NAME, "--all", *paper, "--scan", "phieu.pdf", "--by", "an", "--at", BEFORE, cwd=planned)
    assert (done.code, done.err) == (0, "")
    assert len(list((planned / "state/approvals").glob("*.pdf"))) == 1
    shown = here("approve", *OWN, "--at", BEFORE, cwd=planned).out
    assert "Nguyễn Văn Minh duyệt cho trang-tin, theo Phiếu trình số 12/PTr-VP ngày 01/9/2026 (ghi sổ: an)" in shown


@pytest.mark.parametrize(
    "options",
    [
        (NAME,),
        (*OWN, "--all"),
        (*OWN, "--basis", "Phiếu trình"),
        (*OWN, "--approver", "x"),
        (*OWN, "--scan", "x.pdf"),
        (*OWN, "--seen", "12345678"),
    ],
    ids=" ".join,
)
def test_options_of_approving_that_do_not_go_together_are_wrong_use(
    here: Here, planned: Path, options: tuple[str, ...]
) -> None:
    assert here("approve", *options, "--at", BEFORE, cwd=planned).code == 2


def test_who_may_not_approve_is_told_and_nothing_is_recorded(here: Here, planned: Path) -> None:
    make_folder(planned, config=REQUIRED)
    ran = here("approve", *OWN, "--by", "an", "--at", BEFORE, cwd=planned)
    assert (ran.code, ran.out) == (1, "")
    assert "ghi một trong: binh" in ran.err
    assert here("approve", *OWN, "--at", BEFORE, cwd=planned).code == 3


def test_what_was_never_approved_is_shown_whole_and_once_for_channels_that_say_the_same(
    here: Here, planned: Path
) -> None:
    second = """  trang-hai:
    type: static
    label: Trang thứ hai
    folder: output/hai
    url: https://hai.example.gov.vn
    slots:
      sáng: {at: "07:30", until: "08:30"}
"""
    both = changed(CAMPAIGN, "channels: [trang-tin]", "channels: [trang-tin, trang-hai]")
    make_folder(planned, config=REQUIRED + second, campaign=both)
    out = here("approve", *OWN, "--at", BEFORE, cwd=planned).out
    assert "  trang-tin, Trang thứ hai: chưa duyệt\n    tiêu đề\n      Bắt đầu khảo sát năm 2026\n" in out
    assert out.count("    nội dung\n      Mời người dân trả lời phiếu khảo sát.\n      Liên hệ: 0255.3000.100.\n") == 1
    assert "    hình và tệp kèm\n      thong-bao.pdf (Thông báo khảo sát; " in out
    assert "tóm tắt" not in out  # the text begins with it


def test_a_yes_to_what_was_seen_is_refused_once_it_says_something_else(here: Here, planned: Path) -> None:
    make_folder(planned, config=REQUIRED)
    shown = here("approve", *OWN, "--at", BEFORE, cwd=planned).out
    code = json.loads(here("approve", *OWN, "--json", "--at", BEFORE, cwd=planned).out)["code"]
    command = f"loa approve {NAME} mo-dau --by TÊN --seen {code}"
    assert command in shown
    make_folder(planned, config=REQUIRED, campaign=changed(CAMPAIGN, "trả lời phiếu khảo sát.", "trả lời phiếu."))
    ran = here("approve", *OWN, "--by", "binh", "--seen", code, "--at", BEFORE, cwd=planned)
    assert (ran.code, ran.out) == (1, "")
    assert f"không còn là nội dung mang mã “{code}”" in ran.err
    assert here("approve", *OWN, "--at", BEFORE, cwd=planned).code == 3
    make_folder(planned, config=REQUIRED)
    assert here("approve", *OWN, "--by", "binh", "--seen", code.upper(), "--at", BEFORE, cwd=planned).code == 0


def test_a_day_of_approval_that_is_still_to_come_is_refused(here: Here, planned: Path) -> None:
    make_folder(planned, config=REQUIRED)
    paper = ("--basis", "Phiếu trình số 12/PTr-VP", "--approver", "Nguyễn Văn Minh", "--on")
    ran = here("approve", *OWN, *paper, "07/9/2026", "--at", BEFORE, cwd=planned)
    assert (ran.code, ran.out) == (1, "")
    assert "ngày duyệt 07/9/2026 chưa tới" in ran.err
    assert here("approve", *OWN, *paper, "06/9/2026", "--at", BEFORE, cwd=planned).code == 0


def test_programs_are_told_whether_everything_is_approved(here: Here, planned: Path) -> None:
    make_folder(planned, config=REQUIRED)

    def approved() -> tuple[bool, bool]:
        data = json.loads(here("approve", NAME, "--all", "--json", "--at", BEFORE, cwd=planned).out)
        [content] = data["announcements"]["mo-dau"]
        return data["approved"], content["approved"]

    assert approved() == (False, False)
    here("approve", NAME, "--all", "--by", "binh", "--at", BEFORE, cwd=planned)
    assert approved() == (True, True)


# hold, cancel


def test_held_let_go_and_cancelled(here: Here, planned: Path) -> None:
    reason = ("--reason", "chờ rà soát", "--by", "an", "--at", BEFORE)
    assert here("hold", *OWN, *reason, cwd=planned).out.startswith("Đã giữ lại:\n")
    assert here("publish", "--at", DUE, cwd=planned).out == "Không có tin nào đến giờ.\n"
    over = here("status", "--at", LATER, cwd=planned)
    assert over.code == 3
    assert f"hủy: loa cancel {NAME} mo-dau --date 2026-09-07" in over.out
    assert here("hold", *OWN, "--release", "--at", LATER, cwd=planned).out.startswith("Đã thôi giữ:\n")
    assert here("cancel", *OWN, "--reason", "bỏ", "--at", LATER, cwd=planned).code == 0
    assert state(here, planned) == {"cancelled": 1}
    again = here("cancel", *OWN, "--reason", "bỏ", "--at", LATER, cwd=planned)
    assert (again.code, again.out) == (0, "Không có lượt nào cần thay đổi.\n")


def test_f35_what_is_out_is_too_late_and_the_way_back_is_named(here: Here, planned: Path) -> None:
    here("publish", "--at", DUE, cwd=planned)
    ran = here("cancel", *OWN, "--reason", "sai số", "--at", DUE, cwd=planned)
    assert ran.code == 1
    assert f"loa withdraw {NAME} mo-dau --reason" in ran.err
    assert state(here, planned) == {"published": 1}


@pytest.mark.parametrize("command", ["hold", "cancel", "pause", "withdraw", "correct"])
@pytest.mark.parametrize("reason", [(), ("--reason", "  ")], ids=["none", "blank"])
def test_a_decision_wants_its_reason(here: Here, planned: Path, command: str, reason: tuple[str, ...]) -> None:
    names = () if command == "pause" else OWN
    ran = here(command, *names, *reason, "--at", BEFORE, cwd=planned)
    assert (ran.code, ran.out) == (1, "")
    assert "chưa ghi lý do" in ran.err


@pytest.mark.parametrize("more", [("--channel", "khac"), ("--date", "2026-09-08")])
def test_choosing_what_is_not_recorded_is_told(here: Here, planned: Path, more: tuple[str, ...]) -> None:
    ran = here("hold", *OWN, *more, "--reason", "x", "--at", BEFORE, cwd=planned)
    assert (ran.code, "sổ không có lượt đăng nào như vậy" in ran.err) == (1, True)


# resolve


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--again", "--skip"),
        ("--published",),
        ("--skip", "--at-next"),
        ("--skip", "--photo", "x.png"),
    ],
    ids=" ".join,
)
def test_answers_that_do_not_go_together_are_wrong_use(here: Here, planned: Path, options: tuple[str, ...]) -> None:
    code = code_of(here, planned)
    assert here("resolve", code, *options, "--at", LATER, cwd=planned).code == 2


def test_an_answer_that_makes_no_sense_names_those_that_do(here: Here, planned: Path) -> None:
    here("publish", "--at", DUE, cwd=planned)
    code = code_of(here, planned)
    ran = here("resolve", code, "--again", "--at", DUE, cwd=planned)
    assert (ran.code, "chọn trong: --withdrawn" in ran.err) == (1, True)
    done = here("resolve", code.upper(), "--withdrawn", "--reason", "gỡ tay", "--at", DUE, cwd=planned)
    assert (done.code, "đã gỡ" in done.out) == (0, True)
    assert here("resolve", "00000000", "--skip", "--at", DUE, cwd=planned).code == 1


# pause, resume


def test_a_stop_is_told_everywhere_and_overdue_ones_are_asked_for(here: Here, planned: Path) -> None:
    stopped = here("pause", "--reason", "Quốc tang", "--by", "binh", "--at", BEFORE, cwd=planned)
    assert stopped.code == 0
    assert here("pause", "--reason", "lại", "--at", BEFORE, cwd=planned).out.startswith(
        "Đã dừng mọi việc đăng tin từ trước"
    )
    passed = here("publish", "--at", LATER, cwd=planned)
    assert passed.out == "Đang dừng mọi việc đăng tin từ 07:00 06/9/2026 (binh: Quốc tang). Cho đăng tiếp: loa resume\n"
    [stop] = json.loads(here("publish", "--at", LATER, "--json", cwd=planned).out)["pauses"]
    assert (stop["scope"], stop["reason"]) == ("all", "Quốc tang")
    told = here("status", "--at", LATER, cwd=planned)
    assert told.code == 3
    assert "Đang dừng mọi việc đăng tin từ 07:00 06/9/2026 (binh: Quốc tang)" in told.out
    assert "1 lượt đã đến giờ đang chờ" in told.out
    assert "có đang chạy không" not in told.out
    asked = here("resume", "--at", LATER, cwd=planned)
    assert (asked.code, "--overdue skip" in asked.out) == (3, True)
    moved = here("resume", "--overdue", "shift", "--at", LATER, cwd=planned)
    assert moved.code == 0
    assert "08/9/2026" in moved.out or "07/9/2026" in moved.out
    assert here("publish", "--at", "2026-09-08T07:30", cwd=planned).out.startswith("đã đăng")


@pytest.mark.parametrize("scope", [("--channel", "trang-tin"), ("--campaign", NAME), ("--campaign", f"{NAME}.yaml")])
def test_a_channel_or_a_campaign_is_stopped_alone(here: Here, planned: Path, scope: tuple[str, str]) -> None:
    assert here("pause", *scope, "--reason", "x", "--at", BEFORE, cwd=planned).code == 0
    option, name = scope[0], scope[1].removesuffix(".yaml")
    assert f"Cho đăng tiếp: loa resume {option} {name}\n" in here("publish", "--at", DUE, cwd=planned).out
    assert here("resume", "--at", DUE, cwd=planned).out.startswith("Không có lệnh dừng nào cho mọi việc")
    assert here("resume", *scope, "--at", DUE, cwd=planned).code == 0
    assert here("publish", "--at", A_MINUTE_LATER, cwd=planned).out.startswith("đã đăng")


def test_a_stop_of_what_is_not_there_is_told(here: Here, planned: Path) -> None:
    assert here("pause", "--channel", "khac", "--reason", "x", "--at", BEFORE, cwd=planned).code == 1
    both = ("--channel", "trang-tin", "--campaign", NAME)
    assert here("pause", *both, "--reason", "x", "--at", BEFORE, cwd=planned).code == 2


# withdraw, correct


def live_pages(office: Path) -> str:
    return "\n".join(
        page.read_text(encoding="utf-8") for page in (office / "output/rehearsal/site/tb").glob("*/*/index.html")
    )


def test_taking_back_is_shown_then_done_and_repeated_without_harm(here: Here, planned: Path) -> None:
    here("publish", "--at", DUE, cwd=planned)
    kits = planned / "output" / NAME / "kits/phuong-a"
    kits.mkdir(parents=True)
    asked = here("withdraw", *OWN, "--reason", "sai số", "--at", LATER, cwd=planned)
    assert asked.code == 3
    assert "Đã đăng, Loa sẽ gỡ:" in asked.out
    assert f"output/{NAME}/kits" in asked.out
    assert "trả lời phiếu khảo sát" in live_pages(planned)
    done = here("withdraw", *OWN, "--reason", "sai số", "--yes", "--at", LATER, cwd=planned)
    assert done.code == 3  # the kits are for a person
    assert "Đã gỡ:" in done.out
    assert "trả lời phiếu khảo sát" not in live_pages(planned)
    assert state(here, planned) == {"withdrawn": 1}
    assert here("withdraw", *OWN, "--reason", "sai số", "--yes", "--at", LATER, cwd=planned).code == 3


def test_putting_right_replaces_the_page_at_its_address(here: Here, planned: Path) -> None:
    here("publish", "--at", DUE, cwd=planned)
    make_folder(planned, campaign=changed(CAMPAIGN, "trả lời phiếu khảo sát.", "trả lời phiếu mới."))
    assert here("correct", *OWN, "--reason", "sai", "--at", LATER, cwd=planned).code == 3
    done: Ran = here("correct", *OWN, "--reason", "sai", "--yes", "--at", LATER, cwd=planned)
    assert (done.code, done.err) == (0, "")
    assert "trả lời phiếu mới" in live_pages(planned)
    assert "trả lời phiếu khảo sát" not in live_pages(planned)
    assert state(here, planned) == {"published": 1}


def test_a_correction_says_before_anybody_says_yes_to_it_that_the_words_are_not_approved(
    here: Here, planned: Path
) -> None:
    here("publish", "--at", DUE, cwd=planned)
    make_folder(planned, config=REQUIRED, campaign=changed(CAMPAIGN, "trả lời phiếu khảo sát.", "trả lời phiếu."))
    shown = here("correct", *OWN, "--reason", "sai", "--at", LATER, cwd=planned)
    assert shown.code == 3
    assert "chưa được duyệt" in shown.err
    assert "Chưa làm gì." in shown.out
    data = json.loads(here("correct", *OWN, "--reason", "sai", "--json", "--at", LATER, cwd=planned).out)
    [problem] = data["problems"]
    assert problem["key"] == "delivery.unapproved"


@pytest.mark.parametrize(
    ("command", "keys"),
    [
        (("approve", *OWN), {"campaign", "approved", "code", "announcements"}),
        (("hold", *OWN, "--reason", "x"), {"done", "too_late"}),
        (("pause", "--reason", "x"), {"scope", "name", "paused"}),
        (("resume",), {"scope", "name", "resumed", "opened", "skipped", "shifted"}),
        (
            ("withdraw", *OWN, "--reason", "x"),
            {"announcement", "done", "by_channel", "by_person", "in_doubt", "planned", "as_wanted", "kits", "problems"},
        ),
        (("report",), {"weeks", "total"}),
        (("publish", "--dry-run"), {"foreseen"}),
    ],
    ids=lambda one: one[0] if isinstance(one, tuple) else "",
)
def test_each_answers_programs_with_one_document(
    here: Here, planned: Path, command: tuple[str, ...], keys: set[str]
) -> None:
    assert set(json.loads(here(*command, "--at", BEFORE, "--json", cwd=planned).out)) == keys
