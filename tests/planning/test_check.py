"""What a check says of a campaign that could be read."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loa.core.errors import LoaError
from loa.core.words import LANGUAGES, catalogue
from loa.planning.check import check_campaign
from loa.planning.references import require_sound
from loa.planning.workspace import Workspace, read_campaign
from tests.planning.office import CAMPAIGN, NAME, changed, open_office

Found = tuple[str, str, int]  # key, path in the file, line

GAPS: list[Found] = [("form.no_number", "documents.cong-van", 14), ("form.no_day", "documents.cong-van.date", 19)]


def check(folder: Path, campaign: str) -> list[Found]:
    office = open_office(folder, campaign=campaign)
    problems = check_campaign(office.campaign(NAME), office)
    for problem in problems:
        assert problem.place.file == f"campaigns/{NAME}.yaml"
        assert all(catalogue(language).problem(problem) for language in LANGUAGES)
    return [(p.key, p.place.part, p.place.line) for p in problems]


def test_a_sound_campaign_has_only_the_gaps_of_the_registry(tmp_path: Path) -> None:
    assert check(tmp_path, CAMPAIGN) == GAPS


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "appendices: [thong-bao]",
            "appendices: [thong-bo]",
            ("document.no_appendix", "documents.cong-van.appendices.0", 28),
        ),
        (
            "appendices: [thong-bao]",
            "appendices: [cong-van]",
            ("document.no_appendix", "documents.cong-van.appendices.0", 28),
        ),
        (
            "appendices: [thong-bao]",
            "appendices: [thong-bao, thong-bao]",
            ("document.appendix_twice", "documents.cong-van.appendices.1", 28),
        ),
        (
            "    type: notice\n    form: posting\n    heading",
            "    type: appendix\n    title",
            ("document.loose_appendix", "documents.lac", 34),
        ),
        (
            "attach: [thong-bao]",
            "attach: [thong-bao, thong-bao]",
            ("announcement.document_twice", "announcements.mo-dau.attach.1", 42),
        ),
        ("attach: [thong-bao]", "attach: [bao]", ("announcement.no_document", "announcements.mo-dau.attach.0", 42)),
        ("[trang-tin]", "[trang-tin, zalo]", ("announcement.no_channel", "announcements.mo-dau.channels.1", 43)),
        (
            "[trang-tin]",
            "[trang-tin, trang-tin]",
            ("announcement.channel_twice", "announcements.mo-dau.channels.1", 43),
        ),
        ("slot: sáng", "slot: tối", ("announcement.no_slot", "announcements.mo-dau.post.0.slot", 45)),
        ("date: 2026-09-07", "date: 2026-12-01", ("post.outside_window", "announcements.mo-dau.post.0", 45)),
        ("date: 2026-09-07", "date: 2026-08-31", ("post.outside_window", "announcements.mo-dau.post.0", 45)),
    ],
)
def test_a_name_that_stands_for_nothing_is_an_error(tmp_path: Path, old: str, new: str, expected: Found) -> None:
    text = changed(CAMPAIGN, old, new)
    if expected[0] == "document.loose_appendix":
        text = changed(
            text, "announcements:\n", "  lac:\n    type: appendix\n    title: Lạc\n    body: x\nannouncements:\n"
        )
    assert check(tmp_path, text) == [expected]


def test_several_lost_names_come_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = changed(CAMPAIGN, "slot: sáng", "slot: tối")
    text = changed(text, "  cong-van:\n", "  lac:\n    type: appendix\n    title: Lạc\n    body: x\n  cong-van:\n")
    text = changed(text, "attach: [thong-bao]", "attach: [bao]")
    assert [line for _, _, line in check(tmp_path, text)] == [13, 46, 49]


def test_paper_and_posting_refuse_lost_names_all_at_once(tmp_path: Path) -> None:
    text = changed(changed(CAMPAIGN, "slot: sáng", "slot: tối"), "attach: [thong-bao]", "attach: [bao]")
    office = open_office(tmp_path, campaign=text)
    with pytest.raises(LoaError) as caught:
        require_sound(office.campaign(NAME), office)
    assert [p.key for p in caught.value.problems] == ["announcement.no_document", "announcement.no_slot"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("năm {{ nam }},", "năm {{ nm }},", ("template.undefined_close", "documents.cong-van.body", 16)),
        ("có thông báo kèm", "có {{ nm }} kèm", ("template.undefined_close", "documents.cong-van.body", 17)),
        ("Liên hệ: **{{ dien_thoai }}**", "{{ x }}", ("template.undefined", "announcements.mo-dau.text", 41)),
        ("khảo sát năm {{ nam }}", "khảo sát năm {{ x }}", ("template.undefined", "announcements.mo-dau.title", 37)),
        ("Bắt đầu khảo sát năm {{ nam }}", '"{# không #}"', ("text.empty", "announcements.mo-dau.title", 37)),
        ("năm {{ nam }},", "năm { nam },", ("template.single_braces", "documents.cong-van.body", 16)),
        ("phiếu khảo sát.", "phiếu { nam }.", ("template.single_braces", "announcements.mo-dau.text", 39)),
        ("phiếu khảo sát.", "phiếu {{ nam }.", ("template.braces", "announcements.mo-dau.text", 39)),
    ],
)
def test_words_are_tried_before_anything_is_made(tmp_path: Path, old: str, new: str, expected: Found) -> None:
    found = check(tmp_path, changed(CAMPAIGN, old, new))
    assert expected in found
    assert len([one for one in found if one not in GAPS]) == 1


def test_an_appendix_apart_is_not_attached_beside_its_paper(tmp_path: Path) -> None:
    text = changed(CAMPAIGN, "appendices: [thong-bao]", "appendices: [danh-sach]\n    medium: electronic")
    listed = "  danh-sach:\n    type: appendix\n    title: Danh sách\n    body: Hết./.\nannouncements:\n"
    text = changed(text, "announcements:\n", listed)
    text = changed(text, "attach: [thong-bao]", "attach: [cong-van, danh-sach]")
    twice = ("announcement.document_twice", "announcements.mo-dau.attach.1")
    assert twice not in [found[:2] for found in check(tmp_path / "together", text)]
    apart = changed(text, "medium: electronic", "medium: electronic\n    appendix_files: apart")
    assert twice in [found[:2] for found in check(tmp_path / "apart", apart)]


def test_the_gaps_of_a_paper_are_told_once_though_its_appendix_is_a_file_of_its_own(tmp_path: Path) -> None:
    apart = "appendices: [thong-bao]\n    medium: electronic\n    appendix_files: apart"
    found = check(tmp_path, changed(CAMPAIGN, "appendices: [thong-bao]", apart))
    assert [one for one in found if one in GAPS] == GAPS


def test_a_mistake_in_an_appendix_is_told_once(tmp_path: Path) -> None:
    found = check(tmp_path, changed(CAMPAIGN, "Liên hệ {{ dien_thoai.label }}", "Liên hệ {{ x }}"))
    assert [one for one in found if one[0] == "template.undefined"] == [
        ("template.undefined", "documents.thong-bao.body", 34)
    ]


def test_a_breach_of_form_is_found_beside_the_gaps(tmp_path: Path) -> None:
    found = check(tmp_path, changed(CAMPAIGN, "file: VT, CCHC", "file: CCHC"))
    assert [one for one in found if one not in GAPS] == [("rule.R44", "documents.cong-van.file", 27)]


BODY = "    body: |\n      Liên hệ {{ dien_thoai.label }}: {{ dien_thoai }}./.\n"


def test_unknown_templates_and_blocks_are_told_at_their_own_lines_all_at_once(tmp_path: Path) -> None:
    text = changed(CAMPAIGN, BODY, "    template: niem-yet\n    blocks:\n      kt: |\n        x\n      xyz: y\n")
    body = text[text.index("    body: |") : text.index("    unit:")]
    office = open_office(tmp_path, campaign=changed(text, body, "    template: khong-co-mau-nay\n"))
    problems = check_campaign(office.campaign(NAME), office)
    assert all(catalogue(language).problem(problem) for problem in problems for language in LANGUAGES)
    assert [(p.key, p.place.line, p.place.column, p.place.part) for p in problems] == [
        ("template.not_found", 15, 15, "documents.cong-van.template"),
        ("template.no_block_close", 33, 7, "documents.thong-bao.blocks.kt"),
        ("template.no_block", 35, 7, "documents.thong-bao.blocks.xyz"),
    ]
    assert problems[1].values["close"] == "ket"


def test_a_paper_with_a_mistake_is_not_also_called_a_draft(tmp_path: Path) -> None:
    text = changed(CAMPAIGN, "attach: [thong-bao]", "attach: [thong-bao, cong-van]")
    held = ("announcement.open_document", "announcements.mo-dau.attach.1", 42)
    assert held in check(tmp_path / "a", text)
    found = check(tmp_path / "b", changed(text, "Liên hệ {{ dien_thoai.label }}", "Liên hệ {{ x }}"))
    assert found == [("template.undefined", "documents.thong-bao.body", 34)]


@pytest.mark.parametrize(
    ("content", "key"), [(None, "picture.missing"), (b"", "picture.empty"), (b"GIF89a", "picture.unreadable")]
)
def test_a_picture_is_named_as_the_file_writes_it(tmp_path: Path, content: bytes | None, key: str) -> None:
    image = "    image: {file: anh/ap-phich.png, alt: Áp phích}\n    attach:"
    office = open_office(tmp_path, campaign=changed(CAMPAIGN, "    attach:", image))
    if content is not None:
        (tmp_path / "anh").mkdir()
        (tmp_path / "anh" / "ap-phich.png").write_bytes(content)
    [problem] = check_campaign(office.campaign(NAME), office)
    assert (problem.key, problem.values["file"], problem.place.line) == (key, "anh/ap-phich.png", 42)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return open_office(tmp_path_factory.mktemp("office"))


def answer(office: Workspace, text: str) -> None:
    """Mistakes or findings, each of which can be said; anything else is a bug."""
    path = office.campaigns_folder / f"{NAME}.yaml"
    path.write_text(text, encoding="utf-8")
    try:
        problems = check_campaign(read_campaign(path, path.name), office)
    except LoaError as error:
        problems = list(error.problems)
        assert problems
    for problem in problems:
        assert all(catalogue(language).problem(problem) for language in LANGUAGES)


LINES = CAMPAIGN.splitlines(keepends=True)
ODD = [
    "",
    "{{ nam }}",
    "{% x %}",
    "[]",
    "{}",
    "[a, {b: c}]",
    "2026-02-30",
    "~",
    "**x**",
    "'",
    '"',
    "|",
    "é" * 200,
    "-",
    "./.",
]


@given(seed=st.integers(0, 2**32))
@settings(deadline=None, max_examples=150)
def test_a_campaign_with_lines_lost_doubled_or_moved_is_answered(office: Workspace, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - picks lines, guards no secret
    lines = list(LINES)
    for _ in range(chance.randint(1, 3)):
        index = chance.randrange(len(lines))
        match chance.randrange(4):
            case 0:
                del lines[index]
            case 1:
                lines.insert(index, lines[index])
            case 2:
                lines.insert(index, chance.choice(LINES))
            case _:
                key, colon, _ = lines[index].partition(":")
                lines[index] = f"{key}{colon} {chance.choice(ODD)}\n"
    answer(office, "".join(lines))


@given(
    st.lists(st.tuples(st.integers(0, len(CAMPAIGN)), st.integers(0, 3), st.text(max_size=3)), min_size=1, max_size=3)
)
@settings(deadline=None, max_examples=150)
def test_a_campaign_with_characters_lost_or_added_is_answered(
    office: Workspace, edits: list[tuple[int, int, str]]
) -> None:
    text = CAMPAIGN
    for position, lost, added in edits:
        text = text[:position] + added + text[position + lost :]
    answer(office, text.encode("utf-8", "replace").decode())


@pytest.mark.parametrize("mark", ["lưu hành nội bộ", "xem xong trả lại"])
def test_a_paper_of_restricted_circulation_is_not_posted(tmp_path: Path, mark: str) -> None:
    text = changed(CAMPAIGN, "    unit: CCHC\n", f"    unit: CCHC\n    circulation: {mark}\n")
    text = changed(text, "attach: [thong-bao]", "attach: [cong-van]\n    image: {document: cong-van, alt: Công văn}")
    office = open_office(tmp_path, campaign=text)
    assert [(p.key, p.place.part) for p in check_campaign(office.campaign(NAME), office)] == [
        ("announcement.restricted", "announcements.mo-dau.attach.0"),
        ("announcement.restricted", "announcements.mo-dau.image.document"),
    ]
