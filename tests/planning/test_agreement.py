"""Texts against facts, through the check of a whole campaign: what disagrees, and where."""

from __future__ import annotations

from pathlib import Path

import pytest

from loa.core.words import LANGUAGES, catalogue
from loa.planning.check import check_campaign
from loa.planning.review.review import Review, review_texts
from tests.planning.office import NAME, open_office

CAMPAIGN = """\
campaign: khao-sat
title: Khảo sát mức độ hài lòng
window:
  from: 2026-09-01
  to: 2026-11-30
allow:
  - 0912.345.678
  - Kế hoạch số 12/KH-UBND ngày 10/3/2026
  - 30/02/2026
facts:
  dien_thoai:
    phone: 0255.3000.100
    label: Phòng Cải cách hành chính
  trang:
    link: https://snv.example.gov.vn/khao-sat
  thu:
    email: cchc@example.gov.vn
  thu_lao:
    money: 30.000
  so_phieu:
    number: 6.045
    unit: phiếu
  so_xa:
    number: 102
    label: xã, phường, đặc khu
  han:
    date: 2026-10-15
    label: Hạn nộp phiếu
  dot:
    period:
      from: 2026-09-01
      to: 2026-11-30
    label: Thời gian khảo sát
  quyet_dinh:
    text: Quyết định số 1118/QĐ-UBND ngày 19/5/2026
documents:
  thong-bao:
    type: notice
    form: posting
    heading: Thông báo khảo sát
    body: |
      Theo {{ quyet_dinh }}, khảo sát {{ dot }} tại {{ so_xa }} xã, phường, đặc khu.

      Liên hệ {{ dien_thoai }}, {{ thu }}, {{ trang }} trước {{ han | long }};
      {{ thu_lao }}/phiếu, {{ so_phieu }} phiếu.
      TEXT
announcements:
  mo-dau:
    title: Bắt đầu khảo sát
    text: |
      Mời trả lời phiếu.
    channels: [trang-tin]
    post:
      - {date: 2026-09-07, slot: sáng}
"""


def line_of(text: str, campaign: str = CAMPAIGN) -> int:
    return campaign.count("\n", 0, campaign.index(text)) + 1


LINE = line_of("TEXT")


def review(folder: Path, text: str) -> Review:
    office = open_office(folder, campaign=CAMPAIGN.replace("TEXT", text))
    file = office.campaign(NAME)
    return review_texts(file, office, office.context(file))


def problems(folder: Path, text: str) -> list[tuple[str, str]]:
    found = review(folder, text).problems
    for problem in found:
        assert (problem.place.file, problem.place.line) == (f"campaigns/{NAME}.yaml", LINE), problem
        assert all(catalogue(language).problem(problem) for language in LANGUAGES)
    return [(problem.key, str(problem.values.get("text", ""))) for problem in found]


def test_a_campaign_whose_texts_agree_has_nothing_to_mend(tmp_path: Path) -> None:
    assert review(tmp_path, "Trân trọng./.") == Review(problems=(), to_read=())


