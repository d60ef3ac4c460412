"""The body of a WordPress post: text, pictures, files, and the comment by which we know it again."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from html import escape

from channels.post import Attachment, Post
from channels.wording import kind_and_size
from channels.wordpress.media import Uploaded
from loa.core.text import slug

# In a block of its own WordPress adds no line breaks of its own to the text, and its editor keeps the comment.
_BLOCK = "<!-- wp:html -->\n{}\n<!-- /wp:html -->"
# The search of WordPress splits at blanks: this is one word to it. Both of its filters for HTML let comments through.
_MARK = re.compile(r"<!-- ma-tin:([a-z0-9]{1,40})(?: tep:(\d{1,18}(?:,\d{1,18})*))? -->")

# Stands in a notice: what has it is not our post any more, whatever an old ledger says.
_TAKEN_DOWN = "<!-- tin-da-go -->"


def key_of(title: str, marker: str) -> str:
    """The last part of a post's address: ``khao-sat-muc-do-hai-long-7k3q``; the same for ever."""
    return f"{slug(title) or 'tin'}-{marker}"


def search_word(marker: str) -> str:
    """What to search for; what is found need not be it."""
    return f"ma-tin:{marker}"


def is_marked(content: str, marker: str) -> bool:
    """Whether ``content`` is that of the post with ``marker``."""
    return any(found[1] == marker for found in _MARK.finditer(content))


def files_in(content: str) -> set[int]:
    """The numbers of our own files that belong to a post."""
    return {int(number) for found in _MARK.finditer(content) if found[2] for number in found[2].split(",")}


def content_of(
    post: Post, uploaded: Sequence[Uploaded], *, featured: Uploaded | None, former: Collection[int] = ()
) -> str:
    """The whole body. ``featured`` is shown by the site itself; ``former`` are files of earlier versions."""
    pictures = [file for file in uploaded if file.attachment.alt and file is not featured]
    files = [_link(file) for file in uploaded if not file.attachment.alt]
    parts = [
        *(_picture(picture) for picture in pictures),
        post.html,
        *(["<p>Tài liệu kèm theo:</p>\n<ul>\n" + "\n".join(files) + "\n</ul>"] if files else []),
        *([f"<p>{escape(post.visible_code)}</p>"] if post.visible_code else []),
        _mark(post.marker, {file.id for file in uploaded} | set(former)),
    ]
    return _BLOCK.format("\n".join(parts))


def notice_of(reason: str, day: str, content: str) -> str:
    """What stands in the place of a post that was taken down; its files stay known, so that they can be removed."""
    marks = "\n".join(found[0] for found in _MARK.finditer(content))
    said = f" Lý do: {escape(reason)}" if reason else ""
    return _BLOCK.format(f"<p>Tin này đã được gỡ ngày {day}.{said}</p>\n{marks}\n{_TAKEN_DOWN}")


def is_notice(content: str) -> bool:
    """Whether ``content`` is what stands in the place of a post that was taken down."""
    return _TAKEN_DOWN in content


def _picture(file: Uploaded) -> str:
    image = f'<img src="{escape(file.address)}" alt="{escape(file.attachment.alt)}">'
    return f'<figure class="wp-block-image">{image}</figure>'


def _link(file: Uploaded) -> str:
    return f'<li><a href="{escape(file.address)}">{escape(file.attachment.title)} ({_told(file.attachment)})</a></li>'


def _told(file: Attachment) -> str:
    return escape(kind_and_size(file.name, file.media_type, len(file.content)))


def _mark(marker: str, files: Collection[int]) -> str:
    numbers = ",".join(str(number) for number in sorted(files))
    return f"<!-- ma-tin:{marker}{f' tep:{numbers}' if numbers else ''} -->"
