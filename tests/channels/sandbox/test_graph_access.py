"""Tokens, proofs, limits and versions of the Graph API."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from channels.sandbox.graph.access import proof_of
from channels.sandbox.graph.model import Budget
from channels.sandbox.graph.store import page_token
from tests.channels.sandbox.calls import call
from tests.channels.sandbox.graph import START, TOKEN, USER, Api, error_of, graph

APP = "1234567890|sandbox-app-secret"
SECRET = APP.partition("|")[2]


@pytest.fixture
def api() -> Iterator[Api]:
    with graph() as api:
        yield api


def test_a_token_may_come_in_three_ways(api: Api) -> None:
    address = f"{api.box.address}/graph/v26.0/me"
    bearer = call("GET", address, headers={"Authorization": f"Bearer {TOKEN}"})
    query = call("GET", address, query={"access_token": TOKEN})
    assert bearer.json == query.json == {"id": "1000", "name": "Sở Nội vụ tỉnh Sông Trà"}
    assert Api(box=api.box, token="").post("1000/feed", message="Một", access_token=TOKEN).status == 200


def test_calls_without_a_good_token_are_refused(api: Api) -> None:
    assert error_of(Api(box=api.box, token="").get("me")) == (400, 2500, 0)
    unknown = Api(box=api.box, token="EAAx").get("me")  # noqa: S106 - nobody's
    assert error_of(unknown) == (400, 190, 0)
    assert "invalid_token" in unknown.headers["WWW-Authenticate"]


@pytest.mark.parametrize("subcode", [0, 458, 459, 460, 463, 467, 492])
def test_a_revoked_token_says_why(api: Api, subcode: int) -> None:
    api.box.graph.token_of("1000").trouble = subcode
    assert error_of(api.post("1000/feed", message="Một")) == (400, 190, subcode)
    assert api.box.truth() == []


def test_a_token_expires_by_the_clock(api: Api) -> None:
    api.box.graph.token_of("1000").expires = START + timedelta(hours=1)
    assert api.get("me").status == 200
    api.box.clock.advance(hours=1)
    answer = api.get("me")
    assert error_of(answer) == (400, 190, 463)
    assert "Tuesday, 01-Dec-26 01:30:00" in answer.json["error"]["message"]


def test_an_error_tells_what_the_envelope_has(api: Api) -> None:
    error = api.get("9").json["error"]
    assert set(error) == {"message", "type", "code", "error_subcode", "fbtrace_id"}


# --- proof ---------------------------------------------------------------------------------------------------


def test_the_proof_is_the_known_one() -> None:
    assert proof_of("secret", "TOK") == "921e418a9249475492c5c76dde886efe36a783a107dba8a6d3be70bd6c4e8426"


def test_a_proof_is_checked_and_may_be_demanded(api: Api) -> None:
    proof = proof_of(SECRET, TOKEN)
    assert api.get("me", appsecret_proof=proof).status == 200
    assert error_of(api.get("me", appsecret_proof=proof[::-1])) == (400, 100, 0)
    api.box.graph.store.app.proof_required = True
    assert error_of(api.post("1000/feed", message="Một")) == (400, 100, 0)
    assert api.post("1000/feed", message="Một", appsecret_proof=proof).status == 200


# --- limits --------------------------------------------------------------------------------------------------


def usage(answer_headers: Any) -> Any:
    return json.loads(answer_headers["x-business-use-case-usage"])["1000"][0]


def test_a_page_has_so_many_calls_a_day(api: Api) -> None:
    assert "x-business-use-case-usage" not in api.get("me").headers
    api.box.graph.store.pages["1000"].budget = Budget(4, timedelta(hours=24))
    assert [usage(api.get("me").headers)["call_count"] for _ in range(4)] == [25, 50, 75, 100]
    api.box.clock.advance(hours=1)
    refused = api.post("1000/feed", message="Một")
    assert error_of(refused) == (400, 80001, 0)
    assert refused.json["error"]["is_transient"] is True
    told = usage(refused.headers)
    assert (told["type"], told["call_count"]) == ("pages", 100)
    api.box.clock.advance(minutes=told["estimated_time_to_regain_access"])
    assert api.get("me").status == 200


def test_what_the_headers_say_may_be_broken(api: Api) -> None:
    api.box.graph.store.pages["1000"].budget = Budget(4, timedelta(hours=24))
    api.box.graph.switches.broken_usage = True
    with pytest.raises(ValueError, match="Expecting"):
        usage(api.get("me").headers)


def test_calling_on_while_limited_prolongs_the_wait(api: Api) -> None:
    api.box.graph.store.pages["1000"].budget = Budget(1, timedelta(hours=1))
    waits = []
    for _ in range(3):
        waits.append(usage(api.get("me").headers)["estimated_time_to_regain_access"])
        api.box.clock.advance(minutes=10)
    assert waits == [60, 60, 60], "not 60, 50, 40"


def test_an_app_has_a_limit_of_its_own(api: Api) -> None:
    api.box.graph.store.app.budget = Budget(1, timedelta(hours=1))
    person = Api(box=api.box, token=USER)
    assert json.loads(person.get("me").headers["x-app-usage"])["call_count"] == 100
    assert error_of(person.get("me")) == (403, 4, 0)
    assert api.get("me").status == 200, "Page tokens do not count"


# --- versions ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "served"),
    [("/v26.0", "v26.0"), ("/v25.0", "v25.0"), ("/v19.0", "v21.0"), ("/v2.8", "v21.0"), ("", "v26.0")],
)
def test_an_expired_version_is_replaced_in_silence(api: Api, asked: str, served: str) -> None:
    answer = Api(box=api.box, version=asked).get("me")
    assert (answer.status, answer.headers["facebook-api-version"]) == (200, served)


def test_any_version_can_be_faked(api: Api) -> None:
    api.box.graph.switches.served_version = "v27.0"
    assert api.get("me").headers["facebook-api-version"] == "v27.0"
    assert api.get("none").headers["facebook-api-version"] == "v27.0"


# --- who holds what ------------------------------------------------------------------------------------------


def test_a_person_sees_the_pages_and_their_tokens(api: Api) -> None:
    api.box.graph.add_page("1001", "UBND phường Trà Giang")
    person = Api(box=api.box, token=USER)
    told = person.get("me/accounts").json["data"]
    assert [(page["id"], page["access_token"]) for page in told] == [("1000", TOKEN), ("1001", page_token("1001"))]
    assert "CREATE_CONTENT" in told[0]["tasks"]
    assert person.get("me").json["id"] == api.box.graph.store.user_id


def test_a_page_in_a_portfolio_is_missing_from_the_list(api: Api) -> None:
    api.box.graph.store.pages["1000"].in_portfolio = True
    person = Api(box=api.box, token=USER)
    assert len(person.get("me/accounts").json["data"]) == 1
    api.box.graph.store.tokens[USER].scopes -= {"business_management"}
    assert person.get("me/accounts").json == {"data": []}
    assert person.get("1000", fields="id,name,access_token").json["access_token"] == TOKEN


def test_a_page_token_from_a_short_user_token_is_short(api: Api) -> None:
    short = Api(box=api.box, token="EAAsandboxUserShort").get("me/accounts").json["data"][0]["access_token"]  # noqa: S106 - nobody's
    assert short != TOKEN
    assert Api(box=api.box, token=short).post("1000/feed", message="Một").status == 200
    api.box.clock.advance(hours=2)
    assert error_of(Api(box=api.box, token=short).get("me")) == (400, 190, 463)


def exchange(api: Api, **query: object) -> Any:
    known = {"client_id": "1234567890", "client_secret": SECRET, "grant_type": "fb_exchange_token"}
    return Api(box=api.box, token="").get("oauth/access_token", **{**known, **query})


def test_a_short_user_token_is_exchanged_for_a_long_one(api: Api) -> None:
    told = exchange(api, fb_exchange_token="EAAsandboxUserShort").json  # noqa: S106 - nobody's
    assert (told["token_type"], told["expires_in"]) == ("bearer", 5_183_944)
    api.box.clock.advance(days=59)
    assert Api(box=api.box, token=told["access_token"]).get("me/accounts").json["data"][0]["access_token"] == TOKEN
    api.box.clock.advance(days=2)
    assert error_of(Api(box=api.box, token=told["access_token"]).get("me")) == (400, 190, 463)


def test_the_app_gets_its_own_token(api: Api) -> None:
    assert exchange(api, grant_type="client_credentials").json == {"access_token": APP, "token_type": "bearer"}
    assert error_of(Api(box=api.box, token=APP).get("me")) == (400, 2500, 0)
    assert exchange(api, client_secret="guess").status >= 400  # noqa: S106 - a wrong one
    assert error_of(exchange(api, grant_type="password")) == (400, 100, 0)
    assert error_of(exchange(api, fb_exchange_token="EAAx")) == (400, 190, 0)  # noqa: S106 - nobody's


def debugged(api: Api, token: str = APP) -> Any:
    return Api(box=api.box, token=token).get("debug_token", input_token=TOKEN)


def test_the_app_looks_into_a_token(api: Api) -> None:
    told = debugged(api).json["data"]
    assert (told["is_valid"], told["type"], told["profile_id"], told["expires_at"]) == (True, "PAGE", "1000", 0)
    assert "pages_manage_posts" in told["scopes"]
    assert {"scope": "pages_manage_posts", "target_ids": ["1000"]} in told["granular_scopes"]
    assert TOKEN not in json.dumps(told)


def test_a_bad_token_is_told_without_an_error(api: Api) -> None:
    api.box.graph.token_of("1000").trouble = 460
    answer = debugged(api)
    assert answer.status == 200
    assert (answer.json["data"]["is_valid"], answer.json["data"]["error"]["subcode"]) == (False, 460)
    assert error_of(debugged(api, TOKEN)) == (400, 190, 460)
    unknown = Api(box=api.box, token=USER).get("debug_token", input_token="EAAx")  # noqa: S106 - nobody's
    assert unknown.json["data"]["error"]["code"] == 190
