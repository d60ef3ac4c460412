"""What ``loa render --for``, ``--group`` and ``--all`` do: kits for the agencies of a campaign's audience."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import click

from loa.core.errors import LoaError, Place, Problem, Severity
from loa.core.words import Catalogue
from loa.kits.assemble import Order, check_kit, make_kit, prepare
from loa.kits.folders import clear_leftovers, write_kit
from loa.kits.lists import write_lists
from loa.kits.lock import sole_writer
from loa.kits.papers import posted_documents
from loa.planning.check import require_sound
from loa.planning.review.review import review_texts
from loa.planning.workspace import CampaignFile, Workspace
from notices.context import NO_ISSUES, Issue
from notices.receiver import Receiver

HOME = "kits"  # in the campaign's output


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Which agencies get kits: by code or name, by group; all of them where neither is said."""

    names: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Progress:
    """A bar with the time that is left, on standard error where that is a terminal; silent elsewhere."""

    language: Catalogue
    is_silent: bool = False

    def over(self, receivers: Sequence[Receiver], key: str) -> AbstractContextManager[Iterator[Receiver]]:
        """``receivers`` one by one, each a step of the bar."""
        bar = click.progressbar(
            receivers,
            label=self.language.word(key),
            show_pos=True,
            file=sys.stderr,
            hidden=self.is_silent or not sys.stderr.isatty(),
        )
        return cast(AbstractContextManager[Iterator[Receiver]], bar)


def write_kits(
    place: Workspace,
    file: CampaignFile,
    folder: Path,
    *,
    selection: Selection,
    progress: Progress,
    formats: Collection[str],
    only: Iterable[str] = (),
    final: bool = False,
    issues: Mapping[str, Issue] = NO_ISSUES,
) -> tuple[list[Problem], list[Path]]:
    """Make the kits in ``folder``; what is open or doubtful in them, and the lists that go with them.

    Everything is looked at before anything is written. Raises LoaError for what cannot be made, with ``final``
    for any gap or breach, and while another run makes kits there.
    """
    audience = place.audience(file)
    chosen = audience.select(selection.names, selection.groups)
    require_sound(file, place)
    context = place.context(file, issues)
    batch = prepare(Order(campaign=file.campaign, context=context, formats=tuple(formats), only=tuple(only)))
    handed_out = [f"documents.{name}" for name in posted_documents(file.campaign.documents, batch.only)]
    wrong = review_texts(file, place, context).about(*handed_out, *([] if batch.only else ["announcements", "relay"]))
    problems = [*audience.warnings, *batch.doubts, *wrong]
    with progress.over(chosen, "kits.checking") as receivers:
        for receiver in receivers:
            problems += check_kit(batch, receiver)
    if stopping := [p for p in problems if p.severity is Severity.ERROR or (final and p.blocks_final())]:
        raise LoaError(stopping)
    home = folder / HOME
    with sole_writer(home):
        clear_leftovers(home)
        with progress.over(chosen, "kits.making") as receivers:
            for receiver in receivers:
                write_kit(home, make_kit(batch, receiver), batch.edition)
        title, issuer = file.campaign.title, context.agency.full_name
        listed = write_lists(folder, home, audience, batch.edition, title=title, issuer=issuer)
    if listed.outdated:
        values: dict[str, object] = {"count": listed.outdated}
        where = Place(file=place.shown(home))
        problems.append(Problem(key="kits.outdated", place=where, values=values, severity=Severity.WARNING))
    named = [home / receiver.folder for receiver in chosen] if selection.names else []  # others are too many to name
    return problems, [*named, *listed.files]
