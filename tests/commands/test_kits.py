"""``loa render --for``, ``--group`` and ``--all`` as an officer uses them."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest

from loa.kits.lock import sole_writer
from tests.commands.run import Here, files_in
from tests.conftest import ROOT
from tests.kits.stage import AGENCIES, RELAY
from tests.planning.office import CAMPAIGN, NAME, changed, make_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "agencies.yaml").write_text(AGENCIES, encoding="utf-8")
    return make_folder(tmp_path, campaign=CAMPAIGN + RELAY)


def test_an_agency_gets_its_kit_by_name(folder: Path, here: Here) -> None:
    ran = here("render", NAME, "--for", "ubnd xã an phú", cwd=folder)
    assert ran.code == 0
    [warning] = ran.err.splitlines()
    assert "“Công văn phối hợp tuyên truyền” chưa có bản đã ký nên không có trong bộ ấn phẩm nào" in warning
    kits = folder / "output" / NAME / "kits"
    assert ran.out.splitlines() == [
        "output/khao-sat/kits/ubnd-xa-an-phu",
        "output/khao-sat/kits/index.html",
        "output/khao-sat/kits/kits.xlsx",
        "output/khao-sat/print.pdf",
        "khao-sat: 1 lưu ý",
    ]
    assert sorted(path.name for path in kits.iterdir()) == [
        "index.html",
        "kits.xlsx",
        "ubnd-xa-an-phu",
        "ubnd-xa-an-phu.zip",
    ]


def test_a_group_and_all_get_theirs(folder: Path, here: Here) -> None:
    assert here("render", NAME, "--group", "Cấp xã", cwd=folder).code == 0
    kits = folder / "output" / NAME / "kits"
    assert sorted(path.stem for path in kits.glob("*.zip")) == ["h99-101", "ubnd-xa-an-phu"]
    assert here("render", NAME, "--all", cwd=folder).code == 0
    assert sorted(path.stem for path in kits.glob("*.zip")) == ["h99-101", "syt", "ubnd-xa-an-phu"]


def test_programs_get_one_json_document(folder: Path, here: Here) -> None:
    ran = here("render", NAME, "--for", "SYT", "--json", cwd=folder)
    assert ran.err == ""
    report = json.loads(ran.out)[NAME]
    assert [problem["key"] for problem in report["problems"]] == ["kits.unsigned"]
    assert [Path(name).name for name in report["files"]] == ["syt", "index.html", "kits.xlsx", "print.pdf"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--for", "Sở Y tê"), "danh sách không có cơ quan “Sở Y tê”"),
        (("--group", "huyện"), "danh sách không có nhóm “huyện”"),
        (("--all", "--only", "cong-van"), "không có thông báo niêm yết, áp phích, tin bài hay văn bản đã ký nào"),
        (("--all", "--only", "cong-vaan"), "không có văn bản “cong-vaan”"),
    ],
)
def test_who_or_what_is_not_there_is_told_and_nothing_is_written(
    folder: Path, here: Here, given: tuple[str, ...], said: str
) -> None:
    ran = here("render", NAME, *given, cwd=folder)
    assert ran.code == 1
    assert said in ran.err
    assert not (folder / "output").exists()


def test_a_mistake_in_one_row_stops_everything_before_anything_is_written(folder: Path, here: Here) -> None:
    rows = changed(AGENCIES, "phone: 0255.3000.213", "phone: gọi sau")
    (folder / "agencies.yaml").write_text(rows, encoding="utf-8")
    ran = here("render", NAME, "--for", "SYT", cwd=folder)
    assert ran.code == 1
    assert "agencies.yaml:6:53: agencies.0.contact.phone: “gọi sau” không phải là số điện thoại" in ran.err
    assert not (folder / "output").exists()


def test_what_one_agency_lacks_stops_all_of_them(folder: Path, here: Here) -> None:
    text = changed(CAMPAIGN + RELAY, "{{ dien_thoai }}./.", "{{ dien_thoai }}, {{ host.hours }}./.")
    make_folder(folder, campaign=text)
    ran = here("render", NAME, "--all", cwd=folder)
    assert ran.code == 1
    assert "agencies.yaml:13:5: agencies.1.hours: cơ quan “UBND xã An Phú” chưa có “Giờ làm việc”" in ran.err
    assert "“Sở Y tế & “Dân số””" in ran.err
    assert "Trà Giang" not in ran.err
    assert not (folder / "output").exists()


def test_the_draft_of_an_agencys_own_dispatch_does_not_hold_up_final_kits(folder: Path, here: Here) -> None:
    ran = here("render", NAME, "--all", "--final", cwd=folder)
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "khao-sat: 1 lưu ý")


def test_final_kits_are_refused_for_what_breaks_the_form(folder: Path, here: Here) -> None:
    text = changed(CAMPAIGN + RELAY, "{{ dien_thoai }}./.", "{{ dien_thoai }}, xxx./.")
    make_folder(folder, campaign=text)
    assert here("render", NAME, "--all", cwd=folder).code == 0
    ran = here("render", NAME, "--all", "--final", cwd=folder)
    assert ran.code == 1
    assert "chưa làm bản chính thức" in ran.out


@pytest.mark.parametrize("place", ["{{ dien_thoai }}./.", "**{{ dien_thoai }}**.", "niêm yết thông báo./."])
def test_no_kit_says_a_telephone_number_otherwise_than_the_facts(folder: Path, here: Here, place: str) -> None:
    """Not in a notice, not in an announcement, not in the draft that an agency is to sign."""
    make_folder(folder, campaign=changed(CAMPAIGN + RELAY, place, f"gọi 0255.3000.999 {place}"))
    ran = here("render", NAME, "--all", cwd=folder)
    assert ran.code == 1
    assert "0255.3000.999" in ran.err
    assert not (folder / "output").exists()


def test_a_campaign_without_a_list_says_what_to_write(office: Path, here: Here) -> None:
    ran = here("render", NAME, "--all", cwd=office)
    assert ran.code == 1
    assert "thêm dòng audience" in ran.err


def test_kits_of_an_earlier_run_are_left_and_named(folder: Path, here: Here) -> None:
    here("render", NAME, "--all", cwd=folder)
    make_folder(folder, campaign=changed(CAMPAIGN + RELAY, "Mời người dân", "Kính mời người dân"))
    ran = here("render", NAME, "--for", "SYT", cwd=folder)
    assert ran.code == 0
    assert "2 bộ ấn phẩm trong thư mục là của lần làm trước" in ran.err
    assert (folder / "output" / NAME / "kits" / "h99-101").is_dir()


def test_a_run_that_was_killed_can_be_run_again(folder: Path, here: Here) -> None:
    arguments = [sys.executable, str(ROOT / "cli.py"), "render", NAME, "--all"]
    kits = folder / "output" / NAME / "kits"
    running = subprocess.Popen(arguments, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while running.poll() is None and not (kits / "h99-101").exists():
        time.sleep(0.01)
    running.kill()
    running.wait()
    assert here("render", NAME, "--all", cwd=folder).code == 0
    assert len(list(kits.glob("*.zip"))) == 3
    assert not [path for path in files_in(kits) if ".new-" in path or ".old-" in path or path.endswith(".tmp")]


def test_two_runs_do_not_write_the_same_kits(folder: Path, here: Here) -> None:
    assert here("render", NAME, "--all", cwd=folder).code == 0
    output = folder / "output" / NAME
    before = {path: (output / path).read_bytes() for path in files_in(output)}
    with sole_writer(output / "kits"):
        ran = here("render", NAME, "--for", "SYT", cwd=folder)
    assert ran.code == 1
    assert "một lần chạy khác đang làm ấn phẩm" in ran.err
    assert {path: (output / path).read_bytes() for path in files_in(output)} == before


def sign(folder: Path, here: Here) -> bytes:
    """Number the dispatch and bring a PDF of it back as if it were signed; that PDF."""
    assert here("number", NAME, "cong-van", "12", "--on", "2026-09-05", cwd=folder).code == 0
    here("render", NAME, "--only", "cong-van", "--format", "pdf", cwd=folder)
    made, *_ = sorted((folder / "output" / NAME).glob("cong-van-12-*.pdf"))  # its appendices apart come behind it
    # a comment behind the end: another file with the same words
    made.write_bytes(made.read_bytes() + b"% signed\n")
    ran = here("attach", NAME, "cong-van", made, cwd=folder)
    assert ran.code == 0, ran.err
    return made.read_bytes()


def test_every_kit_carries_the_signed_dispatch_and_says_so_everywhere(folder: Path, here: Here) -> None:
    text = changed(
        CAMPAIGN + RELAY,
        "  thong-bao:\n",
        "  bao-cao:\n    type: enclosure\n    file: bc.pdf\n    title: Báo cáo của viện\n  thong-bao:\n",
    )
    make_folder(
        folder, campaign=changed(text, "appendices: [thong-bao]", "appendices: [thong-bao]\n    enclosures: [bao-cao]")
    )
    assert here("render", NAME, "--only", "thong-bao", "--format", "pdf", cwd=folder).code == 0
    (folder / "bc.pdf").write_bytes((folder / "output" / NAME / "thong-bao.pdf").read_bytes())
    before = here("render", NAME, "--all", cwd=folder)
    kits = folder / "output" / NAME / "kits"
    assert "chưa có bản đã ký" in before.err
    assert "Công văn phối hợp tuyên truyền" in (kits / "index.html").read_text()
    assert "sẽ gửi sau" in (kits / "syt" / "doc-truoc.txt").read_text()
    assert not (kits / "syt" / "bao-cao.pdf").exists()

    signed = sign(folder, here)
    ran = here("render", NAME, "--all", "--final", cwd=folder)
    assert (ran.code, ran.err) == (0, "")
    name = "cong-van-12-SNV-CCHC-ban-da-ky"
    assert (kits / "syt" / f"{name}.pdf").read_bytes() == signed
    assert (kits / "syt" / "bao-cao.pdf").read_bytes() == (folder / "bc.pdf").read_bytes()
    said = "Công văn số 12/SNV-CCHC ngày 05/9/2026"
    assert f"- {said} (bản đã ký): {name}.pdf" in (kits / "syt" / "doc-truoc.txt").read_text()
    page = (kits / "index.html").read_text()
    assert f'href="syt/{name}.pdf">{said}</a>' in page
    assert "Chưa có bản đã ký" not in page
    book = openpyxl.load_workbook(kits / "kits.xlsx")
    assert book["Cơ quan"]["I2"].value == f"{said} (bản đã ký); Báo cáo của viện"
    metadata = json.loads((kits / "h99-101" / f"{name}.json").read_text())
    assert (metadata["CodeNumber"], metadata["IssuedDate"], metadata["Description"]) == (
        "12",
        "2026-09-05",
        "Bản đã ký",
    )
    assert metadata["SignerInfo"] == {"Position": "GIÁM ĐỐC", "FullName": "Trần Văn An"}
    assert metadata["To"] == [{"OrganId": "H99.101", "OrganName": "UBND phường Trà Giang"}]
    # it is not printed for posting
    assert not [row for row in book["In ấn"].iter_rows(values_only=True) if "cong-van" in str(row)]


def test_a_dispatch_that_was_changed_since_it_was_signed_stops_the_kits(folder: Path, here: Here) -> None:
    sign(folder, here)
    make_folder(folder, campaign=changed(CAMPAIGN + RELAY, "đề nghị các cơ quan", "yêu cầu các cơ quan"))
    ran = here("render", NAME, "--all", cwd=folder)
    assert ran.code == 1
    assert "12/SNV-CCHC" in ran.err
    assert not (folder / "output" / NAME / "kits").exists()


def test_appendices_that_are_files_of_their_own_go_with_the_signed_dispatch(folder: Path, here: Here) -> None:
    apart = "appendices: [thong-bao]\n    medium: electronic\n    appendix_files: apart"
    make_folder(folder, campaign=changed(CAMPAIGN + RELAY, "appendices: [thong-bao]", apart))
    sign(folder, here)
    assert here("render", NAME, "--for", "SYT", cwd=folder).code == 0
    kit = folder / "output" / NAME / "kits" / "syt"
    [dispatch, appendix] = sorted(path.name for path in kit.glob("cong-van*.pdf"))
    assert (dispatch.endswith("-ban-da-ky.pdf"), "_" in appendix) == (True, True)


def test_a_dispatch_for_few_eyes_is_in_no_kit(folder: Path, here: Here) -> None:
    text = changed(CAMPAIGN + RELAY, "    unit: CCHC\n", "    unit: CCHC\n    circulation: xem xong trả lại\n")
    make_folder(folder, campaign=text)
    sign(folder, here)
    assert here("render", NAME, "--for", "SYT", cwd=folder).code == 0
    assert not list((folder / "output" / NAME / "kits" / "syt").glob("cong-van*"))


def test_a_terminal_sees_how_far_it_is(folder: Path) -> None:
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), "render", NAME, "--all"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=theirs,
        timeout=60,
        check=False,
    )
    os.close(theirs)
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    assert done.returncode == 0
    assert "Làm bộ ấn phẩm" in shown
    assert "3/3" in shown
    assert "[" not in done.stdout.decode()
