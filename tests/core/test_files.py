"""Files appear whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from loa.core.errors import LoaError
from loa.core.files import read_file, write_files


@pytest.fixture
def plain_umask() -> Iterator[None]:
    before = os.umask(0o027)
    yield
    os.umask(before)


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def failure(folder: Path, files: dict[Path, bytes]) -> str:
    with pytest.raises(LoaError) as caught:
        write_files(files)
    [problem] = caught.value.problems
    assert problem.key == "file.cannot_write"
    return str(Path(problem.place.file).relative_to(folder))


def test_all_files_are_written_with_their_folders(tmp_path: Path) -> None:
    write_files({tmp_path / "a" / "một.txt": b"1", tmp_path / "b.txt": b""})
    assert names(tmp_path) == ["a/một.txt", "b.txt"]
    assert (tmp_path / "a" / "một.txt").read_bytes() == b"1"


def test_a_file_replaces_the_one_before(tmp_path: Path) -> None:
    write_files({tmp_path / "a": b"old and longer"})
    write_files({tmp_path / "a": b"new"})
    assert (tmp_path / "a").read_bytes() == b"new"
    assert names(tmp_path) == ["a"]


@pytest.mark.usefixtures("plain_umask")
def test_a_file_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    write_files({tmp_path / "a": b""})
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640


def test_nothing_is_written_when_one_place_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    write_files({tmp_path / "a": b"old"})
    assert failure(tmp_path, {tmp_path / "a": b"new", tmp_path / "c": b"", tmp_path / "b": b""}) == "b"
    assert (tmp_path / "a").read_bytes() == b"old"
    assert names(tmp_path) == ["a"]


def test_nothing_is_written_when_a_file_stands_where_a_folder_should(tmp_path: Path) -> None:
    write_files({tmp_path / "a": b"old"})
    assert failure(tmp_path, {tmp_path / "c": b"", tmp_path / "a" / "b": b""}) == "a/b"
    assert names(tmp_path) == ["a"]


def test_a_name_that_is_too_long_is_said(tmp_path: Path) -> None:
    failure(tmp_path, {tmp_path / "c": b"", tmp_path / ("a" * 300): b""})
    assert names(tmp_path) == []


def test_long_names_that_the_disk_takes_are_written(tmp_path: Path) -> None:
    name = "ắ" * 80  # 240 bytes
    write_files({tmp_path / name: b"x"})
    assert names(tmp_path) == [name]


@pytest.mark.skipif(sys.platform == "win32", reason="the limit on file size is POSIX")
def test_a_full_disk_leaves_the_old_files_and_nothing_else(tmp_path: Path) -> None:
    write_files({tmp_path / "a": b"old"})
    code = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from loa.core.errors import LoaError; from loa.core.files import write_files\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "folder = Path(sys.argv[1])\n"
        "try: write_files({folder / 'a': b'new', folder / 'b': b'x' * 5000})\n"
        "except LoaError as error: print(error.problems[0].key)\n"
    )
    run = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert run.stdout == "file.cannot_write\n"
    assert (tmp_path / "a").read_bytes() == b"old"
    assert names(tmp_path) == ["a"]


def test_a_folder_that_may_not_be_written_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)  # root may write everywhere, nobody may not
    try:
        assert failure(tmp_path, {tmp_path / "a": b""}) == "a"
    finally:
        os.seteuid(user)
        tmp_path.chmod(0o700)


def test_a_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    write_files({tmp_path / "a": b"12345"})
    assert read_file(tmp_path / "a", limit=5) == b"12345"


@pytest.mark.parametrize(
    ("name", "key"), [("none", "file.not_found"), ("folder", "file.cannot_read"), ("large", "file.too_large")]
)
def test_a_file_that_cannot_be_read_is_named_as_people_know_it(tmp_path: Path, name: str, key: str) -> None:
    (tmp_path / "folder").mkdir()
    write_files({tmp_path / "large": b"123456"})
    with pytest.raises(LoaError) as caught:
        read_file(tmp_path / name, limit=5, shown="cấu hình")
    [problem] = caught.value.problems
    assert (problem.key, problem.place.file) == (key, "cấu hình")
