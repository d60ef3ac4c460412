"""HTML as plain words, for the truth and for pages that show no markup."""

from __future__ import annotations

import html
import re

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_LINK = re.compile(r"""<a\s[^>]*?href=["']([^"']*)["'][^>]*>(.*?)</a>""", re.IGNORECASE | re.DOTALL)
_BLOCK_END = re.compile(r"</(?:p|div|ul|ol|h[1-6]|table|figcaption)>\s*", re.IGNORECASE)
_LINE_END = re.compile(r"(?:</(?:li|tr)>|<br\s*/?>)\s*", re.IGNORECASE)
_GAP = re.compile(r"\n\s*\n")  # between two blocks there is one empty line, whatever stood there
_TAG = re.compile(r"</?[a-z][^>]*>", re.IGNORECASE)


def plain_text(source: str) -> str:
    """The words without markup or comments; the address of a link to a page follows its words."""
    text = _LINK.sub(lambda found: _linked(found[1], found[2]), _COMMENT.sub("", source))
    parted = _BLOCK_END.sub("\n\n", _LINE_END.sub("\n", text))
    return _GAP.sub("\n\n", html.unescape(_TAG.sub("", parted))).strip()


def _linked(address: str, words: str) -> str:
    return f"{words} ({address})" if address.startswith("http") and address != words else words
