"""Open the ledger's file: on a local disk, with safe settings, its tables brought up to date."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from loa.core.errors import LoaError, Place, mistake, reason_of
from loa.core.files import flush_folder
from loa.ledger.disks import mounts_of_this_machine, network_disk
from loa.ledger.queries import query
from loa.ledger.times import to_text

BUSY_SECONDS = 15  # longer than any report or backup holds the file
_MIGRATIONS = Path(__file__).with_name("migrations")
# What SQLite calls a file of which parts are not what they were, or that never was one.
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def open_database(path: Path, *, rehearsal: bool, now: datetime) -> tuple[sqlite3.Connection, str]:
    """The connection and the ledger's instance; a file that is not there is made.

    Raises LoaError: ``ledger.network_disk``, ``ledger.newer`` (made by a later version), ``ledger.is_rehearsal`` or
    ``ledger.is_real`` (the other kind was asked for), ``ledger.damaged`` (empty, or no ledger any more),
    ``ledger.unusable`` (no such folder, disk full).
    """
    if kind := network_disk(path.resolve().parent, mounts_of_this_machine()):
        raise mistake("ledger.network_disk", Place(file=str(path)), kind=kind)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _make(path, rehearsal=rehearsal, now=now)
        if path.stat().st_size == 0:  # SQLite would take it for a new one, and everything would be posted again
            raise mistake("ledger.damaged", Place(file=str(path)))
        db = _connect(path)
    except (OSError, sqlite3.Error) as error:
        raise _unusable(path, error) from error
    try:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")  # a committed intent survives a power cut
        _migrate(db, path)
        db.execute("PRAGMA foreign_keys = ON")  # only now: a migration may have to make a table anew
        return db, _identify(db, path, rehearsal=rehearsal, now=now)
    except sqlite3.Error as error:
        db.close()
        raise _unusable(path, error) from error
    except BaseException:
        db.close()
        raise


def _connect(path: Path) -> sqlite3.Connection:
    # isolation_level None: transactions begin where we say so and nowhere else.
    db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    db.row_factory = sqlite3.Row
    return db


def _make(path: Path, *, rehearsal: bool, now: datetime) -> None:
    """A new ledger appears in its place whole, so that an empty file there is never one that is just being made."""
    made = path.with_name(f".{path.name}.{uuid4().hex}.tmp")
    try:
        with closing(_connect(made)) as db:
            _migrate(db, path)
            _introduce(db, rehearsal=rehearsal, now=now)
        try:
            os.link(made, path)
        except FileExistsError:  # another process was faster
            return
        except OSError:  # a disk that knows no links
            made.rename(path)
        flush_folder(path.parent)
    finally:
        made.unlink(missing_ok=True)


def _unusable(path: Path, error: OSError | sqlite3.Error) -> LoaError:
    """What keeps us from using the file, as a problem: a damaged one needs a backup, any other something around it."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the higher bits only say where
    if code in _DAMAGED:
        return mistake("ledger.damaged", Place(file=str(path)))
    return mistake("ledger.unusable", Place(file=str(path)), reason=reason_of(error))


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All or nothing, on disk at the end. The write lock is taken at once, so what is read inside stays true."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """What the file system or another program does to the file is no bug of ours; a broken constraint is.

    Raises LoaError (``ledger.unusable``, ``ledger.damaged``).
    """
    try:
        yield
    except sqlite3.IntegrityError:
        raise
    except sqlite3.DatabaseError as error:
        raise _unusable(path, error) from error


@contextmanager
def changing(db: sqlite3.Connection, path: Path) -> Iterator[None]:
    """A transaction on the file in ``path``. Raises LoaError as ``reading`` does, and then has changed nothing."""
    with reading(path), transaction(db):
        yield


@contextmanager
def snapshot(db: sqlite3.Connection, path: Path) -> Iterator[None]:
    """What is read inside is of one moment, whoever writes meanwhile. Raises LoaError as ``reading`` does."""
    with reading(path):
        db.execute("BEGIN")
        try:
            yield
        finally:
            db.execute("ROLLBACK")


def _migrate(db: sqlite3.Connection, path: Path) -> None:
    """Apply the migrations that the file has not seen, each whole or not at all."""
    steps = {int(file.name[:3]): file for file in sorted(_MIGRATIONS.glob("[0-9][0-9][0-9]_*.sql"))}
    newest = max(steps)
    if _version(db) == newest:
        return
    with transaction(db):
        version = _version(db)  # again: another process may have been faster
        if version > newest:
            raise mistake("ledger.newer", Place(file=str(path)), version=version, known=newest)
        for number in range(version + 1, newest + 1):
            for statement in _statements(steps[number].read_text(encoding="utf-8")):
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {number}")
        if lost := db.execute("PRAGMA foreign_key_check").fetchall():
            raise sqlite3.IntegrityError(f"{len(lost)} rows lost what they refer to")


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _statements(script: str) -> Iterator[str]:
    """The single statements of a script; ``executescript`` would end our transaction before it begins."""
    waiting = ""
    for part in re.split(r"(?<=;)", script):
        waiting += part
        if sqlite3.complete_statement(waiting):
            yield waiting
            waiting = ""


def _identify(db: sqlite3.Connection, path: Path, *, rehearsal: bool, now: datetime) -> str:
    """The instance; a new ledger is told here whether it is a rehearsal, and stays so."""
    meta = db.execute(query("read_meta")).fetchone() or _introduce(db, rehearsal=rehearsal, now=now)
    if bool(meta["rehearsal"]) is not rehearsal:
        raise mistake("ledger.is_rehearsal" if meta["rehearsal"] else "ledger.is_real", Place(file=str(path)))
    return str(meta["instance"])


def _introduce(db: sqlite3.Connection, *, rehearsal: bool, now: datetime) -> sqlite3.Row:
    """Say what a new ledger is, unless another process has just done so."""
    values = {"instance": uuid4().hex, "rehearsal": rehearsal, "created": to_text(now)}
    with transaction(db):
        db.execute(query("write_meta"), values)
        meta: sqlite3.Row = db.execute(query("read_meta")).fetchone()
        return meta
