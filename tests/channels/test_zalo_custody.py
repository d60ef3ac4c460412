"""Custody of Zalo's tokens: one refresher, the new pair on disk first, no storm, nothing lost in silence."""

from __future__ import annotations

import resource
import stat
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest

import loa
from channels.answers import Closed, Limited, NotSent, Unreachable
from channels.http import Door
from channels.sandbox.faults import Fault
from channels.sandbox.zalo.world import ACCESS_TOKEN, APP_ID, APP_SECRET, OA_ID, REFRESH_TOKEN
from channels.zalo.custody import Custody
from channels.zalo.oauth import OAuth
from channels.zalo.settings import ZaloSettings
from channels.zalo.tokens import Tokens
from loa.core.errors import mistake
from loa.core.secrets import Secret, Secrets
from tests.channels.zalo_account import MORNING, POST, TOKEN_NAME, Book, Office, zalo_office, zalo_settings

DYING = Secret(ACCESS_TOKEN)


@pytest.fixture(name="office")
def _office(tmp_path: Path) -> Iterator[Office]:
    with zalo_office(tmp_path) as office:
        yield office


def custody(office: Office, settings: ZaloSettings | None = None) -> Custody:
    settings = settings or zalo_settings(office.box.address)
    return Custody(settings, office.secrets, OAuth(settings, Door()), office.clock.now)


def unusable(office: Office) -> Closed:
    with pytest.raises(Closed) as caught:
        custody(office).renewed(DYING)
    return caught.value


def test_a_young_access_token_is_used_as_it_is(office: Office) -> None:
    assert custody(office).access() == DYING
    assert office.asked("token") == 0


def test_a_pair_is_renewed_five_hours_before_its_end_and_kept_before_it_is_used(office: Office) -> None:
    office.clock.advance(hours=20, minutes=1)
    access = custody(office).access()
    kept = office.kept()
    assert (kept.access, kept.version, kept.oa_id) == (access, 2, OA_ID)
    assert kept.expires_at - office.clock.now() == timedelta(hours=25)
    assert kept.issued_at == office.clock.now()
    assert kept.refresh != Secret(REFRESH_TOKEN)
    assert office.secrets.stored()["ZALO_APP_SECRET"] == APP_SECRET
    assert stat.S_IMODE(office.file.stat().st_mode) == 0o600
    assert custody(office).access() == access
    assert office.asked("token") == 1


def test_a_renewed_pair_comes_before_what_the_environment_still_says(office: Office) -> None:
    old = office.secrets.stored()[TOKEN_NAME]
    custody(office).renewed(DYING)
    settings = zalo_settings(office.box.address)
    around = Secrets({TOKEN_NAME: old}, office.file)
    assert Custody(settings, around, OAuth(settings, Door()), office.clock.now).access() == office.kept().access


def test_a_token_that_dies_in_the_middle_is_renewed_once_and_the_post_goes_out(office: Office) -> None:
    office.box.zalo.world.tokens.issue(APP_ID, OA_ID)  # kills ours, and with it its refresh token
    office.keep(refresh=office.box.zalo.world.tokens._current[APP_ID, OA_ID].refresh)
    book = Book()
    office.open().publish(POST, book)
    assert book.steps["token"]
    assert (office.asked("token"), office.asked("create")) == (1, 2)


def test_a_token_that_is_refused_again_closes_the_account(office: Office) -> None:
    office.box.faults.next("zalo", "create", Fault.ERROR_CODE, code=-220, times=2)
    with pytest.raises(Closed) as caught:
        office.open().publish(POST, Book())
    assert caught.value.reason_key == "zalo.token"
    assert (office.asked("token"), office.asked("create")) == (1, 2)


@pytest.mark.parametrize(("how", "asked"), [("empty", 2), ("invalid", 1), ("used", 1)])
def test_a_used_refresh_token_asks_for_a_new_consent_once_and_never_again(
    office: Office, how: Literal["empty", "invalid", "used"], asked: int
) -> None:
    office.switches.consumed_refresh = how
    office.box.zalo.world.tokens.refresh(APP_ID, REFRESH_TOKEN)
    before = office.file.read_bytes()
    for _ in range(3):
        assert unusable(office).reason_key == "zalo.consent"
        office.clock.advance(hours=1)
    assert office.asked("token") == asked
    assert office.file.read_bytes() == before


