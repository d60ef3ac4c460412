"""The post that a channel is given."""

from __future__ import annotations

from typing import Any

import pytest

from channels import settings_model
from channels.post import Attachment, Post
from loa.core.errors import LoaError
from loa.delivery.prepare import prepare_post, wanted_pictures
from loa.planning.model import Campaign
from loa.planning.plan import plan
from tests.delivery.stage import CONFIG, PlainRenderer, announcement, campaign

DOCUMENTS = {
    "cong-van": {
        "type": "dispatch",
        "body": "…",
        "unit": "CCHC",
        "date": "2023-09",
        "subject": "phối hợp tuyên truyền khảo sát",
        "to": ["Các cơ quan"],
        "sign": ["GIÁM ĐỐC", "Nguyễn Văn A"],
        "file": "VT, CCHC",
    },
    "thong-bao": {"type": "notice", "form": "posting", "body": "…", "heading": "Thông báo về {tên}"},
    "phu-luc": {"type": "appendix", "body": "…", "title": "Danh sách điểm tiếp nhận"},
}


ISSUER = "Sở Nội vụ tỉnh Sông Trà"


def prepared(**changes: Any) -> Post:
    own = campaign(announcements={"mo-dau": announcement(**changes)}, documents=DOCUMENTS)
    return prepare_post(own, plan(own, CONFIG)[0], PlainRenderer(), config=CONFIG, issuer=ISSUER)


def test_a_post_carries_words_moment_and_code() -> None:
    own = campaign()
    (occurrence,) = plan(own, CONFIG)
    post = prepare_post(own, occurrence, PlainRenderer(), config=CONFIG, issuer=ISSUER)
    assert (post.title, post.summary) == ("Khảo sát bắt đầu", "Mời người dân trả lời khảo sát.")
    assert post.html == "<p>Mời người dân trả lời khảo sát.</p><p>Hotline: 02583.810.440</p>"
    assert post.text == "Mời người dân trả lời khảo sát.\n\nHotline: 02583.810.440"
    assert post.published_at.isoformat() == "2023-09-05T07:30:00+07:00"
    assert post.marker == occurrence.code
    assert (post.until, post.topic) == (occurrence.ends_at, own.title)


def test_the_same_campaign_always_gives_the_same_post() -> None:
    assert prepared().fingerprint() == prepared().fingerprint()
    assert prepared().fingerprint() != prepared(title="Khác").fingerprint()


def test_facts_are_filled_into_title_and_summary() -> None:
    post = prepared(title="{tên} bắt đầu", summary="Về {tên}")
    assert (post.title, post.summary) == ("Khảo sát mức độ hài lòng bắt đầu", "Về Khảo sát mức độ hài lòng")


def test_appendices_that_are_files_of_their_own_follow_their_paper() -> None:
    class Renderer(PlainRenderer):
        def appendices(self, campaign: Campaign, document: str) -> list[Attachment]:
            made = Attachment(name="phu-luc.pdf", media_type="application/pdf", content=b"%PDF", title="Phụ lục")
            return [made] if document == "cong-van" else []

    attached = announcement(attach=["cong-van", "thong-bao"])
    own = campaign(announcements={"mo-dau": attached}, documents=DOCUMENTS)
    post = prepare_post(own, plan(own, CONFIG)[0], Renderer(), config=CONFIG, issuer=ISSUER)
    assert [file.name for file in post.attachments] == ["cong-van.pdf", "phu-luc.pdf", "thong-bao.pdf"]


