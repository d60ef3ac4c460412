"""Words with facts in them: every mistake of a paper is told at once, each on its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from loa.core.errors import LoaError
from notices.compose import compose_paper
from tests.planning.office import CAMPAIGN, NAME, changed, open_office

BODY = """\
      Sở Nội vụ đề nghị các cơ quan phối hợp tuyên truyền năm {{ nam }},
      có thông báo kèm theo./.
"""


def mistakes(folder: Path, *edits: tuple[str, str]) -> list[tuple[str, int]]:
    campaign = CAMPAIGN
    for old, new in edits:
        campaign = changed(campaign, old, new)
    office = open_office(folder, campaign=campaign)
    with pytest.raises(LoaError) as raised:
        compose_paper("cong-van", office.context(office.campaign(NAME)))
    return [(problem.key, problem.place.line) for problem in raised.value.problems]


def test_mistakes_in_lines_body_and_appendix_are_told_together(tmp_path: Path) -> None:
    found = mistakes(
        tmp_path,
        ("năm {{ nam }},", "năm {{ nm }} {{ dien_thoai | xa }},"),
        ("subject: phối hợp", "subject: phối hợp {{ ai }}"),
        ("- Các sở, ban, ngành", "- Các sở {{ ong_ba }}"),
        ("{{ dien_thoai.label }}: {{", "{{ dien_thoai.ten }}: {{"),
    )
    assert found == [
        ("template.undefined", 20),
        ("template.undefined", 22),
        ("template.undefined_close", 16),
        ("template.no_filter", 16),
        ("template.no_part", 34),
    ]


def test_all_pictures_and_footnotes_with_mistakes_are_told_each_on_its_line(tmp_path: Path) -> None:
    pictures = (
        BODY + "\n      ![](mot.png)\n\n      ![Hai](hai.png)\n\n      Xem[^ba].\n\n      ![Bốn](bon.png){width=x}\n"
    )
    assert mistakes(tmp_path, (BODY, pictures)) == [
        ("text.unknown_note", 23),
        ("text.picture_width", 25),
        ("text.picture_alt", 19),
        ("picture.missing", 21),
        ("picture.missing", 25),
    ]
