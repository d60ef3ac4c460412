"""The webhook channel against the stand-in for a portal: events, signatures, answers, doubt."""

from __future__ import annotations

import base64
import json
import socket
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

import loa
from channels.answers import (
    ChannelFailure,
    Closed,
    Limited,
    NotSent,
    OutcomeUnknown,
    Processing,
    Receipt,
    Rejected,
    Unreachable,
)
from channels.base import NoSteps, Surroundings
from channels.http import Answer
from channels.sandbox.clock import SandboxClock
from channels.sandbox.faults import EXECUTED, Fault
from channels.sandbox.portal.service import Portal
from channels.sandbox.portal.signature import SECRET
from channels.sandbox.sandbox import Sandbox
from channels.sandbox.web import Item
from channels.webhook.answers import failure_of
from channels.webhook.channel import WebhookChannel
from channels.webhook.event import published
from channels.webhook.settings import WebhookSettings
from channels.webhook.signature import key_in, signed_headers
from loa.core.errors import LoaError
from loa.core.secrets import Secret, Secrets
from tests.channels.blog import CHART, FULL, POSTER, SLOTS, SMALL_PAPER, SOUGHT, START
from tests.channels.raw_server import ok, raw_server
from tests.channels.site import POST, PUBLISHER

OTHER = "whsec_" + base64.b64encode(b"another secret of 24 bytes").decode()
FAULTS = [fault for fault in Fault if fault not in (Fault.SLOW, Fault.LATE_COMMIT)]


@dataclass(kw_only=True)
class Side:
    """The portal, seen from both sides."""

    box: Sandbox
    workspace: Path
    secrets: Mapping[str, str] = field(default_factory=lambda: {"WEBHOOK_SECRET": SECRET})

    @property
    def portal(self) -> Portal:
        return self.box.portal

    def channel(self, *, asks: bool = True, **changes: object) -> WebhookChannel:
        """The channel; ``asks``: whether the portal tells what became of an event."""
        here = f"{self.box.address}/portal"
        typed: dict[str, object] = {"type": "webhook", "url": f"{here}/hook", "slots": SLOTS, "timeout": "0.6"}
        typed |= {"status_url": f"{here}/status"} if asks else {}
        around = Surroundings(
            workspace=self.workspace,
            templates=loa.root() / "templates",
            publisher=PUBLISHER,
            secrets=Secrets(self.secrets),
            now=self.box.clock.now,
        )
        return WebhookChannel("cong", WebhookSettings.model_validate(typed | changes), around)

    @property
    def items(self) -> list[Item]:
        return self.portal.items()


@pytest.fixture
def side(tmp_path: Path) -> Iterator[Side]:
    with Sandbox(clock=SandboxClock(START, speed=0)) as box:
        yield Side(box=box, workspace=tmp_path)


# --- what is sent ------------------------------------------------------------------------------------------


def test_the_signature_is_the_one_of_the_standard() -> None:
    """The vector was checked with the reference library of Standard Webhooks."""
    body = (
        '{"type":"announcement.published","timestamp":"2026-11-22T06:00:00Z",'
        '"data":{"id":"TB-2026-000123","title":"Tháng hành động vì trẻ em"}}'
    ).encode()
    key = key_in(Secret("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="))
    moment = datetime.fromtimestamp(1795332000, UTC)
    assert signed_headers("msg_tb-2026-000123_web1", body, [key], moment) == {
        "webhook-id": "msg_tb-2026-000123_web1",
        "webhook-timestamp": "1795332000",
        "webhook-signature": "v1,uBC1/PRsFJAi/GHIKQL2U5cq3bUBSfUcX3mK6beL/e8=",
    }
    with pytest.raises(ValueError, match="dot"):
        signed_headers("msg.1", body, [key], moment)


@pytest.mark.parametrize(
    "secret",
    ["", "whsec_", "whsec_!!!!", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "whsec_YWJj", "whsec_" + "QUFB" * 22],
)
def test_a_secret_of_another_form_is_told_and_not_shown(secret: str) -> None:
    with pytest.raises(Closed, match=r"webhook\.secret") as caught:
        key_in(Secret(secret))
    assert secret == "" or secret not in "".join(traceback.format_exception(caught.value))


def test_a_post_reaches_the_portal(side: Side) -> None:
    channel = side.channel()
    receipt = channel.publish(POST, NoSteps())
    (item,) = side.items
    assert (item.title, item.text, item.state) == (POST.title, POST.text, "live")
    link = f"{side.box.address}{item.address}"
    assert receipt == Receipt(remote_id=POST.marker, link=link, published_at=side.box.clock.now())
    assert channel.look_up(SOUGHT) == channel.follow(SOUGHT) == receipt
    assert channel.is_live(POST.marker)
    assert channel.clock_offset() == timedelta(0)


