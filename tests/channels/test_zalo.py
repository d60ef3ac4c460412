"""The channel ``zalo`` over its stand-in: what is sent, what comes of it, and what is refused before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from channels.answers import ChannelFailure, Closed, Limited, OutcomeUnknown, Processing, Receipt, Rejected
from channels.base import NoSteps
from channels.sandbox.faults import Fault
from channels.sandbox.zalo.oa import Right
from channels.sandbox.zalo.world import ACCESS_TOKEN, APP_SECRET, OA_ID
from loa.core.secrets import MASK
from tests.channels.zalo_account import MORNING, PAGE, PICTURE, POST, Book, Office, still, zalo_office, zalo_settings

COVER = "https://snv.example.gov.vn/bia.jpg"


@pytest.fixture(name="office")
def _office(tmp_path: Path) -> Iterator[Office]:
    with zalo_office(tmp_path) as office:
        yield office


def test_an_article_is_taken_as_a_job_and_its_token_is_kept_at_once(office: Office) -> None:
    book = Book()
    assert still(office.open().publish(POST, book)).again_in == timedelta(seconds=5)
    assert book.steps["token"]
    assert office.asked("create") == 1
    assert office.asked("verify") == 0


def test_what_is_sent_is_the_whole_announcement(office: Office) -> None:
    office.publish(office.open(), replace(POST, visible_code="Mã tin: 7K3Q-9ABC"))
    (sent,) = office.fields()
    assert sent["body"] == [
        {
            "type": "text",
            "content": "<p>Mỗi phiếu chỉ mất khoảng 15 phút.</p><p>Hỏi &amp; đáp: gọi &lt;0255.3000.100&gt;.</p>"
            f"<p>Xem đầy đủ tại: {PAGE}</p><p>Mã tin: 7K3Q-9ABC</p>",
        }
    ]
    assert sent["cover"] == {
        "cover_type": "photo",
        "photo_url": "https://snv.example.gov.vn/tb/%C3%A1p%20ph%C3%ADch.png",
        "status": "show",
    }
    assert (sent["title"], sent["author"], sent["description"]) == (POST.title, POST.issuer, POST.summary)
    assert (sent["type"], sent["status"], sent["comment"]) == ("normal", "show", "show")


def test_further_pictures_stand_in_the_body_with_their_description(office: Office) -> None:
    second = replace(PICTURE, name="anh-2.png", address="https://snv.example.gov.vn/anh-2.png", alt="Ảnh hai")
    office.publish(office.open(comments="không"), replace(POST, attachments=(PICTURE, second)))
    (sent,) = office.fields()
    assert sent["body"][1:] == [{"type": "image", "url": second.address, "caption": "Ảnh hai"}]
    assert sent["comment"] == "hide"


def test_the_end_of_the_job_gives_the_receipt(office: Office) -> None:
    receipt = office.publish(office.open())
    assert [receipt.remote_id] == office.articles()
    assert receipt.link.endswith(f"/d/{OA_ID}?id={receipt.remote_id}&pageId={OA_ID}")
    assert receipt.published_at == MORNING + timedelta(seconds=5)


def test_a_job_that_hangs_is_asked_ever_more_seldom_and_after_a_day_a_person_is(office: Office) -> None:
    office.switches.seconds, office.switches.polls = 1e9, 10**9
    channel, book = office.open(), Book()
    channel.publish(POST, book)
    pauses = []
    for minutes in (0, 1, 40, 60 * 10):
        office.clock.set(MORNING + timedelta(minutes=minutes))
        pauses.append(still(channel.follow(office.sought(book.steps))).again_in)
    assert pauses == [timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=20), timedelta(hours=2)]
    office.clock.set(MORNING + timedelta(hours=24, minutes=1))
    with pytest.raises(OutcomeUnknown) as caught:
        channel.follow(office.sought(book.steps))
    assert caught.value.reason_key == "zalo.still_processing"
    assert office.asked("create") == 1


def test_a_held_token_is_never_given_up_for_a_second_article(office: Office) -> None:
    channel, book = office.open(), Book()
    channel.publish(POST, book)
    assert isinstance(channel.publish(POST, book), Processing)
    office.end(channel, book)
    assert isinstance(channel.publish(POST, book), Processing)
    assert office.asked("create") == 1


def test_a_job_that_failed_may_be_begun_anew(office: Office) -> None:
    office.switches.outside_media = "unreachable"
    channel, book = office.open(), Book()
    channel.publish(POST, book)
    office.clock.advance(30)
    office.switches.outside_media = "trusted"
    channel.publish(POST, book)
    office.end(channel, book)
    assert len(office.articles()) == 1


def test_pictures_that_fail_are_replaced_by_the_cover_of_the_office_once(office: Office) -> None:
    channel, book = office.open(cover=COVER), Book()
    broken = replace(PICTURE, address=f"{office.box.address}/_landing")
    post = replace(POST, attachments=(broken, replace(broken, name="hai.png")))
    channel.publish(post, book)
    office.clock.advance(30)
    still(channel.follow(office.sought(book.steps, post)))
    office.end(channel, book, post)
    assert office.asked("create") == 2
    (sent,) = office.fields()
    assert sent["cover"]["photo_url"] == COVER
    assert [block["type"] for block in sent["body"]] == ["text"]


def test_when_the_cover_of_the_office_fails_too_it_is_over(office: Office) -> None:
    office.switches.outside_media = "unreachable"
    channel, book = office.open(cover=COVER), Book()
    channel.publish(POST, book)
    office.clock.advance(30)
    still(channel.follow(office.sought(book.steps)))
    office.clock.advance(30)
    for _ in range(2):
        with pytest.raises(Rejected) as caught:
            channel.follow(office.sought(book.steps))
        assert caught.value.reason_key == "zalo.media"
    assert office.asked("create") == 2


def test_without_a_cover_failed_pictures_are_for_the_author(office: Office) -> None:
    office.switches.outside_media = "unreachable"
    channel, book = office.open(), Book()
    channel.publish(POST, book)
    office.clock.advance(30)
    with pytest.raises(Rejected):
        channel.follow(office.sought(book.steps))


def test_a_failed_job_that_left_its_article_is_adopted_not_repeated(office: Office) -> None:
    office.switches.outside_media, office.switches.failed_job_leaves_article = "unreachable", True
    channel, book = office.open(cover=COVER), Book()
    channel.publish(POST, book)
    office.end(channel, book)
    assert office.asked("create") == 1


def test_a_lost_answer_to_the_second_job_leads_to_no_third(office: Office) -> None:
    office.switches.listing_lag = 600
    channel, book = office.open(cover=COVER), Book()
    post = replace(POST, attachments=(replace(PICTURE, address=f"{office.box.address}/_landing"),))
    channel.publish(post, book)
    office.clock.advance(30)
    office.box.faults.next("zalo", "create", Fault.DROP_AFTER)
    for _ in range(3):
        with pytest.raises(OutcomeUnknown):
            office.open(cover=COVER).follow(office.sought(book.steps, post))
        still(channel.publish(post, book))
    office.clock.advance(900)
    office.end(office.open(cover=COVER), book, post)
    assert office.asked("create") == 2
    assert len(office.articles()) == 1


def test_a_second_job_that_was_certainly_not_begun_is_begun_again(office: Office) -> None:
    channel, book = office.open(cover=COVER), Book()
    post = replace(POST, attachments=(replace(PICTURE, address=f"{office.box.address}/_landing"),))
    channel.publish(post, book)
    office.clock.advance(30)
    for fault, kind in ((Fault.RATE_LIMITED, Limited), (Fault.ERROR_CODE, Closed)):
        office.box.faults.next("zalo", "create", fault, code=-224)
        with pytest.raises(kind):
            channel.follow(office.sought(book.steps, post))
    still(channel.follow(office.sought(book.steps, post)))
    office.end(channel, book, post)
    assert len(office.articles()) == 1


def test_a_correction_replaces_the_article_under_its_address(office: Office) -> None:
    channel = office.open()
    before = office.publish(channel)
    after = channel.correct(before.remote_id, replace(POST, title="Khảo sát: lịch mới"), NoSteps())
    assert isinstance(after, Receipt)
    assert (after.remote_id, after.link) == (before.remote_id, before.link)
    assert [fields["title"] for fields in office.fields()] == ["Khảo sát: lịch mới"]


def test_a_correction_that_takes_long_can_be_followed(office: Office) -> None:
    channel, book = office.open(broadcast="có"), Book()
    before = office.publish(office.open())
    office.switches.polls = 10**9
    still(channel.correct(before.remote_id, POST, book))
    assert office.end(channel, book).remote_id == before.remote_id
    assert office.broadcasts() == 0


def test_a_correction_whose_pictures_fail_has_the_cover_of_the_office_or_is_refused(office: Office) -> None:
    before = office.publish(office.open())
    broken = replace(POST, attachments=(replace(PICTURE, address=f"{office.box.address}/_landing"),))
    with pytest.raises(Rejected) as caught:
        office.open().correct(before.remote_id, broken, NoSteps())
    assert caught.value.reason_key == "zalo.media"
    office.open(cover=COVER).correct(before.remote_id, broken, NoSteps())
    (sent,) = office.fields()
    assert sent["cover"]["photo_url"] == COVER


@pytest.mark.parametrize("fault", [Fault.DROP_AFTER, Fault.HTTP_500, Fault.HTML_200])
def test_a_correction_without_answer_is_repeated(office: Office, fault: Fault) -> None:
    channel = office.open()
    before = office.publish(channel)
    changed = replace(POST, title="Khảo sát: lịch mới")
    office.box.faults.next("zalo", "update", fault)
    with pytest.raises(OutcomeUnknown):
        channel.correct(before.remote_id, changed, NoSteps())
    assert isinstance(channel.correct(before.remote_id, changed, NoSteps()), Receipt)
    assert len(office.articles()) == 1


def test_hiding_that_takes_long_is_not_taken_for_done(office: Office) -> None:
    channel = office.open(withdraw_by="hide")
    receipt = office.publish(channel)
    office.switches.polls = 10**9
    with pytest.raises(OutcomeUnknown) as caught:
        channel.withdraw(receipt.remote_id, "sai ngày")
    assert caught.value.reason_key == "zalo.still_hiding"
    office.clock.advance(30)
    channel.withdraw(receipt.remote_id, "sai ngày")
    assert office.articles() == []


@pytest.mark.parametrize("way", ["remove", "hide"])
def test_a_withdrawn_article_is_seen_by_nobody_and_stays_withdrawn(office: Office, way: str) -> None:
    channel = office.open(withdraw_by=way)
    receipt = office.publish(channel)
    assert channel.is_live(receipt.remote_id)
    for _ in range(2):
        channel.withdraw(receipt.remote_id, "sai ngày")
        office.clock.advance(30)
        assert not channel.is_live(receipt.remote_id)
        assert office.articles() == []


def test_whether_an_article_is_live_is_not_guessed(office: Office) -> None:
    channel = office.open()
    receipt = office.publish(channel)
    office.box.faults.next("zalo", "getdetail", Fault.HTTP_500)
    with pytest.raises(OutcomeUnknown):
        channel.is_live(receipt.remote_id)


LONG = "Ô" * 141


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"title": LONG}, "zalo.too_long"),
        ({"summary": "Ô" * 251}, "zalo.too_long"),
        ({"issuer": "Ô" * 51}, "zalo.too_long"),
        ({"attachments": ()}, "zalo.no_cover"),
        ({"attachments": (replace(PICTURE, address=""),)}, "zalo.no_address"),
        ({"attachments": (replace(PICTURE, content=b"x" * 1_000_001),)}, "zalo.heavy_picture"),
        ({"attachments": tuple(replace(PICTURE, name=f"{n}.png") for n in range(21))}, "zalo.too_many_pictures"),
    ],
)
def test_what_zalo_would_not_take_is_refused_before_anything_is_sent(
    office: Office, changes: dict[str, Any], key: str
) -> None:
    with pytest.raises(Rejected) as caught:
        office.open().publish(replace(POST, **changes), NoSteps())
    assert caught.value.reason_key == key
    assert office.box.journal.entries() == []


def test_the_longest_texts_and_the_most_pictures_are_taken(office: Office) -> None:
    pictures = tuple(replace(PICTURE, name=f"{n}.png") for n in range(20))
    post = replace(POST, title="Ô" * 140, summary="Ô" * 250, issuer="Ô" * 50, attachments=pictures)
    assert office.publish(office.open(), post).remote_id in office.articles()


def test_a_post_without_summary_and_pictures_has_its_title_and_the_cover_of_the_office(office: Office) -> None:
    office.publish(office.open(cover=COVER, author="Sở Nội vụ"), replace(POST, summary="", attachments=()))
    (sent,) = office.fields()
    assert (sent["description"], sent["author"], sent["cover"]["photo_url"]) == (POST.title, "Sở Nội vụ", COVER)


def test_a_dry_run_shows_what_would_be_sent_and_no_secret(office: Office) -> None:
    create, verify, broadcast = office.open(broadcast="có").would_send(POST)
    assert create.what == f"POST {office.box.address}/openapi/v2.0/article/create"
    assert create.fields["title"] == POST.title
    assert PAGE in create.fields["body"]
    assert create.fields["access_token"] == MASK
    assert verify.what.endswith("/article/verify")
    assert broadcast.what.endswith("/oa/message")
    assert ACCESS_TOKEN not in repr((create, verify, broadcast))
    assert office.box.journal.entries() == []


def test_a_dry_run_needs_no_secret(office: Office) -> None:
    office.file.unlink()
    assert len(office.open().would_send(POST)) == 2


def test_the_probe_tells_the_account_and_until_when_it_is_open(office: Office) -> None:
    health = office.open().probe()
    assert (health.account, health.warnings) == ("Sở Nội vụ tỉnh Sông Trà", ())
    assert health.expires_at == MORNING + timedelta(days=90)
    assert health.server_time is not None
    assert abs(health.server_time - office.clock.now()) < timedelta(seconds=2)


def test_the_probe_refuses_the_account_of_somebody_else(office: Office) -> None:
    office.keep(oa_id="9999")
    with pytest.raises(Closed) as caught:
        office.open(oa_id="9999").probe()
    assert caught.value.reason_key == "zalo.other_account"


@pytest.mark.parametrize(
    ("right", "key"), [("package", "zalo.package"), ("consent", "zalo.right"), ("verified", "zalo.verified")]
)
def test_an_account_without_the_right_is_told_plainly(office: Office, right: str, key: str) -> None:
    if right == "verified":
        office.account.verified = False
    else:
        setattr(office.account, right, frozenset({Right.INFO}))
    channel = office.open()
    for ask in (channel.probe, lambda: channel.publish(POST, NoSteps())):
        with pytest.raises(Closed) as caught:
            ask()
        assert caught.value.reason_key == key


def test_proofs_are_sent_where_the_app_demands_them(office: Office) -> None:
    next(iter(office.box.zalo.world.apps.values())).proof_required = True
    with pytest.raises(Closed) as caught:
        office.open().publish(POST, Book())
    assert caught.value.reason_key == "zalo.proof"
    office.publish(office.open(app_proof="có"))


def test_a_clock_that_is_off_is_seen(office: Office) -> None:
    channel = office.open()
    assert channel.clock_offset() is None
    channel.probe()
    offset = channel.clock_offset()
    assert offset is not None
    assert abs(offset) < timedelta(seconds=2)


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"oa_id": "bốn"}, "string_pattern_mismatch"),
        ({"callback": "https://a.vn/?x=1"}, "string_pattern_mismatch"),
        ({"cover": "ftp://a.vn/b.jpg"}, "string_pattern_mismatch"),
        ({"broadcast_until": "21:30"}, "zalo_hours"),
        ({"broadcast_from": "05:30"}, "zalo_hours"),
        ({"broadcast_from": "20:30"}, "zalo_hours"),
        ({"pkce": "static"}, "zalo_verifier"),
        ({"verifier_env": "ZALO_VERIFIER"}, "zalo_verifier"),
        ({"token_env": APP_SECRET}, "secret_name"),
        ({"address": "http://openapi.zalo.me"}, "https_only"),
        ({"author": "Ô" * 51}, "too_long"),
        ({"resend_after": "1h"}, "zalo_resend"),
        ({"resend_after": "13h"}, "zalo_resend"),
        ({"resend_after": "120"}, "zalo_resend"),
    ],
)
def test_settings_that_cannot_work_are_refused(changes: dict[str, Any], key: str) -> None:
    with pytest.raises(ValidationError) as caught:
        zalo_settings("http://127.0.0.1:1", **changes)
    assert [error["type"] for error in caught.value.errors()] == [key]


def test_only_a_stand_in_may_be_used_in_a_rehearsal() -> None:
    assert zalo_settings("http://127.0.0.1:1").stays_here()
    real = zalo_settings("http://127.0.0.1:1").model_copy(update={"address": None})
    assert not real.stays_here()
    assert (real.oauth, real.openapi) == ("https://oauth.zaloapp.com", "https://openapi.zalo.me")


def test_secrets_are_named_and_hours_bind_only_broadcasts() -> None:
    quiet = zalo_settings("http://127.0.0.1:1", pkce="static", verifier_env="ZALO_VERIFIER")
    assert quiet.secret_names() == ("ZALO_APP_SECRET", "ZALO_OA_TOKENS", "ZALO_VERIFIER")
    assert not quiet.keeps_hours()
    assert zalo_settings("http://127.0.0.1:1", broadcast="có").keeps_hours()


def test_an_article_that_is_not_found_is_left_to_a_person_unless_the_office_wants_it_sent_again(office: Office) -> None:
    assert not office.open().abilities.doubt.resend
    doubt = office.open(resend_after="3h").abilities.doubt
    assert doubt.resend
    assert doubt.settle + sum(doubt.looks, timedelta()) == timedelta(hours=3)
    assert not office.open().abilities.doubt.resend  # a setting of one account


def test_a_missing_secret_closes_the_account_and_is_named(office: Office) -> None:
    office.file.unlink()
    with pytest.raises(ChannelFailure) as caught:
        office.open().publish(POST, Book())
    assert isinstance(caught.value, Closed)
    assert caught.value.reason_key == "channel.no_secret"
