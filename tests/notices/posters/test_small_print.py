"""Lines to fill in: as long and as far apart as a pen needs, on every layout and paper."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, product

import pytest

from notices.lengths import Mm
from notices.posters.document import LayoutName, Paper
from notices.posters.kit import Kit
from notices.posters.pages import compose_pages, frame_of
from notices.posters.room import NoRoomError
from notices.posters.scene import Dots, Scene, Text
from notices.posters.small_print import blanks
from notices.posters.themes import THEMES
from notices.posters.words import POSTED, STAFF
from tests.notices.posters.samples import GUARDED, LAYOUTS, USUAL, poster

HAND = replace(USUAL, blanks=(POSTED, STAFF))
WANTED = {"Niêm yết từ ngày": 25, "đến ngày": 25, "Cán bộ hỗ trợ": 60, "Điện thoại": 35}  # mm on A4


def lines(scene: Scene) -> dict[str, Dots]:
    """Each line to write on, by the label before it."""
    labels = [item for item in scene.items if isinstance(item, Text) and item.text in WANTED]
    dots = [item for item in scene.items if isinstance(item, Dots)]
    return {label.text: dot for label, dot in zip(labels, dots, strict=True)}


@pytest.mark.parametrize(("layout", "landscape"), list(product(LAYOUTS, (False, True))))
@pytest.mark.parametrize(("paper", "scale"), [("A4", 1.0), ("A3", 297 / 210), ("A1", 594 / 210)])
def test_a_name_and_a_date_can_be_written(layout: LayoutName, landscape: bool, paper: Paper, scale: float) -> None:
    [scene] = compose_pages(poster(HAND, layout, paper=paper, landscape=landscape))
    found = lines(scene)
    assert {label for label, dots in found.items() if dots.width < Mm(WANTED[label]).pt * scale - 0.01} == set()
    rows = sorted({round(dots.y, 2) for dots in found.values()})
    assert all(below - above >= Mm(7.5).pt * scale for above, below in pairwise(rows))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_nothing_stands_where_a_hand_writes(layout: LayoutName) -> None:
    [scene] = compose_pages(poster(GUARDED, layout))
    for dots in lines(scene).values():
        above = [item for item in scene.items if isinstance(item, Text) and dots.y - Mm(6).pt < item.y < dots.y - 0.1]
        assert [item.text for item in above if item.x < dots.x + dots.width and dots.x < item.x + item.size] == []


def test_labels_are_of_one_size() -> None:
    [scene] = compose_pages(poster(HAND, "field", landscape=True))
    assert len({item.size for item in scene.items if isinstance(item, Text) and item.text in WANTED}) == 1


def test_a_line_too_short_to_write_on_is_refused_by_its_key() -> None:
    frame = frame_of(poster(HAND))
    kit = Kit(frame=frame, words=HAND, theme=THEMES["river"], type=frame.type_at(1.0, 1.3))
    with pytest.raises(NoRoomError) as caught:
        blanks(kit, Mm(70).pt)
    assert caught.value.part == "staff"
