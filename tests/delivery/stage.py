"""A small office with a static site, for tests of delivery and for the processes they start."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from channels.abilities import Pictures
from channels.post import Attachment
from loa import root
from loa.core.errors import LoaError, Place, mistake
from loa.core.secrets import Secrets
from loa.delivery.office import Office
from loa.delivery.settling import Now
from loa.ledger.model import Entry
from loa.ledger.store import Ledger, open_ledger
from loa.planning.announcement import AnnouncementImage
from loa.planning.model import Campaign, Config
from loa.planning.plan import plan
from notices.picture import Picture

DUE = datetime(2023, 9, 5, 0, 30, tzinfo=UTC)  # 07:30 in Việt Nam, when the slot begins
SLOT_END = DUE + timedelta(hours=2)
MINUTE = timedelta(minutes=1)

CONFIG = Config.model_validate(
    {
        "agency": {"name": "Sở Nội vụ", "full_name": "Sở Nội vụ tỉnh Sông Trà", "code": "SNV", "place": "Sông Trà"},
        "approval": "none",
        "channels": {
            "trang": {
                "type": "static",
                "folder": "output/site",
                "url": "https://snv.example.gov.vn",
                "slots": {"sáng": {"at": "07:30", "until": "09:30"}, "trưa": {"at": "11:00", "until": "11:30"}},
            }
        },
    }
)


class PlainRenderer:
    """Enough of a renderer: text stays as it is, ``!`` at its beginning is a mistake of the officer's."""

    def line(self, campaign: Campaign, text: str, place: Place) -> str:
        if text.startswith("!"):
            raise mistake("fact.unknown", place, name=text[1:])
        return text.replace("{tên}", campaign.title).replace("{không}", "")

    def prose(self, campaign: Campaign, text: str, place: Place) -> tuple[str, str]:
        plain = self.line(campaign, text, place)
        return "".join(f"<p>{html.escape(part)}</p>" for part in plain.split("\n\n")), plain

    def picture(self, campaign: Campaign, image: AnnouncementImage, wanted: Pictures, place: Place) -> Picture:
        content = b"PNG of " + image.alt.encode()
        return Picture(name=image.file or "anh.png", media_type="image/png", content=content, width=1, height=1)

    def pdf(self, campaign: Campaign, document: str) -> bytes:
        return f"%PDF-1.7 {campaign.campaign} {document}".encode()

    def appendices(self, campaign: Campaign, document: str) -> list[Attachment]:
        return []


def announcement(**changes: Any) -> dict[str, Any]:
    post = [{"date": "2023-09-05", "slot": "sáng"}]
    text = "Mời người dân trả lời khảo sát.\n\nHotline: 02583.810.440"
    return {"title": "Khảo sát bắt đầu", "text": text, "channels": ["trang"], "post": post, **changes}


def campaign(name: str = "khao-sat", announcements: Mapping[str, Any] | None = None, **changes: Any) -> Campaign:
    return Campaign.model_validate(
        {
            "campaign": name,
            "title": "Khảo sát mức độ hài lòng",
            "window": {"from": "2023-09-01", "to": "2023-11-30"},
            "announcements": announcements or {"mo-dau": announcement()},
            **changes,
        }
    )


def office(workspace: Path, *campaigns: Campaign, broken: Sequence[str] = (), config: Config = CONFIG) -> Office:
    known: dict[str, Campaign | LoaError] = {c.campaign: c for c in campaigns}
    known |= {name: mistake("yaml.indent", Place(file=f"{name}.yaml", line=3)) for name in broken}
    return Office(
        config=config,
        campaigns=known,
        workspace=workspace,
        templates=root() / "templates",
        renderer=PlainRenderer(),
        secrets=Secrets({}),
        now=lambda: DUE,
    )


def ledger_of(workspace: Path, *campaigns: Campaign) -> Ledger:
    """The workspace's ledger, with the plans of ``campaigns`` recorded."""
    ledger = open_ledger(workspace / "state" / "loa.db", rehearsal=False, now=DUE)
    for one in campaigns:
        ledger.record(one.campaign, plan(one, CONFIG), DUE)
    return ledger


def at(instant: datetime) -> Now:
    """A clock that stands still."""
    return lambda: instant


def pages(workspace: Path) -> list[str]:
    """The marker of every page that a visitor can open: the truth, whatever the ledger says."""
    return sorted(page.parent.name.rpartition("-")[2] for page in (workspace / "output/site/tb").glob("*/*/index.html"))


def listed(workspace: Path) -> list[str]:
    """The markers in the site's own list, which is made last."""
    path = workspace / "output/site/tb/index.json"
    items = json.loads(path.read_text(encoding="utf-8"))["items"] if path.exists() else []
    return sorted(item["marker"] for item in items)


def codes(entries: Sequence[Entry]) -> list[str]:
    return sorted(entry.occurrence.code for entry in entries)


def site_bytes(workspace: Path) -> dict[str, bytes]:
    """Every file of the site."""
    site = workspace / "output/site"
    return {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def is_sound(ledger: Ledger) -> bool:
    """Whether the events tell the same story as the states."""
    return ledger.first_broken_event() is None and ledger.contradicted() == ()
