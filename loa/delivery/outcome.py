"""What became of one occurrence in one pass."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from channels.base import ChannelFailure
from loa.core.errors import Place, Problem
from loa.ledger.model import Skip
from loa.planning.plan import Occurrence


class Result(StrEnum):
    """How far it came."""

    PUBLISHED = "published"
    SKIPPED = "skipped"  # will not be sent; the reason is told
    REJECTED = "rejected"  # the channel refuses it for good: a person must change it
    UNKNOWN = "unknown"  # may be out there; looked up in the next pass
    NOT_SENT = "not_sent"  # certainly not out there; tried again in the next pass
    HELD = "held"  # the campaign or the channel cannot be used as it stands; the ledger was not touched
    LEFT = "left"  # not due, or in the hands of another process


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """One occurrence, how far it came and why."""

    id: int
    occurrence: Occurrence
    result: Result
    problems: tuple[Problem, ...] = ()
    reason: Skip | None = None  # when skipped
    link: str = ""  # when published
    adopted: bool = False  # published by an earlier pass that could not write it down


def problem_of(failure: ChannelFailure, channel: str) -> Problem:
    """The channel's failure as a problem of that channel."""
    return Problem(key=failure.reason_key, place=Place(part=channel), values=failure.values)


def bug(error: Exception, place: str) -> Problem:
    """An error that nobody foresaw, for the list of what failed; its trace is in the log."""
    return Problem(key="delivery.bug", place=Place(part=place), values={"kind": type(error).__name__})
