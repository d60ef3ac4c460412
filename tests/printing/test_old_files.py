"""Which files of earlier runs are taken away, and which stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from loa.printing.old_files import remove_old_files


def left(folder: Path, files: list[str], current: set[str], formats: str, written: list[str]) -> list[str]:
    for name in files:
        (folder / name).write_bytes(b"")
    remove_old_files(folder, "cong-van", current, formats.split(","), [folder / name for name in written])
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("name", ["cong-van.pdf", "cong-van.docx", "cong-van-1.png", "cong-van-07-SNV-VP.pdf"])
def test_a_draft_and_a_cancelled_number_go_once_the_paper_has_another_name(tmp_path: Path, name: str) -> None:
    now = "cong-van-12-SNV-CCHC.pdf"
    assert left(tmp_path, [name, now], {"cong-van-12-SNV-CCHC"}, "pdf", [now]) == [now]


@pytest.mark.parametrize(
    "name",
    ["cong-van-2.pdf", "cong-van-2-1.png", "cong-van-moi.pdf", "thong-bao.pdf", "cong-van.xlsx", "ghi-chu.txt"],
)
def test_files_of_others_stay(tmp_path: Path, name: str) -> None:
    now = "cong-van-12-SNV-CCHC.pdf"
    assert left(tmp_path, [name, now], {"cong-van-12-SNV-CCHC"}, "pdf", [now]) == sorted([name, now])


def test_pictures_of_pages_that_are_no_more_go_when_pictures_are_made_again(tmp_path: Path) -> None:
    pages = ["cong-van-1.png", "cong-van-2.png"]
    assert left(tmp_path, pages, {"cong-van"}, "pdf", []) == pages
    assert left(tmp_path, pages, {"cong-van"}, "png", pages[:1]) == pages[:1]


def test_the_file_of_another_format_stays_under_the_same_name(tmp_path: Path) -> None:
    assert left(tmp_path, ["cong-van.docx"], {"cong-van"}, "pdf", []) == ["cong-van.docx"]


def test_an_appendix_that_is_no_file_of_its_own_any_more_goes(tmp_path: Path) -> None:
    files = ["cong-van.pdf", "cong-van_Phu-luc-I.pdf"]
    assert left(tmp_path, files, {"cong-van"}, "pdf", files[:1]) == files[:1]
    assert left(tmp_path, files, {"cong-van", "cong-van_Phu-luc-I"}, "pdf", files) == files


def test_a_folder_that_was_never_made_is_no_mistake(tmp_path: Path) -> None:
    remove_old_files(tmp_path / "none", "cong-van", {"cong-van"}, ["pdf"], [])
