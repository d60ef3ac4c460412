"""What is in a kit, and that its words are those of the campaign with the agency's own beside them."""

from __future__ import annotations

import io
import json
from pathlib import Path

import docx
import pypdfium2
import pytest
from docx.enum.text import WD_COLOR_INDEX

from loa.core.errors import LoaError
from loa.kits.assemble import check_kit, make_kit
from loa.kits.kit import Kit
from tests.kits.stage import AGENCIES, RELAY, kits_of, office, order_of, ordered
from tests.planning.office import CAMPAIGN, NAME, changed

POSTER = """\
  ap-phich:
    type: poster
    headline: Ý kiến của bạn
    phone: "{{ dien_thoai }}"
  thong-bao:
"""


def words(kit: Kit, file: str) -> str:
    """The words of a PDF, blanks and line ends alike."""
    opened = pypdfium2.PdfDocument(kit.files[file])
    text = " ".join(page.get_textpage().get_text_range() for page in opened)
    opened.close()
    return " ".join(text.split())


def test_a_kit_has_papers_texts_and_a_draft_of_its_own_dispatch(tmp_path: Path) -> None:
    _, commune, _ = kits_of(tmp_path)
    assert sorted(commune.files) == [
        "doc-truoc.txt",
        "du-thao-cong-van-trien-khai.docx",
        "du-thao-cong-van-trien-khai.json",
        "du-thao-cong-van-trien-khai.pdf",
        "thong-bao.docx",
        "thong-bao.json",
        "thong-bao.pdf",
        "tin-bai/mo-dau.docx",
        "tin-bai/mo-dau.txt",
    ]


def test_the_issuer_stays_the_issuer_and_the_agency_adds_its_place(tmp_path: Path) -> None:
    ward, commune, _ = kits_of(tmp_path)
    posted = words(ward, "thong-bao-A4.pdf")
    assert "Sở Nội vụ tỉnh Sông Trà" in posted
    assert (
        "Niêm yết tại: UBND phường Trà Giang, số 5, đường Lê Lợi; giờ làm việc: từ 7 giờ đến 17 giờ; "
        "liên hệ: 0255.3000.213."
    ) in posted
    assert words(commune, "thong-bao.pdf").endswith("Niêm yết tại: UBND xã An Phú.")
    edited = docx.Document(io.BytesIO(ward.files["thong-bao-A4.docx"]))
    assert any("Niêm yết tại: UBND phường Trà Giang" in paragraph.text for paragraph in edited.paragraphs)


def test_each_posting_place_gets_its_size_and_copies(tmp_path: Path) -> None:
    ward, commune, department = kits_of(tmp_path)
    assert [(p.file, p.paper, p.place, p.copies) for p in ward.prints] == [
        ("thong-bao-A4.pdf", "A4", "Nhà văn hóa tổ 5", 3),
        ("thong-bao-A4.pdf", "A4", "Chợ Trà Giang", 1),
        ("thong-bao-A3.pdf", "A3", "Trung tâm Phục vụ hành chính công", 2),
    ]
    widths = {}
    for file in ("thong-bao-A4.pdf", "thong-bao-A3.pdf"):
        opened = pypdfium2.PdfDocument(ward.files[file])
        widths[file] = round(opened[0].get_width() / 72 * 25.4)
        opened.close()
    assert widths == {"thong-bao-A4.pdf": 210, "thong-bao-A3.pdf": 297}
    assert [(p.place, p.copies) for p in commune.prints] == [("UBND xã An Phú", 1)]
    assert [p.place for p in department.prints] == ["Sở Y tế & “Dân số”"]


def test_the_draft_is_the_agencys_and_is_never_printed(tmp_path: Path) -> None:
    ward, *_ = kits_of(tmp_path)
    draft = words(ward, "du-thao-cong-van-trien-khai.pdf")
    assert "DỰ THẢO" in draft
    assert "UBND PHƯỜNG TRÀ GIANG" in draft
    assert "Trần Văn An" not in draft
    assert not any("du-thao" in line.file for line in ward.prints)


