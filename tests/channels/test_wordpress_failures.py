"""The WordPress channel when things go wrong: what is certain, what is not, and what never shows."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from channels.answers import ChannelFailure, Closed, Limited, NotSent, OutcomeUnknown, Receipt, Rejected, Unreachable
from channels.http import Answer
from channels.sandbox.faults import EXECUTED, Fault
from channels.wordpress.errors import Refusal
from channels.wordpress.rest import Me, read
from tests.channels.blog import FULL, PASSWORD, POSTER, SOUGHT, Blog, Kept, blog
from tests.channels.raw_server import ok, raw_server
from tests.channels.site import POST
from tests.conftest import ROOT

# What the client waits out in real time is tried once, below.
FAULTS = [fault for fault in Fault if fault not in (Fault.SLOW, Fault.LATE_COMMIT)]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Blog]:
    with blog(tmp_path) as found:
        yield found


@pytest.mark.parametrize("fault", FAULTS)
def test_after_a_failed_creation_there_is_one_post_in_the_end(site: Blog, fault: Fault) -> None:
    """Whatever answers the one request that makes something public: a look-up settles it, nothing is sent blindly."""
    site.box.faults.next("wordpress", "create", fault, code=503)
    channel, steps = site.channel(), Kept()
    try:
        receipt = channel.publish(POST, steps)
    except OutcomeUnknown:
        assert fault is not Fault.RATE_LIMITED
        found = channel.look_up(SOUGHT)
        assert (found is not None) == (len(site.posts) == 1)
        receipt = found or channel.publish(POST, steps)
    except Limited:
        assert fault is Fault.RATE_LIMITED
        receipt = channel.publish(POST, steps)
    else:
        assert fault is Fault.JAVASCRIPT  # the right answer under a wrong name
    assert isinstance(receipt, Receipt)
    assert receipt.remote_id == str(site.post.id)
    assert site.asked("create") == (1 if fault in EXECUTED else 2)


def test_a_creation_that_comes_to_pass_later_is_unknown_and_then_found(site: Blog) -> None:
    site.box.faults.next("wordpress", "create", Fault.LATE_COMMIT, seconds=60)
    channel = site.channel()
    with pytest.raises(OutcomeUnknown):
        channel.publish(POST, Kept())
    assert channel.look_up(SOUGHT) is None
    assert channel.abilities.doubt.settle > timedelta(seconds=60)  # so nobody sends it again before
    site.box.clock.advance(channel.abilities.doubt.settle.total_seconds())
    assert isinstance(channel.look_up(SOUGHT), Receipt)
    assert len(site.posts) == 1


PROGRAM = """
import sys
from pathlib import Path
from channels.sandbox.clock import SandboxClock
from tests.channels.blog import FULL, START, Blog, Kept

class Away:
    address, clock = sys.argv[1], SandboxClock(START, speed=0)

