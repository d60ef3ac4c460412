"""The plain tally of what became of every occurrence, per channel and week; its totals are those of the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from loa.ledger.model import Entry, Skip, State

# What has not been sent, or is on its way: it may still become anything.
_WAITING = frozenset({State.PLANNED, State.HELD, State.CLAIMED})
_UNDER_WAY = frozenset({State.SENDING, State.PROCESSING, State.UNKNOWN})


@dataclass(frozen=True, kw_only=True)
class Week:
    """One channel in one ISO week of nominal local days. The counts of ``ended`` add up to ``planned``."""

    channel: str
    year: int  # ISO year
    week: int  # ISO week
    planned: int  # all occurrences that the ledger has there
    published: int  # out there now
    adopted: int  # of these: found out there by a look-up
    by_hand: int  # of these: a person said so
    late: int  # of these: after the end of their slot
    skipped: Mapping[Skip, int]  # only reasons that occur
    rejected: int
    cancelled: int
    withdrawn: int
    needs_person: int  # handed over, or nobody but a person can tell
    submitted: int  # of these: a person has handed it in, and an editor has to let it through
    under_way: int  # being sent, or the outcome is not known yet
    waiting: int  # for their time, or held

    @property
    def ended(self) -> tuple[int, ...]:
        """What became of them: each in exactly one of these."""
        return (
            self.published,
            sum(self.skipped.values()),
            self.rejected,
            self.cancelled,
            self.withdrawn,
            self.needs_person,
            self.under_way,
            self.waiting,
        )


def tally(
    entries: Iterable[Entry],
    *,
    confirmed: Collection[int] = (),
    submitted: Collection[int] = (),
    first: date | None = None,
    last: date | None = None,
) -> tuple[Week, ...]:
    """A row per channel and week, by week and then by channel; of nominal local days from ``first`` to ``last``.

    ``confirmed`` are the ids of those that a person said were posted, ``submitted`` of those that one has handed in.
    """
    groups: dict[tuple[int, int, str], list[Entry]] = {}
    for entry in entries:
        day = entry.occurrence.local_date
        if (first is None or first <= day) and (last is None or day <= last):
            year, week, _ = day.isocalendar()
            groups.setdefault((year, week, entry.occurrence.channel), []).append(entry)
    return tuple(_week(*group, own, confirmed, submitted) for group, own in sorted(groups.items()))


def total(weeks: Iterable[Week], channel: str = "") -> Week:
    """All of them as one row; ``year`` and ``week`` are 0."""
    rows = list(weeks)
    skipped: Counter[Skip] = Counter()
    for row in rows:
        skipped.update(row.skipped)
    names = ("planned", "published", "adopted", "by_hand", "late", "rejected", "cancelled", "withdrawn")
    more = ("needs_person", "submitted", "under_way", "waiting")
    counts = {name: sum(getattr(row, name) for row in rows) for name in names + more}
    return Week(channel=channel, year=0, week=0, skipped=_by_reason(skipped), **counts)


def _week(
    year: int, week: int, channel: str, own: list[Entry], confirmed: Collection[int], submitted: Collection[int]
) -> Week:
    published = [entry for entry in own if entry.state is State.PUBLISHED]
    states = Counter(entry.state for entry in own)
    return Week(
        channel=channel,
        year=year,
        week=week,
        planned=len(own),
        published=len(published),
        adopted=sum(entry.adopted for entry in published),
        by_hand=sum(entry.id in confirmed for entry in published),
        late=sum(_is_after_slot(entry) for entry in published),
        skipped=_by_reason(Counter(entry.reason for entry in own if entry.reason)),
        rejected=states[State.REJECTED],
        cancelled=states[State.CANCELLED],
        withdrawn=states[State.WITHDRAWN],
        needs_person=states[State.NEEDS_PERSON] + states[State.HANDED],
        submitted=sum(entry.state is State.HANDED and entry.id in submitted for entry in own),
        under_way=sum(states[state] for state in _UNDER_WAY),
        waiting=sum(states[state] for state in _WAITING),
    )


def _by_reason(counts: Counter[Skip]) -> Mapping[Skip, int]:
    return {reason: counts[reason] for reason in Skip if counts[reason]}


def _is_after_slot(entry: Entry) -> bool:
    return entry.published_at is not None and entry.published_at > entry.occurrence.ends_at
