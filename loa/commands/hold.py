"""``loa hold``: occurrences are held back, and let go with ``--release``."""

from __future__ import annotations

import click

from loa.commands.deciding import chosen, decide_and_tell
from loa.commands.options import why
from loa.commands.terminal import command_help, help_of, typed_line
from loa.delivery.holding import Decision


@click.command("hold", help=command_help("hold"))
@click.option("--release", is_flag=True, help=help_of("option.release"))
@chosen
@click.option("--reason", metavar="TEXT", help=help_of("option.why_hold"))
@click.pass_context
def hold(
    ctx: click.Context,
    campaign: str,
    announcement: str,
    channel: str | None,
    day: str | None,
    reason: str | None,
    release: bool,
    by: str | None,
    at: str | None,
    as_json: bool,
) -> int:
    """Letting go needs no reason."""
    what = Decision.LET_GO if release else Decision.HOLD
    given = typed_line(reason or "") if release else why(reason)
    return decide_and_tell(ctx, what, campaign, announcement, channel, day, why=given, by=by, at=at, as_json=as_json)
