"""What a channel answered, or failed to, written into the ledger."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from channels.answers import (
    Blocked,
    ChannelFailure,
    Closed,
    Handed,
    Limited,
    OutcomeUnknown,
    Processing,
    Receipt,
    Rejected,
    Unreachable,
)
from channels.base import Channel
from loa.core.errors import Problem
from loa.delivery.outcome import Outcome, Result, problem_of, silence_of
from loa.ledger.model import Claim, Entry, Skip
from loa.ledger.store import Ledger
from loa.planning.lateness import deadline

# Asked anew at every step, because preparing and sending take time. Gives aware datetimes.
Now = Callable[[], datetime]

# Posts of other occurrences that began so long before it are too old to be taken for one in doubt.
OTHERS = timedelta(days=1)
# Pauses between tries that certainly sent nothing.
RETRIES = (timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=5), timedelta(minutes=15))


@dataclass(frozen=True, kw_only=True)
class Desk:
    """One occurrence in hand, and all that is needed to write down what becomes of it."""

    entry: Entry
    channel: Channel
    ledger: Ledger
    now: Now

    @property
    def channel_name(self) -> str:
        """The key of the channel in config.yaml."""
        return self.entry.occurrence.channel

    def outcome(
        self,
        result: Result,
        problems: tuple[Problem, ...] = (),
        *,
        reason: Skip | None = None,
        link: str = "",
        adopted: bool = False,
        failure: ChannelFailure | None = None,
    ) -> Outcome:
        """What became of it."""
        return Outcome(
            id=self.entry.id,
            occurrence=self.entry.occurrence,
            result=result,
            problems=problems,
            reason=reason,
            link=link,
            adopted=adopted,
            silence=silence_of(failure) if failure else 0,
        )


def settle_answer(desk: Desk, claim: Claim, answer: Receipt | Processing | Handed, *, adopted: bool = False) -> Outcome:
    """The service has it: published, still at work on it, or handed to a person."""
    now = desk.now()
    if isinstance(answer, Processing):
        desk.ledger.settle_processing(claim, now, next_at=now + answer.again_in)
        return desk.outcome(Result.PROCESSING)
    if isinstance(answer, Handed):
        desk.ledger.settle_handed(claim, answer.folder, now)
        return desk.outcome(Result.HANDED, link=answer.folder)
    desk.ledger.settle_published(
        claim,
        remote_id=answer.remote_id,
        link=answer.link,
        published_at=answer.published_at,
        adopted=adopted,
        media=answer.media,
        look_again_at=first_check(desk.channel, now),
        now=now,
    )
    return desk.outcome(Result.PUBLISHED, link=answer.link, adopted=adopted)


def first_check(channel: Channel, now: datetime) -> datetime | None:
    """When to see for the first time whether the public finds what was made public at ``now``."""
    checks = channel.abilities.checks
    return now + checks[0] if checks else None


def settle_failure(desk: Desk, claim: Claim, failure: ChannelFailure) -> Outcome:
    """The try failed: what is known of the post decides what comes next."""
    problem = problem_of(failure, desk.channel_name)
    now = desk.now()
    if isinstance(failure, OutcomeUnknown):
        desk.ledger.settle_unknown(claim, [problem], now, next_at=now + desk.channel.abilities.doubt.settle)
        return desk.outcome(Result.UNKNOWN, (problem,), failure=failure)
    if isinstance(failure, Rejected):
        return settle_rejected(desk, claim, failure)
    note_account(desk, failure, problem)
    desk.ledger.settle_not_sent(claim, [problem], now, next_at=next_try(desk, failure, now))
    return desk.outcome(Result.NOT_SENT, (problem,), failure=failure)


def settle_rejected(desk: Desk, claim: Claim, failure: Rejected) -> Outcome:
    """It is refused for good: a person must change it."""
    problem = problem_of(failure, desk.channel_name)
    desk.ledger.settle_rejected(claim, [problem], desk.now())
    return desk.outcome(Result.REJECTED, (problem,))


def note_account(desk: Desk, failure: ChannelFailure, problem: Problem) -> None:
    """What a failure says of the whole account."""
    now = desk.now()
    if isinstance(failure, Limited):
        desk.ledger.accounts.limit(desk.channel_name, now + failure.wait)
    elif isinstance(failure, Closed):
        desk.ledger.accounts.close(desk.channel_name, problem, now, reopens=not isinstance(failure, Blocked))


def next_try(desk: Desk, failure: ChannelFailure, now: datetime) -> datetime | None:
    """When to try again what certainly was not sent; None: at once, as soon as nothing else keeps it back.

    That is for kinds where trying costs nothing, and for closed accounts: what waits for one goes out once it is open.
    """
    if isinstance(failure, Closed):
        return None
    if desk.channel.abilities.repeatable and not isinstance(failure, Unreachable | Limited):
        return None
    wait = failure.wait if isinstance(failure, Limited) else RETRIES[min(desk.entry.attempts, len(RETRIES) - 1)]
    return min(now + wait, deadline(desk.entry.occurrence))  # then it is skipped and told, however long the wait


def settle_skip(desk: Desk, claim: Claim, reason: Skip) -> Outcome:
    """It will not be sent."""
    desk.ledger.skip(claim, reason, desk.now())
    return desk.outcome(Result.SKIPPED, reason=reason)
