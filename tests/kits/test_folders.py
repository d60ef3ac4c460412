"""Kits on disk: whole or not there, and the same again after an interrupted run."""

from __future__ import annotations

import io
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from loa.core.errors import LoaError
from loa.kits.assemble import make_kit
from loa.kits.folders import clear_leftovers, packed, write_kit
from loa.kits.kit import Kit
from loa.kits.lock import sole_writer
from loa.kits.manifest import NAME, is_current, is_whole, manifest_of, read_manifest
from notices.receiver import Receiver
from tests.commands.run import files_in
from tests.conftest import ROOT
from tests.kits.stage import ordered

HOST = Receiver.model_validate({"name": "Sở Y tế", "code": "SYT"})


def kit(**files: bytes) -> Kit:
    return Kit(receiver=HOST, files={f"{name}.txt": content for name, content in files.items()}, prints=())


def test_a_kit_is_a_folder_and_a_zip_of_the_same_files(tmp_path: Path) -> None:
    folder = write_kit(tmp_path, kit(mot=b"1", hai=b"2"), "e")
    assert files_in(tmp_path) == {"syt.zip", f"syt/{NAME}", "syt/mot.txt", "syt/hai.txt"}
    with zipfile.ZipFile(tmp_path / "syt.zip") as opened:
        assert opened.namelist() == ["syt/hai.txt", "syt/mot.txt"]
        assert {entry.compress_type for entry in opened.infolist()} == {zipfile.ZIP_STORED}
        assert opened.read("syt/mot.txt") == (folder / "mot.txt").read_bytes()


def test_the_same_files_give_the_same_zip() -> None:
    first, second = packed("syt", {"a": b"1", "b": b"2"}), packed("syt", {"b": b"2", "a": b"1"})
    assert first == second
    assert zipfile.ZipFile(io.BytesIO(first)).infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)


def test_a_new_kit_takes_the_place_of_the_old_one_whole(tmp_path: Path) -> None:
    write_kit(tmp_path, kit(mot=b"1", hai=b"2"), "e")
    write_kit(tmp_path, kit(ba=b"3"), "e")
    assert files_in(tmp_path) == {"syt.zip", f"syt/{NAME}", "syt/ba.txt"}


def test_what_cannot_be_written_leaves_the_old_kit(tmp_path: Path) -> None:
    write_kit(tmp_path, kit(mot=b"1"), "e")
    unwritable = Kit(receiver=HOST, files={"a": b"", "a/b": b""}, prints=())
    with pytest.raises(LoaError) as raised:
        write_kit(tmp_path, unwritable, "e")
    assert raised.value.problems[0].key == "file.cannot_write"
    assert (tmp_path / "syt" / "mot.txt").read_bytes() == b"1"


def test_a_kit_tells_of_which_edition_it_is(tmp_path: Path) -> None:
    made = kit(mot=b"1")
    folder = write_kit(tmp_path, made, "e")
    said = read_manifest(folder)
    assert said == manifest_of(made, packed("syt", made.files), "e")
    assert is_current(said, "e", HOST)
    assert not is_current(said, "f", HOST)
    assert not is_current(said, "e", HOST.model_copy(update={"hours": "sáng"}))


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"edition": 1, "receiver": "", "files": [], "prints": [1]}'])
def test_a_folder_that_is_no_kit_tells_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    assert read_manifest(tmp_path) is None
    assert read_manifest(tmp_path / "none") is None


KILLED = """
import os, signal, sys
from pathlib import Path
from loa import on_path
on_path()
from loa.kits import folders
from loa.kits.kit import Kit
from notices.receiver import Receiver
rename, count = Path.rename, [0]
def dying(self, target):
    count[0] += 1
    if count[0] == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
    return rename(self, target)
Path.rename = dying
host = Receiver.model_validate({"name": "Sở Y tế", "code": "SYT"})
folders.write_kit(Path(sys.argv[1]), Kit(receiver=host, files={"moi.txt": b"2"}, prints=()), "e")
"""


