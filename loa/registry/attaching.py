"""The signed original comes back: it must say what the document said when it was numbered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from textwrap import shorten

from loa.core.errors import LoaError, Place, Problem, mistake
from loa.core.files import read_file
from loa.ledger.registration import Registration
from loa.ledger.store import Ledger
from loa.planning.workspace import CampaignFile, Workspace
from loa.registry.comparison import Comparison, Deviation, compare
from loa.registry.identity import find_other_number
from loa.registry.numbering import held_number
from loa.registry.pdf import PdfPage, read_pdf
from loa.registry.signed import MAX_BYTES, keep_signed
from notices.content import content_by_file

_SHOWN = 8  # deviations that are told one by one
_LONGEST = 120  # characters of either side
_SAME_PAPER = 0.5  # share of paragraphs below which it is another paper


@dataclass(frozen=True, kw_only=True)
class Attached:
    """A signed original that was taken."""

    registration: Registration
    sha256: str
    scanned: bool  # its words were not compared: a person vouches for them


def attach_signed(
    ledger: Ledger,
    place: Workspace,
    file: CampaignFile,
    document: str,
    path: Path,
    *,
    scanned: bool,
    person: str,
    now: datetime,
) -> Attached:
    """Keep the PDF in ``path`` as the signed original of a numbered document.

    ``scanned``: ``person`` has compared the words of its pictures. The file is on disk before the ledger names it, so
    a crash leaves at most a file that nothing names. Raises LoaError: no number yet, no usable PDF, one
    problem for each place where it says something else, ``registry.other_paper``, ``registry.scanned``; before
    these, where it carries another number, whose that is.
    """
    registration = held_number(ledger, file, document)
    where = Place(file=str(path))
    content = read_file(path, limit=MAX_BYTES)
    pages = read_pdf(content, where)
    columns = registration.paper.columns
    names = (columns.body, columns.parent, columns.full_name, columns.signer)
    own, *_ = content_by_file(registration.paper.content)
    compared = compare(own, pages, names)
    try:
        unread = _unread(compared, pages, where)
    except LoaError as error:
        other = find_other_number(registration, ledger.register.registrations(), pages, where)
        raise LoaError([*other, *error.problems]) from None
    if unread and not scanned:
        raise mistake("registry.scanned", where, pages=", ".join(map(str, unread)))
    sha256 = keep_signed(place.signed_folder, content)
    ledger.register.attach(registration, sha256=sha256, file=path.name, scanned=bool(unread), person=person, now=now)
    return Attached(registration=registration, sha256=sha256, scanned=bool(unread))


def _unread(compared: Comparison, pages: Sequence[PdfPage], where: Place) -> list[int]:
    """The pages that are pictures, when words that the PDF lacks may stand on them.

    Raises LoaError when words differ that can be read.
    """
    pictures = [number for number, page in enumerate(pages, 1) if page.is_picture]
    read = [one for one in compared.deviations if not pictures or (one.page and one.page not in pictures)]
    if read and not pictures and compared.found < _SAME_PAPER:
        raise mistake("registry.other_paper", where, share=round(100 * compared.found))
    if read:
        raise LoaError(_told(read, where))
    return pictures if compared.deviations else []


def _told(deviations: Sequence[Deviation], where: Place) -> Iterator[Problem]:
    for deviation in deviations[:_SHOWN]:
        ours, theirs = (shorten(words, _LONGEST, placeholder="…") for words in (deviation.ours, deviation.theirs))
        values = {"ours": ours, "theirs": theirs, "page": deviation.page}
        if not deviation.ours:
            yield Problem(key="registry.words_added", place=where, values=values)
        elif not deviation.theirs:
            yield Problem(key="registry.words_missing", place=where, values=values)
        else:
            yield Problem(key="registry.words_differ", place=where, values=values)
    if len(deviations) > _SHOWN:
        yield Problem(key="registry.more_words", place=where, values={"count": len(deviations) - _SHOWN})
