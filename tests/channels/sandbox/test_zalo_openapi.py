"""The stand-in for Zalo's OpenAPI: who is let in, the account, quota and uploads."""

from __future__ import annotations

import hashlib
import hmac

import pytest

from channels.sandbox.zalo.oa import BASIC_PACKAGE, ENTERPRISE, Right
from channels.sandbox.zalo.world import ACCESS_TOKEN, APP_ID, APP_SECRET, OA_ID
from tests.channels.sandbox.calls import call, send_file
from tests.channels.sandbox.zalo import Zalo, article

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100
CREATE = "/v2.0/article/create"


def test_the_account_tells_who_it_is(oa: Zalo) -> None:
    data = oa.get("/v2.0/oa/getoa").json["data"]
    assert (data["oaid"], data["oa_type"], data["is_verified"], data["num_follower"]) == (OA_ID, 4, True, 1250)


@pytest.mark.parametrize("token", ["", "unknown"])
def test_a_token_that_was_never_issued_is_invalid(oa: Zalo, token: str) -> None:
    answer = oa.get("/v2.0/oa/getoa", token)
    assert (answer.status, answer.json) == (200, {"error": -216, "message": "Access token is invalid"})


def test_a_token_in_the_query_or_in_authorization_is_not_seen(oa: Zalo) -> None:
    address = f"{oa.address}/openapi/v2.0/oa/getoa"
    assert call("GET", address, query={"access_token": ACCESS_TOKEN}).json["error"] == -216
    assert call("GET", address, headers={"Authorization": f"Bearer {ACCESS_TOKEN}"}).json["error"] == -216


@pytest.mark.parametrize("path", ["/v3.0/article/create", "/v2.0/article/upload_image", "/v2.0/oa/message/cs"])
def test_an_unknown_path_is_404_with_a_code(oa: Zalo, path: str) -> None:
    answer = oa.post(path, {})
    assert (answer.status, answer.json) == (404, {"error": -209, "message": "API is not support"})


def test_every_answer_counts_down_and_one_too_many_is_refused_until_the_next_minute(oa: Zalo) -> None:
    oa.world.switches.requests_per_minute = 2
    first = oa.get("/v2.0/oa/getoa")
    assert (first.headers["X-RateLimit-Limit"], first.headers["X-RateLimit-Remain"]) == ("2", "1")
    oa.get("/v2.0/oa/getoa")
    assert oa.get("/v2.0/oa/getoa").json["error"] == -32
    assert oa.get("/v2.0/article/getslice", type="normal").json["error"] == 0  # articles are counted apart
    oa.clock.advance(60)
    assert oa.get("/v2.0/oa/getoa").json["error"] == 0


def test_an_account_without_the_package_can_only_tell_who_it_is(oa: Zalo) -> None:
    oa.world.accounts[OA_ID].package = BASIC_PACKAGE
    assert oa.post(CREATE, article()).json["error"] == -224
    assert oa.broadcast("x")["error"] == -224
    assert oa.get("/v2.0/oa/getoa").json["error"] == 0


def test_each_missing_link_of_the_set_up_has_its_own_code(oa: Zalo) -> None:
    account, app = oa.world.accounts[OA_ID], oa.world.apps[APP_ID]

    def code() -> int:
        refused: int = oa.post(CREATE, article()).json["error"]
        return refused

    account.verified = False
    assert code() == -221
    account.consent = frozenset({Right.INFO, Right.MESSAGES})
    assert code() == -223
    account.enabled = False
    assert code() == -204
    app.registered = False
    assert code() == -212
    app.active = False
    assert code() == -209
    assert oa.api.items() == []


def test_the_proof_of_the_secret_is_asked_for_where_it_is_switched_on(oa: Zalo) -> None:
    oa.world.apps[APP_ID].proof_required = True
    assert oa.get("/v2.0/oa/getoa").json["error"] == -242
    proof = hmac.new(APP_SECRET.encode(), ACCESS_TOKEN.encode(), hashlib.sha256).hexdigest()
    headers = {"access_token": ACCESS_TOKEN, "appsecret_proof": proof}
    assert call("GET", f"{oa.address}/openapi/v2.0/oa/getoa", headers=headers).json["error"] == 0


def test_a_body_that_is_no_object_is_refused(oa: Zalo) -> None:
    assert oa.post(CREATE, ["a"]).json["error"] == -201
    address = f"{oa.address}/openapi{CREATE}"
    for body in (b"{", b"\xff\xfe", b""):
        assert call("POST", address, body, headers={"access_token": ACCESS_TOKEN}).json["error"] == -201


def test_pictures_for_messages_are_checked_and_counted(oa: Zalo) -> None:
    address, token = f"{oa.address}/openapi/v2.0/oa/upload/image", {"access_token": ACCESS_TOKEN}
    oa.world.accounts[OA_ID].monthly_uploads = 1
    for content in (b"text", b"", PNG + b"0" * 1024 * 1024):
        refused = send_file(address, content, headers=token).json
        assert refused["error"] == -201
        assert "jpg, png" in refused["message"]
    assert send_file(address, PNG, headers=token).json["data"]["attachment_id"]
    assert send_file(address, PNG, headers=token).json == {"error": -211, "message": "Out of quota"}
    oa.clock.advance(days=8)  # December
    fresh = {"access_token": oa.world.tokens.issue(APP_ID, OA_ID).access}
    assert send_file(address, PNG, headers=fresh).json["error"] == 0


def test_quota_is_told_in_both_shapes(oa: Zalo) -> None:
    identifier = oa.publish()
    oa.broadcast(identifier)
    old = oa.post("/v2.0/oa/quota/message", {"user_id": "1", "type": "promotion"}).json["data"]
    assert old == {"type": "promotion", "remain": 3, "total": 4}
    address = f"{oa.address}/openapi/v2.0/oa/quota/message"
    assert call("POST", address, headers={"access_token": ACCESS_TOKEN}).json["data"]["type"] == "active"
    by_user = oa.post("/v3.0/oa/quota/message", {"user_id": "1"}).json["data"]
    assert by_user["promotion"]["monthly_remain"] == 3
    by_owner = oa.post("/v3.0/oa/quota/message", {"quota_owner": "oa"}).json["data"]
    assert by_owner[0]["remain"] == 3
    assert oa.post("/v3.0/oa/quota/message", {}).json["error"] == -201


def test_a_message_to_one_person_is_refused_as_the_type_of_account_asks(oa: Zalo) -> None:
    body = {"recipient": {"user_id": "1"}, "message": {"text": "Chào"}}
    assert oa.post("/v2.0/oa/message", body).json["error"] == -213
    oa.world.accounts[OA_ID].oa_type = ENTERPRISE
    assert oa.post("/v2.0/oa/message", body).json["error"] == -240


def test_after_a_reset_the_first_tokens_work_again(oa: Zalo) -> None:
    oa.publish()
    oa.world.tokens.issue(APP_ID, OA_ID)
    oa.api.reset()
    assert oa.get("/v2.0/oa/getoa").json["error"] == 0
    assert oa.api.items() == []
