"""The stand-in for Zalo's OAuth: consent, codes, and refresh tokens that work once."""

from __future__ import annotations

import base64
import hashlib
from datetime import timedelta
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

import pytest

from channels.sandbox.zalo.oa import Pkce
from channels.sandbox.zalo.world import ACCESS_TOKEN, APP_ID, CALLBACK, OA_ID, REFRESH_TOKEN
from tests.channels.sandbox.calls import call
from tests.channels.sandbox.zalo import Zalo

VERIFIER = "a-verifier-of-forty-three-letters-for-tests"
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()


def consent(oa: Zalo, **query: str) -> dict[str, str]:
    """What the browser brings back to the callback, or to Zalo's page of errors."""
    asked = {"app_id": APP_ID, "redirect_uri": CALLBACK} | query
    answer = call("GET", f"{oa.address}/oauth/v4/oa/permission", query=asked)
    assert answer.status == 302
    parts = urlsplit(answer.headers["Location"])
    return {"to": answer.headers["Location"].partition("?")[0]} | {
        name: values[-1] for name, values in parse_qs(parts.query).items()
    }


def exchange(oa: Zalo, code: str, verifier: str = "") -> Any:
    return oa.token({"grant_type": "authorization_code", "code": code, "code_verifier": verifier}).json


def refresh(oa: Zalo, token: str = REFRESH_TOKEN) -> Any:
    return oa.token({"grant_type": "refresh_token", "refresh_token": token}).json


def test_consent_brings_back_a_code_the_account_and_the_state(oa: Zalo) -> None:
    back = consent(oa, state="xyz")
    assert (back["to"], back["oa_id"], back["state"]) == (CALLBACK, OA_ID, "xyz")
    pair = exchange(oa, back["code"])
    assert pair["expires_in"] == "90000"
    assert oa.get("/v2.0/oa/getoa", pair["access_token"]).json["data"]["oaid"] == OA_ID


def test_another_callback_ends_on_a_page_of_zalo(oa: Zalo) -> None:
    back = consent(oa, redirect_uri=f"{CALLBACK}?x=1")
    assert back["error_code"] == "-14003"
    assert "Invalid redirect uri" in call("GET", f"{back['to']}?error_code=-14003").text


@pytest.mark.parametrize("inactive", [True, False])
def test_an_app_that_is_unknown_or_not_active_gets_no_consent(oa: Zalo, inactive: bool) -> None:
    oa.world.apps[APP_ID].active = not inactive
    assert consent(oa, app_id=APP_ID if inactive else "1")["error_code"] == "-14002"


def test_a_code_works_once_and_for_ten_minutes(oa: Zalo) -> None:
    code = consent(oa)["code"]
    assert "access_token" in exchange(oa, code)
    assert exchange(oa, code)["error"] == -14005
    late = consent(oa)["code"]
    oa.clock.advance(minutes=10, seconds=1)
    assert exchange(oa, late)["error"] == -14005


def test_a_challenge_needs_its_verifier(oa: Zalo) -> None:
    code = consent(oa, code_challenge=CHALLENGE)["code"]
    refused = exchange(oa, code, "another")
    assert "code verifier" in refused["error_name"]
    assert "access_token" in exchange(oa, code, VERIFIER)


@pytest.mark.parametrize(
    ("mode", "saved", "sent", "verifier", "works"),
    [
        (Pkce.PER_REQUEST, "", CHALLENGE, "", False),
        (Pkce.PER_REQUEST, "", "", "", True),
        (Pkce.STATIC, CHALLENGE, "", VERIFIER, True),
        (Pkce.STATIC, CHALLENGE, "of another verifier", "another verifier", False),
        (Pkce.NONE, "", CHALLENGE, "", True),
    ],
)
def test_where_the_challenge_comes_from_is_the_apps_mode(
    oa: Zalo, mode: Pkce, saved: str, sent: str, verifier: str, works: bool
) -> None:
    oa.world.apps[APP_ID].pkce = mode
    oa.world.apps[APP_ID].challenge = saved
    code = consent(oa, **({"code_challenge": sent} if sent else {}))["code"]
    assert ("access_token" in exchange(oa, code, verifier)) is works


def test_a_refresh_replaces_both_tokens_and_kills_the_old_access_token(oa: Zalo) -> None:
    pair = refresh(oa)
    assert pair["refresh_token"] != REFRESH_TOKEN
    assert oa.get("/v2.0/oa/getoa", pair["access_token"]).json["error"] == 0
    assert oa.get("/v2.0/oa/getoa", ACCESS_TOKEN).json["error"] == -220
    assert "access_token" in refresh(oa, pair["refresh_token"])


@pytest.mark.parametrize(("switch", "code"), [("empty", None), ("invalid", -14014), ("used", -14020)])
def test_a_refresh_token_used_twice(oa: Zalo, switch: Literal["empty", "invalid", "used"], code: int | None) -> None:
    oa.world.switches.consumed_refresh = switch
    refresh(oa)
    again = oa.token({"grant_type": "refresh_token", "refresh_token": REFRESH_TOKEN})
    assert again.status == 200
    if code is None:
        assert again.body == b""
    else:
        assert again.json["error"] == code


def test_a_refresh_token_lives_three_months(oa: Zalo) -> None:
    oa.clock.advance(days=90, seconds=1)
    assert refresh(oa)["error"] == -14014


def test_refusals_have_the_shape_of_the_oauth_host(oa: Zalo) -> None:
    refused = refresh(oa, "unknown")
    assert set(refused) == {"error", "error_name", "error_reason", "error_description", "ref_doc"}
    assert refused["error"] == -14014


@pytest.mark.parametrize(
    ("fields", "secret", "code"),
    [
        ({"app_id": "1"}, None, -14002),
        ({}, "wrong", -14004),
        ({"grant_type": "password"}, None, -14018),
    ],
)
def test_what_is_wrong_with_app_secret_or_grant_is_told_and_nothing_is_used_up(
    oa: Zalo, fields: dict[str, str], secret: str | None, code: int
) -> None:
    asked = {"grant_type": "refresh_token", "refresh_token": REFRESH_TOKEN} | fields
    answer = oa.token(asked, secret) if secret else oa.token(asked)
    assert (answer.status, answer.json["error"]) == (200, code)
    assert "access_token" in refresh(oa)


def test_an_access_token_lives_25_hours(oa: Zalo) -> None:
    oa.clock.advance(hours=25)
    assert oa.get("/v2.0/oa/getoa").json["error"] == 0
    oa.clock.set(oa.clock.now() + timedelta(seconds=1))
    refused = oa.get("/v2.0/oa/getoa").json
    assert refused == {"error": -220, "message": "access_token is expired or removed"}


def test_a_revoked_consent_ends_both_tokens(oa: Zalo) -> None:
    oa.world.tokens.revoke(OA_ID)
    assert oa.get("/v2.0/oa/getoa").json["error"] == -220
    assert refresh(oa)["error"] == -14014