def test_an_event_says_everything_of_a_post() -> None:
    poster = replace(POSTER, address="https://snv.example.gov.vn/tb/ap-phich.png")
    post = replace(
        FULL,
        attachments=(poster, CHART, SMALL_PAPER),
        page="https://snv.example.gov.vn/tb/7k3q/",
        visible_code="Mã tin: 7K3Q",
        valid_until=date(2023, 11, 30),
    )
    event = json.loads(published(post, PUBLISHER).body)
    data = event["data"]
    images, files = data.pop("images"), data.pop("files")
    assert (event["type"], event["timestamp"]) == ("announcement.published", "2023-09-05T00:30:00Z")
    assert data == {
        "id": "7k3q",
        "title": POST.title,
        "summary": POST.summary,
        "html": POST.html,
        "text": POST.text,
        "language": "vi",
        "issuer": POST.issuer,
        "sender": PUBLISHER.full_name,
        "published_at": "2023-09-05T07:30:00+07:00",
        "valid_until": "2023-11-30",
        "code": "Mã tin: 7K3Q",
        "url": "https://snv.example.gov.vn/tb/7k3q/",
    }
    assert [(image["alt"], image.get("url"), "data_base64" in image) for image in images] == [
        (POSTER.alt, poster.address, False),
        (CHART.alt, None, True),
    ]
    assert base64.b64decode(images[1]["data_base64"]) == CHART.content
    assert (files[0]["title"], files[0]["sha256"]) == (SMALL_PAPER.title, SMALL_PAPER.sha256)


def test_the_same_post_is_always_the_same_event_in_the_same_bytes(side: Side) -> None:
    with raw_server(ok(b"")) as server:
        channel = side.channel(url=server.address, asks=False)
        for _ in range(2):
            channel.publish(FULL, NoSteps())
            side.box.clock.advance(hours=2)
        first, second = (request.partition(b"\r\n\r\n") for request in server.seen)
    assert first[2] == second[2]
    assert b"webhook-id: msg_7k3q\r\n" in first[0]
    assert b"Content-Type: application/json" in first[0]
    assert first[0] != second[0]  # time and signature are those of each try


def test_while_a_secret_is_replaced_both_are_signed_with(side: Side) -> None:
    side.secrets = {"NEW_SECRET": OTHER, "OLD_SECRET": SECRET}
    channel = side.channel(secret_env="NEW_SECRET", old_secret_env="OLD_SECRET")  # noqa: S106 - names
    assert isinstance(channel.publish(POST, NoSteps()), Receipt)
    side.portal.secrets = [OTHER]
    assert isinstance(channel.publish(replace(POST, marker="9zzz"), NoSteps()), Receipt)


def test_what_would_be_sent_is_what_is_sent(side: Side) -> None:
    side.secrets = {}
    (message,) = side.channel().would_send(FULL)
    assert message.what == f"POST {side.box.address}/portal/hook"
    assert (message.fields["webhook-id"], message.fields["webhook-signature"]) == ("msg_7k3q", "•••")
    body = json.loads(message.fields["body"])
    assert body["data"]["files"][0]["data_base64"] == "(PDF, 2\u00a0KB)"
    (plain,) = side.channel().would_send(POST)
    assert plain.fields["body"].encode() == published(POST, PUBLISHER).body
    assert side.box.journal.entries() == []


# --- what is answered --------------------------------------------------------------------------------------


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


# --- what goes wrong ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", FAULTS)
def test_after_a_failed_event_there_is_one_announcement_in_the_end(side: Side, fault: Fault) -> None:
    """Sent again without looking, as the contract of a repeatable channel allows: the portal knows repetitions."""
    side.box.faults.next("portal", "hook", fault, code=503)
    channel = side.channel()
    try:
        first: object = channel.publish(POST, NoSteps())
    except ChannelFailure as failure:
        first = failure
    assert isinstance(first, Receipt) == (fault is Fault.JAVASCRIPT), first
    assert len(side.items) == (1 if fault in EXECUTED else 0)
    assert isinstance(channel.publish(POST, NoSteps()), Receipt)
    assert len(side.items) == 1


def test_an_event_that_comes_to_pass_later_makes_no_second_announcement(side: Side) -> None:
    side.box.faults.next("portal", "hook", Fault.LATE_COMMIT, seconds=600)
    channel = side.channel()
    with pytest.raises(OutcomeUnknown):
        channel.publish(POST, NoSteps())
    assert channel.look_up(SOUGHT) is None
    channel.publish(POST, NoSteps())
    side.box.clock.advance(601)
    assert len(side.items) == 1


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault is not Fault.JAVASCRIPT])
def test_a_strange_answer_to_a_question_is_no_absence(side: Side, fault: Fault) -> None:
    channel = side.channel()
    channel.publish(POST, NoSteps())
    side.box.faults.next("portal", "status", fault, times=3, code=503)
    with pytest.raises((OutcomeUnknown, NotSent)):
        channel.look_up(SOUGHT)


def test_a_portal_that_cannot_be_asked_is_sent_to_again(side: Side) -> None:
    channel = side.channel(asks=False)
    assert channel.look_up(SOUGHT) is None
    assert (channel.abilities.repeatable, channel.abilities.doubt.resend) == (True, True)


