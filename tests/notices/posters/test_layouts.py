"""Every layout, upright and lying, in every shape: in its margins, legible, in contrast, nothing on anything."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from notices.lengths import Mm
from notices.posters.document import LayoutName, PosterDocument, ThemeName, Words
from notices.posters.faces import CAP_HEIGHT, Weight, ink_of, width_of
from notices.posters.legibility import WALL
from notices.posters.pages import PICTURES, compose_pages, compose_picture
from notices.posters.room import NoRoomError
from notices.posters.scene import Code, Image, Panel, Rect, Scene, Shape, Text
from notices.posters.themes import WHITE
from tests.notices.posters.contrast import LEAST_CONTRAST, contrast
from tests.notices.posters.raster import picture_of
from tests.notices.posters.samples import FULL, GUARDED, LAYOUTS, RATED, SHORT, USUAL, poster

SAMPLES = {"usual": USUAL, "full": FULL, "short": SHORT}
ALL = list(product(LAYOUTS, (False, True), SAMPLES))


def inked(item: Text) -> Rect:
    """The room of a line's ink."""
    rise, hang = (share * item.size for share in ink_of(item.text, item.weight))
    return Rect(x=item.x, y=item.y - rise, width=width_of(item.text, item.weight) * item.size, height=rise + hang)


def box(item: Panel | Image) -> Rect:
    return Rect(x=item.x, y=item.y, width=item.width, height=item.height)


def bounds(item: Shape) -> Rect:
    across, down = zip(*item.points, strict=True)
    left, top = min(across), min(down)
    return Rect(x=item.x + left, y=item.y + top, width=max(across) - left, height=max(down) - top)


def texts(scene: Scene) -> list[Text]:
    return [item for item in scene.items if isinstance(item, Text)]


def grounds(scene: Scene, text: Text) -> list[str]:
    """The colours that a line stands on: the last panel below it, and rings that may cross it."""
    found = [WHITE]
    for item in scene.items:
        if item is text:
            break
        if isinstance(item, Panel) and item.fill and contains(box(item), inked(text), 0.01):
            found = [item.fill]
        elif isinstance(item, Shape) and overlap(bounds(item), inked(text)):
            found.append(item.fill)
    return found


def contains(outer: Rect, inner: Rect, slack: float) -> bool:
    return (
        outer.x - slack <= inner.x
        and outer.y - slack <= inner.y
        and inner.right <= outer.right + slack
        and inner.bottom <= outer.bottom + slack
    )


def overlap(one: Rect, other: Rect, slack: float = 0.3) -> bool:
    return (
        one.x + slack < other.right
        and other.x + slack < one.right
        and one.y + slack < other.bottom
        and other.y + slack < one.bottom
    )


def assert_sound(scene: Scene, margin: float) -> None:
    page = Rect(x=0, y=0, width=scene.width, height=scene.height)
    lines = texts(scene)
    boxes = [inked(line) for line in lines]
    for line, ink in zip(lines, boxes, strict=True):
        assert contains(page.inset(margin), ink, 0.5), f"{line.text} leaves the margins"
        assert all(contrast(line.colour, ground) >= LEAST_CONTRAST for ground in grounds(scene, line)), line
    for (one, a), (two, b) in combinations(zip(lines, boxes, strict=True), 2):
        assert not overlap(a, b), f"{one.text} lies on {two.text}"
    for code in (item for item in scene.items if isinstance(item, Code)):
        square = Rect(x=code.x, y=code.y, width=code.size, height=code.size)
        assert contains(page, square, 0.01)
        assert not any(overlap(square, ink) for ink in boxes)


@pytest.mark.parametrize(("layout", "landscape", "sample"), ALL)
def test_words_keep_their_margins_their_contrast_and_their_distance(
    layout: LayoutName, landscape: bool, sample: str
) -> None:
    themes: tuple[ThemeName, ...] = ("river", "mono")  # other themes differ from river in their colours only
    for theme in themes:
        [scene] = compose_pages(poster(SAMPLES[sample], layout, theme, landscape=landscape))
        assert_sound(scene, Mm(10).pt)


