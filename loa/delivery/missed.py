"""What was to go out and did not, and that somebody may still want to post by hand."""

from __future__ import annotations

from datetime import datetime, timedelta

from loa.ledger.model import Entry, Skip, State

# For so long after its end somebody may still want to post by hand what was missed.
MISSED = timedelta(hours=24)
_MISSED_FOR = frozenset({Skip.LATE, Skip.NO_PAGE})


def was_missed(entry: Entry, now: datetime) -> bool:
    """Whether ``entry`` was skipped although it was wanted, and not long ago."""
    return entry.state is State.SKIPPED and entry.reason in _MISSED_FOR and now < entry.occurrence.ends_at + MISSED
