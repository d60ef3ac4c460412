"""``loa register``: the outgoing register of a year, on the screen or as a workbook to print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from textwrap import shorten

import click

from loa.commands.problems import as_data, show_problems
from loa.commands.table import table
from loa.commands.terminal import DONE, NEEDS_PERSON, command_help, help_of, moment, print_json, words, workspace
from loa.commands.whole_number import whole_number
from loa.core.errors import Place, Problem, mistake
from loa.core.files import write_files
from loa.core.words import Catalogue
from loa.ledger.registration import Registration
from loa.ledger.store import Ledger, open_ledger
from loa.registry.book import HEADINGS, Book, books, note, row
from loa.registry.workbook import write_workbook
from notices.wording import short_date

_TITLE = 60  # characters of a title on the screen


def _workbook(ctx: click.Context, param: click.Parameter, value: Path | None) -> Path | None:
    """A workbook and nothing else is written over."""
    if value is not None and value.suffix.lower() != ".xlsx":
        raise click.BadParameter(words().word("option.not_a_workbook", name=value.name), ctx, param)
    return value


@click.command("register", help=command_help("register"))
@click.option("--year", metavar="YEAR", callback=whole_number(1990, 2200), help=help_of("option.year"))
@click.option(
    "--output",
    metavar="FILE.xlsx",
    type=click.Path(path_type=Path, dir_okay=False),
    callback=_workbook,
    help=help_of("option.workbook"),
)
@click.option("--at", metavar="TIME", help=help_of("option.at"))
@click.option("--json", "as_json", is_flag=True, help=help_of("option.json"))
@click.pass_context
def register(ctx: click.Context, year: int | None, output: Path | None, at: str | None, as_json: bool) -> int:
    """Exit 3 when a row was changed or removed by another hand. Nothing but ``--output`` is written."""
    place = workspace(ctx)
    language = words(place.config.language)
    now = moment(place, at)
    registrations: tuple[Registration, ...] = ()
    forged: list[Problem] = []
    path = place.ledger_path(rehearsal=at is not None)
    if path.exists():
        with open_ledger(path, rehearsal=at is not None, now=now) as ledger:
            registrations = ledger.register.registrations()
            forged = list(_tampered(ledger, registrations, Place(file=place.shown(path))))
    found = books(registrations, year or now.year)
    if output is not None:
        _write(found, output, year or now.year)
    if as_json:
        shown = [as_data(problem, language) for problem in forged]
        print_json({"books": [_data(book) for book in found], "problems": shown})
    else:
        _show(found, language, output)
        show_problems(forged, language)
    return NEEDS_PERSON if forged else DONE


def _write(found: tuple[Book, ...], output: Path, year: int) -> None:
    if not found:
        raise mistake("registry.empty", Place(file=str(output)), year=year)
    write_files({output: write_workbook(found)})


def _tampered(ledger: Ledger, registrations: Iterable[Registration], where: Place) -> Iterator[Problem]:
    """What another hand did to the register, as far as the chain of events tells."""
    forged = ledger.register.forged()
    for one in registrations:
        if one.id in forged:
            yield Problem(key="registry.forged", place=where, values={"mark": one.mark, "year": one.series.year})
    for lost in ledger.register.lost():
        holder = f"{lost.campaign}: {lost.document}"
        values = {"mark": lost.mark, "day": short_date(lost.day), "holder": holder}
        yield Problem(key="registry.lost", place=where, values=values)
    if event := ledger.first_broken_event():
        yield Problem(key="registry.chain_broken", place=where, values={"event": event})


def _show(found: tuple[Book, ...], language: Catalogue, output: Path | None) -> None:
    if not found:
        click.echo(language.word("register.empty"))
    for book in found:
        kind = f", {book.kind}" if book.kind else ""
        click.echo(f"{book.agency}{kind}, {book.year}")
        rows = [
            (row(one)[0], row(one)[1], shorten(row(one)[2], _TITLE, placeholder="…"), row(one)[3], note(one))
            for one in book.registrations
        ]
        for line in table(rows):
            click.echo(f"  {line}")
    if output is not None:
        click.echo(str(output))


def _data(book: Book) -> dict[str, object]:
    return {
        "agency": book.agency,
        "kind": book.kind,
        "year": book.year,
        "rows": [
            dict(zip(HEADINGS, row(one), strict=True))
            | {
                "campaign": one.campaign,
                "document": one.document,
                "cancelled": one.cancelled is not None,
                "signed": one.signed.sha256 if one.signed else "",
            }
            for one in book.registrations
        ],
    }
