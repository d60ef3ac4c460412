"""Words and rules → Document: a paper's components in the order of the decree, and what is open or doubtful in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from textwrap import shorten

from loa.core.errors import LoaError, Place, Problem, Severity
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
    sign_off,
    title_of,
)
from notices.context import Context
from notices.document import Block, Closing, Document, Kind, Paragraph, Role, Sheet
from notices.fill import fill_lines, fill_text
from notices.fonts import missing
from notices.lines import set_lines
from notices.lint import find_breaches
from notices.model import Appendix, Dispatch, DocumentSpec, FormalNotice, Issued, Notice, Report
from notices.prose import Prose
from notices.stacks import closing_cells, stays_with_closing
from notices.walk import all_text

# Where in a campaign file an officer mends what a rule finds.
_WRITTEN_IN = {"R27": "subject", "R37": "body", "R38": "sign", "R39": "sign", "R44": "file", "R45": "appendices"}


@dataclass(frozen=True, kw_only=True)
class Composed:
    """A document, and what is still open or doubtful in it."""

    document: Document
    problems: tuple[Problem, ...]


def compose(name: str, context: Context) -> Composed:
    """The document called ``name`` as it would be printed, with its appendices.

    It is a draft when a number or day is open. Raises LoaError for words that cannot be set at all: a mistake in a
    template, something undefined, characters that the faces lack.
    """
    specs = {key: fill_lines(key, context.documents[key], context) for key in _sheet_names(name, context)}
    proses = {key: fill_text(key, spec, context) for key, spec in specs.items()}
    spec = specs[name]
    sheets = [_main_sheet(name, spec, proses[name], context)]
    if isinstance(spec, Issued):
        sheets.extend(_appendix_sheets(name, spec, specs, proses, context))
    gaps = tuple(_gaps(name, spec, context))
    document = Document(
        name=name,
        title=title_of(spec),
        author=context.agency.full_name,
        sheets=tuple(sheets),
        body_size=rules.BODY_SIZE if isinstance(spec, Appendix) else int(spec.size),
        is_draft=bool(gaps),
    )
    _refuse_missing_glyphs(document, context.locate("documents", name))
    _refuse_tall_closing(document, context.locate("documents", name, "cc"))
    _refuse_tall_notes(document, context)
    doubts = (*_glued(proses, context), *_lonely_closings(document, context), *_breaches(document, context))
    return Composed(document=document, problems=(*gaps, *doubts))


def _sheet_names(name: str, context: Context) -> list[str]:
    """The document itself, then its appendices."""
    spec = context.documents[name]
    return [name, *(spec.appendices if isinstance(spec, Issued) else ())]


def _main_sheet(name: str, spec: DocumentSpec, prose: Prose, context: Context) -> Sheet:
    if isinstance(spec, Issued):
        return Sheet(
            name=name,
            kind=spec.kind,
            blocks=(masthead(name, spec, context), *_opening(spec), *prose.paragraphs, closing(spec)),
            notes=prose.notes,
            circulation=circulation(spec),
            contact=contact_lines(spec, context.agency),
        )
    blocks: list[Block]
    if isinstance(spec, Notice):
        blocks = [notice_heading(spec), *prose.paragraphs, sign_off(context.agency)]
    else:
        blocks = [*appendix_heading(spec.title), *prose.paragraphs]
    return Sheet(name=name, kind=spec.kind, blocks=tuple(blocks), notes=prose.notes, landscape=_is_landscape(spec))


def _opening(spec: Issued) -> Iterator[Paragraph]:
    """What stands between the head and the text."""
    if isinstance(spec, FormalNotice | Report):
        yield from named_title(spec)
    if isinstance(spec, Dispatch | Report):
        yield from addressees(spec.to)
    yield from basis_lines(spec)


def _is_landscape(spec: DocumentSpec) -> bool:
    return isinstance(spec, Appendix) and spec.orientation == "landscape"


def _appendix_sheets(
    name: str, spec: Issued, specs: Mapping[str, DocumentSpec], proses: Mapping[str, Prose], context: Context
) -> Iterator[Sheet]:
    """Each appendix on pages of its own, below a heading that ties it to the dispatch (I/1-III.1)."""
    reference = appendix_reference(name, spec, context)
    for index, key in enumerate(spec.appendices):
        attached, prose = specs[key], proses[key]
        heading = appendix_heading(title_of(attached), appendix_label(index, len(spec.appendices)), reference)
        foot = [sign_off(context.agency)] if isinstance(attached, Notice) else []
        yield Sheet(
            name=key,
            kind=Kind.APPENDIX,
            blocks=(*heading, *prose.paragraphs, *foot),
            notes=prose.notes,
            landscape=_is_landscape(attached),
        )


def _gaps(name: str, spec: DocumentSpec, context: Context) -> Iterator[Problem]:
    """What the registry still has to give."""
    if not isinstance(spec, Issued) or name in context.issues:
        return
    place = context.locate("documents", name)
    yield Problem(key="form.no_number", place=place, severity=Severity.GAP, values={"name": name}, rule="R13")
    if not spec.date.is_complete():
        place = context.locate("documents", name, "date")
        yield Problem(key="form.no_day", place=place, severity=Severity.GAP, values={"name": name}, rule="R19")


def _glued(proses: Mapping[str, Prose], context: Context) -> Iterator[Problem]:
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


def _breaches(document: Document, context: Context) -> Iterator[Problem]:
    """What the document does against the format rules, as problems with a place in the campaign file."""
    for breach in find_breaches(document):
        yield Problem(
            key=f"rule.{breach.rule}",
            place=context.locate("documents", breach.sheet, _WRITTEN_IN[breach.rule.partition("_")[0]]),
            values=breach.values,
            severity=breach.severity,
            rule=breach.rule.partition("_")[0],
        )


def _refuse_tall_closing(document: Document, place: Place) -> None:
    """Nơi nhận and signature are kept whole, so they must fit on one page."""
    forms = rules.formats(document.body_size)
    for block in (block for sheet in document.sheets for block in sheet.blocks if isinstance(block, Closing)):
        if closing_cells(block, forms)[0].height > rules.PAGE.text_height.pt:
            raise LoaError(Problem(key="form.tall_closing", place=place, values={"count": len(block.recipients) - 1}))


def _refuse_tall_notes(document: Document, context: Context) -> None:
    """A footnote stands whole on the page of its mark, with room for some lines of text."""
    form = rules.formats(document.body_size)[Role.NOTE]
    limit = rules.PAGE.text_height.pt * rules.NOTE_SHARE
    for sheet in document.sheets:
        for runs in sheet.notes:
            if len(set_lines(runs, form, rules.PAGE.text_width.pt)) * form.leading.pt > limit:
                place = context.locate("documents", sheet.name, "body")
                raise LoaError(Problem(key="form.tall_note", place=place))


def _refuse_missing_glyphs(document: Document, place: Place) -> None:
    """A character that the faces lack would be drawn as an empty box: better to say so."""
    if lacking := missing("".join(all_text(document))):
        shown = ", ".join(f"“{c}” (U+{ord(c):04X})" for c in lacking[:8])
        raise LoaError(Problem(key="text.no_glyph", place=place, values={"characters": shown}))
