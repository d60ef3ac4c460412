"""The page that the demo leaves of its stand-ins: it needs nothing else to be looked at."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from channels.sandbox.clock import SandboxClock
from channels.sandbox.sandbox import Sandbox
from loa.demo.stand_ins import snapshot
from tests.channels.sandbox.calls import send_json

WEBSITE = "https://snv.example.gov.vn"
PICTURES = ("tb/2026/tin-7k3q/ap-phich.png", "tb/2026/tin-7k3q/chua-co.png")


def test_pictures_on_the_website_are_taken_from_its_folder_and_others_are_named(tmp_path: Path) -> None:
    (tmp_path / PICTURES[0]).parent.mkdir(parents=True)
    (tmp_path / PICTURES[0]).write_bytes(b"\x89PNG")
    with Sandbox(clock=SandboxClock(datetime(2026, 12, 1, tzinfo=UTC), speed=0)) as box:
        token = {"access_token": box.zalo.world.tokens.issue("2000", "4000").access}
        blocks = [{"type": "image", "url": f"{WEBSITE}/{PICTURES[1]}"}]
        article = {
            "type": "normal",
            "title": "Mời",
            "description": "Mời bà con",
            "status": "show",
            "cover": {"cover_type": "photo", "photo_url": f"{WEBSITE}/{PICTURES[0]}", "status": "show"},
            "body": blocks,
        }
        assert send_json("POST", f"{box.address}/openapi/v2.0/article/create", article, token).json["error"] == 0
        box.clock.advance(minutes=1)
        page = snapshot(box, {WEBSITE: tmp_path})
    assert page.count("data:image/png;base64,iVBORw==") == 1
    assert page.count('class="elsewhere"') == 1
    assert "snv.example.gov.vn, chưa xem được" in page
