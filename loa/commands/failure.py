"""What a command that could not go on says: a person's mistakes as problems, a bug of ours with its trace."""

from __future__ import annotations

import traceback

import click

from loa.commands.problems import show_problems
from loa.core.errors import LoaError
from loa.core.words import Catalogue


def tell(error: Exception, language: Catalogue) -> None:
    """Say on standard error what stopped the command."""
    if isinstance(error, LoaError):
        show_problems(error.problems, language)
        return
    traceback.print_exception(error)
    click.echo(language.word("bug"), err=True)
