"""What the webhook channel sends: events, signatures, corrections, withdrawals."""

from __future__ import annotations

import base64
import json
import traceback
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from channels.answers import (
    Closed,
    Receipt,
    Rejected,
)
from channels.base import NoSteps
from channels.sandbox.portal.signature import SECRET
from channels.webhook.event import published
from channels.webhook.signature import key_in, signed_headers
from loa.core.secrets import Secret
from tests.channels.blog import CHART, FULL, POSTER, SMALL_PAPER, SOUGHT
from tests.channels.raw_server import ok, raw_server
from tests.channels.site import POST, PUBLISHER
from tests.channels.webhook_portal import OTHER, Side, portal_side


@pytest.fixture
def side(tmp_path: Path) -> Iterator[Side]:
    with portal_side(tmp_path) as found:
        yield found


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
