"""Which occurrences of the ledger a person means."""

from __future__ import annotations

from datetime import date

from loa.core.errors import Place, mistake
from loa.core.text import normalise
from loa.ledger.model import Entry
from loa.ledger.store import Ledger


def find_one(ledger: Ledger, typed: str) -> Entry:
    """The occurrence with this code, however it was copied (``7K3Q-9ABC``), or with this key.

    Raises LoaError (``decision.no_occurrence``).
    """
    key = normalise(typed).strip()
    code = key.replace("-", "").replace(" ", "").lower()
    for entry in ledger.entries():
        if entry.occurrence.key == key or entry.occurrence.code == code:
            return entry
    raise mistake("decision.no_occurrence", typed=typed)


def find_some(
    ledger: Ledger, campaign: str, announcement: str, *, channel: str | None = None, day: date | None = None
) -> tuple[Entry, ...]:
    """Those of an announcement by time, on one channel or of one nominal local day where given; at least one.

    Raises LoaError (``decision.nothing_recorded``).
    """
    found = tuple(
        entry
        for entry in ledger.entries(campaign)
        if entry.occurrence.announcement == announcement
        and channel in (None, entry.occurrence.channel)
        and day in (None, entry.occurrence.local_date)
    )
    if not found:
        chosen = "/".join(str(part) for part in (campaign, announcement, channel, day) if part)
        raise mistake("decision.nothing_recorded", Place(part=chosen), campaign=campaign)
    return found
