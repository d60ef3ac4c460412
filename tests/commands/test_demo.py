"""``loa demo``: everything at once, the same each time, and never over other people's files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.run import Ran, loa


def made(folder: Path) -> dict[str, bytes]:
    """What the demo made, but for the ledger: it carries the identity of its instance."""
    files = (path for path in folder.rglob("*") if path.is_file() and "state" not in path.parts)
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    """A folder where the demo ran, and what it said."""
    folder = tmp_path_factory.mktemp("demo")
    return folder, loa("demo", cwd=folder)


def test_the_demo_makes_paper_and_site_and_gives_the_same_each_time(demo: tuple[Path, Ran]) -> None:
    folder, first = demo
    before = made(folder / "output" / "demo")
    second = loa("demo", cwd=folder)
    assert (first.code, second.code) == (0, 0)
    assert first.out == second.out
    assert made(folder / "output" / "demo") == before
    for name in ("khanh-hoa-2023/cong-van", "khanh-hoa-2024/thong-bao", "dong-thap-2023/cong-van"):
        assert {f"output/{name}.{suffix}" for suffix in ("docx", "pdf", "html", "txt")} < before.keys()
        assert f"output/{name}-1.png" in before
    assert len([file for file in before if file.endswith("index.html") and "/tb/" in file]) == 38


def test_the_demo_makes_kits_for_a_department_a_ward_and_a_commune(demo: tuple[Path, Ran]) -> None:
    folder, _ = demo
    kits = folder / "output" / "demo" / "output" / "song-tra-khao-sat-2026" / "kits"
    names = [note.read_text(encoding="utf-8").partition("\n")[0] for note in kits.glob("*/doc-truoc.txt")]
    assert sorted(name.rpartition("của ")[2].split()[0:2] for name in names) == [
        ["Sở", "Công"],
        ["UBND", "phường"],
        ["UBND", "xã"],
    ]
    assert len(list(kits.glob("*.zip"))) == 3


def test_the_last_lines_say_where_to_look(demo: tuple[Path, Ran]) -> None:
    folder, ran = demo
    *_, paper, kits, site, status = ran.out.strip().splitlines()
    assert (folder / paper.partition(": ")[2]).is_dir()
    assert (folder / kits.partition(": ")[2]).is_file()
    assert (folder / site.partition(": ")[2]).is_file()
    assert loa(*status.partition(": ")[2].split()[1:], cwd=folder).code == 0


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thu.txt").write_text("của tôi", encoding="utf-8")
    ran = loa("demo", "--output", ".", cwd=tmp_path)
    assert ran.code == 1
    assert made(tmp_path) == {"thu.txt": "của tôi".encode()}
