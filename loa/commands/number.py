"""``loa number``: the number that the registry gave a document, or the next one of our own book."""

from __future__ import annotations

from collections.abc import Sequence

import click

from loa.commands.books import open_book
from loa.commands.problems import as_data, show_problems
from loa.commands.terminal import (
    DONE,
    campaign_name,
    command_help,
    help_of,
    moment,
    person,
    print_json,
    read_day,
    typed_line,
    words,
    workspace,
)
from loa.commands.whole_number import whole_number
from loa.core.errors import Problem
from loa.core.words import Catalogue
from loa.ledger.registration import Registration
from loa.ledger.store import Ledger
from loa.planning.model import IssueOf
from loa.planning.references import require_sound
from loa.planning.workspace import CampaignFile
from loa.registry.findings import find_notes
from loa.registry.numbering import cancel_number, give_number
from notices.wording import short_date


@click.command("number", help=command_help("number"))
@click.argument("campaign")
@click.argument("document")
@click.argument("number", required=False, callback=whole_number(1, 99_999))
@click.option("--on", metavar="DATE", help=help_of("option.on"))
@click.option("--next", "take_next", is_flag=True, help=help_of("option.next"))
@click.option("--cancel", is_flag=True, help=help_of("option.cancel"))
@click.option("--reason", help=help_of("option.reason"))
@click.option("--by", metavar="NAME", help=help_of("option.by"))
@click.option("--at", metavar="TIME", help=help_of("option.at"))
@click.option("--json", "as_json", is_flag=True, help=help_of("option.json"))
@click.pass_context
def number(
    ctx: click.Context,
    campaign: str,
    document: str,
    number: int | None,
    on: str | None,
    take_next: bool,
    cancel: bool,
    reason: str | None,
    by: str | None,
    at: str | None,
    as_json: bool,
) -> int:
    """Records once; a slip is cancelled and recorded anew. Breaches of form are told, they undo no number."""
    place = workspace(ctx)
    language = words(place.config.language)
    if slip := _wrong_use(number, on, take_next=take_next, cancel=cancel, reason=reason):
        raise click.UsageError(language.word(slip), ctx)
    now = moment(place, at)
    who = person(by)
    if cancel:
        why = typed_line(reason or "")
        with open_book(place, rehearsal=at is not None, now=now) as book:
            registration = cancel_number(book, campaign_name(campaign), document, person=who, reason=why, now=now)
        _tell(registration, "number.cancelled", language, (), as_json=as_json)
        return DONE
    day = read_day(on) if on else now.date()
    file = place.campaign(campaign)
    require_sound(file, place)
    with open_book(place, rehearsal=at is not None, now=now) as book:
        given = give_number(book, place, file, document, number=number, day=day, person=who, now=now)
        problems = (*given.problems, *_notes(book, file, document))
    _tell(given.registration, "number.recorded", language, problems, as_json=as_json)
    if not as_json:
        _tell_next(given.registration, file, language)
    return DONE


def _wrong_use(number: int | None, on: str | None, *, take_next: bool, cancel: bool, reason: str | None) -> str | None:
    """The word for options that do not go together, if so."""
    if (number is not None) + take_next + cancel != 1:
        return "number.one_of"
    if number is not None and on is None:
        return "number.on_missing"
    if cancel and on is not None:
        return "number.on_useless"
    if cancel and not (reason or "").strip():
        return "number.reason_missing"
    return "number.reason_useless" if reason is not None and not cancel else None


def _notes(book: Ledger, file: CampaignFile, document: str) -> list[Problem]:
    """What the register says against the number that was just recorded."""
    return [
        problem
        for problem in find_notes(file, book.register.registrations())
        if problem.place.part.split(".")[1:2] == [document]
    ]


def _tell(
    registration: Registration, key: str, language: Catalogue, problems: Sequence[Problem], *, as_json: bool
) -> None:
    """What became of a number, by the catalogue's ``key``; and what was found meanwhile."""
    told = {"name": registration.campaign, "document": registration.document, "mark": registration.mark}
    if as_json:
        more = {"number": registration.number, "day": registration.day.isoformat()}
        print_json(told | more | {"problems": [as_data(problem, language) for problem in problems]})
        return
    click.echo(language.word(key, day=short_date(registration.day), **told))
    show_problems(problems, language)


def _tell_next(registration: Registration, file: CampaignFile, language: Catalogue) -> None:
    """What can be done now that the paper has its number."""
    click.echo(language.word("number.render", name=registration.campaign, document=registration.document))
    first = file.campaign.window.from_
    if isinstance(first, IssueOf) and first.document == registration.document:
        click.echo(language.word("number.plan", name=registration.campaign))
