"""Posts as WordPress shows them."""

from __future__ import annotations

from datetime import UTC

from channels.sandbox.plain_text import plain_text
from channels.sandbox.wordpress.call import Call
from channels.sandbox.wordpress.dates import write_date
from channels.sandbox.wordpress.html import rendered
from channels.sandbox.wordpress.site import ZONE, Post


def show_post(call: Call, post: Post, *, edit: bool) -> dict[str, object]:
    """Every field of a post; with ``edit`` also what was sent to make it."""
    date = call.site.clock.now() if post.floating else post.date
    shown: dict[str, object] = {
        "id": post.id,
        "date": write_date(date, ZONE),
        "date_gmt": write_date(date, UTC),
        "guid": {"rendered": f"{call.home}/?p={post.id}"},
        "modified": write_date(post.modified, ZONE),
        "modified_gmt": write_date(post.modified, UTC),
        "slug": post.slug,
        "status": post.status,
        "type": "post",
        "link": post_link(call, post),
        "title": {"rendered": rendered_title(post)},
        "content": {"rendered": rendered(post.content), "protected": False},
        "excerpt": {"rendered": rendered(post.excerpt or plain_text(post.content)[:200]), "protected": False},
        "author": post.author,
        "featured_media": post.featured_media,
        "comment_status": post.comment_status,
        "ping_status": post.ping_status,
        "sticky": post.sticky,
        "template": "",
        "format": "standard",
        "meta": [],
        "categories": post.categories,
        "tags": post.tags,
    }
    return shown | _what_was_sent(call, post) if edit else shown


def post_link(call: Call, post: Post) -> str:
    """The public address: the short form until it is published, and always on a site with plain permalinks."""
    if post.status != "publish" or call.site.switches.plain_permalinks:
        return f"{call.home}/?p={post.id}"
    return f"{call.home}/{post.slug}/"


def rendered_title(post: Post) -> str:
    """The title with curly quotes."""
    return rendered(post.title).removeprefix("<p>").removesuffix("</p>\n")


def _what_was_sent(call: Call, post: Post) -> dict[str, object]:
    """What only those get who may edit: the text to the byte."""
    address = f"{call.home}/?p={post.id}"
    content = {"raw": post.content, "rendered": rendered(post.content), "protected": False}
    return {
        "guid": {"rendered": address, "raw": address},
        "title": {"raw": post.title, "rendered": rendered_title(post)},
        "content": content | {"block_version": int("<!-- wp:" in post.content)},
        "excerpt": {"raw": post.excerpt, "rendered": rendered(post.excerpt), "protected": False},
        "password": "",
        "permalink_template": f"{call.home}/%postname%/",
        "generated_slug": post.slug,
    }
