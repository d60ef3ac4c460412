"""``loa status``: what the ledger knows; exit 3 when something needs a person."""

from __future__ import annotations

import click

from loa.commands.books import open_book
from loa.commands.plan import as_data as occurrence_data
from loa.commands.plan import row
from loa.commands.problems import show_problems
from loa.commands.table import table
from loa.commands.terminal import (
    DONE,
    NEEDS_PERSON,
    as_data,
    command_help,
    help_of,
    moment,
    print_json,
    words,
    workspace,
)
from loa.core.words import Catalogue
from loa.delivery.status import Status
from loa.delivery.status import status as read_status
from loa.ledger.model import Entry


@click.command("status", help=command_help("status"))
@click.argument("campaign", required=False)
@click.option("--at", metavar="TIME", help=help_of("option.at"))
@click.option("--json", "as_json", is_flag=True, help=help_of("option.json"))
@click.pass_context
def status(ctx: click.Context, campaign: str | None, at: str | None, as_json: bool) -> int:
    """Reads only."""
    place = workspace(ctx)
    language = words(place.config.language)
    now = moment(place, at)
    with open_book(place, rehearsal=at is not None, now=now) as book:
        found = read_status(book, now, campaign)
    if as_json:
        print_json(_data(found, language))
    else:
        show(found, language)
    return NEEDS_PERSON if needs_person(found) else DONE


def needs_person(found: Status) -> bool:
    """Whether something waits for a decision, or the ledger was tampered with."""
    return bool(found.attention or found.contradicted) or found.broken_event is not None


def show(found: Status, language: Catalogue) -> None:
    """A paragraph per campaign, then what needs a person."""
    if not found.campaigns:
        click.echo(language.word("status.empty"))
    for campaign in found.campaigns:
        counts = ", ".join(f"{language.word(f'state.{state}')} {count}" for state, count in campaign.counts.items())
        click.echo(f"{campaign.campaign}: {counts}")
        rows = [(*row(entry.occurrence), entry.link) for entry in campaign.published]
        for line in table(rows):
            click.echo(f"  {line}")
        if campaign.next:
            click.echo("  " + language.word("status.next", what="  ".join(row(campaign.next.occurrence))))
    for entry in found.overdue:
        click.echo(language.word("status.overdue", what=entry.occurrence.key))
    for entry in found.attention:
        _show_attention(entry, language)
    if found.broken_event is not None:
        click.echo(language.word("status.broken", event=found.broken_event))
    for number in found.contradicted:
        click.echo(language.word("status.contradicted", number=number))


def _show_attention(entry: Entry, language: Catalogue) -> None:
    reason = language.word(f"skip.{entry.reason}" if entry.reason else f"attention.{entry.state}")
    click.echo(language.word("status.attention", what=entry.occurrence.key, reason=reason))
    show_problems(entry.trouble, language)


def _data(found: Status, language: Catalogue) -> dict[str, object]:
    return {
        "at": found.at.isoformat(),
        "rehearsal": found.rehearsal,
        "counts": found.counts,
        "campaigns": {
            campaign.campaign: {
                "counts": campaign.counts,
                "next": occurrence_data(campaign.next.occurrence) if campaign.next else None,
                "published": [occurrence_data(entry.occurrence) | {"link": entry.link} for entry in campaign.published],
            }
            for campaign in found.campaigns
        },
        "overdue": [entry.occurrence.key for entry in found.overdue],
        "attention": [
            {
                "key": entry.occurrence.key,
                "state": entry.state,
                "reason": entry.reason,
                "problems": [as_data(problem, language) for problem in entry.trouble],
            }
            for entry in found.attention
        ],
        "broken_event": found.broken_event,
        "contradicted": found.contradicted,
    }
