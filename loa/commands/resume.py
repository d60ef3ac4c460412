"""``loa resume``: what was stopped goes on, after it was said what becomes of what is overdue."""

from __future__ import annotations

from functools import partial

import click

from loa.commands.entries import entries_data, show_entries
from loa.commands.options import decision
from loa.commands.stops import find_scope, scoped, shown_scope
from loa.commands.terminal import DONE, NEEDS_PERSON, command_help, help_of, person, print_json, typed_line, words
from loa.commands.work import Work, at_work
from loa.delivery.pausing import Overdue, Resumed, confirm_clock, find_overdue, is_stopped
from loa.delivery.pausing import resume as let_go_on
from loa.ledger.model import Entry


@click.command("resume", help=command_help("resume"))
@scoped
@click.option("--clock", is_flag=True, help=help_of("option.resume_clock"))
@click.option("--overdue", type=click.Choice(["skip", "shift"]), help=help_of("option.overdue"))
@click.option("--reason", metavar="TEXT", help=help_of("option.why"))
@decision
@click.pass_context
def resume(
    ctx: click.Context,
    channel: str | None,
    campaign: str | None,
    clock: bool,
    overdue: Overdue | None,
    reason: str | None,
    by: str | None,
    at: str | None,
    as_json: bool,
) -> int:
    """Without ``--overdue`` what is overdue is listed, and the stop holds on: exit 3."""
    if clock and not (channel is None and campaign is None):
        raise click.UsageError(words().word("pause.clock_alone"), ctx)
    with at_work(ctx, at) as work:
        now = work.now  # one moment for what is asked and for what is done: nothing becomes overdue in between
        scope, name = find_scope(ctx, work, channel, campaign)
        is_held = work.book.clock.behind(now) is not None if clock else is_stopped(work.book, scope, name)
        waiting = find_overdue(work.book, scope, name, now) if is_held else ()
        if waiting and overdue is None:
            _ask(work, waiting, as_json=as_json)
            return NEEDS_PERSON
        act = partial(confirm_clock if clock else partial(let_go_on, scope=scope, name=name), work.book, work.office)
        why = typed_line(reason or "") or work.language.word("pause.ended")
        done = act(overdue=overdue, by=person(by), why=why, now=now)
        if as_json:
            print_json({"scope": "clock" if clock else scope, "name": name} | _data(work, done))
        elif clock:
            click.echo(work.language.word("pause.clock_confirmed" if done else "pause.clock_fine"))
            _show_overdue(work, done)
        else:
            _show(work, done, shown_scope(scope, name, work.language))
    return DONE


def _ask(work: Work, waiting: tuple[Entry, ...], *, as_json: bool) -> None:
    if as_json:
        print_json({"resumed": False, "overdue": entries_data(waiting, work)})
        return
    show_entries(work.language.word("pause.overdue"), waiting, work)
    click.echo(work.language.word("pause.choose"))


def _show(work: Work, done: Resumed | None, what: str) -> None:
    language = work.language
    click.echo(language.word("pause.resumed" if done and done.was_stopped else "pause.none", what=what))
    if done and done.is_opened:
        click.echo(language.word("pause.opened", what=what))
    _show_overdue(work, done)


def _show_overdue(work: Work, done: Resumed | None) -> None:
    if done:
        show_entries(work.language.word("pause.skipped"), done.skipped, work)
        show_entries(work.language.word("pause.shifted"), done.shifted, work)


def _data(work: Work, done: Resumed | None) -> dict[str, object]:
    return {
        "resumed": done is not None and done.was_stopped,
        "opened": done is not None and done.is_opened,
        "skipped": entries_data(done.skipped if done else (), work),
        "shifted": entries_data(done.shifted if done else (), work),
    }
