"""Days, months and periods in Vietnamese texts, as people write them: 15/8, tháng 9–11/2026, từ ngày 01 đến 05/9."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from notices.mentions.mention import Kind, Mention

_DAY, _MONTH, _YEAR = r"(?P<d>\d{1,2})", r"(?P<m>\d{1,2})", r"(?P<y>(?:19|20|21)\d{2})"
_SHORT_YEAR = r"(?P<short>\d\d)(?![\d/]|[.,]\d)"
_EARLIEST = 1945  # of the hundred years that a short one may mean
_IN_ALLEY = r"(?:(?<=số )|(?<=nhà )|(?<=kiệt )|(?<=hẻm )|(?<=ngõ )|(?<=ngách ))"
_TO = r"\s*(?:[-–—]|(?:cho )?(?:đến|tới)(?: hết)?)\s*"
_LEAD = r"(?P<lead>ngày|từ|đến|tới|hết|trước|sau|vào|sáng|chiều|tối|(?:thứ \w+|chủ nhật),?)"
_POINTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d)(?:ngày )?{_DAY} (?P<told>tháng) {_MONTH} năm {_YEAR}(?!\d)",
        rf"\bngày {_DAY} tháng {_MONTH}(?!\d)",
        rf"(?:\bngày )?(?<![\d/.]){_DAY}(?P<mark>[/.-]){_MONTH}(?P=mark){_YEAR}(?![\d/]|[.-]\d)",
        # a house in an alley looks the same, “12/5/34 Lê Lợi”: only behind a word that a day follows, or before a stop
        rf"\b{_LEAD} {_DAY}/{_MONTH}/{_SHORT_YEAR}",
        rf"(?<![\w/.,])(?!{_IN_ALLEY}){_DAY}/{_MONTH}/{_SHORT_YEAR}(?=\s*(?:$|[.;)–—-]|đến|tới))",
        # a fraction, “24/7” and a share look the same: only behind a word that a day follows
        rf"\b{_LEAD} (?!24/7){_DAY}/{_MONTH}(?![\d/%]|[.,]\d)",
        rf"(?<=[-–—]){_DAY}/{_MONTH}(?![\d/%]|[.,]\d)",
        rf"\b(?P<told>tháng) {_MONTH}(?:/| năm ){_YEAR}(?!\d)",
        rf"\b(?P<lead>từ|đến|tới|hết|trong|vào|đầu|cuối|giữa) tháng {_MONTH}(?![\d/]|[.,]\d)",
        rf"(?:(?<=[-–—])|(?<=[-–—] )){_MONTH}/{_YEAR}(?![\d/])",
    )
)
# What may open a period before the first point found: “từ ngày 01 đến”, “01–”, “tháng 9 –”.
_FIRST_DAY = re.compile(rf"(?:từ )?(?:ngày )?(?<![\d/.,]){_DAY}{_TO}$", re.IGNORECASE)
_FIRST_MONTH = re.compile(rf"(?:từ )?\btháng {_MONTH}{_TO}$", re.IGNORECASE)
_BETWEEN = re.compile(rf"{_TO}(?:hết )?(?:ngày )?", re.IGNORECASE)
_FROM = re.compile(r"từ (?:ngày )?$", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """A day, a month, or a day of any year, as far as a text says it; it need not exist (31/9, tháng 13)."""

    year: int = 0  # 0: not said
    month: int
    day: int = 0

    @classmethod
    def of(cls, day: date) -> Self:
        """The point that a day is."""
        return cls(year=day.year, month=day.month, day=day.day)

    @classmethod
    def read(cls, normal: str) -> Self:
        """The point whose ``str`` this is."""
        year, month, day = (int(part) for part in normal.split("-"))
        return cls(year=year, month=month, day=day)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"

    @property
    def parts(self) -> tuple[int, int, int]:
        """Year, month, day; 0 for what is not said."""
        return (self.year, self.month, self.day)

    def exists(self) -> bool:
        """Whether there is such a day or month; without a year 29 February exists."""
        try:
            date(self.year or 2000, self.month, self.day or 1)
        except ValueError:
            return False
        return True

    def says_no_other_than(self, known: Point) -> bool:
        """Whether everything it says is so of ``known``: “15/8” and “tháng 8/2023” of 15/8/2023."""
        return all(own in (0, other) for own, other in zip(self.parts, known.parts, strict=True))

    def differences(self, known: Point) -> int:
        """In how many of day, month and year it differs from ``known``, of those that both say."""
        return sum(0 not in pair and pair[0] != pair[1] for pair in zip(self.parts, known.parts, strict=True))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Found:
    start: int
    end: int
    point: Point


def points_of(mention: Mention) -> tuple[Point, ...]:
    """The day or month of a date, the two of a period."""
    return tuple(Point.read(normal) for normal in mention.normal.split(".."))


def find_dates(text: str) -> Iterator[Mention]:
    """The dates and periods in a text, in order; a day of a period is no mention of its own."""
    points = _points(text)
    index = 0
    while index < len(points):
        found = points[index]
        following = points[index + 1] if index + 1 < len(points) else None
        if following and _BETWEEN.fullmatch(text, found.end, following.start):
            yield _period(text, found, following)
            index += 2
            continue
        first = _first(text, found, points[index - 1].end if index else 0)
        if first:
            yield _period(text, first, found)
        else:
            yield _mention(text, Kind.DATE, found.start, found.end, str(found.point))
        index += 1


def _points(text: str) -> Sequence[_Found]:
    """Every day and month, the longest reading of each place."""
    kept: list[_Found] = []
    for pattern in _POINTS:
        for match in pattern.finditer(text):
            parts = match.groupdict()
            start = match.end("lead") + 1 if parts.get("lead") and parts["lead"].lower() != "ngày" else match.start()
            point = Point(year=_year(parts), month=int(parts["m"]), day=int(parts.get("d") or 0))
            is_free = all(match.end() <= other.start or start >= other.end for other in kept)
            is_month = 1 <= point.month <= (99 if "told" in parts else 12)  # “tháng 13” can mean nothing else
            if is_free and is_month and ("d" not in parts or 1 <= point.day <= 31):
                kept.append(_Found(start=start, end=match.end(), point=point))
    return sorted(kept, key=lambda found: found.start)


def _year(parts: Mapping[str, str | None]) -> int:
    """The year that a match holds: 75 is 1975, 23 is 2023; 0 for none."""
    if short := parts.get("short"):
        return _EARLIEST + (int(short) - _EARLIEST) % 100
    return int(parts.get("y") or 0)


def _first(text: str, last: _Found, least: int) -> _Found | None:
    """The bare first day or month of a period of which only the end could be read alone."""
    pattern = _FIRST_DAY if last.point.day else _FIRST_MONTH
    match = next((m for m in pattern.finditer(text[: last.start], max(least, last.start - 40))), None)
    if match is None:
        return None
    said = {"day": int(match["d"])} if last.point.day else {"month": int(match["m"])}
    point = replace(last.point, **said)
    is_before = point.parts < last.point.parts and all(said.values())
    return _Found(start=match.start(), end=match.end(), point=point) if is_before else None


def _period(text: str, first: _Found, last: _Found) -> Mention:
    """A period; a year that only one of its ends says is that of both, or the turn of the year lies between them."""
    begin, finish = first.point, last.point
    turns = (begin.month, begin.day) > (finish.month, finish.day)
    if finish.year and not begin.year:
        begin = replace(begin, year=finish.year - turns)
    elif begin.year and not finish.year:
        finish = replace(finish, year=begin.year + turns)
    opening = _FROM.search(text, 0, first.start)
    start = opening.start() if opening else first.start
    return _mention(text, Kind.PERIOD, start, last.end, f"{begin}..{finish}")


def _mention(text: str, kind: Kind, start: int, end: int, normal: str) -> Mention:
    return Mention(kind=kind, text=text[start:end], start=start, normal=normal)
