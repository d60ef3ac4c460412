"""Results in per cent: how they are written, and as the rows of a table."""

from __future__ import annotations

from collections.abc import Iterable

from notices.posters.document import Results, Row


def percent(value: float, digits: int) -> str:
    """``91.25`` → ``91,25%``, with so many digits behind the comma."""
    return f"{value:.{digits}f}%".replace(".", ",")


def digits_of(rows: Iterable[Row]) -> int:
    """Digits behind the comma that the results need: the same for all, so that they can be compared."""
    values = [value for row in rows for value in (row.now, row.before) if value is not None]
    return max(next(d for d in range(3) if round(value, d) == round(value, 2)) for value in values)


def as_rows(found: Results) -> list[tuple[str, ...]]:
    """The results as the rows of a table, the first its head."""
    has_before = any(row.before is not None for row in found.rows)
    digits = digits_of(found.rows)
    head = ("Nội dung", found.now, found.before) if has_before else ("Nội dung", found.now)
    rows = [
        (row.name, percent(row.now, digits), *((_shown(row.before, digits),) if has_before else ()))
        for row in found.rows
    ]
    return [head, *rows]


def _shown(value: float | None, digits: int) -> str:
    return "–" if value is None else percent(value, digits)
