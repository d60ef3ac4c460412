"""Words and rules → Document: a document's text, the agency and the number, in the order the decree asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from loa.core.errors import LoaError, Place, Problem, Severity
from loa.core.model import OpenDate
from loa.core.text import one_line
from notices import rules
from notices.document import Block, Closing, Document, Masthead, Paragraph, Role, Run, Runs, Sheet, text_run
from notices.fonts import missing, text_width
from notices.layout import closing_cells
from notices.lint import find_breaches
from notices.model import Agency, Appendix, Dispatch, DocumentSpec, Notice, Wording
from notices.prose import Prose, read_prose
from notices.template import Templates, Text
from notices.walk import all_text
from notices.wording import NO_BREAK_SPACE, NUMBER_GAP, capitals, long_date, padded_number, place_in

Locate = Callable[..., Place]

# The single lines of a document in which facts may stand.
_LINES = ("subject", "to", "cc", "sign", "file", "heading", "title")


def _nowhere(*path: str | int) -> Place:
    return Place(part=".".join(str(part) for part in path))


@dataclass(frozen=True, kw_only=True)
class Issue:
    """What the registry gave a document: its number and its day."""

    number: int
    day: date


@dataclass(frozen=True, kw_only=True)
class Context:
    """What the papers of one campaign share.

    ``locate`` tells where in the campaign file a path such as ``("documents", "cong-van", "body")`` stands.
    """

    agency: Agency
    documents: Mapping[str, DocumentSpec]
    values: Mapping[str, object]  # facts by name, and what else templates may print
    templates: Templates
    issues: Mapping[str, Issue] = field(default_factory=dict)
    locate: Locate = _nowhere


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
    context = replace(context, documents={key: _filled(key, spec, context) for key, spec in context.documents.items()})
    spec = context.documents[name]
    sheets = [_main_sheet(name, spec, context)]
    if isinstance(spec, Dispatch):
        sheets.extend(_appendix_sheets(name, spec, context))
    gaps = tuple(_gaps(name, spec, context))
    document = Document(
        name=name,
        title=title_of(spec),
        author=context.agency.full_name,
        sheets=tuple(sheets),
        body_size=int(spec.size),
        is_draft=bool(gaps),
    )
    _refuse_missing_glyphs(document, context.locate("documents", name))
    _refuse_tall_closing(document, context.locate("documents", name, "cc"))
    return Composed(document=document, problems=(*gaps, *_breaches(document, context)))


def _filled(name: str, spec: DocumentSpec, context: Context) -> DocumentSpec:
    """The specification with facts filled into its single lines: subject, addressees, heading, signer."""
    changes: dict[str, object] = {}
    for key in _LINES:
        value = getattr(spec, key, None)
        if isinstance(value, str):
            changes[key] = _filled_line(value, context, ("documents", name, key))
        elif isinstance(value, list):
            changes[key] = [
                _filled_line(item, context, ("documents", name, key, index)) for index, item in enumerate(value)
            ]
    return spec.model_copy(update=changes)


def _filled_line(line: str, context: Context, path: tuple[str | int, ...]) -> str:
    if "{" not in line:
        return line
    return compose_line(Text(text=line, place=context.locate(*path)), context)


def compose_prose(text: Text, context: Context) -> Prose:
    """Running text of a campaign, such as an announcement, with its facts filled in. Raises LoaError."""
    return _read(context.templates.fill_text(text, context.values), text.place)


def _read(markdown: str, place: Place) -> Prose:
    """The prose. Raises LoaError for footnotes whose words would be lost."""
    prose = read_prose(markdown)
    if prose.mistakes:
        raise LoaError(Problem(key=key, place=place, values={"name": name}) for key, name in prose.mistakes)
    return prose


def compose_line(text: Text, context: Context) -> str:
    """One line of plain text, such as a title, with its facts filled in; emphasis is dropped. Raises LoaError."""
    return one_line(" ".join(paragraph.text for paragraph in compose_prose(text, context).paragraphs))


def title_of(spec: DocumentSpec) -> str:
    """The document's title for lists and file properties."""
    match spec:
        case Dispatch():
            return f"V/v {spec.subject}"
        case Notice():
            return spec.heading
        case Appendix():
            return spec.title