@pytest.mark.parametrize("layout", ["field", "split"])
@pytest.mark.parametrize("words", [GUARDED, RATED], ids=["guarded", "rated"])
@pytest.mark.parametrize("landscape", [False, True])
def test_so_do_those_with_a_trust_block_lines_to_fill_in_or_results(
    layout: LayoutName, words: Words, landscape: bool
) -> None:
    [scene] = compose_pages(poster(words, layout, "sun", paper="A3", landscape=landscape))
    assert_sound(scene, Mm(10).pt)


@pytest.mark.parametrize(("layout", "landscape", "sample"), ALL)
def test_no_type_is_smaller_than_its_limit_and_nothing_is_left_out(
    layout: LayoutName, landscape: bool, sample: str
) -> None:
    words = SAMPLES[sample]
    [scene] = compose_pages(poster(words, layout, landscape=landscape))
    capitals = {line.text: line.size * CAP_HEIGHT for line in texts(scene)}
    assert min(capitals.values()) >= WALL.small.pt - 0.01
    shown = " ".join(capitals)
    for point in words.points:
        assert all(word in shown for word in point.split())
        assert all(size >= WALL.body.pt - 0.01 for text, size in capitals.items() if text in point)
    if words.phone:
        assert capitals[words.phone] >= WALL.body.pt
    headline = [size for text, size in capitals.items() if text in words.headline and len(text) > 2]
    assert min(headline) >= WALL.headline.pt - 0.01
    assert max(headline) == min(headline)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_larger_paper_has_the_same_composition_scaled(layout: LayoutName) -> None:
    [small], [large] = (compose_pages(poster(layout=layout, paper=paper)) for paper in ("A3", "A1"))
    assert [line.text for line in texts(small)] == [line.text for line in texts(large)]
    for one, two in zip(texts(small), texts(large), strict=True):
        assert two.size / one.size == pytest.approx(2, rel=0.01)  # 841 mm are more than twice 420
        assert two.x / one.x == pytest.approx(2, rel=0.01)


@pytest.mark.parametrize(("layout", "landscape"), list(product(LAYOUTS, (False, True))))
def test_an_office_printer_gets_five_millimetres_of_white(layout: LayoutName, landscape: bool) -> None:
    dpi = 50
    image = picture_of(compose_pages(poster(layout=layout, landscape=landscape)), dpi).convert("L")
    edge = int(4.8 / 25.4 * dpi)
    inner = image.crop((edge, edge, image.width - edge, image.height - edge))
    whole = sum(255 - value for value in image.tobytes())
    assert sum(255 - value for value in inner.tobytes()) == whole


@pytest.mark.parametrize(("layout", "landscape"), list(product(("field", "date", "split"), (False, True))))
def test_the_plain_theme_is_black_on_white_without_large_black(layout: LayoutName, landscape: bool) -> None:
    [scene] = compose_pages(poster(layout=layout, theme="mono", landscape=landscape))
    colours = {getattr(item, key, None) for item in scene.items for key in ("fill", "colour", "edge")} - {None}
    assert colours <= {"#000000", "#FFFFFF"}
    image = picture_of(scene, 40).convert("L")
    dark = sum(1 for value in image.tobytes() if value < 128) / (image.width * image.height)
    assert dark < 0.15


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_plain_theme_has_its_logo_and_photo_in_greys(layout: LayoutName) -> None:
    [scene] = compose_pages(poster(FULL, layout, theme="mono"))
    red, green, blue = picture_of(scene, 40).convert("RGB").split()
    assert red.tobytes() == green.tobytes() == blue.tobytes()


@pytest.mark.parametrize(("layout", "shape", "sample"), list(product(LAYOUTS, PICTURES, SAMPLES)))
def test_pictures_are_composed_for_their_shape(layout: LayoutName, shape: str, sample: str) -> None:
    width, height, top, bottom = PICTURES[shape]
    scene = compose_picture(poster(SAMPLES[sample], layout), shape)
    assert scene is not None
    assert (scene.width, scene.height) == (width, height)
    assert_sound(scene, 20)
    assert all(top < line.y < height - bottom for line in texts(scene))
    assert " ".join(SAMPLES[sample].headline.split()) in " ".join(line.text for line in texts(scene))


