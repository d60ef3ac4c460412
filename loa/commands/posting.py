"""What ``loa status`` says of posting as a whole: stops, accounts, and when the posting job last ran."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import click

from loa.commands.problems import as_data, show_problems
from loa.commands.stops import resume_command, shown_scope
from loa.core.words import Catalogue
from loa.delivery.status import Status, expires_soon
from loa.delivery.upkeep import PROBE_CLOSED_EVERY
from loa.ledger.accounts import Account
from loa.ledger.decisions import Pause
from loa.planning.model import Config
from notices.wording import short_date


def show_posting(found: Status, language: Catalogue, config: Config) -> None:
    """A line for each stop in force and each account that is not well; then the last pass, where there was one."""
    zone = config.timezone
    show_pauses(found.pauses, language, zone)
    if found.behind:
        click.echo(language.word("status.behind", minutes=_minutes(found.behind)))
    if found.stopped:
        click.echo(language.word("status.stopped", count=found.stopped))
    for account in found.accounts:
        _show_account(account, found.at, language, config)
    if last := found.last_pass:
        told = {"began": _time(last.began_at, zone)}
        worked = {"worked": _time(last.worked_at, zone)} if last.worked_at else {}
        click.echo(language.word("status.last_pass" if worked else "status.last_pass_idle", **told, **worked))


def show_pauses(pauses: Iterable[Pause], language: Catalogue, zone: ZoneInfo) -> None:
    """A line for each stop in force, with the command that ends it."""
    for pause in pauses:
        what, since = shown_scope(pause.scope, pause.name, language), _time(pause.paused_at, zone)
        told = {"what": what, "since": since, "person": pause.person, "reason": pause.reason}
        click.echo(language.word("status.paused", command=resume_command(pause.scope, pause.name), **told))


def _show_account(account: Account, at: datetime, language: Catalogue, config: Config) -> None:
    zone = config.timezone
    told = {"channel": account.channel, "label": config.label_of(account.channel)}
    if account.closed_at:
        key = "status.closed" if account.reopens else "status.blocked"
        told |= {"since": _time(account.closed_at, zone), "minutes": str(_minutes(PROBE_CLOSED_EVERY))}
        click.echo(language.word(key, **told))
        show_problems(account.closed_for, language)
    if account.wait_until and account.wait_until > at:
        click.echo(language.word("status.limited", until=_time(account.wait_until, zone), **told))
    if account.expires_at:
        soon = "status.expires" if expires_soon(account, at) else "status.valid"
        key = "status.expired" if account.expires_at <= at else soon
        days = (account.expires_at - at).days
        click.echo(language.word(key, days=days, day=_time(account.expires_at, zone), **told))


def posting_data(found: Status, language: Catalogue, zone: ZoneInfo) -> dict[str, object]:
    """The same for programs."""
    last = found.last_pass
    return {
        "pauses": pauses_data(found.pauses, zone),
        "stopped": found.stopped,
        "clock_behind_minutes": found.behind and _minutes(found.behind),
        "accounts": [
            {
                "channel": account.channel,
                "closed": [as_data(problem, language) for problem in account.closed_for],
                "wait_until": _iso(account.wait_until, zone),
                "expires_at": _iso(account.expires_at, zone),
            }
            for account in found.accounts
        ],
        "last_pass": last and {"began_at": _iso(last.began_at, zone), "worked_at": _iso(last.worked_at, zone)},
    }


def pauses_data(pauses: Iterable[Pause], zone: ZoneInfo) -> list[dict[str, object]]:
    """The stops in force, for programs."""
    return [
        {"scope": p.scope, "name": p.name, "reason": p.reason, "by": p.person, "since": _iso(p.paused_at, zone)}
        for p in pauses
    ]


def _minutes(span: timedelta) -> int:
    return round(span.total_seconds() / 60)


def _time(instant: datetime, zone: ZoneInfo) -> str:
    local = instant.astimezone(zone)
    return f"{local:%H:%M} {short_date(local.date())}"


def _iso(instant: datetime | None, zone: ZoneInfo) -> str | None:
    return instant.astimezone(zone).isoformat() if instant else None
