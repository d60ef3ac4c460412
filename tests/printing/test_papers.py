"""The papers of a campaign in a folder: all or nothing, and what a draft may carry."""

from __future__ import annotations

from pathlib import Path

import pytest

from loa.core.errors import LoaError, Severity
from loa.printing.papers import write_papers
from tests.planning.office import CAMPAIGN, NAME, changed, open_office


def test_a_draft_with_blanks_is_written(tmp_path: Path) -> None:
    office = open_office(tmp_path)
    problems, paths = write_papers(office, office.campaign(NAME), office.output, formats=["txt"])
    assert [path.name for path in paths] == ["cong-van.txt", "thong-bao.txt"]
    assert {problem.severity for problem in problems} == {Severity.GAP}


def test_a_final_paper_has_no_blanks(tmp_path: Path) -> None:
    office = open_office(tmp_path)
    with pytest.raises(LoaError) as caught:
        write_papers(office, office.campaign(NAME), office.output, formats=["txt"], final=True)
    assert {problem.key for problem in caught.value.problems} == {"form.no_number", "form.no_day"}
    assert not office.output.exists()


def test_a_text_against_the_facts_stops_even_a_draft(tmp_path: Path) -> None:
    wrong = changed(CAMPAIGN, "Liên hệ {{ dien_thoai.label }}: {{ dien_thoai }}./.", "Liên hệ 0255.3000.101./.")
    office = open_office(tmp_path, campaign=wrong)
    file = office.campaign(NAME)
    with pytest.raises(LoaError) as caught:
        write_papers(office, file, office.output, formats=["txt"])
    assert {problem.severity for problem in caught.value.problems} == {Severity.ERROR}
    assert not office.output.exists()


def test_what_is_wrong_with_one_document_does_not_stop_another(tmp_path: Path) -> None:
    wrong = changed(CAMPAIGN, "Mời người dân trả lời phiếu khảo sát.", "Gọi 0255.3000.101.")
    office = open_office(tmp_path, campaign=wrong)
    _, paths = write_papers(office, office.campaign(NAME), office.output, formats=["txt"], only=["thong-bao"])
    assert [path.name for path in paths] == ["thong-bao.txt"]


def test_a_document_that_the_campaign_lacks_is_told_with_those_it_has(tmp_path: Path) -> None:
    office = open_office(tmp_path)
    with pytest.raises(LoaError) as caught:
        write_papers(office, office.campaign(NAME), office.output, formats=["txt"], only=["to-roi"])
    [problem] = caught.value.problems
    assert (problem.key, problem.values["known"]) == ("document.unknown", "cong-van, thong-bao")
