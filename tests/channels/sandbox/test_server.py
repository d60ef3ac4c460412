"""The server itself: sockets, the sandbox's own addresses, its clock."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from threading import Event
from urllib.parse import urlsplit

import pytest

from channels.sandbox.clock import SandboxClock
from channels.sandbox.faults import Fault
from channels.sandbox.sandbox import Sandbox
from channels.sandbox.server import LOOPBACK
from channels.sandbox.web import Request
from tests.channels.sandbox.calls import call, send_json
from tests.channels.sandbox.graph import FORM, START, TOKEN, Api, give_up_on, graph


@pytest.fixture
def api() -> Iterator[Api]:
    with graph() as api:
        yield api


def test_it_listens_on_this_computer_alone(api: Api) -> None:
    assert urlsplit(api.box.address).hostname == LOOPBACK == "127.0.0.1"


def test_a_port_that_is_taken_is_an_error(api: Api) -> None:
    port = urlsplit(api.box.address).port or 0
    with pytest.raises(OSError, match="in use"):
        Sandbox(port=port)


def test_several_requests_share_one_connection(api: Api) -> None:
    connection = http.client.HTTPConnection(urlsplit(api.box.address).netloc, timeout=5)
    for _ in range(3):
        connection.request("GET", "/graph/v26.0/me", headers={"Authorization": f"Bearer {api.token}"})
        assert json.load(connection.getresponse())["id"] == "1000"
    connection.close()


def test_the_date_is_that_of_the_sandbox(api: Api) -> None:
    assert parsedate_to_datetime(api.get("me").headers["Date"]) == START
    api.box.clock.advance(minutes=7)
    assert parsedate_to_datetime(api.get("me").headers["Date"]) == START + timedelta(minutes=7)


@pytest.mark.parametrize("head", ["Content-Length: 99999999999", "Content-Length: -1", "Transfer-Encoding: chunked"])
def test_a_body_that_cannot_be_taken_is_refused(api: Api, head: str) -> None:
    with socket.create_connection((LOOPBACK, urlsplit(api.box.address).port or 0), timeout=5) as connection:
        connection.sendall(f"POST /graph/v26.0/1000/feed HTTP/1.1\r\nHost: x\r\n{head}\r\n\r\n".encode())
        assert connection.makefile("rb").readline().startswith(b"HTTP/1.1 413")


def test_half_a_request_is_not_acted_on(api: Api) -> None:
    """As a client leaves it that is killed while it is sending."""
    head = f"POST /graph/v26.0/1000/feed HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {TOKEN}\r\n"
    with socket.create_connection((LOOPBACK, urlsplit(api.box.address).port or 0), timeout=5) as connection:
        connection.sendall(f"{head}Content-Type: {FORM}\r\nContent-Length: 40\r\n\r\nmessage=Kh".encode())
        connection.shutdown(socket.SHUT_WR)
        assert connection.makefile("rb").read() == b""
    assert (api.box.truth(), api.box.journal.entries()) == ([], [])


def test_what_lies_nowhere_is_not_found(api: Api) -> None:
    for path in ("/favicon.ico", "/graphics", "/_control"):
        assert call("GET", f"{api.box.address}{path}").status == 404


def test_the_truth_tells_every_item_with_its_state(api: Api) -> None:
    kept, gone = api.made(message="Còn", link="https://snv.example.gov.vn/tb/1"), api.made(message="Gỡ")
    api.delete(gone)
    items = call("GET", f"{api.box.address}/_truth").json["items"]
    assert [(item["id"], item["state"], item["link"]) for item in items] == [
        (kept, "live", "https://snv.example.gov.vn/tb/1"),
        (gone, "removed", ""),
    ]
    assert items[0]["service"], items[0]["account"] == ("graph", "1000")
    assert datetime.fromisoformat(items[0]["created"]) == START
    assert [item.id for item in api.box.truth()] == [kept, gone]


def test_the_journal_tells_every_request_and_no_token(api: Api) -> None:
    api.made(message="Một")
    api.get("1000/published_posts", after="EAAsecret")
    told = call("GET", f"{api.box.address}/_journal")
    assert [(e["method"], e["route"], e["account"], e["status"]) for e in told.json["requests"]] == [
        ("POST", "feed", "1000", 200),
        ("GET", "published_posts", "1000", 400),
    ]
    api.get(f"{TOKEN}/{TOKEN}")
    assert "EAA" not in call("GET", f"{api.box.address}/_journal").text
    assert [entry.route for entry in api.box.journal.entries(route="feed")] == ["feed"]


def test_readers_leave_no_trace_in_the_journal(api: Api) -> None:
    post = api.made(message="Một")
    call("GET", f"{api.box.address}/graph/permalink/{post}")
    call("GET", f"{api.box.address}/")
    assert [entry.route for entry in api.box.journal.entries()] == ["feed"]


# --- the levers ---------------------------------------------------------------------------------------------


def control(api: Api, **wanted: object) -> int:
    return send_json("POST", f"{api.box.address}/_control", wanted).status


def test_control_asks_for_faults(api: Api) -> None:
    wanted = {"service": "graph", "route": "feed", "fault": "error_code", "code": 368, "subcode": 1390008, "times": 2}
    assert control(api, faults=[wanted]) == 200
    codes = [api.post("1000/feed", message="Một").status for _ in range(3)]
    assert codes == [400, 400, 200]


def test_control_sets_rates_in_the_place_of_those_before(api: Api) -> None:
    control(api, rates={"graph/feed": {"http_500": {"share": 1.0}}, "*": {"empty_200": 0.0}}, seed=3)
    assert api.post("1000/feed", message="Một").status == 500
    assert api.get("me").status == 200
    control(api, rates={})
    assert api.post("1000/feed", message="Một").status == 200


def test_control_moves_the_clock(api: Api) -> None:
    control(api, clock={"now": "2027-01-05T07:30:00+07:00"})
    assert api.box.clock.now() == datetime(2027, 1, 5, 0, 30, tzinfo=UTC)
    control(api, clock={"advance": 90})
    assert api.box.clock.now() == datetime(2027, 1, 5, 0, 31, 30, tzinfo=UTC)


def test_control_resets_everything_but_the_clock(api: Api) -> None:
    api.made(message="Một")
    api.box.faults.next("graph", "feed", Fault.LATE_COMMIT, seconds=60)
    give_up_on(api, message="Hai")
    api.box.faults.next("*", "*", Fault.HTTP_500, times=100)
    control(api, reset=True)
    api.box.clock.advance(hours=1)
    assert (api.box.truth(), api.box.journal.entries()) == ([], [])
    assert api.get("me").status == 200


@pytest.mark.parametrize(
    "wanted",
    [
        {"fault": []},
        {"faults": [{"service": "graph"}]},
        {"faults": [{"fault": "no_such"}]},
        {"faults": [{"fault": "http_500", "colour": "red"}]},
        {"faults": ["http_500"]},
        {"rates": {"graph": {"http_500": {"seconds": 3}}}},
        {"clock": {"now": "2027-01-05T07:30:00"}},
        {"clock": {"now": "tomorrow"}},
        {"seed": "x"},
    ],
)
def test_control_refuses_what_it_does_not_know_and_does_nothing(api: Api, wanted: dict[str, object]) -> None:
    api.made(message="Một")
    assert control(api, **{"reset": True, **wanted}) == 400
    assert len(api.box.truth()) == 1


def test_control_refuses_what_is_no_object(api: Api) -> None:
    assert call("POST", f"{api.box.address}/_control", b"[").status == 400
    assert call("POST", f"{api.box.address}/_control", b"[]").status == 400


# --- the clock -----------------------------------------------------------------------------------------------


def test_a_clock_that_stands_still_moves_when_told() -> None:
    clock = SandboxClock(START, speed=0)
    done: list[str] = []
    clock.at(START + timedelta(seconds=20), lambda: done.append("later"))
    clock.at(START + timedelta(seconds=10), lambda: done.append("sooner"))
    clock.advance(9)
    assert (clock.now(), done) == (START + timedelta(seconds=9), [])
    clock.advance(60)
    assert done == ["sooner", "later"]


def test_a_fast_clock_does_things_in_their_time() -> None:
    clock = SandboxClock(START, speed=3600)
    done = Event()
    clock.at(START + timedelta(minutes=2), done.set)
    assert done.wait(timeout=5)
    assert clock.now() >= START + timedelta(minutes=2)
    clock.stop()


def test_a_clock_that_is_stopped_forgets_what_waits() -> None:
    clock = SandboxClock(START, speed=0)
    clock.at(START + timedelta(seconds=10), lambda: pytest.fail("forgotten"))
    clock.stop()
    clock.advance(60)


def test_changing_the_speed_does_not_move_the_clock() -> None:
    clock = SandboxClock(START, speed=0)
    clock.advance(5)
    clock.run(1)
    assert timedelta(seconds=5) <= clock.now() - START < timedelta(seconds=6)


# --- bodies --------------------------------------------------------------------------------------------------


def test_a_multipart_body_is_taken_apart_byte_by_byte() -> None:
    content = bytes(range(256)) + b"\r\n-edge--edge\r\n\r\n"
    body = (
        b'--edge\r\nContent-Disposition: form-data; name="caption"\r\n\r\nTh\xc3\xb4ng b\xc3\xa1o\r\n'
        b'--edge\r\nContent-Disposition: form-data; name="source"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'
        + content
        + b"\r\n--edge--\r\n"
    )
    head = {"content-type": 'multipart/form-data; boundary="edge"'}
    request = Request(method="POST", path="/", query={}, headers=head, body=body, host="")
    assert request.form() == {"caption": "Thông báo"}
    assert request.files()["source"].content == content
    assert (request.files()["source"].name, request.files()["source"].media_type) == ("a.png", "image/png")


@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=other", "text/plain", ""])
def test_a_body_of_another_kind_has_no_fields(kind: str) -> None:
    request = Request(method="POST", path="/", query={}, headers={"content-type": kind}, body=b"a=1", host="")
    assert (request.form(), request.files()) == ({}, {})
