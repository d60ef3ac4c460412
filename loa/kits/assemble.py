"""One agency's kit, put together from its papers, texts and pictures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import pypdfium2

from loa.core.errors import LoaError, Problem, mistake
from loa.kits import contents
from loa.kits.edition import edition_of
from loa.kits.kit import Kit, Print
from loa.kits.metadata import draft_metadata, posted_metadata, signed_metadata
from loa.kits.originals import Originals, ReadSigned, originals_of
from loa.kits.papers import KitPaper, compose_draft, compose_posted, posted_documents
from loa.kits.pictures import pictures_of
from loa.kits.texts import editable_text, plain_text
from loa.planning.announcement import Announcement
from loa.planning.audience.lacking import prints_host
from loa.planning.model import Campaign
from loa.planning.relay import Relay
from loa.planning.relay_draft import compose_relay
from notices.compose import compose
from notices.context import Context
from notices.receiver import Posting, Receiver, sample_receiver

TEXTS = "tin-bai"


@dataclass(frozen=True, kw_only=True)
class Order:
    """What kits are made of: a campaign, and which of its documents in which formats."""

    campaign: Campaign
    context: Context
    formats: tuple[str, ...] = ("docx", "pdf")
    only: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Batch(Order):
    """An order with what is made once for all its kits: pictures, texts that do not speak of the agency, doubts."""

    originals: Originals
    shared: Mapping[str, bytes]
    doubts: tuple[Problem, ...]  # about the papers of every kit
    edition: str  # tells kits that say the same from older ones


def prepare(order: Order, read_signed: ReadSigned) -> Batch:
    """The order, tried with a made-up agency and ready to make kits of; ``read_signed`` reads signed originals.

    Raises LoaError: nothing to hand out, or something that cannot be made for anyone.
    """
    announcements = {} if order.only else order.campaign.announcements
    originals = originals_of(order.context, read_signed, order.only)
    if not announcements and not originals.carried and not posted_documents(order.context.documents, order.only):
        raise mistake("kits.nothing", order.context.locate("documents"))
    files = {**originals.files, **pictures_of(announcements, order.context, order.only)}
    for name, announcement in announcements.items():
        if not _speaks_of_host(announcement):
            files |= _texts(name, announcement, order.context)
    sample = sample_receiver()
    tried = replace(order.context, values={**order.context.values, "host": sample})
    papers = [compose(key, tried) for key in posted_documents(tried.documents, order.only)]
    if relay := _relay(order):
        papers.append(compose_relay(relay, order.context, sample))
    told = [plain_text(name, announcement, tried) for name, announcement in _told(order)]
    waiting = sorted(originals.waiting.items())
    said = (sorted(order.formats), [paper.document for paper in papers], told, waiting, sorted(files.items()))
    return Batch(
        originals=originals,
        campaign=order.campaign,
        context=order.context,
        formats=order.formats,
        only=order.only,
        shared=files,
        doubts=tuple(problem for paper in papers for problem in paper.problems),
        edition=edition_of(order.campaign, order.context, said),
    )


def check_kit(batch: Batch, host: Receiver) -> list[Problem]:
    """What is wrong with the kit of ``host`` and not with all; what stops it is an error among them."""
    try:
        papers = list(_papers(batch, host))
        for paper in papers:
            _metadata(paper, 1, batch, host)
        _of_originals(batch, host)
        for name, announcement in _told(batch):
            plain_text(name, announcement, batch.context.hosted_by(host))
    except LoaError as error:
        found = list(error.problems)
    else:
        found = [problem for paper in papers for problem in paper.composed.problems]
    return [_told_of(host, problem) for problem in found if problem not in batch.doubts]


def make_kit(batch: Batch, host: Receiver) -> Kit:
    """The kit of ``host``, which ``check_kit`` found sound; the same campaign and the same row give the same bytes.

    Raises LoaError.
    """
    files: dict[str, bytes] = {}
    prints: list[Print] = []
    checked = replace(batch, context=replace(batch.context, is_checked=True))
    for paper in _papers(checked, host):
        written = paper.write(batch.formats)
        pages = count_pages(written[paper.pdf])
        files |= written | {f"{paper.name}.json": _metadata(paper, pages, batch, host)}
        prints.extend(_prints(paper, pages, host))
    for name, announcement in _told(batch):
        files |= _texts(name, announcement, batch.context.hosted_by(host))
    files |= {**_of_originals(batch, host), **batch.shared}
    originals = batch.originals
    files[contents.NAME] = contents.contents_note(
        title=f"{batch.campaign.title}: bộ ấn phẩm của {host.name}",
        prints=prints,
        originals=originals.carried,
        waiting=tuple(originals.waiting.values()),
        files=files,
    )
    return Kit(receiver=host, files=files, prints=tuple(prints), originals=originals.carried)


def _papers(order: Order, host: Receiver) -> Iterator[KitPaper]:
    yield from compose_posted(order.context, host, order.only)
    if relay := _relay(order):
        yield compose_draft(relay, order.context, host)


def _relay(order: Order) -> Relay | None:
    return None if order.only else order.campaign.relay


def _metadata(paper: KitPaper, pages: int, order: Order, host: Receiver) -> bytes:
    relay = order.campaign.relay
    if relay and paper.is_draft:
        return draft_metadata(paper, pages, relay, order.context, host)
    return posted_metadata(paper, pages, order.context, host)


def _of_originals(batch: Batch, host: Receiver) -> dict[str, bytes]:
    """The metadata of every signed original, as files beside them."""
    return {
        f"{original.file.removesuffix('.pdf')}.json": signed_metadata(
            original, count_pages(batch.originals.files[original.file]), batch.context, host
        )
        for original in batch.originals.carried
        if original.is_signed
    }


def _prints(paper: KitPaper, pages: int, host: Receiver) -> Iterator[Print]:
    """One line for each place that asks for this size; an agency without places posts one copy at its own.

    A leaflet hangs nowhere: each agency gets one sheet to copy from.
    """
    if paper.is_draft:
        return
    own = [Posting(place=host.name, paper=paper.asked)]
    for posting in own if paper.is_handed_out else host.posting or own:
        if posting.paper == paper.asked:
            yield Print(
                document=paper.key,
                title=paper.title,
                file=paper.pdf,
                paper=paper.paper,
                pages=pages,
                place=posting.place,
                copies=posting.copies,
            )


def _texts(name: str, announcement: Announcement, context: Context) -> dict[str, bytes]:
    return {
        f"{TEXTS}/{name}.txt": plain_text(name, announcement, context),
        f"{TEXTS}/{name}.docx": editable_text(name, announcement, context),
    }


def _told(order: Order) -> Iterator[tuple[str, Announcement]]:
    """The announcements that say something of the agency, and are another text in every kit."""
    announcements = {} if order.only else order.campaign.announcements
    return ((name, given) for name, given in announcements.items() if _speaks_of_host(given))


def _speaks_of_host(announcement: Announcement) -> bool:
    return any(prints_host(text) for text in (announcement.title, announcement.text))


def _told_of(host: Receiver, problem: Problem) -> Problem:
    """The problem with the agency in whose kit it came up."""
    place = problem.place
    return replace(problem, place=replace(place, part=f"{place.part} ({host.name})" if place.part else host.name))


def count_pages(pdf: bytes) -> int:
    """How many pages a PDF has."""
    opened = pypdfium2.PdfDocument(pdf)
    try:
        return len(opened)
    finally:
        opened.close()
