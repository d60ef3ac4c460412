"""One small office in memory: its ledger, its campaign file as it stands, and the world around it."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import cache
from pathlib import Path

from channels.post import Post
from loa.core.secrets import Secrets
from loa.ledger.model import Entry
from loa.planning.model import Campaign
from loa.planning.plan import Occurrence, plan
from tests.delivery.mortal import Disk, MortalLedger, WorldOffice
from tests.delivery.stage import CONFIG, PlainRenderer, announcement, campaign
from tests.delivery.truth import Truth
from tests.delivery.world import World

# A page's morning, and a second word on the same morning: both are due for an hour.
TRANG = CONFIG.channels["trang"]
OVERLAPPING = TRANG.slots["sáng"].model_copy(update={"at": time(8, 30), "until": time(10, 30)})

CAMPAIGN = "khao-sat"
NAMES, CHANNELS = ("a", "b"), ("trang", "fanpage")
POST = [{"date": day, "slot": "sáng"} for day in ("2023-09-05", "2023-09-06")]
WITH_PAGE = CONFIG.model_copy(
    update={"channels": {**CONFIG.channels, "fanpage": CONFIG.channels["trang"]}, "approval": "required"}
)


@cache
def campaign_of(texts: tuple[tuple[str, str], ...]) -> Campaign:
    """The campaign with these announcements and texts; there are few, and each is wanted thousands of times."""
    channels = list(CHANNELS)
    return campaign(
        announcements={name: announcement(title=name, text=text, post=POST, channels=channels) for name, text in texts}
    )


@cache
def planned(texts: tuple[tuple[str, str], ...]) -> tuple[Occurrence, ...]:
    """Its plan."""
    return plan(campaign_of(texts), WITH_PAGE)


class Premises:
    """Two announcements, each on a website and a page on two days; everything that is published needs a yes."""

    def __init__(self) -> None:
        super().__init__()
        self.disk = Disk()
        self.world = World(witness=self.see_request)
        self.truth = Truth(self.world)
        self.wanted = set(NAMES)
        self.text = dict.fromkeys(NAMES, "Nội dung")

    def open(self) -> MortalLedger:
        return self.disk.open(self.world)

    def office(self) -> WorldOffice:
        office = WorldOffice(
            config=WITH_PAGE,
            campaigns={CAMPAIGN: campaign_of(self.texts())},
            workspace=Path(),
            templates=Path(),
            renderer=PlainRenderer(),
            secrets=Secrets({}),
            now=self.world.now,
        )
        vars(office)["world"] = self.world
        return office

    def texts(self) -> tuple[tuple[str, str], ...]:
        return tuple((name, self.text[name]) for name in sorted(self.wanted))

    def entries(self, first: int = 0) -> tuple[Entry, ...]:
        """All occurrences, beginning with one of them."""
        entries = self.open().entries()
        return entries[first % len(entries) :] + entries[: first % len(entries)]

    def record(self) -> None:
        self.open().record(CAMPAIGN, planned(self.texts()), self.world.now())

    def see_request(self, channel: str, post: Post) -> None:
        self.truth.see_request(self.open(), channel, post)
