"""A command at work on the ledger: workspace, words, clock, ledger and office, opened together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import click

from loa.commands.books import office_of, open_book
from loa.commands.terminal import moment, standing_still, words, workspace
from loa.core.words import Catalogue
from loa.delivery.office import Office
from loa.ledger.store import Ledger
from loa.planning.workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class Work:
    """All that a decision needs."""

    place: Workspace
    language: Catalogue
    clock: Callable[[], datetime]  # in a rehearsal it stands still
    book: Ledger
    office: Office

    @property
    def now(self) -> datetime:
        """The time at which the command asks; aware."""
        return self.clock()

    @property
    def zone(self) -> ZoneInfo:
        """Of the office."""
        return self.place.config.timezone


@contextmanager
def at_work(ctx: click.Context, at: str | None) -> Iterator[Work]:
    """Open everything; ``at`` is the moment of a rehearsal, None for what is real. Raises LoaError."""
    place = workspace(ctx)
    clock = clock_of(place, at)
    with open_book(place, rehearsal=at is not None, now=clock()) as book:
        office = office_of(place, book, clock)
        yield Work(place=place, language=words(place.config.language), clock=clock, book=book, office=office)


def clock_of(place: Workspace, at: str | None) -> Callable[[], datetime]:
    """The time, asked anew at each call; in a rehearsal it stands still."""
    if at is None:
        return lambda: moment(place, None)
    return standing_still(moment(place, at))
