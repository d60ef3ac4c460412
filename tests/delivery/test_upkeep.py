"""What a pass does besides posting: accounts are asked how they are, and open again once they are well."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from channels.answers import Blocked, Closed, Health, NotSent
from channels.static.channel import StaticChannel
from loa.core.errors import Problem, mistake
from loa.delivery.office import Office
from loa.delivery.upkeep import PROBE_CLOSED_EVERY, PROBE_EVERY, keep_up
from loa.ledger.store import Ledger
from tests.delivery.stage import CONFIG, DUE, MINUTE, ledger_of, office

EXPIRES = DUE + timedelta(days=30)


@dataclass
class Account:
    """What the service says when it is asked, and how often it was asked."""

    says: Health | Exception = field(default_factory=lambda: Health(account="Sở Nội vụ", expires_at=EXPIRES))
    asked: int = 0
    tidied: list[date] = field(default_factory=list)


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> Account:
    found = Account()

    def probe(_self: StaticChannel) -> Health:
        found.asked += 1
        if isinstance(found.says, Exception):
            raise found.says
        return found.says

    def tidy(_self: StaticChannel, today: date) -> bool:
        found.tidied.append(today)
        return False

    monkeypatch.setattr(StaticChannel, "probe", probe)
    monkeypatch.setattr(StaticChannel, "tidy", tidy)
    return found


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with ledger_of(tmp_path) as opened:
        yield opened


@pytest.fixture
def place(tmp_path: Path) -> Office:
    return office(tmp_path)


def keys(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.key for problem in problems]


def closed(ledger: Ledger) -> datetime | None:
    return ledger.accounts.of("trang").closed_at


def test_an_account_is_asked_every_six_hours(ledger: Ledger, place: Office, account: Account) -> None:
    for moment in (DUE, DUE + MINUTE, DUE + PROBE_EVERY - MINUTE):
        assert keep_up(ledger, place, moment) == ()
    assert account.asked == 1
    keep_up(ledger, place, DUE + PROBE_EVERY)
    assert account.asked == 2
    found = ledger.accounts.of("trang")
    assert (found.name, found.expires_at, found.probed_at) == ("Sở Nội vụ", EXPIRES, DUE + PROBE_EVERY)


def test_a_dead_token_closes_the_account_once_and_a_mended_one_opens_it(
    ledger: Ledger, place: Office, account: Account
) -> None:
    account.says = Closed("secret.missing", name="X", file="tokens.json")
    assert keys(keep_up(ledger, place, DUE)) == ["secret.missing"]
    assert closed(ledger) == DUE
    assert keep_up(ledger, place, DUE + PROBE_CLOSED_EVERY) == ()  # it has been told
    assert closed(ledger) == DUE
    account.says = Health(account="Sở Nội vụ")
    keep_up(ledger, place, DUE + PROBE_CLOSED_EVERY + MINUTE)
    assert closed(ledger) == DUE  # not its turn yet
    keep_up(ledger, place, DUE + 2 * PROBE_CLOSED_EVERY)
    assert closed(ledger) is None


def test_a_service_that_does_not_answer_says_nothing_of_the_account(
    ledger: Ledger, place: Office, account: Account
) -> None:
    account.says = NotSent("http.no_connection")
    assert keep_up(ledger, place, DUE) == ()
    assert closed(ledger) is None
    keep_up(ledger, place, DUE + MINUTE)
    assert account.asked == 2


def test_a_service_that_has_just_given_no_answer_is_not_asked_how_it_is(
    ledger: Ledger, place: Office, account: Account
) -> None:
    assert keep_up(ledger, place, DUE, {"trang"}) == ()
    assert (account.asked, account.tidied) == (0, [date(2023, 9, 5)])


def test_a_warning_of_the_account_is_told(ledger: Ledger, place: Office, account: Account) -> None:
    account.says = Health(account="Sở Nội vụ", warnings=("secret.no_file",))
    [problem] = keep_up(ledger, place, DUE)
    assert (problem.key, problem.place.part, problem.fails_check()) == ("secret.no_file", "trang", False)


def test_websites_are_tidied_by_the_offices_day(ledger: Ledger, place: Office, account: Account) -> None:
    keep_up(ledger, place, datetime.fromisoformat("2023-09-04T18:00:00Z"))
    assert account.tidied == [date(2023, 9, 5)]  # in Việt Nam it is past midnight


def test_what_fails_at_upkeep_is_told_and_stops_nothing(
    ledger: Ledger, place: Office, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_self: StaticChannel, _today: date) -> bool:
        raise mistake("file.cannot_write", reason="đĩa đầy")

    monkeypatch.setattr(StaticChannel, "tidy", full)
    assert keys(keep_up(ledger, place, DUE)) == ["file.cannot_write"]
    assert account.asked == 1


def test_what_only_a_person_can_mend_is_not_opened_by_asking_nor_asked_about_so_often(
    ledger: Ledger, place: Office, account: Account
) -> None:
    account.says = Blocked("facebook.account", code=368, told="x", trace="y")
    assert keys(keep_up(ledger, place, DUE)) == ["facebook.account"]
    account.says = Health(account="Sở Nội vụ")
    keep_up(ledger, place, DUE + PROBE_CLOSED_EVERY)
    assert (account.asked, closed(ledger)) == (1, DUE)
    keep_up(ledger, place, DUE + PROBE_EVERY)
    assert (account.asked, closed(ledger)) == (2, DUE)
    ledger.accounts.open("trang")
    assert closed(ledger) is None


@pytest.mark.parametrize("what", ["probe", "tidy"])
def test_a_bug_at_the_upkeep_of_one_channel_keeps_no_other_from_its_turn(
    tmp_path: Path, ledger: Ledger, account: Account, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    own = CONFIG.model_copy(update={"channels": {"a": CONFIG.channels["trang"], **CONFIG.channels}})
    here = office(tmp_path, config=own)
    broken = here.channel("a", rehearsal=False)
    monkeypatch.setattr(broken, what, lambda *_: 1 / 0)
    [problem] = keep_up(ledger, here, DUE)
    assert (problem.key, problem.place.part) == ("delivery.bug", "a")
    assert account.tidied[-1] == date(2023, 9, 5)
    assert ledger.accounts.of("trang").probed_at == DUE
