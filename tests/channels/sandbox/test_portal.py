"""The stand-in for a portal of other make: signatures, repeats, and editors who take their time."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from channels.sandbox.portal.signature import SECRET
from channels.sandbox.sandbox import Sandbox
from channels.sandbox.web import Condition, Item, Picture
from tests.channels.sandbox.calls import Answer, call, send_form

# The published vector of Standard Webhooks 1.0.0 for this text; the body has 143 bytes and no line break at its end.
VECTOR_SECRET = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="  # noqa: S105 - published by the standard
VECTOR_ID = "msg_tb-2026-000123_web1"
VECTOR_TIME = 1795332000
VECTOR_BODY = (
    '{"type":"announcement.published","timestamp":"2026-11-22T06:00:00Z",'
    '"data":{"id":"TB-2026-000123","title":"Tháng hành động vì trẻ em"}}'
).encode()
VECTOR_SIGNATURE = "v1,uBC1/PRsFJAi/GHIKQL2U5cq3bUBSfUcX3mK6beL/e8="


def sign(name: str, time: int, body: bytes, secret: str = SECRET) -> str:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.new(key, f"{name}.{time}.".encode() + body, hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode()


def send(box: Sandbox, name: str, body: bytes, *, time: int | None = None, signature: str = "") -> Answer:
    moment = int(box.clock.now().timestamp()) if time is None else time
    headers = {
        "Content-Type": "application/json",
        "webhook-id": name,
        "webhook-timestamp": str(moment),
        "webhook-signature": signature or sign(name, moment, body),
    }
    return call("POST", f"{box.address}/portal/hook", body, headers=headers)


def event(kind: str = "published", **data: object) -> bytes:
    told = {"id": "TB-1", "title": "Khảo sát", "text": "Mời bà con trả lời.", "url": "https://snv.example.gov.vn/1/"}
    value = {"type": f"announcement.{kind}", "timestamp": "2026-11-23T01:00:00Z", "data": told | data}
    return json.dumps(value, ensure_ascii=False).encode()


def items(box: Sandbox) -> list[Item]:
    return box.portal.items()


def ask(box: Sandbox, name: str, *, signature: str = "") -> Answer:
    moment = int(box.clock.now().timestamp())
    signed = {"webhook-timestamp": str(moment), "webhook-signature": signature or sign(name, moment, b"")}
    return call("GET", f"{box.address}/portal/status", query={"id": name}, headers={"webhook-id": name, **signed})


def status(box: Sandbox, name: str) -> Any:
    return ask(box, name).json


@pytest.fixture
def vector(box: Sandbox) -> Sandbox:
    box.clock.set(datetime.fromtimestamp(VECTOR_TIME, UTC))
    box.portal.secrets = [VECTOR_SECRET]
    return box


def test_the_published_test_vector_is_taken(vector: Sandbox) -> None:
    assert len(VECTOR_BODY) == 143
    answer = send(vector, VECTOR_ID, VECTOR_BODY, time=VECTOR_TIME, signature=VECTOR_SIGNATURE)
    assert (answer.status, answer.json["state"]) == (200, "published")
    assert items(vector)[0].title == "Tháng hành động vì trẻ em"


@pytest.mark.parametrize(("seconds", "expected"), [(300, 200), (-300, 200), (301, 401), (-301, 401)])
def test_a_signature_is_good_for_five_minutes(vector: Sandbox, seconds: int, expected: int) -> None:
    vector.clock.advance(seconds)
    assert send(vector, VECTOR_ID, VECTOR_BODY, time=VECTOR_TIME, signature=VECTOR_SIGNATURE).status == expected


@pytest.mark.parametrize(
    ("name", "body", "signature"),
    [
        (VECTOR_ID, VECTOR_BODY.replace(b"000123", b"000124"), VECTOR_SIGNATURE),
        (VECTOR_ID, json.dumps(json.loads(VECTOR_BODY)).encode(), VECTOR_SIGNATURE),
        ("msg_other", VECTOR_BODY, VECTOR_SIGNATURE),
        (VECTOR_ID, VECTOR_BODY, "v1,AAAA"),
        (VECTOR_ID, VECTOR_BODY, VECTOR_SIGNATURE.removeprefix("v1,")),
        (VECTOR_ID, VECTOR_BODY, "v1a," + VECTOR_SIGNATURE),
        ("a.b", VECTOR_BODY, sign("a.b", VECTOR_TIME, VECTOR_BODY, VECTOR_SECRET)),
        ("", VECTOR_BODY, sign("", VECTOR_TIME, VECTOR_BODY, VECTOR_SECRET)),
    ],
)
def test_anything_else_than_what_was_signed_is_refused(vector: Sandbox, name: str, body: bytes, signature: str) -> None:
    assert send(vector, name, body, time=VECTOR_TIME, signature=signature).status == 401
    assert items(vector) == []


def test_an_old_signature_beside_a_good_one_is_no_harm(vector: Sandbox) -> None:
    both = f"v1,AAAA {VECTOR_SIGNATURE}"
    assert send(vector, VECTOR_ID, VECTOR_BODY, time=VECTOR_TIME, signature=both).status == 200


def test_while_secrets_are_changed_both_are_good(vector: Sandbox) -> None:
    vector.portal.secrets = [SECRET, VECTOR_SECRET]
    assert send(vector, VECTOR_ID, VECTOR_BODY, time=VECTOR_TIME, signature=VECTOR_SIGNATURE).status == 200
    vector.portal.secrets = [SECRET]
    assert send(vector, "msg_2", VECTOR_BODY, time=VECTOR_TIME, signature=VECTOR_SIGNATURE).status == 401


def test_a_post_without_any_of_the_headers_is_refused(box: Sandbox) -> None:
    assert call("POST", f"{box.address}/portal/hook", event()).status == 401


def test_a_repeat_is_answered_and_makes_nothing_new(box: Sandbox) -> None:
    first = send(box, "msg_1", event()).json
    box.clock.advance(3600)
    assert send(box, "msg_1", event()).json == first
    assert len(items(box)) == 1
    assert first["url"] == f"{box.address}/portal/tin/1"


def test_another_id_makes_another_announcement_of_the_same_text(box: Sandbox) -> None:
    send(box, "msg_1", event())
    send(box, "msg_2", event())
    assert [item.state for item in items(box)] == [Condition.LIVE] * 2


def test_readers_see_it_with_its_pictures(box: Sandbox) -> None:
    answer = send(box, "msg_1", event(images=[{"url": "https://a/b.png", "alt": "Áp phích"}, {"data_base64": "AA=="}]))
    page = call("GET", answer.json["url"])
    assert (page.status, "Mời bà con trả lời." in page.text) == (200, True)
    item = items(box)[0]
    assert item.pictures == (Picture(address="https://a/b.png", alt="Áp phích"),)
    assert (item.link, item.account_name) == ("https://snv.example.gov.vn/1/", "Cổng thông tin điện tử")


def test_html_is_shown_as_words(box: Sandbox) -> None:
    send(box, "msg_1", event(text="", html='<p>Xem <a href="https://a/b">trang</a></p>'))
    assert items(box)[0].text == "Xem trang (https://a/b)"


def test_nothing_is_public_before_the_editor_presses(box: Sandbox) -> None:
    box.portal.switches.needs_editor = True
    told = send(box, "msg_1", event()).json
    send(box, "msg_2", event())
    assert (told["state"], call("GET", told["url"]).status) == ("pending", 404)
    assert [item.state for item in items(box)] == [Condition.PENDING] * 2
    box.clock.advance(3600)
    box.portal.press("1")
    assert status(box, "msg_1")["state"] == "published"
    assert status(box, "msg_2")["state"] == "pending"
    assert items(box)[0].created == box.clock.now()
    send_form(f"{box.address}/portal/press", {})
    assert [item.state for item in items(box)] == [Condition.LIVE] * 2


def test_the_status_of_an_unknown_id_is_404(box: Sandbox) -> None:
    assert ask(box, "x").status == 404


def test_who_does_not_sign_a_question_is_told_nothing(box: Sandbox) -> None:
    assert ask(box, "x", signature="v1,AAAA").status == 401


def test_an_announcement_is_updated_and_withdrawn_once(box: Sandbox) -> None:
    told = send(box, "msg_1", event()).json
    assert send(box, "msg_2", event("updated", title="Đã sửa")).json["id"] == told["id"]
    assert [item.title for item in items(box)] == ["Đã sửa"]
    assert send(box, "msg_3", event("withdrawn", title="")).json["state"] == "withdrawn"
    assert items(box)[0].state is Condition.REMOVED
    assert call("GET", told["url"]).status == 404
    assert send(box, "msg_3", event("withdrawn", title="")).status == 200
    assert send(box, "msg_4", event("updated")).status == 404


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"{", 400),
        (b"\xff", 400),
        (b"[]", 422),
        (b'{"type":"announcement.published","timestamp":"x"}', 422),
        (event("deleted"), 422),
        (event(id=""), 422),
        (event(id=5), 422),
        (event(title=""), 422),
        (event(text=["a"]), 422),
        (event(images="a.png"), 422),
        (event(images=["a.png"]), 422),
    ],
)
def test_a_signed_body_that_is_no_event_is_refused(box: Sandbox, body: bytes, expected: int) -> None:
    assert send(box, "msg_1", body).status == expected
    assert items(box) == []
    assert send(box, "msg_1", event()).status == 200  # a refusal does not use up the id


def test_a_portal_may_answer_nothing_or_be_given_up(box: Sandbox) -> None:
    box.portal.switches.answers_nothing = True
    answer = send(box, "msg_1", event())
    assert (answer.status, answer.body) == (204, b"")
    box.portal.switches.closed = True
    assert send(box, "msg_2", event()).status == 410
    assert len(items(box)) == 1
