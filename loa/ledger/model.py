"""What the ledger tells of an occurrence, and what it gives to the one who works on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from loa.core.errors import Problem
from loa.planning.plan import Occurrence


class State(StrEnum):
    """Where an occurrence stands."""

    PLANNED = "planned"  # waits for its time, or for the next try
    HELD = "held"  # a person holds it back
    CLAIMED = "claimed"  # one process prepares it; nothing has been sent
    SENDING = "sending"  # the intent is on disk: from here on it may be out there
    PROCESSING = "processing"  # the far side has it and works on it
    UNKNOWN = "unknown"  # nobody knows whether it is out there; a look-up will tell
    NEEDS_PERSON = "needs_person"  # look-ups could not tell: a person has to
    HANDED = "handed"  # lies ready for a person who posts and confirms, or waits for a portal's editor
    PUBLISHED = "published"
    REJECTED = "rejected"  # refused for good; nothing is out there
    SKIPPED = "skipped"  # not sent, with a reason
    CANCELLED = "cancelled"  # a person called it off before it was sent
    WITHDRAWN = "withdrawn"  # was out there, and was taken down


# Where the posting job has no more to do with an occurrence, unless a person decides.
ENDED = frozenset({State.PUBLISHED, State.REJECTED, State.SKIPPED, State.CANCELLED, State.WITHDRAWN})


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
    HOLIDAY = "holiday"  # the campaign is silent on public holidays
    WEEKEND = "weekend"  # the campaign is silent on weekends
    BLACKOUT = "blackout"  # the campaign is silent on that day
    MERGED = "merged"  # moved to where the same announcement goes out anyway
    NO_PAGE = "no_page"  # needs the website's page, which did not come in time
    SUPERSEDED = "superseded"  # a later occurrence of the same announcement was due on the channel too
    CHOSEN = "chosen"  # a person decided so
    PAST = "past"  # its time had run out before it was recorded: it was never due


# Dropped because the campaign no longer asked for them; when it asks again, they wait again.
DROPPED = frozenset({Skip.UNPLANNED, Skip.WINDOW, Skip.HOLIDAY, Skip.WEEKEND, Skip.BLACKOUT, Skip.MERGED})


class Stop(StrEnum):
    """Why nothing may be sent right now, although the occurrence is due and wanted."""

    PAUSED = "paused"  # a person has stopped everything, the channel or the campaign
    CLOSED = "closed"  # the account is closed until a person has mended it
    LIMITED = "limited"  # the account has sent too much
    BUSY = "busy"  # somebody is sending through the same account
    RECALLED = "recalled"  # a person has withdrawn it
    UNAPPROVED = "unapproved"  # nobody approved this content
    CLOCK = "clock"  # this computer's clock is behind what the ledger has seen


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """An occurrence as it stands in the ledger."""

    id: int
    occurrence: Occurrence
    state: State
    reason: Skip | None = None  # only when skipped
    trouble: tuple[Problem, ...] = ()  # what went wrong at the last try; empty once published
    attempts: int = 0  # tries at sending, each with its intent
    looks: int = 0  # look-ups that found nothing since the outcome became unknown
    next_at: datetime | None = None  # UTC; the job leaves it alone before
    remote_id: str = ""  # of the published post, else empty
    link: str = ""
    content_sha256: str = ""  # of what stands there, or is to: a person may still have to see to that
    media: Mapping[str, str] = field(default_factory=dict)  # public address of each file
    published_at: datetime | None = None  # UTC, as the channel told it
    adopted: bool = False  # found out there by a look-up, not told by the answer to the sending
    verified_at: datetime | None = None  # UTC; last seen by the public
    gone_at: datetime | None = None  # UTC; found to be no longer public
    note: str = ""  # what a person said of it
    is_shifted: bool = False  # a person gave it another time than the plan
    recalled: str = ""  # why somebody withdrew it, when it could not be taken down there and then
    recalled_by: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sending:
    """What is about to be sent, as the intent keeps it."""

    marker: str
    payload_sha256: str
    content_sha256: str = ""  # of what a leader has to have approved
    title: str = ""
    text: str = ""
    page: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    """What the tries of an occurrence have sent, for a look-up."""

    marker: str
    title: str
    text: str
    page: str
    since: datetime  # UTC, when the first try began
    last: datetime  # UTC, when the newest began, or was last told to go ahead
    steps: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """The right to work on one occurrence until the lease ends; void as soon as somebody else holds a higher fence."""

    id: int
    fence: int
    state: State  # the state that the occurrence must still be in
    content_sha256: str | None = None  # of what somebody must have approved until it is out; None: nobody has to


@dataclass(frozen=True, kw_only=True, slots=True)
class Recorded:
    """What recording a plan changed, in numbers of occurrences."""

    added: int = 0
    kept: int = 0
    moved: int = 0  # same occurrence, another time: its slot was edited
    restored: int = 0  # had been dropped, is planned again
    dropped: int = 0  # no longer planned and not sent: skipped as unplanned
    past: int = 0  # of those added and restored: their time had run out, so they were skipped at once


class StaleFenceError(Exception):
    """Somebody else has taken the occurrence over; what this process wanted to write was not written."""
