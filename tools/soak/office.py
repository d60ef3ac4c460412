"""The office of a soak: a workspace with accounts of every kind, and many announcements for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import yaml

from tools.soak.kinds import ACCOUNTS, Kind

PER_CAMPAIGN = 24
PER_SLOT = 12  # of each account
FIRST_DAY = date(2026, 12, 1)
START = datetime(2026, 11, 30, 22, 0, tzinfo=UTC)  # 05:00 in Việt Nam, before the first slot
# Real seconds that a client waits: ten of the soak's, so less than a late commit takes.
TIMEOUT = "0.4"
_SLOTS = {f"khung {number:02d}": (6 * 60 + 90 * number, 6 * 60 + 90 * (number + 1)) for number in range(11)}  # minutes
_AGENCY = {"name": "Sở Nội vụ", "full_name": "Sở Nội vụ tỉnh Sông Trà", "code": "SNV", "place": "Sông Trà"}


def words_of(number: int) -> str:
    """By these words the announcement with this number is known wherever it is read."""
    return f"Bản tin thử số {number:06d}"


def channel_name(kind: Kind, number: int) -> str:
    """What config.yaml calls an account."""
    return f"{kind.name}-{number}"


def account_of(channel: str) -> tuple[str, int]:
    """The name of the kind, and the number of the account, of a channel."""
    kind, _, number = channel.rpartition("-")
    return kind, int(number)


def tokens_file(folder: Path) -> Path:
    """Where a workspace keeps the secrets that change."""
    return folder / "state" / "tokens.json"


def make_workspace(folder: Path, kinds: Sequence[Kind], *, posts: int, address: str) -> None:
    """Write config.yaml, and campaign files with ``posts`` announcements for the stand-ins at ``address``."""
    (folder / "campaigns").mkdir(parents=True)
    _write(folder / "config.yaml", {"agency": _AGENCY, "approval": "none", "channels": _channels(kinds, address)})
    names = [channel_name(kind, number) for number in range(ACCOUNTS) for kind in kinds]
    for first in range(0, posts, PER_CAMPAIGN):
        numbers = range(first, min(first + PER_CAMPAIGN, posts))
        name = f"dot-{first // PER_CAMPAIGN:04d}"
        _write(folder / "campaigns" / f"{name}.yaml", _campaign(name, numbers, names))


def _channels(kinds: Iterable[Kind], address: str) -> Mapping[str, object]:
    slots = {name: {"at": _clock(at), "until": _clock(until)} for name, (at, until) in _SLOTS.items()}
    return {
        channel_name(kind, number): {
            "type": kind.name,
            **kind.settings(number, address),
            "timeout": TIMEOUT,
            "slots": slots,
        }
        for kind in kinds
        for number in range(ACCOUNTS)
    }


def _campaign(name: str, numbers: range, channels: Sequence[str]) -> Mapping[str, object]:
    turns = [_turn(number, channels) for number in numbers]
    return {
        "campaign": name,
        "title": f"Đợt thử {name}",
        "window": {"from": min(turns)[0].isoformat(), "to": max(turns)[0].isoformat()},
        "announcements": {
            f"tin-{number}": {
                "title": f"Tin {number:06d}",
                "text": f"{words_of(number)}. Mời người dân trả lời khảo sát.",
                "channels": [channels[number % len(channels)]],
                "post": [{"date": day.isoformat(), "slot": slot}],
            }
            for number, (day, slot) in zip(numbers, turns, strict=True)
        },
    }


def _turn(number: int, channels: Sequence[str]) -> tuple[date, str]:
    """The day and the slot of an announcement."""
    day, slot = divmod(number // len(channels) // PER_SLOT, len(_SLOTS))
    return FIRST_DAY + timedelta(days=day), [*_SLOTS][slot]


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


class _Plain(yaml.SafeDumper):
    def ignore_aliases(self, _: object) -> bool:
        """Our loader takes no anchors: what is the same twice is written twice."""
        return True


def _write(path: Path, value: Mapping[str, object]) -> None:
    path.write_text(yaml.dump(value, Dumper=_Plain, allow_unicode=True, sort_keys=False), encoding="utf-8")