def dies(home: Path, moment: int) -> None:
    """A run that makes the kit ``moi`` and is killed before it has moved ``moment`` folders."""
    died = subprocess.run([sys.executable, "-c", KILLED, str(home), str(moment)], cwd=ROOT, check=False)
    assert died.returncode == -signal.SIGKILL


def test_what_a_killed_run_had_moved_aside_goes_back_to_its_place(tmp_path: Path) -> None:
    write_kit(tmp_path, kit(cu=b"1"), "e")
    dies(tmp_path, 2)
    assert not (tmp_path / "syt").exists()
    clear_leftovers(tmp_path)
    assert files_in(tmp_path) == {"syt.zip", f"syt/{NAME}", "syt/cu.txt"}


def test_a_kit_that_cannot_be_made_again_after_a_killed_run_is_still_there(tmp_path: Path) -> None:
    write_kit(tmp_path, kit(cu=b"1"), "e")
    dies(tmp_path, 2)
    with pytest.raises(LoaError):
        write_kit(tmp_path, Kit(receiver=HOST, files={"a": b"", "a/b": b""}, prints=()), "e")
    assert (tmp_path / "syt" / "cu.txt").read_bytes() == b"1"


@pytest.mark.parametrize("moment", [1, 2])
def test_a_kit_whose_zip_is_another_ones_is_not_whole(tmp_path: Path, moment: int) -> None:
    """However a run ends, no folder counts beside a ZIP that says something else."""
    folder = write_kit(tmp_path, kit(cu=b"1"), "e")
    dies(tmp_path, moment)
    clear_leftovers(tmp_path)
    said = read_manifest(folder)
    assert said is not None
    assert not is_whole(said, folder)


@pytest.mark.parametrize("moment", [1, 2])
def test_a_run_killed_in_the_middle_can_be_run_again(tmp_path: Path, moment: int) -> None:
    write_kit(tmp_path, kit(cu=b"1"), "e")
    dies(tmp_path, moment)
    # the old one or none, never half of one
    assert files_in(tmp_path / "syt") in ({NAME, "cu.txt"}, set())
    write_kit(tmp_path, kit(moi=b"2"), "e")
    clear_leftovers(tmp_path)
    assert files_in(tmp_path) == {"syt.zip", f"syt/{NAME}", "syt/moi.txt"}


def test_leftovers_of_agencies_that_are_gone_are_cleared_and_nothing_else(tmp_path: Path) -> None:
    home = tmp_path / "kits"
    for name in (".new-x", ".old-y", "y", "khac"):
        (home / name).mkdir(parents=True)
    of_papers = tmp_path / ".cong-van.pdf.abc.tmp"  # of a run that makes papers meanwhile
    for path in (home / ".x.zip.abc.tmp", tmp_path / ".print.pdf.abc.tmp", home / "x.tmp", of_papers):
        path.write_bytes(b"half")
    clear_leftovers(home)
    assert sorted(path.name for path in tmp_path.rglob("*")) == [of_papers.name, "khac", "kits", "x.tmp", "y"]


def test_only_one_run_writes_kits_at_a_time(tmp_path: Path) -> None:
    home = tmp_path / "kits"
    with sole_writer(home):
        with pytest.raises(LoaError) as raised, sole_writer(home):
            pass
        with sole_writer(tmp_path / "other"):
            pass
    assert raised.value.problems[0].key == "kits.busy"
    with sole_writer(home):
        pass


def test_a_lock_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(LoaError) as raised, sole_writer(tmp_path / "file" / "kits"):
        pass
    assert raised.value.problems[0].key == "file.cannot_write"


def test_files_of_real_kits_survive_the_way_to_the_disk(tmp_path: Path) -> None:
    order, audience = ordered(tmp_path / "office")
    made = make_kit(order, audience.receivers[0])
    folder = write_kit(tmp_path / "kits", made, order.edition)
    assert {path: (folder / path).read_bytes() for path in made.files} == dict(made.files)
