"""``loa templates``: which templates there are, what each needs, how each looks on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from loa import root
from loa.commands.problems import as_data, show_problems
from loa.commands.table import table
from loa.commands.terminal import DONE, FINDINGS, command_help, help_of, print_json, words, workspace
from loa.core.errors import LoaError, Place
from loa.core.files import write_files
from loa.core.words import Catalogue
from loa.planning.example import document_of, read_example
from loa.planning.model import TAKEN_NAMES
from loa.planning.references import require_sound
from loa.planning.workspace import CampaignFile, Workspace, open_workspace
from notices.compose import compose
from notices.facts import Fact
from notices.render import render
from notices.shelf import Card, Shelf
from notices.template_slips import unknown_name

_FORMATS = ("pdf", "png")
_KIND_WORDS = {
    "dispatch": "templates.dispatch",
    "notice": "templates.notice",
    "report": "templates.report",
    "appendix": "templates.appendix",
}


@dataclass(frozen=True, kw_only=True)
class _Listed:
    """A template, and the campaign that its example describes, if it has one."""

    card: Card
    example: CampaignFile | None

    @property
    def facts(self) -> Mapping[str, Fact | None]:
        """What a campaign has to say, with the example's value."""
        given = self.example.campaign.facts if self.example else {}
        return {name: given.get(name) for name in self.card.needs if name not in TAKEN_NAMES}


@click.command("templates", help=command_help("templates"))
@click.argument("template", required=False, metavar="[KIND/NAME]")
@click.option("--preview", type=click.Path(path_type=Path, file_okay=False), help=help_of("option.preview"))
@click.option("--json", "as_json", is_flag=True, help=help_of("option.json"))
@click.pass_context
def templates(ctx: click.Context, template: str | None, preview: Path | None, as_json: bool) -> int:
    """Exit 1 when one of the office's own templates has a mistake; the others are listed all the same."""
    place = workspace(ctx)
    language = words(place.config.language)
    shelf = Shelf(place.folder / "templates", root() / "templates")
    names = [_find(template, shelf)] if template else shelf.names()
    problems = [] if template else list(shelf.misplaced())
    listed: list[_Listed] = []
    pages: dict[Path, bytes] = {}
    for kind, name in names:
        try:
            found = _read(shelf.card(kind, name))
            if preview is not None:
                pages |= _pages(found, place, preview)
        except LoaError as error:
            problems.extend(error.problems)
        else:
            listed.append(found)
    write_files(pages)
    if as_json:
        shown = [as_data(problem, language) for problem in problems]
        cards = [_data(found, place) for found in listed]
        print_json({"templates": cards, "files": [str(path) for path in pages], "problems": shown})
        return FINDINGS if problems else DONE
    if preview is not None:
        lines: Iterable[str] = map(str, pages)
    else:
        lines = _whole(listed, place, language) if template else _list(listed, language)
    for line in lines:
        click.echo(line)
    show_problems(problems, language)
    return FINDINGS if problems else DONE


def _find(typed: str, shelf: Shelf) -> tuple[str, str]:
    """``dispatch/phoi-hop``, or the name alone where only one kind has it. Raises LoaError for any other."""
    known = {f"{kind}/{name}": (kind, name) for kind, name in shelf.names()}
    found = [names for key, names in known.items() if typed in (key, names[1])]
    if len(found) == 1:
        return found[0]
    raise LoaError(unknown_name("template.not_found", Place(), typed, known))


def _read(card: Card) -> _Listed:
    return _Listed(card=card, example=read_example(card) if card.head.example.strip() else None)


def _pages(found: _Listed, place: Workspace, folder: Path) -> dict[Path, bytes]:
    """The example of a template as PDF, and a picture of each page, below ``folder``/KIND.

    Raises LoaError: no example, or what cannot be composed.
    """
    card = found.card
    example = found.example or read_example(card)  # which says that there is none
    # the fictional office that comes with Loa: a preview must not look like a paper of the officer's own
    office = Workspace(folder=place.folder, config=open_workspace(root()).config)
    require_sound(example, office)
    document = document_of(card, example)
    paper = compose(document, office.context(example)).document
    return {
        folder / card.kind / f"{card.name}{file.removeprefix(document)}": content
        for file, content in render(paper, _FORMATS).items()
    }


def _list(listed: Iterable[_Listed], language: Catalogue) -> Iterator[str]:
    """Every template under its kind: name, title, whose it is; the facts it needs below."""
    groups: dict[str, list[_Listed]] = {}
    for found in listed:
        groups.setdefault(found.card.kind, []).append(found)
    for kind, members in groups.items():
        yield f"{language.word(_KIND_WORDS[kind])} ({kind})"
        for found in members:
            marks = " ".join(part for part in (found.card.head.title, _mark(found.card, language)) if part)
            yield f"  {found.card.name}: {marks}".rstrip(": ")
            if found.facts:
                yield f"      {language.word('templates.facts')}: {', '.join(found.facts)}"
        yield ""
    yield language.word("templates.next")


def _mark(card: Card, language: Catalogue) -> str:
    if card.covers:
        return f"[{language.word('templates.covers')}]"
    return f"[{language.word('templates.own')}]" if card.is_own else ""


def _whole(listed: Iterable[_Listed], place: Workspace, language: Catalogue) -> Iterator[str]:
    """All that can be said of a template, its words, and the example to copy."""
    for found in listed:
        card = found.card
        yield from (line for line in (card.head.title, card.head.purpose, _mark(card, language)) if line)
        yield f"{language.word('templates.file')}: {place.shown(card.path)}"
        if found.facts:
            yield ""
            yield f"{language.word('templates.facts')}:"
            yield from (
                f"  {line}" for line in table([_row(name, fact, found.card) for name, fact in found.facts.items()])
            )
        yield ""
        yield f"{language.word('templates.blocks')}: {', '.join(card.blocks)}"
        yield ""
        yield card.text
        if card.head.example:
            yield ""
            yield f"{language.word('templates.example')}:"
            yield card.head.example.strip("\n")


def _row(name: str, fact: Fact | None, card: Card) -> tuple[str, str, str, str]:
    """Name, type, the blocks that print it, the example's value."""
    return name, fact.kind if fact else "–", ", ".join(card.needs[name]), str(fact) if fact else "–"


def _data(found: _Listed, place: Workspace) -> dict[str, object]:
    card = found.card
    return {
        "kind": card.kind,
        "name": card.name,
        "title": card.head.title,
        "purpose": card.head.purpose,
        "file": place.shown(card.path),
        "own": card.is_own,
        "covers_shipped": card.covers,
        "facts": {
            name: {
                "type": fact.kind if fact else None,
                "example": str(fact) if fact else None,
                "blocks": list(card.needs[name]),
            }
            for name, fact in found.facts.items()
        },
        "blocks": list(card.blocks),
    }
