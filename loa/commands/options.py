"""The options that every decision has: who, why, when, and in which form to answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from loa.commands.terminal import help_of, typed_line
from loa.core.errors import mistake

_BY = click.option("--by", metavar="NAME", help=help_of("option.by"))
_AT = click.option("--at", metavar="TIME", help=help_of("option.at"))
_JSON = click.option("--json", "as_json", is_flag=True, help=help_of("option.json"))

Command = Callable[..., Any]


def decision(command: Command) -> Command:
    """``--by``, ``--at`` and ``--json``."""
    return _BY(_AT(_JSON(command)))


def why(typed: str | None) -> str:
    """The reason, in clean words. Raises LoaError (``decision.no_reason``) when there is none."""
    reason = typed_line(typed or "")
    if not reason:
        raise mistake("decision.no_reason")
    return reason
