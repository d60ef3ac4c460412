"""The stand-in for WordPress as a site: where its REST interface begins, who is let in, its pages."""

from __future__ import annotations

import base64

import pytest

from channels.sandbox.wordpress.site import APPLICATION_PASSWORD
from tests.channels.sandbox.calls import call
from tests.channels.sandbox.wordpress import POSTS, WordPressSite, code, inner

ME = "/wp/v2/users/me"
JSON = {"Content-Type": "application/json"}


def test_the_front_page_tells_where_the_rest_interface_begins(site: WordPressSite) -> None:
    for method in ("GET", "HEAD"):
        page = call(method, f"{site.home}/")
        assert page.headers["Link"] == f'<{site.root}/>; rel="https://api.w.org/"'
    assert f'<link rel="https://api.w.org/" href="{site.root}/">' in site.page("/").text


def test_the_index_tells_zone_and_log_in(site: WordPressSite) -> None:
    index = site.by("").get("/").json
    assert (index["timezone_string"], index["gmt_offset"]) == ("Asia/Ho_Chi_Minh", 7)
    assert "wp/v2" in index["namespaces"]
    assert "application-passwords" in index["authentication"]
    site.switches.production_http = True
    assert site.get("/").json["authentication"] == []
    assert code(site.get(ME)) == (401, "rest_not_logged_in")


@pytest.mark.parametrize("start", ["/?rest_route=", "/index.php?rest_route=", "/index.php/wp-json", "/wp-json"])
def test_a_route_can_be_asked_for_in_three_ways(site: WordPressSite, start: str) -> None:
    site.made(slug="abc")
    mark = "&" if "?" in start else "?"
    for route in (POSTS, POSTS.replace("/", "%2F") if "?" in start else POSTS):
        found = call("GET", f"{site.home}{start}{route}{mark}slug=abc&status=any", headers=site.headers)
        assert [post["slug"] for post in found.json] == ["abc"]


def test_with_plain_permalinks_only_the_query_form_works(site: WordPressSite) -> None:
    site.switches.plain_permalinks = True
    page = call("GET", f"{site.home}/")
    root = f"{site.home}/index.php?rest_route=/"
    assert page.headers["Link"] == f'<{root}>; rel="https://api.w.org/"'
    missing = site.get(POSTS)
    assert (missing.status, missing.headers["Content-Type"]) == (404, "text/html; charset=UTF-8")
    made = call("POST", f"{root}wp/v2/posts", b'{"title":"a","status":"publish"}', headers=site.headers | JSON)
    assert made.json["link"] == f"{site.home}/?p={made.json['id']}"
    assert site.page(f"/?p={made.json['id']}").status == 200


@pytest.mark.parametrize("login", ["bien-tap", "bien-tap@snv.example.gov.vn"])
@pytest.mark.parametrize("password", [APPLICATION_PASSWORD, APPLICATION_PASSWORD.replace(" ", "")])
def test_name_or_address_and_the_password_with_or_without_spaces_log_in(
    site: WordPressSite, login: str, password: str
) -> None:
    me = site.by(login, password).get(ME, context="edit").json
    assert (me["roles"], me["capabilities"]["publish_posts"]) == (["editor"], True)


def test_wrong_credentials_look_like_none(site: WordPressSite) -> None:
    site.made()
    for stranger in (site.by("bien-tap", "wrong"), site.by("nobody"), site.by("")):
        assert stranger.get(POSTS).status == 200
        assert code(stranger.get(ME)) == (401, "rest_not_logged_in")
        assert code(stranger.post()) == (401, "rest_cannot_create")
        assert inner(stranger.get(POSTS, status="any", context="edit")) == {"status": "rest_forbidden_status"}
        assert code(stranger.get(POSTS, context="edit")) == (401, "rest_forbidden_context")
    assert len(site.items) == 1


@pytest.mark.parametrize("header", ["Basic !", "Basic", "Bearer abc", "Basic " + base64.b64encode(b"\xff:a").decode()])
def test_a_header_that_cannot_be_read_is_none(site: WordPressSite, header: str) -> None:
    answer = site.call("GET", ME, headers={"Authorization": header})
    assert code(answer) == (401, "rest_not_logged_in")


def test_a_plugin_makes_wrong_credentials_an_error_everywhere(site: WordPressSite) -> None:
    site.switches.early_login = True
    assert code(site.by("bien-tap", "wrong").get(POSTS)) == (401, "incorrect_password")
    assert code(site.by("nobody").get(POSTS)) == (401, "invalid_username")
    assert site.by("").get(POSTS).status == 200


def test_a_server_that_strips_the_header_makes_everybody_a_stranger(site: WordPressSite) -> None:
    site.switches.strips_authorization = True
    assert code(site.post()) == (401, "rest_cannot_create")
    assert site.items == []


def test_a_nonce_matters_only_without_credentials(site: WordPressSite) -> None:
    nonce = {"X-WP-Nonce": "abc"}
    assert code(site.by("").call("GET", POSTS, headers=nonce)) == (403, "rest_cookie_invalid_nonce")
    assert site.call("GET", POSTS, headers=nonce).status == 200


def test_the_password_in_use_can_be_looked_at(site: WordPressSite) -> None:
    assert site.get(f"{ME}/application-passwords/introspect").json["name"] == "Loa"


@pytest.mark.parametrize(
    ("method", "route"), [("PATCH", POSTS), ("GET", "/wp/v2/pages"), ("POST", "/"), ("GET", f"{POSTS}/abc")]
)
def test_a_wrong_path_or_method_is_no_route(site: WordPressSite, method: str, route: str) -> None:
    assert code(site.call(method, route)) == (404, "rest_no_route")


def test_json_is_written_as_php_writes_it(site: WordPressSite) -> None:
    body = site.post(title="đ").body
    assert b"\\u0111" in body
    assert b"http:\\/\\/" in body


def test_a_post_is_read_at_its_permanent_address(site: WordPressSite) -> None:
    post = site.made(title="Khảo sát <b>", slug="khao-sat", content="<p>Nội dung</p><script>alert(1)</script>")
    assert post["link"] == f"{site.home}/khao-sat/"
    short = site.page(f"/?p={post['id']}")
    assert (short.status, short.headers["Location"]) == (301, post["link"])
    page = site.page("/khao-sat/")
    assert "<p>Nội dung</p>" in page.text
    assert "<h1>Khảo sát &lt;b&gt;</h1>" in page.text
    assert "script" not in page.headers["Content-Security-Policy"]
    assert "khao-sat" not in site.page("/").text
    assert f'href="/wordpress/?p={post["id"]}"' in site.page("/").text
    assert site.page("/khac/").status == 404
    assert site.page("/?p=1").status == 404


def test_what_is_not_published_is_not_read(site: WordPressSite) -> None:
    post = site.made(status="draft", slug="nhap")
    assert site.page("/nhap/").status == 404
    assert site.page(f"/?p={post['id']}").status == 404


def test_the_journal_names_route_and_user(site: WordPressSite) -> None:
    post = site.made()
    site.get(f"{POSTS}/{post['id']}")
    site.by("").get(POSTS)
    site.call("POST", f"{POSTS}/{post['id']}", _method="DELETE")
    site.page("/")
    site.page("/khac/")
    entries = [(entry.route, entry.account) for entry in site.box.journal.entries()]
    assert entries == [
        *[("create", "bien-tap"), ("read", "bien-tap"), ("find", ""), ("delete", "bien-tap")],
        ("home", ""),
    ]
