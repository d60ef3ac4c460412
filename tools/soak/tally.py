"""What came out of a soak: counted from what the stand-ins hold, and held against what the ledger says."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.request import urlopen

from loa.ledger.model import ENDED, Entry, State
from tools.soak.office import words_of

_NUMBER = re.compile(words_of(0).replace("000000", r"(\d{6})"))
# What the ledger may say of a post that is not public.
_EXCUSED = {State.REJECTED, State.SKIPPED, State.CANCELLED, State.NEEDS_PERSON}
_OVER = ENDED | {State.NEEDS_PERSON}


@dataclass(frozen=True, kw_only=True)
class Tally:
    """Numbers of occurrences, except ``duplicates``."""

    duplicates: int  # public copies beyond the first
    lost: int  # not public, and the ledger does not own up to it
    falsely_sent: int  # not public, and the ledger says that it is
    needs_person: int
    skipped: int  # too late, for the most part
    rejected: int
    unfinished: int  # neither ended nor with a person

    @property
    def is_sound(self) -> bool:
        """Whether everything went out once, or the ledger says truly that it did not."""
        return not (self.duplicates or self.lost or self.falsely_sent or self.unfinished)


def read_truth(address: str) -> Counter[str]:
    """How many copies of each announcement the public can see at the stand-ins."""
    with urlopen(f"{address}/_truth") as answer:  # noqa: S310 - our own server on this computer
        items: Iterable[Mapping[str, Any]] = json.load(answer)["items"]
    found = (_NUMBER.search(item["text"]) for item in items if item["state"] == "live")
    return Counter(f"tin-{int(match[1])}" for match in found if match)


def count(entries: Iterable[Entry], public: Mapping[str, int]) -> Tally:
    """Hold the ledger against ``public``, the copies of each announcement. Every announcement has one occurrence.

    Copies count where their announcement is among ``entries``.
    """
    states = {entry.occurrence.announcement: entry.state for entry in entries}
    absent = [state for name, state in states.items() if not public.get(name)]
    told = Counter(states.values())
    return Tally(
        duplicates=sum(public[name] - 1 for name in states if public.get(name, 0) > 1),
        lost=sum(state not in _EXCUSED for state in absent),
        falsely_sent=absent.count(State.PUBLISHED),
        needs_person=told[State.NEEDS_PERSON],
        skipped=told[State.SKIPPED],
        rejected=told[State.REJECTED],
        unfinished=sum(state not in _OVER for state in states.values()),
    )
