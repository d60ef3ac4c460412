"""Document → what a checker sees of it: the reader for papers that we make ourselves."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from notices import rules
from notices.document import Closing, Document, Masthead, Paragraph, Role, Runs, Sheet, Table
from notices.fonts import WORD_FAMILY
from notices.lengths import Length, Pt
from notices.lint.dating import day_of_line, latest_day
from notices.lint.observed import (
    ObservedDocument,
    ObservedParagraph,
    ObservedSheet,
    PageNumbers,
    Stretch,
    Zone,
)
from notices.rules import Format
from notices.walk import paragraphs_of

_NAMES_ROW, _DATE_ROW, _FOOT_ROW = 1, 2, 3
_HEAD_LEFT, _HEAD_RIGHT = rules.HEAD_COLUMNS
_FOOT_LEFT, _FOOT_RIGHT = rules.FOOT_COLUMNS


def observe(document: Document, *, units: Collection[str] = ()) -> ObservedDocument:
    """``document`` as a checker sees it; ``units`` are the codes of the units that file copies, where they are known.

    Its day is that of the date line; a paper without one is of the latest day that it speaks of.
    """
    sheets = tuple(
        _sheet(sheet, file, is_apart=file is not document) for file in document.files for sheet in file.sheets
    )
    lines = (day_of_line(paragraph.text) for paragraph in sheets[0].of(Role.PLACE_DATE))
    texts = (paragraph.text for sheet in sheets for paragraph in sheet.paragraphs)
    return ObservedDocument(
        sheets=sheets,
        is_draft=document.is_draft,
        day=next(lines, None) or latest_day(texts),
        units=frozenset(units),
    )


def _sheet(sheet: Sheet, document: Document, *, is_apart: bool) -> ObservedSheet:
    forms = rules.formats(document.body_size)
    page = rules.page_of(document, sheet)
    return ObservedSheet(
        name=sheet.name,
        kind=sheet.kind,
        paragraphs=tuple(_paragraphs(sheet, forms, page.text_width)),
        page=page,
        numbers=PageNumbers(look=_seen((), Role.PAGE_NUMBER, forms, page.text_width, zone=Zone.HEADER, text="2")),
        tables=sum(isinstance(block, Table) for block in sheet.blocks),
        is_apart=is_apart,
    )


def _paragraphs(sheet: Sheet, forms: Mapping[Role, Format], width: Length) -> Iterator[ObservedParagraph]:
    if sheet.circulation:
        yield _seen(sheet.circulation.runs, Role.CIRCULATION, forms, width, zone=Zone.HEADER)
    if sheet.signing:
        yield _seen(sheet.signing.runs, Role.SIGNING_LINE, forms, width, zone=Zone.HEADER)
    for block in sheet.blocks:
        match block:
            case Masthead():
                yield from _head(block, forms)
            case Closing():
                yield from _foot(block, forms)
            case _:
                yield from (_seen(p.runs, p.role, forms, width) for p in paragraphs_of([block]))
    yield from (_seen(runs, Role.NOTE, forms, width) for runs in sheet.notes)
    for index, line in enumerate(sheet.contact):
        yield _seen(line.runs, line.role, forms, width, zone=Zone.FOOTER, is_ruled_above=index == 0)


def _head(block: Masthead, forms: Mapping[Role, Format]) -> Iterator[ObservedParagraph]:
    yield from (_seen(p.runs, p.role, forms, _HEAD_LEFT, row=_NAMES_ROW) for p in block.issuer)
    yield from (_seen(p.runs, p.role, forms, _HEAD_RIGHT, row=_NAMES_ROW) for p in block.nation)
    yield _seen(block.number.runs, Role.NUMBER, forms, _HEAD_LEFT, row=_DATE_ROW)
    yield _seen(block.place_date.runs, Role.PLACE_DATE, forms, _HEAD_RIGHT, row=_DATE_ROW)
    if block.subject:
        yield _seen(block.subject.runs, Role.SUBJECT, forms, _HEAD_LEFT, before=rules.SUBJECT_GAP)
    if block.urgency:
        yield _seen(block.urgency.runs, Role.URGENCY, forms, _HEAD_LEFT, before=rules.URGENCY_GAP)


def _foot(block: Closing, forms: Mapping[Role, Format]) -> Iterator[ObservedParagraph]:
    """Nơi nhận and the first line of authority stand on one level."""
    for paragraphs, room in ((block.recipients, _FOOT_LEFT), (block.authority, _FOOT_RIGHT)):
        for index, given in enumerate(paragraphs):
            yield _seen(given.runs, given.role, forms, room, row=0 if index else _FOOT_ROW)
    yield _seen(block.signer.runs, block.signer.role, forms, _FOOT_RIGHT)


def _seen(
    runs: Runs,
    role: Role,
    forms: Mapping[Role, Format],
    room: Length,
    *,
    text: str = "",
    row: int = 0,
    before: Length | None = None,
    zone: Zone = Zone.TEXT,
    is_ruled_above: bool = False,
) -> ObservedParagraph:
    form = forms[role]
    return ObservedParagraph(
        role=role,
        stretches=(_stretch(text, form),) if text else tuple(_stretches(runs, form)),
        align=form.align,
        left=form.left,
        first=form.first - form.hanging,
        before=before or Pt(0),
        after=form.after,
        leading=form.leading,
        room=room,
        rule=form.rule,
        is_ruled_above=is_ruled_above,
        box=_box(Paragraph(role=role, runs=runs), form),
        row=row,
        zone=zone,
    )


def _stretches(runs: Runs, form: Format) -> Iterator[Stretch]:
    for run in runs:
        if not run.note:
            yield _stretch(run.text, form, bold=run.bold, italic=run.italic, is_gap=run.gap)


def _stretch(text: str, form: Format, *, bold: bool = False, italic: bool = False, is_gap: bool = False) -> Stretch:
    return Stretch(
        text=text,
        font=WORD_FAMILY,
        size=form.size.pt,
        bold=bold or form.bold,
        italic=italic or form.italic,
        colour=form.colour,
        is_gap=is_gap,
    )


def _box(paragraph: Paragraph, form: Format) -> tuple[Length, Length] | None:
    """Width and height of the rectangle around a mark of urgency, its lines included."""
    width = rules.URGENCY_WIDTHS.get(paragraph.text) if form.box else None
    if form.box is None or width is None:
        return None
    return width, form.leading + (form.box[0] + rules.BOX_LINE) * 2
