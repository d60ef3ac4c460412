"""The format rules asked of small documents: one thing wrong, one rule that says so."""

from __future__ import annotations

import pytest

from loa.core.errors import Severity
from notices.document import Document, Kind, Paragraph, Role, Run, Sheet
from notices.lint import find_breaches
from tests.notices.samples import composed, dispatch, notice

END = "Sở Nội vụ đề nghị các cơ quan phối hợp"


def broken(**changes: object) -> list[str]:
    return [breach.rule for breach in find_breaches(composed(dispatch(**changes)).document)]


def test_a_dispatch_in_good_form_breaks_nothing() -> None:
    assert broken() == []


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"subject": "phối hợp tuyên truyền."}, "R27"),
        ({"body": f"{END}."}, "R37"),
        ({"body": f"{END}./.\n\nTrân trọng./."}, "R37"),
        ({"body": f"{END}./.\n\nTrân trọng."}, "R37_place"),
        ({"body": f"{END} ./."}, "R37_place"),
        ({"sign": ["KT.GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Thị Bình"]}, "R38"),
        ({"sign": ["K/T GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Thị Bình"]}, "R38"),
        ({"sign": ["TM UBND TỈNH", "CHỦ TỊCH", "Trần Thị Bình"]}, "R38"),
        ({"sign": ["KT. GIÁM ĐỐC", "TRƯỞNG PHÒNG", "Trần Thị Bình"]}, "R38_deputy"),
        ({"sign": ["KT. GIÁM ĐỐC", "Trần Thị Bình"]}, "R38_deputy"),
        ({"sign": ["GIÁM ĐỐC", "ThS. Trần Thị Bình"]}, "R39"),
        ({"sign": ["GIÁM ĐỐC", "TRẦN THỊ BÌNH"]}, "R39"),
        ({"sign": ["GIÁM ĐỐC", "Bình"]}, "R39"),
        ({"sign": ["GIÁM ĐỐC", "Trần thị Bình"]}, "R39"),
        ({"file": "CCHC"}, "R44"),
        ({"file": "VT. CCHC"}, "R44"),
        ({"file": "VT, cchc"}, "R44"),
    ],
)
def test_one_thing_wrong_is_told_by_its_rule(changes: dict[str, object], rule: str) -> None:
    assert broken(**changes) == [rule]


@pytest.mark.parametrize(
    "changes",
    [
        {"sign": ["GIÁM ĐỐC", "Đặng Ân Phú"]},
        {"sign": ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Ái"]},
        {"sign": ["TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG", "Ưng Hoàng Phúc"]},
        {"sign": ["Q. GIÁM ĐỐC", "Trần Thị Bình"]},
        {"file": "VT"},
        {"file": "VT, CCHC (01b)"},
        {"file": "VT, TCCQ&PCP, ĐT2"},
        {"file": "VT, CCHC."},
    ],
)
def test_every_form_that_the_decree_allows_passes(changes: dict[str, object]) -> None:
    assert broken(**changes) == []


def test_a_subject_longer_than_the_registrys_field_is_noted() -> None:
    """Asked of a document from elsewhere: a campaign file with such a subject is refused before."""
    for length, rules in ((500, []), (501, ["R27_length"])):
        subject = Paragraph(role=Role.SUBJECT, runs=(Run(text=f"V/v {'a' * length}"),))
        text = Paragraph(role=Role.BODY, runs=(Run(text=f"{END}./."),))
        sheet = Sheet(name="x", kind=Kind.DISPATCH, blocks=(subject, text))
        document = Document(name="x", title="x", author="x", sheets=(sheet,), body_size=14, is_draft=False)
        assert [breach.rule for breach in find_breaches(document)] == rules


def test_a_text_must_speak_of_what_goes_with_it() -> None:
    silent = composed(dispatch(appendices=["phu-luc-1"]), notice())
    assert [breach.rule for breach in find_breaches(silent.document)] == ["R45"]
    spoken = dispatch(appendices=["phu-luc-1"], body="Sở Nội vụ gửi thông báo kèm theo./.")
    assert find_breaches(composed(spoken, notice()).document) == []


def test_marks_of_style_are_notes_and_marks_of_form_are_breaches() -> None:
    document = composed(dispatch(subject="x.", file="CCHC")).document
    assert {breach.rule: breach.severity for breach in find_breaches(document)} == {
        "R27": Severity.WARNING,
        "R44": Severity.BREACH,
    }
