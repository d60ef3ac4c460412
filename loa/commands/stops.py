"""What a stop holds for, as ``loa pause`` and ``loa resume`` are told it and as it is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from loa.commands.terminal import campaign_name, help_of
from loa.commands.work import Work
from loa.core.words import Catalogue
from loa.delivery.pausing import require_known
from loa.ledger.decisions import Scope


def scoped(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--channel`` and ``--campaign``; neither means everything."""
    command = click.option("--campaign", metavar="CAMPAIGN", help=help_of("option.stop_campaign"))(command)
    return click.option("--channel", metavar="CHANNEL", help=help_of("option.stop_channel"))(command)


def find_scope(ctx: click.Context, work: Work, channel: str | None, campaign: str | None) -> tuple[Scope, str]:
    """What is meant. Raises UsageError for both at once, LoaError for a name that nobody knows."""
    if channel is not None and campaign is not None:
        raise click.UsageError(work.language.word("pause.one_of"), ctx)
    scope: Scope = "channel" if channel is not None else "campaign" if campaign is not None else "all"
    name = channel if channel is not None else campaign_name(campaign) if campaign is not None else ""
    require_known(scope, name, work.office, work.book)
    return scope, name


def shown_scope(scope: Scope, name: str, language: Catalogue) -> str:
    """``kênh trang-facebook``; everything has no name."""
    return language.word(f"scope.{scope}", name=name)


def resume_command(scope: Scope, name: str) -> str:
    """The command that ends a stop."""
    return "loa resume" if scope == "all" else f"loa resume --{scope} {name}"
