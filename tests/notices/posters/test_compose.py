"""A campaign file's poster: facts in every text, mistakes at their places, a draft while its dispatch has no number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from PIL import Image

from loa.core.errors import LoaError, Problem, Severity
from loa.core.words import catalogue
from loa.planning.check import check_campaign
from loa.planning.workspace import Workspace
from notices.compose import compose
from notices.composed import Composed
from notices.context import Context, Issue
from notices.posters.compose import compose_poster
from notices.posters.document import PosterDocument
from notices.posters.model import Leaflet, Poster
from notices.posters.words import POSTED, STAFF, shown_dates
from notices.receiver import Receiver
from notices.render import render
from tests.notices.posters.samples import PHOTO
from tests.planning.office import CAMPAIGN, NAME, changed, open_office

POSTER = """\
  ap-phich:
    type: poster
    kicker: Khảo sát mức độ hài lòng năm {{ nam }}
    headline: Ý kiến của bạn, dịch vụ tốt hơn
    points:
      - Trả lời 10 câu hỏi trong 5 phút
      - Gọi {{ dien_thoai.label }}
    when: "{{ ky }}"
    phone: "{{ dien_thoai }}"
    link: https://snv.example.gov.vn/khao-sat
"""
PERIOD = "  ky:\n    period:\n      from: 2026-09-01\n      to: 2026-11-30\n"
NARROW = "    layout: split\n    orientation: landscape"
POINTS = "    points:\n      - Trả lời 10 câu hỏi trong 5 phút\n"
LONG_POINTS = "    orientation: landscape\n    points:\n" + f"      - {'nghiêng ' * 18}hết\n" * 4


def office(folder: Path, poster: str = POSTER) -> Workspace:
    campaign = changed(CAMPAIGN, "documents:\n", PERIOD + "documents:\n")
    campaign = changed(campaign, "announcements:\n", poster + "announcements:\n")
    return open_office(folder, campaign=campaign)


def context(place: Workspace, *, issue: Issue | None = None) -> Context:
    found = place.context(place.campaign(NAME))
    return replace(found, issues={"cong-van": issue}) if issue else found


def composed(place: Workspace, *, issue: Issue | None = None) -> Composed[PosterDocument]:
    return cast(Composed[PosterDocument], compose("ap-phich", context(place, issue=issue)))


def refused(folder: Path, poster: str) -> Sequence[Problem]:
    place = office(folder, poster)
    with pytest.raises(LoaError) as caught:
        composed(place)
    for problem in caught.value.problems:
        assert catalogue("vi").problem(problem)  # its sentence can be filled
        assert catalogue("en").problem(problem)
    return caught.value.problems


def test_facts_stand_in_every_text(tmp_path: Path) -> None:
    words = composed(office(tmp_path)).document.words
    assert words.kicker == "Khảo sát mức độ hài lòng năm 2026"
    assert words.points[1] == "Gọi Phòng Cải cách hành chính"
    assert words.when == "01/9\u00a0– 30/11/2026"
    assert words.phone == "0255.3000.100"
    assert (words.parent, words.agency) == ("UBND tỉnh Sông Trà", "Sở Nội vụ")
    assert words.imprint == ("Sở Nội vụ tỉnh Sông Trà",)


def test_a_poster_in_order_gives_no_problem(tmp_path: Path) -> None:
    found = composed(office(tmp_path))
    assert found.problems == ()
    assert not found.document.is_draft


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("từ ngày 01/9/2026 đến ngày 30/11/2026", "01/9\u00a0– 30/11/2026"),
        ("từ ngày 01/12/2026 đến ngày 31/01/2027", "01/12/2026\u00a0– 31/01/2027"),
        ("15/9/2026", "15/9/2026"),
        ("sáng thứ Bảy", "Sáng thứ Bảy"),
        ("từ ngày 01/9/2026 đến ngày 30/11/2026, trừ lễ", "Từ ngày 01/9/2026 đến ngày 30/11/2026, trừ lễ"),
    ],
)
def test_a_period_is_said_shortly(text: str, shown: str) -> None:
    assert shown_dates(text) == shown


IMPRINT = POSTER + "    imprint:\n      dispatch: cong-van\n      version: 2\n      until: 30/11/2026\n"


def test_without_the_number_of_its_dispatch_a_poster_is_a_draft(tmp_path: Path) -> None:
    found = composed(office(tmp_path, IMPRINT))
    [gap] = found.problems
    assert (gap.key, gap.severity, gap.place.part) == (
        "poster.no_number",
        Severity.GAP,
        "documents.ap-phich.imprint.dispatch",
    )
    assert found.document.is_draft
    assert found.document.words.draft == "DỰ THẢO"
    assert "Kèm theo văn bản số ……/SNV-CCHC" in found.document.words.imprint


def test_number_version_and_last_day_stand_in_the_imprint(tmp_path: Path) -> None:
    found = composed(office(tmp_path, IMPRINT), issue=Issue(number=5, day=date(2026, 9, 3)))
    assert found.document.words.imprint == (
        "Sở Nội vụ tỉnh Sông Trà",
        "Kèm theo văn bản số 05/SNV-CCHC ngày 03/9/2026",
        "Bản 2",
        "Gỡ sau ngày 30/11/2026",
    )
    assert found.document.words.draft == ""
    assert found.problems == ()


def test_lines_to_fill_in_and_the_trust_block_come_on_demand(tmp_path: Path) -> None:
    trust = "    trust:\n      know:\n        - Khảo sát viên đeo thẻ\n      caller: 0255.3000.123\n"
    words = composed(office(tmp_path, POSTER + "    posted: có\n    staff: có\n    size: A3\n" + trust)).document.words
    assert words.blanks == (POSTED, STAFF)
    assert words.trust is not None
    assert words.trust.lines == (
        "Khảo sát viên đeo thẻ",
        "Số gọi đến: 0255.3000.123",
        "Không thu tiền; không hỏi mã OTP, mật khẩu.",
    )


def test_pictures_come_from_the_workspace(tmp_path: Path) -> None:
    place = office(tmp_path, POSTER + "    layout: photo\n    photo: anh/cho.png\n    logo: anh/cho.png\n")
    (tmp_path / "anh").mkdir()
    (tmp_path / "anh" / "cho.png").write_bytes(PHOTO.content)
    words = composed(place).document.words
    assert words.photo is not None
    assert words.logo is not None
    assert words.photo.width == PHOTO.width


@pytest.mark.parametrize(
    ("old", "new", "key", "part", "line"),
    [
        ('"{{ dien_thoai }}"', "liên hệ văn phòng", "model.phone_form", "phone", 9),
        ("https://snv.example.gov.vn/khao-sat", "snv.example.gov.vn", "model.link_form", "link", 10),
        ("https://snv.example.gov.vn/khao-sat", f"https://{'a' * 300}.vn", "poster.long_link", "link", 10),
        ('"{{ dien_thoai }}"', f"0255 3000 100 0255 300012\n{NARROW}", "poster.long_phone", "phone", 9),
        ("Trả lời 10 câu hỏi", "Trả lời → 10 câu hỏi", "text.no_glyph", "", 1),
        ("Trả lời 10 câu hỏi", "Trả lời {{ so_cau }} câu hỏi", "template.undefined", "points.0", 6),
        (POINTS, LONG_POINTS, "poster.small_paper", "points", 7),
        ("Trả lời 10 câu hỏi", "https://snv.example.gov.vn/" + "a" * 90, "poster.long_word", "", 1),
        ("Ý kiến của bạn, dịch vụ tốt hơn", "\"{{ '' }}\"", "text.empty", "headline", 4),
        ("type: poster", "type: poster\n    layout: photo", "poster.no_photo", "layout", 3),
        ('    when: "{{ ky }}"\n', "    layout: date\n", "poster.no_hero", "layout", 8),
        ("type: poster", "type: poster\n    logo: khong-co.png", "picture.missing", "logo", 3),
        ("type: poster", "type: poster\n    logo: ../ngoai.png", "picture.outside", "logo", 3),
        ("    link", "    imprint:\n      dispatch: thong-bao\n    link", "poster.no_dispatch", "imprint.dispatch", 11),
    ],
)  # fmt: skip
def test_a_mistake_is_told_at_its_place(tmp_path: Path, old: str, new: str, key: str, part: str, line: int) -> None:
    [problem] = refused(tmp_path, changed(POSTER, old, new))
    assert problem.key == key
    assert problem.place.part == ".".join(("documents", "ap-phich", *([part] if part else [])))
    start = (tmp_path / "campaigns" / f"{NAME}.yaml").read_text().splitlines().index("  ap-phich:")
    assert problem.place.line - start == line or not part


def test_more_than_sixty_words_are_warned_of(tmp_path: Path) -> None:
    many = "\n".join(f"      - Ý thứ {n} nói thêm một điều mà ai cũng đã biết từ trước" for n in range(4))
    [problem] = composed(office(tmp_path, POSTER.replace("    when", f"{many}\n    when").replace(
        "      - Gọi {{ dien_thoai.label }}\n", "") + "    size: A3\n")).problems  # fmt: skip
    assert (problem.key, problem.severity) == ("poster.wordy", Severity.WARNING)
    assert problem.values["count"] == 4 * 14 + 3 * 8 + 3 + 1


def test_about_forty_words_are_welcome(tmp_path: Path) -> None:
    assert composed(office(tmp_path)).problems == ()


def test_a_picture_that_cannot_be_made_is_told_and_left_out(tmp_path: Path) -> None:
    long_word = changed(POSTER, "dịch vụ tốt hơn", "khao-sat-muc-do-hai-long-nam-2026") + "    size: A1\n"
    found = composed(office(tmp_path, long_word))
    assert [(p.key, p.severity, p.values["shape"]) for p in found.problems] == [
        ("poster.no_picture", Severity.WARNING, "1200x630")
    ]
    made = render(found.document, ["png"])
    assert "ap-phich-1080x1350.png" in made
    assert "ap-phich-1200x630.png" not in made


def test_a_photo_in_black_and_white_is_warned_of(tmp_path: Path) -> None:
    Image.new("RGB", (2400, 1600), "#7AA7C7").save(tmp_path / "cho.png")
    place = office(tmp_path, POSTER + "    layout: photo\n    photo: cho.png\n    theme: mono\n")
    assert [problem.key for problem in composed(place).problems] == ["poster.grey_photo"]


@pytest.mark.parametrize(("size", "told"), [("A4", []), ("A3", ["photo"]), ("A1", ["photo"])])
def test_a_photo_of_too_few_pixels_for_its_paper_is_warned_of(tmp_path: Path, size: str, told: list[str]) -> None:
    Image.new("RGB", (1500, 800), "#7AA7C7").save(tmp_path / "cho.png")
    place = office(tmp_path, POSTER + f"    layout: photo\n    photo: cho.png\n    logo: cho.png\n    size: {size}\n")
    found = [problem for problem in composed(place).problems if problem.key == "picture.coarse"]
    assert [problem.place.part for problem in found] == [f"documents.ap-phich.{part}" for part in told]
    assert all(problem.severity is Severity.WARNING for problem in found)
    assert all(problem.values["pixels"] == "1500 × 800" for problem in found)


def test_a_coarse_logo_of_a_leaflet_is_told_once(tmp_path: Path) -> None:
    Image.new("RGB", (20, 20), "#7AA7C7").save(tmp_path / "dau.png")
    leaflet = changed(POSTER, "type: poster", "type: leaflet") + "    logo: dau.png\n"
    assert [problem.place.part for problem in composed(office(tmp_path, leaflet)).problems] == [
        "documents.ap-phich.logo"
    ]


TRUST = "    trust:\n      know:\n        - Khảo sát viên đeo thẻ có tên, ảnh\n      caller: 0255.3000.123\n"


def test_a_poster_that_is_too_full_says_what_takes_room_and_what_to_leave_out(tmp_path: Path) -> None:
    Image.new("RGB", (2400, 1600), "#7AA7C7").save(tmp_path / "cho.png")
    more = "".join(f"      - Ý {n} nói thêm một điều mà mọi người cần\n" for n in range(3))
    full = POSTER.replace("    when", f"{more}    when") + "    posted: có\n    staff: có\n" + TRUST
    look = "    layout: photo\n    photo: cho.png\n    orientation: landscape\n"
    [problem] = refused(tmp_path, full + look)
    assert problem.key == "poster.no_room"
    said = str(catalogue("vi").problem(problem))
    assert "trust" in said
    assert "size: A3" in said
    assert re.search(r"points \d+ mm", said)


def test_a_copy_says_where_it_hangs(tmp_path: Path) -> None:
    host = Receiver.model_validate({"name": "UBND phường Trà Giang", "hours": "7 giờ 30 đến 16 giờ 30"})
    given = context(office(tmp_path)).hosted_by(host)
    words = cast(Composed[PosterDocument], compose("ap-phich", given)).document.words
    assert words.posted_at.startswith("Niêm yết tại: UBND phường Trà Giang")
    assert "7 giờ 30" in words.posted_at
    assert words.agency == "Sở Nội vụ"


def test_a_point_of_which_nothing_is_left_is_not_printed(tmp_path: Path) -> None:
    empty = POSTER.replace("Gọi {{ dien_thoai.label }}", "\"{{ '' }}\"")
    assert len(composed(office(tmp_path, empty)).document.words.points) == 1


def test_check_tells_what_composing_finds(tmp_path: Path) -> None:
    place = office(tmp_path, changed(POSTER, POINTS, LONG_POINTS))
    assert "poster.small_paper" in [problem.key for problem in check_campaign(place.campaign(NAME), place)]


def test_a_poster_is_no_appendix(tmp_path: Path) -> None:
    campaign = changed(CAMPAIGN, "announcements:\n", POSTER.replace('"{{ ky }}"', "15/9/2026") + "announcements:\n")
    place = open_office(tmp_path, campaign=changed(campaign, "[thong-bao]\n  thong", "[ap-phich]\n  thong"))
    assert "document.no_appendix" in [problem.key for problem in check_campaign(place.campaign(NAME), place)]


def test_a_leaflet_is_read_in_hand_and_may_say_more(tmp_path: Path) -> None:
    given = context(office(tmp_path))
    keys = {"headline": "Mời bạn góp ý", "points": ["Một ý dài hơn thường lệ, đọc kỹ khi cầm trên tay"] * 5}
    leaflet = compose_poster("to-roi", Leaflet.model_validate({"type": "leaflet", **keys}), given).document
    assert (leaflet.paper, leaflet.two_up) == ("A5", True)
    poster = compose_poster("ap-phich", Poster.model_validate({"type": "poster", **keys}), given).document
    assert (poster.paper, poster.two_up) == ("A4", False)
