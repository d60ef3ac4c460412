"""What a campaign file says about paper: the agency, and each kind of document."""

from __future__ import annotations

import re
from typing import Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from loa.core.model import Key, Line, Model, Name, PartDay, Prose, YesNo, refusal
from notices.document import Kind
from notices.enclosure import Enclosure
from notices.facts import Number
from notices.posters.model import Leaflet, Poster

# Kinds of document that the design names and that cannot be made yet.
DECLARED = ("bulletin",)
# Parts of number and symbol: capitals without blanks; slash and hyphen between the parts are ours (I/1-II.3).
SYMBOL_PATTERN = r"^[\p{Lu}0-9&.-]+$"

# What people type from habit and Loa prints by itself.
_SUBJECT_OPENING = re.compile(r"^(v/v|về việc)\b(?! làm\b)[\s:]*", re.IGNORECASE)
_ENTRY_OPENING = re.compile(r"^([-–]\s+|kính gửi\s*:\s*)+", re.IGNORECASE)
_ENTRY_END = re.compile(r"[\s;,.]+$")
_FILE_OPENING = re.compile(r"^([-–]\s+)?lưu\s*:\s*", re.IGNORECASE)


def _subject(line: str) -> str:
    return _SUBJECT_OPENING.sub("", line)


def _entry(line: str) -> str:
    return _ENTRY_END.sub("", _ENTRY_OPENING.sub("", line))


def _filing(line: str) -> str:
    return _FILE_OPENING.sub("", line)


def _worded(line: str) -> str:
    """Refuse a line of which nothing is left."""
    if not line:
        raise refusal("text_empty")
    return line


Subject = Annotated[Line, AfterValidator(_subject), AfterValidator(_worded)]
Entry = Annotated[Line, AfterValidator(_entry), AfterValidator(_worded)]
Filing = Annotated[Line, AfterValidator(_filing), AfterValidator(_worded)]


TypeSize = Annotated[Literal["13", "14"], Field(description="Type size of the running text, pt")]
Unit = Annotated[Line, Field(max_length=30, pattern=SYMBOL_PATTERN)]
BlockWords = Annotated[str, StringConstraints(max_length=200_000)]
WordFile = Annotated[Line, Field(description="The office's own letterhead, a .docx file of the workspace")]


class Contact(Model):
    """How to reach an agency."""

    address: Line | None = None
    phone: Line | None = None
    fax: Line | None = None
    email: Line | None = None
    website: Line | None = None


class Agency(Model):
    """A body that issues, receives or posts."""

    name: Name = Field(description="As printed in the heading: Sở Nội vụ")
    full_name: Name = Field(description="In running text: Sở Nội vụ tỉnh Sông Trà")
    parent: Name | None = Field(default=None, description="The body above, as printed in the heading")
    code: Annotated[Line, Field(max_length=30, pattern=SYMBOL_PATTERN)] = Field(
        description="In the symbol of its documents: SNV"
    )
    place: Annotated[Line, Field(max_length=60)] = Field(description="Place name in the date line")
    contact: Contact = Contact()
    units: list[Unit] = Field(default=[], description="Symbols of its units, for Lưu: CCHC, VP")


class Wording(Model):
    """Where a document's words come from: a template, with blocks replaced one by one, or the whole body."""

    kind: ClassVar[Kind]  # of paper, set by each specification
    template: Key | None = Field(default=None, description="Name of a shipped or own template")
    blocks: dict[str, BlockWords] = Field(
        default={}, description="Blocks of the template said in other words; a blank leaves one out"
    )
    body: Prose | None = Field(default=None, description="The whole text, instead of a template")

    @model_validator(mode="after")
    def _has_one_source(self) -> Self:
        if (self.template is None) == (self.body is None):
            raise refusal("text_source")
        if self.blocks and self.template is None:
            raise refusal("blocks_without_template")
        return self


