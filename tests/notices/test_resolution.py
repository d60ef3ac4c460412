"""How many pixels a picture needs: fewer the further away a sheet is read."""

from __future__ import annotations

import pytest

from loa.core.errors import Place
from notices.lengths import Mm
from notices.picture import Picture
from notices.resolution import LEAST_DOTS, Print, find_coarse

HERE = Place(file="campaigns/x.yaml", line=7, column=13)
PICTURE = Picture(name="anh.jpg", media_type="image/jpeg", content=b"", width=1000, height=800)


@pytest.mark.parametrize(
    ("paper", "dots", "is_told"),
    [
        ("A4", 149.4, True),
        ("A4", 149.6, False),
        ("A3", 100, True),
        ("A2", 100, False),
        ("A2", 99, True),
        ("A1", 70, False),
        ("A1", 60, True),
        ("A5", 140, True),
    ],
)
def test_large_sheets_are_seen_from_afar_and_need_fewer_dots(paper: str, dots: float, is_told: bool) -> None:
    printed = Print(width=Mm(190).pt, height=Mm(120).pt, dots=dots)
    assert bool(list(find_coarse(PICTURE, printed, paper, HERE))) is is_told


def test_the_size_that_is_wanted_is_enough() -> None:
    for paper, least in LEAST_DOTS.items():
        for dots in (10.0, 37.5, 69.0):
            [problem] = find_coarse(PICTURE, Print(width=300, height=200, dots=dots), paper, HERE)
            wanted = int(str(problem.values["wanted"]))
            assert dots * wanted / PICTURE.width >= least
