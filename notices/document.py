"""Document: what stands on paper, as data, without a medium.

Composing knows the words and makes this tree; writing knows a medium and reads it. Measures are in ``notices.rules``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from loa.core.errors import Problem
from notices.picture import Picture


class Kind(StrEnum):
    """What kind of paper a sheet is: it decides which components it may have."""

    DISPATCH = "dispatch"  # công văn, Mẫu 1.5
    NOTICE = "notice"  # thông báo with number and signer, Mẫu 1.4
    REPORT = "report"  # báo cáo, Mẫu 1.4
    POSTING = "posting"  # a notice to post, without number or signer
    APPENDIX = "appendix"  # phụ lục, Mẫu 2.1


class Role(StrEnum):
    """What a paragraph is; ``notices.rules`` says how each looks and by which clause."""

    PARENT = "parent"  # the body above, ô 2
    ISSUER_LINE = "issuer-line"  # a line of its name before the last
    ISSUER = "issuer"  # the issuing body, ô 2
    NATION = "nation"  # Quốc hiệu, ô 1
    MOTTO = "motto"  # Tiêu ngữ, ô 1
    NUMBER = "number"  # Số, ký hiệu, ô 3
    PLACE_DATE = "place-date"  # ô 4
    SUBJECT = "subject"  # V/v of a dispatch, ô 5b
    URGENCY = "urgency"  # KHẨN in a box, ô 10b
    CIRCULATION = "circulation"  # LƯU HÀNH NỘI BỘ in a box above the text, ô 11
    TYPE_NAME = "type-name"  # THÔNG BÁO, ô 5a
    NAMED_SUBJECT = "named-subject"  # the trích yếu below it
    TO = "to"  # Kính gửi, several below
    TO_ONE = "to-one"  # Kính gửi with its only addressee
    TO_ITEM = "to-item"
    TO_LAST = "to-last"
    BASIS = "basis"  # Căn cứ …
    BODY = "body"
    CLAUSE = "clause"  # 1.
    POINT = "point"  # a)
    DASH = "dash"  # -
    HEADING = "heading"  # I. or Điều 1.
    PART = "part"  # Phần I, Chương I, Mục 1: a line of its own
    PART_TITLE = "part-title"  # its title on the next
    CELL_HEAD = "cell-head"  # of a table
    CELL = "cell"
    FIGURE = "figure"  # the line on which a picture stands
    CAPTION = "caption"  # below a picture
    TITLE = "title"  # the capital heading of a posted notice
    SIGN_OFF = "sign-off"  # the agency's name below a posted notice
    POSTED = "posted"  # where, from when to when and by whom a notice is posted
    APPENDIX_LABEL = "appendix-label"  # Phụ lục I
    APPENDIX_TITLE = "appendix-title"
    APPENDIX_REFERENCE = "appendix-reference"  # (Kèm theo Công văn số …)
    RECIPIENTS_LABEL = "recipients-label"  # Nơi nhận:
    RECIPIENT = "recipient"
    AUTHORITY = "authority"  # KT. GIÁM ĐỐC
    SIGNER = "signer"
    NOTE = "note"  # a footnote
    CONTACT = "contact"  # address and telephone at the foot of page 1, ô 13
    SIGNING_LINE = "signing-line"  # room for the digital signature's words on a separate appendix
    PAGE_NUMBER = "page-number"
    DRAFT_MARK = "draft-mark"


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """A stretch of text in one style. ``note`` > 0 stands for the mark of that footnote of the sheet, without text."""

    text: str = ""
    bold: bool = False
    italic: bool = False
    link: str = ""  # where it leads: https://…, mailto:…
    note: int = 0
    gap: bool = False  # a blank still to be filled in


Runs = tuple[Run, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Paragraph:
    """One paragraph."""

    role: Role
    runs: Runs

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, kw_only=True, slots=True)
class Masthead:
    """The head of page 1: two columns, rules below issuer and motto, number and date on one line."""

    issuer: tuple[Paragraph, ...]
    nation: tuple[Paragraph, ...]
    number: Paragraph
    place_date: Paragraph
    subject: Paragraph | None = None
    urgency: Paragraph | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Closing:
    """The foot of a dispatch: Nơi nhận on the left, authority, room for the signature and the name on the right."""

    recipients: tuple[Paragraph, ...]
    authority: tuple[Paragraph, ...]
    signer: Paragraph


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A ruled table; its first row is the head, printed again on every page. ``aligns``: left, centre or right."""

    head: tuple[Paragraph, ...]
    rows: tuple[tuple[Paragraph, ...], ...]
    aligns: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """A picture on a line of its own; ``width`` in mm, 0 for as wide as its pixels want."""

    picture: Picture
    alt: str
    width: float = 0.0
    caption: Paragraph | None = None


Block = Paragraph | Masthead | Closing | Table | Figure


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """Pages that count from 1: the main document, or one appendix."""

    name: str  # the document's key in its campaign
    kind: Kind
    blocks: tuple[Block, ...]
    notes: tuple[Runs, ...] = ()  # footnotes, in the order of their marks
    landscape: bool = False
    circulation: Paragraph | None = None
    contact: tuple[Paragraph, ...] = ()
    signing: Paragraph | None = None  # room for the registry's signature, where the sheet is a file of its own


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """A whole paper, ready to be written to any medium."""

    name: str
    title: str  # for the properties of the file
    author: str
    sheets: tuple[Sheet, ...]
    body_size: int = 14  # pt, 13 or 14; from 18 on for a notice board
    paper: str = "A4"  # or A3, for a notice board
    is_draft: bool = False
    letterhead: Letterhead | None = None  # an office's own Word file, in the place of our layout
    apart: tuple[Document, ...] = ()  # its appendices that are files of their own

    @property
    def files(self) -> tuple[Document, ...]:
        """What is written, each a file of its own: the paper, then its appendices apart."""
        return (self, *self.apart)

    @property
    def all_sheets(self) -> tuple[Sheet, ...]:
        """The sheets of all its files, in reading order."""
        return tuple(sheet for file in self.files for sheet in file.sheets)


class Letterhead(Protocol):
    """An office's own Word file that carries documents; ``notices.letterhead`` opens them."""

    @property
    def file(self) -> str:
        """Its name, as the campaign writes it."""

    @property
    def sha256(self) -> str:
        """Of the file, in hexadecimal: what tells it from a later one of the same name."""

    def check(self, document: Document) -> list[Problem]:
        """What of the document it would leave out. Raises LoaError when it cannot carry the document at all."""

    def write(self, document: Document) -> bytes:
        """The document as DOCX in this letterhead. Raises LoaError as ``check`` does."""


# In text that is being put together: a blank that the registry still has to fill. Texts from outside never have it:
# no paper may carry characters of private use.
BLANK = "\ue000"
_BLANK_GAP = Run(text="\u00a0" * 6, gap=True)  # spaces that justified text does not stretch


def text_run(text: str) -> Runs:
    """Plain words as runs; each ``BLANK`` among them is a gap."""
    return fill_blanks((Run(text=text),))


def fill_blanks(runs: Runs) -> Runs:
    """Runs in whose text each ``BLANK`` has become a gap."""
    if not any(BLANK in run.text for run in runs):
        return runs
    return tuple(part for run in runs for part in _parted(run))


def _parted(run: Run) -> Iterator[Run]:
    """A run with its blanks as runs of their own."""
    for index, text in enumerate(run.text.split(BLANK)):
        if index:
            yield _BLANK_GAP
        if text or run.note:
            yield replace(run, text=text)
