"""What a document offers to a Word template: its components under names that officers type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from loa.core.errors import Severity
from notices.document import Closing, Document, Figure, Masthead, Paragraph, Role, Runs, Sheet, Table

BODY = "noi_dung"
# Characters of the private area, which no text may hold: they mark places in the filled file for ``finish.py``.
GAP_BEGINS, GAP_ENDS, NEW_PARAGRAPH, BODY_MARK = "\ue000", "\ue001", "\ue002", "\ue003"

# Every name, and how grave it is when the document has such a component and the template has no place for it.
# What rarely changes in an office may stand in its letterhead as a picture: a person looks.
NAMES: Mapping[str, Severity] = {
    "co_quan_chu_quan": Severity.WARNING,
    "co_quan": Severity.WARNING,
    "so": Severity.BREACH,
    "ky_hieu": Severity.WARNING,
    "dia_danh": Severity.WARNING,
    "ngay_thang": Severity.BREACH,
    "do_khan": Severity.BREACH,
    "luu_hanh": Severity.BREACH,
    "ten_loai": Severity.WARNING,
    "trich_yeu": Severity.BREACH,
    "tieu_de": Severity.BREACH,
    "kinh_gui": Severity.BREACH,
    "can_cu": Severity.BREACH,
    BODY: Severity.BREACH,
    "noi_nhan": Severity.BREACH,
    "quyen_han": Severity.BREACH,
    "nguoi_ky": Severity.BREACH,
    "ten_co_quan": Severity.WARNING,
    "niem_yet": Severity.BREACH,
    "lien_he": Severity.WARNING,
}
# What surrounds the text; everything else of a sheet is its text.
_AROUND = {Role.TYPE_NAME, Role.NAMED_SUBJECT, Role.TO, Role.TO_ONE, Role.TO_ITEM, Role.TO_LAST, Role.BASIS}
_AROUND |= {Role.TITLE, Role.SIGN_OFF, Role.POSTED}


@dataclass(frozen=True, kw_only=True)
class Lines:
    """Several lines: ``{{ noi_nhan }}`` prints them as the decree wants them, ``{% for %}`` goes through the words."""

    words: tuple[str, ...]
    printed: tuple[str, ...]

    def __iter__(self) -> Iterator[str]:
        return iter(self.words)

    def __len__(self) -> int:
        return len(self.words)

    def __str__(self) -> str:
        """A single line stands where it is asked for; several, or one with a dash, have a paragraph each."""
        if len(self.printed) == 1 and not self.printed[0].startswith("-"):
            return self.printed[0]
        return "".join(f"{NEW_PARAGRAPH}{line}" for line in self.printed)


Value = str | Lines


def offered_values(document: Document) -> dict[str, Value]:
    """Each of ``NAMES`` with what the document's first sheet has of it; empty where it has nothing."""
    sheet = document.sheets[0]
    values: dict[str, Value] = dict.fromkeys(NAMES, "")
    values |= {
        "ten_loai": _line(sheet, Role.TYPE_NAME),
        "trich_yeu": _line(sheet, Role.NAMED_SUBJECT),
        "tieu_de": _line(sheet, Role.TITLE),
        "kinh_gui": _listed(_of(sheet, Role.TO_ONE, Role.TO_ITEM, Role.TO_LAST), "Kính gửi: "),
        "can_cu": _listed(_of(sheet, Role.BASIS)),
        "ten_co_quan": _line(sheet, Role.SIGN_OFF),
        "niem_yet": _listed(_of(sheet, Role.POSTED)),
        "lien_he": _listed(sheet.contact),
        "luu_hanh": _words(sheet.circulation.runs) if sheet.circulation else "",
        BODY: BODY_MARK if body_blocks(sheet) else "",
    }
    for block in sheet.blocks:
        if isinstance(block, Masthead):
            values |= _of_masthead(block)
        elif isinstance(block, Closing):
            values |= _of_closing(block)
    return values


def body_blocks(sheet: Sheet) -> tuple[Paragraph | Table | Figure, ...]:
    """The running text of a sheet, without what stands around it."""
    return tuple(
        block
        for block in sheet.blocks
        if isinstance(block, Table | Figure) or (isinstance(block, Paragraph) and block.role not in _AROUND)
    )


def _of_masthead(head: Masthead) -> dict[str, Value]:
    number, _, symbol = _words(head.number.runs).removeprefix("Số: ").partition("/")
    place, _, date = _words(head.place_date.runs).partition(", ")
    values: dict[str, Value] = {
        "co_quan_chu_quan": " ".join(p.text for p in head.issuer if p.role is Role.PARENT),
        "co_quan": " ".join(p.text for p in head.issuer if p.role is not Role.PARENT),
        "so": number,
        "ky_hieu": symbol,
        "dia_danh": place,
        "ngay_thang": date,
        "do_khan": _words(head.urgency.runs) if head.urgency else "",
    }
    if head.subject:
        values["trich_yeu"] = _words(head.subject.runs).removeprefix("V/v ")
    return values


def _of_closing(foot: Closing) -> dict[str, Value]:
    return {
        "noi_nhan": _listed(p for p in foot.recipients if p.role is Role.RECIPIENT),
        "quyen_han": _listed(foot.authority),
        "nguoi_ky": _words(foot.signer.runs),
    }


def _of(sheet: Sheet, *roles: Role) -> Iterator[Paragraph]:
    return (block for block in sheet.blocks if isinstance(block, Paragraph) and block.role in roles)


def _line(sheet: Sheet, role: Role) -> str:
    return " ".join(_words(paragraph.runs) for paragraph in _of(sheet, role))


def _listed(paragraphs: Iterable[Paragraph], label: str = "") -> Lines:
    """The paragraphs as printed, and their words without dash and closing mark; ``label`` is left to the template."""
    printed = tuple(_words(paragraph.runs).removeprefix(label) for paragraph in paragraphs)
    return Lines(words=tuple(line.removeprefix("- ").rstrip(";.") for line in printed), printed=printed)


def _words(runs: Runs) -> str:
    """The text, its open blanks marked."""
    return "".join(f"{GAP_BEGINS}{run.text}{GAP_ENDS}" if run.gap else run.text for run in runs)
