"""Accounts outside, in memory: one that posts by itself and one for which a person posts; nothing is idempotent."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Literal

import pytest

from channels.abilities import Abilities, Doubt
from channels.answers import ChannelFailure, Handed, Processing, Receipt
from channels.base import Channel, Message, Sought, Steps, Surroundings
from channels.post import Post
from channels.settings import Settings
from loa.planning.model import Config
from tests.delivery.stage import CONFIG, DUE, MINUTE


class FanpageSettings(Settings):
    abilities: ClassVar[Abilities] = Abilities(
        files=False,
        html=False,
        gives_page=False,
        repeatable=False,
        looks_first=False,
        doubt=Doubt(settle=MINUTE, looks=(), resend=False),
    )
    channel: ClassVar[str] = f"{__name__}:Fanpage"

    type: Literal["fanpage"]


class GroupSettings(Settings):
    abilities: ClassVar[Abilities] = Abilities(
        files=True,
        html=False,
        gives_page=False,
        repeatable=True,
        looks_first=False,
        by_hand=True,
        doubt=Doubt(settle=MINUTE, looks=(), resend=True),
    )
    channel: ClassVar[str] = f"{__name__}:Group"

    type: Literal["group"]


class Fanpage(Channel):
    """A page on a network: what is sent twice is there twice."""

    abilities = FanpageSettings.abilities

    def __init__(self, name: str, settings: Settings, around: Surroundings) -> None:
        self.live: dict[str, str] = {}  # remote id → text
        self.calls: list[str] = []
        self.is_slow = False  # whether a correction takes longer than anybody waits for it
        self.failure: ChannelFailure | Exception | None = None  # what the next calls raise
        self.found = ""  # the post that a look-up finds
        self.withdrawing_fails: ChannelFailure | None = None
        self.during: Callable[[], None] = lambda: None  # what happens while a request is under way

    def would_send(self, post: Post) -> tuple[Message, ...]:
        return (
            Message(what="POST https://mang.example/feed?access_token=mat-khau-123", fields={"message": post.text}),
        )

    def publish(self, post: Post, steps: Steps) -> Receipt:
        self._call("publish")
        steps.go_ahead()
        self.live[f"p{len(self.calls)}"] = post.text
        remote_id = f"p{len(self.calls)}"
        return Receipt(remote_id=remote_id, link=f"https://mang.example/{remote_id}", published_at=DUE)

    def look_up(self, sought: Sought) -> Receipt | None:
        link = f"https://mang.example/{self.found}"
        return Receipt(remote_id=self.found, link=link, published_at=DUE) if self.found else None

    def correct(self, remote_id: str, post: Post, steps: Steps) -> Receipt | Processing:
        self._call("correct")
        if self.is_slow:
            return Processing(again_in=MINUTE)
        self.live[remote_id] = post.text
        return Receipt(remote_id=remote_id, link=f"https://mang.example/{remote_id}", published_at=DUE)

    def withdraw(self, remote_id: str, reason: str) -> None:
        self._call("withdraw")
        if self.withdrawing_fails:
            raise self.withdrawing_fails
        self.live.pop(remote_id, None)

    def _call(self, what: str) -> None:
        self.calls.append(what)
        self.during()
        if self.failure:
            raise self.failure


class Group(Channel):
    """A group of neighbours, in which a person posts."""

    abilities = GroupSettings.abilities

    def __init__(self, name: str, settings: Settings, around: Surroundings) -> None:
        self.laid: dict[str, str] = {}  # folder → what a person finds there

    def would_send(self, post: Post) -> tuple[Message, ...]:
        return ()

    def publish(self, post: Post, steps: Steps) -> Handed:
        return self._lay(post.marker, post.text)

    def correct(self, remote_id: str, post: Post, steps: Steps) -> Handed:
        return self._lay(post.marker, f"sửa: {post.text}")

    def withdraw(self, remote_id: str, reason: str) -> None:
        self.laid[remote_id] = f"gỡ: {reason}"

    def _lay(self, marker: str, text: str) -> Handed:
        folder = f"output/can-dang/{marker}"
        self.laid[folder] = text
        return Handed(folder=folder)

    def look_up(self, sought: Sought) -> None:
        return None


@pytest.fixture
def outside() -> Config:
    """A configuration with the website ``trang``, the page ``fanpage`` and the group ``to-dan-pho``."""
    slots = CONFIG.channels["trang"].slots
    more = {
        "fanpage": FanpageSettings.model_construct(type="fanpage", slots=slots, visible_code=False),
        "to-dan-pho": GroupSettings.model_construct(type="group", slots=slots, visible_code=False),
    }
    return CONFIG.model_copy(update={"channels": {**CONFIG.channels, **more}})
