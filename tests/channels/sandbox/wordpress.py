"""What tests send to the stand-in for WordPress."""

from __future__ import annotations

import base64
from dataclasses import dataclass, replace
from typing import Any

from channels.sandbox.clock import SandboxClock
from channels.sandbox.sandbox import Sandbox
from channels.sandbox.web import Item
from channels.sandbox.wordpress.site import APPLICATION_PASSWORD, EDITOR, Site, SiteSwitches
from tests.channels.sandbox.calls import Answer, call, send_file, send_json

POSTS, MEDIA = "/wp/v2/posts", "/wp/v2/media"


@dataclass(frozen=True, kw_only=True)
class WordPressSite:
    """Calls below ``/wordpress/wp-json`` as the editor, unless another login is named; empty for nobody."""

    box: Sandbox
    login: str = EDITOR
    password: str = APPLICATION_PASSWORD

    def by(self, login: str, password: str = APPLICATION_PASSWORD) -> WordPressSite:
        return replace(self, login=login, password=password)

    def call(
        self, method: str, route: str, body: bytes = b"", *, headers: dict[str, str] | None = None, **query: object
    ) -> Answer:
        return call(method, self.root + route, body, headers=self.headers | (headers or {}), query=query)

    def get(self, route: str, **query: object) -> Answer:
        return call("GET", self.root + route, headers=self.headers, query=query)

    def send(self, route: str, value: object, method: str = "POST") -> Answer:
        return send_json(method, self.root + route, value, self.headers)

    def post(self, **fields: object) -> Answer:
        return self.send(POSTS, {"title": "Khảo sát", "content": "<p>Nội dung</p>", "status": "publish"} | fields)

    def made(self, **fields: object) -> Any:
        answer = self.post(**fields)
        assert answer.status == 201, answer.text
        return answer.json

    def upload(self, content: bytes, *, name: str = "anh.png", part: str = "file", **fields: str) -> Answer:
        return send_file(self.root + MEDIA, content, part=part, name=name, fields=fields, headers=self.headers)

    def page(self, path: str) -> Answer:
        return call("GET", f"{self.home}{path}")

    @property
    def home(self) -> str:
        return f"{self.box.address}/wordpress"

    @property
    def root(self) -> str:
        return f"{self.home}/wp-json"

    @property
    def headers(self) -> dict[str, str]:
        token = base64.b64encode(f"{self.login}:{self.password}".encode()).decode()
        return {"Authorization": f"Basic {token}"} if self.login else {}

    @property
    def site(self) -> Site:
        return self.box.wordpress.site

    @property
    def switches(self) -> SiteSwitches:
        return self.site.switches

    @property
    def clock(self) -> SandboxClock:
        return self.box.clock

    @property
    def items(self) -> list[Item]:
        return self.box.wordpress.items()


def code(answer: Answer) -> tuple[int, str]:
    """HTTP status and code of a refusal."""
    assert answer.json["data"]["status"] == answer.status
    return answer.status, answer.json["code"]


def inner(answer: Answer) -> dict[str, str]:
    """What was wrong with each parameter."""
    assert code(answer) == (400, "rest_invalid_param")
    return {name: detail["code"] for name, detail in answer.json["data"]["details"].items()}