def test_a_correction_and_a_withdrawal_reach_the_portal_and_may_be_repeated(side: Side) -> None:
    channel = side.channel()
    channel.publish(POST, NoSteps())
    for title in ("Đính chính", "Đính chính", "Đính chính lần hai"):
        receipt = channel.correct(POST.marker, replace(POST, title=title), NoSteps())
        assert isinstance(receipt, Receipt)
        assert [item.title for item in side.items] == [title]
    for _ in range(2):
        channel.withdraw(POST.marker, "sai số điện thoại")
        assert [item.state for item in side.items] == ["removed"]


@pytest.mark.parametrize("remote_id", ["9zzz", ""])
def test_what_the_portal_does_not_know_is_told(side: Side, remote_id: str) -> None:
    with pytest.raises(Rejected, match=r"webhook\.unknown_post"):
        side.channel().withdraw(remote_id, "")
    with pytest.raises(Rejected, match=r"webhook\.unknown_post"):
        side.channel().correct(remote_id, POST, NoSteps())


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


def test_a_wrong_secret_and_a_closed_portal_close_the_account(side: Side) -> None:
    side.secrets = {"WEBHOOK_SECRET": OTHER}
    with pytest.raises(Closed, match=r"webhook\.signature"):
        side.channel().publish(POST, NoSteps())
    side.portal.switches.closed = True
    with pytest.raises(Closed, match=r"webhook\.given_up"):
        side.channel().publish(POST, NoSteps())
    assert side.items == []


def test_a_body_over_the_limit_is_refused_for_good(side: Side) -> None:
    large = replace(SMALL_PAPER, content=b"x" * 5_000_000)
    with pytest.raises(Rejected, match=r"webhook\.too_large"):
        side.channel().publish(replace(POST, attachments=(large,)), NoSteps())


def test_a_dead_portal_is_unreachable(side: Side) -> None:
    with raw_server(b"") as server:
        pass
    with pytest.raises(Unreachable):
        side.channel(url=server.address, asks=False).publish(POST, NoSteps())


def test_a_name_that_leads_into_a_private_network_is_refused(side: Side, monkeypatch: pytest.MonkeyPatch) -> None:
    real = socket.getaddrinfo
    with raw_server(ok()) as server:
        monkeypatch.setattr(socket, "getaddrinfo", lambda _, *more, **parts: real("127.0.0.1", *more, **parts))
        channel = side.channel(url=f"https://cong.example.gov.vn:{server.port}/hook", asks=False)
        with pytest.raises(Unreachable, match=r"http\.private_address"):
            channel.publish(POST, NoSteps())
        assert server.seen == []


@pytest.mark.parametrize("fault", [Fault.ECHO_TOKEN, Fault.DROP_AFTER, Fault.REDIRECT, Fault.WRONG_TYPES])
@pytest.mark.parametrize("act", ["publish", "look_up", "correct", "withdraw", "probe"])
def test_no_secret_shows_in_anything_that_is_raised(
    side: Side, fault: Fault, act: str, caplog: pytest.LogCaptureFixture
) -> None:
    channel = side.channel()
    side.box.faults.next("portal", "*", fault, times=9)
    acts: Mapping[str, Callable[[], object]] = {
        "publish": lambda: channel.publish(POST, NoSteps()),
        "look_up": lambda: channel.look_up(SOUGHT),
        "correct": lambda: channel.correct(POST.marker, POST, NoSteps()),
        "withdraw": lambda: channel.withdraw(POST.marker, ""),
        "probe": channel.probe,
    }
    try:
        told = repr(acts[act]())  # some faults do no harm to some acts
    except ChannelFailure as failure:
        told = "".join(traceback.format_exception(failure)) + repr(failure.values)
    told += caplog.text
    assert SECRET not in told + repr(channel.__dict__)
    assert SECRET.removeprefix("whsec_") not in told + repr(channel.__dict__)


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"url": "http://cong.example.gov.vn/hook"}, "https_only"),
        ({"url": "https://10.1.2.3/hook"}, "url_private"),
        ({"url": "https://[fd00::1]/hook"}, "url_private"),
        ({"status_url": "https://169.254.169.254/status"}, "url_private"),
        ({"url": "https://cong.example.gov.vn/hook?token=1"}, "url_form"),
        ({"secret_env": SECRET}, "secret_name"),
    ],
)
def test_settings_that_cannot_work_are_refused(changes: dict[str, object], key: str) -> None:
    typed = {"type": "webhook", "url": "https://cong.example.gov.vn/hook", "slots": SLOTS}
    good = WebhookSettings.model_validate(typed)
    assert not good.stays_here()
    assert good.public_only()
    with pytest.raises(ValidationError) as caught:
        WebhookSettings.model_validate(typed | changes)
    assert [error["type"] for error in caught.value.errors()] == [key]


def test_a_portal_in_the_own_network_is_reached_when_the_office_says_so() -> None:
    typed = {"type": "webhook", "url": "https://10.1.2.3/hook", "slots": SLOTS, "private": "có"}
    assert not WebhookSettings.model_validate(typed).public_only()
    here = {**typed, "url": "http://127.0.0.1:1/hook"}
    assert WebhookSettings.model_validate(here).stays_here()
    away = {**here, "status_url": "https://cong.example.gov.vn/status"}
    assert not WebhookSettings.model_validate(away).stays_here()
