"""``loa withdraw``: an announcement is taken down wherever it is, and called off wherever it is not yet."""

from __future__ import annotations

import click

from loa.commands.recalls import recall, recalling
from loa.commands.terminal import command_help
from loa.delivery.concerned import Recall


@click.command("withdraw", help=command_help("withdraw"))
@recalling
@click.pass_context
def withdraw(
    ctx: click.Context,
    campaign: str,
    announcement: str,
    reason: str | None,
    is_sure: bool,
    by: str | None,
    at: str | None,
    as_json: bool,
) -> int:
    """Also after the window has ended."""
    return recall(
        ctx, Recall.WITHDRAW, campaign, announcement, reason=reason, is_sure=is_sure, by=by, at=at, as_json=as_json
    )
