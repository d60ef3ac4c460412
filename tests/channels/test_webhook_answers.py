"""What the webhook channel makes of a portal's answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from channels.answers import (
    ChannelFailure,
    Closed,
    Limited,
    NotSent,
    OutcomeUnknown,
    Processing,
    Receipt,
    Rejected,
)
from channels.base import NoSteps
from channels.http import Answer
from channels.sandbox.faults import Fault
from channels.webhook.answers import failure_of
from loa.core.errors import LoaError
from tests.channels.blog import SOUGHT
from tests.channels.raw_server import ok, raw_server
from tests.channels.site import POST
from tests.channels.webhook_portal import Side, portal_side


@pytest.fixture
def side(tmp_path: Path) -> Iterator[Side]:
    with portal_side(tmp_path) as found:
        yield found


def test_a_portal_whose_editor_decides_is_followed(side: Side) -> None:
    side.portal.switches.needs_editor = True
    channel = side.channel()
    assert channel.publish(POST, NoSteps()) == Processing(again_in=timedelta(minutes=15))
    assert isinstance(channel.look_up(SOUGHT), Processing)
    assert isinstance(channel.follow(SOUGHT), Processing)
    assert not channel.is_live(POST.marker)
    side.portal.press()
    assert isinstance(channel.follow(SOUGHT), Receipt)


def test_a_portal_that_does_not_tell_is_left_to_a_person_after_a_day(side: Side) -> None:
    side.portal.switches.needs_editor = True
    channel = side.channel(asks=False)
    assert channel.publish(POST, NoSteps()) == Processing(again_in=timedelta(hours=24))
    for ask in (lambda: channel.follow(SOUGHT), lambda: channel.is_live(POST.marker)):
        with pytest.raises(OutcomeUnknown, match=r"webhook\.not_told"):
            ask()


def test_what_an_editor_took_down_is_told(side: Side) -> None:
    channel = side.channel()
    channel.publish(POST, NoSteps())
    channel.withdraw(POST.marker, "")
    for ask in (channel.follow, channel.look_up):
        with pytest.raises(Rejected, match=r"webhook\.withdrawn"):
            ask(SOUGHT)
    side.portal.reset()
    with pytest.raises(Rejected, match=r"webhook\.withdrawn"):
        channel.follow(SOUGHT)
    assert not channel.is_live(POST.marker)


@pytest.mark.parametrize(
    "body", [b"", b" \n", b"OK", "đã nhận".encode(), b"{}", b'{"success": true, "error": ""}', b"[]", b"1"]
)
def test_a_success_that_says_nothing_is_believed_where_the_portal_cannot_be_asked(side: Side, body: bytes) -> None:
    """So the standard has it: 2xx is delivered. Nobody but the portal can have answered, because of TLS."""
    with raw_server(ok(body)) as server:
        receipt = side.channel(url=server.address, asks=False).publish(POST, NoSteps())
    assert receipt == Receipt(remote_id="7k3q", link="", published_at=side.box.clock.now())


@pytest.mark.parametrize(
    "answer",
    [
        ok(b"<html>"),
        ok(b"  <!doctype html>"),
        ok(b"OK", "Content-Type: text/html"),
        ok(b"\xff\xfe"),
        ok(b'{"url": "https://a.vn'),
        ok(b'{"url": ["https://a.vn"]}'),
        ok(b'{"state": "perhaps"}'),
        ok(b'{"id": {}}'),
        ok(b'{"success": false}'),
        ok(b'{"success": true, "error": "no"}'),
        ok(b"[" * 100_000),
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nOK",
    ],
)
def test_a_success_that_says_something_else_is_not_believed(side: Side, answer: bytes) -> None:
    with raw_server(answer) as server, pytest.raises(OutcomeUnknown, match=r"webhook\.unreadable"):
        side.channel(url=server.address, asks=False).publish(POST, NoSteps())


@pytest.mark.parametrize("url", ["javascript:alert(1)", "", "/tin/1", "ftp://a.vn/1"])
def test_an_address_that_is_none_is_not_shown_to_anybody(side: Side, url: str) -> None:
    with raw_server(ok(json.dumps({"url": url, "id": 1, "state": "published"}).encode())) as server:
        receipt = side.channel(url=server.address, asks=False).publish(POST, NoSteps())
    assert isinstance(receipt, Receipt)
    assert receipt.link == ""


def test_a_success_that_says_nothing_is_confirmed_where_the_portal_can_be_asked(side: Side) -> None:
    side.portal.switches.answers_nothing = True
    receipt = side.channel().publish(POST, NoSteps())
    assert isinstance(receipt, Receipt)
    assert receipt.link.endswith("/portal/tin/1")
    side.box.faults.next("portal", "hook", Fault.EMPTY_200)
    with pytest.raises(OutcomeUnknown, match=r"webhook\.not_confirmed"):
        side.channel().publish(replace(POST, marker="9zzz"), NoSteps())


@pytest.mark.parametrize(
    ("status", "kind", "key"),
    [
        (301, NotSent, "webhook.moved"),
        (307, NotSent, "webhook.moved"),
        (400, Rejected, "webhook.refused"),
        (401, Closed, "webhook.signature"),
        (403, Closed, "webhook.signature"),
        (404, Closed, "webhook.no_receiver"),
        (408, OutcomeUnknown, "webhook.unclear"),
        (410, Closed, "webhook.given_up"),
        (413, Rejected, "webhook.too_large"),
        (422, Rejected, "webhook.refused"),
        (429, Limited, "webhook.limited"),
        (500, OutcomeUnknown, "webhook.unclear"),
        (502, OutcomeUnknown, "webhook.unclear"),
        (503, OutcomeUnknown, "webhook.unclear"),
        (504, OutcomeUnknown, "webhook.unclear"),
    ],
)
def test_each_status_has_its_meaning(status: int, kind: type[ChannelFailure], key: str) -> None:
    failure = failure_of(Answer(status=status, headers={"Retry-After": "90"}, body=b"", whole=True))
    assert (type(failure), failure.reason_key) == (kind, key)
    if isinstance(failure, Limited):
        assert failure.wait == timedelta(seconds=90)


def test_a_probe_tells_how_the_account_is(side: Side) -> None:
    health = side.channel().probe()
    assert health.account == side.box.address.removeprefix("http://")
    assert health.server_time == side.box.clock.now()
    assert side.channel(asks=False).probe().server_time is None
    side.box.faults.next("portal", "status", Fault.HTTP_500, times=3)
    with pytest.raises(NotSent):
        side.channel().probe()
    side.secrets = {"WEBHOOK_SECRET": "whsec_short"}
    with pytest.raises(Closed, match=r"webhook\.secret"):
        side.channel().probe()
    side.secrets = {}
    with pytest.raises(LoaError):
        side.channel().probe()
