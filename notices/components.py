"""The components of a paper, each with its words in the order and spelling of the decree (Phụ lục I, Phần I)."""

from __future__ import annotations

from collections.abc import Iterator

from loa.core.model import OpenDate
from notices import rules
from notices.balance import even_lines
from notices.context import Context
from notices.document import Closing, Masthead, Paragraph, Role, Run, Runs, text_run
from notices.fonts import missing, text_width
from notices.model import Agency, Appendix, Dispatch, DocumentSpec, Notice
from notices.wording import NUMBER_GAP, capitals, long_date, padded_number, place_in


def title_of(spec: DocumentSpec) -> str:
    """The document's title for lists and file properties."""
    match spec:
        case Dispatch():
            return f"V/v {spec.subject}"
        case Notice():
            return spec.heading
        case Appendix():
            return spec.title


def masthead(name: str, spec: Dispatch, context: Context) -> Masthead:
    """The head of a dispatch: issuer, Quốc hiệu, number, place and date, V/v."""
    agency = context.agency
    parent = _heading(agency.parent, Role.PARENT, Role.PARENT) if agency.parent else ()
    return Masthead(
        issuer=(*parent, *_heading(agency.name, Role.ISSUER, Role.ISSUER_LINE)),
        nation=(_paragraph(Role.NATION, rules.NATION), _paragraph(Role.MOTTO, rules.MOTTO)),
        number=Paragraph(role=Role.NUMBER, runs=(Run(text="Số: "), *_symbol(name, spec, context))),
        place_date=Paragraph(
            role=Role.PLACE_DATE, runs=(Run(text=f"{agency.place}, "), *_date(_date_of(name, spec, context)))
        ),
        subject=_paragraph(Role.SUBJECT, f"V/v {spec.subject}"),
    )


def addressees(spec: Dispatch) -> Iterator[Paragraph]:
    """Kính gửi: one on the same line; several below, with dashes, the last one closed by a period (I/1-II.9d)."""
    if len(spec.to) == 1:
        yield _paragraph(Role.TO_ONE, f"Kính gửi: {spec.to[0]}")
        return
    yield _paragraph(Role.TO, "Kính gửi:")
    for index, name in enumerate(spec.to):
        is_last = index == len(spec.to) - 1
        yield _paragraph(Role.TO_LAST if is_last else Role.TO_ITEM, f"- {name}{'.' if is_last else ';'}")


def closing(spec: Dispatch) -> Closing:
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


def appendix_reference(name: str, spec: Dispatch, context: Context) -> Runs:
    """The line that ties an appendix to its dispatch (I/1-III.1c)."""
    return (
        Run(text="(Kèm theo Công văn số "),
        *_symbol(name, spec, context),
        Run(text=" "),
        *_date(_date_of(name, spec, context)),
        Run(text=f" của {context.agency.name})"),
    )


def appendix_label(index: int, count: int) -> str:
    """``Phụ lục`` for the only appendix, ``Phụ lục I``, … for several (I/1-III.1b); ``index`` counts from 0."""
    return f"Phụ lục {roman(index + 1)}" if count > 1 else "Phụ lục"


def appendix_heading(title: str, label: str = "", reference: Runs = ()) -> Iterator[Paragraph]:
    """Label, title in capitals, and the line that names the dispatch; alone, an appendix has its title only."""
    if label:
        yield _paragraph(Role.APPENDIX_LABEL, label)
    yield _paragraph(Role.APPENDIX_TITLE, capitals(title))
    if reference:
        yield Paragraph(role=Role.APPENDIX_REFERENCE, runs=reference)


def notice_heading(spec: Notice) -> Paragraph:
    """The heading of a posted notice."""
    return _paragraph(Role.TITLE, capitals(spec.heading))


def sign_off(agency: Agency) -> Paragraph:
    """The agency's name, which closes a posted notice."""
    return _paragraph(Role.SIGN_OFF, agency.full_name)


def roman(number: int) -> str:
    """Roman numerals for appendices (I/1-III.1b)."""
    digits = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    result = ""
    for value, letter in digits:
        while number >= value:
            result += letter
            number -= value
    return result


def _heading(name: str, role: Role, line_role: Role) -> Iterator[Paragraph]:
    """A body's name in capitals, on as many lines as it needs: even ones, the administrative unit on lines of its own.

    ``role`` is that of the last line, ``line_role`` that of those before it.
    """
    *above, last = _heading_lines(capitals(name), is_bold=role is Role.ISSUER)
    for line in above:
        yield _paragraph(line_role, line)
    yield _paragraph(role, last)


def _heading_lines(printed: str, *, is_bold: bool) -> list[str]:
    if missing(printed):  # cannot be measured; refused with the whole document
        return [printed]
    size = rules.formats(rules.BODY_SIZE)[Role.ISSUER].size.pt
    room = rules.HEAD_ROOM.pt

    def width(text: str) -> float:
        return text_width(text, size, bold=is_bold)

    if width(printed) <= room:
        return [printed]
    start = place_in(printed) if " " in printed[: place_in(printed)].strip() else 0  # UBND does not stand alone
    parts = [part for part in (printed[:start].strip(), printed[start:]) if part]
    return [line for part in parts for line in even_lines(part, room, width)]


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


def _paragraph(role: Role, text: str) -> Paragraph:
    return Paragraph(role=role, runs=text_run(text))
