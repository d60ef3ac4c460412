"""``loa approve``: what stands to be approved, and a leader's yes to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from loa.commands.options import decision
from loa.commands.terminal import (
    DONE,
    NEEDS_PERSON,
    campaign_name,
    command_help,
    help_of,
    person,
    print_json,
    read_day,
    typed_line,
    words,
)
from loa.commands.work import Work, at_work
from loa.core.errors import mistake
from loa.core.words import Catalogue
from loa.delivery.approving import (
    Basis,
    Content,
    approve_content,
    approvers,
    content_code,
    contents,
    require_seen,
)
from loa.delivery.comparing import PARTS, Change, lines_of
from loa.delivery.evidence import keep_evidence
from loa.planning.model import Campaign
from notices.wording import short_date


@click.command("approve", help=command_help("approve"))
@click.argument("campaign")
@click.argument("announcement", required=False)
@click.option("--all", "is_all", is_flag=True, help=help_of("option.approve_all"))
@click.option("--basis", metavar="TEXT", help=help_of("option.basis"))
@click.option("--approver", metavar="NAME", help=help_of("option.approver"))
@click.option("--on", metavar="DATE", help=help_of("option.basis_day"))
@click.option("--seen", metavar="CODE", help=help_of("option.seen"))
@click.option("--scan", type=click.Path(path_type=Path), help=help_of("option.scan"))
@decision
@click.pass_context
def approve(
    ctx: click.Context,
    campaign: str,
    announcement: str | None,
    is_all: bool,
    basis: str | None,
    approver: str | None,
    on: str | None,
    seen: str | None,
    scan: Path | None,
    by: str | None,
    at: str | None,
    as_json: bool,
) -> int:
    """Without ``--by`` and ``--basis`` it only shows; exit 3 when something waits for a yes."""
    if slip := _wrong_use(announcement, is_all=is_all, basis=basis, others=(approver, on, scan)):
        raise click.UsageError(words().word(slip), ctx)
    is_deciding = bool(by or basis)
    if seen is not None and not is_deciding:
        raise click.UsageError(words().word("approve.seen_alone"), ctx)
    with at_work(ctx, at) as work:
        file = work.office.campaign(campaign_name(campaign))
        names = list(file.announcements) if is_all else [announcement or ""]
        found = {name: contents(file, name, work.office, work.book) for name in names}
        if seen is not None:
            require_seen(found, seen)
        if is_deciding:
            yes_of = person(by) if basis is None else typed_line(approver or "")
            told = Basis() if basis is None else _paper(work, basis, on, scan)
            approve_content(
                file, found, work.office, work.book, approver=yes_of, recorded_by=person(by), basis=told, now=work.now
            )
        waiting = [] if is_deciding else [n for n, each in found.items() if not all(c.is_approved for c in each)]
        if not (is_deciding or as_json):
            _show(work, file, found)
            if waiting:
                _show_next(work, file, found, waiting)
        if as_json:
            state = {"campaign": file.campaign, "approved": not waiting, "code": content_code(found)}
            print_json({**state, "announcements": _data(found)})
        elif is_deciding:
            for name, each in found.items():
                channels = ", ".join(work.place.config.label_of(content.channel) for content in each)
                told_words = {"name": file.campaign, "announcement": name, "channels": channels, "person": yes_of}
                click.echo(work.language.word("approve.done", **told_words))
    return NEEDS_PERSON if waiting else DONE


def _wrong_use(
    announcement: str | None, *, is_all: bool, basis: str | None, others: tuple[str | Path | None, ...]
) -> str | None:
    """The word for options that do not go together, if so. ``others`` say more of the paper that ``basis`` names."""
    if (announcement is None) is not is_all:
        return "approve.one_of"
    approver, on, _ = others
    if basis is not None and not (basis.strip() and approver and on):
        return "approve.basis_incomplete"
    return "approve.basis_missing" if basis is None and any(others) else None


def _paper(work: Work, basis: str, on: str | None, scan: Path | None) -> Basis:
    """The paper on which somebody approved; its scan is on disk on return.

    Raises LoaError (``decision.future_day``), and as ``read_day`` and ``keep_evidence`` do.
    """
    day = read_day(on or "")
    if day > work.now.astimezone(work.zone).date():
        raise mistake("decision.future_day", day=short_date(day))
    folder = work.place.folder / "state" / "approvals"
    sha256 = keep_evidence(folder, scan) if scan else ""
    return Basis(words=typed_line(basis), day=day, scan_sha256=sha256)


def _show(work: Work, campaign: Campaign, found: dict[str, tuple[Content, ...]]) -> None:
    """What stands to be approved, and what was approved before."""
    language = work.language
    for name, each in found.items():
        click.echo(f"{campaign.campaign}/{name}: {each[0].post.title}")
        for alike in _alike(each):
            content = alike[0]
            key = "approval.yes" if content.is_approved else "approval.changed" if content.last else "approval.no"
            channels = ", ".join(work.place.config.label_of(one.channel) for one in alike)
            click.echo(f"  {channels}: {language.word(key)}")
            if content.last:
                _show_changes(content.changes, language)
            else:
                _show_content(content.as_data(), language)
        _show_records(work, campaign.campaign, name)


def _alike(each: Sequence[Content]) -> list[list[Content]]:
    """Those of an announcement by what there is to read of them, so that nobody reads the same twice."""
    groups: dict[tuple[object, ...], list[Content]] = {}
    for content in each:
        groups.setdefault((content.post.content_sha256(), content.last is None, content.changes), []).append(content)
    return list(groups.values())


def _show_content(content: Mapping[str, object], language: Catalogue) -> None:
    """All of it, for whoever has never approved it; a summary only where it is not a part of the text anyway."""
    for part in PARTS:
        lines = lines_of(part, content)
        if lines and not (part == "summary" and str(content["summary"]) in str(content["text"])):
            click.echo(f"    {language.word(f'part.{part}')}")
            for line in lines:
                click.echo(f"      {line}")


def _show_next(work: Work, campaign: Campaign, found: Mapping[str, Sequence[Content]], waiting: Sequence[str]) -> None:
    """Who may approve, and how it is recorded."""
    leaders = ", ".join(approvers(campaign, work.office)) or work.language.word("approve.anybody")
    chosen = waiting[0] if len(waiting) == 1 else "--all"
    code = content_code({chosen: found[chosen]} if chosen in found else found)
    command = f"loa approve {campaign.campaign} {chosen}"
    click.echo(work.language.word("approve.next", people=leaders, command=command, code=code))


def _show_changes(changes: Sequence[Change], language: Catalogue) -> None:
    for change in changes:
        click.echo(f"    {language.word(f'part.{change.part}')}")
        for mark, text in (("-", change.before), ("+", change.after)):
            for line in text.splitlines():
                click.echo(f"      {mark} {line}")


def _show_records(work: Work, campaign: str, announcement: str) -> None:
    """Every approval that was written down, oldest first."""
    for record in work.book.decisions.approvals(campaign):
        if record.announcement != announcement:
            continue
        day = short_date(record.approved_at.astimezone(work.zone).date())
        channel = work.place.config.label_of(record.channel)
        told = {"day": day, "person": record.person, "channel": channel, "recorder": record.recorded_by}
        paper = short_date(record.basis_day) if record.basis_day else ""
        key = "approve.record_on_paper" if record.basis else "approve.record"
        click.echo("  " + work.language.word(key, basis=record.basis, paper=paper, **told))


def _data(found: dict[str, tuple[Content, ...]]) -> dict[str, object]:
    return {
        name: [
            {
                "channel": content.channel,
                "approved": content.is_approved,
                "sha256": content.post.content_sha256(),
                "changes": [{"part": c.part, "before": c.before, "after": c.after} for c in content.changes],
                **content.as_data(),
            }
            for content in each
        ]
        for name, each in found.items()
    }
