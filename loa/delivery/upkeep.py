"""What a pass does besides posting: how accounts are, and what is due on a website when a window has ended."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from channels.answers import Blocked, ChannelFailure, Closed
from channels.base import Channel
from loa.core.errors import LoaError, Place, Problem, Severity
from loa.delivery.office import Office
from loa.delivery.outcome import bug, problem_of
from loa.ledger.accounts import Account
from loa.ledger.store import Ledger

# How often an account is asked how it is; a closed one more often, so that it opens soon after it was mended.
PROBE_EVERY = timedelta(hours=6)
PROBE_CLOSED_EVERY = timedelta(minutes=15)

log = logging.getLogger(__name__)


def keep_up(
    ledger: Ledger, office: Office, now: datetime, silent: Collection[str] = frozenset()
) -> tuple[Problem, ...]:
    """Probe the accounts whose turn it is, and let websites move to the archive what has ended; what went wrong.

    An account that is well again is opened, unless only a person can tell that it is. One channel that fails, even
    through a bug of ours, keeps no other from its turn. The ``silent`` ones have just given no answer: not asked.
    """
    problems: list[Problem] = []
    for name in office.config.channels:
        try:
            if channel := _opened(name, ledger, office):
                if name not in silent:
                    problems += _probe(name, channel, ledger, now)
                channel.tidy(now.astimezone(office.config.timezone).date())
        except ChannelFailure as failure:
            problems.append(problem_of(failure, name))
        except LoaError as error:  # a folder cannot be written
            problems += error.problems
        except Exception as error:
            problems.append(bug(error, name))
            log.exception("A bug of ours stopped the upkeep of one channel; the others go on.", extra={"channel": name})
    return tuple(problems)


def _opened(name: str, ledger: Ledger, office: Office) -> Channel | None:
    """The channel; None when it cannot be opened, which is told when something is due on it."""
    try:
        return office.channel(name, rehearsal=ledger.rehearsal)
    except LoaError:
        return None


def _probe(name: str, channel: Channel, ledger: Ledger, now: datetime) -> Iterator[Problem]:
    account = ledger.accounts.of(name)
    if not _is_due(account, now):
        return
    try:
        health = channel.probe()
    except Closed as failure:
        problem = problem_of(failure, name)
        ledger.accounts.probed(name, name=account.name, expires_at=account.expires_at, now=now)
        if account.closed_at is None:
            ledger.accounts.close(name, problem, now, reopens=not isinstance(failure, Blocked))
            yield problem
        return
    except ChannelFailure as failure:  # not reached, or no sense in its answer: the next pass asks again
        log.info("An account could not be asked how it is.", extra={"channel": name, "reason": failure.reason_key})
        return
    if health is None:
        return
    ledger.accounts.probed(name, name=health.account, expires_at=health.expires_at, now=now)
    if account.closed_at is not None:
        ledger.accounts.reopen(name)
    for key in health.warnings:
        yield Problem(key=key, place=Place(part=name), severity=Severity.WARNING)


def _is_due(account: Account, now: datetime) -> bool:
    every = PROBE_CLOSED_EVERY if account.closed_at and account.reopens else PROBE_EVERY
    return account.probed_at is None or now - account.probed_at >= every
