"""``loa status``: what was posted, what is to come; exit 3 when something needs a person."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain

import click

from loa.commands.drifts import drift_data, show_drifts
from loa.commands.occurrences import as_data as occurrence_data
from loa.commands.occurrences import row
from loa.commands.posting import posting_data, show_posting
from loa.commands.problems import as_data, show_problems
from loa.commands.table import table
from loa.commands.terminal import DONE, NEEDS_PERSON, campaign_name, command_help, help_of, print_json
from loa.commands.work import Work, at_work
from loa.core.errors import Place, mistake
from loa.core.words import Catalogue
from loa.delivery.resolving import answers_for
from loa.delivery.status import Attention, CampaignStatus, Status
from loa.delivery.status import status as read_status
from loa.ledger.model import Entry, State
from loa.planning.model import Config


@click.command("status", help=command_help("status"))
@click.argument("campaign", required=False)
@click.option("--at", metavar="TIME", help=help_of("option.at"))
@click.option("--json", "as_json", is_flag=True, help=help_of("option.json"))
@click.pass_context
def status(ctx: click.Context, campaign: str | None, at: str | None, as_json: bool) -> int:
    """Changes nothing."""
    with at_work(ctx, at) as work:
        name = _known_name(campaign, work) if campaign else None
        found = read_status(work.book, work.office, work.now, name)
        if as_json:
            print_json(_data(found, work.language, work.place.config))
        else:
            show(found, work.language, work.place.config, at=at)
    return NEEDS_PERSON if found.needs_person else DONE


def _known_name(given: str, work: Work) -> str:
    """The name of a campaign said by name or file. Raises LoaError when neither a file nor the ledger knows it."""
    name = campaign_name(given)
    recorded = {entry.occurrence.campaign for entry in work.book.entries()}
    known = sorted({*work.office.campaigns, *recorded})
    if name not in known:
        where = Place(file=str(work.place.campaigns_folder))
        raise mistake("campaign.unknown", where, name=given, known=", ".join(known) or "–")
    return name


def show(found: Status, language: Catalogue, config: Config, *, at: str | None) -> None:
    """A paragraph per campaign, then what needs a person: an occurrence has one line in all, a problem one."""
    if not (found.campaigns or found.waiting):
        click.echo(language.word("status.empty"))
    apart = {attention.entry.id for attention in found.attention}
    for campaign in found.campaigns:
        _show_campaign(campaign, [entry for entry in _done(campaign) if entry.id not in apart], language, config)
    for name, document in found.waiting.items():
        click.echo(language.word("window.waits", name=name, document=document))
    drifts = {campaign.campaign: campaign.drift for campaign in found.campaigns if campaign.drift}
    show_drifts(drifts, language, at=at)
    show_posting(found, language, config)
    for entry in found.overdue:
        click.echo(language.word("status.overdue", what=_line(entry, language, config)))
    for entry in found.awaiting_page:
        click.echo(language.word("status.awaiting_page", what=_line(entry, language, config)))
    for entry in found.unapproved:
        own = entry.occurrence
        told = {"campaign": own.campaign, "announcement": own.announcement}
        click.echo(language.word("status.unapproved", what=_line(entry, language, config), **told))
    for attention in found.attention:
        _show_attention(attention.entry, found.submitted, language, config)
    if found.broken_event is not None:
        click.echo(language.word("status.broken", event=found.broken_event))
    for number in found.contradicted:
        click.echo(language.word("status.contradicted", number=number))
    of_posts = chain.from_iterable(attention.problems for attention in found.attention)
    of_files = chain.from_iterable(campaign.holding for campaign in found.campaigns)
    of_accounts = [problem for account in found.accounts for problem in account.closed_for]  # told with the account
    show_problems([one for one in (*of_posts, *of_files) if one not in of_accounts], language)


def _show_attention(entry: Entry, submitted: Collection[int], language: Catalogue, config: Config) -> None:
    """The occurrence and why; where a person can settle it, its code and the command."""
    is_submitted = entry.id in submitted
    reason = language.word("status.submitted") if is_submitted else _reason(entry, language)
    click.echo(language.word("status.attention", what=_line(entry, language, config), reason=reason))
    if entry.state is State.HANDED and entry.remote_id and not is_submitted:
        click.echo("  " + language.word("status.folder", folder=entry.remote_id))
    if entry.link and entry.gone_at:
        click.echo("  " + language.word("status.was_at", link=entry.link))
    if entry.state is State.HELD:
        told = {"campaign": entry.occurrence.campaign, "announcement": entry.occurrence.announcement}
        click.echo("  " + language.word("status.held_over", day=entry.occurrence.local_date, **told))
    if answers := answers_for(entry):
        choices = " | ".join(f"--{answer}" for answer in answers)
        click.echo("  " + language.word("status.resolve", command=f"loa resolve {entry.occurrence.code} {choices}"))


def _show_campaign(campaign: CampaignStatus, done: list[Entry], language: Catalogue, config: Config) -> None:
    click.echo(f"{campaign.campaign}: {', '.join(_counted(campaign, language))}")
    rows = [
        (language.word(f"state.{e.state}"), *row(e.occurrence, language, config), _outcome(e, language)) for e in done
    ]
    for line in table(rows):
        click.echo(f"  {line}")
    if campaign.past:
        click.echo("  " + language.word("status.past", count=campaign.past))
    if campaign.next:
        coming = "  ".join(row(campaign.next.occurrence, language, config))
        click.echo("  " + language.word("status.next", what=coming))
    if campaign.holding:
        click.echo("  " + language.word("status.held"))


def _counted(campaign: CampaignStatus, language: Catalogue) -> Iterator[str]:
    """How many stand where; what a person has handed in does not wait for a person of ours."""
    for state, count in campaign.counts.items():
        own = count - campaign.submitted if state is State.HANDED else count
        if own:
            yield f"{language.word(f'state.{state}')} {own}"
    if campaign.submitted:
        yield f"{language.word('status.submitted')} {campaign.submitted}"


def _done(campaign: CampaignStatus) -> list[Entry]:
    """What was posted and what was skipped, by time."""
    done = [*campaign.published, *campaign.skipped]
    return sorted(done, key=lambda entry: (entry.occurrence.starts_at, entry.id))


def _line(entry: Entry, language: Catalogue, config: Config) -> str:
    """An occurrence outside the paragraph of its campaign."""
    return "  ".join((entry.occurrence.campaign, *row(entry.occurrence, language, config)))


def _outcome(entry: Entry, language: Catalogue) -> str:
    """Where it stands, if there is such a place, or why it was not sent."""
    return entry.link if entry.state is State.PUBLISHED else _reason(entry, language)


def _reason(entry: Entry, language: Catalogue) -> str:
    if entry.reason:
        return language.word(f"skip.{entry.reason}")
    if entry.state is State.PUBLISHED and not entry.gone_at:
        return language.word("status.recalled")
    return language.word(f"attention.{entry.state}")


def _data(found: Status, language: Catalogue, config: Config) -> dict[str, object]:
    return {
        "at": found.at.astimezone(config.timezone).isoformat(),
        "rehearsal": found.rehearsal,
        "needs_person": found.needs_person,
        "counts": found.counts,
        "campaigns": {one.campaign: _campaign_data(one, language, config) for one in found.campaigns},
        "waiting": dict(found.waiting),
        "overdue": [entry.occurrence.key for entry in found.overdue],
        "awaiting_page": [entry.occurrence.key for entry in found.awaiting_page],
        "attention": [_attention_data(attention, found.submitted, language) for attention in found.attention],
        "unapproved": [entry.occurrence.key for entry in found.unapproved],
        **posting_data(found, language, config.timezone),
        "broken_event": found.broken_event,
        "contradicted": found.contradicted,
    }


def _campaign_data(campaign: CampaignStatus, language: Catalogue, config: Config) -> dict[str, object]:
    return {
        "counts": campaign.counts,
        "next": occurrence_data(campaign.next.occurrence, config) if campaign.next else None,
        "published": [occurrence_data(e.occurrence, config) | {"link": e.link} for e in campaign.published],
        "skipped": [occurrence_data(e.occurrence, config) | {"reason": e.reason} for e in campaign.skipped],
        "past": campaign.past,
        "drift": drift_data(campaign.drift),
        "holding": [as_data(problem, language) for problem in campaign.holding],
    }


def _attention_data(attention: Attention, submitted: Collection[int], language: Catalogue) -> dict[str, object]:
    return {
        "key": attention.entry.occurrence.key,
        "code": attention.entry.occurrence.code,
        "state": attention.entry.state,
        "submitted": attention.entry.id in submitted,
        "reason": attention.entry.reason,
        "problems": [as_data(problem, language) for problem in attention.problems],
    }
