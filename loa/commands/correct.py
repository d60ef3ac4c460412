"""``loa correct``: an announcement that is out there is replaced by what its file says today."""

from __future__ import annotations

import click

from loa.commands.recalls import recall, recalling
from loa.commands.terminal import command_help
from loa.delivery.concerned import Recall


@click.command("correct", help=command_help("correct"))
@recalling
@click.pass_context
def correct(
    ctx: click.Context,
    campaign: str,
    announcement: str,
    reason: str | None,
    is_sure: bool,
    by: str | None,
    at: str | None,
    as_json: bool,
) -> int:
    """Also after the window has ended; what is planned goes out with the new words anyway."""
    return recall(
        ctx, Recall.CORRECT, campaign, announcement, reason=reason, is_sure=is_sure, by=by, at=at, as_json=as_json
    )
