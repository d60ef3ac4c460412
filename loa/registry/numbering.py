"""Giving a document its number: from that moment it is frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from loa.core.errors import Place, Problem, mistake
from loa.ledger.registration import Columns, Paper, Registration, Request, Series
from loa.ledger.store import Ledger
from loa.planning.workspace import CampaignFile, Workspace
from loa.registry.issues import issues_in
from loa.registry.waiting import require_whole
from notices.compose import compose_paper
from notices.composed import Composed
from notices.content import content_of
from notices.context import Context, Issue
from notices.document import Document
from notices.fill import fill_lines
from notices.model import Agency, Dispatch, FormalNotice, Report
from notices.naming import symbol_of, title_of
from notices.wording import short_date

IssuedSpec = Dispatch | FormalNotice | Report  # what goes through the registry


@dataclass(frozen=True, kw_only=True)
class Numbered:
    """A number that was given, and what the format rules say of the paper that carries it now."""

    registration: Registration
    problems: tuple[Problem, ...]


def give_number(
    ledger: Ledger,
    place: Workspace,
    file: CampaignFile,
    document: str,
    *,
    number: int | None,
    day: date,
    person: str,
    now: datetime,
) -> Numbered:
    """Record the ``number`` that the registry gave, or, for None, take the next one from our own book.

    The paper is composed with its number inside the same transaction, so a number is never spent on a paper that
    cannot be made. Raises LoaError: no such document, one that has no number, ``registry.future``,
    ``registry.book_elsewhere``, ``registry.number_first`` (it names a paper without number), what ``Register`` refuses.
    """
    spec = issued_spec(file, document)
    where = file.source.place("documents", document, key=True)
    if day > now.astimezone(place.config.timezone).date():
        raise mistake("registry.future", where, day=short_date(day))
    if number is None and place.config.numbers.book != "here":
        raise mistake("registry.book_elsewhere", where)
    composed: list[Composed[Document]] = []

    def write(given: int) -> Paper:
        name = file.campaign.campaign
        issues = {**issues_in(ledger.register.registrations(name), name), document: Issue(number=given, day=day)}
        context = place.context(file, issues)
        composed.append(compose_paper(document, context))
        require_whole(document, composed[-1], issues, place, file)
        return _paper(spec, document, composed[-1], context)

    request = _request(file, place, document, day, person)
    if number is None:
        registration = ledger.register.take_next(request, write, now)
    else:
        registration = ledger.register.record(request, number, write, now)
    return Numbered(registration=registration, problems=composed[-1].problems)


def _request(file: CampaignFile, place: Workspace, document: str, day: date, person: str) -> Request:
    spec, agency = issued_spec(file, document), place.context(file).agency
    is_shared = place.config.numbers.series == "per_agency"
    return Request(
        series=Series(agency=body_of(agency), kind="" if is_shared else spec.kind, year=day.year),
        symbol=symbol_of(spec, agency),
        campaign=file.campaign.campaign,
        document=document,
        day=day,
        person=person,
        place=file.source.place("documents", document, key=True),
    )


def cancel_number(
    ledger: Ledger, campaign: str, document: str, *, person: str, reason: str, now: datetime
) -> Registration:
    """Take a document's number out of force, also when its file is broken or gone; what it was.

    Raises LoaError (``registry.no_number``).
    """
    held = ledger.register.in_force(campaign, document)
    if held is None:
        place = Place(part=f"{campaign}: documents.{document}")
        raise mistake("registry.no_number", place, name=document, campaign=campaign)
    ledger.register.cancel(held, person=person, reason=reason, now=now)
    return held


def issued_spec(file: CampaignFile, document: str) -> IssuedSpec:
    """The specification of a document that goes through the registry.

    Raises LoaError: ``document.unknown``, ``registry.not_numbered``.
    """
    spec = file.campaign.documents.get(document)
    if spec is None:
        known = ", ".join(file.campaign.documents) or "–"
        raise mistake("document.unknown", file.source.place("documents"), name=document, known=known)
    if not isinstance(spec, IssuedSpec):
        raise mistake("registry.not_numbered", file.source.place("documents", document, key=True), name=document)
    return spec


def held_number(ledger: Ledger, file: CampaignFile, document: str) -> Registration:
    """The number that a document has. Raises LoaError (``registry.no_number``), and as ``issued_spec`` does."""
    issued_spec(file, document)
    held = ledger.register.in_force(file.campaign.campaign, document)
    if held is None:
        place = file.source.place("documents", document, key=True)
        raise mistake("registry.no_number", place, name=document, campaign=file.campaign.campaign)
    return held


def body_of(agency: Agency) -> str:
    """What the register knows a body by: its code, and, since each ward has the same one, its place.

    Not its name: who corrects that goes on with the same numbers.
    """
    return f"{agency.code}, {agency.place}".casefold()


def _paper(spec: IssuedSpec, name: str, composed: Composed[Document], context: Context) -> Paper:
    """What the register keeps of a paper."""
    filled = cast(IssuedSpec, fill_lines(name, spec, context))
    to = filled.to if isinstance(filled, Dispatch | Report) else []
    columns = Columns(
        parent=context.agency.parent or "",
        body=context.agency.name,
        full_name=context.agency.full_name,
        title=title_of(filled),
        signer=filled.sign[-1],
        recipients=(*to, *(copy for copy in filled.cc if not copy.startswith("Như trên"))),
        filed=filled.file.removesuffix("."),
        copies=filled.copies,
        letterhead=composed.document.letterhead.sha256 if composed.document.letterhead else "",
    )
    return Paper(columns=columns, content=content_of(composed.document))
