"""A WordPress site of the sandbox, and the channel that posts to it."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from PIL import Image

import loa
from channels.base import NoSteps, Sought, Surroundings
from channels.post import Attachment, Post
from channels.sandbox.clock import SandboxClock
from channels.sandbox.sandbox import Sandbox
from channels.sandbox.web import Item
from channels.sandbox.wordpress.site import APPLICATION_PASSWORD, EDITOR, Media
from channels.sandbox.wordpress.site import Post as Held
from channels.wordpress.channel import WordPressChannel
from channels.wordpress.settings import WordPressSettings
from loa.core.secrets import Secrets
from tests.channels.site import PAPER, POST, PUBLISHER

SLOTS = {"sáng": {"at": "07:30", "until": "08:30"}}
START = datetime.fromisoformat("2023-09-05T07:31:00+07:00")
PASSWORD = APPLICATION_PASSWORD


def png(colour: str = "navy") -> bytes:
    """A small picture."""
    content = io.BytesIO()
    Image.new("RGB", (40, 20), colour).save(content, "PNG")
    return content.getvalue()


POSTER = Attachment(
    name="ap-phich.png", media_type="image/png", content=png(), title="Áp phích", alt="Áp phích mời trả lời khảo sát"
)
CHART = replace(POSTER, name="bieu-do.png", content=png("teal"), title="Biểu đồ", alt='Biểu đồ "kết quả" & tỷ lệ')
SMALL_PAPER = replace(PAPER, content=b"%PDF-1.7 " + b"x" * 1_991)
FULL = replace(POST, attachments=(POSTER, CHART, SMALL_PAPER))
SOUGHT = Sought(marker=POST.marker, title=POST.title, text=POST.text, page="", since=POST.published_at)


@dataclass
class Kept(NoSteps):
    """Steps that are kept as the ledger does."""

    values: dict[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str | None:
        return self.values.get(name)

    def save(self, name: str, value: str) -> None:
        self.values[name] = value


@dataclass(kw_only=True)
class Blog:
    """The site, seen from both sides."""

    box: Sandbox
    workspace: Path
    secrets: Mapping[str, str] = field(default_factory=lambda: {"WORDPRESS_PASSWORD": PASSWORD})

    def channel(self, **changes: object) -> WordPressChannel:
        """The channel with settings as the loader reads them: every scalar is text."""
        typed = {"type": "wordpress", "url": f"{self.box.address}/wordpress", "user": EDITOR, "slots": SLOTS}
        typed |= {"timeout": "0.6"}
        around = Surroundings(
            workspace=self.workspace,
            templates=loa.root() / "templates",
            publisher=PUBLISHER,
            secrets=Secrets(self.secrets),
            now=self.box.clock.now,
        )
        return WordPressChannel("trang-so", WordPressSettings.model_validate(typed | changes), around)

    def publish(self, post: Post = POST, **changes: object) -> object:
        """What the channel answers to ``post``."""
        return self.channel(**changes).publish(post, Kept())

    @property
    def posts(self) -> list[Held]:
        """Those that are not in the trash."""
        return [post for post in self.box.wordpress.site.living_posts() if post.status != "trash"]

    @property
    def post(self) -> Held:
        """The only one."""
        (found,) = self.posts
        return found

    @property
    def media(self) -> list[Media]:
        return list(self.box.wordpress.site.media.values())

    @property
    def seen(self) -> list[Item]:
        """What readers see."""
        return [item for item in self.box.truth() if item.state == "live"]

    def asked(self, route: str) -> int:
        """How often."""
        return len(self.box.journal.entries(service="wordpress", route=route))


@contextmanager
def blog(workspace: Path) -> Iterator[Blog]:
    with Sandbox(clock=SandboxClock(START, speed=0)) as box:
        yield Blog(box=box, workspace=workspace)
