"""One small office in memory: its ledger, its campaign file as it stands, and the world around it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
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
from tests.delivery.world import FIRST, LAST, World

CAMPAIGN = "khao-sat"
NAMES, CHANNELS = ("a", "b"), ("trang", "fanpage")
# One goes out on two days, the other twice on one morning: for an hour both are due.
POST = {"a": (("2023-09-05", "sáng"), ("2023-09-06", "sáng")), "b": (("2023-09-05", "sáng"), ("2023-09-05", "muộn"))}
_SITE = CONFIG.channels["trang"]
_LATER = _SITE.slots["sáng"].model_copy(update={"at": time(8, 30), "until": time(10, 30)})
_SLOTS = _SITE.model_copy(update={"slots": {**_SITE.slots, "muộn": _LATER}})
WITH_PAGE = CONFIG.model_copy(update={"channels": dict.fromkeys(CHANNELS, _SLOTS), "approval": "required"})


@dataclass(frozen=True)
class File:
    """What an officer writes."""

    texts: tuple[tuple[str, str], ...]  # of announcements, by name
    silence: date | None  # a day on which nothing goes out


@cache
def campaign_of(file: File) -> Campaign:
    """The campaign; there are few, and each is wanted thousands of times."""
    return campaign(
        window={"from": FIRST.isoformat(), "to": LAST.isoformat()},
        blackout=[{"date": file.silence.isoformat(), "reason": "quốc tang"}] if file.silence else [],
        announcements={
            name: announcement(
                title=name,
                text=text,
                post=[{"date": day, "slot": slot} for day, slot in POST[name]],
                channels=list(CHANNELS),
            )
            for name, text in file.texts
        },
    )


@cache
def planned(file: File) -> tuple[Occurrence, ...]:
    """Its plan."""
    return plan(campaign_of(file), WITH_PAGE)


class Premises:
    """Two announcements, each twice on a website and a page; everything that is published needs a yes."""

    def __init__(self) -> None:
        super().__init__()
        self.disk = Disk()
        self.world = World(witness=self.see_request, overhear=self.hear_word)
        self.truth = Truth(self.world, self.speaks_on)
        self.wanted = set(NAMES)
        self.text = dict.fromkeys(NAMES, "Nội dung")
        self.silence: date | None = None

    def open(self) -> MortalLedger:
        return self.disk.open(self.world)

    def office(self) -> WorldOffice:
        office = WorldOffice(
            config=WITH_PAGE,
            campaigns={CAMPAIGN: campaign_of(self.file())},
            workspace=Path(),
            templates=Path(),
            renderer=PlainRenderer(),
            secrets=Secrets({}),
            now=self.world.now,
        )
        vars(office)["world"] = self.world
        return office

    def file(self) -> File:
        return File(tuple((name, self.text[name]) for name in sorted(self.wanted)), self.silence)

    def speaks_on(self, day: date) -> bool:
        return FIRST <= day <= LAST and day != self.silence

    def entries(self, first: int = 0) -> tuple[Entry, ...]:
        """All occurrences, beginning with one of them."""
        entries = self.open().entries()
        return entries[first % len(entries) :] + entries[: first % len(entries)]

    def record(self) -> None:
        self.open().record(CAMPAIGN, planned(self.file()), self.world.now())

    def see_request(self, channel: str, post: Post) -> None:
        self.truth.see_request(self.open(), channel, post)

    def hear_word(self, channel: str, marker: str) -> None:
        self.truth.hear_word(self.open(), channel, marker)
