"""A Page of Facebook: what is posted, corrected, taken down, and what a rehearsal shows of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from channels.answers import ChannelFailure, Closed, Limited, NotSent, OutcomeUnknown, Rejected
from channels.base import EarlierSteps
from channels.facebook.settings import MESSAGE_MOST, TEXT_MOST, FacebookSettings
from channels.sandbox.faults import Fault
from channels.sandbox.graph.model import Budget
from tests.channels.facebook_trial import LINK, MORNING, PAGE, POST, WITH_APP, KeptSteps, Trial, minutes, picture, trial


@pytest.fixture
def page() -> Iterator[Trial]:
    with trial() as one:
        yield one


def test_a_text_is_posted_as_it_is(page: Trial) -> None:
    receipt = page.publish()
    (post,) = page.posts()
    assert (post.id, post.message, post.link, post.photos) == (receipt.remote_id, POST.text, "", [])
    assert receipt.published_at == MORNING
    assert receipt.link.endswith(f"/permalink/{post.id}")


def test_a_title_that_the_text_does_not_begin_with_is_its_first_line(page: Trial) -> None:
    titled = replace(POST, title="Mời người dân trả lời khảo sát")
    receipt = page.publish(titled)
    (post,) = page.posts()
    assert post.message == f"{titled.title}\n\n{POST.text}"
    found = page.look_up(titled)
    assert found is not None
    assert found.remote_id == receipt.remote_id


def test_the_page_of_the_announcement_goes_along_as_link(page: Trial) -> None:
    page.publish(replace(POST, page=LINK))
    (post,) = page.posts()
    assert (post.message, post.link) == (POST.text, LINK)


def test_the_code_stands_below_the_text_where_the_office_wants_it(page: Trial) -> None:
    page.publish(replace(POST, visible_code="Mã tin: 7K3Q-2M9P"))
    assert page.posts()[0].message == f"{POST.text}\n\nMã tin: 7K3Q-2M9P"


def test_one_picture_carries_its_words_and_the_link_stands_in_the_text(page: Trial) -> None:
    page.publish(replace(POST, page=LINK, attachments=(picture(),)))
    (post,) = page.posts()
    assert post.message == f"{POST.text}\n\nChi tiết: {LINK}"
    assert [(photo.alt, photo.media_type) for photo in post.photos] == [("Áp phích 1", "image/jpeg")]


def test_several_pictures_keep_their_order_and_are_one_post(page: Trial) -> None:
    page.publish(replace(POST, attachments=(picture(3), picture(1), picture(2))))
    (post,) = page.posts()
    assert [photo.alt for photo in post.photos] == ["Áp phích 3", "Áp phích 1", "Áp phích 2"]
    assert (page.calls("photos"), page.calls("feed")) == (3, 1)


def test_the_id_of_each_picture_is_written_down_before_the_next_call(page: Trial) -> None:
    page.fail("feed", Fault.ERROR_CODE, code=4)
    with pytest.raises(Limited):
        page.publish(replace(POST, attachments=(picture(1), picture(2))))
    assert [name.partition("-")[0] for name in page.steps.saved] == ["photo", "photo", "first_sent", "last_sent"]


def test_pictures_of_an_earlier_try_are_not_uploaded_again_while_they_are_young(page: Trial) -> None:
    post = replace(POST, attachments=(picture(1), picture(2)))
    page.fail("feed", Fault.ERROR_CODE, code=4)
    with pytest.raises(Limited):
        page.publish(post)
    page.box.clock.advance(hours=19)
    page.publish(post)
    assert page.calls("photos") == 2
    assert len(page.posts()[0].photos) == 2


def test_pictures_that_facebook_may_have_forgotten_are_uploaded_again(page: Trial) -> None:
    post = replace(POST, attachments=(picture(1),))
    page.fail("feed", Fault.ERROR_CODE, code=4)
    with pytest.raises(Limited):
        page.publish(post)
    page.box.clock.advance(hours=21)
    page.publish(post)
    assert page.calls("photos") == 2


def test_pictures_that_facebook_has_forgotten_early_are_uploaded_by_the_next_try(page: Trial) -> None:
    post = replace(POST, attachments=(picture(1),))
    page.fail("feed", Fault.ERROR_CODE, code=4)
    with pytest.raises(Limited):
        page.publish(post)
    for photo in page.box.graph.store.photos.values():
        photo.gone = True
    with pytest.raises(NotSent) as caught:
        page.publish(post)
    assert caught.value.reason_key == "facebook.photos_gone"
    page.publish(post)
    assert len(page.posts()) == 1


@pytest.mark.parametrize("fault", [Fault.DROP_AFTER, Fault.HTTP_500_AFTER, Fault.HTML_200, Fault.WRONG_TYPES])
def test_a_picture_whose_upload_is_in_doubt_is_simply_uploaded_again(page: Trial, fault: Fault) -> None:
    post = replace(POST, attachments=(picture(1), picture(2)))
    page.fail("photos", fault)
    with pytest.raises(NotSent) as caught:
        page.publish(post)
    assert caught.value.reason_key == "facebook.upload"
    assert page.posts() == []
    page.publish(post)
    assert [len(one.photos) for one in page.posts()] == [2]


def test_when_uploads_take_too_long_the_rest_waits_for_the_next_try(page: Trial) -> None:
    post = replace(POST, attachments=(picture(1), picture(2)))

    class SlowSteps(KeptSteps):
        def save(self, name: str, value: str) -> None:
            super().save(name, value)
            page.box.clock.advance(minutes=3)

    page.steps = SlowSteps()
    with pytest.raises(NotSent) as caught:
        page.publish(post)
    assert (caught.value.reason_key, page.calls("feed")) == ("facebook.upload_slow", 0)
    page.publish(post)
    assert page.calls("photos") == 2


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"text": "ữ" * (MESSAGE_MOST + 1)}, "facebook.too_long"),
        ({"text": "📣" * (MESSAGE_MOST // 2 + 1)}, "facebook.too_long"),  # counted in UTF-16
        ({"attachments": tuple(picture(n) for n in range(1, 12))}, "facebook.too_many_pictures"),
        ({"attachments": (replace(picture(), content=b"GIF89a, or so it says"),)}, "facebook.no_picture"),
    ],
)
def test_what_facebook_would_not_take_is_refused_before_anything_is_sent(
    page: Trial, changes: dict[str, object], reason: str
) -> None:
    with pytest.raises(Rejected) as caught:
        page.publish(replace(POST, **changes))  # type: ignore[arg-type]  # of the table above
    assert caught.value.reason_key == reason
    assert page.box.journal.entries() == []


def test_the_longest_text_that_the_check_allows_fits_with_link_and_code(page: Trial) -> None:
    post = replace(POST, text="ữ" * TEXT_MOST, page=LINK, visible_code="Mã tin: 7K3Q-2M9P", attachments=(picture(),))
    page.publish(post)
    assert page.posts()[0].message.endswith(f"Chi tiết: {LINK}\nMã tin: 7K3Q-2M9P")


def test_a_large_picture_is_made_smaller_and_loses_what_its_file_says(page: Trial) -> None:
    file = BytesIO()
    photo = Image.effect_noise((3000, 2600), 90).convert("RGB")
    exif = Image.Exif()
    exif[0x010F] = "Máy ảnh của cán bộ"
    exif[0x0112] = 6  # lies on its side
    photo.save(file, "JPEG", quality=100, exif=exif, comment=b"chup tai nha")
    assert len(file.getvalue()) > 4_000_000
    page.publish(replace(POST, attachments=(replace(picture(), content=file.getvalue(), name="ảnh.jpg"),)))
    sent = page.posts()[0].photos[0]
    assert len(sent.content) < 4_000_000
    with Image.open(BytesIO(sent.content)) as image:
        assert (image.format, image.size) == ("JPEG", (1775, 2048))
        assert dict(image.getexif()) == {}
        assert "comment" not in image.info
    assert b"nh c" not in sent.content[:2000]


def test_a_transparent_picture_stands_on_white(page: Trial) -> None:
    file = BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(file, "PNG")
    page.publish(replace(POST, attachments=(replace(picture(), content=file.getvalue()),)))
    with Image.open(BytesIO(page.posts()[0].photos[0].content)) as image:
        assert image.getpixel((10, 10)) == (255, 255, 255)


def test_a_link_that_facebook_cannot_open_goes_into_the_text_at_the_next_try(page: Trial) -> None:
    post = replace(POST, page=LINK)
    page.fail("feed", Fault.ERROR_CODE, code=1609005)
    with pytest.raises(NotSent) as caught:
        page.publish(post)
    assert caught.value.reason_key == "facebook.link_unread"
    page.publish(post)
    assert (page.posts()[0].link, page.posts()[0].message) == ("", f"{POST.text}\n\nChi tiết: {LINK}")


def test_a_link_in_the_text_stays_there_when_the_post_is_corrected(page: Trial) -> None:
    post = replace(POST, page=LINK)
    page.fail("feed", Fault.ERROR_CODE, code=1609005)
    with pytest.raises(NotSent):
        page.publish(post)
    receipt = page.publish(post)
    page.channel.correct(receipt.remote_id, replace(post, text="Lịch đã đổi."), EarlierSteps(dict(page.steps.kept)))
    assert page.posts()[0].message == f"{POST.title}\n\nLịch đã đổi.\n\nChi tiết: {LINK}"


def test_a_receipt_does_not_hang_on_what_comes_after_the_post(page: Trial) -> None:
    page.fail("read", Fault.HTTP_500, times=3)
    receipt = page.publish()
    assert receipt.link == f"https://www.facebook.com/{receipt.remote_id}"
    assert receipt.remote_id == page.posts()[0].id


def test_a_correction_changes_the_words_and_may_be_repeated(page: Trial) -> None:
    receipt = page.publish(replace(POST, page=LINK))
    corrected = replace(POST, text="Đính chính: khảo sát bắt đầu từ ngày 24/11.", page=LINK)
    for _ in range(2):
        answer = page.channel.correct(receipt.remote_id, corrected, page.steps)
        assert answer.remote_id == receipt.remote_id
    assert [post.message for post in page.posts()] == [f"{POST.title}\n\n{corrected.text}"]


def test_a_correction_of_a_post_that_is_gone_is_refused(page: Trial) -> None:
    receipt = page.publish()
    page.box.graph.remove_by_hand(receipt.remote_id)
    with pytest.raises(Rejected) as caught:
        page.channel.correct(receipt.remote_id, POST, page.steps)
    assert caught.value.reason_key == "facebook.gone"


def test_a_post_is_taken_down_and_may_be_taken_down_again(page: Trial) -> None:
    receipt = page.publish()
    assert page.channel.is_live(receipt.remote_id)
    page.channel.withdraw(receipt.remote_id, "sai ngày")
    assert page.posts() == []
    assert not page.channel.is_live(receipt.remote_id)
    page.channel.withdraw(receipt.remote_id, "sai ngày")


def test_a_withdrawal_in_doubt_is_told_and_repeated(page: Trial) -> None:
    receipt = page.publish()
    page.fail("delete", Fault.DROP_AFTER)
    with pytest.raises(OutcomeUnknown):
        page.channel.withdraw(receipt.remote_id, "sai ngày")
    page.channel.withdraw(receipt.remote_id, "sai ngày")
    page.fail("delete", Fault.SUCCESS_FALSE)
    with pytest.raises(OutcomeUnknown):
        page.channel.withdraw(page.publish(replace(POST, marker="khac")).remote_id, "sai ngày")


def test_an_error_does_not_say_that_a_post_is_gone(page: Trial) -> None:
    receipt = page.publish()
    for fault in (Fault.HTTP_500, Fault.HTML_200, Fault.WRONG_TYPES, Fault.EMPTY_OBJECT):
        page.fail("read", fault, times=3)
        with pytest.raises(OutcomeUnknown):
            page.channel.is_live(receipt.remote_id)
        page.box.faults.clear()


@pytest.mark.parametrize(("code", "kind"), [(1, OutcomeUnknown), (100, OutcomeUnknown), (190, Closed), (4, Limited)])
def test_a_refusal_does_not_say_that_a_post_is_gone(page: Trial, code: int, kind: type[ChannelFailure]) -> None:
    receipt = page.publish()
    page.fail("read", Fault.ERROR_CODE, code=code)
    with pytest.raises(kind):
        page.channel.is_live(receipt.remote_id)


def test_in_two_steps_nothing_is_seen_before_the_second() -> None:
    with trial(publish_mode="two_step") as two:
        two.fail("change", Fault.DROP_BEFORE)
        with pytest.raises(OutcomeUnknown):
            two.publish()
        assert two.posts() == []
        assert two.look_up() is None
        receipt = two.publish()
        assert [post.id for post in two.posts()] == [receipt.remote_id]
        assert two.calls("feed") == 1


def test_in_two_steps_a_lost_first_answer_leaves_only_what_nobody_sees() -> None:
    with trial(publish_mode="two_step") as two:
        two.fail("feed", Fault.DROP_AFTER)
        with pytest.raises(NotSent):
            two.publish()
        two.publish()
        assert len(two.posts()) == 1
        assert len(two.box.graph.store.posts) == 2


@pytest.mark.parametrize("fault", [Fault.DROP_AFTER, Fault.DROP_BEFORE])
def test_in_two_steps_the_pictures_that_a_lost_draft_has_taken_are_uploaded_anew(fault: Fault) -> None:
    """A photo belongs to one post only; with those of the lost draft the next would be refused for good."""
    with trial(publish_mode="two_step") as two:
        two.fail("feed", fault)
        with pytest.raises(NotSent):
            two.publish(replace(POST, attachments=(picture(1), picture(2))))
        two.publish(replace(POST, attachments=(picture(1), picture(2))))
        (post,) = two.posts()
        assert (len(post.photos), two.calls("photos")) == (2, 4)


def test_in_two_steps_a_draft_that_was_certainly_not_made_leaves_its_pictures_to_the_next() -> None:
    with trial(publish_mode="two_step") as two:
        two.fail("feed", Fault.ERROR_CODE, code=4)
        with pytest.raises(Limited):
            two.publish(replace(POST, attachments=(picture(),)))
        two.publish(replace(POST, attachments=(picture(),)))
        assert two.calls("photos") == 1


def test_in_two_steps_a_lost_second_answer_is_found_by_its_id() -> None:
    with trial(publish_mode="two_step") as two:
        two.fail("change", Fault.DROP_AFTER)
        with pytest.raises(OutcomeUnknown):
            two.publish()
        found = two.look_up()
        assert found is not None
        assert [post.id for post in two.posts()] == [found.remote_id]


def test_in_two_steps_another_text_is_not_published_with_the_old_draft() -> None:
    with trial(publish_mode="two_step") as two:
        two.fail("change", Fault.ERROR_CODE, code=4)
        with pytest.raises(Limited):
            two.publish()
        two.publish(replace(POST, text=f"{POST.title}: lời khác."))
        assert [post.message for post in two.posts()] == [f"{POST.title}: lời khác."]


def test_nearly_used_up_calls_stop_a_post_before_it_is_sent(page: Trial) -> None:
    store = page.box.graph.store
    store.pages[PAGE].budget = Budget(20, minutes(60))
    for _ in range(18):
        page.look_up()
    with pytest.raises(Limited) as caught:
        page.publish()
    assert (caught.value.reason_key, caught.value.wait) == ("facebook.nearly_limited", minutes(15))
    assert page.calls("feed") == 0
    page.box.clock.advance(minutes=61)
    page.publish()


def test_headers_that_cannot_be_read_stop_nothing(page: Trial) -> None:
    page.box.graph.store.pages[PAGE].budget = Budget(2, minutes(60))
    page.box.graph.switches.broken_usage = True
    page.look_up()
    page.publish()


def test_a_missing_token_closes_the_account_and_sends_nothing(page: Trial) -> None:
    page.secrets._environment = {}
    for ask in (page.publish, page.look_up, page.channel.probe):
        with pytest.raises(Closed) as caught:
            ask()
        assert caught.value.reason_key == "channel.no_secret"
    assert page.box.journal.entries() == []


def test_a_dry_run_shows_what_is_then_sent(page: Trial) -> None:
    post = replace(POST, page=LINK, visible_code="Mã tin: 7K3Q-2M9P", attachments=(picture(1), picture(2)))
    first, second, feed = page.channel.would_send(post)
    assert page.box.journal.entries() == []
    assert first.what == second.what == f"POST {page.box.address}/graph/v26.0/{PAGE}/photos"
    assert feed.what.endswith(f"/{PAGE}/feed")
    page.publish(post)
    (sent,) = page.posts()
    assert [one.fields["alt_text_custom"] for one in (first, second)] == [photo.alt for photo in sent.photos]
    assert first.fields["source"] == f"ap-phich-1.jpg (image/jpeg, {len(sent.photos[0].content)} bytes)"
    assert feed.fields["message"] == sent.message
    assert json.loads(feed.fields["attached_media"]) == [{"media_fbid": "(1)"}, {"media_fbid": "(2)"}]
    assert feed.fields["published"] == "true"
    assert all(one.fields["Authorization"] == "Bearer •••" for one in (first, second, feed))


def test_a_dry_run_of_two_steps_shows_the_second() -> None:
    with trial(publish_mode="two_step", **WITH_APP) as two:
        feed, shown = two.channel.would_send(replace(POST, page=LINK))
        assert (feed.fields["published"], feed.fields["link"]) == ("false", LINK)
        assert (shown.what.rpartition("/")[2], shown.fields["is_published"]) == ("(1)", "true")
        assert feed.fields["appsecret_proof"] == "•••"


def test_the_abilities_say_what_delivery_needs_to_know() -> None:
    abilities = FacebookSettings.abilities
    assert abilities.looks_first
    assert not abilities.repeatable
    assert not abilities.doubt.resend
    assert abilities.doubt.settle >= minutes(1)
