"""``loa preview``: one page with all paper and all posts, for the eyes of those who approve."""

from __future__ import annotations

from pathlib import Path

import click

from loa.commands.books import open_book
from loa.commands.terminal import DONE, FINDINGS, command_help, help_of, moment, words, workspace
from loa.core.files import write_files
from loa.ledger.decisions import Approved
from loa.planning.check import check_campaign
from loa.planning.references import require_sound
from loa.preview.page import write_page
from loa.preview.preview import make_preview
from loa.registry.issues import issues_in, read_registrations

_NAME = "xem-truoc.html"


@click.command("preview", help=command_help("preview"))
@click.argument("campaign")
@click.option(
    "--output", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help=help_of("option.preview_file")
)
@click.option("--at", metavar="TIME", help=help_of("option.at"))
@click.pass_context
def preview(ctx: click.Context, campaign: str, output: Path | None, at: str | None) -> int:
    """The page is written in any case; exit 1 when the campaign could not be sent as it stands."""
    place = workspace(ctx)
    language = words(place.config.language)
    now, rehearsal = moment(place, at), at is not None
    file = place.campaign(campaign)
    name = file.campaign.campaign
    require_sound(file, place)
    issues = issues_in(read_registrations(place, rehearsal=rehearsal, now=now), name)
    approvals: tuple[Approved, ...] = ()
    if place.ledger_path(rehearsal=rehearsal).exists():
        with open_book(place, rehearsal=rehearsal, now=now) as book:
            approvals = book.decisions.approvals(name)
    problems = check_campaign(file, place, issues)
    page = make_preview(file, place, issues, approvals, problems, now=now)
    path = output or place.output / name / _NAME
    write_files({path: write_page(page)})
    click.echo(place.shown(path))
    errors = sum(problem.fails_check() for problem in problems)
    if errors:
        click.echo(language.word("preview.errors", count=errors))
    return FINDINGS if errors else DONE
