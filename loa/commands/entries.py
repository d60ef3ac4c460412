"""Occurrences of the ledger as decisions show them: each with the code by which it can be named."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import click

from loa.commands.occurrences import as_data, row
from loa.commands.table import table
from loa.commands.work import Work
from loa.core.words import Catalogue
from loa.ledger.model import Entry


def show_entries(heading: str, entries: Iterable[Entry], work: Work) -> None:
    """``heading`` and a line for each, with its state and its link; nothing when there is none."""
    submitted = work.book.decisions.submitted_ones()
    rows = [
        (
            one.occurrence.code,
            *row(one.occurrence, work.language, work.place.config),
            state_word(one, submitted, work.language),
            one.link,
        )
        for one in entries
    ]
    if rows:
        click.echo(heading)
    for line in table(rows):
        click.echo(f"  {line}")


def state_word(entry: Entry, submitted: Collection[int], language: Catalogue) -> str:
    """The state in words; of what was handed over whether a person has already handed it in."""
    return language.word("status.submitted" if entry.id in submitted else f"state.{entry.state}")


def entries_data(entries: Iterable[Entry], work: Work) -> list[dict[str, object]]:
    """The same for programs."""
    return [
        as_data(entry.occurrence, work.place.config)
        | {"state": entry.state, "reason": entry.reason, "link": entry.link}
        for entry in entries
    ]
