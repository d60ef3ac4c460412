"""``loa publish``: one pass of the posting job, which cron calls every minute."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import chain

import click

from loa.commands.books import office_of, open_book
from loa.commands.drifts import drift_data, show_drifts
from loa.commands.plan import row
from loa.commands.problems import as_data, show_problems
from loa.commands.table import table
from loa.commands.terminal import (
    DONE,
    FINDINGS,
    command_help,
    help_of,
    moment,
    print_json,
    standing_still,
    words,
    workspace,
)
from loa.core.errors import LoaError, Problem
from loa.core.words import Catalogue
from loa.delivery.drift import find_drifts
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
    with open_book(place, rehearsal=at is not None, now=now()) as book:
        office = office_of(place, book, now)
        done = publish_due(book, office, now)
        drifts = find_drifts(book.entries(), office)
    broken = {name: file.problems for name, file in office.campaigns.items() if isinstance(file, LoaError)}
    if as_json:
        print_json(
            {
                "outcomes": [_data(outcome, language) for outcome in done.outcomes],
                "campaigns": {
                    name: [as_data(problem, language) for problem in problems] for name, problems in broken.items()
                },
                "drift": {name: drift_data(drift) for name, drift in drifts.items()},
            }
        )
    else:
        show_outcomes(done.outcomes, language)
        show_drifts(drifts, language, at=at)
        show_problems([*problems_of(done.outcomes), *chain.from_iterable(broken.values())], language)
    return FINDINGS if done.failed or broken else DONE


def clock(place: Workspace, at: str | None) -> Callable[[], datetime]:
    """The time, asked anew at each call; in a rehearsal it stands still."""
    if at is None:
        return lambda: moment(place, None)
    return standing_still(moment(place, at))


def show_outcomes(outcomes: Sequence[Outcome], language: Catalogue) -> None:
    """What a pass did: one line an occurrence with its link or its reason."""
    rows = [
        (language.word(f"result.{outcome.result}"), *row(outcome.occurrence, language), _detail(outcome, language))
        for outcome in outcomes
    ]
    for line in table(rows):
        click.echo(line)
    if not outcomes:
        click.echo(language.word("publish.nothing"))


def problems_of(outcomes: Iterable[Outcome]) -> list[Problem]:
    """What went wrong in a pass, in its order."""
    return [problem for outcome in outcomes for problem in outcome.problems]


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
