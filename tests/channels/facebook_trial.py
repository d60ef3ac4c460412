"""A Facebook Page to test with: the real channel, a stand-in over loopback, and steps that are kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

from PIL import Image

import loa
from channels import open_channel, settings_model
from channels.answers import Receipt
from channels.base import NoSteps, Sought, Surroundings
from channels.facebook.channel import FacebookChannel
from channels.post import Attachment, Post
from channels.sandbox.clock import SandboxClock
from channels.sandbox.faults import Fault
from channels.sandbox.graph.model import Post as Published
from channels.sandbox.sandbox import Sandbox
from loa.core.secrets import Secrets
from tests.channels.site import POST as ON_SITE
from tests.channels.site import PUBLISHER

MORNING = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)  # 07:30 in Vietnam
PAGE, TOKEN = "1000", "EAAsandboxPage1000"
APP_ID, APP_SECRET = "1234567890", "sandbox-app-secret"
WITH_APP = {"app_id": APP_ID, "app_secret_env": "FACEBOOK_APP_SECRET"}
LINK = "https://snv.example.gov.vn/tb/2026/khao-sat-7k3q2m9p/"
POST = Post(
    marker="7k3q2m9p",
    title="Khảo sát mức độ hài lòng bắt đầu từ ngày 23/11",
    summary=ON_SITE.summary,
    html=ON_SITE.html,
    text="Khảo sát mức độ hài lòng bắt đầu từ ngày 23/11 📣\n\nMỗi phiếu chỉ mất khoảng 15 phút.",
    issuer=ON_SITE.issuer,
    published_at=MORNING,
)


@dataclass
class KeptSteps(NoSteps):
    """Steps in memory, with the order in which they were written."""

    kept: dict[str, str] = field(default_factory=dict)
    saved: list[str] = field(default_factory=list)

    def get(self, name: str) -> str | None:
        return self.kept.get(name)

    def save(self, name: str, value: str) -> None:
        self.kept[name] = value
        self.saved.append(name)


@dataclass
class Trial:
    """One Page with its channel."""

    box: Sandbox
    secrets: Secrets
    channel: FacebookChannel
    settings: Mapping[str, object]
    steps: KeptSteps = field(default_factory=KeptSteps)

    def publish(self, post: Post = POST) -> Receipt:
        answer = self.channel.publish(post, self.steps)
        assert isinstance(answer, Receipt)
        return answer

    def look_up(self, post: Post = POST, since: datetime = MORNING) -> Receipt | None:
        """As delivery asks after a try, with what the try wrote down."""
        found = self.channel.look_up(sought(post, since, self.steps))
        assert found is None or isinstance(found, Receipt)
        return found

    def posts(self) -> list[Published]:
        """What readers see on the Page, in the order in which it was made."""
        return [post for post in self.box.graph.store.posts.values() if post.published and not post.gone]

    def fail(self, route: str, fault: Fault, *, times: int = 1, **measures: int) -> None:
        """Let the next requests of this kind fail."""
        self.box.faults.next("graph", route, fault, times=times, **measures)  # type: ignore[arg-type]  # codes only

    def wait_at_most(self, seconds: str) -> None:
        """Open the channel anew, with another time to wait for answers."""
        settings = {**self.settings, "timeout": seconds}
        self.channel = open_page(f"{self.box.address}/graph", self.secrets, self.box.clock, **settings)

    def calls(self, route: str) -> int:
        """How many requests of this kind came, executed or not."""
        return len(self.box.journal.entries(route=route))


def sought(post: Post, since: datetime, steps: KeptSteps | None = None) -> Sought:
    return Sought(
        marker=post.marker,
        title=post.title,
        text=post.text,
        page=post.page,
        since=since,
        steps=dict(steps.kept) if steps else {},
    )


def channel_settings(**changes: object) -> dict[str, object]:
    """A channel's part of config.yaml, as the loader reads it: every scalar is text."""
    slots = {"sáng": {"at": "07:30", "until": "08:30"}}
    return {"type": "facebook", "page_id": PAGE, "slots": slots} | changes


def open_page(address: str, secrets: Secrets, clock: SandboxClock, **changes: object) -> FacebookChannel:
    channel = open_channel(
        "trang-facebook",
        settings_model("facebook").model_validate(channel_settings(address=address, **changes)),
        Surroundings(
            workspace=Path(),
            templates=loa.root() / "templates",
            publisher=PUBLISHER,
            secrets=secrets,
            now=clock.now,
        ),
    )
    assert isinstance(channel, FacebookChannel)
    return channel


@contextmanager
def trial(**changes: object) -> Iterator[Trial]:
    """A Page whose clock stands still at ``MORNING``; ``changes`` are settings."""
    with Sandbox(clock=SandboxClock(MORNING, speed=0)) as box:
        secrets = Secrets({"FACEBOOK_PAGE_TOKEN": TOKEN, "FACEBOOK_APP_SECRET": APP_SECRET})
        channel = open_page(f"{box.address}/graph", secrets, box.clock, **changes)
        yield Trial(box=box, secrets=secrets, channel=channel, settings=changes)


def picture(number: int = 1, size: tuple[int, int] = (60, 40), **changes: str) -> Attachment:
    """A small picture; another number has another colour."""
    file = BytesIO()
    Image.new("RGB", size, (number * 20 % 256, 60, 120)).save(file, "PNG")
    named = {"name": f"áp phích {number}.png", "title": f"Ảnh {number}", "alt": f"Áp phích {number}"} | changes
    return Attachment(media_type="image/png", content=file.getvalue(), **named)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)
