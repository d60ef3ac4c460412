"""What ``loa withdraw`` and ``loa correct`` have in common: what would be done is shown, then done, then told."""

from __future__ import annotations

from dataclasses import dataclass

import click

from loa.commands.entries import entries_data, show_entries
from loa.commands.options import decision, why
from loa.commands.problems import as_data, show_problems
from loa.commands.terminal import DONE, FINDINGS, NEEDS_PERSON, campaign_name, command_help, help_of, person, print_json
from loa.commands.work import Work, at_work
from loa.core.errors import Problem, noting
from loa.delivery.concerned import Concerned, Recall, sort_out
from loa.delivery.recall import Recalled, correct, require_approval, withdraw

_ACTS = {Recall.WITHDRAW: withdraw, Recall.CORRECT: correct}


@dataclass(frozen=True, kw_only=True)
class _Headings:
    """The words above each list."""

    live: str
    planned: str
    done: str
    by_person: str
    in_doubt: str
    failed: str


_HEADINGS = {
    Recall.WITHDRAW: _Headings(
        live="recall.to_withdraw",
        planned="recall.to_cancel",
        done="recall.withdrawn",
        by_person="recall.withdraw_by_person",
        in_doubt="recall.in_doubt_withdrawn",
        failed="recall.not_withdrawn",
    ),
    Recall.CORRECT: _Headings(
        live="recall.to_correct",
        planned="recall.goes_out_new",
        done="recall.corrected",
        by_person="recall.correct_by_person",
        in_doubt="recall.in_doubt",
        failed="recall.failed",
    ),
}


def recall_command(what: Recall) -> click.Command:
    """The command that takes an announcement back or puts it right, also after its window has ended.

    Exit 1 when a channel failed, 3 when a person still has something to do.
    """

    @click.command(str(what), help=command_help(str(what)))
    @click.argument("campaign")
    @click.argument("announcement")
    @click.option("--reason", metavar="TEXT", help=help_of("option.why_required"))
    @click.option("--yes", "is_sure", is_flag=True, help=help_of("option.yes"))
    @decision
    @click.pass_context
    def command(
        ctx: click.Context,
        campaign: str,
        announcement: str,
        reason: str | None,
        is_sure: bool,
        by: str | None,
        at: str | None,
        as_json: bool,
    ) -> int:
        given = why(reason)
        with at_work(ctx, at) as work:
            return _recall(work, what, (campaign_name(campaign), announcement), given, by, is_sure, as_json=as_json)

    return command


def _recall(
    work: Work, what: Recall, named: tuple[str, str], why: str, by: str | None, is_sure: bool, *, as_json: bool
) -> int:
    """Show what would be done; with ``is_sure``, do it."""
    campaign, announcement = named
    kits = work.place.output / campaign / "kits"
    found = sort_out(work.book, work.office, campaign, announcement, what, kits, work.now)
    done = _ACTS[what](work.book, work.office, found, by=person(by), why=why, now=work.clock) if is_sure else None
    missing: list[Problem] = []
    if done is None and what is Recall.CORRECT:
        with noting(missing):  # said before anybody says yes to it
            require_approval(work.book, work.office, found)
    if as_json:
        problems = [as_data(problem, work.language) for problem in missing]
        data = {"done": _done(work, done), "problems": problems, **_data(work, found)}
        print_json({"announcement": f"{campaign}/{announcement}", **data})
    else:
        _show(work, what, found, done)
        show_problems(missing, work.language)
    if done and done.failed:
        return FINDINGS
    asks = found.by_person or (done.pending if done else found.in_doubt) or found.kits
    return NEEDS_PERSON if asks or not is_sure else DONE


def _show(work: Work, what: Recall, found: Concerned, done: Recalled | None) -> None:
    """What would be done, or what was; then what remains for a person."""
    language, heading = work.language, _HEADINGS[what]
    if done is None:
        show_entries(language.word(heading.live), found.by_channel, work)
        show_entries(language.word(heading.planned), found.planned, work)
    else:
        show_entries(language.word(heading.done), [work.book.entry(entry.id) for entry in done.done], work)
        show_entries(language.word("decided.cancelled"), [work.book.entry(e.id) for e in done.cancelled], work)
        show_entries(language.word(heading.failed), [entry for entry, _ in done.failed], work)
        show_problems((problem for _, problem in done.failed), language)
    show_entries(language.word(heading.by_person), found.by_person if done is None else done.asked, work)
    show_entries(language.word("recall.as_wanted"), found.as_wanted, work)
    show_entries(language.word(heading.in_doubt), found.in_doubt if done is None else done.pending, work)
    if found.kits:
        click.echo(language.word("recall.kits", folder=work.place.shown(found.kits)))
    if done is None:
        click.echo(language.word("recall.ask"))


def _done(work: Work, done: Recalled | None) -> dict[str, object] | None:
    if done is None:
        return None
    return {
        "done": entries_data(done.done, work),
        "pending": entries_data(done.pending, work),
        "asked": entries_data(done.asked, work),
        "cancelled": entries_data(done.cancelled, work),
        "failed": [
            {"key": entry.occurrence.key, "problem": as_data(problem, work.language)} for entry, problem in done.failed
        ],
    }


def _data(work: Work, found: Concerned) -> dict[str, object]:
    return {
        "by_channel": entries_data(found.by_channel, work),
        "by_person": entries_data(found.by_person, work),
        "in_doubt": entries_data(found.in_doubt, work),
        "planned": entries_data(found.planned, work),
        "as_wanted": entries_data(found.as_wanted, work),
        "kits": work.place.shown(found.kits) if found.kits else None,
    }
