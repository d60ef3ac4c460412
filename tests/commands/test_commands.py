"""The commands from outside: what they print, what they write, and how they end."""

from __future__ import annotations

import json
import re
import resource
import signal
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from cli import COMMANDS
from loa import __version__
from tests.commands.run import Here, files_in, loa
from tests.planning.office import CAMPAIGN, CONFIG, NAME, changed, make_folder

# Without the dispatch there is no gap that the registry must fill.
WITHOUT_GAPS = CAMPAIGN[: CAMPAIGN.index("  cong-van:")] + CAMPAIGN[CAMPAIGN.index("  thong-bao:") :]


# --- help ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "word"), [("vi", "thư mục làm việc mới"), ("en", "a new workspace")])
def test_help_names_every_command_in_the_language_asked_for(tmp_path: Path, language: str, word: str) -> None:
    started = time.monotonic()
    ran = loa("--help", cwd=tmp_path, env={"LOA_LANG": language})
    assert time.monotonic() - started < 5
    assert ran.code == 0
    assert word in " ".join(ran.out.split())
    assert all(f"  {name} " in ran.out for name in COMMANDS)
    assert ("ĐỢT" if language == "vi" else "CAMPAIGN") in ran.out


def test_help_of_a_command_is_in_vietnamese_by_itself(tmp_path: Path) -> None:
    ran = loa("render", "--help", cwd=tmp_path)
    assert ran.code == 0
    assert "Bản chính thức" in ran.out


def test_the_version_is_told(tmp_path: Path) -> None:
    assert loa("--version", cwd=tmp_path).out == f"loa, phiên bản {__version__}\n"


# --- the whole way ---------------------------------------------------------------------------------------


def test_a_new_workspace_goes_all_the_way(tmp_path: Path) -> None:
    made = loa("init", "co-quan", cwd=tmp_path)
    assert (made.code, made.err) == (0, "")
    place = tmp_path / "co-quan"
    assert {"config.yaml", "schemas/campaign.json", "schemas/config.json"} <= files_in(place)
    [name] = [path.stem for path in (place / "campaigns").glob("*.yaml")]

    assert loa("check", cwd=place).code == 0

    rendered = loa("render", "--format", "docx", cwd=place / "campaigns")
    assert rendered.code == 0
    papers = [line for line in rendered.out.splitlines() if line.startswith("output/")]
    assert papers
    assert all((place / line).stat().st_size > 1000 for line in papers)

    planned = json.loads(loa("plan", name, "--json", cwd=place).out)["occurrences"]
    first = planned[0]["starts_at"]
    recorded = loa("plan", name, "--record", "--at", first, cwd=place)
    assert (recorded.code, recorded.err) == (0, "")

    assert loa("publish", "--at", first, cwd=place).code == 1  # nobody has approved it
    assert loa("approve", name, "--all", "--by", "lanh-dao", "--at", first, cwd=place).code == 0
    later = (datetime.fromisoformat(first) + timedelta(minutes=2)).isoformat()
    published = loa("publish", "--at", later, "--json", cwd=place)
    assert published.code == 0
    outcomes = json.loads(published.out)["outcomes"]
    assert {outcome["result"] for outcome in outcomes} == {"published"}
    assert outcomes[0]["key"] == planned[0]["key"]
    again = loa("publish", "--at", later, cwd=place)
    assert (again.code, again.out) == (0, "Không có tin nào đến giờ.\n")

    status = loa("status", "--at", later, "--json", cwd=place)
    assert status.code == 0
    assert json.loads(status.out)["counts"]["published"] == len(outcomes)
    assert outcomes[0]["link"] in status.out
    assert not [file for file in files_in(place) if file.endswith(".tmp")]


def test_a_folder_with_files_is_not_made_a_workspace(here: Here, office: Path) -> None:
    before = files_in(office)
    ran = here("init", office, cwd=office)
    assert ran.code == 1
    assert "thư mục đã có tệp" in ran.err
    assert files_in(office) == before


def test_something_missed_needs_a_person(here: Here, office: Path) -> None:
    at = ("--at", "2026-09-07T07:30")
    assert here("plan", NAME, "--record", *at, cwd=office).code == 0
    here("publish", "--at", "2026-09-08T07:30", cwd=office)
    ran = here("status", "--at", "2026-09-08T07:30", cwd=office)
    assert ran.code == 3
    assert "Cần người xử lý" in ran.out


