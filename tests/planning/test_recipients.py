"""Bodies that a dispatch asks to act and that Kính gửi does not name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from loa.planning.review.review import review_texts
from tests.planning.office import CAMPAIGN, NAME, changed, open_office

TO = "    to:\n      - Các sở, ban, ngành\n      - Các xã, phường\n"


def missing(folder: Path, text: str, to: list[str]) -> list[str]:
    campaign = changed(CAMPAIGN, "có thông báo kèm theo./.", f"{text}, có thông báo kèm theo./.")
    campaign = changed(campaign, TO, f"    to: {json.dumps(to, ensure_ascii=False)}\n")
    office = open_office(folder, campaign=campaign)
    file = office.campaign(NAME)
    found = [p for p in review_texts(file, office, office.context(file)).problems if p.key == "recipient.missing"]
    assert all(p.severity == "warning" and p.place.line for p in found)
    return [str(problem.values["name"]) for problem in found]


@pytest.mark.parametrize(
    ("text", "to", "names"),
    [
        ("Đề nghị Sở Y tế chỉ đạo các trạm y tế", ["Công an tỉnh"], ["Sở Y tế"]),
        ("Sở Nội vụ đề nghị Sở Y tế, Sở Giáo dục và Đào tạo phối hợp", ["Sở Y tế"], ["Sở Giáo dục và Đào tạo"]),
        ("Giao UBND xã Trà Bình niêm yết", ["Sở Y tế"], ["UBND xã Trà Bình"]),
        ("Giao Ủy ban nhân dân các xã, phường niêm yết", ["Sở Y tế"], ["Ủy ban nhân dân các xã"]),
        ("Yêu cầu Công an tỉnh bảo đảm an ninh", ["Sở Y tế"], ["Công an tỉnh"]),
        ("Đề nghị Sở Y tế phối hợp", ["Các sở, ban, ngành"], []),
        ("Đề nghị Sở Y tế phối hợp", ["Các cơ quan chuyên môn thuộc UBND tỉnh"], []),
        ("Đề nghị Sở Y tế phối hợp", ["Các cơ quan, đơn vị (theo danh sách)"], []),
        ("Giao UBND xã Trà Bình niêm yết", ["UBND các xã, phường, đặc khu"], []),
        ("Giao UBND xã Trà Bình niêm yết", ["Ủy ban nhân dân xã Trà Bình"], []),
        ("Yêu cầu Công an tỉnh bảo đảm", ["Các cơ quan ngành dọc trên địa bàn tỉnh"], []),
        ("Theo đề nghị Sở Y tế tại Tờ trình", ["Công an tỉnh"], []),
        ("UBND tỉnh đã giao Sở Y tế chủ trì", ["Công an tỉnh"], []),
        ("Theo đề nghị của Sở Y tế", ["Công an tỉnh"], []),
        ("UBND tỉnh giao Sở Nội vụ chủ trì", ["Công an tỉnh"], []),  # the issuer itself
        ("Đề nghị các cơ quan, đơn vị quan tâm", ["Công an tỉnh"], []),
    ],
)
def test_a_body_asked_to_act_must_be_addressed(tmp_path: Path, text: str, to: list[str], names: list[str]) -> None:
    assert missing(tmp_path, text, to) == names
