"""Lines of words: even, as large as the box, and never touching."""

from __future__ import annotations

import pytest

from notices.posters.faces import Weight, width_of
from notices.posters.room import LongWordError
from notices.posters.scene import Block, Scene, Text
from notices.posters.typeset import broken, largest, set_lines, set_text
from tests.notices.posters.raster import picture_of


def words_of(block: Block | None) -> list[str]:
    assert block is not None
    return [item.text for item in block.items if isinstance(item, Text)]


def inked_bands(block: Block) -> int:
    """How many bands of ink a block has when every row of pixels is looked at."""
    page = Scene(width=block.width + 20, height=block.height + 20, items=block.at(10, 10))
    image = picture_of(page, 144).convert("L")
    rows = [min(image.crop((0, y, image.width, y + 1)).tobytes()) < 128 for y in range(image.height)]
    return sum(1 for above, row in zip([False, *rows], rows, strict=False) if row and not above)


@pytest.mark.parametrize("weight", Weight)
def test_the_marks_of_capitals_never_touch(weight: Weight) -> None:
    block = set_lines(["ÃỤỌ", "ẪẬỀỖ", "ÃỤỌ"], 400, 60, weight, "#000000", least=1.0)
    # of each line one band or more: dots below stand apart from their letters, marks of two lines never join
    alone = sum(inked_bands(set_lines([text], 400, 60, weight, "#000000")) for text in ("ÃỤỌ", "ẪẬỀỖ", "ÃỤỌ"))
    assert inked_bands(block) == alone


@pytest.mark.parametrize("weight", Weight)
def test_a_block_is_as_high_as_its_ink(weight: Weight) -> None:
    block = set_lines(["ẪẬ", "ỤỌ"], 300, 60, weight, "#000000")
    image = picture_of(Scene(width=300, height=block.height + 40, items=block.at(0, 20)), 72).convert("L")
    inked = [y for y in range(image.height) if min(image.crop((0, y, 300, y + 1)).tobytes()) < 128]
    assert inked[0] == pytest.approx(20, abs=2)
    assert inked[-1] == pytest.approx(20 + block.height, abs=2)


@pytest.mark.parametrize(
    ("text", "size", "lines"),
    [
        ("Miễn phí", 20, ["Miễn phí"]),
        ("Thông tin được giữ kín", 30, ["Thông tin", "được giữ kín"]),
        ("một hai ba bốn năm sáu", 36, ["một hai ba", "bốn năm sáu"]),
        ("Trả lời tại nhà, qua mạng", 30, ["Trả lời tại nhà,", "qua mạng"]),
        ("01/12\u00a0– 31/01", 90, ["01/12\u00a0–", "31/01"]),
    ],
)
def test_lines_are_even_and_end_where_a_reader_pauses(text: str, size: float, lines: list[str]) -> None:
    assert broken(text, 240, size, Weight.SEMIBOLD) == lines


def test_a_word_longer_than_its_line_is_refused() -> None:
    with pytest.raises(LongWordError) as caught:
        set_text("xem https://mot-dia-chi-rat-dai.example.gov.vn/khong-ngat", 150, 20, Weight.REGULAR, "#000000")
    assert caught.value.word.startswith("https://")


def test_the_largest_size_fills_the_box_and_no_more() -> None:
    text = "Ý kiến của bạn, dịch vụ tốt hơn"
    block = largest(text, 500, 300, Weight.BLACK, "#000000", most=500, least_size=10)
    assert block is not None
    longest = max(width_of(i.text, i.weight) * i.size for i in block.items if isinstance(i, Text))
    assert longest <= 500.01
    assert block.height <= 300.01
    assert longest > 495 or block.height > 295


def test_a_headline_ends_its_lines_at_the_comma() -> None:
    text = "Ý kiến của bạn, dịch vụ tốt hơn"
    block = largest(text, 500, 300, Weight.BLACK, "#000000", most=500, least_size=10, is_graceful=True)
    assert words_of(block) == ["Ý kiến của bạn,", "dịch vụ tốt hơn"]


@pytest.mark.parametrize(("width", "height"), [(60, 400), (500, 30)])
def test_what_does_not_fit_at_the_least_size_is_not_set(width: float, height: float) -> None:
    assert largest("Nghiêng mình", width, height, Weight.BLACK, "#000000", most=90, least_size=40) is None


def test_the_least_size_is_never_passed() -> None:
    block = largest("một hai ba bốn", 200, 200, Weight.BOLD, "#000000", most=30, least_size=25)
    assert block is not None
    assert all(25 <= item.size <= 30 for item in block.items if isinstance(item, Text))
