"""``loa render``: the paper of campaigns, as files in the output folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

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
from loa.core.errors import LoaError, Problem
from loa.core.words import Catalogue
from loa.planning.workspace import Workspace
from loa.printing.papers import write_papers
from loa.registry.issues import issues_in, read_registrations
from notices.render import FORMATS

Writer = Callable[..., tuple[list[Problem], list[Path]]]  # of papers, or of kits

_DEFAULT = "docx,pdf"


def _formats(ctx: click.Context, param: click.Parameter, value: str) -> tuple[str, ...]:
    """``docx,pdf`` as formats; a wrong one is a mistake in the use of the command."""
    chosen = tuple(part.strip().lower() for part in value.split(",") if part.strip())
    unknown = [name for name in chosen if name not in FORMATS]
    if unknown or not chosen:
        raise click.BadParameter(
            words().word("option.format_unknown", name=", ".join(unknown), known=", ".join(FORMATS)), ctx, param
        )
    return chosen


@click.command("render", help=command_help("render"))
@click.argument("campaigns", nargs=-1, metavar="[CAMPAIGN]...")
@click.option("--only", multiple=True, metavar="NAME", help=help_of("option.only"))
@click.option(
    "--format", "formats", default=_DEFAULT, show_default=True, callback=_formats, help=help_of("option.format")
)
@click.option("--for", "receivers", multiple=True, metavar="AGENCY", help=help_of("option.for"))
@click.option("--group", "groups", multiple=True, metavar="GROUP", help=help_of("option.group"))
@click.option("--all", "everyone", is_flag=True, help=help_of("option.all"))
@click.option("--final", is_flag=True, help=help_of("option.final"))
@click.option("--output", type=click.Path(path_type=Path), help=help_of("option.output"))
@click.option("--json", "as_json", is_flag=True, help=help_of("option.json"))
@click.pass_context
def render(
    ctx: click.Context,
    campaigns: tuple[str, ...],
    only: tuple[str, ...],
    formats: tuple[str, ...],
    receivers: tuple[str, ...],
    groups: tuple[str, ...],
    everyone: bool,
    final: bool,
    output: Path | None,
    as_json: bool,
) -> int:
    """Every campaign's files appear together or not at all; with ``--final`` only papers without gap or breach."""
    place = workspace(ctx)
    language = words(place.config.language)
    registrations = read_registrations(place, rehearsal=False, now=moment(place, None))
    write: Writer = write_papers
    if receivers or groups or everyone:
        # kits bring workbooks and PDF along
        from loa.commands.kits import Progress, kit_writer  # noqa: PLC0415
        from loa.kits.making import Selection  # noqa: PLC0415

        selection = Selection(names=receivers, groups=groups)
        write = kit_writer(place, selection, Progress(language=language, is_silent=as_json))
    made: dict[str, _Made] = {}
    for name in campaign_names(place, campaigns):
        try:
            file = place.campaign(name)
            folder = (output or place.output) / file.campaign.campaign
            issues = issues_in(registrations, file.campaign.campaign)
            problems, paths = write(place, file, folder, formats=formats, only=only, final=final, issues=issues)
            made[name] = _Made(problems=problems, paths=paths)
        except LoaError as error:
            made[name] = _Made(problems=error.problems, is_refused=True)
        if not as_json:
            _tell(name, made[name], place, language, final=final)
    if as_json:
        print_json({name: one.as_data(language) for name, one in made.items()})
    return FINDINGS if any(one.is_refused for one in made.values()) else DONE


@dataclass(frozen=True, kw_only=True)
class _Made:
    """What became of one campaign."""

    problems: Sequence[Problem]
    paths: Sequence[Path] = ()
    is_refused: bool = False

    def as_data(self, language: Catalogue) -> dict[str, object]:
        """For programs."""
        shown = [as_data(problem, language) for problem in self.problems]
        return {"files": [str(path) for path in self.paths], "problems": shown}


def _tell(name: str, made: _Made, place: Workspace, language: Catalogue, *, final: bool) -> None:
    for path in made.paths:
        click.echo(place.shown(path))
    if final and not made.paths:
        click.echo(language.word("render.refused", name=name))
    click.echo(f"{name}: {counted(made.problems, language)}")
    show_problems(made.problems, language)
