"""``loa demo``: the bundled campaigns end to end, in a rehearsed workspace of its own and on stand-ins of services."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from channels.sandbox.clock import SandboxClock
from channels.sandbox.sandbox import Sandbox
from channels.static.settings import StaticSettings
from loa.commands.books import open_book
from loa.commands.kits import Progress, kit_writer
from loa.commands.problems import show_problems
from loa.commands.publish import problems_of
from loa.commands.sandbox import PORT
from loa.commands.stopping import told_to_stop
from loa.commands.table import table
from loa.commands.terminal import DONE, FINDINGS, command_help, counted, help_of, words
from loa.core.files import write_files
from loa.core.words import Catalogue
from loa.delivery.tally import tally, total
from loa.demo.numbers import number_everything
from loa.demo.paper import chosen_agencies, kits_page, make_papers
from loa.demo.posting import BEFORE, Shown, post_everything
from loa.demo.stand_ins import snapshot
from loa.demo.workspace import fresh_workspace
from loa.planning.workspace import Workspace

BOARD = "cac-kenh.html"  # what readers of all channels saw


@click.command("demo", help=command_help("demo"))
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), help=help_of("option.output"))
@click.option("--stay", is_flag=True, help=help_of("option.stay"))
def demo(output: Path | None, stay: bool) -> int:
    """Starts afresh each time, so that each run gives the same result. Exit 1 when something was not posted."""
    folder = output or Path("output") / "demo"
    with _sandbox() as box:
        place = fresh_workspace(folder, box.address)
        language = words(place.config.language)
        click.echo(language.word("demo.intro", folder=folder))
        kits = _make_paper(place, language)
        with open_book(place, rehearsal=True, now=BEFORE) as book:
            click.echo(language.word("demo.numbered", count=len(number_everything(place, book))))
            shown = post_everything(place, book, box)
        write_files({folder / BOARD: snapshot(box, _websites(place)).encode()})
        _show(shown, language)
        _say_where_to_look(place, folder, kits, shown, language)
        if stay:
            _wait(box, language)
    return FINDINGS if shown.failed else DONE


def _sandbox() -> Sandbox:
    """The stand-ins, at the address that ``loa sandbox`` has where that is free."""
    clock = SandboxClock(start=BEFORE, speed=0)
    try:
        return Sandbox(clock=clock, port=PORT)
    except OSError:
        return Sandbox(clock=clock)


def _make_paper(place: Workspace, language: Catalogue) -> list[Path]:
    """Every campaign's paper, then the kits of those that have a list of agencies; the pages that list kits."""
    files = [place.campaign(path.stem) for path in place.campaign_files()]
    for file in files:
        name, made = file.campaign.campaign, make_papers(place, file)
        click.echo(language.word("demo.made", name=name, files=made.files, problems=counted(made.problems, language)))
        for key in made.left_out:
            click.echo(language.word("demo.letterhead", name=name, document=key))
    pages: list[Path] = []
    for file in files:
        if file.campaign.audience is None:
            continue
        name, chosen = file.campaign.campaign, chosen_agencies(place, file)
        write = kit_writer(place, chosen, Progress(language=language, is_silent=True))
        problems, _ = write(place, file, place.output / name, formats=("docx", "pdf"))
        told = {"count": len(chosen.names), "problems": counted(problems, language)}
        click.echo(language.word("demo.kits_made", name=name, **told))
        pages.append(kits_page(place, file))
    return pages


def _show(shown: Shown, language: Catalogue) -> None:
    """A line per channel, then the outage and whatever went wrong."""
    weeks = tally(shown.entries)
    rows = [
        (name, *(str(getattr(row, count)) for count in ("planned", "published", "adopted", "needs_person")))
        for name in dict.fromkeys(week.channel for week in weeks)
        for row in [total([week for week in weeks if week.channel == name], name)]
    ]
    heads = ("demo.channel", "report.planned", "report.published", "report.adopted", "demo.by_hand")
    click.echo()
    for line in table([tuple(language.word(head) for head in heads), *rows]):
        click.echo(line)
    for outcome in shown.found:
        own = outcome.occurrence
        click.echo(language.word("demo.outage", channel=own.channel, announcement=own.announcement))
    show_problems(problems_of(shown.failed), language)


def _websites(place: Workspace) -> dict[str, Path]:
    """The rehearsed websites: the address of each, and where its pages lie."""
    own = (settings.rehearsed() for settings in place.config.channels.values())
    return {one.url: place.folder / one.folder for one in own if isinstance(one, StaticSettings)}


def _say_where_to_look(place: Workspace, folder: Path, kits: list[Path], shown: Shown, language: Catalogue) -> None:
    site = next(iter(place.config.channels.values())).rehearsed().own_folder()
    click.echo()
    click.echo(language.word("demo.paper", folder=place.output))
    for page in kits:
        click.echo(language.word("demo.kits", page=page))
    click.echo(language.word("demo.site", page=folder / site / "index.html"))
    click.echo(language.word("demo.board", page=folder / BOARD))
    at = shown.last.astimezone(place.config.timezone).strftime("%Y-%m-%dT%H:%M")
    click.echo(language.word("demo.status", command=f"{sys.argv[0]} --workspace {folder} status --at {at}"))


def _wait(box: Sandbox, language: Catalogue) -> None:
    """Until Ctrl+C, so that the stand-ins can be looked at."""
    stopping = told_to_stop()
    click.echo(language.word("sandbox.running", address=f"{box.address}/"))
    stopping.wait()
    click.echo(language.word("sandbox.ended"))
