"""An Official Account to test with: the channel over the stand-in, its tokens in a workspace."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from channels.answers import NotSent, Processing, Receipt
from channels.base import NoSteps, Sought, Surroundings
from channels.post import Attachment, Post
from channels.sandbox.clock import SandboxClock
from channels.sandbox.sandbox import Sandbox
from channels.sandbox.zalo.oa import ZaloAccount, ZaloSwitches
from channels.sandbox.zalo.world import ACCESS_TOKEN, APP_ID, APP_SECRET, CALLBACK, OA_ID, REFRESH_TOKEN
from channels.zalo.channel import ZaloChannel
from channels.zalo.settings import ZaloSettings
from channels.zalo.tokens import Tokens
from loa.core.secrets import Secret, Secrets
from tests.channels import site

MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # 08:00 in Vietnam
SECRET_NAME, TOKEN_NAME = "ZALO_APP_SECRET", "ZALO_OA_TOKENS"
PAGE = "https://snv.example.gov.vn/tb/2026/khao-sat-7k3q9abc/"
PICTURE = Attachment(
    name="ap-phich.png",
    media_type="image/png",
    content=b"\x89PNG",
    title="Áp phích",
    alt="Áp phích mời trả lời khảo sát",
    address="https://snv.example.gov.vn/tb/áp phích.png",
)
POST = replace(
    site.POST,
    marker="7k3q9abc",
    text="Mỗi phiếu chỉ mất khoảng 15 phút.\n\nHỏi & đáp: gọi <0255.3000.100>.",
    attachments=(PICTURE,),
    page=PAGE,
)


class Book(NoSteps):
    """Steps as the ledger keeps them."""

    def __init__(self) -> None:
        self.steps: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        return self.steps.get(name)

    def save(self, name: str, value: str) -> None:
        self.steps[name] = value


class Stopped(Book):
    """Steps of a post that somebody has stopped, after it was allowed so many times."""

    def __init__(self, after: int = 0) -> None:
        super().__init__()
        self.asked = 0
        self._after = after

    def go_ahead(self) -> None:
        self.asked += 1
        if self.asked > self._after:
            raise NotSent("delivery.stopped")


def zalo_settings(address: str, /, **changes: object) -> ZaloSettings:
    slots = {"sáng": {"at": "08:00", "until": "10:00"}}
    given = {"type": "zalo", "oa_id": OA_ID, "app_id": APP_ID, "callback": CALLBACK, "slots": slots}
    return ZaloSettings.model_validate(given | {"address": address, "timeout": "0.5"} | changes)


@dataclass
class Office:
    """One account: the stand-in on the one side, a workspace with tokens on the other."""

    box: Sandbox
    workspace: Path

    @property
    def clock(self) -> SandboxClock:
        return self.box.clock

    @property
    def account(self) -> ZaloAccount:
        return self.box.zalo.world.accounts[OA_ID]

    @property
    def switches(self) -> ZaloSwitches:
        return self.box.zalo.world.switches

    @property
    def file(self) -> Path:
        return self.workspace / "state" / "tokens.json"

    @property
    def secrets(self) -> Secrets:
        return Secrets({}, self.file)

    def keep(self, *, access: str = ACCESS_TOKEN, refresh: str = REFRESH_TOKEN, **changes: Any) -> None:
        """Put a pair into the file of secrets, by default the one that the stand-in begins with."""
        given: dict[str, Any] = {"oa_id": OA_ID, "expires_at": MORNING + timedelta(hours=25), "issued_at": MORNING}
        tokens = Tokens(access=Secret(access), refresh=Secret(refresh), **(given | changes))
        self.secrets.store({SECRET_NAME: APP_SECRET, TOKEN_NAME: tokens.text()})

    def kept(self) -> Tokens:
        return Tokens.read(self.secrets.stored()[TOKEN_NAME])

    def open(self, **changes: object) -> ZaloChannel:
        around = Surroundings(
            workspace=self.workspace,
            templates=self.workspace,
            publisher=site.PUBLISHER,
            secrets=self.secrets,
            now=self.clock.now,
        )
        return ZaloChannel("zalo-oa", zalo_settings(self.box.address, **changes), around)

    def sought(self, steps: Mapping[str, str], post: Post = POST) -> Sought:
        return Sought(
            marker=post.marker, title=post.title, text=post.text, page=post.page, since=MORNING, steps=dict(steps)
        )

    def publish(self, channel: ZaloChannel, post: Post = POST) -> Receipt:
        """Publish and follow to the end."""
        book = Book()
        channel.publish(post, book)
        return self.end(channel, book, post)

    def end(self, channel: ZaloChannel, book: Book, post: Post = POST) -> Receipt:
        self.clock.advance(30)
        done = channel.follow(self.sought(book.steps, post))
        assert isinstance(done, Receipt), done
        return done

    def fields(self) -> list[Mapping[str, Any]]:
        """What was sent of every article that is or may come."""
        return [job.fields if job else article.fields for article, job in self.box.zalo.world.articles.everything()]

    def articles(self) -> list[str]:
        """The identifiers of articles that readers see."""
        return [item.id for item in self.box.truth() if item.kind == "article" and item.state == "live"]

    def broadcasts(self) -> int:
        return sum(1 for item in self.box.truth() if item.kind == "broadcast")

    def asked(self, route: str) -> int:
        """How many requests the stand-in saw on a route."""
        return len([entry for entry in self.box.journal.entries(route=route) if entry.service in ("zalo", "oauth")])

    def everything_written(self) -> str:
        """All text files of the workspace but the file of secrets."""
        files = [path for path in self.workspace.rglob("*") if path.is_file() and path != self.file]
        return "\n".join(path.read_text(encoding="utf-8") for path in files)


@contextmanager
def zalo_office(workspace: Path) -> Iterator[Office]:
    """A fresh stand-in, whose clock stands still at MORNING, and a workspace with the tokens that it begins with."""
    with Sandbox(clock=SandboxClock(MORNING, speed=0)) as box:
        office = Office(box, workspace)
        office.keep()
        yield office


def still(answer: object) -> Processing:
    assert isinstance(answer, Processing), answer
    return answer
