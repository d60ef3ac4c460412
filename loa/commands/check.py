"""``loa check``: everything that can be said of campaigns before anything is made."""

from __future__ import annotations

from collections.abc import Sequence

import click

from loa.commands.problems import as_data, show_problems
from loa.commands.terminal import (
    DONE,
    FINDINGS,
    campaign_names,
    command_help,
    counted,
    help_of,
    moment,
    print_json,
    words,
    workspace,
)
from loa.commands.to_read import read_as_data, show_to_read
from loa.core.errors import LoaError, Problem
from loa.core.words import Catalogue
from loa.ledger.registration import Registration
from loa.planning.audience.audience import Audience
from loa.planning.check import check_campaign
from loa.planning.references import require_sound
from loa.planning.review.agreement import Spotted
from loa.planning.review.review import review_texts
from loa.planning.workspace import Workspace
from loa.registry.findings import find_notes
from loa.registry.issues import issues_in, read_registrations


@click.command("check", help=command_help("check"))
@click.argument("campaigns", nargs=-1, metavar="[CAMPAIGN]...")
@click.option("--json", "as_json", is_flag=True, help=help_of("option.json"))
@click.pass_context
def check(ctx: click.Context, campaigns: tuple[str, ...], as_json: bool) -> int:
    """Exit 1 when there is an error or a breach of form; a blank for the registry is no failure."""
    place = workspace(ctx)
    language = words(place.config.language)
    registrations = read_registrations(place, rehearsal=False, now=moment(place, None))
    found = {name: _problems(place, name, registrations) for name in campaign_names(place, campaigns)}
    to_read = {name: _to_read(place, name, registrations) for name in found}
    if as_json:
        print_json(
            {
                name: [*(as_data(problem, language) for problem in problems), *map(read_as_data, to_read[name])]
                for name, problems in found.items()
            }
        )
    else:
        for name, problems in found.items():
            click.echo(f"{name}: {counted(problems, language)}")
            if listed := _audience(place, name):
                click.echo(f"  {_listed(listed, language)}")
            show_problems(problems, language)
        show_to_read(to_read, language)
    fails = any(problem.fails_check() for problems in found.values() for problem in problems)
    return FINDINGS if fails else DONE


def _problems(place: Workspace, name: str, registrations: Sequence[Registration]) -> list[Problem]:
    try:
        file = place.campaign(name)
        return [
            *check_campaign(file, place, issues_in(registrations, file.campaign.campaign)),
            *find_notes(file, registrations),
        ]
    except LoaError as error:
        return list(error.problems)


def _audience(place: Workspace, name: str) -> Audience | None:
    """Who gets kits of a campaign; nobody where no list is named, or none that can be used."""
    try:
        file = place.campaign(name)
        return place.audience(file) if file.campaign.audience else None
    except LoaError:
        return None


def _listed(audience: Audience, language: Catalogue) -> str:
    """How many agencies there are, and of which kinds."""
    kinds = (f"{kind or language.word('check.no_kind')}: {count}" for kind, count in audience.kinds().items())
    return language.word("check.audience", file=audience.file, count=len(audience.receivers), kinds=", ".join(kinds))


def _to_read(place: Workspace, name: str, registrations: Sequence[Registration]) -> Sequence[Spotted]:
    """What a person should read again; nothing of a campaign that cannot be used yet."""
    try:
        file = place.campaign(name)
        require_sound(file, place)
        issues = issues_in(registrations, file.campaign.campaign)
        return review_texts(file, place, place.context(file, issues)).to_read
    except LoaError:
        return ()
