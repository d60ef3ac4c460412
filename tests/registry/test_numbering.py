"""A document gets its number: what the paper shows then, and what an edit later is told."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from docx import Document as DocxFile

from loa import root
from loa.core.errors import LoaError, Problem, Severity
from loa.registry.findings import find_notes
from tests.planning.office import CAMPAIGN, CONFIG, changed
from tests.registry.samples import DAY, DOCUMENT, KEPT_HERE, NOW, Registry, apart

NOTICE = """\
  thong-bao-so:
    type: notice
    form: formal
    date: 2026-09
    subject: nghỉ lễ
    sign: [GIÁM ĐỐC, Trần Văn An]
    file: VT
    copies: 30
    body: |
      Sở Nội vụ thông báo như sau./.
"""
WITH_NOTICE = changed(CAMPAIGN, "announcements:\n", f"{NOTICE}announcements:\n")


def text_of(registry: Registry) -> str:
    return "\n".join(registry.ledger.register.registrations()[-1].paper.content)


def changes(registry: Registry) -> list[Problem]:
    return [problem for problem in registry.compose().problems if problem.key == "form.changed"]


def test_an_edit_in_an_appendix_apart_is_found_as_well(tmp_path: Path) -> None:
    registry = Registry(tmp_path, campaign=apart(CAMPAIGN))
    registry.give()
    assert changes(registry) == []
    registry.edit("0255.3000.100\n    label", "0255.3000.109\n    label")
    [found] = changes(registry)
    assert "“0255.3000.100./.” → “0255.3000.109./.”" in str(found.values["words"])
    registry.ledger.close()


def test_number_and_day_stand_in_the_head_and_in_the_line_of_the_appendix(registry: Registry) -> None:
    registry.give(5)
    text = text_of(registry)
    assert "Số: 05/SNV-CCHC" in text
    assert "Sông Trà, ngày 05 tháng 9 năm 2026" in text
    assert "(Kèm theo Công văn số 05/SNV-CCHC ngày 05 tháng 9 năm 2026 của Sở Nội vụ)" in text
    composed = registry.compose()
    assert (composed.problems, composed.document.is_draft) == ((), False)
    assert composed.document.name == "cong-van-05-SNV-CCHC"


def test_the_register_keeps_what_its_columns_print(registry: Registry) -> None:
    columns = registry.give().registration.paper.columns
    assert columns.title == "Công văn phối hợp tuyên truyền"
    assert (columns.parent, columns.body, columns.signer) == ("UBND tỉnh Sông Trà", "Sở Nội vụ", "Trần Văn An")
    assert columns.recipients == ("Các sở, ban, ngành", "Các xã, phường")
    assert (columns.filed, columns.copies) == ("VT, CCHC", None)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("đề nghị các cơ quan", "yêu cầu các cơ quan", "“đề nghị” → “yêu cầu”"),
        ('text: "2026"', 'text: "2027"', "“2026,” → “2027,”"),  # a fact that it prints
        ("      - Các xã, phường\n", "      - Các xã, phường, đặc khu\n", "“phường.” → “phường, đặc khu.”"),
        ("0255.3000.100\n    label", "0255.3000.109\n    label", "“0255.3000.100./.” → “0255.3000.109./.”"),  # appendix
        ("      - Các xã, phường\n", "", "“ngành; - Các xã, phường.” → “ngành”"),
    ],
)
def test_a_later_edit_is_a_breach_that_names_number_day_and_words(
    registry: Registry, old: str, new: str, told: str
) -> None:
    registry.give()
    assert changes(registry) == []
    registry.edit(old, new)
    [problem] = changes(registry)
    assert problem.severity is Severity.BREACH
    assert (problem.values["mark"], problem.values["day"]) == ("12/SNV-CCHC", "05/9/2026")
    assert told in str(problem.values["words"])


def test_what_the_paper_does_not_print_may_still_be_edited(registry: Registry) -> None:
    registry.give()
    registry.edit("Mời người dân", "Kính mời người dân")  # an announcement
    registry.edit("to: 2026-11-30", "to: 2026-12-15")  # the window
    assert changes(registry) == []


def test_words_that_come_back_are_no_breach_any_more(registry: Registry) -> None:
    registry.give()
    registry.edit("đề nghị các", "yêu cầu các")
    registry.edit("yêu cầu các", "đề nghị các")
    assert changes(registry) == []


def test_a_cancelled_number_frees_the_paper_to_be_edited_and_numbered_anew(registry: Registry) -> None:
    given = registry.give().registration
    registry.ledger.register.cancel(given, person="bình", reason="sửa nội dung", now=NOW)
    registry.edit("đề nghị các", "yêu cầu các")
    assert registry.compose().document.is_draft
    assert registry.give(13).registration.mark == "13/SNV-CCHC"
    assert changes(registry) == []


@pytest.mark.parametrize(
    ("document", "day", "key"),
    [
        ("thong-bao", DAY, "registry.not_numbered"),  # posted: has no number
        ("khong-co", DAY, "document.unknown"),
        (DOCUMENT, NOW.date() + timedelta(days=1), "registry.future"),
    ],
)
def test_what_cannot_have_a_number_is_refused(registry: Registry, document: str, day: date, key: str) -> None:
    with pytest.raises(LoaError) as error:
        registry.give(document=document, day=day)
    assert [problem.key for problem in error.value.problems] == [key]
    assert registry.ledger.register.registrations() == ()


def test_today_is_no_future_day_in_the_zone_of_the_office(registry: Registry) -> None:
    assert registry.give(day=NOW.date()).registration.day == date(2026, 9, 7)


def test_a_paper_that_names_another_without_number_has_to_wait_for_it(tmp_path: Path) -> None:
    campaign = changed(WITH_NOTICE, "thông báo như sau", "thực hiện {{ documents.cong_van }}")
    registry = Registry(tmp_path, campaign=campaign)
    with pytest.raises(LoaError) as error:
        registry.give(None, document="thong-bao-so")
    [problem] = error.value.problems
    assert (problem.key, problem.values) == ("registry.number_first", {"name": "cong-van", "campaign": "khao-sat"})
    line = (tmp_path / "campaigns" / "khao-sat.yaml").read_text(encoding="utf-8").splitlines()[problem.place.line - 1]
    assert "{{ documents.cong_van }}" in line
    registry.give(None)
    registry.give(None, document="thong-bao-so")
    assert "thực hiện Công văn số 01/SNV-CCHC ngày 05/9/2026./." in text_of(registry)
    registry.ledger.close()


def test_a_word_template_that_changed_after_numbering_is_a_breach_that_names_it(tmp_path: Path) -> None:
    registry = Registry(
        tmp_path, campaign=changed(CAMPAIGN, "    unit: CCHC\n", "    unit: CCHC\n    word: mau.docx\n")
    )
    letterhead = tmp_path / "mau.docx"
    letterhead.write_bytes((root() / "templates" / "word" / "cong-van.docx").read_bytes())
    registry.give()
    assert "form.other_letterhead" not in [problem.key for problem in registry.compose().problems]
    file = DocxFile(str(letterhead))
    file.add_paragraph("Thêm một dòng.")
    file.save(str(letterhead))
    [problem] = [p for p in registry.compose().problems if p.key == "form.other_letterhead"]
    assert (problem.severity, problem.place.part) == (Severity.BREACH, "documents.cong-van.word")
    assert problem.values == {"mark": "12/SNV-CCHC", "day": "05/9/2026", "file": "mau.docx"}
    registry.edit("    word: mau.docx\n", "")
    assert "form.other_letterhead" in [problem.key for problem in registry.compose().problems]
    registry.ledger.close()


def test_a_paper_may_name_its_own_number(tmp_path: Path) -> None:
    registry = Registry(
        tmp_path, campaign=changed(WITH_NOTICE, "thông báo như sau", "xem {{ documents.thong_bao_so }}")
    )
    drafted = registry.compose("thong-bao-so")
    assert drafted.document.is_draft
    assert [p.key for p in drafted.problems if p.severity is Severity.GAP].count("form.open_citation") == 1
    registry.give(7, document="thong-bao-so")
    assert "xem Thông báo số 07/TB-SNV ngày 05/9/2026./." in text_of(registry)
    registry.ledger.close()


def test_the_next_number_is_for_offices_that_keep_their_register_here(tmp_path: Path) -> None:
    registry = Registry(tmp_path, config=CONFIG)
    with pytest.raises(LoaError, match=r"registry\.book_elsewhere"):
        registry.give(None)
    assert registry.give(7).registration.mark == "07/SNV-CCHC"
    registry.ledger.close()


@pytest.mark.parametrize(("series", "marks"), [("per_agency", ("01", "02")), ("per_type", ("01", "01"))])
def test_papers_share_one_series_or_have_one_for_each_type(tmp_path: Path, series: str, marks: tuple[str, str]) -> None:
    config = changed(KEPT_HERE, "  book: here\n", f"  book: here\n  series: {series}\n")
    registry = Registry(tmp_path, config=config, campaign=WITH_NOTICE)
    given = [registry.give(None, document=name).registration for name in (DOCUMENT, "thong-bao-so")]
    assert [one.mark for one in given] == [f"{marks[0]}/SNV-CCHC", f"{marks[1]}/TB-SNV"]
    assert given[1].paper.columns.copies == 30
    registry.ledger.close()


def office(folder: Path, *edits: tuple[str, str]) -> Registry:
    """The office in a folder, also for a second time, with its config.yaml edited and another campaign."""
    config = KEPT_HERE
    for old, new in edits:
        config = changed(config, old, new)
    return Registry(folder, config=config, campaign=WITH_NOTICE)


@pytest.mark.parametrize(
    ("edits", "number"),
    [
        ([("full_name: Sở Nội vụ tỉnh Sông Trà", "full_name: Sở Nội vụ Tỉnh Sông Trà")], 2),
        ([("name: Sở Nội vụ\n", "name: SỞ NỘI VỤ\n"), ("UBND tỉnh", "Ủy ban nhân dân tỉnh")], 2),
        ([("place: Sông Trà", "place: Sông trà")], 2),
        ([("place: Sông Trà", "place: Sông Hương")], 1),  # another ward has the same code
        ([("code: SNV", "code: STC")], 1),
    ],
)
def test_numbers_run_on_when_the_name_of_the_body_is_spelled_otherwise(
    tmp_path: Path, edits: list[tuple[str, str]], number: int
) -> None:
    before = office(tmp_path)
    assert before.give(None).registration.number == 1
    before.ledger.close()
    after = office(tmp_path, *edits)
    assert after.give(None, document="thong-bao-so").registration.number == number
    assert after.ledger.register.forged() == ()
    after.ledger.close()


def notes(registry: Registry) -> list[tuple[str, str]]:
    found = find_notes(registry.file, registry.ledger.register.registrations())
    return [(problem.key, problem.rule) for problem in found]


def test_a_numbered_paper_that_is_gone_from_the_file_is_a_finding(registry: Registry) -> None:
    registry.give()
    registry.edit("  cong-van:\n", "  cong-van-moi:\n")
    [problem] = find_notes(registry.file, registry.ledger.register.registrations())
    assert (problem.key, problem.severity) == ("registry.document_gone", Severity.BREACH)
    assert (problem.values["mark"], problem.values["name"]) == ("12/SNV-CCHC", "cong-van")


def test_a_day_other_than_the_files_is_noted(registry: Registry) -> None:
    registry.give(day=date(2026, 8, 31))
    assert notes(registry) == [("registry.other_day", "R21")]


def test_days_that_go_back_and_numbers_left_out_are_noted(tmp_path: Path) -> None:
    registry = Registry(tmp_path, campaign=WITH_NOTICE)
    registry.give(None, day=date(2026, 9, 4))
    registry.give(3, document="thong-bao-so", day=date(2026, 9, 4))
    assert notes(registry) == [("registry.left_out", "R57")]
    later = registry.ledger.register.in_force("khao-sat", "thong-bao-so")
    assert later
    registry.ledger.register.cancel(later, person="bình", reason="ghi nhầm ngày", now=NOW)
    registry.give(4, document="thong-bao-so", day=date(2026, 9, 3))
    assert ("registry.disorder", "R21") in notes(registry)
    registry.ledger.close()
