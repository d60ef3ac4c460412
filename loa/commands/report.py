"""``loa report``: what became of every occurrence, per channel and week, for people, spreadsheets and programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from loa.commands.books import open_book
from loa.commands.table import table
from loa.commands.terminal import (
    DONE,
    campaign_name,
    command_help,
    help_of,
    moment,
    print_json,
    read_day,
    words,
    workspace,
)
from loa.core.errors import mistake
from loa.core.files import write_files
from loa.core.words import Catalogue
from loa.delivery.tally import Week, tally, total
from loa.ledger.model import Skip
from loa.planning.model import Config
from notices.wording import short_date

_COUNTS = {
    "planned": "report.planned",
    "published": "report.published",
    "adopted": "report.adopted",
    "by_hand": "report.by_hand",
    "late": "report.late",
    "rejected": "report.rejected",
    "cancelled": "report.cancelled",
    "withdrawn": "report.withdrawn",
    "needs_person": "report.needs_person",
    "submitted": "report.submitted",
    "under_way": "report.under_way",
    "waiting": "report.waiting",
}


@click.command("report", help=command_help("report"))
@click.argument("campaign", required=False)
@click.option("--from", "first", metavar="DATE", help=help_of("option.first"))
@click.option("--to", "last", metavar="DATE", help=help_of("option.last"))
@click.option("--format", "form", type=click.Choice(["text", "csv", "json"]), help=help_of("option.report_format"))
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help=help_of("option.report_file"))
@click.option("--at", metavar="TIME", help=help_of("option.at"))
@click.option("--json", "as_json", is_flag=True, help=help_of("option.json"))
@click.pass_context
def report(
    ctx: click.Context,
    campaign: str | None,
    first: str | None,
    last: str | None,
    form: str | None,
    output: Path | None,
    at: str | None,
    as_json: bool,
) -> int:
    """Changes nothing. Its totals are those of the ledger."""
    place = workspace(ctx)
    language = words(place.config.language)
    days = (read_day(first) if first else None, read_day(last) if last else None)
    if days[0] and days[1] and days[0] > days[1]:
        raise mistake("report.order", first=short_date(days[0]), last=short_date(days[1]))
    with open_book(place, rehearsal=at is not None, now=moment(place, at)) as book:
        name = campaign_name(campaign) if campaign else None
        entries = book.entries(name)
        if name and not entries:
            raise mistake("decision.nothing_recorded", campaign=name)
        told = {"confirmed": book.decisions.confirmed(), "submitted": book.decisions.submitted_ones()}
        weeks = tally(entries, **told, first=days[0], last=days[1])
    if output:
        write_files({output: _file(weeks, form, output, language, place.config)})
        click.echo(language.word("report.written", file=output))
    elif as_json or form == "json":
        print_json(_data(weeks, place.config))
    elif form == "csv":
        click.echo(_csv(weeks, language, place.config), nl=False)
    elif entries and not weeks:
        first_day, last_day = (short_date(day) if day else "…" for day in days)
        click.echo(language.word("report.nothing", first=first_day, last=last_day))
    else:
        _show(weeks, language, place.config)
    return DONE


def _file(weeks: Sequence[Week], form: str | None, output: Path, language: Catalogue, config: Config) -> bytes:
    """The content of a file: in the form asked for, else that of its name."""
    kind = form or output.suffix.lstrip(".").lower()
    if kind == "json":
        return (json.dumps(_data(weeks, config), ensure_ascii=False, indent=2) + "\n").encode()
    if kind == "csv":
        return ("\ufeff" + _csv(weeks, language, config)).encode()  # Excel reads UTF-8 only behind this mark
    return "".join(f"{line}\n" for line in _lines(weeks, language, config)).encode()


def _data(weeks: Sequence[Week], config: Config) -> dict[str, object]:
    return {"weeks": [_row_data(week, config) for week in weeks], "total": _row_data(total(weeks), config)}


def _row_data(week: Week, config: Config) -> dict[str, object]:
    return {"channel": week.channel, "label": config.label_of(week.channel), "week": _name_of(week)} | {
        "skipped": dict(week.skipped),
        **{name: getattr(week, name) for name in _COUNTS},
    }


def _name_of(week: Week) -> str:
    return f"{week.year}-W{week.week:02d}" if week.week else ""


def _csv(weeks: Sequence[Week], language: Catalogue, config: Config) -> str:
    """A line a week, a column for each reason of skipping; without totals, which a spreadsheet adds up itself."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    skips = [f"{language.word('report.skipped')}: {language.word(f'skip.{reason}')}" for reason in Skip]
    heads = [language.word(key) for key in ("report.channel", "report.week", "report.monday", *_COUNTS.values())]
    writer.writerow([*heads, *skips])
    for week in weeks:
        monday = date.fromisocalendar(week.year, week.week, 1).isoformat()
        counts = [getattr(week, name) for name in _COUNTS]
        skipped = [week.skipped.get(reason, 0) for reason in Skip]
        writer.writerow([_cell(config.label_of(week.channel)), _name_of(week), monday, *counts, *skipped])
    return stream.getvalue()


def _cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def _show(weeks: Sequence[Week], language: Catalogue, config: Config) -> None:
    for line in _lines(weeks, language, config):
        click.echo(line)


def _lines(weeks: Sequence[Week], language: Catalogue, config: Config) -> list[str]:
    """A paragraph a channel, a line a week; the line of all at the end."""
    if not weeks:
        return [language.word("status.empty")]
    lines: list[str] = []
    for channel in dict.fromkeys(week.channel for week in weeks):
        own = [week for week in weeks if week.channel == channel]
        rows = [(_week_of(week, language), *_told(week, language)) for week in own]
        lines += [config.label_of(channel), *(f"  {line}" for line in table(rows))]
        if len(own) > 1 and len(own) < len(weeks):
            lines += ["  " + language.word("report.channel_total", counts=", ".join(_told(total(own), language)))]
    return [*lines, language.word("report.total", counts=", ".join(_told(total(weeks), language)))]


def _week_of(week: Week, language: Catalogue) -> str:
    monday, sunday = (_day_of(date.fromisocalendar(week.year, week.week, day)) for day in (1, 7))
    return language.word("report.week_of", week=week.week, year=week.year, first=monday, last=sunday)


def _day_of(day: date) -> str:
    """``07/9``: the year stands with the week."""
    return short_date(day).rpartition("/")[0]


def _told(week: Week, language: Catalogue) -> tuple[str, str]:
    """How many were planned, and what became of them; only what there was."""
    published = {name: getattr(week, name) for name in ("adopted", "by_hand", "late")}
    of_these = ", ".join(f"{language.word(_COUNTS[name])} {count}" for name, count in published.items() if count)
    ended = [f"{language.word('report.published')} {week.published}" + (f" ({of_these})" if of_these else "")]
    ended += [
        f"{language.word('report.skipped')} {count} ({language.word(f'skip.{reason}')})"
        for reason, count in week.skipped.items()
    ]
    rest = ("rejected", "cancelled", "withdrawn", "needs_person", "under_way", "waiting")
    handed_in = f" ({language.word('report.submitted')} {week.submitted})" if week.submitted else ""
    ended += [
        f"{language.word(_COUNTS[name])} {getattr(week, name)}{handed_in if name == 'needs_person' else ''}"
        for name in rest
        if getattr(week, name)
    ]
    return f"{language.word('report.planned')} {week.planned}", ", ".join(ended)
