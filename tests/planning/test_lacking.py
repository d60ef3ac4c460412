"""What texts print of the agency in whose kit they stand, and an agency of the list does not have."""

from __future__ import annotations

from pathlib import Path

import pytest

from loa.core.errors import Problem
from loa.core.words import catalogue
from loa.planning.audience.lacking import find_lacking
from loa.planning.check import check_campaign
from tests.planning.office import CAMPAIGN, NAME, changed, open_office

LIST = """\
Tên cơ quan,Mã,Loại,Điện thoại,Giờ làm việc,Số hộ
UBND xã An Phú,H99.01,Xã,0255.3000.201,từ 7 giờ,310
UBND xã Bình Tân,H99.02,Xã,,,
"""
RELAY = """\
relay:
  date: 2026-09
  subject: triển khai
  to:
    - Các trường học
  body: |
    {{ agency.hours }}./.
"""
TOLD = "Mời người dân"  # in the announcement


def told(tmp_path: Path, campaign: str, agencies: str = LIST, name: str = "ds.csv") -> list[Problem]:
    (tmp_path / name).write_text(agencies, encoding="utf-8")
    place = open_office(tmp_path, campaign=f"{campaign}audience: {name}\n")
    file = place.campaign(NAME)
    audience = place.audience(file)
    found = find_lacking(file, place.context(file), audience, audience.receivers)
    assert all(catalogue(language).problem(problem) for problem in found for language in ("vi", "en"))
    return found


def printing(words: str) -> str:
    """The campaign with an announcement that says these words."""
    return changed(CAMPAIGN, TOLD, f"{TOLD} {words}")


@pytest.mark.parametrize(
    ("words", "where"),
    [
        ("{{ host.contact.phone }}", "ds.csv:3: D3 (Điện thoại)"),
        ("{{ host.hours }}", "ds.csv:3: E3 (Giờ làm việc)"),
        ("{{ host.own.so_ho }}", "ds.csv:3: F3 (Số hộ)"),
        ("{{ host.contact.email }}", "ds.csv:2: A2 (Tên cơ quan)"),
    ],
)
def test_what_a_row_lacks_is_told_at_its_cell(tmp_path: Path, words: str, where: str) -> None:
    first = told(tmp_path, printing(words))[0]
    assert (first.key, str(first.place)) == ("audience.lacks", where)


def test_the_message_names_agency_field_and_text(tmp_path: Path) -> None:
    [problem] = told(tmp_path, printing("{{ host.hours }}"))
    assert catalogue("vi").problem(problem) == (
        "ds.csv:3: E3 (Giờ làm việc): cơ quan “UBND xã Bình Tân” chưa có “Giờ làm việc”, mà "
        "campaigns/khao-sat.yaml:39: announcements.mo-dau.text in ra; ghi “Giờ làm việc” cho cơ quan này "
        "(chưa có cột thì thêm cột), hoặc bỏ lời in ra ấy."
    )


def test_everything_that_a_text_prints_and_a_row_lacks_is_told_at_once(tmp_path: Path) -> None:
    found = told(tmp_path, printing("{{ host.hours }}, {{ host.contact.phone }}"))
    assert [problem.values["field"] for problem in found] == ["“Giờ làm việc”", "“Điện thoại”"]


def test_what_stands_under_a_condition_is_not_asked_for(tmp_path: Path) -> None:
    guarded = "{% if host.hours %}{{ host.hours }}{% endif %}"
    assert told(tmp_path, printing(guarded)) == []
    [problem] = told(tmp_path, printing(f"{guarded} {{{{ host.contact.phone }}}}"))
    assert problem.values["field"] == "“Điện thoại”"
    assert told(tmp_path, printing("{% if host.kind == 'Phường' %}{{ host.hours }}{% endif %}")) == []


def test_notices_posters_and_the_draft_are_tried_too(tmp_path: Path) -> None:
    notice = changed(CAMPAIGN, "{{ dien_thoai.label }}: {{", "{{ host.hours }}: {{")
    poster = changed(
        CAMPAIGN, "  thong-bao:\n", "  ap-phich:\n    type: poster\n    headline: Gọi {{ host.hours }}\n  thong-bao:\n"
    )
    relay = f"{CAMPAIGN}{RELAY}"
    for campaign in (notice, poster, relay):
        [problem] = told(tmp_path, campaign)
        assert (problem.key, problem.values["field"]) == ("audience.lacks", "“Giờ làm việc”")


def test_in_a_list_written_by_hand_the_agency_is_pointed_at(tmp_path: Path) -> None:
    agencies = "agencies:\n  - {name: UBND xã A, hours: sáng}\n  - name: UBND xã B\n    own: {to: 5}\n"
    [problem] = told(tmp_path, printing("{{ host.hours }}"), agencies, "ds.yaml")
    assert str(problem.place) == "ds.yaml:3:5: agencies.1.hours"


def test_a_mistake_in_the_text_itself_is_not_told_of_every_agency(tmp_path: Path) -> None:
    assert told(tmp_path, printing("{{ host.nothing }}")) == []
    assert told(tmp_path, printing("{{ host.groups }}")) == []


def test_of_very_many_the_first_are_told_and_the_rest_counted(tmp_path: Path) -> None:
    rows = "".join(f"UBND xã thứ {number},M{number},Xã,,,\n" for number in range(300))
    found = told(tmp_path, printing("{{ host.hours }}"), LIST.partition("\n")[0] + "\n" + rows)
    assert (len(found), found[-1].key, found[-1].values["count"]) == (201, "audience.more", 100)


def test_the_check_of_a_campaign_tries_every_row(tmp_path: Path) -> None:
    (tmp_path / "ds.csv").write_text(LIST, encoding="utf-8")
    place = open_office(tmp_path, campaign=f"{printing('{{ host.hours }}')}audience: ds.csv\n")
    keys = [problem.key for problem in check_campaign(place.campaign(NAME), place)]
    assert "audience.lacks" in keys
