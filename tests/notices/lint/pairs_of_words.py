"""For each rule of the text: words that break it, and words that nearly do."""

from __future__ import annotations

from collections.abc import Mapping

from notices.document import Role
from notices.lengths import Mm, Pt
from notices.lint.observed import ObservedDocument
from notices.rules import Align
from tests.notices.lint.pairs_of_form import Pair
from tests.notices.lint.papers import a_dispatch, a_notice, edited, said_by, typed


def words(bad: str, good: str) -> Pair:
    """A pair of dispatches that begin with a sentence."""
    return lambda: typed(bad), lambda: typed(good)


def parts(*lines: str, titles: bool = True) -> ObservedDocument:
    """A dispatch in chapters, each with its title below."""
    document = a_dispatch()
    for line in reversed(lines):
        if titles:
            document = said_by(document, Role.PART_TITLE, "QUY ĐỊNH CHUNG")
            document = edited(document, Role.PART_TITLE, look={"bold": True}, align=Align.CENTRE)
        document = said_by(document, Role.PART, line)
        document = edited(document, Role.PART, look={"bold": True}, align=Align.CENTRE)
    return document


_CITED = "Thực hiện Quyết định số 233/QĐ-UBND ngày 31/01/2026"

WORDS: Mapping[str, Pair] = {
    "R30_size": (
        lambda: edited(a_dispatch(), Role.BODY, look={"size": 12.0}),
        lambda: edited(a_dispatch(), Role.BODY, look={"size": 13.0}),
    ),
    "R30_align": (
        lambda: edited(a_dispatch(), Role.BODY, align=Align.LEFT),
        lambda: edited(a_dispatch(), Role.TO_ITEM, align=Align.LEFT),
    ),
    "R30_indent": (
        lambda: edited(a_dispatch(), Role.BODY, first=Mm(5)),
        lambda: edited(a_dispatch(), Role.BODY, first=Mm(10)),
    ),
    "R30_spacing": (
        lambda: edited(edited(typed("Một."), Role.BODY, after=Pt(2)), Role.BODY, nth=1, before=Pt(3)),
        lambda: edited(edited(typed("Một."), Role.BODY, after=Pt(2)), Role.BODY, nth=1, before=Pt(4)),
    ),
    "R30_leading": (
        lambda: edited(a_dispatch(), Role.BODY, leading=Pt(28)),
        lambda: edited(a_dispatch(), Role.BODY, leading=Pt(24)),
    ),
    "R31": (
        lambda: edited(typed("Một."), Role.BODY, look={"size": 13.0}),
        lambda: edited(a_dispatch(), Role.NUMBER, look={"size": 13.0}),
    ),
    "R32": (
        lambda: edited(a_notice(), Role.BASIS, nth=1, text="Căn cứ Luật Lưu trữ,"),
        a_notice,
    ),
    "R32_look": (
        lambda: edited(a_notice(), Role.BASIS, look={"italic": False}),
        lambda: edited(a_notice(), Role.BASIS, look={"size": 13.0}),
    ),
    "R33": words(f"{_CITED}, Sở Nội vụ đề nghị:", f"{_CITED} của UBND tỉnh, Sở Nội vụ đề nghị:"),
    "R35": words("1. Một.\n\na) A.\n\nd) D.", "1. Một.\n\na) A.\n\nb) B.\n\n2. Hai.\n\na) A."),
    "R35_alone": words("C. Mác nói rằng.", "C.Mác nói rằng."),
    "R35_kind": (
        lambda: parts("Chương 1"),
        lambda: parts("Phần I", "Chương I", "Mục 1", "Mục 2", "Phần II", "Chương II", "Mục 1"),
    ),
    "R35_letter": words("f) Nội dung khác.", "e. Nội dung khác."),
    "R35_look": (
        lambda: edited(parts("Chương I"), Role.PART, look={"bold": False}),
        lambda: edited(parts("Chương I"), Role.PART, look={"size": 13.0}),
    ),
    "R36": (lambda: parts("Chương I", titles=False), lambda: parts("Chương I")),
    "R37": (
        lambda: a_dispatch(body="Sở Nội vụ đề nghị phối hợp."),
        lambda: a_dispatch(body="Sở Nội vụ đề nghị phối hợp, …./."),
    ),
    "R37_place": (
        lambda: a_dispatch(body="Đề nghị phối hợp./.\n\n(Đính kèm mẫu phiếu)"),
        lambda: a_dispatch(body="(Đính kèm mẫu phiếu)\n\nĐề nghị phối hợp./."),
    ),
    "R53": (
        lambda: typed("Đề nghị UBND các huyện, thị xã, thành phố niêm yết.", subject="tuyên truyền"),
        lambda: typed("Trước đây UBND huyện và Bộ phận Một cửa tiếp nhận; nay xã tiếp nhận.", subject="tuyên truyền"),
    ),
    "R54": (
        lambda: a_dispatch(sign=["T/M ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Thị Bình"]),
        lambda: a_dispatch(sign=["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Thị Bình"]),
    ),
    "R55_V1": words("các cơ quan phối hợp.", "Đăng trên Zalo,... và v.v. theo mẫu của TP. Huế."),
    "R55_V3": words("Tại trụ sở của Tỉnh Khánh Hòa.", "Trên địa bàn Tỉnh, Tỉnh đoàn Khánh Hòa phối hợp."),
    "R55_V4": words("Người dân phường 5 tham gia.", "Các phường 3 tháng họp một lần; Phường 5 tham gia."),
    "R55_V5": words("Người dân thành phố Hồ Chí Minh.", "Người dân thành phố Huế và Thành phố Hồ Chí Minh."),
    "R55_V6": words("Sở nội vụ đề nghị.", "Các Sở xây dựng kế hoạch; cán bộ y tế, cơ sở y tế và tiến bộ khoa học."),
    "R55_V7": words("Phục vụ nhân dân.", "Công an nhân dân và Ủy ban nhân dân phục vụ Nhân dân."),
    "R55_V8": words("Gửi chủ tịch Trần Văn An.", "Gửi giám đốc Sở Nội vụ và Chủ tịch Trần Văn An."),
    "R55_V9": words(
        "Theo quyết định số 233/QĐ-UBND ngày 31/01/2026 của UBND tỉnh.",
        "Theo quyết định của UBND tỉnh, có 3 kế hoạch số hóa.",
    ),
    "R55_V10": words("Theo Khoản 2 điều 5 Quy chế này.", "Khoản 2 Điều 5 nêu những điều 5 tổ công tác cần làm."),
    "R55_V11": words("Làm việc sáng thứ hai hằng tuần.", "Lần thứ hai trong năm, vào thứ Hai, chiều thứ Sáu."),
    "R55_V11_month": words("Thực hiện trong Tháng 9 năm 2026.", "Hưởng ứng Tháng Thanh niên, tháng 3 năm 2026."),
    "R55_V12": words("Trong dịp Tết Nguyên Đán.", "Trong dịp tết Nguyên đán, người dân vui Tết."),
    "R55_V13": words("Nghỉ ngày quốc khánh 2-9.", "Nghỉ ngày Quốc khánh 2-9, ngày Quốc tế Lao động 1-5."),
    "R55_V14": words("Chào xuân năm bính ngọ.", "Chào xuân năm Bính Ngọ, năm đinh ninh."),
    "R55_V15": words("Theo khuyến nghị của Unesco.", "Theo UNESCO, xem https://unesco.org/vi và asean@example.vn."),
    "R56": words("Liên hệ [điền số điện thoại].", "Liên hệ bà Xuân, thế kỷ XX, chương trình “[…] phục vụ”."),
    "R56_blank": words("Họp ngày … tháng … năm 2026.", "Đăng trên Zalo, Facebook… và chuyển đổi số…"),
    "R61": words("Sở Nội vụ ,các cơ quan phối hợp.", "Giá 30.000 đồng, lúc 8:30, xem https://a.vn/x,y (nếu có)."),
    "R61_quotes": words('Cuộc thi “Một cửa” và "Nụ cười".', "Cuộc thi “Một cửa” và ‘Nụ cười’."),
    "R62": words(
        "Theo Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ.",
        "Nghị định số 118/2025/NĐ-CP ngày 09/6/2025 của Chính phủ "
        "thay thế Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ.",
    ),
}
