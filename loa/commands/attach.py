"""``loa attach``: the signed original of a numbered document comes back."""

from __future__ import annotations

from pathlib import Path

import click

from loa.commands.books import open_book
from loa.commands.terminal import DONE, command_help, help_of, moment, person, print_json, words, workspace
from loa.planning.references import require_sound
from loa.registry.attaching import attach_signed
from notices.wording import short_date


@click.command("attach", help=command_help("attach"))
@click.argument("campaign")
@click.argument("document")
@click.argument("signed", type=click.Path(path_type=Path))
@click.option("--scanned", is_flag=True, help=help_of("option.scanned"))
@click.option("--by", metavar="NAME", help=help_of("option.by"))
@click.option("--at", metavar="TIME", help=help_of("option.at"))
@click.option("--json", "as_json", is_flag=True, help=help_of("option.json"))
@click.pass_context
def attach(
    ctx: click.Context,
    campaign: str,
    document: str,
    signed: Path,
    scanned: bool,
    by: str | None,
    at: str | None,
    as_json: bool,
) -> int:
    """A newer original takes the place of an older one; both stay in the ledger."""
    place = workspace(ctx)
    language = words(place.config.language)
    if scanned and not by:
        raise click.UsageError(language.word("attach.by_missing"), ctx)
    now = moment(place, at)
    file = place.campaign(campaign)
    require_sound(file, place)
    with open_book(place, rehearsal=at is not None, now=now) as book:
        taken = attach_signed(book, place, file, document, signed, scanned=scanned, person=person(by), now=now)
    registration = taken.registration
    values = {"name": registration.campaign, "document": registration.document, "mark": registration.mark}
    if as_json:
        print_json(values | {"sha256": taken.sha256, "scanned": taken.scanned})
        return DONE
    click.echo(language.word("attach.done", day=short_date(registration.day), **values))
    click.echo(language.word("attach.vouched", person=by) if taken.scanned else language.word("attach.compared"))
    return DONE
