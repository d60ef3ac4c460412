"""What numbers say against each other and against the file: told to a person, since a number is never changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from loa.core.errors import Problem, Severity
from loa.core.model import OpenDate
from loa.ledger.registration import Registration
from loa.planning.workspace import CampaignFile
from notices.model import Issued
from notices.wording import short_date


def find_notes(file: CampaignFile, registrations: Sequence[Registration]) -> Iterator[Problem]:
    """Numbered papers that are gone, days out of order or other than the file's, numbers left out; of one campaign.

    ``registrations`` is the whole register, in its order.
    """
    own = [r for r in registrations if r.campaign == file.campaign.campaign and not r.cancelled]
    for registration in own:
        spec = file.campaign.documents.get(registration.document)
        if isinstance(spec, Issued):
            yield from _against_file(registration, spec, file)
            yield from _against_register(registration, registrations, file)
        else:
            values = {"mark": registration.mark, "day": short_date(registration.day), "name": registration.document}
            place = file.source.place("documents")
            yield Problem(key="registry.document_gone", place=place, severity=Severity.BREACH, values=values)


def _against_file(registration: Registration, spec: Issued, file: CampaignFile) -> Iterator[Problem]:
    if not _agrees(spec.date, OpenDate.of(registration.day)):
        place = file.source.place("documents", registration.document, "date")
        values = {"mark": registration.mark, "day": short_date(registration.day)}
        yield Problem(key="registry.other_day", place=place, severity=Severity.WARNING, values=values, rule="R21")


def _against_register(
    registration: Registration, registrations: Sequence[Registration], file: CampaignFile
) -> Iterator[Problem]:
    """R21: not issued before the number before it; R57: no number left out where the book is our own."""
    place = file.source.place("documents", registration.document, key=True)
    same = [r for r in registrations if r.series == registration.series]
    in_force = [r for r in same if not r.cancelled]
    for before, after in pairwise(in_force):
        if registration in (before, after) and after.day < before.day:
            values: dict[str, object] = {
                "mark": after.mark,
                "day": short_date(after.day),
                "other": before.mark,
                "previous": short_date(before.day),
            }
            yield Problem(key="registry.disorder", place=place, severity=Severity.WARNING, values=values, rule="R21")
    for before, after in pairwise(same):
        if after == registration and before.own and after.number != before.number + 1:
            values = {"mark": after.mark, "other": before.mark}
            yield Problem(key="registry.left_out", place=place, severity=Severity.WARNING, values=values, rule="R57")


def _agrees(written: OpenDate, given: OpenDate) -> bool:
    """Whether a day that may be open does not contradict a whole one."""
    return written.year == given.year and written.month in (None, given.month) and written.day in (None, given.day)
