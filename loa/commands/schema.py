"""``loa schema``: JSON Schemas of config.yaml, campaign files and lich-nghi.yaml, for editors."""

from __future__ import annotations

import json
from pathlib import Path

import click

from loa.commands.terminal import DONE, command_help, help_of, workspace
from loa.core.files import write_files
from loa.core.model import Model
from loa.planning.calendar import CalendarFile
from loa.planning.model import Campaign, Config

FOLDER = "schemas"


def schemas() -> dict[str, bytes]:
    """File name → schema, as the models have it."""
    models: dict[str, type[Model]] = {"config.json": Config, "campaign.json": Campaign, "calendar.json": CalendarFile}
    return {
        name: (json.dumps(model.model_json_schema(), ensure_ascii=False, indent=2) + "\n").encode()
        for name, model in models.items()
    }


@click.command("schema", help=command_help("schema"))
@click.option("--output", type=click.Path(path_type=Path), help=help_of("option.output"))
@click.pass_context
def schema(ctx: click.Context, output: Path | None) -> int:
    """Write the schemas that the first line of every YAML file names."""
    folder = output or workspace(ctx).folder / FOLDER
    write_files({folder / name: content for name, content in schemas().items()})
    click.echo(str(folder))
    return DONE
