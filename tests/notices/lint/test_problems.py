"""Findings as problems: each at the line of the campaign file where it is mended."""

from __future__ import annotations

from pathlib import Path

import pytest

from loa.core.errors import Problem, Severity
from loa.core.words import LANGUAGES, catalogue
from loa.planning.workspace import open_workspace
from notices.compose import compose
from tests.notices.lint.test_pairs import PAIRS, breaches_of_the_first

CONFIG = """\
agency: {name: Sở Nội vụ, full_name: Sở Nội vụ tỉnh Sông Trà, code: SNV, place: TP. Sông Trà}
channels: {}
"""
CAMPAIGN = """\
campaign: thu
title: Thử
window: {from: 2026-09-01, to: 2026-09-30}
facts:
  noi: {text: UBND huyện}
  dip:
    label: Dịp lễ
    text: ngày quốc khánh
documents:
  cong-van:
    type: dispatch
    template: phoi-hop
    unit: CCHC
    date: 2026-09
    subject: tuyên truyền khảo sát tại quận 1.
    to:
      - Các cơ quan chuyên môn thuộc UBND tỉnh
      - UBND các huyện, thị xã, thành phố
    sign:
      - KT.GIÁM ĐỐC
      - PHÓ GIÁM ĐỐC
      - TRẦN AN
    cc:
      - Báo Sông Trà
      - UBND thị trấn Di Lăng
    file: CCHC
    blocks:
      can_cu: |
        Thực hiện nhiệm vụ năm nay.

        Căn cứ khoản 2 điều 5 Quy chế.
      muc_dich: |
        Để nắm thông tin.

        - Gửi đến {{ noi }}.

        Sau {{ dip }}, các đơn vị báo cáo kết quả và
        chuẩn bị cho dịp Tết Nguyên Đán.
      thoi_gian: |
        3. Thời gian: tháng 9.
  thong-bao:
    type: notice
    form: posting
    heading: Thông báo năm 2026 của thị trấn
    body: |
      Mời người dân.

      Trong Tháng 9 năm 2026, liên hệ [ghi số điện thoại]./.
"""


@pytest.fixture
def found(tmp_path: Path) -> list[Problem]:
    (tmp_path / "config.yaml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "campaigns").mkdir()
    (tmp_path / "campaigns" / "thu.yaml").write_text(CAMPAIGN, encoding="utf-8")
    office = open_workspace(tmp_path)
    context = office.context(office.campaign("thu"))
    return [problem for name in ("cong-van", "thong-bao") for problem in compose(name, context).problems]


def test_each_finding_stands_where_it_is_mended(found: list[Problem]) -> None:
    lines = CAMPAIGN.splitlines()
    places = {
        (problem.key, problem.place.part): lines[problem.place.line - 1].strip()
        for problem in found
        if problem.rule and problem.severity is not Severity.GAP and problem.place.line
    }
    expected = {
        ("rule.R27", "documents.cong-van.subject"): "subject: tuyên truyền khảo sát tại quận 1.",
        ("rule.R53", "documents.cong-van.subject"): "subject: tuyên truyền khảo sát tại quận 1.",
        ("rule.R53", "documents.cong-van.to.1"): "- UBND các huyện, thị xã, thành phố",
        ("rule.R53", "documents.cong-van.cc.1"): "- UBND thị trấn Di Lăng",
        ("rule.R38", "documents.cong-van.sign.0"): "- KT.GIÁM ĐỐC",
        ("rule.R39", "documents.cong-van.sign.2"): "- TRẦN AN",
        ("rule.R44", "documents.cong-van.file"): "file: CCHC",
        ("rule.R55", "documents.cong-van.subject"): "subject: tuyên truyền khảo sát tại quận 1.",
        ("rule.R55", "documents.cong-van.blocks.can_cu"): "Căn cứ khoản 2 điều 5 Quy chế.",
        ("rule.R53", "facts.noi.text"): "noi: {text: UBND huyện}",
        ("rule.R55", "facts.dip.text"): "text: ngày quốc khánh",
        ("rule.R55", "documents.cong-van.blocks.muc_dich"): "chuẩn bị cho dịp Tết Nguyên Đán.",
        ("rule.R53", "documents.thong-bao.heading"): "heading: Thông báo năm 2026 của thị trấn",
        ("rule.R55", "documents.thong-bao.body"): "Trong Tháng 9 năm 2026, liên hệ [ghi số điện thoại]./.",
        ("rule.R56", "documents.thong-bao.body"): "Trong Tháng 9 năm 2026, liên hệ [ghi số điện thoại]./.",
    }
    assert {key: places.get(key) for key in expected} == expected


def test_what_the_agency_says_of_itself_is_mended_there(found: list[Problem]) -> None:
    assert [problem.place.part for problem in found if problem.key == "rule.R22"] == ["documents.cong-van.date"]


def test_each_finding_names_its_rule_and_clause(found: list[Problem]) -> None:
    told = [problem for problem in found if problem.key == "rule.R44"]
    assert [(problem.rule, problem.severity, problem.clause) for problem in told] == [
        ("R44", Severity.BREACH, "I/1-II.9d")
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_can_be_said(language: str) -> None:
    """The values that a rule gives are those that its sentence asks for."""
    words = catalogue(language)
    for key in PAIRS:
        for breach in breaches_of_the_first(key):
            said = words.problem(Problem(key=f"rule.{breach.sentence}", values=breach.values))
            assert "; " in said
