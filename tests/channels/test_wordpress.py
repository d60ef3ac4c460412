"""The WordPress channel against the stand-in: what is sent, found, changed and taken down."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from channels.answers import Closed, NotSent, OutcomeUnknown, Processing, Receipt, Rejected
from channels.sandbox.faults import Fault
from channels.sandbox.wordpress.html import filtered
from channels.wordpress.content import content_of, is_marked, key_of
from channels.wordpress.media import Uploaded
from channels.wordpress.settings import WordPressSettings
from tests.channels.blog import CHART, FULL, PASSWORD, POSTER, SLOTS, SMALL_PAPER, SOUGHT, Blog, Kept, blog
from tests.channels.site import POST

KEY = "khao-sat-muc-do-hai-long-bat-dau-tu-thang-9-7k3q"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Blog]:
    with blog(tmp_path) as found:
        yield found


def test_a_post_is_made_with_everything_that_was_given(site: Blog) -> None:
    receipt = site.publish()
    held = site.post
    assert receipt == Receipt(
        remote_id=str(held.id),
        link=f"{site.box.address}/wordpress/{KEY}/",
        published_at=site.box.clock.now(),
    )
    assert (held.title, held.excerpt, held.slug, held.status) == (POST.title, POST.summary, KEY, "publish")
    assert POST.html in held.content
    assert "<!-- ma-tin:7k3q -->" in held.content
    assert (held.comment_status, held.ping_status, held.categories) == ("closed", "closed", [1])
    assert [item.title for item in site.seen] == [POST.title]


def test_pictures_and_files_go_with_it(site: Blog) -> None:
    receipt = site.publish(FULL)
    assert isinstance(receipt, Receipt)
    poster, chart, paper = site.media
    assert [media.alt_text for media in site.media] == [POSTER.alt, CHART.alt, ""]
    assert [media.content for media in site.media] == [file.content for file in FULL.attachments]
    assert site.post.featured_media == poster.id
    uploads = f"{site.box.address}/wordpress/wp-content/uploads/"
    assert receipt.media == {
        file.name: f"{uploads}{media.file}" for file, media in zip(FULL.attachments, site.media, strict=True)
    }
    content = site.post.content
    assert f'<img src="{uploads}{chart.file}" alt="Biểu đồ &quot;kết quả&quot; &amp; tỷ lệ">' in content
    assert f'<a href="{uploads}{paper.file}">Thông báo niêm yết (PDF, 2\u00a0KB)</a>' in content
    assert poster.file not in content
    assert f"<!-- ma-tin:7k3q tep:{poster.id},{chart.id},{paper.id} -->" in content


def test_a_theme_without_featured_images_gets_all_pictures_in_the_text(site: Blog) -> None:
    site.publish(FULL, featured="không")
    assert site.post.featured_media == 0
    assert all(media.file in site.post.content for media in site.media)


def test_the_body_survives_the_filter_that_authors_go_through() -> None:
    files = tuple(
        Uploaded(id=n, address=f"https://a.vn/{n}", attachment=a) for n, a in enumerate(FULL.attachments, start=1)
    )
    post = replace(FULL, visible_code="Mã tin: 7K3Q-0001", html="<p>Dòng một<br>dòng hai &amp; ba</p>")
    content = content_of(post, files, featured=files[0])
    assert filtered(content) == content
    assert "<p>Mã tin: 7K3Q-0001</p>" in content


def test_an_author_posts_too(site: Blog) -> None:
    assert isinstance(site.publish(FULL, user="tac-gia"), Receipt)
    assert is_marked(site.post.content, "7k3q")


def test_markup_in_a_title_stays_text(site: Blog) -> None:
    site.publish(replace(POST, title="Thu < 5 triệu <b>đồng</b>"))
    assert site.post.title == "Thu &lt; 5 triệu &lt;b&gt;đồng&lt;/b&gt;"


def test_a_title_without_letters_still_gives_an_address() -> None:
    assert key_of("…", "7k3q") == "tin-7k3q"


@pytest.mark.parametrize("typed", ["Tuyên truyền", "TUYÊN TRUYỀN", "tuyen-truyen", "2"])
def test_categories_are_chosen_by_name_slug_or_number(site: Blog, typed: str) -> None:
    site.publish(categories=[typed])
    assert site.post.categories == [2]


def test_an_unknown_category_is_told_before_anything_is_made(site: Blog) -> None:
    for typed in ("Thể thao", "99"):
        with pytest.raises(Closed) as caught:
            site.publish(FULL, categories=[typed])
        assert (caught.value.reason_key, caught.value.values["name"]) == ("wordpress.category", typed)
    assert (site.posts, site.media) == ([], [])


@pytest.mark.parametrize("status", ["pending", "draft"])
def test_a_post_that_an_editor_must_let_out_is_followed(site: Blog, status: str) -> None:
    channel = site.channel(status=status, user="cong-tac")
    steps = Kept()
    answer = channel.publish(POST, steps)
    assert isinstance(answer, Processing)
    assert (site.post.status, site.post.slug) == (status, "")  # a contributor's address is thrown away
    assert channel.look_up(SOUGHT) == channel.follow(SOUGHT) == answer
    assert site.seen == []
    site.post.status, site.post.slug = "publish", "ten-khac-do-bien-tap-vien-dat"
    receipt = channel.follow(SOUGHT)
    assert isinstance(receipt, Receipt)
    assert receipt.link.endswith("/ten-khac-do-bien-tap-vien-dat/")


def test_a_post_that_an_editor_throws_away_is_told(site: Blog) -> None:
    channel = site.channel(status="pending")
    channel.publish(POST, Kept())
    held = site.post
    channel.withdraw(str(held.id), "")
    held.slug = f"{KEY}__trashed"
    with pytest.raises(Rejected, match=r"wordpress\.trashed"):
        channel.follow(SOUGHT)
    site.box.wordpress.site.posts.clear()
    with pytest.raises(Rejected, match=r"wordpress\.gone"):
        channel.follow(SOUGHT)


def test_a_post_that_is_there_already_is_adopted_and_not_made_again(site: Blog) -> None:
    first = site.publish()
    assert site.publish() == first
    assert site.channel().look_up(SOUGHT) == first
    assert site.asked("create") == 1


def test_a_post_is_found_whatever_an_editor_did_to_its_address_or_its_text(site: Blog) -> None:
    site.publish()
    held = site.post
    held.slug = "dia-chi-khac"
    assert isinstance(site.channel().look_up(SOUGHT), Receipt)
    held.slug, held.content, held.searchable = KEY, "<p>Viết lại</p>", "viet lai"
    assert isinstance(site.channel().look_up(SOUGHT), Receipt)


def test_a_scheduled_twin_is_found(site: Blog) -> None:
    site.publish()
    site.post.status = "future"
    assert isinstance(site.channel().look_up(SOUGHT), Processing)


def test_another_post_that_merely_names_the_marker_is_not_ours(site: Blog) -> None:
    site.publish(replace(POST, marker="9zzz", html="<p>ma-tin:7k3q</p><!-- ma-tin:7k3qq -->"))
    assert site.channel().look_up(SOUGHT) is None


def test_a_post_in_the_trash_is_not_made_again(site: Blog) -> None:
    channel = site.channel()
    channel.publish(POST, Kept())
    channel.withdraw(str(site.post.id), "")
    with pytest.raises(Rejected, match=r"wordpress\.trashed"):
        channel.publish(POST, Kept())
    with pytest.raises(Rejected, match=r"wordpress\.trashed"):
        channel.look_up(SOUGHT)
    assert (site.posts, site.asked("create")) == ([], 1)


def test_files_that_lie_there_already_are_not_uploaded_again(site: Blog) -> None:
    site.publish(FULL)
    site.box.wordpress.site.posts.clear()  # as if the first try had died before the post
    site.publish(FULL)
    assert (len(site.media), len(site.posts)) == (3, 1)


def test_a_look_up_knows_where_the_files_lie(site: Blog) -> None:
    steps = Kept()
    receipt = site.channel().publish(FULL, steps)
    assert site.channel().look_up(replace(SOUGHT, steps=steps.values)) == receipt
    assert len(json.loads(steps.values["media"])) == 3


@pytest.mark.parametrize("kept", ["", "{", "[]", "null"])
def test_steps_that_cannot_be_read_do_not_hinder_a_look_up(site: Blog, kept: str) -> None:
    site.publish()
    found = site.channel().look_up(replace(SOUGHT, steps={"media": kept}))
    assert isinstance(found, Receipt)
    assert found.media == {}


def test_a_correction_replaces_text_and_files_at_the_same_address(site: Blog) -> None:
    channel = site.channel()
    first = channel.publish(FULL, Kept())
    assert isinstance(first, Receipt)
    paper = replace(SMALL_PAPER, content=b"%PDF-1.7 other")
    corrected = replace(FULL, title="Đính chính", html="<p>Khác</p>", attachments=(POSTER, paper))
    for _ in range(2):
        receipt = channel.correct(first.remote_id, corrected, Kept())
        assert isinstance(receipt, Receipt)
        assert (receipt.link, receipt.remote_id) == (first.link, first.remote_id)
        assert (site.post.title, site.post.slug) == ("Đính chính", KEY)
        assert "<p>Khác</p>" in site.post.content
        assert [media.content for media in site.media] == [POSTER.content, paper.content]
    assert channel.look_up(SOUGHT) is not None


def test_what_is_gone_cannot_be_corrected(site: Blog) -> None:
    channel = site.channel()
    channel.publish(POST, Kept())
    held = site.post
    channel.withdraw(str(held.id), "")
    with pytest.raises(Rejected, match=r"wordpress\.trashed"):
        channel.correct(str(held.id), POST, Kept())
    for remote_id in ("999", "", "../users", "https://a.vn/1"):
        with pytest.raises(Rejected, match=r"wordpress\.gone"):
            channel.correct(remote_id, POST, Kept())


def test_a_withdrawn_post_and_its_files_are_gone_also_when_asked_twice(site: Blog) -> None:
    channel = site.channel()
    channel.publish(FULL, Kept())
    number = str(site.post.id)
    assert channel.is_live(number)
    for _ in range(2):
        channel.withdraw(number, "sai số điện thoại")
        assert (site.seen, site.posts, site.media) == ([], [], [])
        assert not channel.is_live(number)
    channel.withdraw("999", "")
    assert not channel.is_live("999")


def test_a_notice_may_stand_in_the_place_of_a_withdrawn_post(site: Blog) -> None:
    channel = site.channel(withdrawal="notice")
    channel.publish(FULL, Kept())
    for _ in range(2):
        channel.withdraw(str(site.post.id), "sai <số>")
        assert "<p>Tin này đã được gỡ ngày 05/9/2023. Lý do: sai &lt;số&gt;</p>" in site.post.content
        assert POST.html not in site.post.content
        assert (site.post.excerpt, site.post.featured_media, site.media) == ("", 0, [])
    site.box.clock.advance(hours=30)
    channel.withdraw(str(site.post.id), "khác")
    assert "ngày 05/9/2023. Lý do: sai &lt;số&gt;" in site.post.content, "a repetition changes nothing"


def test_a_notice_is_not_taken_for_the_post_that_stood_there(site: Blog) -> None:
    """As after an older ledger was restored, which knows of no withdrawal."""
    channel = site.channel(withdrawal="notice")
    channel.publish(FULL, Kept())
    number = str(site.post.id)
    channel.withdraw(number, "sai số điện thoại")
    acts: tuple[Callable[[], object], ...] = (
        lambda: channel.look_up(SOUGHT),
        lambda: channel.follow(SOUGHT),
        lambda: channel.publish(FULL, Kept()),
        lambda: channel.correct(number, FULL, Kept()),
    )
    for act in acts:
        with pytest.raises(Rejected, match=r"wordpress\.withdrawn"):
            act()
    assert not channel.is_live(number)
    assert (site.asked("create"), POST.html in site.post.content) == (1, False)


def test_nothing_is_shown_once_somebody_has_stopped_it(site: Blog) -> None:
    class Stopped(Kept):
        def go_ahead(self) -> None:
            raise NotSent("delivery.stopped")

    channel = site.channel()
    with pytest.raises(NotSent, match=r"delivery\.stopped"):
        channel.publish(FULL, Stopped())
    assert site.posts == []
    channel.publish(POST, Kept())
    with pytest.raises(NotSent, match=r"delivery\.stopped"):
        channel.correct(str(site.post.id), replace(POST, title="Khác"), Stopped())
    assert site.post.title == POST.title


def test_what_was_looked_for_in_vain_is_not_looked_for_again_at_once(site: Blog) -> None:
    channel = site.channel()
    assert channel.look_up(SOUGHT) is None
    asked = site.asked("find")
    channel.publish(POST, Kept())
    assert site.asked("find") == asked + 1, "whether a slow earlier request made it too"


@pytest.mark.parametrize("seconds", [0, 30])
def test_what_came_between_look_up_and_try_is_not_made_again(site: Blog, seconds: int) -> None:
    """Long after the look-up it is looked for again; right after it, the younger of the two goes."""
    channel = site.channel()
    assert channel.look_up(SOUGHT) is None
    first = site.publish()
    site.box.clock.advance(seconds)
    second = channel.publish(POST, Kept())
    assert isinstance(first, Receipt)
    assert isinstance(second, Receipt)
    assert (second.remote_id, len(site.posts)) == (first.remote_id, 1)
    assert site.asked("create") == (2 if seconds == 0 else 1)


def test_of_two_posts_made_at_one_moment_the_older_stays(site: Blog) -> None:
    """An earlier request, given up long ago, makes the same post between our look and our own request."""
    site.box.faults.next("wordpress", "create", Fault.LATE_COMMIT, seconds=60)
    channel = site.channel()
    with pytest.raises(OutcomeUnknown):
        channel.publish(FULL, Kept())

    class Meanwhile(Kept):
        def save(self, name: str, value: str) -> None:
            super().save(name, value)
            site.box.clock.advance(61)

    receipt = channel.publish(FULL, Meanwhile())
    assert isinstance(receipt, Receipt)
    older, younger = site.box.wordpress.site.posts.values()
    assert (receipt.remote_id, older.status, younger.status) == (str(older.id), "publish", "trash")
    assert older.content == younger.content


@pytest.mark.parametrize("plain", [False, True])
def test_both_kinds_of_addresses_work(site: Blog, plain: bool) -> None:
    site.box.wordpress.site.switches.plain_permalinks = plain
    channel = site.channel()
    receipt = channel.publish(FULL, Kept())
    assert isinstance(receipt, Receipt)
    assert receipt.link.endswith(f"/?p={site.post.id}" if plain else f"/{KEY}/")
    assert channel.look_up(SOUGHT) is not None
    channel.withdraw(receipt.remote_id, "")
    assert site.posts == []


def test_a_probe_tells_who_we_are(site: Blog) -> None:
    site.box.clock.advance(hours=1)
    health = site.channel(categories=["Tuyên truyền"]).probe()
    assert health.account.startswith("Biên tập (127.0.0.1:")
    assert (health.server_time, health.warnings) == (site.box.clock.now(), ())
    assert site.channel(user="cong-tac", status="pending").probe().warnings == ("wordpress.no_upload",)


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"user": "nobody"}, "wordpress.login"),
        ({"user": "ban-doc"}, "wordpress.lacks"),
        ({"user": "cong-tac"}, "wordpress.lacks"),
        ({"categories": ["Thể thao"]}, "wordpress.category"),
    ],
)
def test_a_probe_tells_what_a_person_must_mend(site: Blog, changes: dict[str, object], key: str) -> None:
    with pytest.raises(Closed) as caught:
        site.channel(**changes).probe()
    assert caught.value.reason_key == key


def test_the_clock_of_the_site_is_seen(site: Blog) -> None:
    assert site.channel().clock_offset() == timedelta(0)
    channel = site.channel()
    channel.look_up(SOUGHT)
    asked = len(site.box.journal.entries())
    assert channel.clock_offset() == timedelta(0)
    assert len(site.box.journal.entries()) == asked


def test_what_would_be_sent_is_what_is_sent(site: Blog) -> None:
    channel = site.channel(categories=["Tuyên truyền"])
    *uploads, made = channel.would_send(FULL)
    assert [upload.fields["alt_text"] for upload in uploads] == [POSTER.alt, CHART.alt, ""]
    assert made.what == f"POST {site.box.address}/wordpress/wp-json/wp/v2/posts"
    assert (made.fields["slug"], made.fields["status"], made.fields["categories"]) == (KEY, "publish", "Tuyên truyền")
    assert FULL.html in made.fields["content"]
    assert "date" not in made.fields  # a date to come would leave it to the site's own clock
    assert made.fields["Authorization"] == "Basic •••"
    assert site.box.journal.entries() == []
    channel.publish(POST, Kept())
    assert channel.would_send(POST)[-1].fields["content"] == site.post.content


def test_a_dry_run_needs_no_secret(site: Blog) -> None:
    site.secrets = {}
    assert PASSWORD not in str(site.channel().would_send(FULL))


@pytest.mark.parametrize(
    "changes",
    [
        {"url": "http://snv.example.gov.vn"},  # the password would go in clear
        {"url": "https://snv.example.gov.vn/"},
        {"url": "https://user:password@snv.example.gov.vn"},
        {"user": "a:b"},
        {"password_env": PASSWORD},
        {"status": "future"},
        {"timeout": "0"},
        {"timeout": "61"},
    ],
)
def test_settings_that_cannot_work_are_refused(changes: dict[str, object]) -> None:
    typed = {"type": "wordpress", "url": "https://snv.example.gov.vn", "user": "loa", "slots": SLOTS}
    good = WordPressSettings.model_validate(typed)
    assert not good.stays_here()
    assert good.secret_names() == ("WORDPRESS_PASSWORD",)
    with pytest.raises(ValidationError):
        WordPressSettings.model_validate(typed | changes)
