"""What every command does at the terminal: open the workspace, say words, show problems, tell the time."""

from __future__ import annotations

import getpass
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from typing import Any

import click
from pydantic_core import PydanticCustomError

from loa.commands.session import Session
from loa.core.errors import LoaError, Problem, Severity, mistake
from loa.core.model import parse_day
from loa.core.text import forbidden_characters, normalise, one_line
from loa.core.words import Catalogue, catalogue, chosen_language
from loa.planning.workspace import SUFFIXES, Workspace, find_workspace, open_workspace

# Exit codes.
DONE, FINDINGS, NEEDS_PERSON = 0, 1, 3


def words(configured: str = "") -> Catalogue:
    """The catalogue of the language in force."""
    return catalogue(chosen_language(configured))


def help_of(key: str) -> str:
    """Help for a command or an option, in the language in force."""
    return words().word(key)


def command_help(name: str) -> str:
    """What ``loa NAME --help`` opens with: the line of the list of commands, as a sentence."""
    line = help_of(f"help.{name}")
    return f"{line[0].upper()}{line[1:]}."


def workspace(ctx: click.Context) -> Workspace:
    """The workspace that ``--workspace`` or LOA_WORKSPACE names, else the one around the current folder."""
    session: Session = ctx.obj
    place = open_workspace(session.folder if session.folder is not None else find_workspace(Path.cwd()))
    session.language = place.config.language
    return place


def campaign_names(place: Workspace, given: Iterable[str]) -> list[str]:
    """The campaigns asked for; all of the workspace when none is."""
    return list(given) or [path.stem for path in place.campaign_files()]


def campaign_name(given: str) -> str:
    """The name of a campaign that is said by name or by file."""
    path = Path(given)
    return path.stem if path.suffix in SUFFIXES else given


def moment(place: Workspace, at: str | None) -> datetime:
    """Now, or the moment that ``--at`` names (2026-09-05T07:30), in the workspace's zone. Raises LoaError."""
    return datetime.now(place.config.timezone) if at is None else read_moment(at, place.config.timezone)


def read_moment(at: str, zone: tzinfo) -> datetime:
    """The moment that is typed so (2026-09-05T07:30), in ``zone`` unless it names one. Raises LoaError."""
    try:
        given = datetime.fromisoformat(at)
        instant = (given if given.tzinfo else given.replace(tzinfo=zone)).astimezone(UTC)
        return instant.astimezone(zone)
    except (ValueError, OverflowError):  # the second for the ends of the calendar, where UTC has another year
        raise mistake("time.form", typed=at) from None


def read_day(typed: str) -> date:
    """The day that an option names (2026-09-05, 05/9/2026). Raises LoaError as a day in a file does."""
    try:
        return parse_day(typed)
    except PydanticCustomError as error:
        values = dict(error.context or {})
        raise LoaError(Problem(key=f"model.{values.pop('key')}", values=values)) from None


def person(typed: str | None) -> str:
    """Who acts: the one named, else the user of this computer. An honest record, not a lock. Raises LoaError."""
    return typed_line(typed or "") or getpass.getuser()


def typed_line(typed: str) -> str:
    """Words that an option brings, as clean as those of files. Raises LoaError (``text.forbidden``)."""
    line = one_line(normalise(typed))
    if bad := forbidden_characters(line):
        raise mistake("text.forbidden", characters=", ".join(bad))
    return line


def standing_still(at: datetime) -> Callable[[], datetime]:
    """A clock for rehearsals: it always says ``at``."""
    return lambda: at


def counted(problems: Iterable[Problem], language: Catalogue) -> str:
    """``2 lỗi, 1 chỗ trống``; the word for none where there is none."""
    counts = Counter(problem.severity for problem in problems)
    parts = [language.word(f"count.{severity}", count=counts[severity]) for severity in Severity if counts[severity]]
    return ", ".join(parts) or language.word("count.none")


def print_json(data: Mapping[str, Any]) -> None:
    """One JSON document on standard output."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str))
