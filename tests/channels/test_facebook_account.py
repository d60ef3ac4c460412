"""The account of a Page: its settings, how it is, how it is opened, and the version that is called."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from pydantic import ValidationError

from channels import settings_model
from channels.answers import ChannelFailure, Closed, Limited, NotSent
from channels.facebook.login import login
from channels.facebook.settings import FacebookSettings
from channels.facebook.versions import NEWEST, NOTICE, last_days, runs_out
from channels.sandbox.faults import Fault
from channels.sandbox.graph.store import LONG_LIFE
from loa.core.errors import Problem
from loa.core.secrets import Secrets
from loa.core.words import catalogue
from tests.channels.facebook_trial import (
    APP_ID,
    APP_SECRET,
    MORNING,
    PAGE,
    TOKEN,
    WITH_APP,
    Trial,
    channel_settings,
    trial,
)

SHORT = "EAAsandboxUserShort"
NOTHING: Mapping[str, str] = MappingProxyType({})


@pytest.fixture
def page() -> Iterator[Trial]:
    with trial(**WITH_APP) as one:
        yield one


# --- settings ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"page_id": "so-noi-vu"}, "string_pattern_mismatch"),
        ({"token_env": "EAAabcdef123"}, "secret_name"),
        ({"app_secret_env": "0123456789abcdef"}, "secret_name"),
        ({"address": "http://graph.example.vn"}, "https_only"),
        ({"address": "https://graph.facebook.com/"}, "url_form"),
        ({"address": "https://ten:matkhau@graph.facebook.com"}, "url_form"),
        ({"version": "26.0"}, "string_pattern_mismatch"),
        ({"timeout": "0"}, "seconds"),
        ({"timeout": "600"}, "seconds"),
        ({"publish_mode": "later"}, "literal_error"),
        ({"token": "EAAabcdef123"}, "extra_forbidden"),
    ],
)
def test_settings_that_cannot_work_are_refused(changes: dict[str, Any], key: str) -> None:
    with pytest.raises(ValidationError) as caught:
        settings_model("facebook").model_validate(channel_settings(**changes))
    assert [error["type"] for error in caught.value.errors()] == [key]


def test_a_secret_that_was_typed_into_the_file_is_not_repeated_in_the_message() -> None:
    with pytest.raises(ValidationError) as caught:
        settings_model("facebook").model_validate(channel_settings(token_env="EAAabcdef123"))  # noqa: S106 - not one
    assert "EAA" not in json.dumps(caught.value.errors()[0]["ctx"])


def test_only_a_stand_in_on_this_computer_may_be_used_in_a_rehearsal() -> None:
    assert not read(address="https://graph.facebook.com").stays_here()
    assert read(address="http://127.0.0.1:8765/graph").stays_here()


def test_the_settings_name_the_secrets_and_the_real_address_is_the_default() -> None:
    settings = read(**WITH_APP)
    assert settings.secret_names() == ("FACEBOOK_PAGE_TOKEN", "FACEBOOK_APP_SECRET")
    assert (settings.address, settings.version) == ("https://graph.facebook.com", NEWEST)
    assert settings_model("facebook").model_validate({"type": "facebook", "page_id": PAGE, "slots": SLOTS})


SLOTS = {"sáng": {"at": "07:30", "until": "08:30"}}


def read(**changes: object) -> FacebookSettings:
    settings = settings_model("facebook").model_validate(channel_settings(**changes))
    assert isinstance(settings, FacebookSettings)
    return settings


# --- versions ---------------------------------------------------------------------------------------------


def test_the_version_that_is_called_will_not_run_out_soon() -> None:
    """Red from ninety days before: put the newest version and its days into channels/data/graph_versions.toml."""
    today = datetime.now(UTC).date()
    assert NEWEST in last_days()
    assert not runs_out(NEWEST, today)


@pytest.mark.parametrize(
    ("version", "today", "out"),
    [
        ("v21.0", date(2027, 1, 21) - NOTICE, False),
        ("v21.0", date(2027, 1, 22) - NOTICE, True),
        ("v26.0", date(2028, 4, 1), False),
        ("v26.0", date(2028, 7, 29), True),  # no end is announced; two years are certain
        ("v20.0", date(2026, 11, 23), True),  # older than all that are known
        ("v31.0", date(2029, 1, 1), False),  # newer than all that are known
    ],
)
def test_a_version_is_told_of_before_it_runs_out(version: str, today: date, out: bool) -> None:
    assert runs_out(version, today) is out


def test_a_version_that_runs_out_and_one_that_was_replaced_are_warned_of() -> None:
    with trial(version="v20.0") as page:  # the stand-in serves it as v21.0, as Meta would
        assert page.channel.probe().warnings == ("facebook.version_ends", "facebook.version_replaced")


def test_a_replaced_version_is_logged_once(page: Trial, caplog: pytest.LogCaptureFixture) -> None:
    page.box.graph.switches.served_version = "v27.0"
    page.look_up()
    page.look_up()
    assert len(caplog.records) == 1
    assert page.channel.probe().warnings == ("facebook.version_replaced",)


# --- how it is --------------------------------------------------------------------------------------------


def test_a_good_account_has_its_name_and_no_warning(page: Trial) -> None:
    health = page.channel.probe()
    assert (health.account, health.expires_at, health.warnings) == ("Sở Nội vụ tỉnh Sông Trà", None, ())
    assert health.server_time == MORNING


def test_a_token_that_ends_says_when(page: Trial) -> None:
    page.box.graph.token_of(PAGE).expires = MORNING + timedelta(hours=1)
    assert page.channel.probe().expires_at == MORNING + timedelta(hours=1)


def test_without_an_app_it_is_only_seen_whether_the_token_works() -> None:
    with trial() as page:
        page.box.graph.token_of(PAGE).expires = MORNING + timedelta(hours=1)
        assert page.channel.probe().expires_at is None
        page.box.clock.advance(hours=2)
        with pytest.raises(Closed) as caught:
            page.channel.probe()
        assert caught.value.reason_key == "facebook.token"


def test_a_token_without_the_right_to_post_closes_the_account(page: Trial) -> None:
    token = page.box.graph.token_of(PAGE)
    token.scopes = token.scopes - {"pages_manage_posts"}
    with pytest.raises(Closed) as caught:
        page.channel.probe()
    assert (caught.value.reason_key, caught.value.values["scope"]) == ("facebook.scope", "pages_manage_posts")


def test_the_token_of_another_page_closes_the_account(page: Trial) -> None:
    page.box.graph.add_page("2000", "Trang khác")
    page.secrets._environment = {"FACEBOOK_PAGE_TOKEN": "EAAsandboxPage2000"}
    with pytest.raises(Closed):
        page.channel.probe()


def test_a_wrong_app_secret_is_a_warning_as_long_as_the_page_answers() -> None:
    with trial(app_id="42", app_secret_env="FACEBOOK_APP_SECRET") as page:  # noqa: S106 - a name
        assert page.channel.probe().warnings == ("facebook.app_refused",)


@pytest.mark.parametrize("route", ["me", "debug_token"])
@pytest.mark.parametrize(
    "fault",
    [
        *(Fault.HTTP_500, Fault.HTML_200, Fault.EMPTY_OBJECT, Fault.WRONG_TYPES, Fault.DROP_BEFORE, Fault.NESTED),
        *(Fault.SUCCESS_FALSE, Fault.REDIRECT, Fault.BAD_UTF8, Fault.RATE_LIMITED),
    ],
)
def test_an_answer_that_makes_no_sense_does_not_close_the_account(page: Trial, route: str, fault: Fault) -> None:
    page.fail(route, fault, times=3)
    with pytest.raises(NotSent) as caught:
        page.channel.probe()
    assert type(caught.value) is (Limited if fault is Fault.RATE_LIMITED else NotSent)


# --- log-in -----------------------------------------------------------------------------------------------


class Talk:
    """A person at the terminal, who types what is asked for."""

    def __init__(self, typed: Mapping[str, str] = NOTHING) -> None:
        self.typed = {"facebook.user_token": SHORT, "facebook.app_id": APP_ID, "facebook.app_secret": APP_SECRET}
        self.typed |= {f"facebook.{name}": value for name, value in typed.items()}
        self.asked: list[tuple[str, bool]] = []
        self.told: list[str] = []

    def ask(self, key: str, /, *, hidden: bool = False, **values: object) -> str:
        assert catalogue("vi").word(key, **values)
        self.asked.append((key, hidden))
        return self.typed[key]

    def tell(self, key: str, /, **values: object) -> None:
        self.told.append(catalogue("vi").word(key, **values))


def log_in(page: Trial, file: Path, talk: Talk, known: Mapping[str, str] = NOTHING, **changes: object) -> Secrets:
    secrets = Secrets(known, file)
    settings = read(address=f"{page.box.address}/graph", **changes)
    login(settings, secrets, talk.ask, talk.tell, page.box.clock.now)
    return secrets


def test_a_short_token_becomes_one_of_the_page_that_does_not_end(page: Trial, tmp_path: Path) -> None:
    talk = Talk()
    secrets = log_in(page, tmp_path / "tokens.json", talk, NOTHING, **WITH_APP)
    assert secrets.stored() == {"FACEBOOK_PAGE_TOKEN": TOKEN, "FACEBOOK_APP_SECRET": APP_SECRET}
    assert (tmp_path / "tokens.json").stat().st_mode & 0o077 == 0
    assert talk.asked == [("facebook.app_secret", True), ("facebook.user_token", True)]
    assert any("Sở Nội vụ tỉnh Sông Trà" in line for line in talk.told)
    assert not any(secret in line for secret in (TOKEN, SHORT, APP_SECRET) for line in talk.told)


def test_what_the_settings_do_not_name_is_asked_and_a_known_secret_is_not(page: Trial, tmp_path: Path) -> None:
    talk = Talk()
    secrets = log_in(page, tmp_path / "a.json", talk)
    assert [key for key, _ in talk.asked] == ["facebook.app_id", "facebook.app_secret", "facebook.user_token"]
    assert set(secrets.stored()) == {"FACEBOOK_PAGE_TOKEN"}
    talk = Talk()
    known = log_in(page, tmp_path / "b.json", talk, {"FACEBOOK_APP_SECRET": APP_SECRET}, **WITH_APP)
    assert [key for key, _ in talk.asked] == ["facebook.user_token"]
    assert set(known.stored()) == {"FACEBOOK_PAGE_TOKEN"}


def test_a_page_of_a_portfolio_is_found_by_its_id(page: Trial, tmp_path: Path) -> None:
    store = page.box.graph.store
    store.pages[PAGE].in_portfolio = True
    store.tokens[SHORT].scopes = store.tokens[SHORT].scopes - {"business_management"}
    assert log_in(page, tmp_path / "tokens.json", Talk()).stored() == {"FACEBOOK_PAGE_TOKEN": TOKEN}


@pytest.mark.parametrize(
    ("talk", "changes", "reason"),
    [
        (Talk({"user_token": "EAAkhongco"}), {}, "facebook.login_token"),
        (Talk({"app_secret": "sai"}), {}, "facebook.login_app"),
        (Talk({"app_id": ""}), {}, "login.nothing_typed"),
        (Talk({"app_secret": ""}), {}, "login.nothing_typed"),
        (Talk({"user_token": ""}), {}, "login.nothing_typed"),
        (Talk(), {"page_id": "4242"}, "facebook.page_missing"),
    ],
)
def test_a_log_in_that_is_refused_keeps_nothing(
    page: Trial, tmp_path: Path, talk: Talk, changes: dict[str, object], reason: str
) -> None:
    with pytest.raises(ChannelFailure) as caught:
        log_in(page, tmp_path / "tokens.json", talk, NOTHING, **changes)
    assert caught.value.reason_key == reason
    assert not (tmp_path / "tokens.json").exists()


@pytest.mark.parametrize("route", ["oauth", "accounts", "me", "debug_token"])
@pytest.mark.parametrize(
    ("fault", "code", "reason"),
    [
        (Fault.DROP_BEFORE, 0, "login.later"),
        (Fault.HTTP_500, 0, "login.later"),
        (Fault.HTML_200, 0, "login.later"),
        (Fault.RATE_LIMITED, 0, "login.later"),
        (Fault.ERROR_CODE, 2, "login.later"),
        (Fault.ERROR_CODE, 4, "login.later"),
        (Fault.ERROR_CODE, 101, "facebook.login_app"),
        (Fault.ERROR_CODE, 104, "facebook.login_app"),
        (Fault.ERROR_CODE, 190, "facebook.login_token"),
        (Fault.ERROR_CODE, 100, "facebook.login_token"),
        (Fault.ERROR_CODE, 200, "facebook.rights"),
    ],
)
def test_no_failure_of_a_log_in_speaks_of_posts(
    page: Trial, tmp_path: Path, route: str, fault: Fault, code: int, reason: str
) -> None:
    page.fail(route, fault, times=3, code=code)
    with pytest.raises(ChannelFailure) as caught:
        log_in(page, tmp_path / "tokens.json", Talk())
    assert caught.value.reason_key == reason
    assert isinstance(caught.value, NotSent)
    problem = Problem(key=reason, values=caught.value.values)
    assert all("đăng hay chưa" not in catalogue(language).problem(problem) for language in ("vi", "en"))
    assert not (tmp_path / "tokens.json").exists()


def test_a_person_who_may_not_post_is_told_so(page: Trial, tmp_path: Path) -> None:
    page.box.graph.store.pages[PAGE].tasks = ("ANALYZE",)
    with pytest.raises(Closed) as caught:
        log_in(page, tmp_path / "tokens.json", Talk())
    assert caught.value.reason_key == "facebook.no_task"


def test_a_token_without_a_permission_is_not_kept(page: Trial, tmp_path: Path) -> None:
    token = page.box.graph.token_of(PAGE)
    token.scopes = token.scopes - {"pages_manage_posts"}
    with pytest.raises(Closed) as caught:
        log_in(page, tmp_path / "tokens.json", Talk())
    assert caught.value.reason_key == "facebook.scope"
    assert not (tmp_path / "tokens.json").exists()


def test_a_token_that_ends_says_so_at_the_log_in(page: Trial, tmp_path: Path) -> None:
    page.box.graph.token_of(PAGE).expires = MORNING + LONG_LIFE
    talk = Talk()
    log_in(page, tmp_path / "tokens.json", talk)
    assert any("22/01/2027" in line for line in talk.told)
