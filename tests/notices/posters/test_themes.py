"""Colours: words can be read on every ground they may stand on."""

from __future__ import annotations

from typing import get_args

import pytest

from notices.posters.document import ThemeName
from notices.posters.themes import THEMES
from tests.notices.posters.contrast import LEAST_CONTRAST, contrast


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert contrast("#FFFFFF", "#777777") == contrast("#777777", "#FFFFFF")


@pytest.mark.parametrize("name", THEMES)
def test_every_pair_of_words_and_ground_can_be_read(name: ThemeName) -> None:
    assert {pair: contrast(*pair) for pair in THEMES[name].pairs() if contrast(*pair) < LEAST_CONTRAST} == {}


def test_every_theme_that_may_be_written_is_there() -> None:
    assert set(THEMES) == set(get_args(ThemeName))
