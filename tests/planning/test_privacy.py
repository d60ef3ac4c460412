"""Data about one person in public texts: warnings, never errors."""

from __future__ import annotations

from pathlib import Path

import pytest

from loa.core.errors import Severity
from loa.core.words import LANGUAGES, catalogue
from loa.planning.review.review import review_texts
from tests.planning.office import CAMPAIGN, NAME, changed, open_office

NOTICE = "Liên hệ {{ dien_thoai.label }}: {{ dien_thoai }}./."
DISPATCH = "có thông báo kèm theo./."


def warned(folder: Path, campaign: str) -> list[tuple[str, str, str]]:
    office = open_office(folder, campaign=campaign)
    file = office.campaign(NAME)
    found = [p for p in review_texts(file, office, office.context(file)).problems if p.key.startswith("personal.")]
    assert all(p.severity is Severity.WARNING and not p.fails_check() for p in found)
    assert all(catalogue(language).problem(p) for language in LANGUAGES for p in found)
    return [(p.key, str(p.values["text"]), p.place.part) for p in found]


@pytest.mark.parametrize(
    ("text", "key", "shown"),
    [
        ("gặp chị Lan, 0912.345.678", "personal.mobile", "0912.345.678"),
        ("CCCD số 079123456789", "personal.identity", "…789"),  # a warning does not spread it
        ("STK 0071000123456", "personal.account", "…456"),
        ("gửi về lan@gmail.com", "personal.email", "lan@gmail.com"),
        ("ông Nguyễn Văn An, sinh năm 1985", "personal.birth", "1985"),
    ],
)
def test_what_may_be_one_persons_own_is_a_warning(tmp_path: Path, text: str, key: str, shown: str) -> None:
    campaign = changed(CAMPAIGN, NOTICE, f"{NOTICE} {text}")
    assert warned(tmp_path, campaign) == [(key, shown, "documents.thong-bao.body")]


def test_announcements_are_public_and_dispatches_are_not(tmp_path: Path) -> None:
    text = "Gặp chị Lan, 0912.345.678"
    assert warned(tmp_path / "a", changed(CAMPAIGN, DISPATCH, f"{text}, {DISPATCH}")) == []
    in_post = changed(CAMPAIGN, "Mời người dân trả lời phiếu khảo sát.", text)
    assert [part for *_, part in warned(tmp_path / "b", in_post)] == ["announcements.mo-dau.text"]


def test_a_mobile_number_given_as_a_fact_or_allowed_is_meant(tmp_path: Path) -> None:
    as_fact = changed(CAMPAIGN, "phone: 0255.3000.100", "phone: 088 6800126")
    assert warned(tmp_path / "a", as_fact) == []
    allowed = changed(CAMPAIGN, NOTICE, f"{NOTICE} Gọi 0912.345.678").replace("facts:", "allow: [0912345678]\nfacts:")
    assert warned(tmp_path / "b", allowed) == []


def test_an_allowed_account_is_the_offices_own(tmp_path: Path) -> None:
    text = changed(CAMPAIGN, NOTICE, f"{NOTICE} Số tài khoản 3713.0.1234567")
    assert len(warned(tmp_path / "a", text)) == 1
    assert warned(tmp_path / "b", text.replace("facts:", "allow: [3713 0 1234567]\nfacts:")) == []
