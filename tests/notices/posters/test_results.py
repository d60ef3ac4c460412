"""Results: the same digits for all, bars as long as what they say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from notices.posters.document import Results, Row
from notices.posters.pages import compose_pages
from notices.posters.results import as_rows, digits_of, percent
from notices.posters.scene import Panel, Text
from notices.posters.themes import THEMES
from tests.notices.posters.samples import RATED, RESULTS, poster


def rows(*values: float) -> list[Row]:
    return [Row(name=str(value), now=value) for value in values]


@pytest.mark.parametrize(
    ("values", "digits"), [((90, 85), 0), ((90.5, 85), 1), ((90.25, 85), 2), ((90.1, 85.05), 2), ((29.3,), 1)]
)
def test_all_results_have_as_many_digits_as_one_of_them_needs(values: tuple[float, ...], digits: int) -> None:
    assert digits_of(rows(*values)) == digits


def test_a_percentage_has_a_comma() -> None:
    assert [percent(91.25, 2), percent(90, 1), percent(100, 0)] == ["91,25%", "90,0%", "100%"]


def test_rows_say_what_is_missing() -> None:
    assert as_rows(RESULTS) == [
        ("Nội dung", "Năm 2026", "Năm 2025"),
        ("Tiếp cận dịch vụ", "90,20%", "87,10%"),
        ("Thủ tục hành chính", "92,85%", "90,00%"),
        ("Kết quả giải quyết", "95,00%", "–"),
    ]


def test_without_a_period_before_there_are_two_columns() -> None:
    alone = Results(rows=tuple(rows(90, 85)), now="Năm 2026", before="Năm 2025", as_table=True)
    assert as_rows(alone)[0] == ("Nội dung", "Năm 2026")


def test_bars_are_as_long_as_their_values_from_nought() -> None:
    [scene] = compose_pages(poster(RATED, "split"))
    bars = [item.width for item in scene.items if isinstance(item, Panel) and item.fill == THEMES["river"].accent]
    tracks = {item.width for item in scene.items if isinstance(item, Panel) and item.fill == THEMES["river"].tint}
    room = sorted(tracks)[0]
    for row in RESULTS.rows:
        assert any(width == pytest.approx(room * row.now / 100) for width in bars)


def test_a_table_shows_every_value() -> None:
    [scene] = compose_pages(poster(replace(RATED, results=replace(RESULTS, as_table=True)), "field"))
    shown = {item.text for item in scene.items if isinstance(item, Text)}
    assert {cell for row in as_rows(RESULTS)[1:] for cell in row[1:]} <= shown
    assert {"Năm 2026", "Năm 2025"} <= shown
