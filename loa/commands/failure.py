"""What a command that could not go on says: a person's mistakes as problems, a bug of ours with its trace."""

from __future__ import annotations

import json
import traceback

import click

from loa.commands.problems import as_data, show_problems
from loa.core.errors import LoaError, Severity
from loa.core.words import Catalogue


def tell(error: Exception, language: Catalogue) -> None:
    """Say on standard error what stopped the command."""
    if isinstance(error, click.ClickException):
        error.show()
    elif isinstance(error, LoaError):
        show_problems(error.problems, language)
    else:
        traceback.print_exception(error)
        click.echo(language.word("bug"), err=True)


def tell_programs(error: Exception, language: Catalogue) -> None:
    """Say it on standard output as well, as the one JSON document that ``--json`` promises."""
    click.echo(json.dumps({"problems": _problems(error, language)}, ensure_ascii=False, indent=2))


def _problems(error: Exception, language: Catalogue) -> list[dict[str, object]]:
    if isinstance(error, LoaError):
        return [as_data(problem, language) for problem in error.problems]
    # Wrong usage and bugs have no place in a file and no entry among the problems.
    wrong_usage = isinstance(error, click.ClickException)
    message = error.format_message() if isinstance(error, click.ClickException) else language.word("bug")
    nowhere = {"rule": "", "file": "", "line": 0, "column": 0, "path": ""}
    return [{"severity": Severity.ERROR, "key": "usage" if wrong_usage else "bug", **nowhere, "message": message}]
