"""``loa login``: which channels have one, what is kept, and that no secret shows."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

import cli
from channels.sandbox.clock import SandboxClock
from channels.sandbox.sandbox import Sandbox
from loa.commands.session import Session
from loa.core.errors import LoaError, Problem
from loa.ledger.store import open_ledger

NOW = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
TYPED = "sandbox-app-secret\nEAAsandboxUserShort\n"


def add_page(office: Path, box: Sandbox) -> None:
    """A Facebook Page beside the channels that the office has."""
    config = yaml.safe_load((office / "config.yaml").read_text(encoding="utf-8"))
    config["channels"]["trang-facebook"] = {
        "type": "facebook",
        "page_id": "1000",
        "app_id": "1234567890",
        "address": f"{box.address}/graph",
        "slots": {"sáng": {"at": "07:30", "until": "08:30"}},
    }
    (office / "config.yaml").write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")


def log_in(office: Path, channel: str, typed: str = "") -> Result:
    words = ["--workspace", str(office), "login", channel]
    return CliRunner().invoke(cli.loa, words, input=typed, obj=Session(), standalone_mode=False)


def problem_of(result: Result) -> Problem:
    assert isinstance(result.exception, LoaError)
    return result.exception.problems[0]


def test_a_log_in_keeps_the_token_and_opens_the_account(office: Path) -> None:
    ledger = office / "state" / "loa.db"
    with Sandbox(clock=SandboxClock(NOW, speed=0)) as box:
        add_page(office, box)
        with open_ledger(ledger, rehearsal=False, now=NOW) as book:
            book.accounts.close("trang-facebook", Problem(key="facebook.token"), NOW)
        result = log_in(office, "trang-facebook", TYPED)
    assert result.exception is None, result.output
    tokens = office / "state" / "tokens.json"
    assert json.loads(tokens.read_text(encoding="utf-8")) == {"FACEBOOK_PAGE_TOKEN": "EAAsandboxPage1000"}
    assert tokens.stat().st_mode & 0o077 == 0
    assert "EAAsandbox" not in result.output
    assert "sandbox-app-secret" not in result.output
    with open_ledger(ledger, rehearsal=False, now=NOW) as book:
        assert book.accounts.of("trang-facebook").closed_at is None


def test_a_variable_that_hides_the_new_token_is_named(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "FACEBOOK_PAGE_TOKEN", "EAAold1234567")
    with Sandbox(clock=SandboxClock(NOW, speed=0)) as box:
        add_page(office, box)
        result = log_in(office, "trang-facebook", TYPED)
    assert "FACEBOOK_PAGE_TOKEN" in result.output.splitlines()[-1]
    assert "EAAold" not in result.output


def test_a_refused_log_in_is_told_and_keeps_nothing(office: Path) -> None:
    with Sandbox(clock=SandboxClock(NOW, speed=0)) as box:
        add_page(office, box)
        problem = problem_of(log_in(office, "trang-facebook", "sandbox-app-secret\nEAAkhongco\n"))
    assert (problem.key, problem.place.part) == ("facebook.token", "trang-facebook")
    assert not (office / "state" / "tokens.json").exists()


@pytest.mark.parametrize("channel", ["khong-co", "trang-tin"])
def test_where_no_channel_has_anything_to_log_in_to_that_is_said(office: Path, channel: str) -> None:
    assert problem_of(log_in(office, channel)).key == "login.none"


@pytest.mark.parametrize(("channel", "key"), [("khong-co", "login.unknown"), ("trang-tin", "login.not_needed")])
def test_where_there_is_nothing_to_log_in_to_the_channels_that_have_it_are_named(
    office: Path, channel: str, key: str
) -> None:
    with Sandbox(clock=SandboxClock(NOW, speed=0)) as box:
        add_page(office, box)
        problem = problem_of(log_in(office, channel))
    assert (problem.key, problem.values["known"]) == (key, "trang-facebook")
