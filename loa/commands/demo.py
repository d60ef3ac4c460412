"""``loa demo``: the bundled campaigns end to end, in a rehearsed workspace of its own."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import click

from loa import root
from loa.commands.publish import show
from loa.commands.render import write_papers
from loa.commands.schema import FOLDER, schemas
from loa.commands.terminal import DONE, FINDINGS, counted, help_of, ledger, words
from loa.core.errors import Place, mistake
from loa.core.files import write_files
from loa.core.words import Catalogue
from loa.delivery.desk import open_office
from loa.delivery.publish import publish_due
from loa.planning.plan import Occurrence, plan
from loa.planning.workspace import Workspace, open_workspace
from notices.render import FORMATS

_MARK = ".loa-demo"  # only a folder that we made is ever cleared


@click.command("demo", help=help_of("help.demo"))
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), help=help_of("option.output"))
def demo(output: Path | None) -> int:
    """Starts afresh each time, so that each run gives the same result. Exit 1 when something was not posted."""
    folder = (output or Path("output") / "demo").resolve()
    place = _fresh_workspace(folder)
    language = words(place.config.language)
    click.echo(language.word("demo.intro", folder=folder))
    first_posts = [occurrence for name in _names(place) if (occurrence := _make(place, name, language))]
    failed = [_rehearse(place, occurrence.starts_at, language) for occurrence in sorted(first_posts, key=_start)]
    site = next(iter(place.config.channels.values())).folder
    last = max(occurrence.starts_at for occurrence in first_posts)
    click.echo()
    click.echo(language.word("demo.paper", folder=place.output))
    click.echo(language.word("demo.site", page=folder / site / "index.html"))
    at = last.astimezone(place.config.timezone).strftime("%Y-%m-%dT%H:%M")
    click.echo(language.word("demo.status", command=f"loa --workspace {folder} status --at {at}"))
    return FINDINGS if any(failed) else DONE


def _fresh_workspace(folder: Path) -> Workspace:
    """An empty workspace with the bundled files. Raises LoaError for a folder with other people's files."""
    if folder.exists() and any(folder.iterdir()):
        if not (folder / _MARK).is_file():
            raise mistake("workspace.not_empty", Place(file=str(folder)))
        shutil.rmtree(folder)
    bundled = [root() / "config.yaml", *sorted((root() / "campaigns").glob("*.yaml"))]
    write_files(
        {folder / _MARK: b""}
        | {folder / path.relative_to(root()): path.read_bytes() for path in bundled}
        | {folder / FOLDER / name: content for name, content in schemas().items()}
    )
    return open_workspace(folder)


def _names(place: Workspace) -> list[str]:
    return [path.stem for path in place.campaign_files()]


def _make(place: Workspace, name: str, language: Catalogue) -> Occurrence | None:
    """A campaign's paper, and its plan in the ledger; the first occurrence, if it has any."""
    file = place.campaign(name)
    problems, paths = write_papers(place, file, place.output / name, formats=FORMATS)
    occurrences = plan(file.campaign, place.config)
    click.echo(language.word("demo.made", name=name, files=len(paths), problems=counted(problems, language)))
    if not occurrences:
        return None
    with ledger(place, rehearsal=True, now=occurrences[0].starts_at) as book:
        book.record(name, occurrences, occurrences[0].starts_at)
    return occurrences[0]


def _start(occurrence: Occurrence) -> datetime:
    return occurrence.starts_at


def _rehearse(place: Workspace, at: datetime, language: Catalogue) -> bool:
    """One pass of the posting job at the moment ``at``; whether something failed."""
    with ledger(place, rehearsal=True, now=at) as book:
        done = publish_due(book, open_office(place), lambda: at)
    show(done.outcomes, language)
    return bool(done.failed)
