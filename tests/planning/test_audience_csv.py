"""Lists of agencies as CSV: what offices really save."""

from __future__ import annotations

from pathlib import Path

import pytest

from loa.core.errors import LoaError, Problem
from loa.core.words import catalogue
from loa.planning.audience.audience import Audience, read_audience
from loa.planning.audience.table import MAX_ROWS

HEADINGS = "STT,Tên cơ quan,Mã,Cơ quan chủ quản,Địa chỉ,Điện thoại,Nhóm,Nơi niêm yết,Khổ giấy,Số bản,Số hộ"
ROW = (
    '1,UBND xã An Phú,H99.02,UBND tỉnh Sông Trà,"Thôn Đông, xã An Phú",0255.3000.202,cấp xã; miền núi,'
    "Nhà văn hóa,A3,2,3.210"
)


def read(tmp_path: Path, content: str | bytes, name: str = "ds.csv") -> Audience:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_audience(path, name)


def problems(tmp_path: Path, content: str | bytes, name: str = "ds.csv") -> list[Problem]:
    with pytest.raises(LoaError) as raised:
        read(tmp_path, content, name)
    for problem in raised.value.problems:
        for language in ("vi", "en"):
            assert catalogue(language).problem(problem)
    return list(raised.value.problems)


def found(tmp_path: Path, *rows: str, headings: str = HEADINGS) -> list[tuple[str, str]]:
    """Key and place of every mistake in a list with these rows."""
    return [(p.key, str(p.place)) for p in problems(tmp_path, "\n".join([headings, *rows]))]


def test_a_row_becomes_an_agency(tmp_path: Path) -> None:
    [agency] = read(tmp_path, f"{HEADINGS}\n{ROW}\n").receivers
    assert (agency.name, agency.full_name, agency.code, agency.place) == (
        "UBND xã An Phú",
        "UBND xã An Phú",
        "H99.02",
        "An Phú",
    )
    assert (agency.contact.address, agency.contact.phone) == ("Thôn Đông, xã An Phú", "0255.3000.202")
    assert agency.groups == ["cấp xã", "miền núi"]
    assert [(p.place, p.paper, p.copies) for p in agency.posting] == [("Nhà văn hóa", "A3", 2)]
    assert agency.own == {"so_ho": "3.210"}


@pytest.mark.parametrize(
    "headings",
    ["Tên cơ quan;Địa chỉ", "TÊN ĐƠN VỊ;dia chi", "name;address", "Tên;Trụ sở", "Cơ quan, đơn vị;Địa chỉ trụ sở"],
)
def test_headings_are_known_in_many_spellings(tmp_path: Path, headings: str) -> None:
    [agency] = read(tmp_path, f"{headings}\nSở Y tế;Số 5\n").receivers
    assert (agency.name, agency.contact.address) == ("Sở Y tế", "Số 5")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_every_way_that_spreadsheets_save_is_read(tmp_path: Path, delimiter: str, end: str, mark: str) -> None:
    lines = [delimiter.join(cells) for cells in (("Tên cơ quan", "Mã"), ("Sở Y tế", "SYT"), ("Sở Nội vụ", "SNV"))]
    agencies = read(tmp_path, mark + end.join(lines) + end).receivers
    assert [agency.code for agency in agencies] == ["SYT", "SNV"]


def test_a_line_that_names_the_separator_and_a_title_above_are_passed_over(tmp_path: Path) -> None:
    text = 'sep=;\n"DANH SÁCH CƠ QUAN, ĐƠN VỊ, ĐỊA PHƯƠNG, NĂM 2026"\n\nTên cơ quan;Mã\nSở Y tế;SYT\n;;\n'
    [agency] = read(tmp_path, text).receivers
    assert agency.code == "SYT"


def test_cells_are_named_as_a_spreadsheet_names_them_and_by_their_line(tmp_path: Path) -> None:
    text = 'sep=;\nTên;Mã;Điện thoại\n"Sở\nY tế";SYT;0255.3000.101\nSở Nội vụ;SNV;không có\n'
    [problem] = problems(tmp_path, text)
    assert problem.key == "model.phone_form"
    # the row before it takes two lines
    assert str(problem.place) == "ds.csv:5: C4 (Điện thoại)"


