"""A row of the outgoing register, and what is asked and told of it."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from dataclasses import dataclass
from datetime import date, datetime

from loa.core.errors import Place
from loa.ledger.times import from_text


@dataclass(frozen=True, kw_only=True, slots=True)
class Series:
    """Numbers that run on from one paper to the next, anew each year."""

    agency: str  # what tells the body from others however its name is spelled: ``snv, sông trà``
    kind: str  # of paper; empty where all its papers share one series
    year: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Columns:
    """What the register keeps of a paper besides number, symbol, day and words; it prints all but the letterhead."""

    parent: str  # the body above, for the cover; may be empty
    body: str  # the body, as in the heading of its papers
    full_name: str  # of the body, as in running text
    title: str  # type and subject: ``Công văn phối hợp tuyên truyền …``
    signer: str
    recipients: tuple[str, ...]
    filed: str  # who keeps the filed copy: ``VT, CCHC``
    copies: int | None  # issued; None where nobody said
    letterhead: str | None = None  # SHA-256 of the Word file it was set in; empty for none, None in older rows


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """A paper as it is when it gets its number."""

    columns: Columns
    content: tuple[str, ...]  # its words, line by line


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """One paper that is to have a number."""

    series: Series
    symbol: str  # what stands behind the number: ``SNV-CCHC``
    campaign: str
    document: str
    day: date  # of issue; in the year of the series
    person: str  # who asks
    place: Place = Place()  # where a person finds the paper


@dataclass(frozen=True, kw_only=True, slots=True)
class Cancelled:
    """A number that is no longer in force, and never will be again."""

    at: datetime  # UTC
    person: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SignedOriginal:
    """The signed PDF of a paper."""

    sha256: str
    file: str  # its name when it came
    scanned: bool  # a picture of paper, whose words a person has compared
    person: str
    at: datetime  # UTC


@dataclass(frozen=True, kw_only=True, slots=True)
class Registration:
    """A row of the register."""

    id: int
    series: Series
    number: int
    symbol: str
    day: date
    campaign: str
    document: str
    paper: Paper
    own: bool  # taken from our own book; else the registry told it
    person: str
    recorded_at: datetime  # UTC
    cancelled: Cancelled | None
    signed: SignedOriginal | None  # the newest

    @property
    def mark(self) -> str:
        """Number and symbol as printed: ``05/SNV-CCHC`` (Phụ lục I, Phần I, Mục II.3)."""
        return mark_of(self.number, self.symbol)


@dataclass(frozen=True, kw_only=True, slots=True)
class LostRegistration:
    """A number of which the events tell and whose row is gone from the register."""

    mark: str
    day: date
    campaign: str
    document: str


def mark_of(number: int, symbol: str) -> str:
    """Number and symbol as printed."""
    return f"{number:02d}/{symbol}"


def to_registration(row: sqlite3.Row) -> Registration:
    """A row of the query ``registrations``."""
    columns = json.loads(row["columns"])
    cancelled = row["cancelled_at"]
    signed = row["signed_sha256"]
    return Registration(
        id=row["id"],
        series=Series(agency=row["agency"], kind=row["series"], year=row["year"]),
        number=row["number"],
        symbol=row["symbol"],
        day=date.fromisoformat(row["day"]),
        campaign=row["campaign"],
        document=row["document"],
        paper=Paper(
            columns=Columns(**columns | {"recipients": tuple(columns["recipients"])}),
            content=tuple(json.loads(row["content"])),
        ),
        own=bool(row["own"]),
        person=row["person"],
        recorded_at=from_text(row["recorded_at"]),
        cancelled=Cancelled(at=from_text(cancelled), person=row["cancelled_by"], reason=row["reason"])
        if cancelled
        else None,
        signed=SignedOriginal(
            sha256=signed,
            file=row["signed_file"],
            scanned=bool(row["scanned"]),
            person=row["signed_by"],
            at=from_text(row["attached_at"]),
        )
        if signed
        else None,
    )


def hash_of(content: str) -> str:
    """SHA-256 in hexadecimal of a long part of a row."""
    return hashlib.sha256(content.encode()).hexdigest()
