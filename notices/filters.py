"""Facts in other official wordings, as filters of templates: ``{{ han_cuoi | long }}``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from itertools import accumulate, pairwise

import jinja2

from notices import wording
from notices.facts import Fact, Period
from notices.mentions.phones import national
from notices.numerals import in_words

# How the digits of a phone number are grouped to be read aloud, by how it begins; 024 and 028 are the two large cities.
_PHONE_GROUPS = (
    (("03", "05", "07", "08", "09"), (4, 3, 3)),
    (("1800", "1900"), (4, 4, 2)),
    (("024", "028"), (3, 4, 4)),
    (("02",), (4, 4, 3)),
)


class UnfitFactError(jinja2.TemplateRuntimeError):
    """A filter was given a value of another kind than those it knows."""

    def __init__(self, name: str, given: str, wanted: str) -> None:
        super().__init__(f"{name}: {given}, not {wanted}")
        self.values: dict[str, object] = {"filter": name, "given": given, "wanted": wanted}


class UnwordableError(jinja2.TemplateRuntimeError):
    """A period that is not made of whole months was asked for its months."""


def long(value: object) -> str:
    """``ngày 05 tháng 9 năm 2026``; of a period both of its days."""
    if isinstance(value, Fact) and value.period is not None:
        return f"từ {wording.written_date(value.period.from_)} đến {wording.written_date(value.period.to)}"
    return wording.written_date(_day(value, "long", also="period"))


def short(value: object) -> str:
    """``05/9/2026``; of a link the address without ``https://``."""
    link = value.link if isinstance(value, Fact) else value
    if isinstance(link, str):
        return link.removeprefix("https://").removeprefix("http://").removesuffix("/")
    return wording.short_date(_day(value, "short", also="link"))


def weekday(value: object) -> str:
    """``thứ Hai, ngày 07/9/2026``."""
    day = _day(value, "weekday")
    return f"{wording.weekday_of(day)}, ngày {wording.short_date(day)}"


def day_month(value: object) -> str:
    """``07/9``."""
    return wording.day_month(_day(value, "day_month"))


def month(value: object) -> str:
    """``tháng 9 năm 2026``."""
    return wording.month_of(_day(value, "month"))


def start(value: object) -> date:
    """The first day of a period, for another filter or as it is."""
    return _period(value, "start").from_


def end(value: object) -> date:
    """The last day of a period."""
    return _period(value, "end").to


def months(value: object) -> str:
    """``từ tháng 9 đến tháng 11 năm 2026``. Raises UnwordableError for a period of other than whole months."""
    period = _period(value, "months")
    if not wording.is_whole_months(period.from_, period.to):
        raise UnwordableError
    return wording.months_between(period.from_, period.to)


def tel(value: object) -> str:
    """``tel:+842553000100``, the address of a call (RFC 3966); 1800, 1900 and short numbers are the country's own."""
    digits = national(_phone(value, "tel"))
    return f"tel:+84{digits[1:]}" if digits.startswith("0") else f"tel:{digits}"


def spaced(value: object) -> str:
    """``0255 3000 100``: a phone number in groups that are easy to read and to say."""
    digits = national(_phone(value, "spaced"))
    sizes = next((sizes for openings, sizes in _PHONE_GROUPS if digits.startswith(openings)), (len(digits),))
    cuts = [0, *accumulate(sizes[:-1]), len(digits)]
    return " ".join(part for first, last in pairwise(cuts) if (part := digits[first:last]))


def words(value: object) -> str:
    """``ba mươi nghìn đồng`` of money, ``ba mươi nghìn`` of a number."""
    if isinstance(value, Fact) and value.money is not None:
        return f"{in_words(value.money)} đồng"
    number = value.number if isinstance(value, Fact) else value
    if isinstance(number, int) and not isinstance(number, bool):
        return in_words(number)
    raise _unfit("in_words", value, "money, number")


FILTERS: Mapping[str, Callable[[object], object]] = {
    "long": long,
    "short": short,
    "weekday": weekday,
    "day_month": day_month,
    "month": month,
    "start": start,
    "end": end,
    "months": months,
    "tel": tel,
    "spaced": spaced,
    "in_words": words,
}


def _day(value: object, name: str, *, also: str = "") -> date:
    day = value.date if isinstance(value, Fact) else value
    if isinstance(day, date):
        return day
    raise _unfit(name, value, f"date, {also}" if also else "date")


def _period(value: object, name: str) -> Period:
    period = value.period if isinstance(value, Fact) else value
    if isinstance(period, Period):
        return period
    raise _unfit(name, value, "period")


def _phone(value: object, name: str) -> str:
    phone = value.phone if isinstance(value, Fact) else value
    if isinstance(phone, str):
        return phone
    raise _unfit(name, value, "phone")


def _unfit(name: str, value: object, wanted: str) -> UnfitFactError:
    if isinstance(value, jinja2.Undefined):
        str(value)  # says which name is undefined, and raises that
    return UnfitFactError(name, value.kind if isinstance(value, Fact) else type(value).__name__, wanted)