def test_all_mistakes_are_told_at_once_each_at_its_cell(tmp_path: Path) -> None:
    assert found(
        tmp_path,
        "1,,H99.01,,,,,,,,",
        "2,Sở Y tế,h99,,,0255,,,,,",
        "3,Sở Nội vụ,SNV,,,,,,A3,,",
        "4,Sở Tư pháp,STP,,,,,Nơi tiếp dân,A2,0,",
        "5,Sở Xây dựng,SXD,=1+1,@SUM(A1),2553000101,,,,,-2+3",
    ) == [
        ("audience.no_name", "ds.csv:2: B2 (Tên cơ quan)"),
        ("model.symbol_form", "ds.csv:3: C3 (Mã)"),
        ("audience.no_place", "ds.csv:4: I4 (Khổ giấy)"),
        ("model.not_a_choice", "ds.csv:5: I5 (Khổ giấy)"),
        ("model.copies_range", "ds.csv:5: J5 (Số bản)"),
        ("audience.formula", "ds.csv:6: D6 (Cơ quan chủ quản)"),
        ("audience.formula", "ds.csv:6: E6 (Địa chỉ)"),
        ("audience.lost_zero", "ds.csv:6: F6 (Điện thoại)"),
        ("audience.formula", "ds.csv:6: K6 (Số hộ)"),
    ]


@pytest.mark.parametrize(
    "phone", ["+84 255 3000 101", "0255.3000.101", "1022", "19001234", "18001234", "(0255) 3000 101"]
)
def test_telephone_numbers_are_no_formulas_and_lost_nothing(tmp_path: Path, phone: str) -> None:
    [agency] = read(tmp_path, f"Tên;Điện thoại\nSở Y tế;{phone}\n").receivers
    assert agency.contact.phone == phone


@pytest.mark.parametrize("encoding", ["utf-16", "cp1258", "latin-1"])
def test_another_encoding_is_refused_with_what_to_do(tmp_path: Path, encoding: str) -> None:
    content = "Tên;Mã\nSở Y tế;SYT\n".encode(encoding, errors="replace")
    content += b"\xf0\xe9\n" if encoding != "utf-16" else b""
    [problem] = problems(tmp_path, content)
    assert problem.key == "audience.encoding"
    assert problem.place.line > 0
    assert "CSV UTF-8" in catalogue("vi").problem(problem)


def test_an_agency_stands_once(tmp_path: Path) -> None:
    rows = (
        "1,Sở Y tế,SYT,UBND tỉnh A,,,,,,,",
        "2,Sở Y Tế,SYT2,UBND tỉnh A,,,,,,,",
        "3,Sở Y tế,SYT-B,UBND tỉnh B,,,,,,,",
        "4,Sở Tư pháp,SYT.B,UBND tỉnh B,,,,,,,",
    )
    assert found(tmp_path, *rows) == [
        ("audience.name_twice", "ds.csv:3: B3 (Tên cơ quan)"),
        ("audience.code_twice", "ds.csv:5: C5 (Mã)"),
    ]


def test_long_names_that_begin_alike_and_namesakes_get_codes_of_their_own(tmp_path: Path) -> None:
    long = "Trung tâm Phục vụ hành chính công phường"
    rows = (
        f"1,{long} Trà Giang,,,,,,,,,",
        f"2,{long} An Phú,,,,,,,,,",
        "3,Trạm Y tế,,UBND xã A,,,,,,,",
        "4,Trạm Y tế,,UBND xã B,,,,,,,",
        "5,Sở Y tế,,,,,,,,,",
        "6,Văn phòng Sở,SO-TU-PHAP,,,,,,,,",
        "7,Sở Tư pháp,,,,,,,,,",
    )
    receivers = read(tmp_path, "\n".join([HEADINGS, *rows])).receivers
    assert len({receiver.folder for receiver in receivers}) == len(rows)
    assert [receiver.code for receiver in receivers[4:6]] == ["SO-Y-TE", "SO-TU-PHAP"]
    backwards = read(tmp_path, "\n".join([HEADINGS, *reversed(rows)])).receivers
    assert backwards == tuple(reversed(receivers))


def test_a_code_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    assert found(tmp_path, "1,Sở Y tế,..,,,,,,,,") == [("audience.no_folder", "ds.csv:2: C2 (Mã)")]
    [agency] = read(tmp_path, f"{HEADINGS}\n1,Sở Y tế,..-A,,,,,,,,\n").receivers
    assert agency.folder == "a"


def test_characters_that_no_paper_carries_are_named(tmp_path: Path) -> None:
    assert found(tmp_path, "1,Sở\u200bY tế,SYT,,,,,,,,") == [("text.forbidden", "ds.csv:2: B2 (Tên cơ quan)")]
    assert found(tmp_path, "1,Sở Y tế,SYT,,漢字,,,,,,") == [("text.no_glyph", "ds.csv:2: E2 (Địa chỉ)")]


