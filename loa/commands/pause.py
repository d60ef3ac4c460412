"""``loa pause``: everything, a channel or a campaign stops before the next byte."""

from __future__ import annotations

import click

from loa.commands.options import decision, why
from loa.commands.stops import find_scope, resume_command, scoped, shown_scope
from loa.commands.terminal import DONE, command_help, help_of, person, print_json
from loa.commands.work import at_work


@click.command("pause", help=command_help("pause"))
@scoped
@click.option("--reason", metavar="TEXT", help=help_of("option.why_required"))
@decision
@click.pass_context
def pause(
    ctx: click.Context,
    channel: str | None,
    campaign: str | None,
    reason: str | None,
    by: str | None,
    at: str | None,
    as_json: bool,
) -> int:
    """A second stop of the same keeps the first."""
    given = why(reason)
    with at_work(ctx, at) as work:
        scope, name = find_scope(ctx, work, channel, campaign)
        is_new = work.book.decisions.pause(scope, name, by=person(by), reason=given, now=work.now)
        if as_json:
            print_json({"scope": scope, "name": name, "paused": is_new})
        else:
            key = "pause.done" if is_new else "pause.already"
            what = shown_scope(scope, name, work.language)
            click.echo(work.language.word(key, what=what, command=resume_command(scope, name)))
    return DONE
