"""Accounts outside, in memory: one that posts by itself and one for which a person posts; nothing is idempotent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import pytest

from channels.abilities import Abilities, Doubt
from channels.answers import ChannelFailure, Handed, Receipt
from channels.base import Channel, Message, Sought, Steps, Surroundings
from channels.post import Post
from channels.settings import Settings
from loa.planning.model import Config
from tests.delivery.stage import CONFIG, DUE, MINUTE


class FanpageSettings(Settings):
    type: Literal["fanpage"]


class GroupSettings(Settings):
    type: Literal["group"]


class Fanpage(Channel):
    """A page on a network: what is sent twice is there twice."""

    abilities = Abilities(
        files=False,
        html=False,
        gives_page=False,
        repeatable=False,
        looks_first=False,
        doubt=Doubt(settle=MINUTE, looks=(), resend=False),
    )
    settings_model = FanpageSettings

    def __init__(self, name: str, settings: Settings, around: Surroundings) -> None:
        self.live: dict[str, str] = {}  # remote id → text
        self.calls: list[str] = []
        self.failure: ChannelFailure | Exception | None = None  # what the next calls raise
        self.during: Callable[[], None] = lambda: None  # what happens while a request is under way

    def would_send(self, post: Post) -> tuple[Message, ...]:
        return (
            Message(what="POST https://mang.example/feed?access_token=mat-khau-123", fields={"message": post.text}),
        )

    def publish(self, post: Post, steps: Steps) -> Receipt:
        self._call("publish")
        self.live[f"p{len(self.calls)}"] = post.text
        remote_id = f"p{len(self.calls)}"
        return Receipt(remote_id=remote_id, link=f"https://mang.example/{remote_id}", published_at=DUE)

    def look_up(self, sought: Sought) -> Receipt | None:
        return None

    def correct(self, remote_id: str, post: Post, steps: Steps) -> Receipt:
        self._call("correct")
        self.live[remote_id] = post.text
        return Receipt(remote_id=remote_id, link=f"https://mang.example/{remote_id}", published_at=DUE)

    def withdraw(self, remote_id: str, reason: str) -> None:
        self._call("withdraw")
        self.live.pop(remote_id, None)

    def _call(self, what: str) -> None:
        self.calls.append(what)
        self.during()
        if self.failure:
            raise self.failure


class Group(Channel):
    """A group of neighbours, in which a person posts."""

    abilities = Abilities(
        files=True,
        html=False,
        gives_page=False,
        repeatable=True,
        looks_first=False,
        by_hand=True,
        doubt=Doubt(settle=MINUTE, looks=(), resend=True),
    )
    settings_model = GroupSettings

    def __init__(self, name: str, settings: Settings, around: Surroundings) -> None:
        pass

    def would_send(self, post: Post) -> tuple[Message, ...]:
        return ()

    def publish(self, post: Post, steps: Steps) -> Handed:
        return Handed(folder=f"output/can-dang/{post.marker}")

    def look_up(self, sought: Sought) -> None:
        return None


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch) -> Config:
    """A configuration with the website ``trang``, the page ``fanpage`` and the group ``to-dan-pho``."""
    table = {
        "static": "channels.static.channel:StaticChannel",
        "fanpage": f"{__name__}:Fanpage",
        "group": f"{__name__}:Group",
    }
    monkeypatch.setattr("channels.KINDS", table)
    slots = CONFIG.channels["trang"].slots
    more = {
        "fanpage": FanpageSettings.model_construct(type="fanpage", slots=slots, visible_code=False),
        "to-dan-pho": GroupSettings.model_construct(type="group", slots=slots, visible_code=False),
    }
    return CONFIG.model_copy(update={"channels": {**CONFIG.channels, **more}})
