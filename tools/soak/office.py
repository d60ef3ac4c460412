"""The office of a soak: Pages of the stand-in, and a workspace with many announcements for them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import yaml

PAGES = 6
PER_CAMPAIGN = 60
PER_SLOT = 12  # of each Page
FIRST_DAY = date(2026, 12, 1)
START = datetime(2026, 11, 30, 22, 0, tzinfo=UTC)  # 05:00 in Việt Nam, before the first slot
# Real seconds that a client waits: ten of the soak's, so less than a late commit takes.
TIMEOUT = "0.4"
_SLOTS = {f"khung {number:02d}": (6 * 60 + 90 * number, 6 * 60 + 90 * (number + 1)) for number in range(11)}  # minutes
_AGENCY = {"name": "Sở Nội vụ", "full_name": "Sở Nội vụ tỉnh Sông Trà", "code": "SNV", "place": "Sông Trà"}


def page_id(number: int) -> str:
    """The Page with this number, counted from 0."""
    return str(2000 + number)


def secret_name(number: int) -> str:
    """The name of its token."""
    return f"PAGE_TOKEN_{number}"


def words_of(number: int) -> str:
    """By these words the announcement with this number is known wherever it is read."""
    return f"Bản tin thử số {number:06d}"


def make_workspace(folder: Path, *, posts: int, address: str) -> None:
    """Write config.yaml, and campaign files with ``posts`` announcements for Pages at ``address``."""
    (folder / "campaigns").mkdir(parents=True)
    _write(folder / "config.yaml", {"agency": _AGENCY, "approval": "none", "channels": _channels(address)})
    for first in range(0, posts, PER_CAMPAIGN):
        numbers = range(first, min(first + PER_CAMPAIGN, posts))
        name = f"dot-{first // PER_CAMPAIGN:04d}"
        _write(folder / "campaigns" / f"{name}.yaml", _campaign(name, numbers, posts))


def _channels(address: str) -> Mapping[str, object]:
    return {
        f"trang-{number}": {
            "type": "facebook",
            "page_id": page_id(number),
            "token_env": secret_name(number),
            "address": f"{address}/graph",
            "timeout": TIMEOUT,
            "slots": {name: {"at": _clock(at), "until": _clock(until)} for name, (at, until) in _SLOTS.items()},
        }
        for number in range(PAGES)
    }


def _campaign(name: str, numbers: range, posts: int) -> Mapping[str, object]:
    last = FIRST_DAY + timedelta(days=posts // (PAGES * PER_SLOT * len(_SLOTS)))
    return {
        "campaign": name,
        "title": f"Đợt thử {name}",
        "window": {"from": FIRST_DAY.isoformat(), "to": last.isoformat()},
        "announcements": {f"tin-{number}": _announcement(number) for number in numbers},
    }


def _announcement(number: int) -> Mapping[str, object]:
    turn = number // PAGES // PER_SLOT
    day, slot = divmod(turn, len(_SLOTS))
    when = {"date": (FIRST_DAY + timedelta(days=day)).isoformat(), "slot": [*_SLOTS][slot]}
    return {
        "title": f"Tin {number:06d}",
        "text": f"{words_of(number)}. Mời người dân trả lời khảo sát.",
        "channels": [f"trang-{number % PAGES}"],
        "post": [when],
    }


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _write(path: Path, value: Mapping[str, object]) -> None:
    path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), encoding="utf-8")
