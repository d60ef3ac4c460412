"""Keys of a dispatch as officers fill them in: which forms the rules accept, and which they do not."""

from __future__ import annotations

import pytest

from loa.core.errors import Severity
from notices.lint.table import find_breaches
from tests.notices.lint.papers import a_dispatch

END = "Sở Nội vụ đề nghị các cơ quan phối hợp"


def broken(**changes: object) -> list[str]:
    return [breach.rule.key for breach in find_breaches(a_dispatch(**changes))]


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"subject": "phối hợp tuyên truyền."}, "R27"),
        ({"body": f"{END}."}, "R37"),
        ({"body": f"{END}./.\n\nTrân trọng./."}, "R37"),
        ({"body": f"{END}./.\n\nTrân trọng."}, "R37_place"),
        ({"body": f"{END} ./."}, "R37_place"),
        ({"sign": ["KT.GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Thị Bình"]}, "R38"),
        ({"sign": ["TM UBND TỈNH", "CHỦ TỊCH", "Trần Thị Bình"]}, "R38"),
        ({"sign": ["K/T GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Thị Bình"]}, "R54"),
        ({"sign": ["KT. GIÁM ĐỐC", "TRƯỞNG PHÒNG", "Trần Thị Bình"]}, "R38_deputy"),
        ({"sign": ["KT. GIÁM ĐỐC", "Trần Thị Bình"]}, "R38_deputy"),
        ({"sign": ["GIÁM ĐỐC", "ThS. Trần Thị Bình"]}, "R39"),
        ({"sign": ["GIÁM ĐỐC", "TRẦN THỊ BÌNH"]}, "R39"),
        ({"sign": ["GIÁM ĐỐC", "Bình"]}, "R39"),
        ({"sign": ["GIÁM ĐỐC", "Trần thị Bình"]}, "R39"),
        ({"file": "CCHC"}, "R44"),
        ({"file": "VT. CCHC"}, "R44"),
        ({"file": "VT, cchc"}, "R44"),
        ({"file": "VT, Hiếu"}, "R44"),
        ({"unit": "CV"}, "R15"),
        ({"unit": "2026"}, "R16"),
    ],
)
def test_one_thing_wrong_is_told_by_its_rule(changes: dict[str, object], rule: str) -> None:
    assert broken(**changes) == [rule]


@pytest.mark.parametrize(
    "changes",
    [
        {"sign": ["GIÁM ĐỐC", "Đặng Ân Phú"]},
        {"sign": ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Ái"]},
        {"sign": ["TM. BAN CHỈ ĐẠO", "TRƯỞNG BAN", "Lê Ái"]},
        {"sign": ["TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG", "Ưng Hoàng Phúc"]},
        {"sign": ["TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG", "Ưng Hoàng Phúc"]},
        {"sign": ["TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG CẢI CÁCH HÀNH CHÍNH", "Ưng Hoàng Phúc"]},
        {"sign": ["Q. GIÁM ĐỐC", "Trần Thị Bình"]},
        {"sign": ["GIÁM ĐỐC", "H’Hen Niê"]},
        {"file": "VT"},
        {"file": "VT, CCHC (01b)"},
        {"file": "VT, TCCQ&PCP, ĐT2"},
        {"file": "VT, CCHC."},
        {"file": "VT, CCHC", "drafter": "PL"},
        {"file": "VT, CCHC", "drafter": "PL", "copies": "300"},
        {"to": ["Bộ Nội vụ"]},
        {"urgency": "hỏa tốc", "circulation": "xem xong trả lại"},
        {"basis": ["Căn cứ Luật Lưu trữ số 33/2024/QH15", "Căn cứ tình hình thực tế"]},
        {"unit": "KSTTHC"},
    ],
)
def test_every_form_that_the_decree_allows_passes(changes: dict[str, object]) -> None:
    assert broken(**changes) == []


def test_marks_of_style_are_notes_and_marks_of_form_are_breaches() -> None:
    found = find_breaches(a_dispatch(subject="x.", file="CCHC"))
    assert {breach.rule.key: breach.rule.severity for breach in found} == {
        "R27": Severity.WARNING,
        "R44": Severity.BREACH,
    }
