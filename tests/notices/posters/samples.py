"""Posters for tests: one as an officer would write it, one with as much as fits, one with hardly anything."""

from __future__ import annotations

import io
from dataclasses import replace

from PIL import Image, ImageDraw

from notices.picture import Picture, drawn_picture
from notices.posters.document import LayoutName, PosterDocument, Results, Row, ThemeName, Trust, Words
from notices.posters.words import POSTED, STAFF

LAYOUTS: tuple[LayoutName, ...] = ("field", "photo", "date", "split")
LINK = "https://snv.example.gov.vn/khao-sat-2026"


def _picture(width: int, height: int) -> Picture:
    image = Image.new("RGB", (width, height), "#7AA7C7")
    ImageDraw.Draw(image).ellipse([width // 4, height // 4, width // 2, height // 2], fill="#D9A441")
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return drawn_picture("anh.png", stream.getvalue())


PHOTO, LOGO = _picture(300, 200), _picture(60, 60)
USUAL = Words(
    parent="UBND tỉnh Sông Trà",
    agency="Sở Nội vụ",
    kicker="Khảo sát mức độ hài lòng năm 2026",
    headline="Ý kiến của bạn, dịch vụ tốt hơn",
    points=("Trả lời 10 câu hỏi, chỉ mất 5 phút", "Thông tin được giữ kín", "Trả lời tại nhà hoặc qua mạng"),
    when_label="Thời gian",
    when="01/12/2026\u00a0– 31/01/2027",
    phone_label="Điện thoại hỗ trợ",
    phone="0255.3000.100",
    link_label="Quét mã để trả lời",
    link=LINK,
    imprint=("Sở Nội vụ tỉnh Sông Trà", "Bản 1"),
    photo=PHOTO,
)
FULL = replace(
    USUAL,
    parent="UBND phường Trà Giang",
    agency="Trung tâm Phục vụ hành chính công",
    kicker="Dịch vụ công trực tuyến",
    headline="Nộp hồ sơ trực tuyến tại nhà, nhận kết quả qua bưu chính",
    points=(
        "Cán bộ hướng dẫn miễn phí tại quầy số 3",
        "Mang theo căn cước và điện thoại có cài VNeID",
        "Không mất phí khai sinh, khai tử, kết hôn",
        "Nhận kết quả sau 03 ngày làm việc",
    ),
    when="Sáng thứ Bảy hằng tuần",
    blanks=(POSTED,),
    draft="DỰ THẢO",
    logo=LOGO,
    hero="3 ngày",
)
SHORT = Words(agency="Trạm Y tế", headline="Tiêm vắc xin sởi", points=("Miễn phí",), when="15/9/2026", photo=PHOTO)
GUARDED = replace(
    USUAL,
    trust=Trust(title="Tránh bị giả mạo", lines=("Số gọi đến: 0255.3000.123", "Không thu tiền; không hỏi mã OTP.")),
    blanks=(POSTED, STAFF),
)
RESULTS = Results(
    rows=(
        Row(name="Tiếp cận dịch vụ", now=90.2, before=87.1),
        Row(name="Thủ tục hành chính", now=92.85, before=90),
        Row(name="Kết quả giải quyết", now=95),
    ),
    now="Năm 2026",
    before="Năm 2025",
    as_table=False,
)
RATED = replace(USUAL, headline="Người dân hài lòng hơn", points=(), hero="91,4%", results=RESULTS, when="", phone="")


def poster(
    words: Words = USUAL, layout: LayoutName = "field", theme: ThemeName = "river", **look: object
) -> PosterDocument:
    """A poster with these words and this look."""
    document = PosterDocument(
        name="ap-phich", title=words.headline, author="Sở Nội vụ", words=words, layout=layout, theme=theme
    )
    return replace(document, **look)  # type: ignore[arg-type]  # the fields of a poster, as the tests name them
