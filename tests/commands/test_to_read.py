"""What ``loa check`` lists for a person to read again: it never fails a check."""

from __future__ import annotations

import json
from pathlib import Path

from tests.commands.run import Here
from tests.planning.office import CAMPAIGN, NAME, changed, make_folder

TEXT = changed(CAMPAIGN, "Mời người dân trả lời phiếu khảo sát.", "Khai mạc ngày 05/9/2026, phát 500 phiếu.")


def test_values_to_read_are_listed_at_the_end_and_fail_nothing(here: Here, office: Path) -> None:
    make_folder(office, campaign=TEXT)
    ran = here("check", cwd=office)
    assert ran.code == 0
    assert ran.out.splitlines()[-2:] == [
        "Ngày, số điện thoại, số tiền khác trong văn bản, mời rà lại:",
        f"  {NAME}: announcements.mo-dau: ngày 05/9/2026 (dòng 39); 500 phiếu (dòng 39)",
    ]


def test_nothing_to_read_is_not_mentioned(here: Here, office: Path) -> None:
    assert "mời rà lại" not in here("check", cwd=office).out


def test_programs_are_told_too(here: Here, office: Path) -> None:
    make_folder(office, campaign=TEXT)
    [*_, last] = json.loads(here("check", "--json", cwd=office).out)[NAME]
    assert last == {
        "severity": "read",
        "rule": "",
        "key": "read.amount",
        "file": f"campaigns/{NAME}.yaml",
        "line": 39,
        "column": 0,
        "path": "announcements.mo-dau.text",
        "message": "500 phiếu",
    }


def test_a_campaign_with_a_mistake_has_nothing_to_read_yet(here: Here, office: Path) -> None:
    make_folder(office, campaign=changed(TEXT, "appendices: [thong-bao]", "appendices: [thong-bo]"))
    ran = here("check", cwd=office)
    assert ran.code == 1
    assert "mời rà lại" not in ran.out


def test_the_words_of_an_appendix_are_told_with_the_paper_that_it_goes_with(tmp_path: Path, here: Here) -> None:
    make_folder(tmp_path, campaign=changed(CAMPAIGN, "{{ dien_thoai }}./.", "{{ dien_thoai }} hoặc 0255.3000.999./."))
    ran = here("render", NAME, "--only", "cong-van", cwd=tmp_path)
    assert "documents.thong-bao.body" in ran.err
    assert "0255.3000.999" in ran.err
