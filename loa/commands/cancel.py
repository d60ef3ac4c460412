"""``loa cancel``: occurrences that were not sent will not be."""

from __future__ import annotations

import click

from loa.commands.deciding import chosen, decide_and_tell
from loa.commands.options import why
from loa.commands.terminal import command_help, help_of
from loa.delivery.holding import Decision


@click.command("cancel", help=command_help("cancel"))
@chosen
@click.option("--reason", metavar="TEXT", help=help_of("option.why_required"))
@click.pass_context
def cancel(
    ctx: click.Context,
    campaign: str,
    announcement: str,
    channel: str | None,
    day: str | None,
    reason: str | None,
    by: str | None,
    at: str | None,
    as_json: bool,
) -> int:
    """For ever: what is planned again has another day or slot."""
    return decide_and_tell(
        ctx, Decision.CANCEL, campaign, announcement, channel, day, why=why(reason), by=by, at=at, as_json=as_json
    )
