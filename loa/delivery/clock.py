"""Whether this computer's clock can be believed after a long rest: by a wrong one everything would seem too late."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from channels.answers import ChannelFailure
from channels.base import Channel
from loa.core.errors import LoaError, Place, Problem
from loa.delivery.deliver import DRIFT
from loa.delivery.office import Office
from loa.delivery.settling import Now
from loa.ledger.store import Ledger

# So long after the last pass the time is asked for: no slot is as long, and a wrong time zone is further off (7 hours).
LONG_REST = timedelta(hours=6)

log = logging.getLogger(__name__)


def find_wrong_clock(ledger: Ledger, office: Office, now: Now) -> Problem | None:
    """After a long rest, what a channel's server says against our clock, when no other's says that it is right.

    Nothing is written. Servers that do not answer say nothing. Raises LoaError when the ledger cannot be read.
    """
    if not _has_rested(ledger, now()):
        return None
    objection: Problem | None = None
    for name in office.config.channels:
        offset = _offset(name, ledger, office, now)
        if offset is None:
            continue
        if abs(offset) <= DRIFT:
            return None  # one that agrees is enough: a portal may have a wrong clock itself
        minutes = round(abs(offset).total_seconds() / 60)
        objection = objection or Problem(key="delivery.clock", place=Place(part=name), values={"minutes": minutes})
    return objection


def _has_rested(ledger: Ledger, now: datetime) -> bool:
    """Whether the last pass is long ago, or before the first one all that the ledger has seen; never in a rehearsal."""
    last = ledger.job.last()
    seen = last.began_at if last else ledger.clock.newest()
    return not ledger.rehearsal and seen is not None and now - seen > LONG_REST


def _offset(name: str, ledger: Ledger, office: Office, now: Now) -> timedelta | None:
    """How far a channel's server is ahead of us, if it tells; nothing that goes wrong here stops anything."""
    try:
        channel = office.channel(name, rehearsal=ledger.rehearsal)
        known = channel.clock_offset()
        return known if known is not None else _asked(channel, now)
    except (LoaError, ChannelFailure):
        return None
    except Exception:
        log.exception("A bug of ours kept a channel from telling the time.", extra={"channel": name})
        return None


def _asked(channel: Channel, now: Now) -> timedelta | None:
    try:
        health = channel.probe()
    except ChannelFailure:  # a refusal comes with the time too
        return channel.clock_offset()
    told = health.server_time if health else None
    return told - now() if told else channel.clock_offset()
