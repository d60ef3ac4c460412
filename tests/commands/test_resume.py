"""``loa resume`` on the real ledger: a closed account, a clock that ran ahead, time that passes meanwhile."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from loa.commands import passes, plan, resume
from loa.commands import work as at_work
from loa.core.errors import Problem
from loa.delivery.pausing import find_overdue
from loa.ledger.store import Ledger, open_ledger
from tests.commands.run import Here
from tests.planning.office import NAME

DUE = datetime.fromisoformat("2026-09-07T00:30:00Z")  # 07:30 in Việt Nam
MINUTE = timedelta(minutes=1)
AHEAD = DUE + timedelta(days=30)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """What the clock shows, as its only item."""
    shown = [DUE - MINUTE]
    for command in (plan, at_work):
        monkeypatch.setattr(command, "moment", lambda *_: shown[0])
    return shown


@pytest.fixture
def planned(here: Here, office: Path, clock: list[datetime]) -> Path:
    assert clock == [DUE - MINUTE]
    assert here("plan", NAME, "--record", cwd=office).code == 0
    return office


@contextmanager
def ledger_of(office: Path) -> Iterator[Ledger]:
    with open_ledger(office / "state/loa.db", rehearsal=False, now=DUE) as ledger:
        yield ledger


def test_a_closed_account_is_opened_and_said_so(here: Here, planned: Path, clock: list[datetime]) -> None:
    with ledger_of(planned) as ledger:
        ledger.accounts.close("trang-tin", Problem(key="http.no_tls"), DUE, reopens=False)
    clock[0] = DUE
    assert "đã đăng" not in here("publish", cwd=planned).out
    done = here("resume", "--channel", "trang-tin", cwd=planned)
    assert (done.code, done.out.splitlines()[1:]) == (
        0,
        ["Đã mở lại tài khoản của kênh trang-tin; lượt đến giờ được gửi ngay ở lần đăng tới."],
    )
    assert done.out.startswith("Không có lệnh dừng nào cho kênh trang-tin")
    assert here("publish", cwd=planned).out.startswith("đã đăng")
    told = json.loads(here("resume", "--channel", "trang-tin", "--json", cwd=planned).out)
    assert (told["resumed"], told["opened"]) == (False, False)


def test_a_clock_that_ran_ahead_is_told_and_confirmed(here: Here, planned: Path, clock: list[datetime]) -> None:
    with ledger_of(planned) as ledger:
        ledger.decisions.pause("campaign", "khac", by="an", reason="thử", now=AHEAD)
        ledger.decisions.resume("campaign", "khac", by="an", now=AHEAD)
    clock[0] = DUE
    held = here("publish", cwd=planned)
    assert held.code == 1
    assert "loa resume --clock" in held.err
    told = here("status", cwd=planned)
    assert told.code == 3
    assert f"đang chậm {30 * 24 * 60} phút so với giờ đã ghi trong sổ; không gửi gì" in told.out
    assert json.loads(here("status", "--json", cwd=planned).out)["clock_behind_minutes"] == 30 * 24 * 60
    assert here("resume", "--clock", "--channel", "trang-tin", cwd=planned).code == 2
    done = here("resume", "--clock", "--by", "binh", cwd=planned)
    assert (done.code, done.out) == (
        0,
        "Đã ghi nhận giờ máy hiện tại là đúng. Việc đăng tiếp tục theo giờ này.\n",
    )
    assert here("publish", cwd=planned).out.startswith("đã đăng")
    again = here("resume", "--clock", cwd=planned)
    assert again.out == "Giờ máy không chậm hơn giờ trong sổ; không có gì phải xác nhận.\n"
    with ledger_of(planned) as ledger:
        assert ledger.first_broken_event() is None


def test_what_became_overdue_while_the_clock_was_behind_is_asked_for(
    here: Here, planned: Path, clock: list[datetime]
) -> None:
    with ledger_of(planned) as ledger:
        ledger.decisions.pause("campaign", "khac", by="an", reason="thử", now=AHEAD)
    clock[0] = DUE + timedelta(hours=5)
    asked = here("resume", "--clock", cwd=planned)
    assert (asked.code, "--overdue skip" in asked.out) == (3, True)
    moved = here("resume", "--clock", "--overdue", "shift", cwd=planned)
    assert (moved.code, "Dời sang:" in moved.out) == (0, True)


def test_what_becomes_overdue_while_it_is_asked_is_not_skipped_unasked(
    here: Here, planned: Path, clock: list[datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    here("pause", "--reason", "x", cwd=planned)
    clock[0] = DUE

    def slowly(*arguments: Any) -> Any:
        found = find_overdue(*arguments)
        clock[0] = DUE + timedelta(hours=5)
        return found

    monkeypatch.setattr(resume, "find_overdue", slowly)
    done = here("resume", "--json", cwd=planned)
    assert (done.code, json.loads(done.out)["skipped"]) == (0, [])


def test_a_ledger_that_is_damaged_is_told_with_what_to_do(here: Here, planned: Path) -> None:
    (planned / "state/loa.db").write_bytes(b"")
    done = here("status", cwd=planned)
    assert done.code == 1
    for told in ("state/loa.db: tệp sổ theo dõi rỗng hoặc đã hỏng", "chép bản sao lưu mới nhất", "loa status"):
        assert told in done.err


def test_mail_and_notices_come_whatever_happened_to_the_accounts(
    here: Here, planned: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    monkeypatch.setattr("channels.static.channel.StaticChannel.tidy", lambda *_: 1 / 0)

    def tell(*_: Any) -> tuple[Problem, ...]:
        done.append("told")
        return ()

    monkeypatch.setattr(passes, "note_what_needs_somebody", lambda *_: done.append("noted"))
    monkeypatch.setattr(passes, "tell", tell)
    ran = here("publish", cwd=planned)
    assert (ran.code, "ZeroDivisionError" in ran.err, done) == (1, True, ["noted", "told"])
