"""Texts that name a paper of their campaign, with its number or with a blank for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from loa.core.errors import LoaError, Place
from notices.citations import citations
from notices.compose import compose, compose_paper
from notices.composed import Composed
from notices.context import Context, Issue
from notices.document import Document
from notices.fill import fill_line, is_open_line
from notices.model import DocumentSpec
from notices.open_citations import open_citation
from notices.template import Text
from notices.walk import paragraphs_of
from tests.notices.samples import dispatch, report
from tests.planning.office import CAMPAIGN, NAME, changed, open_office

NUMBERED = {"cong-van": Issue(number=5, day=date(2026, 9, 5))}
CITING = changed(CAMPAIGN, "      Liên hệ {{", "      Theo {{ documents.cong_van }}. Liên hệ {{")


def context(folder: Path, campaign: str = CITING, issues: dict[str, Issue] | None = None) -> Context:
    office = open_office(folder, campaign=campaign)
    return office.context(office.campaign(NAME), issues or {})


def body(composed: Composed[Document]) -> list[tuple[str, bool]]:
    """The runs of the notice's text, and whether each is a blank."""
    [paragraph] = [p for p in paragraphs_of(composed.document.sheets[0].blocks) if p.text.startswith("Theo")]
    return [(run.text, run.gap) for run in paragraph.runs]


def test_a_numbered_paper_is_named_in_official_words(tmp_path: Path) -> None:
    composed = compose_paper("thong-bao", context(tmp_path, issues=NUMBERED))
    assert body(composed)[0][0].startswith("Theo Công văn số 05/SNV-CCHC ngày 05/9/2026. Liên hệ")
    assert not composed.document.is_draft


@pytest.mark.parametrize("issues", [{}, NUMBERED])
def test_a_paper_that_names_another_without_its_issuer_is_told_before_it_is_numbered(
    tmp_path: Path, issues: dict[str, Issue]
) -> None:
    def told(citation: str) -> list[str]:
        campaign = changed(CAMPAIGN, "      Sở Nội vụ đề nghị", f"      Theo {{{{ {citation} }}}}, Sở Nội vụ đề nghị")
        problems = compose_paper("cong-van", context(tmp_path, campaign, issues)).problems
        return [str(problem.values["text"]) for problem in problems if problem.rule == "R33"]

    mark = "05" if issues else "…"
    assert told("documents.cong_van") == [f"Công văn số {mark}/SNV-CCHC"]
    assert told("documents.cong_van.with_issuer") == []


def test_what_is_open_is_a_highlighted_blank_and_makes_a_draft(tmp_path: Path) -> None:
    composed = compose_paper("thong-bao", context(tmp_path))
    gap = "\u00a0" * 6
    assert body(composed)[:4] == [
        ("Theo Công văn số ", False),
        (gap, True),
        ("/SNV-CCHC ngày ", False),
        (gap, True),
    ]
    assert composed.document.is_draft
    [problem] = composed.problems
    assert (problem.key, problem.values) == ("form.open_citation", {"names": "cong-van"})


def test_a_gap_names_every_paper_that_the_text_waits_for_and_no_other(tmp_path: Path) -> None:
    text = Text(text="{{ documents.cong_van }}, {{ documents.bao_cao.date }}", place=Place())
    given = context(tmp_path, issues=NUMBERED)
    documents: dict[str, DocumentSpec] = {"cong-van": dispatch(), "bao-cao": report(), "ket-qua": report()}
    waiting = replace(given, documents=documents, issues={})
    waiting = replace(waiting, values={"documents": citations(documents, {}, given.agency)})
    assert open_citation(text, waiting).values == {"names": "cong-van, bao-cao"}
    cited = {"documents": citations(documents, NUMBERED, given.agency)}
    assert open_citation(text, replace(waiting, issues=NUMBERED, values=cited)).values == {"names": "bao-cao"}


def test_a_line_shows_what_is_open_as_an_ellipsis(tmp_path: Path) -> None:
    line = Text(text="Theo {{ documents.cong_van }}", place=Place())
    waiting = context(tmp_path)
    assert fill_line(line, waiting) == "Theo Công văn số …/SNV-CCHC ngày …/9/2026"
    assert is_open_line(line, waiting)
    assert not is_open_line(line, context(tmp_path, issues=NUMBERED))


def test_a_heading_that_names_an_open_paper_makes_a_draft(tmp_path: Path) -> None:
    campaign = changed(CAMPAIGN, "heading: Thông báo khảo sát", "heading: Kèm {{ documents.cong_van.number }}")
    composed = compose_paper("thong-bao", context(tmp_path, campaign))
    assert [problem.key for problem in composed.problems] == ["form.open_citation"]
    assert composed.document.title == "Kèm …/SNV-CCHC"


def test_a_poster_that_names_an_open_paper_is_a_draft(tmp_path: Path) -> None:
    poster = """\
  ap-phich:
    type: poster
    headline: Khảo sát sự hài lòng
    points: [Trả lời phiếu, Góp ý thẳng thắn, 'Theo {{ documents.cong_van }}']
    phone: 0255.3000.100
"""
    campaign = changed(CAMPAIGN, "announcements:\n", f"{poster}announcements:\n")
    composed = compose("ap-phich", context(tmp_path, campaign))
    assert [problem.key for problem in composed.problems] == ["form.open_citation"]
    assert composed.document.is_draft
    assert not compose("ap-phich", context(tmp_path / "b", campaign, NUMBERED)).document.is_draft


def test_number_and_day_can_be_printed_alone(tmp_path: Path) -> None:
    given = context(tmp_path, issues=NUMBERED)
    cited = citations(given.documents, NUMBERED, given.agency)["cong_van"]
    assert (cited.number, cited.date) == ("05/SNV-CCHC", "05/9/2026")


@pytest.mark.parametrize("name", ["documents.cong_vam", "documents.thong_bao", "documents.cong_van.so"])
def test_an_unknown_paper_is_a_mistake(tmp_path: Path, name: str) -> None:
    with pytest.raises(LoaError, match=r"template\.(no_citation|no_part|nothing)"):
        fill_line(Text(text=f"Theo {{{{ {name} }}}}", place=Place()), context(tmp_path))