# --- check -----------------------------------------------------------------------------------------------


def test_a_check_tells_gaps_and_is_content(office: Path) -> None:
    ran = loa("check", cwd=office)
    assert ran.code == 0
    assert ran.out == f"{NAME}: 2 chỗ trống\n"
    assert f"campaigns/{NAME}.yaml:19:11: documents.cong-van.date" in ran.err


def test_a_check_fails_for_a_mistake_and_speaks_english_when_asked(here: Here, office: Path) -> None:
    make_folder(office, campaign=changed(CAMPAIGN, "from: 2026-09-01", "from: 31/9/2026"))
    ran = here("check", NAME, cwd=office, env={"LOA_LANG": "en"})
    assert (ran.code, ran.out) == (1, f"{NAME}: errors: 1\n")
    assert f"campaigns/{NAME}.yaml:4:9: window.from: “31/9/2026” is not a date: month 9 has 30 days" in ran.err


def test_a_check_as_json_is_one_document(here: Here, office: Path) -> None:
    make_folder(office, campaign=changed(CAMPAIGN, "năm {{ nam }},", "năm {{ nm }},"))
    ran = here("check", "--json", cwd=office)
    [problem] = [p for p in json.loads(ran.out)[NAME] if p["key"] == "template.undefined_close"]
    assert (ran.code, ran.err) == (1, "")
    assert problem.items() >= {"severity": "error", "line": 16, "path": "documents.cong-van.body"}.items()


def test_an_unknown_campaign_is_told_in_the_language_of_the_office(here: Here, office: Path) -> None:
    make_folder(office, config=changed(CONFIG, "language: vi", "language: en"))
    ran = here("check", "mua-he", cwd=office)
    assert ran.code == 1
    assert "there is no campaign “mua-he”" in ran.err


# --- workspace and usage ---------------------------------------------------------------------------------


def test_a_broken_configuration_is_named_with_line_and_column(office: Path) -> None:
    make_folder(office, config=changed(changed(CONFIG, "  code: SNV", "  cod: SNV"), "approval: none", "approval: x"))
    ran = loa("check", cwd=office)
    assert ran.code == 1
    assert re.findall(r"config\.yaml:\d+:\d+", ran.err) == ["config.yaml:2:3", "config.yaml:5:3", "config.yaml:11:11"]
    assert "Traceback" not in ran.err


def test_outside_of_any_workspace_the_way_in_is_told(here: Here, tmp_path: Path) -> None:
    ran = here("status", cwd=tmp_path)
    assert ran.code == 1
    assert "loa init" in ran.err


def test_the_workspace_can_be_named_from_elsewhere(here: Here, tmp_path: Path, office: Path) -> None:
    assert here("--workspace", office, "check", cwd=tmp_path).code == 0
    assert here("check", cwd=tmp_path, env={"LOA_WORKSPACE": str(office)}).code == 0


@pytest.mark.parametrize(
    "arguments",
    [("fly",), ("render", "--format", "docx,odt"), ("plan", "--colour")],
    ids=" ".join,
)
def test_a_command_used_wrongly_ends_with_2(office: Path, arguments: tuple[str, ...]) -> None:
    before = files_in(office)
    ran = loa(*arguments, cwd=office)
    assert ran.code == 2
    assert ran.err
    assert files_in(office) == before


def test_a_moment_that_is_none_is_refused(here: Here, office: Path) -> None:
    ran = here("status", "--at", "chín giờ", cwd=office)
    assert ran.code == 1
    assert "“chín giờ” không phải là thời điểm" in ran.err


# --- render ----------------------------------------------------------------------------------------------


def test_only_what_was_asked_for_is_made_where_it_was_asked(here: Here, office: Path, tmp_path: Path) -> None:
    out = tmp_path / "nơi khác"
    ran = here("render", NAME, "--only", "thong-bao", "--format", "txt,html", "--output", out, "--json", cwd=office)
    assert ran.code == 0
    assert files_in(out) == {f"{NAME}/thong-bao.txt", f"{NAME}/thong-bao.html"}
    assert sorted(json.loads(ran.out)[NAME]["files"]) == sorted(str(out / file) for file in files_in(out))
    assert not (office / "output").exists()


