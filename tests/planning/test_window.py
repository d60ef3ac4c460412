"""A window that a document opens: it waits, opens, or was opened too late; and each time a person is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from loa.core.errors import LoaError, Severity
from loa.planning.check import check_campaign
from loa.planning.references import require_sound
from notices.context import Issue
from tests.planning.office import CAMPAIGN, NAME, changed, open_office

WAITING = changed(CAMPAIGN, "  from: 2026-09-01\n", "  from: issue of cong-van\n")


def findings(folder: Path, issued: date | None, campaign: str = WAITING) -> list[tuple[str, Severity, int]]:
    office = open_office(folder, campaign=campaign)
    issues = {"cong-van": Issue(number=12, day=issued)} if issued else {}
    problems = check_campaign(office.campaign(NAME), office, issues)
    found = [(problem.key, problem.severity, problem.place.line) for problem in problems]
    return [one for one in found if one[0].startswith(("window.", "post.", "form.open"))]


@pytest.mark.parametrize(
    ("issued", "expected"),
    [
        (None, [("window.waits", Severity.GAP, 4)]),
        (date(2026, 9, 7), []),
        (date(2026, 9, 8), [("window.before_issue", Severity.WARNING, 45)]),  # a post of 7 September
        (date(2026, 12, 1), [("window.too_late", Severity.ERROR, 4)]),
    ],
)
def test_a_window_that_a_document_opens(
    tmp_path: Path, issued: date | None, expected: list[tuple[str, Severity, int]]
) -> None:
    assert findings(tmp_path, issued) == expected


@pytest.mark.parametrize("name", ["thong-bao", "khong-co"])
def test_only_a_paper_with_a_number_can_open_a_window(tmp_path: Path, name: str) -> None:
    office = open_office(tmp_path, campaign=changed(WAITING, "issue of cong-van", f"issue of {name}"))
    with pytest.raises(LoaError) as error:
        require_sound(office.campaign(NAME), office)
    [problem] = error.value.problems
    assert (problem.key, problem.place.line, problem.values["known"]) == ("window.no_document", 4, "cong-van")


def test_a_day_after_the_end_is_outside_a_window_that_waits_too(tmp_path: Path) -> None:
    late = changed(WAITING, "date: 2026-09-07", "date: 2026-12-01")
    office = open_office(tmp_path, campaign=late)
    with pytest.raises(LoaError, match=r"post\.outside_window"):
        require_sound(office.campaign(NAME), office)


@pytest.mark.parametrize("typed", ["issue of", "issue of Công văn", "ngày ban hành", "issue"])
def test_anything_else_is_no_beginning(tmp_path: Path, typed: str) -> None:
    office = open_office(tmp_path, campaign=changed(WAITING, "issue of cong-van", typed))
    with pytest.raises(LoaError, match=r"model\.date_form"):
        office.campaign(NAME)


def test_a_post_that_names_a_paper_without_number_is_a_gap(tmp_path: Path) -> None:
    text = changed(CAMPAIGN, "Mời người dân", "Theo {{ documents.cong_van }}, mời người dân")
    title = changed(text, "Bắt đầu khảo sát", "Bắt đầu ({{ documents.cong_van.number }}) khảo sát")
    assert [one[:2] for one in findings(tmp_path, None, title)] == [("form.open_citation", Severity.GAP)] * 2
    assert findings(tmp_path, date(2026, 9, 5), title) == []
