"""``loa check``: everything that can be said of campaigns before anything is made."""

from __future__ import annotations

import click

from loa.commands.problems import as_data, show_problems
from loa.commands.terminal import (
    DONE,
    FINDINGS,
    campaign_names,
    command_help,
    counted,
    help_of,
    print_json,
    words,
    workspace,
)
from loa.core.errors import LoaError, Problem
from loa.planning.check import check_campaign
from loa.planning.workspace import Workspace


@click.command("check", help=command_help("check"))
@click.argument("campaigns", nargs=-1, metavar="[CAMPAIGN]...")
@click.option("--json", "as_json", is_flag=True, help=help_of("option.json"))
@click.pass_context
def check(ctx: click.Context, campaigns: tuple[str, ...], as_json: bool) -> int:
    """Exit 1 when there is an error or a breach of form; a blank for the registry is no failure."""
    place = workspace(ctx)
    language = words(place.config.language)
    found = {name: _problems(place, name) for name in campaign_names(place, campaigns)}
    if as_json:
        print_json({name: [as_data(problem, language) for problem in problems] for name, problems in found.items()})
    else:
        for name, problems in found.items():
            click.echo(f"{name}: {counted(problems, language)}")
            show_problems(problems, language)
    fails = any(problem.fails_check() for problems in found.values() for problem in problems)
    return FINDINGS if fails else DONE


def _problems(place: Workspace, name: str) -> list[Problem]:
    try:
        return check_campaign(place.campaign(name), place)
    except LoaError as error:
        return list(error.problems)
