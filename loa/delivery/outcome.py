"""What became of one occurrence in one pass."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from channels.answers import ChannelFailure
from loa.core.errors import Place, Problem
from loa.ledger.model import Skip
from loa.planning.plan import Occurrence


class Result(StrEnum):
    """How far it came."""

    PUBLISHED = "published"
    PROCESSING = "processing"  # the service has it and works on it; asked again in a later pass
    HANDED = "handed"  # lies ready for a person
    SKIPPED = "skipped"  # will not be sent; the reason is told
    REJECTED = "rejected"  # the channel refuses it for good: a person must change it
    UNKNOWN = "unknown"  # may be out there; looked up in a later pass
    NEEDS_PERSON = "needs_person"  # may be out there, and nobody but a person can tell
    NOT_SENT = "not_sent"  # certainly not out there; tried again in a later pass
    HELD = "held"  # a person has to do something first; nothing was sent
    GONE = "gone"  # was published, and the public no longer finds it
    LEFT = "left"  # not due, stopped, or in the hands of another process


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
    unreachable: bool = False  # the service was not to be reached: it is not asked again in this pass


def problem_of(failure: ChannelFailure, channel: str) -> Problem:
    """The channel's failure as a problem of that channel."""
    return Problem(key=failure.reason_key, place=Place(part=channel), values=failure.values)


def bug(error: Exception, place: str) -> Problem:
    """An error that nobody foresaw, for the list of what failed; its trace is in the log."""
    return Problem(key="delivery.bug", place=Place(part=place), values={"kind": type(error).__name__})
