"""``loa render``: the paper of campaigns, as files in the output folder."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
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
from loa.core.errors import LoaError, Place, Problem, mistake
from loa.core.files import write_files
from loa.planning.check import require_sound
from loa.planning.review.review import review_texts
from loa.planning.workspace import CampaignFile, Workspace
from loa.registry.issues import issues_in, read_registrations
from notices.compose import compose
from notices.context import NO_ISSUES, Issue
from notices.model import Appendix, Issued
from notices.render import FORMATS
from notices.render import render as render_document

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
    write: Callable[..., tuple[list[Problem], list[Path]]] = write_papers
    if receivers or groups or everyone:
        from loa.commands.kits import Progress, Selection, write_kits  # noqa: PLC0415  # brings workbooks and PDF along

        selection = Selection(names=receivers, groups=groups)
        write = partial(write_kits, selection=selection, progress=Progress(language=language, is_silent=as_json))
    failed = False
    report: dict[str, object] = {}
    for name in campaign_names(place, campaigns):
        try:
            file = place.campaign(name)
            folder = (output or place.output) / file.campaign.campaign
            issues = issues_in(registrations, file.campaign.campaign)
            problems, paths = write(place, file, folder, formats=formats, only=only, final=final, issues=issues)
        except LoaError as error:
            failed, problems, paths = True, list(error.problems), []
        if as_json:
            shown = [as_data(problem, language) for problem in problems]
            report[name] = {"files": [str(path) for path in paths], "problems": shown}
            continue
        for path in paths:
            click.echo(place.shown(path))
        if final and not paths:
            click.echo(language.word("render.refused", name=name))
        click.echo(f"{name}: {counted(problems, language)}")
        show_problems(problems, language)
    if as_json:
        print_json(report)
    return FINDINGS if failed else DONE


def write_papers(
    place: Workspace,
    file: CampaignFile,
    folder: Path,
    *,
    formats: Collection[str],
    only: Iterable[str] = (),
    final: bool = False,
    issues: Mapping[str, Issue] = NO_ISSUES,
) -> tuple[list[Problem], list[Path]]:
    """Write a campaign's papers into ``folder``; what is open or doubtful in them, and the files written.

    ``issues`` are its documents that have their number: their files are called by it, and files of the same document
    under an older name are removed. Raises LoaError, and writes nothing, for what cannot be set, and with ``final``
    for any gap or breach.
    """
    require_sound(file, place)
    context = place.context(file, issues)
    composed = {name: compose(name, context) for name in _chosen(file, tuple(only))}
    problems = [problem for paper in composed.values() for problem in paper.problems]
    problems += review_texts(file, place, context).about(*_parts_of(composed, file))
    if final and (blocking := [problem for problem in problems if problem.blocks_final()]):
        raise LoaError(blocking)
    files = {
        folder / name: content
        for paper in composed.values()
        for name, content in render_document(paper.document, formats).items()
    }
    write_files(files)
    for name, paper in composed.items():
        _remove_old_files(folder, name, paper.document.name, formats, files)
    return problems, list(files)


def _parts_of(names: Iterable[str], file: CampaignFile) -> Iterator[str]:
    """The parts of the campaign file whose texts stand in these documents: their own, and those of their appendices."""
    for name in names:
        spec = file.campaign.documents[name]
        yield from (f"documents.{key}" for key in (name, *(spec.appendices if isinstance(spec, Issued) else ())))


def _chosen(file: CampaignFile, only: tuple[str, ...]) -> list[str]:
    """The documents to make: all but appendices, which go with their dispatch; or those asked for by name."""
    documents = file.campaign.documents
    for name in only:
        if name not in documents:
            known = ", ".join(documents) or "–"
            raise mistake("document.unknown", Place(file=file.source.file), name=name, known=known)
    return list(only) or [name for name, spec in documents.items() if not isinstance(spec, Appendix)]


def _remove_old_files(
    folder: Path, name: str, current: str, formats: Collection[str], written: Collection[Path]
) -> None:
    """Files of the document ``name`` that are no longer true: its draft or one with a cancelled number, once it is
    called ``current``; pictures of pages that a shorter document no longer has.
    """
    for path in folder.glob(f"{name}*"):
        stem = re.sub(r"-\d+$", "", path.stem) if path.suffix == ".png" else path.stem
        is_old_page = path.suffix == ".png" and "png" in formats and stem == current
        has_old_name = stem != current and (stem == name or _is_numbered(stem, name))
        if path.suffix[1:] in FORMATS and path not in written and (is_old_page or has_old_name):
            path.unlink()


def _is_numbered(stem: str, name: str) -> bool:
    """Whether a file is called like ``name`` with a number. Names of documents themselves have no capitals."""
    return re.fullmatch(rf"{re.escape(name)}-\d{{2,}}-[A-Z0-9-]*[A-Z][A-Z0-9-]*", stem) is not None