def test_an_unknown_document_is_answered_with_the_known_ones(here: Here, office: Path) -> None:
    ran = here("render", NAME, "--only", "to-roi", cwd=office)
    assert ran.code == 1
    assert "cong-van, thong-bao" in ran.err


def test_a_final_paper_with_gaps_is_refused_and_nothing_is_written(here: Here, office: Path) -> None:
    ran = here("render", "--final", "--format", "txt", cwd=office)
    assert ran.code == 1
    assert "văn bản chưa có số" in ran.err
    assert f"{NAME}: chưa làm bản chính thức, không có tệp nào được ghi." in ran.out
    assert not (office / "output").exists()


def test_a_final_paper_without_gaps_is_made(here: Here, office: Path) -> None:
    make_folder(office, campaign=WITHOUT_GAPS)
    ran = here("render", "--final", "--format", "txt", cwd=office)
    assert (ran.code, ran.err) == (0, "")
    assert files_in(office / "output") == {f"{NAME}/thong-bao.txt"}


def test_a_format_may_be_written_in_capitals(here: Here, office: Path) -> None:
    ran = here("render", "--only", "thong-bao", "--format", "PDF, Txt", cwd=office)
    assert ran.code == 0
    assert files_in(office / "output") == {f"{NAME}/thong-bao.pdf", f"{NAME}/thong-bao.txt"}


def test_one_broken_campaign_does_not_stop_the_others(here: Here, office: Path) -> None:
    other = changed(CAMPAIGN, "campaign: khao-sat", "campaign: mua-he")
    (office / "campaigns" / "a-hong.yaml").write_text("campaign: [", encoding="utf-8")
    (office / "campaigns" / "mua-he.yaml").write_text(other, encoding="utf-8")
    ran = here("render", "--format", "txt", cwd=office)
    assert ran.code == 1
    assert "campaigns/a-hong.yaml" in ran.err
    assert {file.split("/")[0] for file in files_in(office / "output")} == {NAME, "mua-he"}


# --- disks, terminals, bugs ------------------------------------------------------------------------------


def small_disk() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (6_000, 6_000))


def test_a_full_disk_leaves_no_half_file(office: Path) -> None:
    assert loa("render", "--format", "txt", cwd=office).code == 0
    before = {file: (office / file).read_bytes() for file in files_in(office)}
    ran = loa("render", "--format", "txt,pdf", cwd=office, before=small_disk)
    assert ran.code == 1
    assert "không ghi được" in ran.err
    assert "Traceback" not in ran.err
    assert {file: (office / file).read_bytes() for file in files_in(office)} == before


def test_an_output_that_is_no_folder_is_told(office: Path) -> None:
    ran = loa("render", "--format", "txt", "--output", "/dev/full", cwd=office)
    assert ran.code in (1, 2)
    assert "/dev/full" in ran.err
    assert "Traceback" not in ran.err


def test_a_file_in_the_place_of_the_folder_is_told(office: Path) -> None:
    (office / "output").write_bytes(b"")
    ran = loa("render", "--format", "txt", cwd=office)
    assert ran.code == 1
    assert "không ghi được" in ran.err


def test_a_terminal_of_another_encoding_does_not_end_a_command(office: Path) -> None:
    ran = loa("check", cwd=office, env={"PYTHONIOENCODING": "cp1258"})
    assert ran.code == 0
    assert "chỗ trống" in ran.out


@pytest.mark.parametrize(("language", "sentence"), [("vi", "Đây là lỗi của Loa"), ("en", "This is a bug in Loa")])
def test_a_bug_of_ours_keeps_its_trace_and_says_so(office: Path, language: str, sentence: str) -> None:
    # a library that breaks on import stands for any bug
    broken = office / "broken"
    broken.mkdir()
    (broken / "pypdfium2.py").write_text("raise RuntimeError('broken')\n", encoding="utf-8")
    (broken / "reportlab.py").write_text("raise RuntimeError('broken')\n", encoding="utf-8")
    ran = loa("render", cwd=office, env={"LOA_LANG": language, "PYTHONPATH": str(broken)})
    assert ran.code == 1
    assert "RuntimeError: broken" in ran.err
    assert "Traceback" in ran.err
    assert sentence in ran.err
