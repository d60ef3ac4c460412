"""Words and rules → Document: a paper's components in the order of the decree, and what is open or doubtful in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from textwrap import shorten

from loa.core.errors import Problem, Severity
from notices import rules
from notices.components import (
    addressees,
    appendix_heading,
    appendix_label,
    appendix_reference,
    basis_lines,
    circulation,
    closing,
    contact_lines,
    masthead,
    named_title,
    notice_heading,
    posted_at,
    posted_lines,
    sign_off,
    title_of,
)
from notices.composed import Composed
from notices.context import Context
from notices.document import BLANK, Block, Closing, Document, Kind, Paragraph, Sheet
from notices.enclosure import EnclosedFile, Enclosure
from notices.fill import Filled, fill_lines, fill_text
from notices.limits import fit_on_board, refuse_what_cannot_be_set
from notices.lint.problems import find_problems
from notices.model import Appendix, Dispatch, FormalNotice, Issued, Notice, PaperSpec, Report, Wording
from notices.posters.compose import compose_poster
from notices.posters.document import PosterDocument
from notices.posters.model import Leaflet, Poster
from notices.stacks import stays_with_closing
from notices.standing import file_name, find_changes, find_gaps, find_open_citations

AnyComposed = Composed[Document] | Composed[PosterDocument] | Composed[EnclosedFile]


def compose(name: str, context: Context) -> AnyComposed:
    """The document called ``name`` as it would be printed: a paper, a poster, or a file as it is. Raises LoaError."""
    match spec := context.documents[name]:
        case Poster() | Leaflet():
            return compose_poster(name, spec, context)
        case Enclosure():
            return Composed(document=context.enclosure(name, spec, context.locate("documents", name, "file")))
        case _:
            return compose_paper(name, context)


def compose_paper(name: str, context: Context) -> Composed[Document]:
    """The paper called ``name`` as it would be printed, with its appendices.

    It is a draft when a number or day is open. Raises LoaError for words that cannot be set at all: a mistake in a
    template, something undefined, characters that the faces lack.
    """
    specs = {key: fill_lines(key, _paper(key, context), context) for key in _sheet_names(name, context)}
    proses = {key: fill_text(key, spec, context) for key, spec in specs.items()}
    spec = specs[name]
    sheets = [_main_sheet(name, spec, proses[name], context)]
    if isinstance(spec, Issued):
        sheets.extend(_appendix_sheets(name, spec, specs, proses, context))
    gaps = (*find_gaps(name, spec, context), *find_open_citations(specs, proses, context))
    document = Document(
        name=file_name(name, context),
        title=title_of(spec).replace(BLANK, "…"),
        author=context.agency.full_name,
        sheets=tuple(sheets),
        body_size=rules.BODY_SIZE if isinstance(spec, Appendix) else int(spec.size),
        paper=spec.paper if isinstance(spec, Notice) else "A4",
        is_draft=bool(gaps),
    )
    refuse_what_cannot_be_set(document, context)
    if document.paper == "A3":
        document = fit_on_board(document, context.locate("documents", name))
    changes = tuple(find_changes(name, document, context))
    doubts = (*_glued(proses, context), *_lonely_closings(document, context), *find_problems(document, context))
    if isinstance(spec, Issued | Notice) and spec.word:
        letterhead = context.letterhead(spec.word, context.locate("documents", name, "word"))
        doubts = (*doubts, *letterhead.check(document))
        document = replace(document, letterhead=letterhead)
    return Composed(document=document, problems=(*gaps, *changes, *doubts))


def _paper(name: str, context: Context) -> PaperSpec:
    """The specification of a paper. TypeError for a poster: ``loa check`` refuses one as an appendix."""
    spec = context.documents[name]
    if not isinstance(spec, Wording):
        raise TypeError(f"{name} is no paper of the decree")
    return spec


def _sheet_names(name: str, context: Context) -> list[str]:
    """The document itself, then its appendices."""
    spec = context.documents[name]
    return [name, *(spec.appendices if isinstance(spec, Issued) else ())]


def _main_sheet(name: str, spec: PaperSpec, prose: Filled, context: Context) -> Sheet:
    if isinstance(spec, Issued):
        return Sheet(
            name=name,
            kind=spec.kind,
            blocks=(masthead(name, spec, context), *_opening(spec), *prose.blocks, closing(spec)),
            notes=prose.notes,
            circulation=circulation(spec),
            contact=contact_lines(spec, context.agency),
        )
    blocks: list[Block]
    if isinstance(spec, Notice):
        foot = (sign_off(context.agency), *posted_at(context.host), *posted_lines(spec))
        blocks = [notice_heading(spec), *prose.blocks, *foot]
    else:
        blocks = [*appendix_heading(spec.title), *prose.blocks]
    return Sheet(name=name, kind=spec.kind, blocks=tuple(blocks), notes=prose.notes, landscape=_is_landscape(spec))


def _opening(spec: Issued) -> Iterator[Paragraph]:
    """What stands between the head and the text."""
    if isinstance(spec, FormalNotice | Report):
        yield from named_title(spec)
    if isinstance(spec, Dispatch | Report):
        yield from addressees(spec.to)
    yield from basis_lines(spec)


def _is_landscape(spec: PaperSpec) -> bool:
    return isinstance(spec, Appendix) and spec.orientation == "landscape"


def _appendix_sheets(
    name: str, spec: Issued, specs: Mapping[str, PaperSpec], proses: Mapping[str, Filled], context: Context
) -> Iterator[Sheet]:
    """Each appendix on pages of its own, below a heading that ties it to the dispatch (I/1-III.1)."""
    reference = appendix_reference(name, spec, context)
    for index, key in enumerate(spec.appendices):
        attached, prose = specs[key], proses[key]
        heading = appendix_heading(title_of(attached), appendix_label(index, len(spec.appendices)), reference)
        foot = [sign_off(context.agency), *posted_lines(attached)] if isinstance(attached, Notice) else []
        yield Sheet(
            name=key,
            kind=Kind.APPENDIX,
            blocks=(*heading, *prose.blocks, *foot),
            notes=prose.notes,
            landscape=_is_landscape(attached),
        )


def _glued(proses: Mapping[str, Filled], context: Context) -> Iterator[Problem]:
    """Lines that begin like a paragraph of their own and have become part of the one before."""
    for name, prose in proses.items():
        place = context.locate("documents", name, "body")
        for line in prose.glued:
            shown = {"text": shorten(line, 60, placeholder="…")}
            yield Problem(key="text.glued", place=place, values=shown, severity=Severity.WARNING)


def _lonely_closings(document: Document, context: Context) -> Iterator[Problem]:
    """Last paragraphs too long to stay with the signature, which may then stand alone on a page (rule R40)."""
    forms = rules.formats(document.body_size)
    for sheet in document.sheets:
        index = len(sheet.blocks) - 2
        is_closed = isinstance(sheet.blocks[-1], Closing)
        if (
            is_closed
            and isinstance(sheet.blocks[index], Paragraph)
            and not stays_with_closing(sheet.blocks, index, forms)
        ):
            place = context.locate("documents", sheet.name, "body")
            yield Problem(key="rule.R40", place=place, severity=Severity.WARNING, rule="R40")
