"""Results: the same digits for all, bars as long as what they say."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from notices.posters.document import LayoutName, Results, Row
from notices.posters.faces import ink_of, width_of
from notices.posters.pages import compose_pages
from notices.posters.results import as_rows, digits_of, percent
from notices.posters.scene import Panel, Text
from notices.posters.themes import THEMES
from tests.notices.posters.samples import LAYOUTS, RATED, RESULTS, poster


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


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("landscape", [False, True])
def test_a_name_never_touches_the_value(layout: LayoutName, landscape: bool) -> None:
    long = "Tiếp nhận, xử lý góp ý, phản ánh, kiến nghị của người dân"
    found = replace(RESULTS, rows=(Row(name=long, now=85.2, before=83.4), *RESULTS.rows))
    [scene] = compose_pages(poster(replace(RATED, results=found), layout, paper="A3", landscape=landscape))
    shown = [item for item in scene.items if isinstance(item, Text)]
    values = [item for item in shown if item.text.endswith("%") and item.text != RATED.hero]
    names = [item for item in shown if any(item.text in row.name for row in found.rows)]
    assert max(name.x + width_of(name.text, name.weight) * name.size for name in names) < min(v.x for v in values)
    for one, two in pairwise(sorted(values, key=lambda item: item.y)):
        assert two.y - ink_of(two.text, two.weight)[0] * two.size > one.y + ink_of(one.text, one.weight)[1] * one.size


def test_needless_digits_are_not_shown_and_all_values_show_as_many() -> None:
    for typed, shown in (((100.0,), ["100%"]), ((85.5,), ["85,5%"]), ((100.0, 85.5), ["100,0%", "85,5%"])):
        found = Results(rows=tuple(rows(*typed)), now="Năm 2026", before="", as_table=False)
        assert [row[1] for row in as_rows(found)[1:]] == shown


def test_a_table_shows_every_value() -> None:
    [scene] = compose_pages(poster(replace(RATED, results=replace(RESULTS, as_table=True)), "field"))
    shown = {item.text for item in scene.items if isinstance(item, Text)}
    assert {cell for row in as_rows(RESULTS)[1:] for cell in row[1:]} <= shown
    assert {"Năm 2026", "Năm 2025"} <= shown
