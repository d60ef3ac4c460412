"""What a soak came to, in all and on each kind of channel, as its one line tells it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields

from tools.soak.tally import Tally


@dataclass(frozen=True, kw_only=True)
class Part:
    """What came out on the channels of one kind."""

    kind: str
    posts: int
    kills: int  # of passes at work on it
    asked: int  # requests that publish
    failed: int  # of them
    tally: Tally
    alarms: int  # how often an account was closed until a person mended it

    def line(self) -> dict[str, object]:
        """One flat object."""
        first = {"posts": self.posts, "kills": self.kills, "fault_rate": _share(self.failed, self.asked)}
        return {**first, **asdict(self.tally), "alarms": self.alarms}


@dataclass(frozen=True, kw_only=True)
class Soak:
    """What came out in all."""

    posts: int
    kills: int  # of passes, also of those that were at work on no channel
    parts: tuple[Part, ...]
    requests: int
    seconds: float
    seed: int

    @property
    def tally(self) -> Tally:
        """Of every kind together."""
        return Tally(
            **{field.name: sum(getattr(part.tally, field.name) for part in self.parts) for field in fields(Tally)}
        )

    @property
    def fault_rate(self) -> float:
        """The share of failures among the requests that publish."""
        return _share(sum(part.failed for part in self.parts), sum(part.asked for part in self.parts))

    def line(self) -> dict[str, object]:
        """One object; below ``channels`` the same for each kind."""
        first = {"posts": self.posts, "kills": self.kills, "fault_rate": self.fault_rate}
        last = {"requests": self.requests, "seconds": self.seconds, "seed": self.seed}
        alarms = sum(part.alarms for part in self.parts)
        channels = {part.kind: part.line() for part in self.parts}
        return {**first, **asdict(self.tally), "alarms": alarms, **last, "channels": channels}


def _share(part: int, whole: int) -> float:
    return round(part / max(1, whole), 3)
