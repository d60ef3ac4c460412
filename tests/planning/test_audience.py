"""The list of agencies of a campaign: which files there are, and which agencies are asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from loa.core.errors import LoaError
from loa.core.words import catalogue
from loa.planning.audience.audience import Audience, read_audience
from loa.planning.check import check_campaign
from tests.planning.office import CAMPAIGN, NAME, changed, open_office

LIST = """\
agencies:
  - name: Sở Y tế
    code: H99.07
    parent: UBND tỉnh Sông Trà
    groups: [sở ngành]
  - name: UBND phường Trà Giang
    code: H99.101
    kind: Phường
    contact:
      phone: 0255.3000.213
    hours: từ 7 giờ đến 17 giờ
    groups: [cấp xã, đô thị]
    posting:
      - {place: Trung tâm Phục vụ hành chính công, paper: A3, copies: 2}
    own:
      to_dan_pho: 35
  - name: UBND xã An Phú
    code: H99.102
    groups: [Cấp xã]
"""


def write(tmp_path: Path, text: str = LIST, name: str = "ds.yaml") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def audience(tmp_path: Path, text: str = LIST) -> Audience:
    return read_audience(write(tmp_path, text), "ds.yaml")


def told(tmp_path: Path, text: str) -> list[tuple[str, str]]:
    with pytest.raises(LoaError) as raised:
        audience(tmp_path, text)
    assert all(catalogue("vi").problem(problem) for problem in raised.value.problems)
    return [(problem.key, str(problem.place)) for problem in raised.value.problems]


def test_a_list_written_by_hand_is_read(tmp_path: Path) -> None:
    _, ward, _ = audience(tmp_path).receivers
    assert (ward.place, ward.contact.phone, ward.own) == ("Trà Giang", "0255.3000.213", {"to_dan_pho": "35"})
    assert [(p.place, p.paper, p.copies) for p in ward.posting] == [("Trung tâm Phục vụ hành chính công", "A3", 2)]


def test_all_mistakes_of_a_list_written_by_hand_are_told_at_their_places(tmp_path: Path) -> None:
    text = changed(LIST, "code: H99.07", "code: sở")
    text = changed(text, "phone: 0255.3000.213", "phone: không có")
    text = changed(text, "hours: từ", "hour: từ")
    assert told(tmp_path, text) == [
        ("model.symbol_form", "ds.yaml:3:11: agencies.0.code"),
        ("model.phone_form", "ds.yaml:10:14: agencies.1.contact.phone"),
        ("model.unknown_key_close", "ds.yaml:11:5: agencies.1.hour"),
    ]
    assert told(tmp_path, changed(LIST, "code: H99.102", "code: H99-07")) == [
        ("audience.code_twice", "ds.yaml:18:11: agencies.2.code")
    ]
    assert told(tmp_path, changed(LIST, "Sở Y tế", "Sở 漢")) == [("text.no_glyph", "ds.yaml:2:11: agencies.0.name")]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("agencies: []\n", "model.list_too_short"),
        ("list: []\n", "model.missing"),
        ("agencies:\n" + "  - {name: A}\n" * 40_000, "audience.yaml_too_big"),
        ("agencies:\n" + "  - {name: A}\n" * 12_000, "audience.yaml_too_big"),
    ],
)
def test_a_file_that_is_no_list_is_refused(tmp_path: Path, text: str, key: str) -> None:
    assert told(tmp_path, text)[0][0] == key


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LoaError) as raised:
        read_audience(write(tmp_path, name="ds.ods"), "ds.ods")
    assert raised.value.problems[0].key == "audience.kind"


@pytest.mark.parametrize(
    ("names", "groups", "codes"),
    [
        ((), (), ["H99.07", "H99.101", "H99.102"]),
        (("H99.102", "H99.07"), (), ["H99.07", "H99.102"]),
        (("h99.07",), (), ["H99.07"]),
        (("ubnd xã an phú",), (), ["H99.102"]),
        ((), ("cấp xã",), ["H99.101", "H99.102"]),
        (("Sở Y tế",), ("ĐÔ THỊ",), ["H99.07", "H99.101"]),
    ],
)
def test_agencies_are_asked_for_by_code_name_or_group(
    tmp_path: Path, names: tuple[str, ...], groups: tuple[str, ...], codes: list[str]
) -> None:
    assert [agency.code for agency in audience(tmp_path).select(names, groups)] == codes


def test_who_is_not_on_the_list_is_told_with_who_is(tmp_path: Path) -> None:
    with pytest.raises(LoaError) as raised:
        audience(tmp_path).select(["Sở Y tê", "ABC"], ["huyện"])
    told = {str(p.values["name"]): (p.key, p.values["known"]) for p in raised.value.problems}
    assert told == {
        "Sở Y tê": ("audience.unknown", "Sở Y tế"),
        "ABC": ("audience.unknown", "H99.07, H99.101, H99.102"),
        "huyện": ("audience.no_group", "sở ngành, cấp xã, đô thị"),
    }


def test_a_name_that_several_have_is_not_guessed(tmp_path: Path) -> None:
    text = changed(LIST, "name: UBND xã An Phú", "name: Sở Y tế\n    parent: UBND tỉnh Núi Ấn")
    with pytest.raises(LoaError) as raised:
        audience(tmp_path, text).select(["Sở Y tế"])
    [problem] = raised.value.problems
    assert (problem.key, problem.values["codes"]) == ("audience.several", "H99.07, H99.102")


@pytest.mark.parametrize(
    ("name", "key"),
    [("ds.csv", "audience.missing"), ("../ds.yaml", "audience.outside"), ("config.yaml", "model.unknown_key")],
)
def test_a_campaign_names_a_list_of_its_workspace(tmp_path: Path, name: str, key: str) -> None:
    office = open_office(tmp_path / "office", campaign=f"{CAMPAIGN}audience: {name}\n")
    write(tmp_path)
    with pytest.raises(LoaError) as raised:
        office.audience(office.campaign(NAME))
    assert key in [problem.key for problem in raised.value.problems]


def test_a_check_reads_the_list_too(tmp_path: Path) -> None:
    office = open_office(tmp_path, campaign=f"{CAMPAIGN}audience: ds.csv\n")
    (tmp_path / "ds.csv").write_text("Tên;Điện thoại;Điện thoạii\nSở Y tế;abc;1\n", encoding="utf-8")
    file = office.campaign(NAME)
    assert "model.phone_form" in [problem.key for problem in check_campaign(file, office)]
    (tmp_path / "ds.csv").write_text("Tên;Điện thoại;Điện thoạii\nSở Y tế;1022;1\n", encoding="utf-8")
    assert "audience.heading_close" in [problem.key for problem in check_campaign(file, office)]


def test_a_campaign_without_a_list_says_so(tmp_path: Path) -> None:
    office = open_office(tmp_path)
    with pytest.raises(LoaError) as raised:
        office.audience(office.campaign(NAME))
    assert raised.value.problems[0].key == "audience.none"


@pytest.mark.parametrize("typed", ["cấp xã", "CẤP XÃ", "cap xa", " cấp  xã ", "capxa"])
def test_a_group_may_be_typed_without_capitals_accents_and_blanks(tmp_path: Path, typed: str) -> None:
    assert [agency.code for agency in audience(tmp_path).select(groups=[typed])] == ["H99.101", "H99.102"]


def test_a_group_spelt_otherwise_in_some_rows_is_one_group(tmp_path: Path) -> None:
    listed = audience(tmp_path, changed(LIST, "groups: [Cấp xã]", "groups: [cap xa]"))
    assert listed.groups() == ["sở ngành", "cấp xã", "đô thị"]
    assert [agency.code for agency in listed.select(groups=["cap xa"])] == ["H99.101", "H99.102"]


def test_a_group_that_is_nearly_one_is_told_with_that_one_only(tmp_path: Path) -> None:
    with pytest.raises(LoaError) as raised:
        audience(tmp_path).select(groups=["cấp xãã"])
    assert raised.value.problems[0].values["known"] == "cấp xã"


def test_kinds_and_groups_are_counted_whatever_their_capitals(tmp_path: Path) -> None:
    text = changed(LIST, "  - name: UBND xã An Phú\n", "  - name: UBND phường B\n    kind: phường\n")
    listed = audience(tmp_path, changed(text, "    code: H99.102\n", ""))
    assert listed.kinds() == {"": 1, "Phường": 2}
    assert listed.groups() == ["sở ngành", "cấp xã", "đô thị"]


def test_of_an_agency_without_a_name_only_the_name_is_asked_for(tmp_path: Path) -> None:
    assert told(tmp_path, changed(LIST, "  - name: Sở Y tế\n    code: H99.07\n", "  - kind: Sở\n")) == [
        ("model.missing", "ds.yaml:2:5: agencies.0.name")
    ]


@pytest.mark.parametrize(
    ("paper", "copies", "wanted"),
    [("a3", "2", ("A3", 2)), ("A 4", "2.0", ("A4", 2)), ("A3", '"2,00"', ("A3", 2)), ("A3", "2.000", ("A3", 2_000))],
)
def test_sizes_and_copies_are_read_as_people_and_spreadsheets_write_them(
    tmp_path: Path, paper: str, copies: str, wanted: tuple[str, int]
) -> None:
    _, ward, _ = audience(
        tmp_path, changed(LIST, "paper: A3, copies: 2", f"paper: {paper}, copies: {copies}")
    ).receivers
    assert [(p.paper, p.copies) for p in ward.posting] == [wanted]
