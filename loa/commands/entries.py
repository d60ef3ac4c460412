"""Occurrences of the ledger as decisions show them: each with the code by which it can be named."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

import click

from loa.commands.occurrences import as_data, row
from loa.commands.table import table
from loa.core.words import Catalogue
from loa.ledger.model import Entry


def show_entries(heading: str, entries: Iterable[Entry], language: Catalogue) -> None:
    """``heading`` and a line for each, with its state and its link; nothing when there is none."""
    rows = [
        (one.occurrence.code, *row(one.occurrence, language), language.word(f"state.{one.state}"), one.link)
        for one in entries
    ]
    if rows:
        click.echo(heading)
    for line in table(rows):
        click.echo(f"  {line}")


def entries_data(entries: Iterable[Entry], zone: ZoneInfo) -> list[dict[str, object]]:
    """The same for programs."""
    return [
        as_data(entry.occurrence, zone) | {"state": entry.state, "reason": entry.reason, "link": entry.link}
        for entry in entries
    ]
