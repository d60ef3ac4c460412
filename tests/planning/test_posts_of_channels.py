"""What a check says of announcements that are not the same on every channel, and of what a channel cannot take."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from loa.core.errors import LoaError, Problem
from loa.planning.announcement import Announcement
from loa.planning.check import check_campaign
from loa.planning.explain import build
from loa.planning.model import Campaign
from loa.planning.source import read_source
from loa.planning.workspace import open_workspace
from tests.planning.office import CAMPAIGN, CONFIG, NAME, changed, make_folder

SLOTS = '    slots:\n      sáng: {at: "07:30", until: "08:30"}\n'
CHANNELS = (
    f'{CONFIG}  facebook:\n    type: facebook\n    page_id: "1000"\n{SLOTS}'
    f'  zalo:\n    type: zalo\n    oa_id: "1234567890123456789"\n    app_id: "9876543210987654321"\n{SLOTS}'
)
HERE = "    channels: [trang-tin]\n"
POST = "      - {date: 2026-09-07, slot: sáng}\n"


def problems(folder: Path, campaign: str, config: str = CHANNELS) -> list[Problem]:
    office = open_workspace(make_folder(folder, config=config, campaign=campaign))
    return [p for p in check_campaign(office.campaign(NAME), office) if not p.key.startswith("form.")]


def found(folder: Path, campaign: str, config: str = CHANNELS) -> list[tuple[str, str, int]]:
    return [(p.key, p.place.part, p.place.line) for p in problems(folder, campaign, config)]


def with_lines(lines: str) -> str:
    """The campaign with other lines for the channels of its announcement, which stand on line 43."""
    return changed(CAMPAIGN, HERE, lines)


def picture(folder: Path, name: str = "anh.png", size: tuple[int, int] = (800, 600), mode: str = "RGB") -> None:
    folder.mkdir(exist_ok=True)
    stream = io.BytesIO()
    Image.new(mode, size, "navy").save(stream, "PNG")
    (folder / name).write_bytes(stream.getvalue())


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (HERE, []),
        (
            "    channels: [trang-tin]\n    versions:\n      facebook: {title: Khác}\n",
            [("announcement.no_version", "announcements.mo-dau.versions.facebook", 45)],
        ),
        (
            "    channels: [trang-tin]\n    versions:\n      trang-tin:\n        attach: [bao]\n",
            [("announcement.no_document", "announcements.mo-dau.versions.trang-tin.attach.0", 46)],
        ),
        (
            "    channels: [trang-tin]\n    versions:\n      trang-tin:\n        title: '{{ namm }}'\n",
            [("template.undefined_close", "announcements.mo-dau.versions.trang-tin.title", 46)],
        ),
        ("    channels: [facebook]\n", [("announcement.no_files", "announcements.mo-dau.channels.0", 43)]),
        ("    channels: [trang-tin, facebook]\n", []),
        (
            "    channels: [facebook]\n    versions:\n      facebook: {attach: []}\n",
            [],
        ),
        (
            (
                "    channels: [trang-tin]\n    images:\n"
                "      - {file: mat.png, alt: a}\n      - {file: anh.png, alt: a}\n"
            ),
            [("picture.missing", "announcements.mo-dau.images.0.file", 45)],
        ),
        (
            "    image: {file: anh.png, alt: a}\n    channels: [zalo]\n    versions:\n      zalo: {attach: []}\n",
            [("announcement.needs_website", "announcements.mo-dau.channels.0", 44)],
        ),
        ("    image: {file: anh.png, alt: a}\n    channels: [trang-tin, zalo]\n", []),
    ],
)
def test_versions_and_what_a_channel_cannot_do_are_named_with_their_line(
    tmp_path: Path, lines: str, expected: list[tuple[str, str, int]]
) -> None:
    picture(tmp_path)
    assert found(tmp_path, with_lines(lines)) == expected


def test_a_text_over_the_limit_of_a_channel_is_an_error_at_its_line_and_says_by_how_much(tmp_path: Path) -> None:
    picture(tmp_path)
    lines = "    image: {file: anh.png, alt: a}\n    channels: [trang-tin, zalo]\n    versions:\n      zalo:\n"
    [title] = problems(tmp_path, with_lines(f"{lines}        title: {'a ' * 71}b {{{{ nam }}}}\n"))
    assert (title.key, title.place.part, title.place.line) == (
        "post.too_long",
        "announcements.mo-dau.versions.zalo.title",
        47,
    )
    # counted with its facts filled in: 142 + 2 + 4
    assert title.values == {"channel": "zalo", "length": 148, "most": 140, "over": 8}
    assert problems(tmp_path, with_lines(f"{lines}        title: {'a ' * 67}b {{{{ nam }}}}\n")) == []


def test_a_long_first_paragraph_wants_a_summary_where_summaries_are_short(tmp_path: Path) -> None:
    picture(tmp_path)
    lines = "    image: {file: anh.png, alt: a}\n    channels: [trang-tin, zalo]\n"
    long = changed(with_lines(lines), "Mời người dân trả lời phiếu khảo sát.", "Mời người dân trả lời phiếu. " * 12)
    assert found(tmp_path, long) == [("post.no_short_summary", "announcements.mo-dau.text", 39)]
    assert found(tmp_path, changed(long, "    text: |\n      Mời", "    summary: Ngắn\n    text: |\n      Mời")) == []


def test_more_pictures_than_a_channel_takes_are_an_error(tmp_path: Path) -> None:
    picture(tmp_path)
    images = "".join(f"      - {{file: anh.png, alt: ảnh {number}}}\n" for number in range(11))
    lines = f"    channels: [trang-tin, facebook]\n    versions:\n      facebook:\n        images:\n{images}"
    assert found(tmp_path, with_lines(lines.replace("      - ", "          - "))) == [
        ("post.many_pictures", "announcements.mo-dau.versions.facebook.images", 47)
    ]


def test_a_slot_outside_the_hours_of_a_service_is_an_error_of_the_configuration(tmp_path: Path) -> None:
    late = CHANNELS.replace("    app_id", "    broadcast: có\n    app_id").rsplit("07:30", 1)
    with pytest.raises(LoaError) as raised:
        problems(tmp_path, CAMPAIGN, "05:00".join(late))
    [problem] = raised.value.problems
    assert (problem.key, problem.place.part) == ("channel.out_of_hours", "channels.zalo.slots.sáng")
    # without the broadcast nobody is woken
    assert problems(tmp_path / "b", CAMPAIGN, "05:00".join(CHANNELS.rsplit("07:30", 1))) == []


def test_an_urgent_time_outside_the_hours_of_a_service_is_an_error_at_its_line(tmp_path: Path) -> None:
    picture(tmp_path)
    config = CHANNELS.replace("    app_id", "    broadcast: có\n    app_id")
    lines = "    image: {file: anh.png, alt: a}\n    channels: [trang-tin, zalo]\n    urgent: có\n"
    text = changed(with_lines(lines), POST, '      - {date: 2026-09-07, at: "23:00"}\n')
    assert found(tmp_path, text, config) == [("announcement.out_of_hours", "announcements.mo-dau.post.0.at", 47)]
    assert found(tmp_path, text.replace("23:00", "14:05"), config) == []


@pytest.mark.parametrize(
    ("old", "new", "key", "part"),
    [
        ("date: 2026-09-07", "every: thứ Tám", "model.rhythm", "post.0.every"),
        ("date: 2026-09-07", "every: tháng (ngày 32)", "model.rhythm", "post.0.every"),
        ("slot: sáng}", "slot: sáng, slots: [sáng]}", "model.post_slot", "post.0"),
        ("slot: sáng}", "slot: sáng, to: 2026-09-09}", "model.post_bounds", "post.0"),
        ("date: 2026-09-07, slot: sáng", 'every: ngày, at: "07:00"', "model.post_at", "post.0"),
        ("date: 2026-09-07, slot: sáng", 'date: 2026-09-07, at: "07:00"', "model.post_not_urgent", ""),
        ("    attach: [", "    urgent: có\n    attach: [", "model.post_urgent", ""),
        ("    attach: [", "    image: {file: a, alt: a}\n    images: []\n    attach: [", "", ""),
        (
            "    attach: [",
            "    image: {file: a, alt: a}\n    images:\n      - {file: b, alt: b}\n    attach: [",
            "model.image_and_images",
            "",
        ),
    ],
)
def test_a_rule_that_contradicts_itself_is_a_mistake_at_its_line(
    tmp_path: Path, old: str, new: str, key: str, part: str
) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(changed(CAMPAIGN, old, new), encoding="utf-8")
    if not key:
        assert build(Campaign, read_source(path)).announcements["mo-dau"].images == []
        return
    with pytest.raises(LoaError) as raised:
        build(Campaign, read_source(path))
    wanted = ".".join(filter(None, ("announcements.mo-dau", part)))
    assert [(p.key, p.place.part) for p in raised.value.problems] == [(key, wanted)]


@pytest.mark.parametrize(
    ("blackout", "key"),
    [
        ("{reason: Quốc tang}", "model.blackout_days"),
        ("{date: 2026-09-02, from: 2026-09-02, to: 2026-09-03, reason: Quốc tang}", "model.blackout_days"),
        ("{from: 2026-09-02, reason: Quốc tang}", "model.blackout_days"),
        ("{from: 2026-09-04, to: 2026-09-02, reason: Quốc tang}", "model.period_order"),
        ("{date: 2026-09-02}", "model.missing"),
    ],
)
def test_days_of_silence_are_a_day_or_a_period_with_a_reason(tmp_path: Path, blackout: str, key: str) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(changed(CAMPAIGN, "facts:\n", f"blackout:\n  - {blackout}\nfacts:\n"), encoding="utf-8")
    with pytest.raises(LoaError) as raised:
        build(Campaign, read_source(path))
    assert [p.key for p in raised.value.problems] == [key]


def test_first_and_last_day_of_a_rule_must_lie_in_the_window(tmp_path: Path) -> None:
    text = changed(CAMPAIGN, POST, "      - {every: ngày, from: 2026-08-31, to: 2026-12-01, slot: sáng}\n")
    assert found(tmp_path, text) == [("post.outside_window", "announcements.mo-dau.post.0", 45)]


def test_a_year_that_nobody_confirmed_is_a_warning_only_where_the_calendar_counts(tmp_path: Path) -> None:
    text = changed(CAMPAIGN, "facts:\n", "holidays: after\nfacts:\n")
    assert found(tmp_path, text) == [("calendar.unconfirmed", "holidays", 6)]
    confirmed = "confirmed:\n  - {year: 2026, by: Trần Minh Hà, on: 2025-12-31}\n"
    (tmp_path / "lich-nghi.yaml").write_text(confirmed, encoding="utf-8")
    assert found(tmp_path, text) == []
    (tmp_path / "lich-nghi.yaml").write_text("days: []\n", encoding="utf-8")
    working = changed(CAMPAIGN, "date: 2026-09-07", "every: ngày làm việc")
    assert found(tmp_path, working) == [("calendar.unconfirmed", "announcements.mo-dau.post.0.every", 45)]
    assert found(tmp_path, CAMPAIGN) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("days:\n  - {date: 2026-01-02, kind: nghi_bu, name: Nghỉ}\n", ("model.missing", "days.0.source", 2)),
        (
            "days:\n  - {date: 2026-01-02, kind: lễ, name: a, source: b}\n",
            ("model.not_a_choice", "days.0.kind", 2),
        ),
        (
            "days:\n" + "  - {date: 2026-01-02, kind: nghi, name: a, source: b}\n" * 2,
            ("model.calendar_day_twice", "", 1),
        ),
        ("confirmed:\n  - {year: hai, by: a, on: 2026-01-01}\n", ("model.calendar_year", "confirmed.0.year", 2)),
    ],
)
def test_a_mistake_in_the_file_of_days_off_is_named_with_its_line(
    tmp_path: Path, text: str, expected: tuple[str, str, int]
) -> None:
    office = open_workspace(make_folder(tmp_path))
    (tmp_path / "lich-nghi.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(LoaError) as raised:
        _ = office.calendar
    assert [(p.key, p.place.part, p.place.line) for p in raised.value.problems] == [expected]
    assert raised.value.problems[0].place.file == "lich-nghi.yaml"


def announcement(**more: Any) -> Announcement:
    post = [{"date": "2026-09-07", "slot": "sáng"}]
    channels = ["trang", "zalo"]
    return Announcement.model_validate({"title": "A", "text": "Chữ", "channels": channels, "post": post, **more})


def test_a_version_overrides_part_by_part_and_tells_where_each_part_is_written() -> None:
    one = announcement(
        summary="Tóm tắt",
        attach=["cong-van"],
        image={"file": "a.png", "alt": "a"},
        versions={"zalo": {"title": "B", "attach": [], "images": [{"file": "b.png", "alt": "b"}]}},
    )
    here, there = one.on("trang"), one.on("zalo")
    assert (here.title, here.summary, here.attach, [i.file for i in here.images]) == (
        "A",
        "Tóm tắt",
        ("cong-van",),
        ["a.png"],
    )
    assert (there.title, there.summary, there.text, there.attach) == ("B", "Tóm tắt", "Chữ", ())
    assert [image.file for image in there.images] == ["b.png"]
    assert (here.image_place(0), there.image_place(0)) == (("image",), ("versions", "zalo", "images", 0))
    assert (there.places["title"], there.places["summary"]) == (("versions", "zalo", "title"), ("summary",))


def test_an_empty_list_of_pictures_means_none_on_that_channel() -> None:
    one = announcement(image={"file": "a.png", "alt": "a"}, versions={"zalo": {"images": []}})
    assert (len(one.on("trang").images), len(one.on("zalo").images)) == (1, 0)


@pytest.mark.parametrize(("at", "is_wrong"), [("23:54", True), ("23:53", True), ("23:52", False)])
def test_a_slot_in_which_no_post_can_be_sent_is_an_error_at_its_line(tmp_path: Path, at: str, is_wrong: bool) -> None:
    picture(tmp_path)
    slots = f'    slots:\n      sáng: {{at: "{at}", until: "23:59"}}\n'
    config = f'{CONFIG}  facebook:\n    type: facebook\n    page_id: "1000"\n{slots}'
    if not is_wrong:
        assert problems(tmp_path, CAMPAIGN, config) == []
        return
    with pytest.raises(LoaError) as raised:
        problems(tmp_path, CAMPAIGN, config)
    [problem] = raised.value.problems
    assert (problem.key, problem.place.part) == ("channel.slot_short", "channels.facebook.slots.sáng")
    assert (problem.place.line, problem.values["minutes"]) == (config[: config.index(at)].count("\n") + 1, 7)


def test_an_urgent_time_too_close_to_midnight_is_an_error_at_its_line(tmp_path: Path) -> None:
    lines = "    channels: [trang-tin, facebook]\n    urgent: có\n"
    text = changed(with_lines(lines), POST, '      - {date: 2026-09-07, at: "23:55"}\n')
    assert found(tmp_path, text) == [("announcement.too_late", "announcements.mo-dau.post.0.at", 46)]
    assert found(tmp_path, text.replace("23:55", "23:40")) == []
