"""``loa publish``: one pass of the posting job, which cron calls every minute."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

import click

from loa.commands.books import open_book
from loa.commands.plan import row
from loa.commands.problems import show_problems
from loa.commands.table import table
from loa.commands.terminal import (
    DONE,
    FINDINGS,
    as_data,
    command_help,
    help_of,
    moment,
    print_json,
    words,
    workspace,
)
from loa.core.errors import LoaError
from loa.core.words import Catalogue
from loa.delivery.desk import open_office
from loa.delivery.office import Office
from loa.delivery.outcome import Outcome
from loa.delivery.publish import publish_due
from loa.planning.workspace import Workspace


@click.command("publish", help=command_help("publish"))
@click.option("--at", metavar="TIME", help=help_of("option.at"))
@click.option("--json", "as_json", is_flag=True, help=help_of("option.json"))
@click.pass_context
def publish(ctx: click.Context, at: str | None, as_json: bool) -> int:
    """Exit 1 when something that is due could not be posted."""
    place = workspace(ctx)
    language = words(place.config.language)
    now = clock(place, at)
    office = open_office(place)
    with open_book(place, rehearsal=at is not None, now=now()) as book:
        done = publish_due(book, office, now)
    if as_json:
        print_json(
            {
                "outcomes": [_data(outcome, language) for outcome in done.outcomes],
                "campaigns": _broken(office, language),
            }
        )
    else:
        show(done.outcomes, language)
        for file in office.campaigns.values():
            if isinstance(file, LoaError):
                show_problems(file.problems, language)
    return FINDINGS if done.failed or any(isinstance(file, LoaError) for file in office.campaigns.values()) else DONE


def clock(place: Workspace, at: str | None) -> Callable[[], datetime]:
    """The time, asked anew at each call; in a rehearsal it stands still."""
    if at is None:
        return lambda: moment(place, None)
    fixed = moment(place, at)
    return lambda: fixed


def show(outcomes: Iterable[Outcome], language: Catalogue) -> None:
    """What a pass did: one line an occurrence, its link or its reason, and what went wrong."""
    outcomes = list(outcomes)
    rows = [
        (language.word(f"result.{outcome.result}"), *row(outcome.occurrence), _detail(outcome, language))
        for outcome in outcomes
    ]
    for line in table(rows):
        click.echo(line)
    if not outcomes:
        click.echo(language.word("publish.nothing"))
    for outcome in outcomes:
        show_problems(outcome.problems, language)


def _detail(outcome: Outcome, language: Catalogue) -> str:
    return outcome.link or (language.word(f"skip.{outcome.reason}") if outcome.reason else "")


def _data(outcome: Outcome, language: Catalogue) -> dict[str, object]:
    return {
        "key": outcome.occurrence.key,
        "result": outcome.result,
        "reason": outcome.reason,
        "link": outcome.link,
        "adopted": outcome.adopted,
        "problems": [as_data(problem, language) for problem in outcome.problems],
    }


def _broken(office: Office, language: Catalogue) -> dict[str, object]:
    """The campaigns whose files hold them."""
    return {
        name: [as_data(problem, language) for problem in file.problems]
        for name, file in office.campaigns.items()
        if isinstance(file, LoaError)
    }
