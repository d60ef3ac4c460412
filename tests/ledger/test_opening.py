"""Opening the ledger: where it may lie, what it may be opened as, how its tables come about."""

from __future__ import annotations

import multiprocessing
import re
import sqlite3
from pathlib import Path

import pytest

from loa.core.errors import LoaError
from loa.ledger import opening
from loa.ledger.disks import mounts_of_this_machine, network_disk
from loa.ledger.queries import query
from loa.ledger.store import open_ledger
from tests.ledger.samples import DUE, occurrence

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
tmpfs /run tmpfs rw 0 0
server:/export /mnt/chung nfs4 rw,vers=4.2 0 0
/dev/sdb1 /mnt/chung/trong ext4 rw 0 0
//may-chu/van-ban /mnt/văn\\040bản cifs rw 0 0
/dev/sdc1 /mnt/hai ext4 rw 0 0
//may-chu/hai /mnt/hai smb3 rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/can-bo/loa/state", ""),
        ("/mnt/chung", "nfs4"),
        ("/mnt/chung/loa/state", "nfs4"),
        ("/mnt/chung/trong/state", ""),  # a local disk inside a network one
        ("/mnt/chungcu/state", ""),  # only the beginning of the name is the same
        ("/mnt/văn bản/state", "cifs"),
        ("/mnt/hai/state", "smb3"),  # what was mounted last covers what was there before
    ],
)
def test_a_network_disk_is_recognised(folder: str, kind: str) -> None:
    assert network_disk(Path(folder), MOUNTS) == kind


def test_without_a_table_of_mounts_no_disk_is_refused() -> None:
    assert network_disk(Path("/anywhere"), "") == ""


def test_a_ledger_on_a_network_disk_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = f"{mounts_of_this_machine()}server:/export {tmp_path} nfs rw 0 0\n"
    monkeypatch.setattr(opening, "mounts_of_this_machine", lambda: table)
    with pytest.raises(LoaError, match=r"ledger\.network_disk"):
        open_ledger(tmp_path / "state" / "loa.db", rehearsal=False, now=DUE)
    assert not (tmp_path / "state").exists()


@pytest.mark.parametrize(("was", "key"), [(True, "ledger.is_rehearsal"), (False, "ledger.is_real")])
def test_a_rehearsed_ledger_is_never_the_real_one_and_the_reverse(tmp_path: Path, was: bool, key: str) -> None:
    path = tmp_path / "loa.db"
    open_ledger(path, rehearsal=was, now=DUE).close()
    with pytest.raises(LoaError, match=re.escape(key)):
        open_ledger(path, rehearsal=not was, now=DUE)
    open_ledger(path, rehearsal=was, now=DUE).close()


def test_a_ledger_of_a_later_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "loa.db"
    open_ledger(path, rehearsal=False, now=DUE).close()
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 999")
    with pytest.raises(LoaError, match=r"ledger\.newer"):
        open_ledger(path, rehearsal=False, now=DUE)
    assert sqlite3.connect(path).execute("PRAGMA user_version").fetchone() == (999,)


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "loa.db"
    path.write_text("Sổ theo dõi đăng tin\n" * 100, encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(LoaError, match=r"ledger\.damaged"):
        open_ledger(path, rehearsal=False, now=DUE)
    assert path.read_bytes() == before


def test_an_empty_file_is_a_damaged_ledger_and_no_new_one(tmp_path: Path) -> None:
    path = tmp_path / "loa.db"
    path.touch()
    with pytest.raises(LoaError, match=r"ledger\.damaged"):
        open_ledger(path, rehearsal=False, now=DUE)
    assert path.read_bytes() == b""


def test_a_ledger_of_which_a_part_was_overwritten_is_damaged_and_not_a_bug(tmp_path: Path) -> None:
    path = tmp_path / "loa.db"
    with open_ledger(path, rehearsal=False, now=DUE) as ledger:
        ledger.record("khao-sat", [occurrence()], DUE)
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    with pytest.raises(LoaError, match=r"ledger\.damaged"), open_ledger(path, rehearsal=False, now=DUE) as ledger:
        ledger.entries()


def test_a_new_ledger_leaves_nothing_beside_it(tmp_path: Path) -> None:
    open_ledger(tmp_path / "loa.db", rehearsal=False, now=DUE).close()
    assert [path.name for path in tmp_path.iterdir()] == ["loa.db"]


def test_a_disk_without_links_has_a_ledger_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_made: Path, _path: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", refuse)
    test_a_new_ledger_leaves_nothing_beside_it(tmp_path)


def test_a_folder_that_cannot_be_made_is_an_officers_mistake(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file", encoding="utf-8")
    with pytest.raises(LoaError, match=r"ledger\.unusable"):
        open_ledger(tmp_path / "state" / "loa.db", rehearsal=False, now=DUE)


def test_a_migration_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = tmp_path / "migrations"
    steps.mkdir()
    (steps / "001_first.sql").write_text("CREATE TABLE one (a TEXT);\nCREATE TABLE broken (", encoding="utf-8")
    (steps / "002_second.sql").write_text("CREATE TABLE two (a TEXT); INSERT INTO nowhere VALUES (1);", "utf-8")
    monkeypatch.setattr(opening, "_MIGRATIONS", steps)
    old = sqlite3.connect(tmp_path / "old.db")
    old.execute("CREATE TABLE zero (a TEXT)")
    for name in ("loa.db", "old.db"):
        with pytest.raises(LoaError, match=r"ledger\.unusable"):
            open_ledger(tmp_path / name, rehearsal=False, now=DUE)
    assert not (tmp_path / "loa.db").exists()
    assert old.execute("PRAGMA user_version").fetchone() == (0,)
    assert old.execute("SELECT name FROM sqlite_master").fetchall() == [("zero",)]


def test_a_committed_row_is_on_disk_and_readers_do_not_wait(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "loa.db", rehearsal=False, now=DUE) as ledger:
        settings = [ledger._db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "foreign_keys")]
        assert settings == ["wal", 1]
        assert ledger._db.execute("PRAGMA synchronous").fetchone()[0] == 2  # FULL


def _open_and_record(path: Path, number: int) -> None:
    with open_ledger(path, rehearsal=False, now=DUE) as ledger:
        ledger.record(f"dot-{number}", [occurrence(campaign=f"dot-{number}")], DUE)


def test_many_processes_may_open_a_new_ledger_at_once(tmp_path: Path) -> None:
    path = tmp_path / "loa.db"
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_open_and_record, args=(path, number)) for number in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0] * 8
    with open_ledger(path, rehearsal=False, now=DUE) as ledger:
        assert len(ledger.entries()) == 8
        assert ledger.first_broken_event() is None


def test_every_query_is_valid_sql_of_this_schema(tmp_path: Path) -> None:
    text = (Path(opening.__file__).parent / "queries.sql").read_text(encoding="utf-8")
    names = re.findall(r"^-- name: (\w+)\n-- \S", text, re.MULTILINE)
    assert len(names) == text.count("-- name:")  # each has its sentence
    with open_ledger(tmp_path / "loa.db", rehearsal=False, now=DUE) as ledger:
        for name in names:
            sql = query(name)
            ledger._db.execute(f"EXPLAIN {sql}", dict.fromkeys(re.findall(r":(\w+)", sql)))
