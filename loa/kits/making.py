"""Make kits for agencies of a campaign: look at everything, then write all of them, then list them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from loa.core.errors import LoaError, Place, Problem, Severity, stopping
from loa.kits.assemble import Batch, Order, check_kit, make_kit, prepare
from loa.kits.folders import clear_leftovers, write_kit
from loa.kits.lists import Listed, write_lists
from loa.kits.lock import sole_writer
from loa.kits.originals import ReadSigned, told_waiting
from loa.kits.papers import posted_documents
from loa.planning.audience.audience import Audience
from loa.planning.audience.lacking import find_lacking
from loa.planning.references import require_documents, require_sound
from loa.planning.review.review import review_texts
from loa.planning.workspace import CampaignFile, Workspace
from notices.context import NO_ISSUES, Issue
from notices.receiver import Receiver

HOME = "kits"  # in the campaign's output
Watch = Callable[[Sequence[Receiver], str], AbstractContextManager[Iterator[Receiver]]]


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Which agencies get kits: by code or name, by group; all of them where neither is said."""

    names: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


def write_kits(
    place: Workspace,
    file: CampaignFile,
    folder: Path,
    *,
    selection: Selection,
    watch: Watch,
    read_signed: ReadSigned,
    formats: Collection[str],
    only: Iterable[str] = (),
    final: bool = False,
    issues: Mapping[str, Issue] = NO_ISSUES,
) -> tuple[list[Problem], list[Path]]:
    """Make the kits in ``folder``; what is open or doubtful in them, and the lists that go with them.

    Everything is looked at before anything is written. ``watch`` hands out the agencies of each pass
    (``kits.checking``, ``kits.making``), ``read_signed`` reads signed originals. Raises LoaError for what cannot be
    made, with ``final`` for any gap or breach, and while another run makes kits there.
    """
    names = tuple(only)
    require_documents(file, names)
    audience = place.audience(file)
    chosen = audience.select(selection.names, selection.groups)
    require_sound(file, place)
    context = place.context(file, issues)
    if lacking := find_lacking(file, context, audience, chosen, only=names):
        raise LoaError(lacking)
    order = Order(campaign=file.campaign, context=context, formats=tuple(formats), only=names)
    batch = prepare(order, read_signed)
    problems = [
        *audience.warnings,
        *told_waiting(batch.originals, context),
        *batch.doubts,
        *_of_texts(batch, file, place),
    ]
    with watch(chosen, "kits.checking") as receivers:
        for receiver in receivers:
            problems += check_kit(batch, receiver)
    if grave := stopping(problems, final=final):
        raise LoaError(grave)
    home = folder / HOME
    with sole_writer(home):
        clear_leftovers(home)
        with watch(chosen, "kits.making") as receivers:
            for receiver in receivers:
                write_kit(home, make_kit(batch, receiver), batch.edition)
        listed = _list(batch, audience, folder)
    if listed.outdated:
        values: dict[str, object] = {"count": listed.outdated}
        where = Place(file=place.shown(home))
        problems.append(Problem(key="kits.outdated", place=where, values=values, severity=Severity.WARNING))
    named = [home / receiver.folder for receiver in chosen] if selection.names else []  # others are too many to name
    return problems, [*named, *listed.files]


def _of_texts(batch: Batch, file: CampaignFile, place: Workspace) -> list[Problem]:
    """What the texts of the kits say otherwise than the facts; asked once, for all agencies are told the same."""
    posted = [f"documents.{name}" for name in posted_documents(file.campaign.documents, batch.only)]
    others = [] if batch.only else ["announcements", "relay"]
    return review_texts(file, place, batch.context).about(*posted, *others)


def _list(batch: Batch, audience: Audience, folder: Path) -> Listed:
    return write_lists(
        folder,
        folder / HOME,
        audience,
        batch.edition,
        title=batch.campaign.title,
        issuer=batch.context.agency.full_name,
        waiting=tuple(batch.originals.waiting.values()),
    )
