"""``loa demo``: everything at once, the same each time, and never over other people's files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.commands.run import Ran, loa

# The stand-ins' port is another one where theirs is taken; what Zalo's stand-in gives are random tokens and ids.
_PORT = re.compile(rb"127\.0\.0\.1:\d+")
_BOARD = "output/demo/cac-kenh.html"


def made(folder: Path) -> dict[str, bytes]:
    """What the demo made, but for the ledger, which carries the identity of its instance, and the stand-ins' ids."""
    files = (path for path in folder.rglob("*") if path.is_file() and "state" not in path.parts)
    found = {str(path.relative_to(folder)): _PORT.sub(b"", path.read_bytes()) for path in files}
    return {name: content for name, content in found.items() if not name.endswith("cac-kenh.html")}


def channels_in(printed: str) -> dict[str, list[str]]:
    """The counts that the demo prints of each channel: planned, published, adopted, for a person."""
    rows = (line.split() for line in printed.splitlines())
    return {row[0]: row[1:] for row in rows if len(row) == 5 and all(count.isdecimal() for count in row[1:])}


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
    assert len([file for file in before if file.endswith("index.html") and "/tb/" in file]) == 40


def test_every_post_is_on_every_channel_once_and_the_lost_answer_was_found(demo: tuple[Path, Ran]) -> None:
    folder, ran = demo
    table = channels_in(ran.out)
    for channel in ("trang-thong-tin", "trang-facebook", "zalo-oa", "trang-wordpress", "cong-thong-tin"):
        planned, published, *_ = table[channel]
        assert int(planned) == int(published) > 0
    assert table["trang-facebook"][2] == "1"
    board = (folder / _BOARD).read_text(encoding="utf-8")
    assert board.count("[MẪU] Cách nhận biết khảo sát viên") >= 3
    assert "data:image/jpeg;base64," in board
    assert "tự tải lại" not in board


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
    *_, paper, kits, site, board, status = ran.out.strip().splitlines()
    assert (folder / paper.partition(": ")[2]).is_dir()
    assert (folder / kits.partition(": ")[2]).is_file()
    assert (folder / site.partition(": ")[2]).is_file()
    assert (folder / board.partition(": ")[2]).is_file()
    assert loa(*status.partition(": ")[2].split()[1:], cwd=folder).code == 3  # some posts wait for a person


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thu.txt").write_text("của tôi", encoding="utf-8")
    ran = loa("demo", "--output", ".", cwd=tmp_path)
    assert ran.code == 1
    assert made(tmp_path) == {"thu.txt": "của tôi".encode()}