def test_a_lying_poster_is_composed_anew_not_turned() -> None:
    [tall], [wide] = (compose_pages(poster(landscape=landscape)) for landscape in (False, True))
    headline = [line for line in texts(wide) if line.weight is Weight.BLACK and line.text in USUAL.headline]
    points = [line for line in texts(wide) if any(line.text in point for point in USUAL.points)]
    assert max(line.x + width_of(line.text, line.weight) * line.size for line in headline) < min(p.x for p in points)
    assert tall.width < tall.height


@pytest.mark.parametrize(("layout", "landscape"), list(product(("field", "date", "split"), (False, True))))
def test_the_line_above_the_headline_keeps_away_from_the_agency(layout: LayoutName, landscape: bool) -> None:
    long = "Đưa trẻ từ 9 tháng tuổi đi tiêm vắc xin sởi đủ hai mũi, đúng lịch"
    for words in (USUAL, GUARDED, replace(USUAL, headline=long), replace(GUARDED, headline=long)):
        [scene] = compose_pages(poster(words, layout, landscape=landscape))
        lines = texts(scene)
        agency = max(inked(line).bottom for line in lines if line.text in words.agency)
        kicker = min(inked(line).y for line in lines if line.text and line.text in words.kicker)
        assert kicker - agency >= Mm(7).pt


@pytest.mark.parametrize("layout", LAYOUTS)
def test_three_points_use_the_room_that_a_lying_page_has(layout: LayoutName) -> None:
    [scene] = compose_pages(poster(layout=layout, landscape=True))
    size = max(line.size for line in texts(scene) if any(line.text in point for point in USUAL.points))
    assert size > WALL.size(WALL.body) * 1.4


def test_a_lying_page_with_nothing_to_act_on_has_its_points_on_the_panel() -> None:
    [scene] = compose_pages(poster(replace(USUAL, when="", phone="", link=""), "split", landscape=True))
    points = [line for line in texts(scene) if any(line.text in point for point in USUAL.points)]
    assert min(line.x for line in points) > scene.width / 2


def test_a_story_leaves_room_for_the_buttons_of_a_telephone() -> None:
    scene = compose_picture(poster(layout="date"), "1080x1920")
    assert scene is not None
    assert min(inked(line).y for line in texts(scene)) > 170
    assert max(inked(line).bottom for line in texts(scene)) < 1920 - 250


SYLLABLES = st.sampled_from(
    ["Nghiêng", "trường,", "hưởng", "quyền", "lợi.", "ẪẬỀỖ", "ÃỤỌ", "ở", "2026", "VNeID", "ngã", "ba", "Khuỷu"]
)
PHRASE = st.lists(SYLLABLES, min_size=1, max_size=9).map(" ".join)
ANY = st.builds(
    Words,
    agency=PHRASE,
    headline=PHRASE,
    points=st.lists(PHRASE, max_size=5).map(tuple),
    kicker=st.one_of(st.just(""), PHRASE),
    when=st.one_of(st.just("15/9/2026"), st.just("01/9\u00a0– 30/11/2026"), PHRASE),
    when_label=st.just("Thời gian"),
    phone=st.sampled_from(["", "1022", "0255.3000.100"]),
    phone_label=st.just("Điện thoại"),
    link=st.sampled_from(["", "https://snv.example.gov.vn/khao-sat-2026"]),
    link_label=PHRASE,
    imprint=st.lists(PHRASE, max_size=3).map(tuple),
)


_LONG_LABEL = Words(
    agency="Sở",
    headline="Nghiêng",
    when="15/9/2026",
    when_label="Thời gian",
    phone="0255.3000.100",
    phone_label="Điện thoại",
    link="https://snv.example.gov.vn/khao-sat-2026",
    link_label="Nghiêng Nghiêng Nghiêng Nghiêng ẪẬỀỖ",
)


@example(words=_LONG_LABEL, layout="date", landscape=True)
@example(words=replace(_LONG_LABEL, phone=""), layout="date", landscape=True)
@given(words=ANY, layout=st.sampled_from(["field", "date", "split"]), landscape=st.booleans())
@settings(max_examples=25, deadline=None)
def test_any_words_are_set_soundly_or_refused(words: Words, layout: LayoutName, landscape: bool) -> None:
    theme: ThemeName = "river"
    document: PosterDocument = poster(words, layout, theme, landscape=landscape)
    try:
        [scene] = compose_pages(document)
    except NoRoomError:
        return
    assert_sound(scene, Mm(10).pt)