class Issued(Wording):
    """What every paper that goes through the registry has: number, day, subject, signer, Nơi nhận."""

    size: TypeSize = "14"
    word: WordFile | None = None
    date: PartDay = Field(description="2023-09 leaves the day open for the registry")
    subject: Subject = Field(description="Trích yếu, without “V/v” or “Về việc”")
    urgency: Literal["khẩn", "thượng khẩn", "hỏa tốc"] | None = Field(default=None, description="Mức độ khẩn")
    circulation: Literal["lưu hành nội bộ", "xem xong trả lại"] | None = Field(
        default=None, description="Chỉ dẫn phạm vi lưu hành"
    )
    basis: Annotated[list[Entry], Field(max_length=30)] = Field(default=[], description="Căn cứ, one a line")
    sign: Annotated[list[Line], Field(min_length=2, max_length=6)] = Field(
        description="As printed: lines of authority and office, then the name"
    )
    cc: Annotated[list[Entry], Field(max_length=60)] = Field(default=[], description="Nơi nhận, besides “Như trên”")
    file: Filing = Field(description="After “Lưu:”, such as VT, CCHC")
    drafter: Annotated[Line, Field(max_length=10, pattern=SYMBOL_PATTERN)] | None = Field(
        default=None, description="Symbol of the drafter, printed after Lưu"
    )
    copies: Number | None = Field(default=None, description="Number of copies issued, printed after the drafter")
    contact: YesNo = Field(default=False, description="Print how to reach the agency on page 1")
    appendices: list[Key] = Field(default=[], description="Notices and appendices printed behind it: Phụ lục I, II, …")
    enclosures: list[Key] = Field(default=[], description="Documents that go with it as files of their own")
    medium: Literal["paper", "electronic"] = Field(
        default="paper", description="On electronic papers an appendix leaves number and date of its paper open"
    )
    appendix_files: Literal["together", "apart"] = Field(
        default="together", description="Apart: of an electronic paper, each a file that the registry signs by itself"
    )

    @model_validator(mode="after")
    def _is_electronic_where_files_are_apart(self) -> Self:
        if self.appendix_files == "apart" and self.medium != "electronic":
            raise refusal("apart_on_paper")
        return self

    @property
    def apart(self) -> list[Key]:
        """Its appendices that are files of their own."""
        return self.appendices if self.appendix_files == "apart" else []


class Dispatch(Issued):
    """Công văn (Nghị định 30/2020/NĐ-CP, Phụ lục III, Mẫu 1.5)."""

    kind: ClassVar[Kind] = Kind.DISPATCH
    type: Literal["dispatch"]
    unit: Unit = Field(description="Drafting unit in the symbol: Số: …/SNV-CCHC")
    to: Annotated[list[Entry], Field(min_length=1, max_length=40)] = Field(description="Kính gửi")


class FormalNotice(Issued):
    """Thông báo with number and signer (Mẫu 1.4)."""

    kind: ClassVar[Kind] = Kind.NOTICE
    type: Literal["notice"]
    form: Literal["formal"]


class Report(Issued):
    """Báo cáo (Mẫu 1.4); one that goes to a body above says so in Kính gửi (I/1-II.9b)."""

    kind: ClassVar[Kind] = Kind.REPORT
    type: Literal["report"]
    to: Annotated[list[Entry], Field(max_length=40)] = Field(default=[], description="Kính gửi, of a report upward")


class Notice(Wording):
    """Thông báo niêm yết: a sheet to post, without number or signer, closed by the agency's name."""

    kind: ClassVar[Kind] = Kind.POSTING
    type: Literal["notice"]
    form: Literal["posting"]
    size: TypeSize = "14"
    word: WordFile | None = None
    paper: Literal["A4", "A3"] = Field(default="A4", description="A3 is for a notice board: one page, larger type")
    heading: Line = Field(description="Printed in capitals above the text")
    posted: YesNo = Field(default=False, description="Lines to fill in by hand: posted from, to, by whom")


class Appendix(Wording):
    """Phụ lục of a dispatch: its own pages, with a line that names the dispatch."""

    kind: ClassVar[Kind] = Kind.APPENDIX
    type: Literal["appendix"]
    title: Line = Field(description="Printed in capitals")
    orientation: Literal["portrait", "landscape"] = Field(default="portrait", description="Landscape: for wide tables")


_AnyNotice = Annotated[Notice | FormalNotice, Field(discriminator="form")]
# What is in the form of the decree, and everything that a campaign can have made.
PaperSpec = Dispatch | Notice | FormalNotice | Report | Appendix
DocumentSpec = Annotated[
    Dispatch | _AnyNotice | Report | Appendix | Poster | Leaflet | Enclosure, Field(discriminator="type")
]
