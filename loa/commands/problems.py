"""Problems as a command shows them: to people one line each, marked with how grave it is; to programs as data."""

from __future__ import annotations

from collections.abc import Iterable

import click

from loa.core.errors import Problem, Severity
from loa.core.words import Catalogue

_COLOURS = {Severity.ERROR: "red", Severity.BREACH: "red", Severity.GAP: "yellow", Severity.WARNING: "yellow"}


def show_problems(problems: Iterable[Problem], language: Catalogue) -> None:
    """Each problem on standard error, once: severity, where, what was found, what to do."""
    shown: list[Problem] = []
    for problem in problems:
        if problem in shown:
            continue
        shown.append(problem)
        mark = click.style(language.word(f"severity.{problem.severity}"), fg=_COLOURS[problem.severity])
        click.echo(f"{mark} {language.problem(problem)}", err=True)


def as_data(problem: Problem, language: Catalogue) -> dict[str, object]:
    """A problem for programs."""
    return {
        "severity": problem.severity,
        "rule": problem.rule,
        "clause": problem.clause,
        "key": problem.key,
        "file": problem.place.file,
        "line": problem.place.line,
        "column": problem.place.column,
        "path": problem.place.part,
        "message": language.problem(problem),
    }