@pytest.mark.parametrize(
    ("text", "key", "shown"),
    [
        ("Gọi 0255.3000.101.", "fact.phone_close", "0255.3000.101"),
        ("Gọi 0255.3000.10.", "fact.phone_close", "0255.3000.10"),
        ("Gọi 0255.3001.000.", "fact.phone_close", "0255.3001.000"),
        ("Gọi 02583.810.440.", "fact.phone", "02583.810.440"),
        ("Xem https://snv.example.gov.vn/khaosat.", "fact.link_close", "https://snv.example.gov.vn/khaosat"),
        ("Xem https://abc.example.gov.vn/lich.", "fact.link", "https://abc.example.gov.vn/lich"),
        ("Xem [tại đây](https://abc.example.gov.vn/lich).", "fact.link", "https://abc.example.gov.vn/lich"),
        ("Viết về cch@example.gov.vn.", "fact.email_close", "cch@example.gov.vn"),
        ("Viết về ubnd@example.gov.vn.", "fact.email", "ubnd@example.gov.vn"),
        ("Trả 20.000 đồng mỗi phiếu.", "fact.amount", "20.000 đồng"),
        ("Phát 6.054 phiếu.", "fact.amount", "6.054 phiếu"),
        ("Tại 120 xã, phường, đặc khu.", "fact.number", "120"),
        ("Hạn nộp phiếu: ngày 16/10/2026.", "fact.date", "ngày 16/10/2026"),
        ("Hạn nộp phiếu là 01/12/2027.", "fact.date", "01/12/2027"),
        ("hạn nộp phiếu trực tuyến vẫn là ngày 15/11/2026.", "fact.date", "ngày 15/11/2026"),
        (
            "Thời gian khảo sát: từ ngày 01/9/2026 đến ngày 30/12/2026.",
            "fact.date",
            "từ ngày 01/9/2026 đến ngày 30/12/2026",
        ),
        ("Thời gian khảo sát kéo dài đến ngày 30/12/2026.", "fact.date", "ngày 30/12/2026"),
        ("Nộp ngày 31/9/2026.", "fact.no_day", "ngày 31/9/2026"),
        ("Nộp trong tháng 13/2026.", "fact.no_day", "tháng 13/2026"),
        ("Họp thứ Ba, ngày 07/9/2026.", "fact.weekday", "thứ Ba, ngày 07/9/2026"),
        ("Trả 30.000 đồng (bằng chữ: ba trăm nghìn đồng).", "fact.words", "30.000 đồng"),
        ("Theo Quyết định số 1118/QĐ-UBND ngày 19/6/2026.", "fact.two_days", "số 1118/QĐ-UBND ngày 19/6/2026"),
    ],
)
def test_what_disagrees_is_an_error_at_its_line(tmp_path: Path, text: str, key: str, shown: str) -> None:
    assert problems(tmp_path, text) == [(key, shown)]
    assert shown not in [one.mention.text for one in review(tmp_path, text).to_read]  # told once


@pytest.mark.parametrize(
    "text",
    [
        "Gọi +84 255 3000 100, hoặc 0255.3000.100, hoặc 113.",
        "Gọi 0912 345 678.",  # allowed
        "Ngày 30/02/2026 không có trong lịch.",  # allowed
        "Xem snv.example.gov.vn/khao-sat.",
        "Trả ba mươi nghìn đồng, tức 30 nghìn đồng (bằng chữ: ba mươi nghìn đồng).",
        "Phát 6.045 phiếu tại 102 xã, phường, đặc khu.",
        "Hạn nộp phiếu: 15/10, tức thứ Năm, ngày 15 tháng 10 năm 2026.",
        "Thời gian khảo sát: từ tháng 9 đến tháng 11 năm 2026.",
        "Thời gian khảo sát: đến hết ngày 30/11/2026.",
        "Theo Quyết định số 1118/QĐ-UBND ngày 19 tháng 5 năm 2026 của UBND tỉnh.",
    ],
)
def test_a_fact_may_be_said_in_any_wording(tmp_path: Path, text: str) -> None:
    assert review(tmp_path, text) == Review(problems=(), to_read=())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Khai mạc ngày 05/9/2026, tổng kết tháng 12/2026.", ["ngày 05/9/2026", "tháng 12/2026"]),
        ("Trả lời đạt 92,5%, tăng 3% so với năm trước.", ["92,5%", "3%"]),
        ("Theo Quyết định số 233/QĐ-UBND ngày 31/01/2026.", ["số 233/QĐ-UBND ngày 31/01/2026"]),
        ("Hạn nộp phiếu được dời. Họp ngày 16/10/2026.", ["ngày 16/10/2026"]),  # another sentence
        ("Hạn nộp phiếu của các xã là từ sau ngày 01/12/2026.", ["ngày 01/12/2026"]),  # far from the label, far from it
        ("Thời gian khảo sát: khai mạc ngày 05/9/2026.", ["ngày 05/9/2026"]),  # an event inside the period
        ("Thời gian khảo sát: sáng 05/9.", ["05/9"]),
        ("Gia hạn nộp phiếuu: ngày 16/10/2026.", ["ngày 16/10/2026"]),  # not the label
        ("Ngày 05/9/2026 và ngày 05 tháng 9 năm 2026.", ["Ngày 05/9/2026"]),  # each value once
    ],
)
def test_what_nothing_can_be_compared_with_is_for_a_person_to_read(tmp_path: Path, text: str, shown: list[str]) -> None:
    found = review(tmp_path, text)
    assert found.problems == ()
    assert [one.mention.text for one in found.to_read] == shown
    assert {one.place.line for one in found.to_read} == {LINE}