def test_a_name_too_long_for_a_heading_is_refused(tmp_path: Path) -> None:
    long = "Ban Quản lý dự án đầu tư xây dựng các công trình giao thông và thủy lợi ở các xã miền núi tỉnh Sông Trà"
    wide = "Sở KẾHOẠCHVÀĐẦUTƯPHÁTTRIỂNNÔNGTHÔNMIỀNNÚI"
    assert found(tmp_path, f"1,{long},BQL,,,,,,,,", f"2,{wide},SKH,,,,,,,,") == [
        ("audience.name_too_long", "ds.csv:2: B2 (Tên cơ quan)"),
        ("audience.name_too_long", "ds.csv:3: B3 (Tên cơ quan)"),
    ]
    [agency] = read(tmp_path, f"Tên;Tên đầy đủ\nBQL dự án;{long}\n").receivers
    assert agency.full_name == long


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "audience.no_headings"),
        ("Mã;Địa chỉ\nSYT;Số 5\n", "audience.no_headings"),
        ("Tên;Mã\n", "audience.empty"),
        ("Tên;Mã\n;\n-;–\n", "audience.empty"),
        ('Tên;Mã\n"Sở Y tế;SYT\n', "audience.quotes"),
        ('Tên;Mã\n"Sở" Y tế;SYT\n', "audience.quotes"),
        (f"Tên;Mã\n{'x' * 200_000};SYT\n", "audience.quotes"),
        ("Tên;Mã;Mã\nSở Y tế;1;2\n", "audience.heading_twice"),
        ("Tên;Mã;Mã cơ quan\nSở Y tế;1;2\n", "audience.heading_twice"),
    ],
)
def test_a_file_that_is_no_list_is_refused(tmp_path: Path, text: str, key: str) -> None:
    assert [problem.key for problem in problems(tmp_path, text)] == [key]


def test_a_heading_that_is_nearly_a_known_one_is_doubted_and_kept(tmp_path: Path) -> None:
    audience = read(tmp_path, "Tên;Điện thoạii\nSở Y tế;x\n")
    [warning] = audience.warnings
    assert (warning.key, warning.values["close"]) == ("audience.heading_close", "dien-thoai")
    assert audience.receivers[0].own == {"dien_thoaii": "x"}


def test_several_posting_places_have_numbered_headings(tmp_path: Path) -> None:
    headings = "Tên;Nơi niêm yết 1;Số bản 1;Nơi niêm yết 2;Khổ giấy 2;Nơi niêm yết 10"
    [agency] = read(tmp_path, f"{headings}\nSở Y tế;;;Cổng;A3;Sảnh\n").receivers
    assert [(p.place, p.paper, p.copies) for p in agency.posting] == [("Cổng", "A3", 1), ("Sảnh", "A4", 1)]


def test_ten_thousand_rows_are_read_and_twenty_thousand_are_the_limit(tmp_path: Path) -> None:
    rows = [f"Tổ dân phố số {number};M{number};0255.3000.101" for number in range(10_000)]
    assert len(read(tmp_path, "\n".join(["Tên;Mã;Điện thoại", *rows])).receivers) == 10_000
    many = "x;1\n" * (MAX_ROWS + 30)
    [problem] = problems(tmp_path, f"Tên;Mã\n{many}")
    assert (problem.key, problem.values["limit"]) == ("audience.too_many", MAX_ROWS)


def test_of_very_many_mistakes_the_first_are_told_and_the_rest_counted(tmp_path: Path) -> None:
    rows = [f"Tổ {number};m{number}" for number in range(300)]
    told = problems(tmp_path, "\n".join(["Tên;Mã", *rows]))
    assert len(told) == 201
    assert (told[-1].key, told[-1].values["count"]) == ("audience.more", 100)


@pytest.mark.parametrize("words", ["Tổng cộng", "TỔNG CỘNG:", "Tổng số: 1 cơ quan", "Cộng", "Tong cong", "Tổng số 1"])
def test_a_row_that_adds_up_is_no_agency_and_is_told(tmp_path: Path, words: str) -> None:
    for row in (f",{words},,,,,,,,12345,3.210", f"{words},,,,,,,,,12345,3.210"):
        audience = read(tmp_path, f"{HEADINGS}\n{ROW}\n{row}\n")
        assert [agency.code for agency in audience.receivers] == ["H99.02"]
        [warning] = audience.warnings
        assert (warning.key, warning.place.line, warning.values["typed"]) == ("audience.total", 3, words)


@pytest.mark.parametrize(
    "row",
    [",Tổng cộng,H99.03,,,,,,,,", ",Tổng cục Thống kê,,,,,,,,,", ",Cộng đồng xã A,,,,,,,,,", ",Công an tỉnh,,,,,,,,,"],
)
def test_what_has_a_code_or_is_only_called_nearly_so_is_an_agency(tmp_path: Path, row: str) -> None:
    audience = read(tmp_path, f"{HEADINGS}\n{ROW}\n{row}\n")
    assert (len(audience.receivers), audience.warnings) == (2, ())
