"""The pages of a WordPress site as a browser gets them."""

from __future__ import annotations

import html
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from channels.sandbox.web import HTML, Response
from channels.sandbox.wordpress.call import PREFIX
from channels.sandbox.wordpress.html import rendered
from channels.sandbox.wordpress.site import Media, Post

UPLOADS = "/wp-content/uploads/"
_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
# What was posted may hold any HTML: it is shown, and nothing in it runs.
_POLICY = "default-src 'none'; img-src 'self' http: https:; style-src 'unsafe-inline'; form-action 'none'"
_STYLE = (
    "body{font:1.0625rem/1.6 system-ui,'Noto Sans',sans-serif;max-width:42rem;margin:0 auto;padding:1.5rem 1rem;"
    "color:#1c2430;overflow-wrap:break-word}h1{font-size:1.6rem;line-height:1.3;margin:.4rem 0}"
    ".by{color:#56606e;font-size:.9rem}img{max-width:100%;height:auto}a{color:#0b57a4}li{margin:.4rem 0}"
)


def front_page(site: str, posts: Iterable[Post], rest_root: str) -> Response:
    """The posts of ``site`` that are out, newest first, and in two places where the REST interface begins."""
    newest_first = sorted(posts, key=lambda post: (post.date, post.id), reverse=True)
    listed = "".join(
        f'<li><a href="{PREFIX}/?p={post.id}">{html.escape(post.title)}</a> '
        f'<span class="by">{_when(post.date)}</span></li>'
        for post in newest_first
    )
    body = f"<ul>{listed}</ul>" if listed else "<p>Chưa có bài viết.</p>"
    page = _page(site, "", body, head=f'<link rel="https://api.w.org/" href="{html.escape(rest_root)}">')
    return Response(headers={**page.headers, "Link": f'<{rest_root}>; rel="https://api.w.org/"'}, body=page.body)


def post_page(site: str, post: Post, picture: Media | None) -> Response:
    """One post with its featured picture."""
    alt = html.escape(picture.alt_text) if picture else ""
    shown = f'<p><img src="{PREFIX}{UPLOADS}{html.escape(picture.file)}" alt="{alt}"></p>' if picture else ""
    back = f'<a href="{PREFIX}/">{html.escape(site)}</a> · {_when(post.date)}'
    return _page(post.title, back, shown + rendered(post.content))


def missing_page(site: str) -> Response:
    """What stands where nothing is published; also what a web server says that knows no such path."""
    back = f'<a href="{PREFIX}/">{html.escape(site)}</a>'
    page = _page("Không tìm thấy", back, "<p>Trang này không tồn tại.</p>")
    return Response(status=404, headers=page.headers, body=page.body)


def _page(title: str, line: str, body: str, head: str = "") -> Response:
    """``line``, ``body`` and ``head`` are HTML as they shall be sent; ``title`` is not."""
    text = (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{html.escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">{head}<style>{_STYLE}</style></head>'
        f'<body><p class="by">{line}</p><h1>{html.escape(title)}</h1>{body}</body></html>'
    )
    return Response(headers={"Content-Type": HTML, "Content-Security-Policy": _POLICY}, body=text.encode())


def _when(moment: datetime) -> str:
    return f"{moment.astimezone(_ZONE):%d/%m/%Y %H:%M}"