def test_documents_go_along_as_pdf_each_once_with_a_readable_title() -> None:
    post = prepared(attach=["cong-van", "thong-bao", "phu-luc", "cong-van"])
    assert [(a.name, a.title) for a in post.attachments] == [
        ("cong-van.pdf", "Công văn phối hợp tuyên truyền khảo sát"),
        ("thong-bao.pdf", "Thông báo về Khảo sát mức độ hài lòng"),
        ("phu-luc.pdf", "Danh sách điểm tiếp nhận"),
    ]
    assert {a.media_type for a in post.attachments} == {"application/pdf"}
    assert post.attachments[0].content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("changes", "key", "part"),
    [
        ({"title": "!hotlin"}, "fact.unknown", "announcements.mo-dau.title"),
        ({"summary": "!hotlin"}, "fact.unknown", "announcements.mo-dau.summary"),
        ({"text": "!hotlin"}, "fact.unknown", "announcements.mo-dau.text"),
        ({"text": "{không}"}, "delivery.empty_text", "announcements.mo-dau.text"),
    ],
)
def test_a_mistake_in_the_words_is_named_with_its_place(changes: dict[str, str], key: str, part: str) -> None:
    with pytest.raises(LoaError) as raised:
        prepared(**changes)
    assert [(p.key, str(p.place)) for p in raised.value.problems] == [(key, f"khao-sat: {part}")]


def test_a_title_that_facts_leave_empty_is_refused() -> None:
    own = campaign(announcements={"mo-dau": announcement(title="{tên}")}, title="x")
    own = own.model_copy(update={"title": ""})
    with pytest.raises(LoaError, match=r"delivery\.empty_text"):
        prepare_post(own, plan(own, CONFIG)[0], PlainRenderer(), config=CONFIG, issuer=ISSUER)


def test_a_version_speaks_on_its_channel_only() -> None:
    own = campaign(
        announcements={"mo-dau": announcement(versions={"trang": {"title": "Riêng", "text": "{tên} riêng"}})}
    )
    post = prepare_post(own, plan(own, CONFIG)[0], PlainRenderer(), config=CONFIG, issuer=ISSUER)
    assert (post.title, post.text, post.summary) == (
        "Riêng",
        "Khảo sát mức độ hài lòng riêng",
        "Khảo sát mức độ hài lòng riêng",
    )


def test_a_mistake_in_a_version_is_named_with_its_place() -> None:
    with pytest.raises(LoaError) as raised:
        prepared(versions={"trang": {"title": "!hotlin"}})
    [problem] = raised.value.problems
    assert str(problem.place) == "khao-sat: announcements.mo-dau.versions.trang.title"


def test_several_pictures_come_in_their_order_each_under_its_own_name() -> None:
    images = [{"file": "hinh/Ảnh.png", "alt": "một"}, {"file": "khác/Ảnh.png", "alt": "hai"}]
    post = prepared(images=images, attach=["thong-bao"])
    assert [(file.name, file.alt) for file in post.attachments] == [
        ("anh.png", "một"),
        ("anh-2.png", "hai"),
        ("thong-bao.pdf", ""),
    ]


def test_the_code_stands_in_a_post_only_where_the_office_asks_for_it() -> None:
    own = campaign()
    (occurrence,) = plan(own, CONFIG)
    assert prepared().visible_code == ""
    channels = {"trang": CONFIG.channels["trang"].model_copy(update={"visible_code": True})}
    shown = prepare_post(
        own, occurrence, PlainRenderer(), config=CONFIG.model_copy(update={"channels": channels}), issuer=ISSUER
    )
    code = occurrence.code.upper()
    assert shown.visible_code == f"Mã tin: {code[:4]}-{code[4:]}"


ZALO = {
    "type": "zalo",
    "oa_id": "1234567890123456789",
    "app_id": "9876543210987654321",
    "slots": {"sáng": {"at": "07:30", "until": "08:30"}},
}


def test_a_channel_that_fetches_pictures_gets_those_of_the_website() -> None:
    zalo = settings_model("zalo").model_validate(ZALO)
    config = CONFIG.model_copy(update={"channels": {**CONFIG.channels, "zalo": zalo}})
    both = campaign(announcements={"mo-dau": announcement(channels=["zalo", "trang"])}).announcements["mo-dau"]
    alone = campaign(announcements={"mo-dau": announcement(channels=["zalo"])}).announcements["mo-dau"]
    assert wanted_pictures(both, "zalo", config) == settings_model("static").abilities.pictures
    assert wanted_pictures(alone, "zalo", config) == zalo.abilities.pictures
