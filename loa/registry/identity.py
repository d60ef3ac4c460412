"""Which paper a PDF is by its own head: the number and the subject that it prints."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from loa.core.errors import Place, Problem
from loa.ledger.registration import Registration
from loa.registry.pdf import PdfPage

_MARK = re.compile(r"Số\s*:\s*(\d{1,5})\s*/\s*([A-ZĐ][\w&.]*(?:-[A-ZĐ\d][\w&.]*)*)")
_SUBJECT = re.compile(r"V/v .*")


def find_other_number(
    registration: Registration, register: Iterable[Registration], pages: Sequence[PdfPage], place: Place
) -> Iterator[Problem]:
    """A problem when the PDF carries another number than ``registration``, with the title of whose it is.

    That is told by ``register``, the whole of it, or by the PDF itself. ``place`` is the PDF's.
    """
    mark = printed_mark(pages)
    if not mark or mark == registration.mark:
        return
    titles = (one.paper.columns.title for one in register if one.mark == mark and one.day.year == registration.day.year)
    title = next(titles, "") or _subject(pages)
    values = {"theirs": mark, "mark": registration.mark, "own": registration.paper.columns.title, "title": title}
    yield Problem(key="registry.other_title" if title else "registry.other_number", place=place, values=values)


def printed_mark(pages: Sequence[PdfPage]) -> str:
    """Number and symbol in the head of a PDF, as ``Registration.mark`` has them; empty where none can be read."""
    found = next((found for line in _head(pages) if (found := _MARK.search(line))), None)
    return f"{int(found[1]):02d}/{found[2]}" if found else ""


def _subject(pages: Sequence[PdfPage]) -> str:
    return next((found[0].strip() for line in _head(pages) if (found := _SUBJECT.search(line))), "")


def _head(pages: Sequence[PdfPage]) -> Sequence[str]:
    """The lines of the first page; none of a scan, whose words were guessed."""
    return pages[0].lines if pages and not pages[0].is_picture else ()
