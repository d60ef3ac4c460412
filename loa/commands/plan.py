"""``loa plan``: every occurrence of a campaign; with ``--record``, into the ledger."""

from __future__ import annotations

from dataclasses import asdict
from zoneinfo import ZoneInfo

import click

from loa.commands.books import open_book
from loa.commands.table import table
from loa.commands.terminal import DONE, command_help, help_of, moment, print_json, words, workspace
from loa.planning.check import require_sound
from loa.planning.model import WEEKDAYS
from loa.planning.plan import Occurrence
from loa.planning.plan import plan as plan_campaign
from notices.wording import short_date


@click.command("plan", help=command_help("plan"))
@click.argument("campaign")
@click.option("--record", is_flag=True, help=help_of("option.record"))
@click.option("--at", metavar="TIME", help=help_of("option.at"))
@click.option("--json", "as_json", is_flag=True, help=help_of("option.json"))
@click.pass_context
def plan(ctx: click.Context, campaign: str, record: bool, at: str | None, as_json: bool) -> int:
    """Pure without ``--record``: nothing is written."""
    place = workspace(ctx)
    language = words(place.config.language)
    file = place.campaign(campaign)
    require_sound(file, place)
    occurrences = plan_campaign(file.campaign, place.config)
    recorded = None
    if record:
        now = moment(place, at)
        with open_book(place, rehearsal=at is not None, now=now) as book:
            recorded = book.record(file.campaign.campaign, occurrences, now)
    if as_json:
        numbers = asdict(recorded) if recorded else None
        print_json({"occurrences": [as_data(occurrence) for occurrence in occurrences], "recorded": numbers})
        return DONE
    for line in table([row(occurrence) for occurrence in occurrences]):
        click.echo(line)
    click.echo(language.word("plan.total", count=len(occurrences)))
    if recorded:
        click.echo(language.word("plan.recorded", **asdict(recorded)))
    return DONE


def as_data(occurrence: Occurrence) -> dict[str, object]:
    """An occurrence for programs."""
    return {
        "key": occurrence.key,
        "code": occurrence.code,
        "campaign": occurrence.campaign,
        "announcement": occurrence.announcement,
        "channel": occurrence.channel,
        "date": occurrence.local_date.isoformat(),
        "slot": occurrence.slot,
        "starts_at": occurrence.starts_at.isoformat(),
        "ends_at": occurrence.ends_at.isoformat(),
    }


def row(occurrence: Occurrence) -> tuple[str, ...]:
    """An occurrence for people: weekday and day, time, channel, announcement; all in local time."""
    local = occurrence.starts_at.astimezone(ZoneInfo(occurrence.zone))
    weekday = WEEKDAYS[occurrence.local_date.weekday()]
    day = f"{weekday}, {short_date(occurrence.local_date)}"
    return day, f"{local:%H:%M}", occurrence.slot, occurrence.channel, occurrence.announcement
