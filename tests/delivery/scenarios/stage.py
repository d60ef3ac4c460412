"""An office with accounts of every kind at the stand-ins, a ledger on disk, and the one clock of both."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from channels.abilities import Pictures
from channels.base import Channel
from channels.facebook.channel import FacebookChannel
from channels.sandbox.clock import SandboxClock
from channels.sandbox.faults import ANY, Fault
from channels.sandbox.graph.store import page_token
from channels.sandbox.portal.signature import SECRET
from channels.sandbox.sandbox import Sandbox
from channels.sandbox.web import Condition, Item
from channels.sandbox.wordpress.site import APPLICATION_PASSWORD, EDITOR
from channels.sandbox.zalo.world import ACCESS_TOKEN, APP_ID, APP_SECRET, OA_ID, REFRESH_TOKEN
from channels.zalo.channel import ZaloChannel
from channels.zalo.settings import ZaloSettings
from channels.zalo.tokens import Tokens
from loa.core.errors import Place
from loa.core.secrets import Secret, Secrets
from loa.delivery.concerned import Recall, sort_out
from loa.delivery.office import Office
from loa.delivery.publish import Pass, publish_due
from loa.delivery.recall import Recalled, withdraw
from loa.ledger.model import ENDED, Entry, State
from loa.ledger.store import Ledger, open_ledger
from loa.planning.announcement import AnnouncementImage
from loa.planning.model import Campaign, Config
from loa.planning.plan import plan
from notices.picture import Picture
from tests.delivery import stage
from tests.delivery.stage import CONFIG, DUE, announcement

PAGES = {"trang-a": "2001", "trang-b": "2002"}
TWO_STEPS = "2003"  # a third Page, on which a post is made unpublished first
COVER = "https://snv.example.gov.vn/bia.jpg"
QUICK = "0.3"  # real seconds that a client waits for an answer
# Besides the slots of the office's own website.
SLOTS = {"đầu giờ chiều": ("13:45", "14:15"), "chiều": ("14:30", "15:30"), "cả ngày": ("07:30", "16:00")}
ALL_DAY = [{"date": "2023-09-05", "slot": "cả ngày"}]
OVER = {*ENDED, State.NEEDS_PERSON, State.HELD}


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One office; the clock stands still between steps."""

    folder: Path
    box: Sandbox
    announcements: Mapping[str, Any]
    approval: str = "none"
    resend_after: str | None = None  # the setting of Zalo; as it ships, a person is asked

    @property
    def config(self) -> Config:
        return config_of(self.box.address, self.approval, self.resend_after)

    @property
    def campaign(self) -> Campaign:
        return stage.campaign(announcements=self.announcements)

    def open(self) -> Ledger:
        return open_ledger(self.folder / "state/loa.db", rehearsal=False, now=self.now())

    def now(self) -> datetime:
        return self.box.clock.now()

    def office(self, campaign: Campaign | None = None) -> Office:
        return office_of(self.folder, self.config, campaign or self.campaign, self.now)

    def record(self, campaign: Campaign | None = None) -> None:
        """Put the plan into the ledger."""
        own = campaign or self.campaign
        with self.open() as ledger:
            ledger.record(own.campaign, plan(own, self.config), self.now())

    def publish(self, campaign: Campaign | None = None) -> Pass:
        """One pass of the posting job."""
        with self.open() as ledger:
            return publish_due(ledger, self.office(campaign), self.now)

    def later(self, **parts: float) -> Pass:
        """Let time pass, then one pass."""
        self.box.clock.advance(**parts)
        return self.publish()

    def settle(self, *, minutes: int = 90) -> None:
        """Pass after pass, a minute apart, until everything has ended or waits for a person."""
        for _ in range(minutes):
            if OVER.issuperset(self.states()):
                return
            self.later(minutes=1)

    def withdraw(self) -> Recalled:
        """An officer takes the first announcement back."""
        with self.open() as ledger:
            found = sort_out(
                *(ledger, self.office(), self.campaign.campaign, "tin-0", Recall.WITHDRAW, self.folder, self.now())
            )
            return withdraw(ledger, self.office(), found, by="an", why="sai số", now=self.now)

    def pause(self) -> None:
        """An officer stops everything."""
        with self.open() as ledger:
            ledger.decisions.pause("all", "", by="an", reason="quốc tang", now=self.now())

    def resume(self) -> None:
        """An officer lets everything go on."""
        with self.open() as ledger:
            ledger.decisions.resume("all", "", by="an", now=self.now())

    def log_in(
        self, access: str = ACCESS_TOKEN, refresh: str = REFRESH_TOKEN, *, life: timedelta = timedelta(hours=25)
    ) -> None:
        """The pair that Zalo gave, where a log-in puts it; as it stands, that of the stand-in."""
        settings = self.config.channels["oa"]
        assert isinstance(settings, ZaloSettings)
        now = self.now()
        tokens = Tokens(
            oa_id=OA_ID, access=Secret(access), refresh=Secret(refresh), expires_at=now + life, issued_at=min(now, DUE)
        )
        secrets = Secrets({}, self.folder / "state/tokens.json")
        secrets.store({settings.app_secret_env: APP_SECRET, settings.token_env: tokens.text()})

    def entries(self) -> tuple[Entry, ...]:
        with self.open() as ledger:
            assert stage.is_sound(ledger)
            return ledger.entries()

    def states(self) -> list[State]:
        return [entry.state for entry in self.entries()]

    def public(self) -> list[Item]:
        """What readers of the Pages see: the truth, whatever the ledger says."""
        return [item for item in self.box.truth() if item.state is Condition.LIVE]

    def asked(self, route: str = "feed") -> int:
        """How many such requests the service has seen."""
        return sum(
            entry.fault != Fault.LATE_COMMIT or not entry.executed for entry in self.box.journal.entries(route=route)
        )

    def fail(self, fault: Fault, route: str = "feed", **measures: Any) -> None:
        """Let the next requests of this kind fail."""
        self.box.faults.next("graph", route, fault, **measures)

    def fail_all(self) -> None:
        """Let no request be answered, until the faults are cleared."""
        self.box.faults.next(ANY, ANY, Fault.HTTP_500, times=100)


