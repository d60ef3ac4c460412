"""``loa calendar``: days off and worked weekends of a year, for an officer to compare with what was announced."""

from __future__ import annotations

from collections.abc import Mapping

import click

from loa.commands.days import day_line
from loa.commands.table import table
from loa.commands.terminal import DONE, command_help, help_of, print_json, words, workspace
from loa.commands.whole_number import whole_number
from loa.core.words import Catalogue
from loa.planning.calendar import CALENDAR, FIRST_YEAR, LAST_YEAR, ConfirmedYear, Kind, Marked
from notices.wording import short_date

_KINDS: Mapping[Kind, str] = {"nghi": "calendar.nghi", "nghi_bu": "calendar.nghi_bu", "lam_bu": "calendar.lam_bu"}
_SAMPLE = "  - {{year: {year}, by: …, on: …}}"


@click.command("calendar", help=command_help("calendar"))
@click.argument("year", callback=whole_number(FIRST_YEAR, LAST_YEAR))
@click.option("--json", "as_json", is_flag=True, help=help_of("option.json"))
@click.pass_context
def calendar(ctx: click.Context, year: int, as_json: bool) -> int:
    """Who says so stands beside each day: the workspace's file with its source, else the library."""
    place = workspace(ctx)
    language = words(place.config.language)
    days, confirmed = place.calendar.year(year), place.calendar.confirmed.get(year)
    if as_json:
        shown = [{"date": one.day, "kind": one.kind, "name": one.name, "source": one.source} for one in days]
        print_json({"year": year, "confirmed": confirmed is not None, "days": shown})
        return DONE
    click.echo(language.word("calendar.heading", year=year))
    for line in table([_row(one, language) for one in days]):
        click.echo(f"  {line}")
    _show_confirmed(year, confirmed, language)
    return DONE


def _row(marked: Marked, language: Catalogue) -> tuple[str, ...]:
    source = marked.source or language.word("calendar.library")
    kind = language.word(_KINDS[marked.kind])
    return day_line(marked.day, language), kind, marked.name, source


def _show_confirmed(year: int, confirmed: ConfirmedYear | None, language: Catalogue) -> None:
    if confirmed is not None:
        click.echo(language.word("calendar.confirmed", by=confirmed.by, day=short_date(confirmed.on)))
        return
    click.echo(language.word("calendar.unconfirmed", file=CALENDAR))
    click.echo("confirmed:")
    click.echo(_SAMPLE.format(year=year))
