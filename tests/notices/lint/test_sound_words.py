"""Sentences as offices write them: the rules of wording leave them alone."""

from __future__ import annotations

import pytest

from notices.lint.table import find_breaches
from tests.notices.lint.papers import typed

SENTENCES = (
    "Thực hiện Kế hoạch số 342/KH-UBND ngày 08 tháng 12 năm 2025 của Ủy ban nhân dân tỉnh, Sở Nội vụ thông báo:",
    "Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 2167/TTr-SNV ngày 29/01/2026.",
    "Theo yêu cầu của Bộ Nội vụ tại Công văn số 6076/BNV-CCHC ngày 01/12/2025, các cơ quan phối hợp.",
    "Kế hoạch khảo sát năm 2026 được UBND tỉnh Sông Trà phê duyệt tại Quyết định số 1711/QĐ-UBND ngày 01/7/2025.",
    "Nghị quyết số 30c/NQ-CP ngày 08/11/2011 của Chính phủ ban hành Chương trình tổng thể.",
    "Căn cứ điểm a khoản 2 Điều 103 Mục 5 Chương XII Quy chế.",
    "Ủy ban nhân dân Phường 9 được nghỉ 04 ngày, từ thứ Năm ngày 01/9/2026 đến Chủ nhật ngày 04/9/2026.",
    "Cuộc khảo sát lần thứ hai, ngày 15/10/2026, do đơn vị thứ ba thực hiện trong quý IV.",
    "Trưởng các khóm hướng dẫn Nhân dân treo cờ Tổ quốc, làm sạch khu dân cư,… tạo mỹ quan.",
    "Nghỉ tết Nguyên đán Bính Ngọ từ ngày 29 tháng Chạp năm Ất Tỵ đến hết ngày 05 tháng Giêng năm Bính Ngọ.",
    "Tỉnh ủy, HĐND, UBND tỉnh, Tỉnh đoàn và Công an tỉnh Khánh Hòa chỉ đạo.",
    "Đăng trên mạng xã hội (Zalo, Facebook,...) và Cổng/Trang thông tin điện tử (nếu có).",
    "Liên hệ Phòng Cải cách hành chính: 0255.3000.100, e-mail cchc@snv.example.gov.vn; https://snv.example.gov.vn/a,b.",
    "Mức thù lao 30.000 đồng/phiếu; tỷ lệ 85,5%; thời gian 7h30 - 11h30, 13:30 - 17:00.",
    "Đề án 06, VNeID, AI và e-learning được giới thiệu tại hội nghị ngày 15/9/2026.",
    "Trước đây việc này do UBND huyện và Bộ phận Một cửa thực hiện.",
    "Ngày 12/02/2024, UBND huyện Trà Bồng đã ban hành kế hoạch; hồ sơ nay do xã tiếp nhận.",
    "Xã Trà Bồng (thành lập trên cơ sở sắp xếp thị trấn Trà Xuân và xã Trà Sơn) tiếp nhận hồ sơ.",
    "Hộp thư “Bộ phận một cửa xin nghe” vẫn hoạt động.",
    "Bộ phận Một cửa của Bộ Nội vụ tiếp nhận hồ sơ.",
    "Cán bộ y tế, cán bộ tư pháp, nội bộ tài chính, cơ sở y tế, trụ sở tài chính và tiến bộ khoa học và công nghệ.",
    "Các Sở xây dựng kế hoạch, đồng bộ tài chính; liên Bộ Tài chính - Bộ Nội vụ hướng dẫn.",
    "Công an nhân dân, Quân đội nhân dân, Tòa án nhân dân, Nghệ sĩ nhân dân và đồng nhân dân tệ.",
    "Kinh tế - xã hội, quốc phòng - an ninh; giai đoạn 2026–2030; thế kỷ XXI; 4.0; COVID-19.",
    "Thành phố Hồ Chí Minh, thành phố Huế, thành phố Đà Nẵng và tỉnh Lâm Đồng.",
    "Việc chuyển đổi số… được đẩy mạnh; số lượng… tăng; xem Phụ lục I Nghị định này.",
    "Giải thưởng “Nụ cười” và nghị quyết của Quốc hội, quyết định của UBND tỉnh, thông tư của Bộ.",
    "Tỉnh có 5 điều kiện thuận lợi, 3 khoản chi và 2 điểm cầu.",
    "Đơn gửi UỶ BAN NHÂN DÂN phường; Uỷ ban nhân dân phường và Toà án nhân dân khu vực trả lời.",
    "Hưởng ứng Tháng Thanh niên năm 2026, tháng 3 năm 2026.",
)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sound_sentence_breaks_nothing(sentence: str) -> None:
    found = find_breaches(typed(sentence))
    assert [(breach.rule.key, breach.values) for breach in found] == []
