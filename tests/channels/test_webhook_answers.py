"""What the webhook channel makes of a portal's answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from channels.answers import (
    Blocked,
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
from channels.webhook.answers import refusal_of_event, refusal_of_question
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
    assert not channel.is_live(POST.marker)


def test_what_a_portal_took_and_forgot_is_not_certainly_absent(side: Side) -> None:
    side.portal.switches.needs_editor = True
    channel = side.channel()
    channel.publish(POST, NoSteps())
    side.portal.reset()
    with pytest.raises(OutcomeUnknown, match=r"webhook\.forgotten"):
        channel.follow(SOUGHT)


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


def answered(status: int, body: bytes = b"") -> Answer:
    return Answer(status=status, headers={"Retry-After": "90"}, body=body, whole=True)


@pytest.mark.parametrize(
    ("status", "kind", "key"),
    [
        (301, NotSent, "webhook.moved"),
        (307, NotSent, "webhook.moved"),
        (400, Rejected, "webhook.refused"),
        (401, Closed, "webhook.signature"),
        (403, Closed, "webhook.signature"),
        (404, Blocked, "webhook.no_receiver"),
        (408, OutcomeUnknown, "webhook.unclear"),
        (410, Blocked, "webhook.given_up"),
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
    failure = refusal_of_event(answered(status), can_be_asked=True)
    assert (type(failure), failure.reason_key) == (kind, key)
    if isinstance(failure, Limited):
        assert failure.wait == timedelta(seconds=90)


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_where_no_question_can_show_that_a_portal_takes_events_again_a_person_says_so(status: int) -> None:
    assert type(refusal_of_event(answered(status), can_be_asked=False)) is Blocked


@pytest.mark.parametrize("status", [301, 400, 404, 408, 410, 413, 422, 500, 503])
def test_a_question_that_is_refused_says_nothing_of_the_post(status: int) -> None:
    failure = refusal_of_question(answered(status))
    assert (type(failure), failure.reason_key) == (OutcomeUnknown, "webhook.not_answered")


@pytest.mark.parametrize(("status", "kind"), [(401, Closed), (403, Closed), (429, Limited)])
def test_a_question_may_be_refused_to_the_whole_account(status: int, kind: type[ChannelFailure]) -> None:
    assert type(refusal_of_question(answered(status))) is kind


@pytest.mark.parametrize("status", ["400 Bad", "410 Gone", "413 Large", "422 No", "500 No"])
@pytest.mark.parametrize("act", ["look_up", "follow", "is_live"])
def test_a_question_that_is_refused_settles_no_post(side: Side, status: str, act: str) -> None:
    """The event was taken and its answer got lost: a fault where questions are answered must not say "not there"."""
    with raw_server(ok(b'{"message": "bad id"}', status=status)) as server:
        channel = side.channel(status_url=server.address)
        with pytest.raises(OutcomeUnknown):
            getattr(channel, act)(POST.marker if act == "is_live" else SOUGHT)


@pytest.mark.parametrize("status", ["400 Bad", "401 Who", "404 No", "429 Slow", "500 No"])
def test_what_was_taken_stays_in_doubt_while_nobody_confirms_it(side: Side, status: str) -> None:
    side.portal.switches.answers_nothing = True
    with raw_server(ok(b"<p>", status=status)) as server:
        channel = side.channel(status_url=server.address)
        with pytest.raises(OutcomeUnknown, match=r"webhook\.unconfirmed"):
            channel.publish(POST, NoSteps())
        with pytest.raises(OutcomeUnknown, match=r"webhook\.unconfirmed"):
            channel.withdraw(POST.marker, "")


def test_a_correction_of_what_is_withdrawn_is_told(side: Side) -> None:
    with raw_server(ok(b'{"state": "withdrawn"}')) as server:
        channel = side.channel(url=server.address, asks=False)
        with pytest.raises(Rejected, match=r"webhook\.withdrawn"):
            channel.correct(POST.marker, POST, NoSteps())


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
    with pytest.raises(Closed, match=r"channel\.no_secret"):
        side.channel().probe()
