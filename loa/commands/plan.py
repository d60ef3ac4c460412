"""``loa plan``: every occurrence of a campaign; with ``--record``, into the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from zoneinfo import ZoneInfo

import click

from loa.commands.books import open_book
from loa.commands.table import table
from loa.commands.terminal import DONE, command_help, help_of, moment, print_json, words, workspace
from loa.core.words import Catalogue
from loa.delivery.lateness import is_late
from loa.ledger.model import State
from loa.ledger.store import Ledger
from loa.planning.plan import Occurrence
from loa.planning.plan import plan as plan_campaign
from loa.planning.references import require_sound
from loa.registry.issues import issues_in, read_registrations
from notices.wording import short_date

_WEEKDAYS = (
    "day.monday",
    "day.tuesday",
    "day.wednesday",
    "day.thursday",
    "day.friday",
    "day.saturday",
    "day.sunday",
)


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
    zone = place.config.timezone
    now = moment(place, at)
    file = place.campaign(campaign)
    require_sound(file, place)
    registrations = read_registrations(place, rehearsal=at is not None, now=now)
    issues = issues_in(registrations, file.campaign.campaign)
    occurrences = plan_campaign(file.campaign, place.config, issues)
    awaited = file.campaign.window.awaited(issues)
    recorded: dict[str, int] | None = None
    if record:
        with open_book(place, rehearsal=at is not None, now=now) as book:
            recorded = _record(book, file.campaign.campaign, occurrences, now)
    if as_json:
        shown = [as_data(occurrence, zone) for occurrence in occurrences]
        print_json({"occurrences": shown, "recorded": recorded, "awaited": awaited})
        return DONE
    for line in table([row(occurrence, language) for occurrence in occurrences]):
        click.echo(line)
    if awaited:
        click.echo(language.word("window.waits", name=file.campaign.campaign, document=awaited))
    click.echo(language.word("plan.total", count=len(occurrences)))
    if recorded:
        click.echo(language.word("plan.recorded", **recorded))
        if recorded["late"]:
            click.echo(language.word("plan.late", count=recorded["late"]))
    return DONE


def _record(book: Ledger, campaign: str, occurrences: Iterable[Occurrence], now: datetime) -> dict[str, int]:
    """What recording changed, in numbers; ``late`` are those now put down to wait whose time has already run out."""
    waited = {entry.occurrence for entry in book.entries(campaign) if entry.state is State.PLANNED}
    recorded = book.record(campaign, occurrences, now)
    waiting = {entry.occurrence for entry in book.entries(campaign) if entry.state is State.PLANNED}
    return {**asdict(recorded), "late": sum(is_late(occurrence, now) for occurrence in waiting - waited)}


def as_data(occurrence: Occurrence, zone: ZoneInfo) -> dict[str, object]:
    """An occurrence for programs, its times in ``zone``."""
    return {
        "key": occurrence.key,
        "code": occurrence.code,
        "campaign": occurrence.campaign,
        "announcement": occurrence.announcement,
        "channel": occurrence.channel,
        "date": occurrence.local_date.isoformat(),
        "slot": occurrence.slot,
        "starts_at": occurrence.starts_at.astimezone(zone).isoformat(),
        "ends_at": occurrence.ends_at.astimezone(zone).isoformat(),
    }


def row(occurrence: Occurrence, language: Catalogue) -> tuple[str, ...]:
    """An occurrence for people: weekday and day, time, slot, channel, announcement; all in local time."""
    local = occurrence.starts_at.astimezone(ZoneInfo(occurrence.zone))
    weekday = language.word(_WEEKDAYS[occurrence.local_date.weekday()])
    day = language.word("day.line", weekday=weekday, date=short_date(occurrence.local_date))
    return day, f"{local:%H:%M}", occurrence.slot, occurrence.channel, occurrence.announcement