def test_an_empty_answer_is_confirmed_before_it_is_believed(office: Office) -> None:
    office.box.faults.next("oauth", "token", Fault.EMPTY_200)
    custody(office).renewed(DYING)
    assert office.kept().version == 2


def test_a_wrong_secret_of_the_app_leaves_the_pair_and_may_be_mended(office: Office) -> None:
    office.secrets.store({"ZALO_APP_SECRET": "wrong"})
    assert unusable(office).reason_key == "zalo.setup"
    office.secrets.store({"ZALO_APP_SECRET": APP_SECRET})
    custody(office).renewed(DYING)
    assert office.kept().version == 2


@pytest.mark.parametrize(
    "fault", [Fault.DROP_BEFORE, Fault.HTTP_500, Fault.HTTP_502_HTML, Fault.REDIRECT, Fault.ECHO_TOKEN, Fault.HUGE]
)
def test_a_refresh_without_answer_is_tried_once_more_with_the_same_token_but_not_at_once(
    office: Office, fault: Fault
) -> None:
    office.box.faults.next("oauth", "token", fault)
    for _ in range(3):
        with pytest.raises(Limited) as caught:
            custody(office).renewed(DYING)
        assert caught.value.reason_key == "zalo.tokens_unanswered"
        assert caught.value.wait == timedelta(minutes=1)
    assert office.asked("token") == 1
    office.clock.advance(minutes=1)
    custody(office).renewed(DYING)
    assert office.kept().version == 2


@pytest.mark.parametrize("fault", [Fault.DROP_AFTER, Fault.WRONG_TYPES, Fault.TRUNCATED_JSON, Fault.HTTP_500_AFTER])
def test_a_pair_that_was_lost_on_its_way_is_an_alarm_and_no_storm(office: Office, fault: Fault) -> None:
    office.box.faults.next("oauth", "token", fault)
    with pytest.raises(Limited):
        custody(office).renewed(DYING)
    office.clock.advance(minutes=1)
    for _ in range(3):
        assert unusable(office).reason_key == "zalo.consent"
        office.clock.advance(minutes=10)
    assert office.asked("token") == 3  # the lost one, and the empty answer with its confirmation
    assert office.kept().refresh == Secret(REFRESH_TOKEN)


def test_an_outage_is_asked_ever_more_seldom(office: Office) -> None:
    office.box.faults.next("oauth", "token", Fault.HTTP_500, times=9)
    for minutes in range(20):
        office.clock.set(MORNING + timedelta(minutes=minutes, seconds=1))
        with pytest.raises(Limited):
            custody(office).renewed(DYING)
    assert office.asked("token") == 5  # minutes 0, 1, 6, 11, 16


def test_a_clock_that_was_put_back_does_not_stop_the_next_request(office: Office) -> None:
    office.box.faults.next("oauth", "token", Fault.HTTP_500)
    with pytest.raises(Limited):
        custody(office).renewed(DYING)
    office.clock.set(MORNING - timedelta(hours=1))
    custody(office).renewed(DYING)
    assert office.kept().version == 2


def test_an_outage_of_the_oauth_does_not_stop_posts_while_the_access_token_lives(office: Office) -> None:
    office.clock.advance(hours=21)
    office.box.faults.next("oauth", "token", Fault.HTTP_500)
    book = Book()
    office.open().publish(POST, book)
    assert book.steps["token"]


def test_a_service_that_was_not_reached_may_be_asked_at_once(office: Office) -> None:
    settings = zalo_settings("http://127.0.0.1:9")
    with pytest.raises(Unreachable):
        custody(office, settings).renewed(DYING)
    custody(office).renewed(DYING)
    assert office.kept().version == 2


def test_who_cannot_write_does_not_ask(office: Office) -> None:
    before = office.file.read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, limits[1]))
    try:
        with pytest.raises(NotSent) as caught:
            custody(office).renewed(DYING)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert caught.value.reason_key == "zalo.tokens_no_room"
    assert office.asked("token") == 0
    assert office.file.read_bytes() == before


def test_a_disk_that_fills_up_between_is_an_alarm(office: Office) -> None:
    class Full(Secrets):
        writes = 0

        def store(self, values: Mapping[str, str]) -> None:
            self.writes += 1
            if self.writes == 2:
                raise mistake("file.cannot_write", reason="ENOSPC")
            super().store(values)

    settings = zalo_settings(office.box.address)
    full = Custody(settings, Full({}, office.file), OAuth(settings, Door()), office.clock.now)
    with pytest.raises(Closed) as caught:
        full.renewed(DYING)
    assert (caught.value.reason_key, caught.value.values) == ("zalo.tokens_lost", {"reason": "ENOSPC"})
    assert office.kept().refresh == Secret(REFRESH_TOKEN)


