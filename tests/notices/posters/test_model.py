"""What an officer may write about posters."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from notices.posters.model import Leaflet, Poster


def spec(**keys: Any) -> Poster:
    return Poster.model_validate({"type": "poster", "headline": "Tiêm vắc xin sởi", **keys})


def results(**row: str) -> dict[str, object]:
    return {"rows": [{"name": "Tiếp cận dịch vụ", **row}]}


def test_a_headline_is_enough() -> None:
    plain = spec()
    assert (plain.layout, plain.theme, plain.size, plain.print) == ("field", "river", "A4", "office")
    assert plain.phone_label == "Điện thoại hỗ trợ"


@pytest.mark.parametrize(
    ("typed", "value"), [("91,25", 91.25), ("91.25", 91.25), ("91", 91), ("95 %", 95), ("0", 0), ("100", 100)]
)
def test_a_percentage_is_read_as_people_write_it(typed: str, value: float) -> None:
    found = spec(results=results(now=typed)).results
    assert found is not None
    assert found.rows[0].now == value


@pytest.mark.parametrize("typed", ["100,1", "-1", "91,255", "chín mươi", "9e1", "٩١", ""])
def test_what_is_no_percentage_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError) as caught:
        spec(results=results(now=typed))
    assert caught.value.errors()[0]["type"] == "percent"


def test_results_of_the_period_before_need_its_name() -> None:
    with pytest.raises(ValidationError) as caught:
        spec(results=results(now="91", before="90"))
    assert caught.value.errors()[0]["type"] == "results_before"


@pytest.mark.parametrize(
    "keys",
    [
        {"layout": "fancy"},
        {"theme": "emblem"},
        {"size": "A0"},
        {"points": ["một"] * 6},
        {"headline": "x" * 161},
        {"emblem": "quoc-huy.png"},
        {"posted": "maybe"},
        {"imprint": {"until": "31/02/2026"}},
        {"results": {"rows": []}},
    ],
)
def test_what_a_poster_cannot_have_is_refused(keys: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        spec(**keys)


def test_a_leaflet_has_neither_size_nor_lines_to_fill_in() -> None:
    for key in ("size", "orientation", "posted", "staff"):
        with pytest.raises(ValidationError):
            Leaflet.model_validate({"type": "leaflet", "headline": "Tờ rơi", key: "A4"})