def _main_sheet(name: str, spec: DocumentSpec, context: Context) -> Sheet:
    prose = _prose(name, spec, context)
    blocks: list[Block]
    match spec:
        case Dispatch():
            blocks = [_masthead(name, spec, context), *_addressees(spec), *prose.paragraphs, _closing(spec)]
        case Notice():
            blocks = [*_notice_blocks(spec, prose, context)]
        case Appendix():
            blocks = [*_appendix_heading(spec.title, "", ()), *prose.paragraphs]
    return Sheet(name=name, blocks=tuple(blocks), notes=prose.notes)


def _prose(name: str, spec: Wording, context: Context) -> Prose:
    place = context.locate("documents", name)
    if spec.body is not None:
        text = Text(text=spec.body, place=context.locate("documents", name, "body"))
        return _read(context.templates.fill_text(text, context.values), text.place)
    blocks = {
        block: Text(text=text, place=context.locate("documents", name, "blocks", block))
        for block, text in spec.blocks.items()
    }
    kind = type(spec).__name__.lower()
    return _read(context.templates.fill(kind, spec.template or "", blocks, context.values, place=place), place)


def _masthead(name: str, spec: Dispatch, context: Context) -> Masthead:
    agency = context.agency
    parent = [_paragraph(Role.PARENT, _heading(agency.parent))] if agency.parent else []
    return Masthead(
        issuer=(*parent, _paragraph(Role.ISSUER, _heading(agency.name))),
        nation=(_paragraph(Role.NATION, rules.NATION), _paragraph(Role.MOTTO, rules.MOTTO)),
        number=Paragraph(role=Role.NUMBER, runs=(Run(text="Số: "), *_symbol(name, spec, context))),
        place_date=Paragraph(
            role=Role.PLACE_DATE, runs=(Run(text=f"{agency.place}, "), *_date(_date_of(name, spec, context)))
        ),
        subject=_paragraph(Role.SUBJECT, f"V/v {spec.subject}"),
    )


def _heading(name: str) -> str:
    """A body's name in capitals; where it needs two lines, the place stays whole: ỦY BAN NHÂN DÂN / TỈNH SÔNG TRÀ."""
    printed = capitals(name)
    room = rules.HEAD_COLUMNS[0].pt
    size = rules.formats(14)[Role.ISSUER].size.pt
    start = place_in(printed)
    if text_width(printed, size, bold=True) <= room or text_width(printed[start:], size, bold=True) > room:
        return printed
    return printed[:start] + printed[start:].replace(" ", NO_BREAK_SPACE)


def _symbol(name: str, spec: Dispatch, context: Context) -> Runs:
    """``05/SNV-CCHC``, or a gap for the number (I/1-II.3)."""
    issue = context.issues.get(name)
    number = Run(text=padded_number(issue.number)) if issue else Run(text=NUMBER_GAP, gap=True)
    return (number, Run(text=f"/{context.agency.code}-{spec.unit}"))


def _date_of(name: str, spec: Dispatch, context: Context) -> OpenDate:
    issue = context.issues.get(name)
    return OpenDate.of(issue.day) if issue else spec.date


def _date(when: OpenDate) -> Runs:
    day, month, year = long_date(when)
    return (
        Run(text="ngày "),
        Run(text=day, gap=when.day is None),
        Run(text=" tháng "),
        Run(text=month, gap=when.month is None),
        Run(text=f" năm {year}"),
    )


def _addressees(spec: Dispatch) -> Iterator[Paragraph]:
    """Kính gửi: one on the same line; several below, with dashes, the last one closed by a period (I/1-II.9d)."""
    if len(spec.to) == 1:
        yield _paragraph(Role.TO_ONE, f"Kính gửi: {spec.to[0]}")
        return
    yield _paragraph(Role.TO, "Kính gửi:")
    for index, name in enumerate(spec.to):
        is_last = index == len(spec.to) - 1
        yield _paragraph(Role.TO_LAST if is_last else Role.TO_ITEM, f"- {name}{'.' if is_last else ';'}")


