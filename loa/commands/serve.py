"""``loa serve``: the posting job as a service, until it is told to stop."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

import click

from loa.commands.passes import run_pass
from loa.commands.problems import show_problems
from loa.commands.publish import problems_of, show_outcomes
from loa.commands.stopping import told_to_stop
from loa.commands.terminal import DONE, command_help, help_of, words, workspace
from loa.commands.whole_number import whole_number
from loa.commands.work import at_work, clock_of
from loa.core.errors import LoaError
from loa.delivery.outcome import bug
from loa.delivery.serving import serve as keep_serving

log = logging.getLogger(__name__)


@click.command("serve", help=command_help("serve"))
@click.option("--every", default="60", callback=whole_number(1, 60), help=help_of("option.every"))
@click.pass_context
def serve(ctx: click.Context, every: int) -> int:
    """SIGTERM and SIGINT let the occurrence in hand come to its end. Files and decisions are read anew at each pass."""
    place = workspace(ctx)
    language = words(place.config.language)
    stopping = told_to_stop()

    def one_pass() -> datetime | None:
        try:
            with at_work(ctx, None) as work:
                done = run_pass(work, stopping.is_set)
                if done.posted.outcomes:
                    show_outcomes(done.posted.outcomes, work)
                show_problems([*problems_of(done.posted.outcomes), *done.problems], work.language)
                return work.book.next_due(work.now)
        except LoaError as error:  # an office mends its files while the service runs
            show_problems(error.problems, language)
        except Exception as error:
            log.exception("A bug of ours ended a pass; the service goes on.")
            show_problems([bug(error, str(place.folder))], language)
        return None

    click.echo(language.word("serve.running", folder=place.folder))
    keep_serving(
        one_pass,
        now=clock_of(place, None),
        rest=lambda pause: stopping.wait(pause.total_seconds()),
        is_stopping=stopping.is_set,
        every=timedelta(seconds=every),
    )
    click.echo(language.word("serve.ended"))
    return DONE
