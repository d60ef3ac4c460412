"""The components of a paper, each with its words in the order and spelling of the decree (Phụ lục I, Phần I)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from loa.core.model import OpenDate
from notices import rules
from notices.balance import even_lines
from notices.context import Context
from notices.document import Closing, Masthead, Paragraph, Role, Run, Runs, text_run
from notices.fonts import missing, text_width
from notices.model import Agency, Dispatch, DocumentSpec, FormalNotice, Issued, Notice, Report
from notices.naming import TYPE_NAMES, about, symbol_of, title_of
from notices.receiver import Receiver
from notices.wording import DAY_GAP, NUMBER_GAP, capitals, long_date, padded_number, place_in

_FIXED = "\u00a0"  # a space that neither breaks nor joins
# How an address begins: small inside a sentence.
_INSIDE = re.compile(r"^(Số|Đường|Thôn|Tổ|Khu|Ấp|Xóm|Tầng|Phòng|Nhà)\b")


def masthead(name: str, spec: Issued, context: Context) -> Masthead:
    """The head of a paper: issuer, Quốc hiệu, number, place and date; V/v of a dispatch; a mark of urgency."""
    agency = context.agency
    parent = _heading(agency.parent, Role.PARENT, Role.PARENT) if agency.parent else ()
    return Masthead(
        issuer=(*parent, *_heading(agency.name, Role.ISSUER, Role.ISSUER_LINE)),
        nation=(_paragraph(Role.NATION, rules.NATION), _paragraph(Role.MOTTO, rules.MOTTO)),
        number=Paragraph(role=Role.NUMBER, runs=(Run(text="Số: "), *_symbol(name, spec, context))),
        place_date=Paragraph(
            role=Role.PLACE_DATE, runs=(Run(text=f"{agency.place}, "), *_date(_date_of(name, spec, context)))
        ),
        subject=_paragraph(Role.SUBJECT, f"V/v {spec.subject}") if isinstance(spec, Dispatch) else None,
        urgency=_paragraph(Role.URGENCY, capitals(spec.urgency)) if spec.urgency else None,
    )


def named_title(spec: FormalNotice | Report) -> Iterator[Paragraph]:
    """Name of the type in capitals, trích yếu in bold below it (I/1-II.5b)."""
    yield _paragraph(Role.TYPE_NAME, capitals(TYPE_NAMES[spec.kind]))
    yield _paragraph(Role.NAMED_SUBJECT, about(spec.subject, capital=True))


def circulation(spec: Issued) -> Paragraph | None:
    """The mark of restricted circulation, above the text (I/1-III.2c)."""
    return _paragraph(Role.CIRCULATION, capitals(spec.circulation)) if spec.circulation else None


def contact_lines(spec: Issued, agency: Agency) -> tuple[Paragraph, ...]:
    """How to reach the agency, at the foot of page 1 (I/1-III.4): address; telephone, fax; e-mail, website."""
    if not spec.contact:
        return ()
    given = agency.contact
    address = [given.address] if given.address else []
    phones = [f"{name}: {value}" for name, value in (("ĐT", given.phone), ("Fax", given.fax)) if value]
    online = [f"{name}: {value}" for name, value in (("E-Mail", given.email), ("Website", given.website)) if value]
    return tuple(_paragraph(Role.CONTACT, ", ".join(line)) for line in (address, phones, online) if line)


def basis_lines(spec: Issued) -> Iterator[Paragraph]:
    """Căn cứ: each on its own line, closed by ``;``, the last one by ``.`` (I/1-II.6a)."""
    for index, line in enumerate(spec.basis):
        yield _paragraph(Role.BASIS, f"{line}{'.' if index == len(spec.basis) - 1 else ';'}")


def addressees(to: Sequence[str]) -> Iterator[Paragraph]:
    """Kính gửi: one on the same line; several below, with dashes, the last one closed by a period (I/1-II.9d)."""
    if not to:
        return
    if len(to) == 1:
        yield _paragraph(Role.TO_ONE, f"Kính gửi: {to[0]}")
        return
    yield _paragraph(Role.TO, "Kính gửi:")
    for index, name in enumerate(to):
        is_last = index == len(to) - 1
        yield _paragraph(Role.TO_LAST if is_last else Role.TO_ITEM, f"- {name}{'.' if is_last else ';'}")


def closing(spec: Issued) -> Closing:
    """Nơi nhận with “Như trên” first where there is a Kính gửi, and Lưu last (I/1-II.9d), beside the signer (7)."""
    copies = list(spec.cc)
    has_addressees = isinstance(spec, Dispatch | Report) and bool(spec.to)
    if has_addressees and not (copies and copies[0].startswith("Như trên")):
        copies.insert(0, "Như trên")
    lines = [f"- {copy};" for copy in copies] + [f"- Lưu: {_filing(spec)}"]
    return Closing(
        recipients=(
            _paragraph(Role.RECIPIENTS_LABEL, "Nơi nhận:"),
            *(_paragraph(Role.RECIPIENT, line) for line in lines),
        ),
        authority=tuple(_paragraph(Role.AUTHORITY, capitals(line)) for line in spec.sign[:-1]),
        signer=_paragraph(Role.SIGNER, spec.sign[-1]),
    )


def _filing(spec: Issued) -> str:
    """``VT, CCHC.``, and behind it the drafter's symbol and the number of copies issued: ``PL.(300)`` (ô 12)."""
    filed = f"{spec.file.removesuffix('.')}."
    if not spec.drafter:
        return filed
    return f"{filed} {spec.drafter}.({spec.copies})" if spec.copies else f"{filed} {spec.drafter}"


