"""``loa login``: which channels have one, what is kept, and that no secret shows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

import cli
from channels.sandbox.clock import SandboxClock
from channels.sandbox.faults import Fault
from channels.sandbox.portal.signature import SECRET
from channels.sandbox.sandbox import Sandbox
from channels.sandbox.wordpress.site import APPLICATION_PASSWORD, EDITOR
from loa.commands.session import Session
from loa.core.errors import LoaError, Problem
from loa.core.words import catalogue
from loa.ledger.store import open_ledger
from tests.channels.webhook_portal import OTHER
from tests.conftest import ROOT

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


@pytest.mark.parametrize("typed", ["", "sandbox-app-secret\n"])
def test_a_log_in_that_is_broken_off_says_so(office: Path, typed: str) -> None:
    with Sandbox(clock=SandboxClock(NOW, speed=0)) as box:
        add_page(office, box)
        problem = problem_of(log_in(office, "trang-facebook", typed))
    assert (problem.key, problem.place.part) == ("login.broken_off", "trang-facebook")
    assert not (office / "state" / "tokens.json").exists()


def test_a_refused_log_in_is_told_and_keeps_nothing(office: Path) -> None:
    with Sandbox(clock=SandboxClock(NOW, speed=0)) as box:
        add_page(office, box)
        problem = problem_of(log_in(office, "trang-facebook", "sandbox-app-secret\nEAAkhongco\n"))
    assert (problem.key, problem.place.part) == ("facebook.login_token", "trang-facebook")
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


def add_accounts(office: Path, box: Sandbox, **webhook: str) -> None:
    """A WordPress site and a portal."""
    config = yaml.safe_load((office / "config.yaml").read_text(encoding="utf-8"))
    site = {"type": "wordpress", "url": f"{box.address}/wordpress", "user": EDITOR}
    portal = {"type": "webhook", "url": f"{box.address}/portal/hook", "status_url": f"{box.address}/portal/status"}
    for name, typed in {"trang-wordpress": site, "cong": portal | webhook}.items():
        config["channels"][name] = {**typed, "slots": {"sáng": {"at": "07:30", "until": "08:30"}}}
    (office / "config.yaml").write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")


def kept(office: Path) -> dict[str, str]:
    file = office / "state" / "tokens.json"
    assert file.stat().st_mode & 0o077 == 0
    found: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize(
    ("channel", "name", "typed"),
    [("trang-wordpress", "WORDPRESS_PASSWORD", APPLICATION_PASSWORD), ("cong", "WEBHOOK_SECRET", SECRET)],
)
def test_a_website_and_a_portal_are_logged_in_to_with_what_they_gave(
    office: Path, channel: str, name: str, typed: str
) -> None:
    with Sandbox() as box:
        add_accounts(office, box)
        with open_ledger(office / "state" / "loa.db", rehearsal=False, now=NOW) as book:
            book.accounts.close(channel, Problem(key="channel.no_secret", values={"name": name}), NOW, reopens=False)
        result = log_in(office, channel, f"{typed}\n")
    assert result.exception is None, result.output
    assert kept(office) == {name: typed}
    assert typed not in result.output
    with open_ledger(office / "state" / "loa.db", rehearsal=False, now=NOW) as book:
        assert book.accounts.of(channel).closed_at is None


@pytest.mark.parametrize(
    ("channel", "typed", "key"),
    [
        ("trang-wordpress", "sai mat khau", "wordpress.login"),
        ("cong", "whsec_short", "webhook.secret"),
        ("cong", "whsec_" + "QUFB" * 10, "webhook.question"),
        ("trang-wordpress", "", "login.nothing_typed"),
        ("cong", " ", "login.nothing_typed"),
    ],
)
def test_what_a_website_or_a_portal_does_not_take_is_not_kept(office: Path, channel: str, typed: str, key: str) -> None:
    with Sandbox() as box:
        add_accounts(office, box)
        problem = problem_of(log_in(office, channel, f"{typed}\n"))
    assert (problem.key, problem.place.part) == (key, channel)
    assert not (office / "state" / "tokens.json").exists()


@pytest.mark.parametrize("fault", [Fault.HTTP_500, Fault.DROP_BEFORE, Fault.HTML_200, Fault.RATE_LIMITED])
@pytest.mark.parametrize("channel", ["trang-wordpress", "cong"])
def test_a_log_in_that_gets_no_answer_speaks_of_no_post(office: Path, channel: str, fault: Fault) -> None:
    with Sandbox() as box:
        add_accounts(office, box)
        box.faults.next("*", "*", fault, times=9, code=503)
        problem = problem_of(log_in(office, channel, f"{SECRET if channel == 'cong' else APPLICATION_PASSWORD}\n"))
    assert problem.key == "login.later"
    assert channel in catalogue("vi").problem(problem)


def test_a_log_in_to_what_cannot_be_reached_speaks_of_no_post(office: Path) -> None:
    with Sandbox() as box:
        add_accounts(office, box)
    assert problem_of(log_in(office, "trang-wordpress", f"{APPLICATION_PASSWORD}\n")).key == "login.later"


def test_a_portal_that_cannot_be_asked_leaves_its_secret_untried(office: Path) -> None:
    with Sandbox() as box:
        add_accounts(office, box)
        text = (office / "config.yaml").read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if "status_url" not in line]
        (office / "config.yaml").write_text("\n".join(lines), encoding="utf-8")
        result = log_in(office, "cong", f"{SECRET}\n")
    assert "status_url" in result.output
    assert kept(office) == {"WEBHOOK_SECRET": SECRET}


def test_while_a_secret_is_replaced_the_one_before_is_asked_for_unless_it_is_there(office: Path) -> None:
    with Sandbox() as box:
        add_accounts(office, box, secret_env="KHOA_MOI", old_secret_env="KHOA_CU")  # noqa: S106 - names
        assert log_in(office, "cong", f"{OTHER}\n{SECRET}\n").exception is None
        assert kept(office) == {"KHOA_MOI": OTHER, "KHOA_CU": SECRET}
        assert log_in(office, "cong", f"{OTHER}\n").exception is None


def test_what_is_piped_in_is_taken_without_a_warning(office: Path) -> None:
    """Python's own words about a terminal are not for an officer."""
    with Sandbox() as box:
        add_accounts(office, box)
        command = [sys.executable, "-W", "default", "-m", "loa", "--workspace", str(office), "login", "cong"]
        run = subprocess.run(
            command, cwd=ROOT, input=f"{SECRET}\n", text=True, capture_output=True, start_new_session=True, check=False
        )
    assert (run.returncode, run.stderr) == (0, "")
    assert kept(office) == {"WEBHOOK_SECRET": SECRET}
    assert SECRET not in run.stdout
