"""Secrets: where they come from, that only their owner reads them, and that they never show."""

from __future__ import annotations

import json
import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from loa.core.errors import LoaError
from loa.core.secrets import MASK, Secret, Secrets, redacted

SHOWN = "EAAGm0PX4ZCpsBO7xyzxyzxyz"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "state" / "tokens.json"


def keys(caught: pytest.ExceptionInfo[LoaError]) -> list[str]:
    return [problem.key for problem in caught.value.problems]


def test_the_environment_comes_before_the_file(file: Path) -> None:
    secrets = Secrets({"A": "từ môi trường"}, file)
    secrets.store({"A": "từ tệp", "B": "từ tệp"})
    found = [secrets.get(name) for name in ("A", "B", "C")]
    assert [secret and secret.reveal() for secret in found] == ["từ môi trường", "từ tệp", None]


def test_an_empty_variable_is_none(file: Path) -> None:
    assert Secrets({"A": ""}, file).get("A") is None


def test_a_missing_secret_is_named_and_what_to_do_is_told(file: Path) -> None:
    with pytest.raises(LoaError) as caught:
        Secrets({}, file).require("FACEBOOK_PAGE_TOKEN")
    assert keys(caught) == ["secret.missing"]
    assert caught.value.problems[0].values["name"] == "FACEBOOK_PAGE_TOKEN"


def test_what_is_stored_is_for_its_owner_only_and_nothing_else_is_lost(file: Path) -> None:
    secrets = Secrets({}, file)
    secrets.store({"A": "1"})
    secrets.store({"B": "2"})
    assert secrets.stored() == {"A": "1", "B": "2"}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.skipif(sys.platform == "win32", reason="no such permissions there")
def test_a_file_that_others_may_read_is_refused(file: Path) -> None:
    secrets = Secrets({}, file)
    secrets.store({"A": "1"})
    file.chmod(0o640)
    with pytest.raises(LoaError) as caught:
        secrets.get("A")
    assert keys(caught) == ["secret.open_file"]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"A": 1}', b"\xff\xfe", b'"A"'])
def test_a_file_that_makes_no_sense_is_told_without_what_stands_in_it(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content + SHOWN.encode())
    file.chmod(0o600)
    with pytest.raises(LoaError) as caught:
        Secrets({}, file).get("A")
    assert keys(caught) == ["secret.unreadable"]
    assert SHOWN not in str(caught.value)
    assert caught.value.__cause__ is None


def test_two_who_store_at_once_lose_nothing(file: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: Secrets({}, file).store({f"N{number}": "x"}), range(24)))
    assert len(json.loads(file.read_text(encoding="utf-8"))) == 24


def test_a_secret_shows_only_when_asked_to() -> None:
    secret = Secret(SHOWN)
    assert SHOWN not in f"{secret} {secret!r} {[secret]} {vars(Secrets({'A': SHOWN})).keys()}"
    assert secret == Secret(SHOWN)
    assert len({secret, Secret(SHOWN)}) == 1
    assert SHOWN not in secret.fingerprint
    assert secret.fingerprint != Secret(SHOWN + "x").fingerprint


@pytest.mark.parametrize(
    "text",
    [
        f"https://graph.facebook.com/v26.0/me?access_token={SHOWN}&fields=id",
        f"Authorization: Bearer {SHOWN}",
        f"Authorization: Basic {SHOWN}==",
        f'{{"refresh_token": "{SHOWN}", "expires_in": "90000"}}',
        f"{{'secret_key': '{SHOWN}'}}",
        f"appsecret_proof={SHOWN}",
        f"Invalid token {SHOWN}.",
        "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    ],
)
def test_what_looks_like_a_secret_is_masked_wherever_it_stands(text: str) -> None:
    shown = redacted(text)
    assert SHOWN not in shown
    assert "AAECAwQ" not in shown
    assert MASK in shown


def test_a_known_secret_is_masked_whatever_it_looks_like() -> None:
    assert redacted("mật khẩu là hoa-sen", Secret("hoa-sen"), Secret("")) == f"mật khẩu là {MASK}"


def test_ordinary_words_stay() -> None:
    assert redacted("Mã tin: 7K3Q-9ABC, gọi 0255.3000.180") == "Mã tin: 7K3Q-9ABC, gọi 0255.3000.180"
