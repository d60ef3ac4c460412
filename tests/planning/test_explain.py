"""Pairs of wrong input and the problems that are reported, each with its place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from loa.core.errors import LoaError, Problem
from loa.core.words import LANGUAGES, catalogue
from loa.planning.explain import build
from loa.planning.model import Campaign, Config
from loa.planning.source import read_source
from tests.planning.office import CAMPAIGN, CONFIG, changed

Found = tuple[str, str, int, int]  # key, path in the file, line, column

SLOTS = '    slots:\n      sáng: {at: "07:30", until: "08:30"}\n'
TO = "    to:\n      - Các sở, ban, ngành\n      - Các xã, phường\n"
# What pydantic or Python would say by itself, and what a forgotten value looks like.
LEFTOVERS = ("{", "}", "None", "should be", "Input", "valid", "pydantic", "__", "['", "^", "[a-z")


def problems_of(model: type[Config | Campaign], text: str, folder: Path) -> Sequence[Problem]:
    file = folder / "x.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(LoaError) as caught:
        build(model, read_source(file, "x.yaml"))
    return caught.value.problems


def found(problems: Sequence[Problem]) -> list[Found]:
    for problem in problems:
        for language in LANGUAGES:
            sentence = catalogue(language).problem(problem)
            assert not [rest for rest in LEFTOVERS if rest in sentence], sentence
    return [(p.key, p.place.part, p.place.line, p.place.column) for p in problems]


CONFIG_PAIRS: list[tuple[str, str, list[Found]]] = [
    ("language: vi", "langauge: vi", [("model.unknown_key_close", "langauge", 9, 1)]),
    ("language: vi", "xyz: vi", [("model.unknown_key", "xyz", 9, 1)]),
    ("    phone: 0", "    fone: 0", [("model.unknown_key_close", "agency.contact.fone", 8, 5)]),
    (
        "  code: SNV",
        "  cod: SNV",
        [("model.missing", "agency.code", 2, 3), ("model.unknown_key_close", "agency.cod", 5, 3)],
    ),
    (
        ', until: "08:30"',
        ', untl: "08:30"',
        [
            ("model.missing", "channels.trang-tin.slots.sáng.until", 18, 13),
            ("model.unknown_key_close", "channels.trang-tin.slots.sáng.untl", 18, 27),
        ],
    ),
    ("    type: static\n", "", [("model.no_type", "channels.trang-tin", 14, 5)]),
    ("type: static", "type: telegram", [("model.not_a_choice", "channels.trang-tin.type", 14, 11)]),
    ("type: static", "type: [static]", [("model.not_text", "channels.trang-tin.type", 14, 11)]),
    ("type: static", "type:", [("model.text_empty", "channels.trang-tin.type", 14, 10)]),
    ("approval: none", "approval: no", [("model.not_a_choice", "approval", 11, 11)]),
    ("language: vi", "language: fr", [("model.not_a_choice", "language", 9, 11)]),
    ("language: vi", "language: {a: b}", [("model.not_text", "language", 9, 11)]),
    ("Asia/Ho_Chi_Minh", "Asia/Hanoi", [("model.zone", "timezone", 10, 11)]),
    ("Asia/Ho_Chi_Minh", "[Asia/Ho_Chi_Minh]", [("model.not_text", "timezone", 10, 11)]),
    (" Asia/Ho_Chi_Minh", "", [("model.text_empty", "timezone", 10, 10)]),
    ('"07:30"', "7h30", [("model.time_form", "channels.trang-tin.slots.sáng.at", 18, 18)]),
    ('"07:30"', "[7]", [("model.not_text", "channels.trang-tin.slots.sáng.at", 18, 18)]),
    ('"08:30"', '"07:30"', [("model.slot_order", "channels.trang-tin.slots.sáng", 18, 13)]),
    (SLOTS, "    slots: {}\n", [("model.list_too_short", "channels.trang-tin.slots", 17, 12)]),
    (SLOTS, "    slots:\n", [("model.not_a_mapping", "channels.trang-tin.slots", 17, 11)]),
    (SLOTS, "    slots: [a]\n", [("model.not_a_mapping", "channels.trang-tin.slots", 17, 12)]),
    ("      sáng:", '      "":', [("model.text_empty", "channels.trang-tin.slots.", 18, 7)]),
    ("  trang-tin:", '  " ":', [("model.text_empty", "channels. ", 13, 3)]),
    ("output/site", "/srv/www", [("model.folder_form", "channels.trang-tin.folder", 15, 13)]),
    ("output/site", "state/site", [("model.folder_taken", "channels.trang-tin.folder", 15, 13)]),
    ("https://snv", "snv", [("model.url_form", "channels.trang-tin.url", 16, 10)]),
    (
        "agency:\n",
        "agency: Sở Nội vụ\nxyz:\n",
        [("model.not_a_mapping", "agency", 1, 9), ("model.unknown_key", "xyz", 2, 1)],
    ),
    ("  name: Sở Nội vụ\n", "  name:\n", [("model.text_empty", "agency.name", 2, 8)]),
    ("  name: Sở Nội vụ\n", '  name: "  "\n', [("model.text_empty", "agency.name", 2, 9)]),
    ("  name: Sở Nội vụ\n", "  name: [Sở Nội vụ]\n", [("model.not_text", "agency.name", 2, 9)]),
    ("  name: Sở Nội vụ\n", f"  name: {'S' * 300}\n", [("model.too_long", "agency.name", 2, 9)]),
    ("  parent: UBND tỉnh Sông Trà\n", "  parent:\n", [("model.text_empty", "agency.parent", 4, 10)]),
    ("code: SNV", "code: SN V", [("model.symbol_form", "agency.code", 5, 9)]),
    ("code: SNV", "code: snv", [("model.symbol_form", "agency.code", 5, 9)]),
    ("  trang-tin:", "  trang/tin:", [("model.slash", "channels.trang/tin", 13, 3)]),
    ("      sáng:", "      sáng/chiều:", [("model.slash", "channels.trang-tin.slots.sáng/chiều", 18, 7)]),
    (
        "  contact:\n    phone: 0255.3000.100\n",
        "  contact:\n    phone:0255\n",
        [("yaml.no_space", "agency.contact", 8, 11)],
    ),
    ("code: SNV", f"code: {'S' * 31}", [("model.too_long", "agency.code", 5, 9)]),
    ("channels:\n", "channels:\n  báo: b\n", [("model.not_a_mapping", "channels.báo", 13, 8)]),
]

CAMPAIGN_PAIRS: list[tuple[str, str, list[Found]]] = [
    ("from: 2026-09-01", "from: 31/9/2026", [("model.date_day", "window.from", 4, 9)]),
    ("from: 2026-09-01", "from: 2026-02-29", [("model.date_day", "window.from", 4, 9)]),
    ("from: 2026-09-01", "from: 2026-13-01", [("model.date_month", "window.from", 4, 9)]),
    ("from: 2026-09-01", "from: 1026-09-01", [("model.date_year", "window.from", 4, 9)]),
    ("from: 2026-09-01", "from: 0", [("model.date_form", "window.from", 4, 9)]),
    ("from: 2026-09-01", "from:", [("model.text_empty", "window.from", 4, 8)]),
    ("from: 2026-09-01", "from: [2026]", [("model.not_text", "window.from", 4, 9)]),
    ("from: 2026-09-01", "from: 2026-12-01", [("model.period_order", "window", 4, 3)]),
    ("  from: 2026-09-01\n", "", [("model.missing", "window.from", 4, 3)]),
    ("date: 2026-09\n", "date: 2026-13\n", [("model.date_month", "documents.cong-van.date", 19, 11)]),
    ("date: 2026-09\n", "date: 1026\n", [("model.date_year", "documents.cong-van.date", 19, 11)]),
    ("campaign: khao-sat", "campaign: Khảo sát", [("model.key_form", "campaign", 1, 11)]),
    ("campaign: khao-sat", "campaign:", [("model.text_empty", "campaign", 1, 10)]),
    ("  nam:\n", "  Năm-1:\n", [("model.fact_name", "facts.Năm-1", 7, 3)]),
    ("  nam:\n", "  agency:\n", [("model.fact_taken", "facts.agency", 7, 3)]),
    ('    text: "2026"\n', "    {}\n", [("model.fact_value", "facts.nam", 8, 5)]),
    ('    text: "2026"\n', "    label: a\n", [("model.fact_value", "facts.nam", 8, 5)]),
    ('    text: "2026"\n', "    text: a\n    phone: 0255\n", [("model.fact_value", "facts.nam", 8, 5)]),
    ('    text: "2026"\n', "", [("model.not_a_mapping", "facts.nam", 7, 7)]),
    ('text: "2026"', "fone: 1", [("model.unknown_key_close", "facts.nam.fone", 8, 5)]),
    ('text: "2026"', "phone: gọi chúng tôi", [("model.phone_form", "facts.nam.phone", 8, 12)]),
    ('text: "2026"', "link: example.gov.vn", [("model.link_form", "facts.nam.link", 8, 11)]),
    ('text: "2026"', "money: 12,5", [("model.number_form", "facts.nam.money", 8, 12)]),
    ('text: "2026"', "money: -5", [("model.number_form", "facts.nam.money", 8, 12)]),
    ('text: "2026"', "number:", [("model.text_empty", "facts.nam.number", 8, 12)]),
    ('text: "2026"', "number: [1]", [("model.not_text", "facts.nam.number", 8, 13)]),
    (
        'text: "2026"',
        "period: {form: 2026-09-05, to: 2026-09-01}",
        [
            ("model.missing", "facts.nam.period.from", 8, 13),
            ("model.unknown_key_close", "facts.nam.period.form", 8, 14),
        ],
    ),
    (
        'text: "2026"',
        "period: {from: 2026-09-05, to: 2026-09-01}",
        [("model.period_order", "facts.nam.period", 8, 13)],
    ),
    ("type: notice", "type: bulletin", [("model.not_yet", "documents.thong-bao.type", 30, 11)]),
    ("type: notice", "type: Notice", [("model.not_a_choice", "documents.thong-bao.type", 30, 11)]),
    ("type: notice", "type: [notice]", [("model.not_text", "documents.thong-bao.type", 30, 11)]),
    ("type: notice", "type:", [("model.text_empty", "documents.thong-bao.type", 30, 10)]),
    ("    type: notice\n", "", [("model.no_type", "documents.thong-bao", 30, 5)]),
    ("documents:\n", "documents:\n  a: b\n", [("model.not_a_mapping", "documents.a", 13, 6)]),
    ("  cong-van:\n", "  Công văn:\n", [("model.key_form", "documents.Công văn", 13, 3)]),
    (
        "    heading: T",
        "    headline: T",
        [
            ("model.missing", "documents.thong-bao.heading", 30, 5),
            ("model.unknown_key_close", "documents.thong-bao.headline", 32, 5),
        ],
    ),
    ("form: posting", "form: nothing", [("model.not_a_choice", "documents.thong-bao.form", 31, 11)]),
    (
        "    form: posting\n",
        "    form: posting\n    template: niem-yet\n",
        [("model.text_source", "documents.thong-bao", 30, 5)],
    ),
    (
        "    form: posting\n",
        "    form: posting\n    blocks: {ket: x}\n",
        [("model.blocks_without_template", "documents.thong-bao", 30, 5)],
    ),
    (
        "    appendices: [thong-bao]\n",
        "    appendices: [thong-bao]\n    appendix_files: apart\n",
        [("model.apart_on_paper", "documents.cong-van", 14, 5)],
    ),
    (
        "    form: posting\n",
        "    form: posting\n    size: 15\n",
        [("model.not_a_choice", "documents.thong-bao.size", 32, 11)],
    ),
    (TO, "    to: Các sở\n", [("model.not_a_list", "documents.cong-van.to", 21, 9)]),
    (TO, "    to:\n      -Các sở\n", [("yaml.no_space", "documents.cong-van.to", 22, 8)]),
    (TO, '    to: ["Kính gửi:"]\n', [("model.text_empty", "documents.cong-van.to.0", 21, 10)]),
    ("subject: phối hợp tuyên truyền", "subject: V/v", [("model.text_empty", "documents.cong-van.subject", 20, 14)]),
    ("unit: CCHC", "unit: CCHC/TH", [("model.symbol_form", "documents.cong-van.unit", 18, 11)]),
    (TO, "    to: []\n", [("model.list_too_short", "documents.cong-van.to", 21, 9)]),
    (TO, "    to:\n" + "      - Sở\n" * 41, [("model.list_too_long", "documents.cong-van.to", 22, 7)]),
    ("      - Các xã", "      -\n      - Các xã", [("model.text_empty", "documents.cong-van.to.1", 23, 8)]),
    ("      - Các xã", "      - a: b\n      - Các xã", [("model.not_text", "documents.cong-van.to.1", 23, 9)]),
    ("      - GIÁM ĐỐC\n", "", [("model.list_too_short", "documents.cong-van.sign", 25, 7)]),
    ("unit: CCHC", f"unit: {'C' * 31}", [("model.too_long", "documents.cong-van.unit", 18, 11)]),
    ("subject: phối", f"subject: {'phối ' * 100}phối", [("model.too_long", "documents.cong-van.subject", 20, 14)]),
    ("[trang-tin]", "[]", [("model.list_too_short", "announcements.mo-dau.channels", 43, 15)]),
    ("{date: 2026-09-07, slot: sáng}", "2026-09-07", [("model.not_a_mapping", "announcements.mo-dau.post.0", 45, 9)]),
    (", slot: sáng}", "}", [("model.post_slot", "announcements.mo-dau.post.0", 45, 9)]),
    ("{date: 2026-09-07, ", "{", [("model.post_days", "announcements.mo-dau.post.0", 45, 9)]),
    (
        "{date: 2026-09-07, ",
        "{date: 2026-09-07, weekdays: [thứ Hai], ",
        [("model.post_days", "announcements.mo-dau.post.0", 45, 9)],
    ),
    (
        "date: 2026-09-07",
        "weekdays: [thứ Hai, thứ 3]",
        [("model.not_a_choice", "announcements.mo-dau.post.0.weekdays.1", 45, 30)],
    ),
    ("date: 2026-09-07", "weekdays: thứ Hai", [("model.not_a_list", "announcements.mo-dau.post.0.weekdays", 45, 20)]),
    ("date: 2026-09-07", "dat: 2026-09-07", [("model.unknown_key_close", "announcements.mo-dau.post.0.dat", 45, 10)]),
    ("  mo-dau:\n", "  Mở đầu:\n", [("model.key_form", "announcements.Mở đầu", 36, 3)]),
    (
        "    title: Bắt",
        "    titel: Bắt",
        [
            ("model.missing", "announcements.mo-dau.title", 37, 5),
            ("model.unknown_key_close", "announcements.mo-dau.titel", 37, 5),
        ],
    ),
    ("    attach:", "    summary:\n    attach:", [("model.text_empty", "announcements.mo-dau.summary", 42, 13)]),
]


@pytest.mark.parametrize(("old", "new", "expected"), CONFIG_PAIRS, ids=[new[:40] for _, new, _ in CONFIG_PAIRS])
def test_a_mistake_in_the_configuration_is_named_with_its_place(
    tmp_path: Path, old: str, new: str, expected: list[Found]
) -> None:
    assert found(problems_of(Config, changed(CONFIG, old, new), tmp_path)) == expected


@pytest.mark.parametrize(("old", "new", "expected"), CAMPAIGN_PAIRS, ids=[new[:40] for _, new, _ in CAMPAIGN_PAIRS])
def test_a_mistake_in_a_campaign_is_named_with_its_place(
    tmp_path: Path, old: str, new: str, expected: list[Found]
) -> None:
    assert found(problems_of(Campaign, changed(CAMPAIGN, old, new), tmp_path)) == expected


def test_several_mistakes_are_reported_together_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = changed(
        changed(changed(CONFIG, "language: vi", "langauge: vi"), "Asia/Ho", "Asia/Ha"), "  code: SNV", "  xyz: SNV"
    )
    assert found(problems_of(Config, text, tmp_path)) == [
        ("model.missing", "agency.code", 2, 3),
        ("model.unknown_key", "agency.xyz", 5, 3),
        ("model.unknown_key_close", "langauge", 9, 1),
        ("model.zone", "timezone", 10, 11),
    ]


def test_an_empty_campaign_lacks_everything_at_its_first_line(tmp_path: Path) -> None:
    problems = problems_of(Campaign, "campaign: khao-sat\n", tmp_path)
    assert [p.values["name"] for p in problems] == ["title", "window"]
    assert {(p.place.line, p.place.column) for p in problems} == {(1, 1)}


def test_an_unknown_key_is_answered_with_the_keys_of_its_own_place(tmp_path: Path) -> None:
    [problem] = problems_of(Campaign, changed(CAMPAIGN, "date: 2026-09-07", "dat: 2026-09-07"), tmp_path)
    assert (problem.values["close"], problem.values["known"]) == (
        "date",
        "date, every, weekdays, slot, slots, at, from, to",
    )
    problems = problems_of(Campaign, changed(CAMPAIGN, "    heading: T", "    headline: T"), tmp_path)
    assert str(problems[1].values["known"]).split(", ")[-3:] == ["paper", "heading", "posted"]


def test_a_long_value_is_cut_in_the_message(tmp_path: Path) -> None:
    [problem] = problems_of(Campaign, changed(CAMPAIGN, "date: 2026-09\n", f"date: {'9' * 400}\n"), tmp_path)
    assert len(catalogue("vi").problem(problem)) < 200


@pytest.mark.parametrize("typed", ["thứ ba", "Thứ Ba", "THỨ BA", "Thứ  ba"])
def test_weekdays_are_known_in_any_case(tmp_path: Path, typed: str) -> None:
    text = changed(CAMPAIGN, "date: 2026-09-07", f"weekdays: [{typed}, chủ nhật]")
    (tmp_path / "c.yaml").write_text(text, encoding="utf-8")
    [rule] = build(Campaign, read_source(tmp_path / "c.yaml")).announcements["mo-dau"].post
    assert rule.weekdays == ["thứ Ba", "Chủ nhật"]


def test_a_good_file_becomes_a_model(tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text(CONFIG, encoding="utf-8")
    config = build(Config, read_source(tmp_path / "c.yaml"))
    assert config.agency.contact.phone == "0255.3000.100"
    assert config.timezone.key == "Asia/Ho_Chi_Minh"
