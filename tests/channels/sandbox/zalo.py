"""What tests send to the stand-ins for Zalo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from channels.sandbox.clock import SandboxClock
from channels.sandbox.sandbox import Sandbox
from channels.sandbox.zalo.openapi import ZaloOpenApi
from channels.sandbox.zalo.world import ACCESS_TOKEN, APP_ID, APP_SECRET, ZaloWorld
from tests.channels.sandbox.calls import Answer, call, send_form, send_json


@dataclass(frozen=True, kw_only=True)
class Zalo:
    box: Sandbox

    @property
    def world(self) -> ZaloWorld:
        return self.box.zalo.world

    @property
    def clock(self) -> SandboxClock:
        return self.box.clock

    @property
    def api(self) -> ZaloOpenApi:
        return self.box.zalo

    @property
    def address(self) -> str:
        return self.box.address

    def get(self, path: str, token: str = ACCESS_TOKEN, **query: object) -> Answer:
        return call("GET", f"{self.address}/openapi{path}", headers={"access_token": token}, query=query)

    def post(self, path: str, value: object, token: str = ACCESS_TOKEN) -> Answer:
        return send_json("POST", f"{self.address}/openapi{path}", value, {"access_token": token})

    def token(self, fields: Mapping[str, str], secret: str = APP_SECRET) -> Answer:
        given = {"app_id": APP_ID, **fields}
        return send_form(f"{self.address}/oauth/v4/oa/access_token", given, {"secret_key": secret})

    def publish(self, **changes: object) -> str:
        """Create an article and wait until it is there; its identifier."""
        token = self.post("/v2.0/article/create", article(**changes)).json["data"]["token"]
        self.clock.advance(60)
        identifier: str = self.post("/v2.0/article/verify", {"token": token}).json["data"]["id"]
        return identifier

    def broadcast(self, *identifiers: str, target: object = None) -> Any:
        elements = [{"media_type": "article", "attachment_id": identifier} for identifier in identifiers]
        payload = {"template_type": "media", "elements": elements}
        message = {"attachment": {"type": "template", "payload": payload}}
        recipient = {"target": target if target is not None else {}}
        return self.post("/v2.0/oa/message", {"recipient": recipient, "message": message}).json


def article(**changes: object) -> dict[str, object]:
    """An article that Zalo takes; a change to None leaves the field out."""
    fields: dict[str, object] = {
        "type": "normal",
        "title": "Khảo sát mức độ hài lòng",
        "author": "Sở Nội vụ",
        "description": "Mời bà con trả lời khảo sát.",
        "cover": {"cover_type": "photo", "photo_url": "https://snv.example.gov.vn/anh.jpg", "status": "show"},
        "body": [{"type": "text", "content": "<p>Từ ngày 01/9 đến ngày 30/11.</p>"}],
        "status": "show",
    }
    return {name: value for name, value in (fields | changes).items() if value is not None}
