"""What the ledger tells of an occurrence, and what it gives to the one who works on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from loa.core.errors import Problem
from loa.planning.plan import Occurrence


class State(StrEnum):
    """Where an occurrence stands."""

    PLANNED = "planned"  # waits for its time, or for the next try
    CLAIMED = "claimed"  # one process prepares it; nothing has been sent
    SENDING = "sending"  # the intent is on disk: from here on it may be out there
    UNKNOWN = "unknown"  # nobody knows whether it is out there; a look-up will tell
    PUBLISHED = "published"
    REJECTED = "rejected"  # refused for good; nothing is out there
    SKIPPED = "skipped"  # not sent, with a reason


class RegistrationState(StrEnum):
    """What became of a number, as its events tell."""

    NUMBERED = "numbered"  # in force
    CANCELLED = "cancelled"
    SIGNED = "signed"  # its signed original came back


class Skip(StrEnum):
    """Why an occurrence was not sent."""

    LATE = "late"  # its time ran out
    WINDOW = "window"  # its day is no longer in the campaign's window
    UNPLANNED = "unplanned"  # the campaign no longer asks for it


# Dropped because the campaign no longer asked for them; when it asks again, they wait again.
DROPPED = frozenset({Skip.UNPLANNED, Skip.WINDOW})


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """An occurrence as it stands in the ledger."""

    id: int
    occurrence: Occurrence
    state: State
    reason: Skip | None  # only when skipped
    trouble: tuple[Problem, ...]  # what went wrong at the last try; empty once published
    attempts: int  # tries at sending, each with its intent
    link: str  # of the published post, else empty
    published_at: datetime | None  # UTC, as the channel told it
    adopted: bool  # found out there by a look-up, not told by the answer to the sending


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """The right to work on one occurrence until the lease ends; void as soon as somebody else holds a higher fence."""

    id: int
    fence: int
    state: State  # the state that the occurrence must still be in


@dataclass(frozen=True, kw_only=True, slots=True)
class Recorded:
    """What recording a plan changed, in numbers of occurrences."""

    added: int = 0
    kept: int = 0
    moved: int = 0  # same occurrence, another time: its slot was edited
    restored: int = 0  # had been dropped, is planned again
    dropped: int = 0  # no longer planned and not sent: skipped as unplanned


class StaleFenceError(Exception):
    """Somebody else has taken the occurrence over; what this process wanted to write was not written."""
