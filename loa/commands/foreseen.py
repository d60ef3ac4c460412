"""What ``loa publish --dry-run`` shows: exactly what would be sent, occurrence by occurrence; secrets are masked."""

from __future__ import annotations

from datetime import datetime

import click

from loa.commands.occurrences import as_data as occurrence_data
from loa.commands.occurrences import row
from loa.commands.problems import as_data, show_problems
from loa.commands.terminal import DONE, FINDINGS, print_json
from loa.commands.work import Work
from loa.core.secrets import redacted
from loa.core.text import without_controls
from loa.core.words import Catalogue
from loa.delivery.foreseeing import Foreseen, foresee
from loa.planning.model import Config


def show_foreseen(work: Work, until: datetime | None, *, as_json: bool) -> int:
    """Nothing is sent and nothing written. Exit 1 when something could not be prepared."""
    found = foresee(work.book, work.office, work.now, until)
    if as_json:
        print_json({"foreseen": [_data(work, one) for one in found]})
    else:
        for one in found:
            _show(one, work.language, work.place.config)
        if not found:
            click.echo(work.language.word("publish.nothing"))
        show_problems((problem for one in found for problem in one.problems), work.language)
    return FINDINGS if any(one.problems for one in found) else DONE


def _show(one: Foreseen, language: Catalogue, config: Config) -> None:
    """A line for the occurrence, then every message with its fields, a field of several lines set in."""
    click.echo("  ".join((one.entry.occurrence.campaign, *row(one.entry.occurrence, language, config))))
    if one.skip:
        click.echo("  " + language.word("publish.would_skip", reason=language.word(f"skip.{one.skip}")))
    if one.stop:
        click.echo("  " + language.word("publish.would_wait", reason=language.word(f"stop.{one.stop}")))
    if one.waits_for_page:
        click.echo("  " + language.word("publish.would_wait_page"))
    for message in one.messages:
        click.echo(f"  {_clean(message.what)}")
        for name, value in message.fields.items():
            lines = redacted(value).splitlines() or [""]
            click.echo(f"    {_clean(name)}: {_clean(lines[0])}")
            for line in lines[1:]:
                click.echo(f"      {_clean(line)}".rstrip())


def _clean(text: str) -> str:
    """One line that shows neither secrets nor control characters."""
    return without_controls(redacted(text))


def _data(work: Work, one: Foreseen) -> dict[str, object]:
    return occurrence_data(one.entry.occurrence, work.place.config) | {
        "skip": one.skip,
        "stop": one.stop,
        "waits_for_page": one.waits_for_page,
        "messages": [
            {"what": redacted(m.what), "fields": {name: redacted(value) for name, value in m.fields.items()}}
            for m in one.messages
        ],
        "problems": [as_data(problem, work.language) for problem in one.problems],
    }
