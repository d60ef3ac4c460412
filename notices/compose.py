"""Words and rules → Document: a paper's components in the order of the decree, and what is open or doubtful in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from textwrap import shorten

from loa.core.errors import Problem, Severity
from notices import rules
from notices.components import (
    addressees,
    appendix_heading,
    appendix_label,
    appendix_reference,
    appendix_title,
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
    signing_line,
)
from notices.composed import Composed
from notices.context import Context
from notices.document import BLANK, Block, Closing, Document, Kind, Paragraph, Sheet
from notices.enclosure import EnclosedFile, Enclosure
from notices.figures import find_coarse_figures
from notices.fill import Filled, fill_papers
from notices.limits import fit_on_board, refuse_what_cannot_be_set
from notices.lint.problems import find_problems
from notices.model import Appendix, Dispatch, FormalNotice, Issued, Notice, PaperSpec, Report, Wording
from notices.naming import title_of
from notices.posters.document import PosterDocument
from notices.posters.model import Leaflet, Poster
from notices.stacks import stays_with_closing
from notices.standing import (
    appendix_file_name,
    file_name,
    find_changes,
    find_gaps,
    find_open_citations,
    find_other_letterhead,
)

AnyComposed = Composed[Document] | Composed[PosterDocument] | Composed[EnclosedFile]


def compose(name: str, context: Context) -> AnyComposed:
    """The document called ``name`` as it would be printed: a paper, a poster, or a file as it is. Raises LoaError."""
    match spec := context.documents[name]:
        case Poster() | Leaflet():
            from notices.posters.compose import compose_poster  # noqa: PLC0415  # papers need none of it

            return compose_poster(name, spec, context)
        case Enclosure():
            return Composed(document=context.enclosure(name, spec, context.locate("documents", name, "file")))
        case _:
            return compose_paper(name, context)


def compose_paper(name: str, context: Context) -> Composed[Document]:
    """The paper called ``name`` as it would be printed, with its appendices.

    It is a draft when a number or day is open. An appendix that is a file of its own is what it is with its paper, and
    no more finished than that. Raises LoaError for words that cannot be set at all: a mistake in a template, something
    undefined, characters that the faces lack.
    """
    if owner := _paper_with(name, context):
        return _of_appendix(name, compose_paper(owner, context))
    papers = {key: _paper(key, context) for key in _sheet_names(name, context)}
    specs, proses = fill_papers(papers, context)
    gaps = (*find_gaps(name, specs[name], context), *find_open_citations(papers, specs, proses, context))
    document = _document(name, specs, proses, context, is_draft=bool(gaps))
    refuse_what_cannot_be_set(document, context)
    if document.paper == "A3":
        document = fit_on_board(document, context.locate("documents", name))
    problems = [*gaps, *find_changes(name, document, context)]
    spec, plain = specs[name], document
    if isinstance(spec, Issued | Notice) and spec.word:
        letterhead = context.letterhead(spec.word, context.locate("documents", name, "word"))
        document = replace(document, letterhead=letterhead)
    problems += find_other_letterhead(name, document, context)
    if not context.is_checked:
        problems += _doubts(plain, proses, context)
        problems += document.letterhead.check(plain) if document.letterhead else ()
    return Composed(document=document, problems=tuple(problems))


def _doubts(document: Document, proses: Mapping[str, Filled], context: Context) -> Iterator[Problem]:
    """What the paper breaks, and what a person should look at."""
    yield from _glued(proses, context)
    yield from _lonely_closings(document, context)
    yield from find_coarse_figures(document, context)
    yield from find_problems(document, context)


def _paper_with(name: str, context: Context) -> str | None:
    """The paper with which ``name`` goes as a file of its own; the first one where there are several."""
    if not isinstance(context.documents[name], Appendix):
        return None  # a notice is something by itself: a sheet to post
    specs = context.documents.items()
    return next((key for key, spec in specs if isinstance(spec, Issued) and name in spec.apart), None)


def _of_appendix(name: str, paper: Composed[Document]) -> Composed[Document]:
    """The file of one appendix, with all that is open or doubtful in its paper."""
    document = next(file for file in paper.document.apart if file.sheets[0].name == name)
    return Composed(document=document, problems=paper.problems)


def _document(
    name: str, specs: Mapping[str, PaperSpec], proses: Mapping[str, Filled], context: Context, *, is_draft: bool
) -> Document:
    spec = specs[name]
    document = Document(
        name=file_name(name, context),
        title=title_of(spec).replace(BLANK, "…"),
        author=context.agency.full_name,
        sheets=(_main_sheet(name, spec, proses[name], context),),
        body_size=rules.BODY_SIZE if isinstance(spec, Appendix) else int(spec.size),
        paper=spec.paper if isinstance(spec, Notice) else "A4",
        is_draft=is_draft,
    )
    if not isinstance(spec, Issued):
        return document
    appendices = tuple(_appendix_sheets(name, spec, specs, proses, context))
    if spec.apart:
        return replace(document, apart=tuple(_appendix_files(document, appendices, specs)))
    return replace(document, sheets=(*document.sheets, *appendices))


def _appendix_files(paper: Document, sheets: Sequence[Sheet], specs: Mapping[str, PaperSpec]) -> Iterator[Document]:
    """Each appendix as a file that the registry signs by itself (I/1-III.1d)."""
    for index, sheet in enumerate(sheets):
        label = appendix_label(index, len(sheets))
        yield replace(
            paper,
            name=appendix_file_name(paper.name, label),
            title=appendix_title(specs[sheet.name], label).replace(BLANK, "…"),
            sheets=(replace(sheet, signing=signing_line()),),
        )


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