def config_of(address: str, approval: str = "none", resend_after: str | None = None) -> Config:
    """Three Pages, an Official Account, a WordPress site and a portal at the stand-ins, and a website of our own."""
    slots = {
        name: {"at": f"{slot.at:%H:%M}", "until": f"{slot.until:%H:%M}"}
        for name, slot in CONFIG.channels["trang"].slots.items()
    }
    slots |= {name: {"at": at, "until": until} for name, (at, until) in SLOTS.items()}
    pages = {
        name: {
            "type": "facebook",
            "page_id": page,
            "token_env": f"TOKEN_{page}",
            "address": f"{address}/graph",
            "timeout": QUICK,
            "slots": slots,
        }
        for name, page in PAGES.items()
    }
    agency = {"name": "Sở Nội vụ", "full_name": "Sở Nội vụ tỉnh Sông Trà", "code": "SNV", "place": "Sông Trà"}
    others = {
        "oa": {
            "type": "zalo",
            "oa_id": OA_ID,
            "app_id": APP_ID,
            "address": address,
            "cover": COVER,
            "broadcast": "true",
            "broadcast_from": "07:00",
            **({"resend_after": resend_after} if resend_after else {}),
        },
        "trang-c": {
            "type": "facebook",
            "page_id": TWO_STEPS,
            "token_env": f"TOKEN_{TWO_STEPS}",
            "address": f"{address}/graph",
            "publish_mode": "two_step",
        },
        "blog": {"type": "wordpress", "url": f"{address}/wordpress", "user": EDITOR},
        "cong": {"type": "webhook", "url": f"{address}/portal/hook", "status_url": f"{address}/portal/status"},
    }
    accounts = {name: {**settings, "timeout": QUICK, "slots": slots} for name, settings in others.items()}
    site = {"type": "static", "folder": "output/site", "url": "https://snv.example.gov.vn", "slots": slots}
    return Config.model_validate(
        {"agency": agency, "approval": approval, "channels": {**pages, **accounts, "trang": site}}
        | ({"people": [{"id": "lanh-dao", "roles": ["approve"]}]} if approval == "required" else {})
    )


def office_of(folder: Path, config: Config, campaign: Campaign, now: Callable[[], datetime]) -> Office:
    """The office of a workspace, in this or another process."""
    known = {f"TOKEN_{page}": page_token(page) for page in (*PAGES.values(), TWO_STEPS)}
    known |= {"WORDPRESS_PASSWORD": APPLICATION_PASSWORD, "WEBHOOK_SECRET": SECRET}
    secrets = Secrets(known, folder / "state/tokens.json")
    return replace(stage.office(folder, campaign, config=config), secrets=secrets, now=now, renderer=WithPictures())


class WithPictures(stage.PlainRenderer):
    """Its pictures can be opened; each file has its own colour."""

    def picture(self, campaign: Campaign, image: AnnouncementImage, wanted: Pictures, place: Place) -> Picture:
        file = BytesIO()
        name = image.file or "anh.png"
        Image.new("RGB", (40, 30), (len(name), sum(name.encode()) % 256, 90)).save(file, "PNG")
        return Picture(name=name, media_type="image/png", content=file.getvalue(), width=40, height=30)


def posts(number: int, *, channels: tuple[str, ...] = ("trang-a",), **changes: Any) -> dict[str, Any]:
    """So many announcements, each with words of its own."""
    return {
        f"tin-{index}": announcement(
            title=f"Tin số {index}",
            text=f"Tin số {index}: mời người dân trả lời khảo sát.",
            channels=list(channels),
            **changes,
        )
        for index in range(number)
    }


def send_again_when_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Posts that were looked for in vain may be sent again; as Loa ships, a person is asked."""
    channels: tuple[type[Channel], ...] = (FacebookChannel, ZaloChannel)
    for channel in channels:
        doubt = replace(channel.abilities.doubt, resend=True)
        monkeypatch.setattr(channel, "abilities", replace(channel.abilities, doubt=doubt))


def clock() -> SandboxClock:
    """It stands still at the beginning of the slot."""
    return SandboxClock(DUE, speed=0)
