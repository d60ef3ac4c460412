"""The stand-in of a portal, and the channel that sends to it."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import loa
from channels.base import Surroundings
from channels.sandbox.clock import SandboxClock
from channels.sandbox.faults import Fault
from channels.sandbox.portal.service import Portal
from channels.sandbox.portal.signature import SECRET
from channels.sandbox.sandbox import Sandbox
from channels.sandbox.web import Item
from channels.webhook.channel import WebhookChannel
from channels.webhook.settings import WebhookSettings
from loa.core.secrets import Secrets
from tests.channels.blog import SLOTS, START
from tests.channels.site import PUBLISHER

OTHER = "whsec_" + base64.b64encode(b"another secret of 24 bytes").decode()
FAULTS = [fault for fault in Fault if fault not in (Fault.SLOW, Fault.LATE_COMMIT)]


@dataclass(kw_only=True)
class Side:
    """The portal, seen from both sides."""

    box: Sandbox
    workspace: Path
    secrets: Mapping[str, str] = field(default_factory=lambda: {"WEBHOOK_SECRET": SECRET})

    @property
    def portal(self) -> Portal:
        return self.box.portal

    def channel(self, *, asks: bool = True, **changes: object) -> WebhookChannel:
        """The channel; ``asks``: whether the portal tells what became of an event."""
        here = f"{self.box.address}/portal"
        typed: dict[str, object] = {"type": "webhook", "url": f"{here}/hook", "slots": SLOTS, "timeout": "0.6"}
        typed |= {"status_url": f"{here}/status"} if asks else {}
        around = Surroundings(
            workspace=self.workspace,
            templates=loa.root() / "templates",
            publisher=PUBLISHER,
            secrets=Secrets(self.secrets),
            now=self.box.clock.now,
        )
        return WebhookChannel("cong", WebhookSettings.model_validate(typed | changes), around)

    @property
    def items(self) -> list[Item]:
        return self.portal.items()


@contextmanager
def portal_side(workspace: Path) -> Iterator[Side]:
    """A portal whose clock stands still."""
    with Sandbox(clock=SandboxClock(START, speed=0)) as box:
        yield Side(box=box, workspace=workspace)