def test_a_lock_that_cannot_be_had_stops_the_request(office: Office) -> None:
    (office.file.parent / f".{office.file.name}.lock").mkdir()
    with pytest.raises(NotSent) as caught:
        custody(office).renewed(DYING)
    assert (caught.value.reason_key, caught.value.values) == ("zalo.tokens_no_room", {"reason": "EISDIR"})
    assert office.asked("token") == 0


def test_a_journal_that_cannot_be_written_stops_the_request(office: Office) -> None:
    office.file.with_suffix(".zalo.jsonl").mkdir()
    with pytest.raises(NotSent) as caught:
        custody(office).renewed(DYING)
    assert caught.value.reason_key == "zalo.no_notes"
    assert office.asked("token") == 0


REFRESH = """
import sys
from datetime import datetime
from pathlib import Path
from channels.http import Door
from channels.zalo.custody import Custody
from channels.zalo.oauth import OAuth
from loa.core.errors import mistake
from loa.core.secrets import Secret, Secrets
from tests.channels.zalo_account import zalo_settings
address, file, old, now = sys.argv[1:]
settings = zalo_settings(address, timeout="5")
custody = Custody(settings, Secrets({}, Path(file)), OAuth(settings, Door()), lambda: datetime.fromisoformat(now))
print(custody.renewed(Secret(old)).fingerprint)
"""


def test_two_processes_that_refresh_at_once_make_one_request_and_get_the_same_token(office: Office) -> None:
    office.box.faults.next("oauth", "token", Fault.SLOW, seconds=0.5)
    given = [office.box.address, str(office.file), ACCESS_TOKEN, office.clock.now().isoformat()]
    command = [sys.executable, "-c", REFRESH, *given]
    both = [subprocess.Popen(command, cwd=loa.root(), stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = {process.communicate(timeout=30)[0].strip() for process in both}
    assert said == {office.kept().access.fingerprint}
    assert office.asked("token") == 1


def test_a_process_killed_before_the_new_pair_was_on_disk_leads_to_an_alarm(office: Office) -> None:
    """The second request goes out with the same token; Zalo's empty answer, confirmed, ends it."""
    killed = REFRESH.replace(
        "print(custody",
        "import os, signal\nCustody._kept = lambda *a: os.kill(os.getpid(), signal.SIGKILL)\nprint(custody",
    )
    given = [office.box.address, str(office.file), ACCESS_TOKEN, office.clock.now().isoformat()]
    died = subprocess.run([sys.executable, "-c", killed, *given], cwd=loa.root(), check=False)
    assert died.returncode == -9
    assert office.kept().access == DYING
    office.clock.advance(minutes=2)
    assert unusable(office).reason_key == "zalo.consent"
    assert unusable(office).reason_key == "zalo.consent"
    assert office.asked("token") == 3


def test_tokens_of_another_account_or_of_no_form_are_not_used(office: Office) -> None:
    office.keep(oa_id="9999")
    assert unusable(office).reason_key == "zalo.other_account"
    for text in ("", "{}", "[]", '{"oa_id": 1}', "[" * 100_000):
        office.secrets.store({TOKEN_NAME: text})
        assert unusable(office).reason_key in {"zalo.tokens_form", "channel.no_secret"}


def test_a_file_that_others_may_read_closes_the_account(office: Office) -> None:
    office.file.chmod(0o644)
    assert unusable(office).reason_key == "secret.open_file"


def test_tokens_are_read_as_they_were_written() -> None:
    tokens = Tokens(
        oa_id="4000", access=Secret("a"), refresh=Secret("r"), expires_at=MORNING, issued_at=MORNING, version=7
    )
    assert Tokens.read(tokens.text()) == tokens
    assert Tokens.read(replace(tokens, version=8).text()).version == 8
    assert "'a'" not in repr(tokens)


def test_the_journal_names_tokens_by_fingerprint_only(office: Office) -> None:
    custody(office).renewed(DYING)
    told = office.everything_written()
    assert Secret(REFRESH_TOKEN).fingerprint in told
    for secret in (
        ACCESS_TOKEN,
        REFRESH_TOKEN,
        APP_SECRET,
        office.kept().access.reveal(),
        office.kept().refresh.reveal(),
    ):
        assert secret not in told
