"""A small site to test with: its settings, its agency, posts, and ways to look at what was written."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import loa
from channels import open_channel, settings_model
from channels.answers import Receipt
from channels.base import NoSteps, Sought, Surroundings
from channels.post import Attachment, Post, Publisher
from channels.static.channel import StaticChannel
from loa.core.secrets import Secrets

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
URL = "https://snv.example.gov.vn"
PUBLISHER = Publisher(
    name="Sở Nội vụ",
    full_name="Sở Nội vụ tỉnh Sông Trà",
    address="Số 1, đường Hùng Vương, phường Trà Giang",
    phone="0255.3000.100",
    fax="0255.3000.101",
    email="snv@example.gov.vn",
    website=URL,
)
PAPER = Attachment(
    name="thong-bao.pdf",
    media_type="application/pdf",
    content=b"%PDF-1.7 " + b"x" * 1_199_991,
    title="Thông báo niêm yết",
)
POST = Post(
    marker="7k3q",
    title="Khảo sát mức độ hài lòng bắt đầu từ tháng 9",
    summary="Ý kiến của mỗi người giúp cơ quan phục vụ tốt hơn.",
    html="<p>Mỗi phiếu chỉ mất khoảng <strong>15 phút</strong>.</p>",
    text="Mỗi phiếu chỉ mất khoảng 15 phút.",
    issuer="Sở Nội vụ tỉnh Sông Trà",
    published_at=datetime(2023, 9, 5, 7, 30, tzinfo=ZONE),
)

LATER = datetime(2023, 9, 7, 2, 15, 30, 999, tzinfo=UTC)  # two days after POST, as the clock of a server tells it


def settings(**changes: object) -> dict[str, object]:
    """A static channel's part of config.yaml, as the loader reads it: every scalar is text."""
    slots = {"sáng": {"at": "07:30", "until": "08:30"}}
    return {"type": "static", "folder": "output/site", "url": URL, "slots": slots} | changes


def surroundings(workspace: Path) -> Surroundings:
    """A workspace without secrets, at the moment of POST."""
    return Surroundings(
        workspace=workspace,
        templates=loa.root() / "templates",
        publisher=PUBLISHER,
        secrets=Secrets({}),
        now=lambda: POST.published_at,
    )


def put(channel: StaticChannel, post: Post = POST) -> Receipt:
    return channel.publish(post, NoSteps())


def sought(marker: str = POST.marker) -> Sought:
    return Sought(marker=marker, title=POST.title, text=POST.text, page="", since=POST.published_at)


def open_site(workspace: Path, **changes: object) -> StaticChannel:
    channel = open_channel(
        "trang-thong-tin",
        settings_model("static").model_validate(settings(**changes)),
        surroundings(workspace),
    )
    assert isinstance(channel, StaticChannel)
    return channel


def open_site_at(now: datetime, workspace: Path) -> StaticChannel:
    """The same site at another moment."""
    model = settings_model("static").model_validate(settings())
    around = replace(surroundings(workspace), now=lambda: now)
    channel = open_channel("trang-thong-tin", model, around)
    assert isinstance(channel, StaticChannel)
    return channel


def earlier(days: int) -> Post:
    """A post of so many days before POST, with its own marker."""
    moment = POST.published_at - timedelta(days=days)
    return replace(POST, marker=f"c{days}", title=f"Tin cũ thứ {days}", published_at=moment)


def tree(workspace: Path) -> dict[str, bytes]:
    """Every file of the site by its path; what a visitor could ask for."""
    site = workspace / "output" / "site"
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def listed(workspace: Path) -> list[str]:
    """The markers in the machine list, newest first."""
    content = (workspace / "output/site/tb/index.json").read_text(encoding="utf-8")
    return [item["marker"] for item in json.loads(content)["items"]]
