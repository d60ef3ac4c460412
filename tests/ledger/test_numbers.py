"""The outgoing register: every number once, whoever asks and whatever crashes."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from loa import root
from loa.core.errors import LoaError
from loa.ledger import numbers, opening
from loa.ledger.events import append_event
from loa.ledger.model import State
from loa.ledger.queries import query
from loa.ledger.registration import Columns, LostRegistration, Paper, Registration, Request, Series
from loa.ledger.rows import from_occurrence
from loa.ledger.store import Ledger, open_ledger
from tests.ledger.samples import DUE, occurrence

NOW = datetime(2026, 9, 5, 3, tzinfo=UTC)
OWN = Series(agency="snv, sông trà", kind="", year=2026)
COLUMNS = Columns(
    parent="UBND tỉnh Sông Trà",
    body="Sở Nội vụ",
    full_name="Sở Nội vụ tỉnh Sông Trà",
    title="Công văn phối hợp tuyên truyền",
    signer="Trần Văn An",
    recipients=("Các sở, ban, ngành",),
    filed="VT, CCHC",
    copies=None,
)


def request(document: str = "cong-van", **changes: Any) -> Request:
    asked = Request(
        series=OWN, symbol="SNV-CCHC", campaign="khao-sat", document=document, day=date(2026, 9, 5), person="bình"
    )
    return replace(asked, **changes)


def write(number: int) -> Paper:
    return Paper(columns=COLUMNS, content=(f"Số: {number:02d}/SNV-CCHC", "Sở Nội vụ đề nghị các cơ quan phối hợp./."))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "loa.db", rehearsal=False, now=NOW) as opened:
        yield opened


def keys(error: pytest.ExceptionInfo[LoaError]) -> list[str]:
    return [problem.key for problem in error.value.problems]


def test_a_number_that_was_recorded_is_read_back_with_the_paper_as_it_was(ledger: Ledger) -> None:
    given = ledger.register.record(request(), 5, write, NOW)
    assert ledger.register.registrations() == (given,)
    assert (given.mark, given.day, given.own, given.person) == ("05/SNV-CCHC", date(2026, 9, 5), False, "bình")
    assert given.paper == write(5)
    assert ledger.register.in_force("khao-sat", "cong-van") == given
    assert ledger.first_broken_event() is None


def test_a_used_number_is_refused_and_its_holder_named(ledger: Ledger) -> None:
    ledger.register.record(request(), 12, write, NOW)
    with pytest.raises(LoaError) as error:
        ledger.register.record(request("bao-cao"), 12, write, NOW)
    assert keys(error) == ["registry.taken"]
    values = error.value.problems[0].values
    assert (values["holder"], values["mark"], values["title"]) == ("khao-sat: cong-van", "12/SNV-CCHC", COLUMNS.title)
    assert len(ledger.register.registrations()) == 1


@pytest.mark.parametrize(
    ("series", "symbol", "is_taken"),
    [
        (OWN, "TB-SNV", True),  # one series for all papers
        (replace(OWN, kind="notice"), "SNV-CCHC", True),  # another series, and the same number and symbol
        (replace(OWN, kind="notice"), "TB-SNV", False),
        (replace(OWN, year=2027), "SNV-CCHC", False),  # each year begins with 01
        (replace(OWN, agency="snv, sông hương"), "SNV-CCHC", False),
    ],
)
def test_number_and_symbol_are_unique_within_a_year_and_a_body(
    ledger: Ledger, series: Series, symbol: str, is_taken: bool
) -> None:
    ledger.register.record(request(), 12, write, NOW)
    other = request("khac", series=series, symbol=symbol, day=date(series.year, 9, 6))
    if is_taken:
        with pytest.raises(LoaError, match=r"registry\.taken"):
            ledger.register.record(other, 12, write, NOW)
    else:
        ledger.register.record(other, 12, write, NOW)


def test_a_paper_has_one_number_at_a_time(ledger: Ledger) -> None:
    ledger.register.record(request(), 12, write, NOW)
    for ask in (lambda: ledger.register.record(request(), 13, write, NOW), lambda: take(ledger)):
        with pytest.raises(LoaError, match=r"registry\.has_number"):
            ask()


def take(ledger: Ledger, document: str = "cong-van", **changes: Any) -> int:
    return ledger.register.take_next(request(document, **changes), write, NOW).number


def attach(ledger: Ledger, given: Registration, sha256: str = "a" * 64) -> None:
    ledger.register.attach(given, sha256=sha256, file="ky.pdf", scanned=False, person="bình", now=NOW)


def test_a_cancelled_number_leaves_a_trace_and_is_never_given_again(ledger: Ledger) -> None:
    assert take(ledger) == 1
    first = ledger.register.registrations()[0]
    ledger.register.cancel(first, person="bình", reason="ghi nhầm", now=NOW)
    [left] = ledger.register.registrations()
    assert left.cancelled
    assert (left.cancelled.person, left.cancelled.reason) == ("bình", "ghi nhầm")
    with pytest.raises(LoaError, match=r"registry\.taken_cancelled"):
        ledger.register.record(request(), 1, write, NOW)
    with pytest.raises(LoaError, match=r"registry\.cancelled_before"):
        ledger.register.cancel(first, person="bình", reason="lần nữa", now=NOW)
    assert take(ledger) == 2
    assert ledger.register.forged() == ()


def test_the_next_number_follows_the_highest_and_its_day_is_not_before_the_last(ledger: Ledger) -> None:
    ledger.register.record(request("cu"), 57, write, NOW)
    assert take(ledger, "moi") == 58
    with pytest.raises(LoaError, match=r"registry\.before_previous"):
        take(ledger, "lui", day=date(2026, 9, 4))
    assert take(ledger, "nam-sau", series=replace(OWN, year=2027), day=date(2027, 1, 4)) == 1


def test_a_paper_that_cannot_be_made_costs_no_number(ledger: Ledger) -> None:
    def fail(_: int) -> Paper:
        raise LoaError([])

    with pytest.raises(LoaError):
        ledger.register.take_next(request(), fail, NOW)
    assert ledger.register.registrations() == ()
    assert take(ledger) == 1


def test_rehearsals_have_numbers_of_their_own(tmp_path: Path, ledger: Ledger) -> None:
    with open_ledger(tmp_path / "rehearsal.db", rehearsal=True, now=NOW) as rehearsed:
        assert take(rehearsed) == 1
    assert ledger.register.registrations() == ()


def test_the_newest_signed_original_counts_and_the_older_stays_in_the_events(ledger: Ledger) -> None:
    given = ledger.register.record(request(), 12, write, NOW)
    for sha256 in ("a" * 64, "b" * 64):
        attach(ledger, given, sha256)
    signed = ledger.register.registrations()[0].signed
    assert signed
    assert signed.sha256 == "b" * 64
    told = [row["detail"] for row in ledger._db.execute("SELECT detail FROM event WHERE state = 'signed'")]
    assert ["a" * 64 in told[0], "b" * 64 in told[1]] == [True, True]
    assert ledger.register.forged() == ()


TAKERS, EACH = 8, 4


def _take_some(path: Path, worker: int) -> None:
    with open_ledger(path, rehearsal=False, now=NOW) as ledger:
        for index in range(EACH):
            take(ledger, f"van-ban-{worker}-{index}")


def test_eight_processes_at_once_take_each_number_once_and_leave_none_out(tmp_path: Path) -> None:
    path = tmp_path / "loa.db"
    context = multiprocessing.get_context("fork")  # starts at once: all ask at the same time
    workers = [context.Process(target=_take_some, args=(path, worker)) for worker in range(TAKERS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0] * TAKERS
    with open_ledger(path, rehearsal=False, now=NOW) as ledger:
        assert [one.number for one in ledger.register.registrations()] == list(range(1, TAKERS * EACH + 1))
        assert ledger.first_broken_event() is None
        assert ledger.register.forged() == ()


def die_before_commit(*_: Any, **__: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def take_and_die(path: str) -> None:
    """Runs in a process of its own: the row is written, its event is about to be, and nothing is committed."""
    vars(numbers)["append_event"] = die_before_commit
    with open_ledger(Path(path), rehearsal=False, now=NOW) as ledger:
        take(ledger, "bo-do")


def test_a_process_killed_between_number_and_event_leaves_the_book_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "loa.db"
    with open_ledger(path, rehearsal=False, now=NOW) as ledger:
        assert take(ledger, "truoc") == 1
    code = f"from tests.ledger.test_numbers import take_and_die; take_and_die({str(path)!r})"
    died = subprocess.run([sys.executable, "-c", code], cwd=root(), check=False, timeout=60)
    assert died.returncode == -signal.SIGKILL
    with open_ledger(path, rehearsal=False, now=NOW) as ledger:
        assert [one.document for one in ledger.register.registrations()] == ["truoc"]
        assert take(ledger, "sau") == 2
        assert ledger.first_broken_event() is None
        assert ledger.register.forged() == ()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE registration SET day = '2026-09-04' WHERE number = 1",
        "UPDATE registration SET number = 9 WHERE number = 1",
        "UPDATE registration SET content = '[\"khác\"]' WHERE number = 1",
        "UPDATE registration SET content = '[\"khác\"]', sha256 = 'x' WHERE number = 1",
        "UPDATE registration SET cancelled_at = 'x', reason = 'lén' WHERE number = 1",
        "UPDATE registration SET columns = replace(columns, 'Trần Văn An', 'Lê Văn Lạ') WHERE number = 1",
        "UPDATE registration SET sha256 = 'x' WHERE number = 1",
        "UPDATE registration SET person = 'người khác' WHERE number = 1",
        "UPDATE registration SET own = 0 WHERE number = 1",
        "UPDATE registration SET recorded_at = '2026-01-01T00:00:00.000Z' WHERE number = 1",
        "UPDATE registration SET agency = 'snv, sông hương' WHERE number = 1",
        "UPDATE registration SET year = 2027, day = '2027-09-05' WHERE number = 1",
    ],
)
def test_a_row_that_another_hand_changed_is_named(ledger: Ledger, change: str) -> None:
    take(ledger, "mot")
    take(ledger, "hai")
    assert ledger.register.forged() == ()
    ledger._db.execute(change)
    assert ledger.register.forged() == (1,)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE registration SET reason = 'lý do khác' WHERE number = 1",
        "UPDATE registration SET cancelled_by = 'người khác' WHERE number = 1",
        "UPDATE registration SET cancelled_at = '2026-01-01T00:00:00.000Z' WHERE number = 1",
        "UPDATE registration SET cancelled_at = NULL, cancelled_by = '', reason = '' WHERE number = 1",
        "UPDATE signed_original SET sha256 = 'x' WHERE registration_id = 1",
        "UPDATE signed_original SET file = 'khac.pdf' WHERE registration_id = 1",
        "UPDATE signed_original SET scanned = 1 WHERE registration_id = 1",
        "UPDATE signed_original SET person = 'người khác' WHERE registration_id = 1",
        "UPDATE signed_original SET attached_at = '2026-01-01T00:00:00.000Z' WHERE registration_id = 1",
        "UPDATE signed_original SET registration_id = 1",
        "DELETE FROM signed_original WHERE registration_id = 1",
    ],
)
def test_a_cancelled_number_or_a_signed_original_that_another_hand_changed_is_named(
    ledger: Ledger, change: str
) -> None:
    take(ledger, "mot")
    take(ledger, "hai")
    first, second = ledger.register.registrations()
    for given in (first, second):
        attach(ledger, given)
    ledger.register.cancel(first, person="bình", reason="ghi nhầm", now=NOW)
    assert ledger.register.forged() == ()
    ledger._db.execute(change)
    assert 1 in ledger.register.forged()


def test_a_cancelled_number_takes_no_signed_original(ledger: Ledger) -> None:
    given = ledger.register.record(request(), 12, write, NOW)
    ledger.register.cancel(given, person="bình", reason="ghi nhầm", now=NOW)
    events = ledger._db.execute("SELECT count(*) FROM event").fetchone()[0]
    with pytest.raises(LoaError) as error:
        attach(ledger, given)
    assert keys(error) == ["registry.cancelled_before"]
    assert ledger.register.registrations()[0].signed is None
    assert ledger._db.execute("SELECT count(*) FROM event").fetchone()[0] == events


def test_a_row_that_another_hand_added_is_named(ledger: Ledger) -> None:
    take(ledger, "mot")
    ledger._db.execute("CREATE TEMP TABLE copied AS SELECT * FROM registration")
    ledger._db.execute("UPDATE copied SET id = 2, number = 2, document = 'lén'")
    ledger._db.execute("INSERT INTO registration SELECT * FROM copied")
    assert ledger.register.forged() == (2,)


def test_a_row_that_another_hand_removed_is_named_as_the_events_tell(ledger: Ledger) -> None:
    take(ledger, "mot")
    take(ledger, "hai")
    ledger._db.execute("DELETE FROM registration WHERE number = 1")
    assert ledger.register.forged() == ()
    assert ledger.register.lost() == (
        LostRegistration(mark="01/SNV-CCHC", day=date(2026, 9, 5), campaign="khao-sat", document="mot"),
    )


def test_a_ledger_from_before_numbers_keeps_its_events_and_their_chain(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "loa.db"
    first_only(tmp_path, monkeypatch)
    instance = "c" * 32
    with sqlite3.connect(path, isolation_level=None) as old:
        old.row_factory = sqlite3.Row
        for statement in opening._statements(next((tmp_path / "first").glob("*.sql")).read_text(encoding="utf-8")):
            old.execute(statement)
        old.execute("PRAGMA user_version = 1")
        old.execute("INSERT INTO meta VALUES (1, ?, 0, '2023-09-05T00:30:00.000Z')", (instance,))
        old.execute(query("insert"), from_occurrence(occurrence()))
        append_event(old, instance, 1, "recorded", state=State.PLANNED, now=DUE)
        before = [tuple(row) for row in old.execute("SELECT * FROM event ORDER BY id")]
    monkeypatch.undo()
    with open_ledger(path, rehearsal=False, now=NOW) as ledger:
        assert [tuple(row) for row in ledger._db.execute("SELECT * FROM event ORDER BY id")] == before
        assert ledger.first_broken_event() is None
        assert take(ledger) == 1
        assert ledger.first_broken_event() is None
        assert ledger.contradicted() == ()
        for change in ("UPDATE event SET what = 'x'", "DELETE FROM event"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                ledger._db.execute(change)


def first_only(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The migrations of the first version, in a folder of their own."""
    steps = folder / "first"
    steps.mkdir()
    first = opening._MIGRATIONS / "001_first.sql"
    (steps / first.name).write_bytes(first.read_bytes())
    monkeypatch.setattr(opening, "_MIGRATIONS", steps)