Blog(box=Away(), workspace=Path(sys.argv[2])).channel(timeout="20").publish(FULL, Kept())
"""


def test_a_process_that_is_killed_in_the_middle_leaves_one_post(site: Blog) -> None:
    """The site has made the post and has not answered yet when the power goes."""
    site.box.faults.next("wordpress", "create", Fault.SLOW, seconds=20)
    program = [sys.executable, "-c", PROGRAM, site.box.address, str(site.workspace)]
    process = subprocess.Popen(program, cwd=ROOT)
    try:
        end = time.monotonic() + 20
        while site.asked("create") == 0 and process.poll() is None and time.monotonic() < end:
            time.sleep(0.01)
    finally:
        process.kill()
        process.wait()
    receipt = site.channel().look_up(SOUGHT)
    assert isinstance(receipt, Receipt)
    assert site.channel().publish(FULL, Kept()) == replace(receipt, media={})
    assert (len(site.posts), len(site.media)) == (1, 3)


PREPARING = ["me", "find", "find_media", "upload", "terms"]


def _spoils(route: str, fault: Fault) -> bool:
    """Whether the fault makes the answer useless: an empty list has no text that could be bad."""
    is_list = route in ("find", "find_media")
    return fault is not Fault.JAVASCRIPT and not (is_list and fault is Fault.BAD_UTF8)


@pytest.mark.parametrize(("route", "fault"), [(r, f) for r in PREPARING for f in FAULTS if _spoils(r, f)])
def test_nothing_is_made_while_the_site_answers_strangely(site: Blog, route: str, fault: Fault) -> None:
    """Before the one request nothing is public, so nothing is in doubt, and no strange answer counts as an absence."""
    site.box.faults.next("wordpress", route, fault, times=3, code=503)
    channel = site.channel(categories=["Tuyên truyền"])
    with pytest.raises(NotSent) as caught:
        channel.publish(FULL, Kept())
    assert isinstance(caught.value, Limited) == (fault is Fault.RATE_LIMITED)
    assert not isinstance(caught.value, Closed)  # a network that stutters is no reason to close an account
    assert site.posts == []
    site.box.faults.clear()
    assert isinstance(channel.publish(FULL, Kept()), Receipt)
    assert len(site.posts) == 1


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault is not Fault.JAVASCRIPT])
def test_a_strange_answer_to_a_look_up_is_no_absence(site: Blog, fault: Fault) -> None:
    site.publish()
    site.box.faults.next("wordpress", "find", fault, times=3, code=503)
    with pytest.raises((OutcomeUnknown, Limited)):
        site.channel().look_up(SOUGHT)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_home_page_that_tells_nothing_does_no_harm(site: Blog, fault: Fault) -> None:
    """It is asked only where the interface begins, and one form of address works everywhere."""
    site.box.faults.next("wordpress", "home", fault, code=503)
    try:
        site.publish()
    except NotSent:
        assert site.posts == []
    else:
        assert len(site.posts) == 1


def test_a_list_of_several_pages_is_no_absence(site: Blog) -> None:
    site.publish(replace(POST, marker="9zzz", html="<p>ma-tin:7k3q</p>"))
    held = site.post
    site.box.wordpress.site.posts.update({n: replace(held, id=n, slug=f"s{n}") for n in range(1000, 1100)})
    with pytest.raises(OutcomeUnknown, match=r"wordpress\.too_many"):
        site.channel().look_up(SOUGHT)


@pytest.mark.parametrize("switch", ["strips_authorization", "production_http", "early_login"])
def test_lost_credentials_make_nothing_and_are_no_absence(site: Blog, switch: str) -> None:
    """The trap of WordPress: it answers as to anybody, and would list only what anybody may see."""
    site.publish(status="draft")
    setattr(site.box.wordpress.site.switches, switch, True)
    channel = site.channel(user="bien-tap" if switch != "early_login" else "nobody")
    for act in (
        lambda: channel.publish(FULL, Kept()),
        lambda: channel.look_up(SOUGHT),
        lambda: channel.is_live(str(site.post.id)),
        lambda: channel.correct(str(site.post.id), POST, Kept()),
        lambda: channel.withdraw(str(site.post.id), ""),
        channel.probe,
    ):
        with pytest.raises(Closed) as caught:
            act()
        assert caught.value.reason_key == "wordpress.login"
    assert (site.asked("create"), site.asked("upload"), site.asked("delete")) == (1, 0, 0)


def test_credentials_lost_at_the_last_moment_make_nothing(site: Blog) -> None:
    site.box.faults.next("wordpress", "create", Fault.ERROR_CODE, code=401)
    with pytest.raises(Closed, match=r"wordpress\.login"):
        site.publish()


def test_a_wrong_password_is_told(site: Blog) -> None:
    site.secrets = {"WORDPRESS_PASSWORD": "wrong wrong"}
    with pytest.raises(Closed, match=r"wordpress\.login"):
        site.publish()
    site.secrets = {}
    with pytest.raises(Closed, match=r"channel\.no_secret"):
        site.publish()
    assert site.posts == []


@pytest.mark.parametrize(
    ("user", "attachments", "right"),
    [("ban-doc", (), "edit_posts"), ("cong-tac", (), "publish_posts"), ("cong-tac", (POSTER,), "upload_files")],
)
def test_a_missing_right_is_told_before_anything_is_made(
    site: Blog, user: str, attachments: tuple[object, ...], right: str
) -> None:
    status = "pending" if right == "upload_files" else "publish"
    with pytest.raises(Closed) as caught:
        site.channel(user=user, status=status).publish(replace(POST, attachments=attachments), Kept())  # type: ignore[arg-type]  # a table
    assert (caught.value.reason_key, caught.value.values["right"]) == ("wordpress.lacks", right)
    assert (site.posts, site.media) == ([], [])


@pytest.mark.parametrize(
    "content", [b"no picture", POSTER.content + b"x" * 3_000_000, POSTER.content + b"x" * 9_000_000]
)
def test_a_file_that_the_site_does_not_take_is_refused_for_good(site: Blog, content: bytes) -> None:
    """WordPress says 500 for two of them, and the body of the third vanishes."""
    with pytest.raises(Rejected) as caught:
        site.publish(replace(POST, attachments=(replace(POSTER, content=content),)))
    assert (caught.value.reason_key, caught.value.values["name"]) == ("wordpress.file", "ap-phich.png")
    assert site.posts == []


def test_uploads_that_take_too_long_leave_the_post_for_the_next_try(site: Blog) -> None:
    class Slow(Kept):
        def save(self, name: str, value: str) -> None:
            site.box.clock.advance(minutes=3)

    channel = site.channel()
    with pytest.raises(NotSent, match=r"wordpress\.slow"):
        channel.publish(FULL, Slow())
    assert site.posts == []
    assert isinstance(channel.publish(FULL, Kept()), Receipt)
    assert len(site.media) == 3


def test_a_dead_site_is_unreachable(site: Blog) -> None:
    with raw_server(b"") as server:
        pass
    channel = site.channel(url=server.address)
    with pytest.raises(Unreachable):
        channel.publish(POST, Kept())
    with pytest.raises(Unreachable):
        channel.look_up(SOUGHT)


def test_a_site_that_is_none_of_wordpress_is_told(site: Blog) -> None:
    """Another service answers under the address: nothing there is taken for an answer."""
    channel = site.channel(url=f"{site.box.address}/portal")
    with pytest.raises(NotSent):
        channel.publish(POST, Kept())
    with pytest.raises(OutcomeUnknown):
        channel.look_up(SOUGHT)


@pytest.mark.parametrize(
    "link", ["http://127.0.0.1:1/wp-json/", "//evil.example/", "http://[", "/wp-json/", "x" * 5000]
)
def test_the_password_goes_to_no_other_server(site: Blog, link: str) -> None:
    """The home page may say that the interface lies elsewhere; then the form is used that works on this one."""
    with raw_server(ok(b"[]", f'Link: <{link}>; rel="https://api.w.org/"')) as server:
        with pytest.raises(NotSent):
            site.channel(url=server.address).publish(POST, Kept())
        home, me, *_ = server.seen
    assert home.startswith(b"HEAD / ")
    assert b"Authorization" not in home
    assert me.startswith(b"GET /?rest_route=/wp/v2/users/me&context=edit")


@pytest.mark.parametrize("act", ["publish", "look_up", "correct", "withdraw", "is_live", "probe"])
@pytest.mark.parametrize("fault", [Fault.ECHO_TOKEN, Fault.DROP_BEFORE, Fault.REDIRECT, Fault.HTML_200])
def test_no_secret_shows_in_anything_that_is_raised(
    site: Blog, act: str, fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    channel = site.channel()
    channel.publish(POST, Kept())
    site.box.faults.next("wordpress", "*", fault, times=20)
    calls = {
        "publish": lambda: channel.publish(FULL, Kept()),
        "look_up": lambda: channel.look_up(SOUGHT),
        "correct": lambda: channel.correct(str(site.post.id), FULL, Kept()),
        "withdraw": lambda: channel.withdraw(str(site.post.id), ""),
        "is_live": lambda: channel.is_live(str(site.post.id)),
        "probe": channel.probe,
    }
    with pytest.raises(ChannelFailure) as caught:
        calls[act]()
    told = "".join(traceback.format_exception(caught.value)) + repr(caught.value.values) + caplog.text
    told += repr(channel.__dict__) + repr(channel._rest.__dict__)
    basic = base64.b64encode(f"bien-tap:{PASSWORD}".encode()).decode()
    assert PASSWORD not in told
    assert basic[:20] not in told
    assert site.box.address not in told.replace(repr(channel._settings), "").replace(channel._rest._root, "")


def _answer(status: int, body: bytes, **headers: str) -> Answer:
    return Answer(status=status, headers={n.replace("_", "-"): v for n, v in headers.items()}, body=body, whole=True)


FORBIDDEN_STATUS = b'{"code":"rest_invalid_param","data":{"details":{"status":{"code":"rest_forbidden_status"}}}}'


def _told(code: str) -> bytes:
    return f'{{"code":"{code}","message":"Mật khẩu bí mật","data":{{"status":400}}}}'.encode()


@pytest.mark.parametrize(
    ("status", "body", "kind", "key"),
    [
        (401, b"", Closed, "wordpress.login"),
        (401, _told("rest_cannot_create"), Closed, "wordpress.login"),
        (400, FORBIDDEN_STATUS, Closed, "wordpress.login"),
        (403, _told("incorrect_password"), Closed, "wordpress.login"),
        (403, _told("rest_cannot_publish"), Closed, "wordpress.right"),
        (403, _told("rest_disabled_by_plugin"), Closed, "wordpress.right"),
        (403, b"<html>firewall</html>", OutcomeUnknown, "wordpress.unclear"),
        (404, _told("rest_no_route"), Closed, "wordpress.no_rest"),
        (404, b"<html>", OutcomeUnknown, "wordpress.unclear"),
        (404, _told("rest_post_invalid_id"), Rejected, "wordpress.gone"),
        (410, _told("rest_already_trashed"), Rejected, "wordpress.gone"),
        (400, _told("empty_content"), Rejected, "wordpress.content"),
        (400, _told("rest_invalid_param"), Rejected, "wordpress.content"),
        (400, _told("something_new"), OutcomeUnknown, "wordpress.unclear"),
        (413, b"<html>", Rejected, "wordpress.content"),
        (429, b"", Limited, "wordpress.limited"),
        (301, b"", OutcomeUnknown, "wordpress.moved"),
        (500, _told("db_insert_error"), OutcomeUnknown, "wordpress.unclear"),
        (500, _told("rest_cannot_create"), OutcomeUnknown, "wordpress.unclear"),
        (500, _told("rest_upload_sideload_error"), Rejected, "wordpress.file"),
        (503, b"", OutcomeUnknown, "wordpress.unclear"),
    ],
)  # fmt: skip
def test_each_refusal_has_its_meaning(status: int, body: bytes, kind: type[ChannelFailure], key: str) -> None:
    failure = Refusal(_answer(status, body)).failure()
    assert type(failure) is kind
    assert failure.reason_key == key
    assert "Mật khẩu" not in str(failure)


@pytest.mark.parametrize("body", [_told("rest_invalid_param"), _told("rest_post_invalid_id"), b""])
@pytest.mark.parametrize("status", ["400 Bad", "404 No", "410 Gone", "413 Large"])
@pytest.mark.parametrize("act", ["look_up", "follow"])
def test_a_question_that_is_refused_settles_no_post(site: Blog, act: str, status: str, body: bytes) -> None:
    with raw_server(ok(body, status=status)) as server, pytest.raises(OutcomeUnknown):
        getattr(site.channel(url=server.address), act)(SOUGHT)


@pytest.mark.parametrize("status", [400, 404, 410, 413])
def test_a_question_that_is_refused_refuses_no_new_post(site: Blog, status: int) -> None:
    """Nor does one on the way to it: what was asked there was not the post."""
    refused = ok(_told("rest_invalid_param"), status=f"{status} No")
    with raw_server(refused) as server, pytest.raises(NotSent) as caught:
        site.channel(url=server.address).publish(POST, Kept())
    assert not isinstance(caught.value, Closed)


@pytest.mark.parametrize(
    ("capabilities", "may"),
    [
        ('{"edit_posts": true}', True),
        ('{"edit_posts": 1}', True),
        ('{"edit_posts": false}', False),
        ("{}", False),
        ("[]", False),
    ],
)
def test_rights_are_read_as_php_tells_them(capabilities: str, may: bool) -> None:
    body = f'{{"name": "Loa", "capabilities": {capabilities}}}'.encode()
    assert read(Me, _answer(200, body)).may("edit_posts") is may


@pytest.mark.parametrize(("header", "wait"), [({"Retry_After": "7"}, 7), ({"Retry_After": "soon"}, 300), ({}, 300)])
def test_a_limit_says_how_long(header: dict[str, str], wait: int) -> None:
    failure = Refusal(_answer(429, b"", **header)).failure()
    assert isinstance(failure, Limited)
    assert failure.wait == timedelta(seconds=wait)


@pytest.mark.parametrize("code", [PASSWORD, PASSWORD.replace(" ", ""), "a" * 100, "", 1, None, ["rest_no_route"]])
def test_what_does_not_look_like_a_code_is_not_told(code: object) -> None:
    refusal = Refusal(_answer(400, json.dumps({"code": code}).encode()))
    assert refusal.code == ""
