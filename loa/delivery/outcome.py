"""What became of one occurrence in one pass."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from channels.answers import ChannelFailure, Unreachable
from loa.core.errors import Place, Problem
from loa.ledger.model import Skip
from loa.planning.plan import Occurrence

# So many times a channel may keep silent in one pass; then it is left alone until the next.
SILENCES = 2


class Result(StrEnum):
    """How far it came."""

    PUBLISHED = "published"
    PROCESSING = "processing"  # the service has it and works on it; asked again in a later pass
    HANDED = "handed"  # lies ready for a person
    WITHDRAWN = "withdrawn"  # was withdrawn while nobody knew, turned out to be there, and was taken down
    NOT_WITHDRAWN = "not_withdrawn"  # the same, but it could not be taken down yet
    SKIPPED = "skipped"  # will not be sent; the reason is told
    REJECTED = "rejected"  # the channel refuses it for good: a person must change it
    UNKNOWN = "unknown"  # may be out there; looked up in a later pass
    NEEDS_PERSON = "needs_person"  # may be out there, and nobody but a person can tell
    NOT_SENT = "not_sent"  # certainly not out there; tried again in a later pass
    HELD = "held"  # a person has to do something first; nothing was sent
    GONE = "gone"  # was published, and the public no longer finds it
    UNSEEN = "unseen"  # was published, and a bug kept us from seeing whether the public still finds it
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
    silence: int = 0  # how much it counts towards SILENCES


def problem_of(failure: ChannelFailure, channel: str) -> Problem:
    """The channel's failure as a problem of that channel."""
    return Problem(key=failure.reason_key, place=Place(part=channel), values=failure.values)


def silence_of(failure: ChannelFailure) -> int:
    """How much a failure counts towards ``SILENCES``.

    A service that gives no answer may have missed this one request; one that cannot be reached cannot be for the next.
    """
    if isinstance(failure, Unreachable):
        return SILENCES
    return 1 if failure.is_silence else 0


def bug(error: Exception, place: str) -> Problem:
    """An error that nobody foresaw, for the list of what failed; its trace is in the log."""
    return Problem(key="delivery.bug", place=Place(part=place), values={"kind": type(error).__name__})
