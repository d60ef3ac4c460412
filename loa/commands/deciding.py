"""What ``loa hold`` and ``loa cancel`` have in common: which occurrences are meant, and what became of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from loa.commands.entries import entries_data, show_entries
from loa.commands.options import decision
from loa.commands.problems import show_problems
from loa.commands.terminal import DONE, FINDINGS, campaign_name, help_of, person, print_json, read_day
from loa.commands.work import at_work
from loa.core.errors import Place, Problem
from loa.delivery.choosing import find_some
from loa.delivery.holding import Decision, decide
from loa.ledger.model import Entry

_HEADINGS = {
    Decision.HOLD: "decided.held",
    Decision.LET_GO: "decided.let_go",
    Decision.CANCEL: "decided.cancelled",
}


def chosen(command: Callable[..., Any]) -> Callable[..., Any]:
    """The arguments and options that say which occurrences of an announcement are meant."""
    for add in reversed(
        (
            click.argument("campaign"),
            click.argument("announcement"),
            click.option("--channel", metavar="CHANNEL", help=help_of("option.channel")),
            click.option("--date", "day", metavar="DATE", help=help_of("option.date")),
        )
    ):
        command = add(command)
    return decision(command)


def decide_and_tell(
    ctx: click.Context,
    what: Decision,
    campaign: str,
    announcement: str,
    channel: str | None,
    day: str | None,
    *,
    why: str,
    by: str | None,
    at: str | None,
    as_json: bool,
) -> int:
    """Decide, and say of which occurrences; exit 1 when it was too late for some."""
    with at_work(ctx, at) as work:
        local_day = read_day(day) if day else None
        found = find_some(work.book, campaign_name(campaign), announcement, channel=channel, day=local_day)
        decided = decide(work.book, found, what, by=person(by), why=why, now=work.now)
        late = [_too_late(entry) for entry in decided.too_late]
        after = [work.book.entry(entry.id) for entry in decided.done]
        if as_json:
            data = {"done": entries_data(after, work), "too_late": entries_data(decided.too_late, work)}
            print_json(data)
        else:
            show_entries(work.language.word(_HEADINGS[what]), after, work)
            if not after and not late:
                click.echo(work.language.word("decided.nothing"))
            show_problems(late, work.language)
    return FINDINGS if late else DONE


def _too_late(entry: Entry) -> Problem:
    own = entry.occurrence
    values = {"campaign": own.campaign, "announcement": own.announcement}
    return Problem(key="decision.too_late", place=Place(part=own.key), values=values)