def test_texts_are_there_to_read_and_to_adapt_with_the_facts_marked(tmp_path: Path) -> None:
    ward, *_ = kits_of(tmp_path)
    assert ward.files["tin-bai/mo-dau.txt"].decode() == (
        "Bắt đầu khảo sát năm 2026\n\nMời người dân trả lời phiếu khảo sát.\n\nLiên hệ: 0255.3000.100.\n"
    )
    adapted = docx.Document(io.BytesIO(ward.files["tin-bai/mo-dau.docx"]))
    text = [paragraph.text for paragraph in adapted.paragraphs]
    assert "Mời người dân trả lời phiếu khảo sát." in text
    assert any("tùy chỉnh nội dung cho phù hợp" in paragraph for paragraph in text)
    marked = [
        run.text
        for paragraph in adapted.paragraphs
        for run in paragraph.runs
        if run.font.highlight_color == WD_COLOR_INDEX.YELLOW
    ]
    assert marked == ["2026", "0255.3000.100"]
    assert not any("\uf8f0" <= character <= "\uf8ff" for paragraph in text for character in paragraph)


def test_marked_facts_leave_links_notes_and_tables_as_they_are(tmp_path: Path) -> None:
    text = (
        "      Xem [trang này]({{ trang }}), hoặc {{ trang }}[^1].\n\n"
        "      | Việc | Số |\n      |---|---|\n      | Gọi | {{ dien_thoai }} |\n\n      [^1]: Năm {{ nam }}.\n"
    )
    campaign = changed(CAMPAIGN + RELAY, "      Mời người dân trả lời phiếu khảo sát.\n", text)
    campaign = changed(campaign, "  nam:\n", "  trang:\n    link: https://snv.example.gov.vn\n  nam:\n")
    ward, *_ = kits_of(tmp_path, campaign=campaign)
    content = ward.files["tin-bai/mo-dau.docx"]
    adapted = docx.Document(io.BytesIO(content))
    links = {rel.target_ref for rel in adapted.part.rels.values() if rel.is_external}
    assert links == {"https://snv.example.gov.vn"}
    [cell] = [c for table in adapted.tables for c in table.columns[1].cells if "0255" in c.text]
    assert cell.paragraphs[0].runs[0].font.highlight_color == WD_COLOR_INDEX.YELLOW


def test_a_text_may_speak_of_the_agency(tmp_path: Path) -> None:
    campaign = changed(CAMPAIGN + RELAY, "Mời người dân", "Mời người dân {{ host.place }}")
    ward, commune, _ = kits_of(tmp_path, campaign=campaign)
    assert "Mời người dân Trà Giang" in ward.files["tin-bai/mo-dau.txt"].decode()
    assert "Mời người dân An Phú" in commune.files["tin-bai/mo-dau.txt"].decode()


def test_metadata_have_the_names_and_lengths_of_the_decree(tmp_path: Path) -> None:
    ward, commune, _ = kits_of(tmp_path)
    assert json.loads(ward.files["thong-bao-A4.json"]) == {
        "TypeName": "Thông báo",
        "OrganName": "Sở Nội vụ tỉnh Sông Trà",
        "Subject": "Thông báo khảo sát",
        "Language": "Tiếng Việt",
        "PageAmount": 1,
        "To": [{"OrganId": "H99.101", "OrganName": "UBND phường Trà Giang"}],
    }
    assert json.loads(commune.files["thong-bao.json"])["To"] == [{"OrganName": "UBND xã An Phú"}]
    draft = json.loads(ward.files["du-thao-cong-van-trien-khai.json"])
    assert (draft["OrganName"], draft["CodeNotation"]) == ("UBND phường Trà Giang", "UBND-VP")
    assert {"CodeNumber", "IssuedDate", "SignerInfo"} & set(draft) == set()