def test_papers_of_two_bodies_may_share_a_number(tmp_path: Path) -> None:
    text = (
        "Kế hoạch số 15/KH-UBND ngày 05/02/2026 của UBND tỉnh, Kế hoạch số 15/KH-UBND ngày 10/3/2026 của UBND phường "
        "Trà Giang."
    )
    assert problems(tmp_path, text) == []


def test_two_days_of_one_paper_may_be_allowed(tmp_path: Path) -> None:
    text = "Kế hoạch số 12/KH-UBND ngày 05/02/2026; Kế hoạch số 12/KH-UBND ngày 10/3/2026."
    assert problems(tmp_path, text) == []
    assert problems(tmp_path, text.replace("10/3", "11/3")) == [("fact.two_days", "số 12/KH-UBND ngày 11/3/2026")]


def test_every_text_is_read_whatever_it_stands_in(tmp_path: Path) -> None:
    """Single lines, announcements, footnotes, tables and blocks of templates, each at its own line."""
    end = ("Trân trọng[^1]./.", "[^1]: Gọi 0255.1000.002.", "|A|B|\n      |-|-|\n      |1|0255.1000.003|")
    campaign = (
        CAMPAIGN.replace("heading: Thông báo khảo sát", "heading: Gọi 0255.1000.001")
        .replace("TEXT", "\n\n      ".join(end))
        .replace("title: Bắt đầu khảo sát", "title: Gọi 0255.1000.004\n    summary: Gọi 0255.1000.005")
        .replace("Mời trả lời phiếu.", "Mời trả lời phiếu.\n\n      Gọi 0255.1000.006.")
    )
    office = open_office(tmp_path, campaign=campaign)
    file = office.campaign(NAME)
    found = {str(p.values["text"]): p.place.line for p in review_texts(file, office, office.context(file)).problems}
    assert found == {phone: line_of(phone, campaign) for phone in (f"0255.1000.00{digit}" for digit in range(1, 7))}


def test_a_value_in_a_template_is_told_where_the_template_is_asked_for(tmp_path: Path) -> None:
    text = CAMPAIGN.replace("    body: |\n", "    template: moi\n    blocks:\n     phu: |\n")
    own = "{% block mo %}\nGọi 0255.9999.999.\n{% endblock %}\n\n{% block phu %}\n{% endblock %}\n"
    office = open_office(tmp_path, campaign=text, templates={"notice/moi.md.j2": own})
    file = office.campaign(NAME)
    [problem] = review_texts(file, office, office.context(file)).problems
    assert (problem.key, problem.place.part) == ("fact.phone", "documents.thong-bao.template")
    assert problem.place.line == line_of("template: moi", text)


def test_the_check_of_a_campaign_tells_what_disagrees_in_the_order_of_the_file(tmp_path: Path) -> None:
    office = open_office(tmp_path, campaign=CAMPAIGN.replace("TEXT", "Gọi 0255.3000.101./."))
    [problem] = check_campaign(office.campaign(NAME), office)
    assert (problem.key, problem.severity, problem.rule) == ("fact.phone_close", "error", "R59")
    assert catalogue("vi").problem(problem) == (
        f"campaigns/khao-sat.yaml:{LINE}: documents.thong-bao.body: [R59] số điện thoại “0255.3000.101” không có trong "
        "facts; có phải “0255.3000.100”? Nếu không, khai thêm vào facts, hoặc thêm vào allow."
    )


def test_a_text_with_a_slip_of_its_own_is_left_to_the_check_of_that(tmp_path: Path) -> None:
    office = open_office(tmp_path, campaign=CAMPAIGN.replace("TEXT", "{{ khong_co }} 0255.9999.999./."))
    assert "template.undefined" in [p.key.removesuffix("_close") for p in check_campaign(office.campaign(NAME), office)]
