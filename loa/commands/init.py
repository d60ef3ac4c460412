"""``loa init``: a new workspace with a commented campaign to edit."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from loa import root
from loa.commands.schema import FOLDER, schemas
from loa.commands.terminal import DONE, command_help, words
from loa.core.errors import Place, mistake
from loa.core.files import write_files
from loa.planning.calendar import CALENDAR
from loa.planning.workspace import CONFIG

SAMPLE = "campaigns/khao-sat-2026.yaml"


@click.command("init", help=command_help("init"))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def init(folder: Path) -> int:
    """Refuses a folder that already holds something."""
    if folder.exists() and any(folder.iterdir()):
        raise mistake("workspace.not_empty", Place(file=str(folder)))
    samples = root() / "templates" / "workspace"
    files = {
        folder / CONFIG: (root() / CONFIG).read_bytes(),
        folder / CALENDAR: (samples / CALENDAR).read_bytes(),
        folder / SAMPLE: (samples / Path(SAMPLE).name).read_bytes(),
        **{folder / FOLDER / name: content for name, content in schemas().items()},
    }
    write_files(files)
    language = words()
    click.echo(language.word("init.done", folder=folder))
    typed = shlex.quote(str(folder))  # so that the command below can be copied, whatever the folder is called
    click.echo(language.word("init.next", config=folder / CONFIG, campaign=folder / SAMPLE, folder=typed))
    return DONE
