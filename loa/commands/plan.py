"""``loa plan``: every occurrence of a campaign, and what the ledger makes of it; with ``--record``, into the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import click

from loa.commands.books import open_book
from loa.commands.days import day_line
from loa.commands.occurrences import as_data, row
from loa.commands.table import table
from loa.commands.terminal import DONE, command_help, help_of, moment, print_json, words, workspace
from loa.core.files import write_files
from loa.core.words import Catalogue
from loa.delivery.drift import Drift, drift
from loa.ledger.model import Entry, Skip
from loa.ledger.store import Ledger
from loa.planning.announcement import Announcement
from loa.planning.limits import require_fitting
from loa.planning.model import Config
from loa.planning.plan import LeftOut, Occurrence, Plan, is_moved, whole_plan
from loa.planning.references import require_sound
from loa.planning.window import require_not_over
from loa.planning.workspace import CampaignFile, Workspace
from loa.registry.issues import issues_in
from notices.context import Issue

_NO_HOST = "loa.invalid"  # for offices without a website (RFC 2606)


@dataclass(frozen=True, kw_only=True)
class _Known:
    """What the ledger tells of a campaign; nothing where there is no ledger yet."""

    issues: Mapping[str, Issue] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()
    changes: Mapping[int, int] = field(default_factory=dict)


@click.command("plan", help=command_help("plan"))
@click.argument("campaign")
@click.option("--record", is_flag=True, help=help_of("option.record"))
@click.option("--ics", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help=help_of("option.ics"))
@click.option("--at", metavar="TIME", help=help_of("option.at"))
@click.option("--json", "as_json", is_flag=True, help=help_of("option.json"))
@click.pass_context
def plan(ctx: click.Context, campaign: str, record: bool, ics: Path | None, at: str | None, as_json: bool) -> int:
    """Pure without ``--record`` and ``--ics``: nothing is written."""
    place = workspace(ctx)
    language = words(place.config.language)
    now, rehearsal = moment(place, at), at is not None
    file = place.campaign(campaign)
    name = file.campaign.campaign
    require_sound(file, place)
    known = _read(place, name, rehearsal=rehearsal, now=now)
    require_fitting(file, place, place.context(file, known.issues))
    if record:
        require_not_over(file, now.date())
    whole = whole_plan(file.campaign, place.config, known.issues, place.calendar)
    changes = drift(whole.occurrences, known.entries)
    awaited = file.campaign.window.awaited(known.issues)
    if not as_json:
        _show(whole, changes if known.entries else Drift(), language, place.config)
        if awaited:
            click.echo(language.word("window.waits", name=name, document=awaited))
        click.echo(language.word("plan.total", count=len(whole.occurrences)))
    recorded: dict[str, int] | None = None
    if record:
        with open_book(place, rehearsal=rehearsal, now=now) as book:
            recorded = _record(book, name, whole, now)
        known = _read(place, name, rehearsal=rehearsal, now=now)
    if ics is not None:
        _write_ics(ics, file, place, whole, known, now)
    if as_json:
        print_json(_data(whole, changes, place.config) | {"recorded": recorded, "awaited": awaited})
        return DONE
    if recorded:
        click.echo(language.word("plan.recorded", **recorded))
        if recorded["past"]:
            click.echo(language.word("plan.past", count=recorded["past"]))
    elif known.entries and changes:
        click.echo(language.word("plan.not_recorded"))
    if ics is not None:
        click.echo(str(ics))
    return DONE


def _read(place: Workspace, name: str, *, rehearsal: bool, now: datetime) -> _Known:
    """What the ledger knows of a campaign; nothing is made where there is none."""
    if not place.ledger_path(rehearsal=rehearsal).exists():
        return _Known()
    with open_book(place, rehearsal=rehearsal, now=now) as book:
        issues = issues_in(book.register.registrations(), name)
        return _Known(issues=issues, entries=book.entries(name), changes=book.changes(name))


def _record(book: Ledger, campaign: str, whole: Plan, now: datetime) -> dict[str, int]:
    """What recording changed, in numbers."""
    return asdict(book.record(campaign, whole.occurrences, now, lambda occurrence: Skip(whole.why_not(occurrence))))


def _write_ics(path: Path, file: CampaignFile, place: Workspace, whole: Plan, known: _Known, now: datetime) -> None:
    """Write the plan for calendars. Raises LoaError for a title or a text with a mistake in it."""
    # Both bring a library along, for those who ask for the file.
    from loa.delivery.ics import Told, write_ics  # noqa: PLC0415
    from loa.delivery.papers import Papers  # noqa: PLC0415

    context = place.context(file, known.issues)
    words_of = Papers(place, {file.campaign.campaign: context}, takes_drafts=True)

    def told(name: str, announcement: Announcement) -> Told:
        at = {part: file.source.text_place("announcements", name, part) for part in ("title", "text")}
        title = words_of.line(file.campaign, announcement.title, at["title"])
        return Told(title=title, text=words_of.prose(file.campaign, announcement.text, at["text"])[1])

    host = urlsplit(place.config.agency.contact.website or "").hostname or _NO_HOST
    content = write_ics(
        whole.occurrences,
        known.entries,
        told={name: told(name, one) for name, one in file.campaign.announcements.items()},
        label_of=place.config.label_of,
        changes=known.changes,
        host=host,
        now=now,
    )
    write_files({path: content})


def _show(whole: Plan, changes: Drift, language: Catalogue, config: Config) -> None:
    for line in table([_told(occurrence, whole, language, config) for occurrence in whole.occurrences]):
        click.echo(line)
    if whole.left_out:
        click.echo(language.word("plan.left_out"))
        for line in table([(*row(left.occurrence, language, config), _why(left, language)) for left in whole.left_out]):
            click.echo(f"  {line}")
    if changes:
        click.echo(language.word("plan.changes"))
        for line in table(list(_changed(whole, changes, language, config))):
            click.echo(f"  {line}")


def _told(occurrence: Occurrence, whole: Plan, language: Catalogue, config: Config) -> tuple[str, ...]:
    """An occurrence; of one that was moved the day that it was moved from, and the holiday on it."""
    moved = ""
    if is_moved(occurrence):
        day, why = day_line(occurrence.local_date, language), whole.moved_for.get(occurrence.key, "")
        moved = language.word("plan.moved_from_holiday" if why else "plan.moved_from", day=day, why=why)
    return (*row(occurrence, language, config), moved)


def _changed(whole: Plan, changes: Drift, language: Catalogue, config: Config) -> Iterator[tuple[str, ...]]:
    """What recording would do to the ledger; what was begun or sent is in none of these."""
    for what, occurrences in (("plan.added", changes.added), ("plan.moved", changes.moved)):
        for occurrence in occurrences:
            yield language.word(what), *row(occurrence, language, config), ""
    for occurrence in changes.dropped:
        reason = language.word(f"skip.{whole.why_not(occurrence)}")
        yield language.word("plan.dropped"), *row(occurrence, language, config), reason


def _why(left: LeftOut, language: Catalogue) -> str:
    reason = language.word(f"skip.{left.reason}")
    return language.word("plan.why", reason=reason, why=left.why) if left.why else reason


def _data(whole: Plan, changes: Drift, config: Config) -> dict[str, object]:
    return {
        "occurrences": [as_data(occurrence, config) for occurrence in whole.occurrences],
        "moved_for": dict(whole.moved_for),
        "left_out": [
            as_data(left.occurrence, config) | {"reason": left.reason, "why": left.why} for left in whole.left_out
        ],
        "changes": {
            "added": [occurrence.key for occurrence in changes.added],
            "moved": [occurrence.key for occurrence in changes.moved],
            "dropped": [{"key": one.key, "reason": whole.why_not(one)} for one in changes.dropped],
        },
    }