def _closing(spec: Dispatch) -> Closing:
    """Nơi nhận with “Như trên” first and Lưu last (I/1-II.9d), beside the signer (I/1-II.7)."""
    copies = list(spec.cc)
    if not copies or not copies[0].startswith("Như trên"):
        copies.insert(0, "Như trên")
    lines = [f"- {copy};" for copy in copies] + [f"- Lưu: {spec.file.removesuffix('.')}."]
    return Closing(
        recipients=(
            _paragraph(Role.RECIPIENTS_LABEL, "Nơi nhận:"),
            *(_paragraph(Role.RECIPIENT, line) for line in lines),
        ),
        authority=tuple(_paragraph(Role.AUTHORITY, capitals(line)) for line in spec.sign[:-1]),
        signer=_paragraph(Role.SIGNER, spec.sign[-1]),
    )


def _notice_blocks(spec: Notice, prose: Prose, context: Context) -> Iterator[Block]:
    yield _paragraph(Role.TITLE, capitals(spec.heading))
    yield from prose.paragraphs
    yield _paragraph(Role.SIGN_OFF, context.agency.full_name)


def _appendix_sheets(name: str, spec: Dispatch, context: Context) -> Iterator[Sheet]:
    """Each appendix on pages of its own, below a heading that ties it to the dispatch (I/1-III.1)."""
    reference = (
        Run(text="(Kèm theo Công văn số "),
        *_symbol(name, spec, context),
        Run(text=" "),
        *_date(_date_of(name, spec, context)),
        Run(text=f" của {context.agency.name})"),
    )
    for index, key in enumerate(spec.appendices):
        attached = context.documents[key]
        label = f"Phụ lục {roman(index + 1)}" if len(spec.appendices) > 1 else "Phụ lục"
        prose = _prose(key, attached, context)
        heading = _appendix_heading(title_of(attached), label, reference)
        closing = [_paragraph(Role.SIGN_OFF, context.agency.full_name)] if isinstance(attached, Notice) else []
        yield Sheet(name=key, blocks=(*heading, *prose.paragraphs, *closing), notes=prose.notes)


def _appendix_heading(title: str, label: str, reference: Runs) -> Iterator[Paragraph]:
    if label:
        yield _paragraph(Role.APPENDIX_LABEL, label)
    yield _paragraph(Role.APPENDIX_TITLE, capitals(title))
    if reference:
        yield Paragraph(role=Role.APPENDIX_REFERENCE, runs=reference)


def roman(number: int) -> str:
    """Roman numerals for appendices (I/1-III.1b)."""
    digits = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    result = ""
    for value, letter in digits:
        while number >= value:
            result += letter
            number -= value
    return result


def _paragraph(role: Role, text: str) -> Paragraph:
    return Paragraph(role=role, runs=text_run(text))


def _gaps(name: str, spec: DocumentSpec, context: Context) -> Iterator[Problem]:
    """What the registry still has to give."""
    if not isinstance(spec, Dispatch) or name in context.issues:
        return
    place = context.locate("documents", name)
    yield Problem(key="form.no_number", place=place, severity=Severity.GAP, values={"name": name}, rule="R13")
    if not spec.date.is_complete():
        place = context.locate("documents", name, "date")
        yield Problem(key="form.no_day", place=place, severity=Severity.GAP, values={"name": name}, rule="R19")


def _breaches(document: Document, context: Context) -> Iterator[Problem]:
    """What the document does against the format rules, as problems with a place in the campaign file."""
    for breach in find_breaches(document):
        yield Problem(
            key=f"rule.{breach.rule}",
            place=context.locate("documents", breach.sheet),
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


def _refuse_missing_glyphs(document: Document, place: Place) -> None:
    """A character that the faces lack would be drawn as an empty box: better to say so."""
    if lacking := missing("".join(all_text(document))):
        shown = ", ".join(f"“{c}” (U+{ord(c):04X})" for c in lacking[:8])
        raise LoaError(Problem(key="text.no_glyph", place=place, values={"characters": shown}))
