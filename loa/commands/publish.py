"""``loa publish``: one pass of the posting job, which cron calls every minute."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

import click

from loa.commands.drifts import drift_data, show_drifts
from loa.commands.foreseen import show_foreseen
from loa.commands.occurrences import row
from loa.commands.passes import run_pass
from loa.commands.posting import pauses_data, show_pauses
from loa.commands.problems import as_data, show_problems
from loa.commands.table import table
from loa.commands.terminal import DONE, FINDINGS, command_help, help_of, moment, print_json, words
from loa.commands.work import Work, at_work
from loa.core.errors import LoaError, Problem
from loa.core.words import Catalogue
from loa.delivery.drift import find_drifts
from loa.delivery.outcome import Outcome


@click.command("publish", help=command_help("publish"))
@click.option("--dry-run", is_flag=True, help=help_of("option.dry_run"))
@click.option("--until", metavar="TIME", help=help_of("option.until"))
@click.option("--at", metavar="TIME", help=help_of("option.at"))
@click.option("--json", "as_json", is_flag=True, help=help_of("option.json"))
@click.pass_context
def publish(ctx: click.Context, dry_run: bool, until: str | None, at: str | None, as_json: bool) -> int:
    """Exit 1 when something that is due could not be posted, or with ``--dry-run`` could not be prepared."""
    if until is not None and not dry_run:
        raise click.UsageError(words().word("publish.until_useless"), ctx)
    with at_work(ctx, at) as work:
        if dry_run:
            return show_foreseen(work, moment(work.place, until) if until else None, as_json=as_json)
        run = run_pass(work)
        done = run.posted
        drifts = find_drifts(work.book.entries(), work.office)
        pauses = work.book.decisions.pauses()
        language = work.language
        broken = {name: file.problems for name, file in work.office.campaigns.items() if isinstance(file, LoaError)}
    if as_json:
        print_json(
            {
                "outcomes": [_data(outcome, language) for outcome in done.outcomes],
                "campaigns": {
                    name: [as_data(problem, language) for problem in problems] for name, problems in broken.items()
                },
                "pauses": pauses_data(pauses, work.zone),
                "drift": {name: drift_data(drift) for name, drift in drifts.items()},
                "problems": [as_data(problem, language) for problem in run.problems],
            }
        )
    else:
        show_outcomes(done.outcomes, work)
        show_pauses(pauses, language, work.zone)
        if not (done.outcomes or pauses or done.stopped_by):
            click.echo(language.word("publish.nothing"))
        show_drifts(drifts, language, at=at)
        of_files = chain.from_iterable(broken.values())
        show_problems([*problems_of(done.outcomes), *of_files, *run.problems], language)
    wrong = any(problem.fails_check() for problem in run.problems)
    return FINDINGS if done.failed or broken or wrong else DONE


def show_outcomes(outcomes: Sequence[Outcome], work: Work) -> None:
    """What a pass did: one line an occurrence with its link or its reason."""
    language, config = work.language, work.place.config
    rows = [
        (
            language.word(f"result.{outcome.result}"),
            *row(outcome.occurrence, language, config),
            _detail(outcome, language),
        )
        for outcome in outcomes
    ]
    for line in table(rows):
        click.echo(line)


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
