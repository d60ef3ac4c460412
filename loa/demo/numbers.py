"""A rehearsed registry: every paper that takes a number gets one, those that others cite first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

from loa.core.errors import LoaError
from loa.ledger.registration import Registration
from loa.ledger.store import Ledger
from loa.planning.workspace import CampaignFile, Workspace
from loa.registry.numbering import body_of, give_number
from notices.model import Issued

PERSON = "van-thu"


def number_everything(place: Workspace, book: Ledger) -> tuple[Registration, ...]:
    """Give each paper of each campaign a number, on the day that its file says or the first that it leaves open.

    A paper that cites another waits for it; one that cannot be numbered at all keeps its gap. ``book`` is a rehearsed
    ledger: no paper of the office is touched.
    """
    given: list[Registration] = []
    for path in place.campaign_files():
        file = place.campaign(path.stem)
        waiting = [name for name, spec in file.campaign.documents.items() if isinstance(spec, Issued)]
        while numbered := list(_round(place, book, file, waiting)):
            given += numbered
            waiting = [name for name in waiting if name not in {one.document for one in numbered}]
    return tuple(given)


def _round(place: Workspace, book: Ledger, file: CampaignFile, waiting: list[str]) -> Iterator[Registration]:
    """Number those among ``waiting`` that can be."""
    for name in waiting:
        spec = file.campaign.documents[name]
        if not isinstance(spec, Issued) or spec.date is None:
            continue
        day = date(spec.date.year, spec.date.month or 1, spec.date.day or 1)
        body = body_of(file.campaign.agency or place.config.agency)
        number = 1 + sum(one.series.agency == body for one in book.register.registrations())
        now = datetime.combine(day, time(12), place.config.timezone)
        try:
            given = give_number(book, place, file, name, number=number, day=day, person=PERSON, now=now)
        except LoaError:  # cites a paper that has no number yet
            continue
        yield given.registration