def test_a_value_longer_than_its_field_is_found_before_anything_is_made(tmp_path: Path) -> None:
    agencies = changed(AGENCIES, "    code: SYT\n", "    code: SYT\n    symbol: SOYTEVADANSOTINHSONGTRA-0001\n")
    batch, audience = ordered(tmp_path, agencies=agencies)
    [problem] = check_kit(batch, audience.receivers[2])
    assert (problem.key, problem.values["field"], problem.values["limit"]) == ("kits.too_long", "CodeNotation", 30)


def test_a_poster_hangs_where_the_notice_hangs_and_brings_its_pictures(tmp_path: Path) -> None:
    campaign = changed(CAMPAIGN + RELAY, "  thong-bao:\n", POSTER)
    ward, *_ = kits_of(tmp_path, campaign=campaign)
    assert {"ap-phich-A4.pdf", "ap-phich-A3.pdf", "ap-phich-A4.docx"} <= set(ward.files)
    assert "hinh-anh/ap-phich-1080x1350.png" in ward.files
    assert [line.paper for line in ward.prints if line.document == "ap-phich"] == ["A4", "A4", "A3"]
    assert "hinh-anh/ap-phich-1.png" not in ward.files
    assert {line.title for line in ward.prints} == {"Áp phích: Ý kiến của bạn", "Thông báo khảo sát"}
    assert "UBND phường Trà Giang" in words(ward, "ap-phich-A4.pdf")


def test_of_a_leaflet_each_agency_gets_one_sheet_to_copy_from(tmp_path: Path) -> None:
    leaflet = changed(POSTER, "type: poster", "type: leaflet")
    ward, *_ = kits_of(tmp_path, campaign=changed(CAMPAIGN + RELAY, "  thong-bao:\n", leaflet))
    [line] = [line for line in ward.prints if line.document == "ap-phich"]
    assert (line.file, line.paper, line.place, line.copies) == ("ap-phich.pdf", "A4", "UBND phường Trà Giang", 1)


def test_the_picture_of_an_announcement_lies_in_every_kit(tmp_path: Path) -> None:
    campaign = changed(
        CAMPAIGN + RELAY, "    attach: [thong-bao]\n", "    image: {document: thong-bao, alt: Thông báo}\n"
    )
    kits = kits_of(tmp_path, campaign=campaign)
    [picture] = {kit.files["hinh-anh/mo-dau.png"] for kit in kits}
    assert picture.startswith(b"\x89PNG")


def test_the_same_row_gives_the_same_bytes(tmp_path: Path) -> None:
    once, again = kits_of(tmp_path / "a"), kits_of(tmp_path / "b")
    assert [kit.files for kit in once] == [kit.files for kit in again]


def test_only_what_is_asked_for_is_made(tmp_path: Path) -> None:
    place = office(tmp_path)
    file = place.campaign(NAME)
    receiver = place.audience(file).receivers[1]
    order = order_of(place, file, only=("thong-bao",), formats=("txt",))
    assert sorted(make_kit(order, receiver).files) == [
        "doc-truoc.txt",
        "thong-bao.json",
        "thong-bao.pdf",
        "thong-bao.txt",
    ]


def test_a_campaign_that_hands_nothing_out_makes_no_kits(tmp_path: Path) -> None:
    place = office(tmp_path)
    file = place.campaign(NAME)
    with pytest.raises(LoaError) as raised:
        order_of(place, file, only=("cong-van",))
    assert raised.value.problems[0].key == "kits.nothing"


def test_what_one_agency_lacks_is_told_with_its_name_before_anything_is_made(tmp_path: Path) -> None:
    campaign = changed(CAMPAIGN + RELAY, "{{ dien_thoai }}./.", "{{ dien_thoai }} hoặc {{ host.contact.phone }}./.")
    order, audience = ordered(tmp_path, campaign=campaign)
    ward, commune, _ = audience.receivers
    assert check_kit(order, ward) == []
    [problem] = check_kit(order, commune)
    assert (problem.key, problem.place.part) == ("template.nothing", "documents.thong-bao.body (UBND xã An Phú)")
