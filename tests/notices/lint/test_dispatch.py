"""Keys of a dispatch as officers fill them in: which forms the rules accept, and which they do not."""

from __future__ import annotations

import pytest

from loa.core.errors import Severity
from notices.document import Role
from notices.lint.table import find_breaches
from tests.notices.lint.papers import a_dispatch, edited

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
        ({"sign": ["KT. TỔ TRƯỞNG", "TỔ VIÊN", "Trần Thị Bình"]}, "R38_deputy"),
        ({"sign": ["TM. TỔ TRƯỞNG", "TỔ PHÓ", "Trần Thị Bình"]}, "R38_body"),
        ({"sign": ["KT. ĐOÀN KIỂM TRA", "PHÓ TRƯỞNG ĐOÀN", "Trần Thị Bình"]}, "R38_body"),
        ({"sign": ["TL. BAN QUẢN LÝ", "TRƯỞNG PHÒNG", "Trần Thị Bình"]}, "R38_body"),
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
        {"sign": ["Q. ĐOÀN TRƯỞNG", "Trần Thị Bình"]},
        {"sign": ["KT. TỔ TRƯỞNG", "TỔ PHÓ", "Trần Thị Bình"]},
        {"sign": ["KT. TỔ TRƯỞNG", "PHÓ TỔ TRƯỞNG", "Trần Thị Bình"]},
        {"sign": ["KT. ĐOÀN TRƯỞNG", "PHÓ ĐOÀN TRƯỞNG", "Trần Thị Bình"]},
        {"sign": ["KT. BAN TRƯỞNG", "PHÓ BAN TRƯỞNG", "Trần Thị Bình"]},
        {"sign": ["TM. TỔ CÔNG TÁC", "TỔ TRƯỞNG", "Trần Thị Bình"]},
        {"sign": ["TUQ. TỔ TRƯỞNG", "TRƯỞNG PHÒNG", "Trần Thị Bình"]},
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


@pytest.mark.parametrize(
    ("place", "short"),
    [
        ("TP. Hồ Chí Minh", "TP."),
        ("TP Hồ Chí Minh", "TP"),
        ("Tp Hồ Chí Minh", "Tp"),
        ("T.P Hồ Chí Minh", "T.P"),
        ("T.P. Hồ Chí Minh", "T.P."),
        ("TPHCM", "TPHCM"),
        ("TX An Nhơn", "TX"),
        ("P.Trà Giang", "P."),
    ],
)
def test_an_abbreviated_place_is_told_with_or_without_its_dots(place: str, short: str) -> None:
    found = find_breaches(edited(a_dispatch(), Role.PLACE_DATE, text=f"{place}, ngày 05 tháng 9 năm 2026"))
    assert [(breach.rule.key, breach.values["short"]) for breach in found] == [("R22", short)]


@pytest.mark.parametrize("place", ["Thành phố Hồ Chí Minh", "Pleiku", "Quảng Trị", "Huế", "Tân Phú", "Hà Tĩnh"])
def test_a_place_in_full_passes(place: str) -> None:
    assert find_breaches(edited(a_dispatch(), Role.PLACE_DATE, text=f"{place}, ngày 05 tháng 9 năm 2026")) == []


@pytest.mark.parametrize(
    ("number", "keys"),
    [
        ("12/TB-SNV", ["R15"]),
        ("12/QĐ-SNV", ["R15"]),
        ("12/HD-SNV", ["R15"]),
        ("12/TTr-SNV", ["R15"]),
        ("12/SNV-CV", ["R15"]),
        ("12/CT-TTHT", []),  # a tax office, whose initials are those of chỉ thị
        ("12/SNV-TB", []),  # what stands second is a unit
        ("00/SNV-CCHC", ["R13"]),
        ("0/SNV-CCHC", ["R13"]),
        ("10/SNV-CCHC", []),
    ],
)
def test_a_dispatch_has_a_number_of_its_own_and_no_code_of_type(number: str, keys: list[str]) -> None:
    found = find_breaches(edited(a_dispatch(), Role.NUMBER, text=f"Số: {number}"))
    assert [breach.rule.key for breach in found] == keys


def test_marks_of_style_are_notes_and_marks_of_form_are_breaches() -> None:
    found = find_breaches(a_dispatch(subject="x.", file="CCHC"))
    assert {breach.rule.key: breach.rule.severity for breach in found} == {
        "R27": Severity.WARNING,
        "R44": Severity.BREACH,
    }


@pytest.mark.parametrize(
    ("filed", "wanted"),
    [
        ("VT. CCHC.01b", "- Lưu: VT, CCHC (01b)."),
        ("CCHC", "- Lưu: VT, CCHC."),
        ("VT; CCHC. PL.(300)", "- Lưu: VT, CCHC. PL.(300)"),
        ("VT, cchc. PL", "- Lưu: VT, CCHC. PL"),
        ("VT HC(2) CCHC. PL", "- Lưu: VT, HC (2), CCHC. PL"),
        ("VT, CCHC.(300)", "- Lưu: VT, CCHC (300)."),
        ("VT, Hiếu", "- Lưu: VT, CCHC. PL.(300)"),  # nobody can tell what is meant: an example with all parts
    ],
)
def test_the_filing_line_is_shown_whole_as_it_should_read(filed: str, wanted: str) -> None:
    found = [breach.values.get("wanted") for breach in find_breaches(a_dispatch(file=filed))]
    assert found == [wanted]
