"""``loa demo``: the bundled campaigns end to end, in a rehearsed workspace of its own."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path

import click

from loa import root
from loa.commands.books import office_of, open_book
from loa.commands.kits import Progress, kit_writer
from loa.commands.problems import show_problems
from loa.commands.publish import problems_of, show_outcomes
from loa.commands.schema import FOLDER, schemas
from loa.commands.terminal import DONE, FINDINGS, command_help, counted, help_of, standing_still, words
from loa.core.errors import Place, mistake
from loa.core.files import write_files
from loa.core.words import Catalogue
from loa.delivery.approving import Basis, approve, approvers
from loa.delivery.office import Office
from loa.delivery.outcome import Outcome, Result
from loa.delivery.publish import publish_due
from loa.kits.lists import INDEX
from loa.kits.making import HOME, Selection
from loa.ledger.store import Ledger
from loa.planning.plan import Occurrence, plan
from loa.planning.workspace import Workspace, open_workspace
from loa.printing.papers import write_papers
from loa.registry.issues import Issues, issues_of
from loa.registry.numbering import body_of, give_number, issued_spec
from notices.context import NO_ISSUES
from notices.model import Appendix, Issued, Notice
from notices.render import FORMATS
from notices.wording import short_date

_BUNDLED = ("campaigns", "agencies")  # folders: campaigns with their pictures, and who gets kits
_KITS = 3  # of so many agencies: a department, a ward, a commune
_MARK = ".loa-demo"  # only a folder that we made is ever cleared


@click.command("demo", help=command_help("demo"))
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), help=help_of("option.output"))
def demo(output: Path | None) -> int:
    """Starts afresh each time, so that each run gives the same result. Exit 1 when something was not posted."""
    folder = output or Path("output") / "demo"
    place = _fresh_workspace(folder)
    language = words(place.config.language)
    click.echo(language.word("demo.intro", folder=folder))
    issues = _number_awaited(place, language)
    plans = {path.stem: _make(place, path.stem, language, issues) for path in place.campaign_files()}
    kits = [index for path in place.campaign_files() for index in _make_kits(place, path.stem, language)]
    moments = sorted({occurrence.starts_at for occurrences in plans.values() for occurrence in occurrences})
    failed = _rehearse(place, plans, moments, language)
    site = next(iter(place.config.channels.values())).rehearsed().folder
    click.echo()
    click.echo(language.word("demo.paper", folder=place.output))
    for index in kits:
        click.echo(language.word("demo.kits", page=index))
    click.echo(language.word("demo.site", page=folder / site / "index.html"))
    at = moments[-1].astimezone(place.config.timezone).strftime("%Y-%m-%dT%H:%M")
    click.echo(language.word("demo.status", command=f"{sys.argv[0]} --workspace {folder} status --at {at}"))
    return FINDINGS if failed else DONE


def _fresh_workspace(folder: Path) -> Workspace:
    """An empty workspace with the bundled files. Raises LoaError for a folder with other people's files."""
    if folder.exists() and any(folder.iterdir()):
        if not (folder / _MARK).is_file():
            raise mistake("workspace.not_empty", Place(file=str(folder)))
        shutil.rmtree(folder)
    files = (path for name in _BUNDLED for path in (root() / name).rglob("*") if path.is_file())
    bundled = [root() / "config.yaml", *sorted(files)]
    write_files(
        {folder / _MARK: b""}
        | {folder / path.relative_to(root()): path.read_bytes() for path in bundled}
        | {folder / FOLDER / name: content for name, content in schemas().items()}
    )
    return open_workspace(folder)


def _number_awaited(place: Workspace, language: Catalogue) -> Issues:
    """Rehearse the registry where a window waits for it: a number, and the first day that the file leaves open.

    Only posts know of it; the paper stays a draft, for a real registry numbers on paper.
    """
    issues: Issues = {}
    for path in place.campaign_files():
        file = place.campaign(path.stem)
        document = file.campaign.window.awaited(NO_ISSUES)
        if document is None:
            continue
        written = issued_spec(file, document).date
        day = date(written.year, written.month or 1, written.day or 1)
        now = datetime.combine(day, time(12), place.config.timezone)
        with open_book(place, rehearsal=True, now=now) as book:
            body = body_of(file.campaign.agency or place.config.agency)
            number = 1 + sum(one.series.agency == body for one in book.register.registrations())
            given = give_number(book, place, file, document, number=number, day=day, person="demo", now=now)
            issues = issues_of(book.register.registrations())
        shown = {"mark": given.registration.mark, "day": short_date(day)}
        click.echo(language.word("demo.numbered", name=path.stem, document=document, **shown))
    return issues


def _make(place: Workspace, name: str, language: Catalogue, issues: Issues) -> tuple[Occurrence, ...]:
    """Write a campaign's paper, but for what an own Word file carries: that needs more than Python; its plan."""
    file = place.campaign(name)
    papers = {key: spec for key, spec in file.campaign.documents.items() if not isinstance(spec, Appendix)}
    in_letterheads = [key for key, spec in papers.items() if isinstance(spec, Issued | Notice) and spec.word]
    only = [key for key in papers if key not in in_letterheads]
    problems, paths = write_papers(place, file, place.output / name, formats=FORMATS, only=only)
    click.echo(language.word("demo.made", name=name, files=len(paths), problems=counted(problems, language)))
    for key in in_letterheads:
        click.echo(language.word("demo.letterhead", name=name, document=key))
    return plan(file.campaign, place.config, issues.get(name, NO_ISSUES))


def _make_kits(place: Workspace, name: str, language: Catalogue) -> Iterator[Path]:
    """Write the kits of a few agencies, the first of each kind; the page that lists them. None without a list."""
    file = place.campaign(name)
    if file.campaign.audience is None:
        return
    first = {receiver.kind: receiver.code for receiver in reversed(place.audience(file).receivers)}
    codes = tuple(reversed(first.values()))[:_KITS]
    progress = Progress(language=language, is_silent=True)
    write = kit_writer(place, Selection(names=codes), progress)
    folder = place.output / name
    problems, _ = write(place, file, folder, formats=("docx", "pdf"))
    click.echo(language.word("demo.kits_made", name=name, count=len(codes), problems=counted(problems, language)))
    yield folder / HOME / INDEX


def _approve(book: Ledger, office: Office, name: str, now: datetime, language: Catalogue) -> None:
    """Rehearse the yes of the first who may give it to every announcement of a campaign."""
    campaign = office.campaign(name)
    leader = approvers(campaign, office)[0]
    for announcement in campaign.announcements:
        approve(campaign, announcement, office, book, approver=leader, recorded_by=leader, basis=Basis(), now=now)
    click.echo(language.word("demo.approved", name=name, count=len(campaign.announcements), person=leader))


def _rehearse(
    place: Workspace, plans: Mapping[str, Iterable[Occurrence]], moments: Sequence[datetime], language: Catalogue
) -> bool:
    """Record every plan, then one pass of the posting job at each of ``moments``; whether something failed."""
    outcomes: list[Outcome] = []
    with open_book(place, rehearsal=True, now=moments[0]) as book:
        for name, planned in plans.items():
            book.record(name, planned, moments[0])
        office = office_of(place, book, standing_still(moments[-1]))
        for name in plans:
            _approve(book, office, name, moments[0], language)
        for moment in moments:
            outcomes.extend(publish_due(book, office, standing_still(moment)).outcomes)
    show_outcomes(outcomes, language)
    show_problems(problems_of(outcomes), language)
    return any(outcome.result is not Result.PUBLISHED for outcome in outcomes)
