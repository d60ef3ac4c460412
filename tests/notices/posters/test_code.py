"""QR codes: read back as a telephone would, from every medium, and large enough on paper."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import product

import pytest
from PIL import Image

from notices.lengths import Mm
from notices.posters.code import QUIET, code_png, code_svg, modules, squares
from notices.posters.document import LayoutName, Paper, ThemeName
from notices.posters.pages import compose_pages, compose_picture
from notices.posters.render import render_poster
from notices.posters.room import NoRoomError
from notices.posters.scene import Code, Scene
from tests.notices.posters.raster import picture_of, read_codes
from tests.notices.posters.samples import FULL, LAYOUTS, LINK, USUAL, poster

LONG = "https://snv.example.gov.vn/" + "khao-sat-muc-do-hai-long/" * 4


def code_of(scene: Scene) -> Code:
    [code] = [item for item in scene.items if isinstance(item, Code)]
    return code


def squares_of(code: Code) -> float:
    """How wide the code is without its quiet zone, pt."""
    return code.size * (1 - 2 * QUIET / len(code.rows))


@pytest.mark.parametrize(("layout", "landscape"), list(product(LAYOUTS, (False, True))))
def test_a_telephone_reads_the_code_from_a_poor_print(layout: LayoutName, landscape: bool) -> None:
    page = compose_pages(poster(FULL, layout, landscape=landscape))
    assert read_codes(picture_of(page, 72).convert("L")) == [LINK]


@pytest.mark.parametrize("theme", ["river", "sun", "mono"])
def test_the_code_is_read_on_every_ground(theme: ThemeName) -> None:
    assert read_codes(picture_of(compose_pages(poster(layout="photo", theme=theme)), 150)) == [LINK]


def test_a_leaflet_has_its_code_twice() -> None:
    page = compose_pages(poster(paper="A5", two_up=True))
    assert read_codes(picture_of(page, 150)) == [LINK, LINK]


@pytest.mark.parametrize("shape", ["1080x1350", "1080x1920"])
def test_the_code_is_read_from_a_picture(shape: str) -> None:
    png = render_poster(poster(), ["png"])[f"ap-phich-{shape}.png"]
    assert read_codes(Image.open(io.BytesIO(png))) == [LINK]


def test_the_picture_of_a_shared_link_needs_no_code() -> None:
    scene = compose_picture(poster(), "1200x630")
    assert scene is not None
    assert not [item for item in scene.items if isinstance(item, Code)]


@pytest.mark.parametrize(("paper", "link"), list(product(("A4", "A2"), (LINK, LONG))))
def test_the_code_is_at_least_25_mm_wide_and_its_squares_stay_coarse(paper: Paper, link: str) -> None:
    code = code_of(compose_pages(poster(replace(USUAL, link=link), paper=paper))[0])
    assert squares_of(code) >= Mm(25).pt
    assert code.size / len(code.rows) >= Mm(0.75).pt - 0.001


def test_a_long_link_is_read_from_a_poor_print_too() -> None:
    page = compose_pages(poster(replace(USUAL, link=LONG)))
    assert read_codes(picture_of(page, 72)) == [LONG]


def test_a_link_too_long_for_telephones_is_refused() -> None:
    with pytest.raises(NoRoomError) as caught:
        compose_pages(poster(replace(USUAL, link="https://snv.example.gov.vn/" + "a" * 400)))
    assert caught.value.part == "link"


def test_four_squares_around_the_code_are_white() -> None:
    rows = squares(LINK)
    border = [*rows[:4], *rows[-4:], *(row[:4] + row[-4:] for row in rows)]
    assert not any(any(row) for row in border)
    assert rows[4][4] == 1


def test_short_words_give_no_micro_code() -> None:
    assert modules("1022") >= 21
    assert read_codes(Image.open(io.BytesIO(code_png("1022"))).convert("L")) == ["1022"]


def test_vietnamese_words_come_back_whole() -> None:
    assert read_codes(Image.open(io.BytesIO(code_png("Ý kiến của bạn"))).convert("L")) == ["Ý kiến của bạn"]


def test_the_svg_stands_in_a_page_by_itself() -> None:
    assert code_svg(LINK).startswith("<svg")
    assert "http" not in code_svg(LINK)
