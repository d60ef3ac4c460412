"""An office with accounts of every kind at the stand-ins, a ledger on disk, and the one clock of both."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from channels.abilities import Pictures
from channels.facebook.channel import FacebookChannel
from channels.sandbox.clock import SandboxClock
from channels.sandbox.faults import Fault
from channels.sandbox.graph.store import page_token
from channels.sandbox.portal.signature import SECRET
from channels.sandbox.sandbox import Sandbox
from channels.sandbox.web import Condition, Item
from channels.sandbox.wordpress.site import APPLICATION_PASSWORD, EDITOR
from channels.sandbox.zalo.world import APP_ID, OA_ID
from loa.core.errors import Place
from loa.core.secrets import Secrets
from loa.delivery.office import Office
from loa.delivery.publish import Pass, publish_due
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


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One office; the clock stands still between steps."""

    folder: Path
    box: Sandbox
    announcements: Mapping[str, Any]
    approval: str = "none"

    @property
    def config(self) -> Config:
        return config_of(self.box.address, self.approval)

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
        """Put the plan into the ledger, and make the workspace known to processes of its own."""
        own = campaign or self.campaign
        with self.open() as ledger:
            ledger.record(own.campaign, plan(own, self.config), self.now())
        told = {"address": self.box.address, "announcements": self.announcements, "approval": self.approval}
        (self.folder / "stage.json").write_text(json.dumps(told), encoding="utf-8")

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
            if all(state in {*ENDED, State.NEEDS_PERSON, State.HELD} for state in self.states()):
                return
            self.later(minutes=1)

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


def config_of(address: str, approval: str = "none") -> Config:
    """Three Pages, an Official Account, a WordPress site and a portal at the stand-ins, and a website of our own."""
    slots = {
        name: {"at": f"{slot.at:%H:%M}", "until": f"{slot.until:%H:%M}"}
        for name, slot in CONFIG.channels["trang"].slots.items()
    }
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
    """The policy that an office may choose for texts; as it ships, a person is asked."""
    doubt = replace(FacebookChannel.abilities.doubt, resend=True)
    monkeypatch.setattr(FacebookChannel, "abilities", replace(FacebookChannel.abilities, doubt=doubt))


def clock() -> SandboxClock:
    """It stands still at the beginning of the slot."""
    return SandboxClock(DUE, speed=0)
