"""``loa service``: ready files with which cron, systemd or Windows runs the posting job every minute."""

from __future__ import annotations

import getpass
import os
import shlex
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from string import Template
from xml.sax.saxutils import escape

import click

from loa import root
from loa.commands.terminal import DONE, command_help, help_of, words, workspace
from loa.core.files import write_files
from loa.core.secrets import Secrets
from loa.planning.workspace import Workspace

_FILES: Mapping[str, Sequence[str]] = {
    "cron": ("loa.cron",),
    "systemd": ("loa.service", "loa.timer"),
    "windows": ("loa.xml",),
}


@click.command("service", help=command_help("service"))
@click.argument("system", type=click.Choice(list(_FILES)))
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), help=help_of("option.output"))
@click.pass_context
def service(ctx: click.Context, system: str, output: Path | None) -> int:
    """Prints them; with ``--output`` writes them into a folder. Installs nothing."""
    place = workspace(ctx)
    values = _VALUES[system](program(), place.folder.resolve())
    _warn_of_hidden(place)
    made = {name: _read(name).substitute(values) for name in _FILES[system]}
    if output is None:
        click.echo("\n".join(made.values()), nl=False)
        return DONE
    # Windows reads such a file in UTF-16 only.
    encoding = "utf-16" if system == "windows" else "utf-8"
    write_files({output / name: content.encode(encoding) for name, content in made.items()})
    language = words(place.config.language)
    for name in made:
        click.echo(language.word("report.written", file=output / name))
    return DONE


def _warn_of_hidden(place: Workspace) -> None:
    """Say which secrets only this window knows: whatever runs by itself would post without them, that is not at all."""
    stored = Secrets({}, place.folder / "state" / "tokens.json").stored()
    language = words(place.config.language)
    for channel, settings in place.config.channels.items():
        for name in settings.secret_names():
            if name in os.environ and name not in stored:
                click.echo(language.word("service.hidden", name=name, channel=channel), err=True)


def program() -> list[str]:
    """How this very program was called, as absolute paths: the installed script, or Python with ours."""
    called = Path(sys.argv[0]).absolute()
    if called.name == "__main__.py":
        return [sys.executable, "-m", "loa"]
    return [sys.executable, str(called)] if called.suffix == ".py" else [str(called)]


def _read(name: str) -> Template:
    return Template((root() / "templates" / "service" / name).read_text(encoding="utf-8"))


def for_cron(command: Sequence[str], folder: Path) -> dict[str, str]:
    """The values of a line of cron, which ends at a per cent sign unless it is escaped."""
    return {"command": shlex.join([*command, "--workspace", str(folder)]).replace("%", r"\%")}


def for_systemd(command: Sequence[str], folder: Path) -> dict[str, str]:
    """The values of a unit, where per cent and dollar signs mean something and blanks part words."""
    quoted = [_in_unit(part).replace("$", "$$") for part in (*command, "--workspace", str(folder))]
    return {"command": " ".join(quoted), "folder": _in_unit(str(folder)), "user": getpass.getuser()}


def for_windows(command: Sequence[str], folder: Path) -> dict[str, str]:
    """The values of a task; paths may hold blanks and what XML needs for itself."""
    first, *rest = command
    arguments = subprocess.list2cmdline([*rest, "--workspace", str(folder)])
    return {"program": escape(first), "arguments": escape(arguments), "folder": escape(str(folder))}


_VALUES = {"cron": for_cron, "systemd": for_systemd, "windows": for_windows}


def _in_unit(word: str) -> str:
    escaped = word.replace("\\", r"\\").replace('"', r"\"").replace("%", "%%")
    return f'"{escaped}"' if any(character in escaped for character in " \t'\"") else escaped
