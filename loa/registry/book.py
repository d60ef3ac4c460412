"""The outgoing register as the decree prints it: its books, their covers and ten columns (Phụ lục IV, Mục I)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from loa.ledger.registration import Registration
from notices.document import Kind
from notices.naming import TYPE_NAMES
from notices.wording import padded_number, short_date

HEADINGS = (
    "Số, ký hiệu văn bản",
    "Ngày tháng văn bản",
    "Tên loại và trích yếu nội dung văn bản",
    "Người ký",
    "Nơi nhận văn bản",
    "Đơn vị, người nhận bản lưu",
    "Số lượng bản",
    "Ngày chuyển",
    "Ký nhận",
    "Ghi chú",
)


@dataclass(frozen=True, kw_only=True)
class Book:
    """The numbers of one series in one year, in their order; at least one."""

    registrations: tuple[Registration, ...]

    @property
    def year(self) -> int:
        """The year of its numbers."""
        return self.registrations[0].series.year

    @property
    def bodies(self) -> tuple[str, ...]:
        """Who keeps it, as the cover prints it: the body above where there is one, then the body itself."""
        columns = self.registrations[-1].paper.columns
        return tuple(name for name in (columns.parent, columns.body) if name)

    @property
    def agency(self) -> str:
        """Full name of the body, as its newest paper gives it."""
        return self.registrations[-1].paper.columns.full_name

    @property
    def kind(self) -> str:
        """The type of paper that the series is for; empty when it is for all."""
        kind = self.registrations[0].series.kind
        return TYPE_NAMES[Kind(kind)] if kind else ""

    @property
    def days(self) -> str:
        """``Từ ngày 05/01/2026 đến ngày 31/12/2026``: the first and the last day in the book."""
        days = [registration.day for registration in self.registrations]
        return f"Từ ngày {short_date(min(days))} đến ngày {short_date(max(days))}"

    @property
    def numbers(self) -> str:
        """``Từ số 01 đến số 57``."""
        first, last = self.registrations[0].number, self.registrations[-1].number
        return f"Từ số {padded_number(first)} đến số {padded_number(last)}"


def books(registrations: Iterable[Registration], year: int) -> tuple[Book, ...]:
    """The books of a year, one a series; ``registrations`` in the order of the register."""
    of_year = [registration for registration in registrations if registration.series.year == year]
    return tuple(Book(registrations=tuple(group)) for _, group in groupby(of_year, key=lambda one: one.series))


def row(registration: Registration) -> tuple[str, ...]:
    """The ten columns of a number. Ngày chuyển and Ký nhận are written by hand."""
    columns = registration.paper.columns
    return (
        registration.mark,
        short_date(registration.day),
        columns.title,
        columns.signer,
        "; ".join(columns.recipients),
        columns.filed,
        "" if columns.copies is None else str(columns.copies),
        "",
        "",
        note(registration),
    )


def note(registration: Registration) -> str:
    """What column 10 says: that the number was cancelled, why and by whom."""
    if gone := registration.cancelled:
        return f"Số đã hủy: {gone.reason} ({gone.person})"
    return ""
