"""Problems on the terminal: one line each, marked with how grave it is."""

from __future__ import annotations

from collections.abc import Iterable

import click

from loa.core.errors import Problem, Severity
from loa.core.words import Catalogue

_COLOURS = {Severity.ERROR: "red", Severity.BREACH: "red", Severity.GAP: "yellow", Severity.WARNING: "yellow"}


def show_problems(problems: Iterable[Problem], language: Catalogue) -> None:
    """Each problem on standard error: severity, where, what was found, what to do."""
    for problem in problems:
        mark = click.style(language.word(f"severity.{problem.severity}"), fg=_COLOURS[problem.severity])
        click.echo(f"{mark} {language.problem(problem)}", err=True)
