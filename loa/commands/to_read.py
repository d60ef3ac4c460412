"""Values in texts that no fact can be compared with, as a command lists them for a person to read again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from loa.core.words import Catalogue
from loa.planning.review.agreement import Spotted


def show_to_read(found: Mapping[str, Sequence[Spotted]], language: Catalogue) -> None:
    """The values of each campaign in ``found``, one line for each document and announcement; nothing when none."""
    lines: dict[str, list[str]] = {}
    for campaign, spotted in found.items():
        for one in spotted:
            shown = language.word("check.value", text=one.mention.text, line=one.place.line)
            lines.setdefault(f"{campaign}: {one.part}", []).append(shown)
    if lines:
        click.echo(language.word("check.to_read"))
    for where, values in lines.items():
        click.echo(f"  {where}: {'; '.join(values)}")


def read_as_data(one: Spotted) -> dict[str, object]:
    """A value for programs, in the shape of a problem; its severity says that it never fails a check."""
    return {
        "severity": "read",
        "rule": "",
        "key": f"read.{one.mention.kind}",
        "file": one.place.file,
        "line": one.place.line,
        "column": one.place.column,
        "path": one.place.part,
        "message": one.mention.text,
    }
