"""``loa number``, ``register`` and ``attach`` as an officer uses them, from draft to signed original."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.commands.run import Here, Ran, files_in, loa
from tests.planning.office import CAMPAIGN, CONFIG, NAME, changed, make_folder
from tests.registry.samples import apart

KEPT_HERE = changed(CONFIG, "approval: none\n", "approval: none\nnumbers:\n  book: here\n")
WAITING = changed(CAMPAIGN, "  from: 2026-09-01\n", "  from: issue of cong-van\n")
ENGLISH = {"LOA_LANG": "en"}
DAY = "2026-09-05"


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    return make_folder(tmp_path / "office", config=KEPT_HERE, campaign=WAITING)


def number(here: Here, folder: Path, *arguments: str) -> Ran:
    return here("number", NAME, "cong-van", *arguments, cwd=folder, env=ENGLISH)


def rendered(folder: Path) -> set[str]:
    return {name for name in files_in(folder / "output") if "cong-van" in name}


def test_a_number_reaches_paper_file_names_register_and_plan(here: Here, registry: Path) -> None:
    here("render", "--format", "pdf,txt,png", cwd=registry)
    assert f"{NAME}/cong-van.pdf" in rendered(registry)
    ran = number(here, registry, "12", "--on", DAY)
    assert (ran.code, ran.err) == (0, "")
    assert "Recorded 12/SNV-CCHC of 05/9/2026" in ran.out
    assert f"loa plan {NAME} --record" in ran.out
    done = here("render", "--only", "cong-van", "--format", "txt,pdf", "--final", cwd=registry)
    assert done.code == 0
    assert rendered(registry) == {f"{NAME}/cong-van-12-SNV-CCHC.txt", f"{NAME}/cong-van-12-SNV-CCHC.pdf"}
    text = (registry / "output" / NAME / "cong-van-12-SNV-CCHC.txt").read_text(encoding="utf-8")
    assert "12/SNV-CCHC" in text
    assert "ngày 05 tháng 9 năm 2026" in text
    shown = here("register", "--year", "2026", cwd=registry)
    assert "12/SNV-CCHC  05/9/2026  Công văn phối hợp tuyên truyền  Trần Văn An" in shown.out
    planned = json.loads(here("plan", NAME, "--json", cwd=registry).out)
    assert (len(planned["occurrences"]), planned["awaited"]) == (1, None)


def test_a_window_that_waits_is_told_by_plan_status_and_check(here: Here, registry: Path) -> None:
    planned = here("plan", NAME, "--record", cwd=registry, env=ENGLISH)
    assert (planned.code, "waits for number and day of cong-van" in planned.out) == (0, True)
    status = here("status", cwd=registry, env=ENGLISH)
    assert (status.code, f"{NAME}: waits for number and day of cong-van" in status.out) == (0, True)
    assert json.loads(here("status", "--json", cwd=registry).out)["waiting"] == {NAME: "cong-van"}
    checked = here("check", cwd=registry, env=ENGLISH)
    assert (checked.code, "the window waits for number and day of “cong-van”" in checked.err) == (0, True)


def test_rehearsals_have_numbers_of_their_own(here: Here, registry: Path) -> None:
    at = ("--at", "2026-09-06T08:00")
    assert number(here, registry, "--next", "--on", DAY, *at).code == 0
    assert len(json.loads(here("plan", NAME, "--json", *at, cwd=registry).out)["occurrences"]) == 1
    assert json.loads(here("plan", NAME, "--json", cwd=registry).out)["awaited"] == "cong-van"
    assert here("register", "--year", "2026", cwd=registry, env=ENGLISH).out.strip() == "The register holds no number."
    assert "01/SNV-CCHC" in here("register", *at, cwd=registry).out


def test_an_edit_after_numbering_is_a_finding_everywhere(here: Here, registry: Path) -> None:
    number(here, registry, "12", "--on", DAY)
    path = registry / "campaigns" / f"{NAME}.yaml"
    path.write_text(changed(path.read_text(encoding="utf-8"), "phối hợp tuyên truyền năm", "tuyên truyền năm"), "utf-8")
    told = "the paper has the number 12/SNV-CCHC of 05/9/2026, and now says something else than then: “phối hợp” → “”"
    checked = here("check", cwd=registry, env=ENGLISH)
    assert (checked.code, told in checked.err) == (1, True)
    assert told in here("render", "--format", "txt", cwd=registry, env=ENGLISH).err
    final = here("render", "--final", "--output", "out", cwd=registry, env=ENGLISH)
    assert (final.code, told in final.err, (registry / "out").exists()) == (1, True, False)


def test_a_cancelled_number_makes_the_paper_a_draft_again(here: Here, registry: Path) -> None:
    number(here, registry, "12", "--on", DAY)
    here("render", "--format", "pdf,png", cwd=registry)
    ran = number(here, registry, "--cancel", "--reason", "ghi nhầm")
    assert (ran.code, "It is not given again" in ran.out) == (0, True)
    here("render", "--format", "pdf", cwd=registry)
    assert rendered(registry) == {f"{NAME}/cong-van.pdf"}
    assert "ghi nhầm" in here("register", "--year", "2026", cwd=registry).out
    assert number(here, registry, "12", "--on", DAY).code == 1
    assert number(here, registry, "--next", "--on", DAY).out.startswith("Recorded 13/SNV-CCHC")


def test_appendices_apart_are_files_beside_their_paper_under_its_number(here: Here, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "office", config=KEPT_HERE, campaign=apart(CAMPAIGN))
    both = ("cong-van.pdf", "cong-van_Phu-luc.pdf")
    here("render", "--format", "pdf,png", cwd=folder)
    assert rendered(folder) >= {f"{NAME}/{file}" for file in (*both, "cong-van_Phu-luc-1.png")}
    refused = here("render", "--only", "cong-van", "--final", cwd=folder)
    assert refused.code == 1
    number(here, folder, "12", "--on", DAY)
    assert here("render", "--format", "pdf", "--final", cwd=folder).code == 0
    numbered = {f"{NAME}/cong-van-12-SNV-CCHC.pdf", f"{NAME}/cong-van-12-SNV-CCHC_Phu-luc.pdf"}
    assert rendered(folder) == numbered
    number(here, folder, "--cancel", "--reason", "ghi nhầm")
    here("render", "--format", "pdf", "--only", "cong-van", cwd=folder)
    assert rendered(folder) == {f"{NAME}/{file}" for file in both}
    path = folder / "campaigns" / f"{NAME}.yaml"
    path.write_text(changed(path.read_text(encoding="utf-8"), "appendix_files: apart", "appendix_files: together"))
    here("render", "--format", "pdf", cwd=folder)
    assert rendered(folder) == {f"{NAME}/cong-van.pdf"}


def test_an_appendix_apart_can_be_made_by_its_own_name(here: Here, tmp_path: Path) -> None:
    listed = "  danh-sach:\n    type: appendix\n    title: Danh sách\n    body: Hết./.\nannouncements:\n"
    text = changed(apart(CAMPAIGN), "appendices: [thong-bao]", "appendices: [thong-bao, danh-sach]")
    folder = make_folder(tmp_path, config=KEPT_HERE, campaign=changed(text, "announcements:\n", listed))
    here("render", "--format", "txt", "--only", "danh-sach", cwd=folder)
    assert files_in(folder / "output") == {f"{NAME}/cong-van_Phu-luc-II.txt"}
    both = here("render", "--format", "txt", "--only", "danh-sach", "--only", "cong-van", cwd=folder)
    assert both.out == here("render", "--format", "txt", "--only", "cong-van", cwd=folder).out  # nothing told twice


def test_a_number_can_be_cancelled_when_the_file_is_broken(here: Here, registry: Path) -> None:
    number(here, registry, "12", "--on", DAY)
    (registry / "campaigns" / f"{NAME}.yaml").write_text("campaign: [", encoding="utf-8")
    assert number(here, registry, "--cancel", "--reason", "ghi nhầm").code == 0
    again = number(here, registry, "--cancel", "--reason", "ghi nhầm")
    assert (again.code, "“cong-van” has no number yet" in again.err) == (1, True)


def test_a_reason_with_characters_that_no_paper_may_carry_is_refused(here: Here, registry: Path) -> None:
    number(here, registry, "12", "--on", DAY)
    ran = number(here, registry, "--cancel", "--reason", "ghi\u0007 nhầm")
    assert (ran.code, "U+0007" in ran.err) == (1, True)


def test_documents_whose_names_begin_alike_keep_their_files(here: Here, tmp_path: Path) -> None:
    twin = CAMPAIGN[CAMPAIGN.index("  cong-van:") : CAMPAIGN.index("    appendices:")].replace("cong-van", "cong-van-2")
    folder = make_folder(tmp_path, campaign=changed(CAMPAIGN, "  thong-bao:\n", f"{twin}  thong-bao:\n"))
    here("render", "--format", "pdf,png", cwd=folder)
    number(here, folder, "12", "--on", DAY)
    here("render", "--format", "pdf,png", "--only", "cong-van", cwd=folder)
    assert {name for name in rendered(folder) if "cong-van-2" in name} == {
        f"{NAME}/cong-van-2.pdf",
        f"{NAME}/cong-van-2-1.png",
    }


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("12",),
        ("12", "--next"),
        ("0", "--on", DAY),
        ("mười hai", "--on", DAY),
        ("--cancel",),
        ("--cancel", "--reason", " "),
        ("--reason", "nhầm"),
        ("12", "--on", DAY, "--reason", ""),
        ("--cancel", "--reason", "nhầm", "--on", DAY),
        ("12", "--on", DAY, "--reason", "nhầm"),
    ],
)
def test_wrong_use_is_answered_with_usage_and_nothing_is_recorded(
    here: Here, registry: Path, arguments: tuple[str, ...]
) -> None:
    assert number(here, registry, *arguments).code == 2
    assert not (registry / "state").exists()


@pytest.mark.parametrize(("day", "told"), [("31/9/2026", "month 9 has 30 days"), ("hôm nay", "is not a date")])
def test_a_day_that_is_none_is_told_as_in_a_file(here: Here, registry: Path, day: str, told: str) -> None:
    ran = number(here, registry, "12", "--on", day)
    assert (ran.code, told in ran.err) == (1, True)


def test_a_used_number_is_refused_with_the_place_of_the_paper(here: Here, registry: Path) -> None:
    number(here, registry, "12", "--on", DAY)
    ran = number(here, registry, "13", "--on", DAY)
    assert ran.code == 1
    assert f"campaigns/{NAME}.yaml:13:3: documents.cong-van: this paper already has the number 12/SNV-CCHC" in ran.err


def test_reading_makes_no_ledger(here: Here, registry: Path) -> None:
    for command in ("check", "render", "register"):
        here(command, cwd=registry)
    assert not (registry / "state").exists()


def test_the_signed_pdf_comes_back_and_a_wrong_one_does_not(here: Here, registry: Path) -> None:
    number(here, registry, "12", "--on", DAY)
    here("render", "--format", "pdf", cwd=registry)
    pdf = f"output/{NAME}/cong-van-12-SNV-CCHC.pdf"
    wrong = here("attach", NAME, "cong-van", f"output/{NAME}/thong-bao.pdf", cwd=registry, env=ENGLISH)
    assert (wrong.code, "missing" in wrong.err or "another paper" in wrong.err) == (1, True)
    ran = here("attach", NAME, "cong-van", pdf, cwd=registry, env=ENGLISH)
    assert (ran.code, "Its words are those of the numbered paper." in ran.out) == (0, True)
    taken = json.loads(here("attach", NAME, "cong-van", pdf, "--json", cwd=registry).out)
    assert f"signed/{taken['sha256']}.pdf" in files_in(registry / "state")
    assert here("attach", NAME, "cong-van", pdf, "--scanned", cwd=registry).code == 2


def test_a_post_carries_the_signed_original(here: Here, tmp_path: Path) -> None:
    folder = make_folder(tmp_path, campaign=changed(WAITING, "attach: [thong-bao]", "attach: [cong-van]"))
    number(here, folder, "12", "--on", DAY)
    here("render", "--only", "cong-van", "--format", "pdf", cwd=folder)
    signed = (folder / "output" / NAME / "cong-van-12-SNV-CCHC.pdf").read_bytes() + b"% signed\n"
    (folder / "ky.pdf").write_bytes(signed)
    before, then = ("--at", "2026-09-06T08:00"), ("--at", "2026-09-07T07:40")
    for command in (
        ("number", NAME, "cong-van", "12", "--on", DAY, *before),
        ("attach", NAME, "cong-van", "ky.pdf", *before),
        ("plan", NAME, "--record", *before),
        ("publish", *then),
    ):
        assert here(*command, cwd=folder).code == 0
    [posted] = (folder / "output").rglob("tb/**/cong-van.pdf")
    assert posted.read_bytes() == signed


def test_a_post_waits_when_its_paper_was_edited_after_it_was_numbered(here: Here, tmp_path: Path) -> None:
    folder = make_folder(tmp_path, campaign=changed(CAMPAIGN, "attach: [thong-bao]", "attach: [cong-van]"))
    before, then = ("--at", "2026-09-06T08:00"), ("--at", "2026-09-07T07:40")
    here("number", NAME, "cong-van", "12", "--on", DAY, *before, cwd=folder)
    here("plan", NAME, "--record", *before, cwd=folder)
    path = folder / "campaigns" / f"{NAME}.yaml"
    path.write_text(changed(path.read_text(encoding="utf-8"), "đề nghị các", "yêu cầu các"), "utf-8")
    ran = here("publish", *then, cwd=folder, env=ENGLISH)
    assert (ran.code, "has the number 12/SNV-CCHC of 05/9/2026" in ran.err) == (1, True)
    assert not list((folder / "output").rglob("cong-van.pdf"))


def test_the_register_is_written_as_a_workbook(here: Here, registry: Path) -> None:
    none = here("register", "--year", "2026", "--output", "so.xlsx", cwd=registry, env=ENGLISH)
    assert (none.code, (registry / "so.xlsx").exists()) == (1, False)
    number(here, registry, "--next", "--on", DAY)
    assert here("register", "--year", "2026", "--output", "so.xlsx", cwd=registry).code == 0
    assert load_workbook(registry / "so.xlsx").sheetnames == ["Bìa", "Sổ"]
    [book] = json.loads(here("register", "--year", "2026", "--json", cwd=registry).out)["books"]
    assert book["rows"][0]["Số, ký hiệu văn bản"] == "01/SNV-CCHC"


def test_a_register_that_was_tampered_with_needs_a_person(here: Here, registry: Path) -> None:
    number(here, registry, "12", "--on", DAY)
    with sqlite3.connect(registry / "state" / "loa.db") as db:
        db.execute("UPDATE registration SET day = '2026-09-04'")
    ran = here("register", "--year", "2026", cwd=registry, env=ENGLISH)
    assert (ran.code, "12/SNV-CCHC of 2026 was changed" in ran.err) == (3, True)


def test_a_row_and_an_event_that_another_hand_removed_are_named(here: Here, registry: Path) -> None:
    number(here, registry, "12", "--on", DAY)
    with sqlite3.connect(registry / "state" / "loa.db") as db:
        db.execute("DELETE FROM registration")
    ran = here("register", "--year", "2026", cwd=registry)
    assert (ran.code, "số 12/SNV-CCHC ngày 05/9/2026 (khao-sat: cong-van) đã bị xóa" in ran.err) == (3, True)
    with sqlite3.connect(registry / "state" / "loa.db") as db:
        db.execute("DROP TRIGGER event_is_never_changed")
        db.execute("UPDATE event SET detail = replace(detail, '\"number\":12', '\"number\":13')")
    ran = here("register", "--year", "2026", cwd=registry)
    assert (ran.code, "đứt ở sự kiện 1" in ran.err) == (3, True)


@pytest.mark.parametrize("command", ["register", "number"])
def test_help_and_wrong_numbers_speak_in_words(here: Here, registry: Path, command: str) -> None:
    assert "<=" not in here(command, "--help", cwd=registry).out
    typed = ("--year", "12") if command == "register" else (NAME, "cong-van", "0", "--on", DAY)
    ran = here(command, *typed, cwd=registry)
    assert (ran.code, "không phải là số từ 1" in ran.err) == (2, True)


def test_numbers_can_be_given_from_a_shell(registry: Path) -> None:
    ran = loa("number", NAME, "cong-van", "12", "--on", "05/9/2026", "--by", "Lê Thị Bình", "--json", cwd=registry)
    assert ran.code == 0
    told = json.loads(ran.out)
    assert (told["mark"], told["day"], told["problems"]) == ("12/SNV-CCHC", "2026-09-05", [])