def appendix_reference(name: str, spec: Issued, context: Context) -> Runs:
    """The line that ties an appendix to its paper; electronic ones leave number and date open (I/1-III.1c)."""
    start, end = f"(Kèm theo {TYPE_NAMES[spec.kind]} số{_FIXED}", f" của {context.agency.name})"
    if spec.medium == "electronic":
        number = f"{NUMBER_GAP}/{symbol_of(spec, context.agency)}".replace(" ", _FIXED)
        date = f"ngày {DAY_GAP} tháng {DAY_GAP} năm {_date_of(name, spec, context).year}".replace(" ", _FIXED)
        return text_run(f"{start}{number} {date}{end}")
    when = _date_of(name, spec, context)
    return (Run(text=start), *_held(_symbol(name, spec, context)), Run(text=" "), *_held(_date(when)), Run(text=end))


def _held(runs: Runs) -> Runs:
    """The runs on one line: no-break spaces are never joined into one, and hold each blank to the words around it."""
    return tuple(replace(run, text=run.text.replace(" ", _FIXED)) for run in runs)


def appendix_title(spec: DocumentSpec, label: str) -> str:
    """What lists and file properties call an appendix that is a file of its own: “Phụ lục I: Danh sách”."""
    return f"{label}: {title_of(spec)}"


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


def signing_line() -> Paragraph:
    """Room for what the registry's signature says of itself on a file of its own (I/1-II.8b): we draw no signature."""
    return Paragraph(role=Role.SIGNING_LINE, runs=())


def notice_heading(spec: Notice) -> Paragraph:
    """The heading of a posted notice."""
    return _paragraph(Role.TITLE, capitals(spec.heading))


def sign_off(agency: Agency) -> Paragraph:
    """The agency's name, which closes a posted notice."""
    return _paragraph(Role.SIGN_OFF, agency.full_name)


def posted_lines(spec: Notice) -> Iterator[Paragraph]:
    """Lines to fill in by hand where a notice is posted."""
    if spec.posted:
        yield _paragraph(Role.POSTED, rules.POSTED_FROM)
        yield _paragraph(Role.POSTED, rules.POSTED_BY)


def posted_at(host: Receiver | None) -> Iterator[Paragraph]:
    """Where this copy hangs, when that place is open and how to reach it; nothing on a copy for no one."""
    if host is None:
        return
    reached = ", ".join(line for line in (host.contact.phone, host.contact.email) if line)
    address = _INSIDE.sub(lambda found: found[0].lower(), host.contact.address or "")
    parts = (
        f"Niêm yết tại: {', '.join(line for line in (host.full_name, address) if line)}",
        f"giờ làm việc: {host.hours}" if host.hours else "",
        f"liên hệ: {reached}" if reached else "",
    )
    yield _paragraph(Role.POSTED, f"{'; '.join(part for part in parts if part)}.")


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


def _symbol(name: str, spec: Issued, context: Context) -> Runs:
    """``05/SNV-CCHC``, or a gap for the number (I/1-II.3)."""
    issue = context.issues.get(name)
    number = Run(text=padded_number(issue.number)) if issue else Run(text=NUMBER_GAP, gap=True)
    return (number, Run(text=f"/{symbol_of(spec, context.agency)}"))


def _date_of(name: str, spec: Issued, context: Context) -> OpenDate:
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
