"""Where the plan of today's files and the ledger have come apart: a file was edited and its plan not recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from loa.core.errors import LoaError
from loa.delivery.office import Office
from loa.ledger.model import DROPPED, Entry, State
from loa.planning.plan import Occurrence


@dataclass(frozen=True, kw_only=True, slots=True)
class Drift:
    """What recording the plan would change for one campaign, each by time."""

    added: tuple[Occurrence, ...] = ()  # only the file asks for them, also once they had been dropped
    dropped: tuple[Occurrence, ...] = ()  # they wait in the ledger, the file no longer asks for them
    moved: tuple[Occurrence, ...] = ()  # they wait in the ledger for another time; as the file has them

    def __bool__(self) -> bool:
        return bool(self.added or self.dropped or self.moved)


def drift(planned: Iterable[Occurrence], entries: Iterable[Entry]) -> Drift:
    """Compare one campaign's whole plan with all it has in the ledger; what was begun or sent is left alone."""
    recorded = {entry.occurrence.key: entry for entry in entries}
    added: list[Occurrence] = []
    moved: list[Occurrence] = []
    for occurrence in planned:
        entry = recorded.pop(occurrence.key, None)
        if entry is None or entry.reason in DROPPED:
            added.append(occurrence)
        elif entry.state is State.PLANNED and entry.occurrence != occurrence and not entry.is_shifted:
            moved.append(occurrence)
    dropped = (entry.occurrence for entry in recorded.values() if entry.state is State.PLANNED)
    return Drift(added=tuple(added), dropped=tuple(dropped), moved=tuple(moved))


def find_drifts(entries: Iterable[Entry], office: Office) -> Mapping[str, Drift]:
    """The campaigns of the ledger that have come apart from their files, by name; unusable files are left out."""
    by_campaign: dict[str, list[Entry]] = {}
    for entry in entries:
        by_campaign.setdefault(entry.occurrence.campaign, []).append(entry)
    drifts: dict[str, Drift] = {}
    for name, own in sorted(by_campaign.items()):
        try:
            found = drift(office.planned(name).values(), own)
        except LoaError:
            continue
        if found:
            drifts[name] = found
    return drifts
