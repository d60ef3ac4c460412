"""``loa resume``: what was stopped goes on, after it was said what becomes of what is overdue."""

from __future__ import annotations

import click

from loa.commands.entries import entries_data, show_entries
from loa.commands.options import decision
from loa.commands.stops import find_scope, scoped, shown_scope
from loa.commands.terminal import DONE, NEEDS_PERSON, command_help, help_of, person, print_json, typed_line
from loa.commands.work import Work, at_work
from loa.delivery.pausing import Overdue, Resumed, find_overdue
from loa.delivery.pausing import resume as let_go_on
from loa.ledger.model import Entry


@click.command("resume", help=command_help("resume"))
@scoped
@click.option("--overdue", type=click.Choice(["skip", "shift"]), help=help_of("option.overdue"))
@click.option("--reason", metavar="TEXT", help=help_of("option.why"))
@decision
@click.pass_context
def resume(
    ctx: click.Context,
    channel: str | None,
    campaign: str | None,
    overdue: Overdue | None,
    reason: str | None,
    by: str | None,
    at: str | None,
    as_json: bool,
) -> int:
    """Without ``--overdue`` what is overdue is listed, and the stop holds on: exit 3."""
    with at_work(ctx, at) as work:
        scope, name = find_scope(ctx, work, channel, campaign)
        waiting = find_overdue(work.book, scope, name, work.now)
        if waiting and overdue is None:
            _ask(work, waiting, as_json=as_json)
            return NEEDS_PERSON
        done = let_go_on(
            *(work.book, work.office, scope, name, overdue),
            by=person(by),
            why=typed_line(reason or "") or work.language.word("pause.ended"),
            now=work.now,
        )
        if as_json:
            print_json({"scope": scope, "name": name} | _data(work, done))
        else:
            _show(work, done, shown_scope(scope, name, work.language))
    return DONE


def _ask(work: Work, waiting: tuple[Entry, ...], *, as_json: bool) -> None:
    if as_json:
        print_json({"resumed": False, "overdue": entries_data(waiting, work.zone)})
        return
    show_entries(work.language.word("pause.overdue"), waiting, work.language)
    click.echo(work.language.word("pause.choose"))


def _show(work: Work, done: Resumed | None, what: str) -> None:
    language = work.language
    click.echo(language.word("pause.resumed" if done else "pause.none", what=what))
    if done:
        show_entries(language.word("pause.skipped"), done.skipped, language)
        show_entries(language.word("pause.shifted"), done.shifted, language)


def _data(work: Work, done: Resumed | None) -> dict[str, object]:
    return {
        "resumed": done is not None,
        "skipped": entries_data(done.skipped if done else (), work.zone),
        "shifted": entries_data(done.shifted if done else (), work.zone),
    }
