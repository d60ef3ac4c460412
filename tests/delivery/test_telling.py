"""Reminders by e-mail, sent to a real server on this computer."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from loa.core.errors import Problem
from loa.core.secrets import Secrets
from loa.core.words import catalogue
from loa.delivery.telling import tell
from loa.ledger.store import Ledger, open_ledger
from loa.planning.mail import Smtp
from loa.planning.model import Config
from tests.delivery.mail_server import MailServer, mail_server
from tests.delivery.stage import CONFIG, DUE, at, ledger_of

KEYWORD = "mat-khau-rat-dai"
NOW = at(DUE)


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with ledger_of(tmp_path) as opened:
        yield opened


def _smtp(port: int, /, **changes: Any) -> dict[str, Any]:
    own = {"host": "127.0.0.1", "port": str(port), "tls": "none", "from": "loa@snv.example.gov.vn"}
    return own | {"to": ["van-thu@snv.example.gov.vn"]} | changes


def _config(port: int, /, **changes: Any) -> Config:
    return CONFIG.model_copy(update={"smtp": Smtp.model_validate(_smtp(port, **changes))})


def _note(ledger: Ledger, key: str = "handed/a", body: str = "Tin đã sẵn sàng ở output/can-dang.") -> None:
    ledger.job.note(key, "Cần đăng: Khảo sát bắt đầu", body, DUE)


def _tell(ledger: Ledger, config: Config, environment: dict[str, str] | None = None) -> list[str]:
    return [problem.key for problem in _problems(ledger, config, environment)]


def _problems(ledger: Ledger, config: Config, environment: dict[str, str] | None = None) -> tuple[Problem, ...]:
    return tell(ledger, config, Secrets(environment or {}), NOW)


def test_what_is_to_be_told_is_mailed_once(ledger: Ledger, server: MailServer) -> None:
    _note(ledger)
    for _ in range(2):
        assert _tell(ledger, _config(server.port)) == []
    (mail,) = server.mails
    assert mail["Subject"] == "Cần đăng: Khảo sát bắt đầu"
    assert mail["From"] == "loa@snv.example.gov.vn"
    assert mail["To"] == "van-thu@snv.example.gov.vn"
    assert mail["Date"] == "Tue, 05 Sep 2023 00:30:00 +0000"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content().strip() == "Tin đã sẵn sàng ở output/can-dang."
    assert server.greetings == ["snv.example.gov.vn"]
    assert ledger.job.untold() == ()


def test_each_notice_is_a_mail_of_its_own_to_everybody(ledger: Ledger, server: MailServer) -> None:
    for key in "abc":
        _note(ledger, key)
    to = ["a@x.vn", "b@x.vn"]
    assert _tell(ledger, _config(server.port, to=to)) == []
    assert server.recipients == [to] * 3
    assert len({mail["Message-ID"] for mail in server.mails}) == 3


def test_nothing_is_mailed_without_a_server_or_without_news_or_in_a_rehearsal(
    tmp_path: Path, ledger: Ledger, server: MailServer
) -> None:
    assert _tell(ledger, _config(server.port)) == []
    _note(ledger)
    assert _tell(ledger, CONFIG) == []
    with open_ledger(tmp_path / "rehearsed.db", rehearsal=True, now=DUE) as rehearsed:
        _note(rehearsed)
        assert _tell(rehearsed, _config(server.port)) == []
    assert server.greetings == []


def test_a_line_feed_in_a_subject_cannot_add_a_header(ledger: Ledger, server: MailServer) -> None:
    ledger.job.note("a", "Cần đăng\r\nBcc: ai-do@x.vn", "Nội dung\n.\nHết", DUE)
    assert _tell(ledger, _config(server.port)) == []
    (mail,) = server.mails
    assert mail["Bcc"] is None
    assert mail.get_content().splitlines() == ["Nội dung", ".", "Hết"]


# The password


LOGIN = {"user": "loa", "password_env": "MAIL_PASSWORD"}


def _with_login(port: int) -> Config:
    return _config(port, **LOGIN)


def test_it_logs_in_where_the_server_asks_for_it(ledger: Ledger, server: MailServer) -> None:
    server.keyword = KEYWORD
    _note(ledger)
    assert _tell(ledger, _with_login(server.port), {"MAIL_PASSWORD": KEYWORD}) == []
    assert server.logins == [f"\0loa\0{KEYWORD}"]
    assert len(server.mails) == 1


def test_a_wrong_password_is_told_and_never_shown(
    ledger: Ledger, server: MailServer, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    server.keyword = "another"
    _note(ledger)
    problems = _problems(ledger, _with_login(server.port), {"MAIL_PASSWORD": KEYWORD})
    assert [problem.key for problem in problems] == ["mail.login"]
    told = [catalogue(language).problem(problem) for language in ("vi", "en") for problem in problems]
    produced = "".join([*told, repr(problems), caplog.text, *capfd.readouterr()])
    assert KEYWORD in "".join(server.logins)  # it was there to be repeated
    assert KEYWORD not in produced
    assert len(ledger.job.untold()) == 1


def test_a_missing_password_is_told_before_anybody_is_asked(ledger: Ledger, server: MailServer) -> None:
    _note(ledger)
    assert _tell(ledger, _with_login(server.port)) == ["secret.missing"]
    assert server.greetings == []


@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_without_encryption_no_password_is_sent(ledger: Ledger, server: MailServer, tls: str) -> None:
    server.keyword = KEYWORD
    _note(ledger)
    config = _config(server.port, tls=tls, timeout="2", **LOGIN)
    assert _tell(ledger, config, {"MAIL_PASSWORD": KEYWORD}) == ["mail.no_tls"]
    assert server.logins == []


# What the server may do


@pytest.mark.parametrize(
    ("fault", "key"),
    [
        ({"refused": ("van-thu@snv.example.gov.vn",)}, "mail.refused"),
        ({"answers": {"MAIL": "553 who are you?"}}, "mail.refused"),
        ({"answers": {"DATA": "451 later"}}, "mail.refused"),
        ({"drops": "EHLO"}, "mail.no_answer"),
        ({"drops": "MAIL"}, "mail.no_answer"),
        ({"drops": "AFTER"}, "mail.no_answer"),
    ],
)
def test_what_was_not_taken_is_told_and_waits_for_the_next_pass(
    ledger: Ledger, server: MailServer, fault: dict[str, Any], key: str
) -> None:
    _note(ledger)
    for name, value in fault.items():
        setattr(server, name, value)
    assert _tell(ledger, _config(server.port)) == [key]
    server.refused, server.drops, server.answers = (), "", {}
    assert _tell(ledger, _config(server.port)) == []
    assert len(server.mails) == 1


def test_one_address_that_is_refused_keeps_nothing_from_the_others(ledger: Ledger, server: MailServer) -> None:
    server.refused = ("sai@x.vn",)
    _note(ledger)
    problems = _problems(ledger, _config(server.port, to=["sai@x.vn", "dung@x.vn"]))
    assert [(problem.key, problem.values["address"]) for problem in problems] == [("mail.recipient", "sai@x.vn")]
    assert server.recipients == [["dung@x.vn"]]
    assert ledger.job.untold() == ()


def test_a_server_that_is_not_there_is_told(ledger: Ledger) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    _note(ledger)
    assert _tell(ledger, _config(port)) == ["mail.no_connection"]
    assert len(ledger.job.untold()) == 1


def test_a_flood_of_notices_is_spread_over_passes(ledger: Ledger, server: MailServer) -> None:
    for number in range(60):
        _note(ledger, f"n{number}")
    _tell(ledger, _config(server.port))
    assert len(server.mails) == 50
    _tell(ledger, _config(server.port))
    assert len(server.mails) == 60


# Settings


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"host": "http://mail.vn"}, "mail_host"),
        ({"port": "0"}, "port"),
        ({"port": "70000"}, "port"),
        ({"port": "smtp"}, "port"),
        ({"from": "Loa <loa@x.vn>"}, "mail_address"),
        ({"to": ["a@x.vn, b@x.vn"]}, "mail_address"),
        ({"to": []}, "too_short"),
        ({"user": "loa"}, "mail_login"),
        ({"password_env": "MAIL_PASSWORD"}, "mail_login"),
        ({"user": "loa", "password_env": "bí mật"}, "secret_name"),
        ({"host": "mail.example.gov.vn"}, "mail_plain"),
        ({"pasword": "x"}, "extra_forbidden"),
    ],
)
def test_settings_that_cannot_work_are_refused(changes: dict[str, Any], key: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Smtp.model_validate(_smtp(25, **changes))
    assert [error["type"] for error in caught.value.errors()] == [key]


def test_only_host_and_addresses_are_needed() -> None:
    smtp = Smtp.model_validate({"host": "mail.example.gov.vn", "from": "a@x.vn", "to": ["b@x.vn"]})
    assert (smtp.port, smtp.tls) == (587, "starttls")
