"""What a campaign file says about paper: the agency, and each kind of document."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from loa.core.model import Key, Line, Model, Name, PartDay, Prose, refusal

# Kinds of document that the design names and that cannot be made yet.
DECLARED = ("report", "poster", "leaflet", "bulletin")
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


class Contact(Model):
    """How to reach an agency."""

    address: Line | None = None
    phone: Line | None = None
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


class Wording(Model):
    """Where a document's words come from: a template, with blocks replaced one by one, or the whole body."""

    template: Key | None = Field(default=None, description="Name of a shipped or own template")
    blocks: dict[str, Prose] = Field(default={}, description="Blocks of the template said in other words")
    body: Prose | None = Field(default=None, description="The whole text, instead of a template")

    @model_validator(mode="after")
    def _has_one_source(self) -> Self:
        if (self.template is None) == (self.body is None):
            raise refusal("text_source")
        if self.blocks and self.template is None:
            raise refusal("blocks_without_template")
        return self


class Dispatch(Wording):
    """Công văn (Nghị định 30/2020/NĐ-CP, Phụ lục III, Mẫu 1.5)."""

    type: Literal["dispatch"]
    size: Annotated[Literal["13", "14"], Field(description="Type size of the running text, pt")] = "14"
    unit: Annotated[Line, Field(max_length=30, pattern=SYMBOL_PATTERN)] = Field(
        description="Drafting unit in the symbol: Số: …/SNV-CCHC"
    )
    date: PartDay = Field(description="2023-09 leaves the day open for the registry")
    subject: Subject = Field(description="Trích yếu, without “V/v”")
    to: Annotated[list[Entry], Field(min_length=1, max_length=40)] = Field(description="Kính gửi")
    sign: Annotated[list[Line], Field(min_length=2, max_length=6)] = Field(
        description="As printed: lines of authority and office, then the name"
    )
    cc: Annotated[list[Entry], Field(max_length=60)] = Field(default=[], description="Nơi nhận, besides “Như trên”")
    file: Filing = Field(description="After “Lưu:”, such as VT, CCHC")
    appendices: list[Key] = Field(default=[], description="Documents of this campaign that go with it")


class Notice(Wording):
    """Thông báo niêm yết: a sheet to post, without number or signer, closed by the agency's name."""

    type: Literal["notice"]
    form: Literal["posting"]
    size: Annotated[Literal["13", "14"], Field(description="Type size of the running text, pt")] = "14"
    heading: Line = Field(description="Printed in capitals above the text")


class Appendix(Wording):
    """Phụ lục of a dispatch: its own pages, with a line that names the dispatch."""

    type: Literal["appendix"]
    title: Line = Field(description="Printed in capitals")


DocumentSpec = Annotated[Dispatch | Notice | Appendix, Field(discriminator="type")]
